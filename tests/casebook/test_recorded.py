"""What the sealed lines of an intake are read as."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from headstamp.casebook.opening import Casebook, open_casebook
from headstamp.ledger.append import append_entry
from headstamp.ledger.keys import seal_envelope
from headstamp.ledger.seal import seal_records
from headstamp.terms.errors import BrokenJournalError

Line = dict[str, object]
SITE: Line = {
    "type": "row", "table": "sites", "row_id": "here", "file": "sites.csv", "row": 2,
    "values": {"site_id": "here", "name": "Here"}, "notes": {"old name": "There"},
}  # fmt: skip


def taken(root: Path, *lines: Line) -> Casebook:
    """Record an intake of these very lines, as whoever owns the folder could."""
    sealed = msgspec.structs.asdict(seal_records(root, lines))
    exhibit = {"name": "x.zip", "digest": "0" * 64, "size_bytes": 1, "plain_digest": "0" * 64}
    payload = {"path_name": "x.zip", "reader": "case-package/1", "source_digest": "0" * 64,
               "exhibits": [exhibit | {"key_id": None}], "records": sealed}  # fmt: skip
    append_entry(root, kind="intake", payload=payload, actor="Amina")
    return open_casebook(root)


def test_opening_reads_no_row(made: Callable[..., Path]) -> None:
    """The journal and what it names are checked; rows are read when they are asked for."""
    casebook = open_casebook(made())

    assert "recorded" not in vars(casebook)
    assert len(casebook.rows) > 10
    assert "recorded" in vars(casebook)


def test_a_row_is_read_with_its_notes_and_its_place(made: Callable[..., Path]) -> None:
    """Of a zip the whole file is the exhibit, whatever file within it the line names."""
    row = taken(made(), SITE).rows["sites", "here"]

    assert (row.values, row.notes) == (SITE["values"], SITE["notes"])
    assert (row.whereabouts.file, row.whereabouts.row) == ("sites.csv", 2)
    assert (row.whereabouts.exhibit, row.whereabouts.seq) == ("0" * 64, 3)


def test_a_line_without_notes_has_none(made: Callable[..., Path]) -> None:
    """A reader that knows no unknown columns need not write them."""
    bare = {name: cell for name, cell in SITE.items() if name != "notes"}

    assert taken(made(), bare).rows["sites", "here"].notes == {}


def test_the_first_content_of_an_id_stands(made: Callable[..., Path]) -> None:
    """The order of the journal decides."""
    town = {**SITE, "row_id": "town", "values": {"site_id": "town", "name": "Another"}}

    assert taken(made(), town).rows["sites", "town"].values["name"] == "Town"


@pytest.mark.parametrize(
    "line",
    [
        {"type": "riddle"},
        {"table": "sites"},
        {**SITE, "row": "two"},
        {**SITE, "values": ["here"]},
        {"type": "sealed", "row_digest": "0" * 64},
        {"type": "issue", "code": "X", "severity": "grave", "message": "m"},
    ],
    ids=["kind", "no kind", "row", "values", "sealed", "issue"],
)
def test_a_line_that_cannot_be_read_is_named_with_its_file(
    made: Callable[..., Path], line: Line
) -> None:
    """It was recorded so, and is not what this version reads: nothing is passed over."""
    casebook = taken(made(), SITE, line)
    (records,) = [i.records for seq, i in casebook.intakes.items() if seq == 3 and i.records]

    with pytest.raises(BrokenJournalError, match=f"{records.stored_digest}.*cannot be read"):
        casebook.rows  # noqa: B018  It is read here.


@pytest.mark.parametrize(
    "odd",
    [{"values": {"site_id": "here", "latitude": "north"}}, {"table": "riddles"}],
    ids=["value", "table"],
)
def test_a_row_that_no_term_takes_is_told_by_its_place(
    made: Callable[..., Path], odd: Line
) -> None:
    """A value or a table of another version is not read as something else."""
    with pytest.raises(BrokenJournalError, match=r"sites.csv row 2"):
        taken(made(), SITE | odd).evidence  # noqa: B018  as above


def test_what_is_sealed_and_no_row_is_named_by_its_key(
    made: Callable[..., Path], cast: ModuleType
) -> None:
    """Nothing of what it holds is in the message."""
    root = made()
    envelope = seal_envelope(root, b'{"type":"row","table":"Canary Lane"}')
    line = {"type": "sealed", "table": "sites", "file": "sites.csv", "row_digest": "0" * 64}
    casebook = taken(root, {**line, "envelope": envelope})

    with pytest.raises(BrokenJournalError, match=envelope["key_id"]) as caught:
        casebook.rows  # noqa: B018  as above

    assert "Canary" not in caught.value.message

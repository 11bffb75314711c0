import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from headstamp.actions.erase_row import erase_row
from headstamp.actions.init_casebook import init_casebook
from headstamp.actions.known import known_to
from headstamp.actions.take import Taken
from headstamp.actions.take_files import take_files
from headstamp.actions.writing import Writing
from headstamp.casebook.opening import open_casebook
from headstamp.intake.reading import content_digest
from headstamp.ledger.verify import verify_casebook
from headstamp.terms.errors import MisuseError, NoCasebookError, RefusedError

LAYOUT = """\
name = "harbour"
title = "Book of the Harbour Guard"
source = "guard"

[file]
format = "csv"

[columns]
kind = "kind"
serial = "serial"

[[records]]
table = "sources"
id = "guard"
fields.kind = "field_documentation"

[[records]]
table = "items"
fields.type = { column = "kind" }

[[records]]
table = "marks"
needs = ["serial"]
fields.item_id = { record = "items" }
fields.text = { column = "serial" }
"""
PROTECTED = LAYOUT.replace(
    'table = "items"\n', 'table = "items"\nfields.sensitivity = "protected"\n'
).replace('table = "marks"\n', 'table = "marks"\nfields.sensitivity = "protected"\n')
FILE = "kind,serial\nRifle,A1\nPistol,A2\n"
Take = Callable[..., Taken]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return an empty casebook."""
    init_casebook(tmp_path / "book", actor="Amina")
    return tmp_path / "book"


@pytest.fixture
def take(root: Path, tmp_path: Path, amina: Writing) -> Take:
    """Return what takes a text with a layout."""

    def take_it(
        text: str = FILE,
        layout: str = LAYOUT,
        *,
        name: str = "book.csv",
        prefix: str | None = None,
        by: Writing = amina,
    ) -> Taken:
        (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / "harbour.toml").write_text(layout, encoding="utf-8")
        named = str(tmp_path / "harbour.toml")
        (taken,) = take_files(root, [tmp_path / name], layout=named, prefix=prefix, by=by)
        return taken

    return take_it


def ids(root: Path, table: str = "items") -> list[str]:
    """Return the ids of a table's rows that stand."""
    return [row_id for of, row_id in open_casebook(root).rows if of == table]


def stored(root: Path) -> bytes:
    """Return all that a casebook's files hold, unpacked."""
    return b"".join(
        gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    )


def test_entry_says_what_was_read_and_with_what(take: Take, root: Path) -> None:
    """File and layout are sealed, counts and account stand in the entry."""
    taken = take()
    intake = open_casebook(root).intakes[taken.seq or 0]

    assert [one.name for one in intake.exhibits] == ["book.csv", "harbour.toml"]
    assert (intake.layout, intake.reader, intake.prefix) == ("harbour", "layout/1", None)
    assert (intake.account["n_cells"], intake.account["n_read"]) == (4, 4)
    assert intake.counts["items"]["n_read"] == 2
    assert taken.account is not None
    assert taken.counts["marks"].n_read == 2
    assert LAYOUT.encode() in stored(root)


def test_same_bytes_are_the_same_file_under_any_name(take: Take, root: Path) -> None:
    """Nothing is recorded again, also after the layout was changed and changed back in between."""
    first = take()
    again = take(name="other.csv")

    assert (again.seq, again.same_as) == (None, first.seq)
    assert len(open_casebook(root).intakes) == 1


def test_changed_layout_supersedes_and_a_third_supersedes_the_second(
    take: Take, root: Path
) -> None:
    """Of a chain of readings the last one stands, and every one remains readable."""
    one = take()
    two = take(layout=LAYOUT.replace("fields.type", "fields.model"))
    three = take(layout=LAYOUT + "\n# a remark\n")
    again = take(layout=LAYOUT + "\n# a remark\n")

    assert [two.supersedes, three.supersedes] == [one.seq, two.seq]
    assert (again.seq, again.same_as) == (None, three.seq)
    assert len(ids(root)) == 2
    assert verify_casebook(root).problem is None


def test_layout_that_comes_to_protect_supersedes_what_was_open(take: Take, root: Path) -> None:
    """The same bytes have another digest then, and are the same file all the same."""
    opened = take()
    closed = take(layout=PROTECTED)
    opened_again = take()

    assert (closed.supersedes, opened_again.supersedes) == (opened.seq, closed.seq)
    assert len(ids(root)) == 2


def test_ids_in_a_protected_file_do_not_tell_which_file_it_is(
    take: Take, root: Path, tmp_path: Path, amina: Writing
) -> None:
    """They come from a digest with the casebook's own key: who has the file cannot try it."""
    take(layout=PROTECTED)
    protected = ids(root)
    init_casebook(tmp_path / "other", actor="Amina")
    layout = str(tmp_path / "harbour.toml")
    list(take_files(tmp_path / "other", [tmp_path / "book.csv"], layout=layout, by=amina))

    assert not set(protected) & set(ids(tmp_path / "other"))
    (tmp_path / "harbour.toml").write_text(PROTECTED + "# x\n", encoding="utf-8")
    list(take_files(root, [tmp_path / "book.csv"], layout=layout, by=amina))
    assert ids(root) == protected


def test_protected_file_is_nowhere_in_clear(take: Take, root: Path) -> None:
    """Not as the file, nor in records, journal or account."""
    taken = take("kind,serial\nCANARY,CANARY\n", PROTECTED)

    assert taken.seq is not None
    assert b"CANARY" not in stored(root)
    assert verify_casebook(root).problem is None


@pytest.mark.parametrize("prefix", [None, "b_"])
@pytest.mark.parametrize("change", ["# x\n", ""], ids=["changed", "same"])
def test_file_of_which_a_row_was_erased_does_not_come_back(
    prefix: str | None, change: str, take: Take, root: Path, amina: Writing
) -> None:
    """Under no layout and no prefix; another file of the institution is taken."""
    take(layout=PROTECTED)
    erase_row(root, f"item:{ids(root)[0]}", reason="unsafe", by=amina)
    left = ids(root)
    before = len(open_casebook(root).intakes)

    with pytest.raises(RefusedError, match="a row was erased by entry"):
        take(layout=PROTECTED + change, prefix=prefix)
    assert (ids(root), len(open_casebook(root).intakes)) == (left, before)
    assert take(FILE + "Carbine,A3\n", PROTECTED, name="new.csv").seq is not None


def _content_of(root: Path) -> dict[Path, bytes]:
    """Return every file that is part of the casebook: no lock, nothing that can be made again."""
    files = (path for path in root.rglob("*") if path.is_file())
    return {
        path: path.read_bytes()
        for path in files
        if "derived" not in path.relative_to(root).parts
        and path.suffix not in {".lock", ".sqlite-shm"}
        and path.stat().st_size
    }


def test_dry_run_reads_all_and_writes_nothing(take: Take, root: Path, amina: Writing) -> None:
    """Counts, account and issues are those of the taking itself."""
    before = _content_of(root)
    tried = take(by=Writing(actor="Amina", today=amina.today, dry_run=True))
    untouched = _content_of(root) == before
    taken = take()

    assert untouched
    assert tried.seq is None
    assert (tried.counts, tried.account, tried.issues) == (
        taken.counts,
        taken.account,
        taken.issues,
    )


def test_each_file_is_recorded_before_the_next_is_opened(
    root: Path, tmp_path: Path, amina: Writing
) -> None:
    """What was yielded stands, whatever becomes of the rest."""
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(FILE + name + ",\n", encoding="utf-8")
    (tmp_path / "harbour.toml").write_text(LAYOUT, encoding="utf-8")
    taking: Iterator[Taken] = take_files(
        root,
        [tmp_path / "a.csv", tmp_path / "none.csv", tmp_path / "b.csv"],
        layout=str(tmp_path / "harbour.toml"),
        by=amina,
    )
    next(taking)

    assert len(open_casebook(root).intakes) == 1
    none, last = list(taking)
    assert (none.is_package, [issue.code for issue in none.issues]) == (False, ["INTAKE-128"])
    assert last.seq is not None


def test_file_larger_than_is_read_is_told(take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    """INTAKE-128 before its bytes are in memory; one byte less is read."""
    from headstamp.actions import take_files as module

    monkeypatch.setattr(module, "MAX_FILE_BYTES", len(FILE) - 1)
    large = take()
    monkeypatch.setattr(module, "MAX_FILE_BYTES", len(FILE))

    assert [issue.code for issue in large.issues] == ["INTAKE-128"]
    assert f"{len(FILE) - 1:,} bytes" in large.issues[0].message
    assert take().seq is not None


def test_misuse_is_told_before_any_file_is_read(root: Path, tmp_path: Path, amina: Writing) -> None:
    """No casebook, no layout, and a prefix that cannot begin an id."""
    with pytest.raises(NoCasebookError):
        list(take_files(tmp_path, [], layout="us-leso", by=amina))
    with pytest.raises(MisuseError, match="nowhere"):
        list(take_files(root, [], layout="nowhere", by=amina))
    with pytest.raises(MisuseError):
        list(take_files(root, [], layout="us-leso", prefix="a:b", by=amina))


def test_rows_taken_before_are_not_doubled_under_a_prefix(take: Take, root: Path) -> None:
    """The same bytes with a prefix: every row is on record as it is."""
    take()
    again = take(prefix="b_")

    assert again.seq is not None
    assert {count.n_same for count in again.counts.values()} == {1, 2}
    assert len(ids(root)) == 2
    assert len(ids(root, "marks")) == 2


# --- what the casebook holds already -----------------------------------------------------------


def test_known_has_the_digest_of_every_row_that_stands(take: Take, root: Path) -> None:
    """As a reader would make it from the very same record."""
    take()
    book = open_casebook(root)
    known = known_to(book)

    assert len(known.digests) == len(book.rows) == 5
    assert list(known.digests) == list(book.rows)
    assert ("items", "nobody") not in known.digests
    assert known.digests.get(("items", "nobody")) is None
    for key, row in book.rows.items():
        assert key in known.digests
        one = known.digests[key]
        assert one == known.digests[key]
        assert len(one) == 64
        assert row.table == key[0]
    assert len(set(known.digests.values())) == 5
    assert known.digest_of is content_digest


def test_known_leaves_out_what_is_about_to_be_superseded(take: Take, root: Path) -> None:
    """The rows of one intake, and no others."""
    first = take()
    take(FILE + "Carbine,A3\n", name="new.csv")
    book = open_casebook(root)
    known = known_to(book, without=first.seq)

    assert len(known.digests) == len(book.rows) - 5
    assert ("sources", "guard") not in known.digests


def test_known_says_which_rows_are_protected(take: Take, root: Path) -> None:
    """Their ids are suggested to nobody."""
    take(layout=PROTECTED)

    assert known_to(open_casebook(root)).protected == {
        (table, row_id) for table in ("items", "marks") for row_id in ids(root, table)
    }

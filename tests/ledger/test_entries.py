from pathlib import Path

import pytest

from headstamp.ledger.append import append_entry
from headstamp.ledger.entries import head, read_entries, seq_at
from headstamp.terms.errors import MisuseError, NoCasebookError

TIMES = (
    "2026-03-01T08:00:00.000000Z",
    "2026-03-01T23:59:59.999999Z",
    "2026-03-02T00:00:00.000000Z",
    "2026-03-05T12:00:00.500000Z",
)


@pytest.fixture
def dated(casebook: Path) -> Path:
    """Record one entry at each of the times."""
    for moment in TIMES:
        append_entry(casebook, kind="opened", payload={}, actor="Amina", recorded_at=moment)
    return casebook


def test_entries_are_read_as_written(casebook: Path) -> None:
    """What append returned is what reading finds, in order."""
    first = append_entry(casebook, kind="opened", payload={"a": [1, None]}, actor="Amina")
    second = append_entry(
        casebook, kind="skipped", payload={}, actor="Boris", derived_from=[first.entry_id]
    )

    assert read_entries(casebook) == (first, second)
    assert head(casebook) == second
    assert first.content() == {"a": [1, None]}


@pytest.mark.parametrize(("upto", "n"), [(None, 4), (0, 0), (2, 2), (4, 4), (9, 4)])
def test_reading_stops_at_a_seq(dated: Path, upto: int | None, n: int) -> None:
    """`upto` is the last seq that is read."""
    assert [entry.seq for entry in read_entries(dated, upto=upto)] == list(range(1, n + 1))


def test_empty_journal_has_no_head(casebook: Path) -> None:
    """Nothing recorded is an answer."""
    assert head(casebook) is None
    assert read_entries(casebook) == ()
    assert seq_at(casebook, "2026-03-01") == 0


@pytest.mark.parametrize(
    ("moment", "seq"),
    [
        ("2026-02-28", 0),
        ("2026-03-01", 2),
        ("2026-03-04", 3),
        ("9999-12-31", 4),
        ("2026-03-01T08:00:00Z", 1),
        ("2026-03-01T07:59:59.999999Z", 0),
        ("2026-03-02T01:00:00+01:00", 3),
        ("2026-03-02T00:30:00+01:00", 1),
        ("2026-03-05T12:00:00Z", 3),
    ],
)
def test_seq_at_a_moment(dated: Path, moment: str, seq: int) -> None:
    """A day lasts to its end in UTC; an instant is exact, in any zone."""
    assert seq_at(dated, moment) == seq


@pytest.mark.parametrize(
    "moment", ["", "3", "yesterday", "2026-02-30", "2026-03-01T12:00:00", "0001-01-01T00:00+01:00"]
)
def test_moments_that_are_none_are_refused(dated: Path, moment: str) -> None:
    """Nothing is guessed from a text that is neither a date nor an instant with its zone."""
    with pytest.raises(MisuseError, match="neither a date nor an instant"):
        seq_at(dated, moment)


def test_folder_without_journal_is_refused(tmp_path: Path) -> None:
    """Reading makes no casebook."""
    with pytest.raises(NoCasebookError):
        read_entries(tmp_path)

    assert list(tmp_path.iterdir()) == []

"""What an item is looked for by."""

import pytest

from headstamp.linkage.probes import lots_of, readings_of
from headstamp.marks.recorded import MarkReading


def test_readings_stand_in_order_each_once_folded_and_in_ascii() -> None:
    """The key keeps its own script; the others are how it is found and compared."""
    read = MarkReading(readings=("АB-10", "AB10", "A8 10", "A810"), state="legible")

    found = readings_of("m", read)

    told = [(one.key, one.exact, one.folded, one.rank, one.mark_id) for one in found]
    assert told == [
        ("АB10", "AB10", "A810", 0, "m"),
        ("AB10", "AB10", "A810", 1, "m"),
        ("A810", "A810", "A810", 2, "m"),
    ]


@pytest.mark.parametrize("text", ["A*12", "", "??"])
def test_what_would_match_anything_is_not_looked_for(text: str) -> None:
    """A gap of unknown length, or nothing legible."""
    assert readings_of("m", MarkReading(readings=(text,))) == ()


def test_unread_positions_are_counted() -> None:
    """One for each."""
    (found,) = readings_of("m", MarkReading(readings=("A?1?",)))

    assert (found.n_unread, found.folded) == (2, "A?1?")


@pytest.mark.parametrize(
    ("state", "is_doubtful"),
    [("legible", False), ("partial", False), ("removed", True), ("overstamped", True),
     ("illegible", True)],
)  # fmt: skip
def test_texts_of_marks_that_are_gone_are_doubtful(state: str, is_doubtful: bool) -> None:  # noqa: FBT001 - a row
    """Somebody read what is said not to be there."""
    read = MarkReading(readings=("A12",), state=state)  # type: ignore[arg-type]

    (found,) = readings_of("m", read)

    assert found.is_doubtful is is_doubtful


def test_lots_are_looked_for_if_they_were_read_in_full() -> None:
    """Folded, each once."""
    found = lots_of("m", MarkReading(readings=("O1-A", "01A", "O?A", "B*")))

    assert [lot.key for lot in found] == ["01A"]

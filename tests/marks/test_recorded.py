"""What a mark on record says: readings, key and state, without the record being touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.marks.notation import transcribed
from headstamp.marks.recorded import MarkReading, as_found, read_mark
from headstamp.terms.mark import Mark, MarkReader, MarkState


def _mark(
    text: str | None, *, reader: MarkReader | None = None, state: MarkState | None = None
) -> Mark:
    return Mark(mark_id="m1", item_id="i1", kind="serial", text=text, reader=reader, state=state)


@pytest.mark.parametrize(
    ("text", "readings", "state"),
    [
        ("AB1234", ("AB1234",), "legible"),
        ("AB12?4", ("AB12?4",), "partial"),
        ("12{5S}", ("125", "12S"), "legible"),
        ("???", ("???",), "illegible"),
        ("12*", ("12*",), "partial"),
    ],
)
def test_a_transcription_shows_its_state(
    text: str, readings: tuple[str, ...], state: MarkState
) -> None:
    """Where nobody stated how legible a mark is, its own signs tell."""
    read = read_mark(_mark(text))

    assert (read.readings, read.state) == (readings, state)


@pytest.mark.parametrize(
    ("cell", "unread", "readings", "key", "state"),
    [
        ("AB1234 (worn)", "", ("AB1234",), "AB1234", "legible"),
        ("12345 / 67890", "", ("12345", "67890", "12345 / 67890"), "12345", "legible"),
        ("AB12?4", "?", ("AB12?4",), "AB12?4", "partial"),
        ("raspado", "", (), None, "removed"),
        ("illegible", "", (), None, "illegible"),
        ("as the photograph shows", "", (), None, None),
    ],
)
def test_a_cell_is_read_as_people_fill_forms(
    cell: str, unread: str, readings: tuple[str, ...], key: str | None, state: MarkState | None
) -> None:
    """Notes, several serials and words are told apart; what is not understood has no state."""
    read = read_mark(_mark(transcribed(cell, unread=unread), reader="cell"))

    assert (read.readings, read.key, read.state) == (readings, key, state)


def test_a_transcription_is_not_read_as_a_cell() -> None:
    """Who transcribes a mark writes what is on the metal, brackets and words included."""
    read = read_mark(_mark("12345 / 67890"))

    assert read.readings == ("12345 / 67890",)


def test_the_stated_state_stands() -> None:
    """What the documenter says of a mark is kept against what its text shows."""
    read = read_mark(_mark("AB1234", state="overstamped"))

    assert (read.state, read.key) == ("overstamped", "AB1234")


def test_a_mark_without_text_has_the_state_that_is_stated() -> None:
    """No text is no reading, and says nothing of the state."""
    assert read_mark(_mark(None)) == MarkReading()
    assert read_mark(_mark(None, state="removed")) == MarkReading(state="removed")


def test_a_text_that_breaks_the_notation_says_nothing() -> None:
    """Intake reported it; nobody guesses what was meant."""
    assert read_mark(_mark("AB{12")) == MarkReading()


def test_what_nobody_opened_a_source_for_is_told() -> None:
    """A state that rests on a phrase of our own writing is shown as unsourced."""
    assert read_mark(_mark("raspado", reader="cell")).is_sourced
    assert not read_mark(_mark("raspada", reader="cell")).is_sourced


@given(st.text(max_size=30), st.sampled_from(["", "?", "#", "?#"]))
def test_a_cell_comes_back_as_it_was_found(cell: str, unread: str) -> None:
    """Writing a cell in the notation loses nothing: only which sign was unread is told apart."""
    found, sign = as_found(transcribed(cell, unread=unread))
    signs = [letter for letter in cell if letter in unread]

    assert len(found) == len(cell)
    assert sum(letter == sign for letter in found if sign) == len(signs)
    assert all(
        one == other or (other in unread and one == sign)
        for one, other in zip(found, cell, strict=True)
    )


def test_a_question_mark_beside_an_unread_character_stays_one() -> None:
    """Of two kinds of ? in one text, only the unread one is a position."""
    found, sign = as_found(r"A?\?B")

    assert (found, sign) == ("A\ufffd?B", "\ufffd")

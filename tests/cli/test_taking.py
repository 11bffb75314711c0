from headstamp.cli.taking import notes_texts
from headstamp.terms.issue import Issue


def note(code: str, message: str) -> Issue:
    """Return one note."""
    return Issue(code=code, severity="note", message=message, hint="do nothing")


def test_notes_of_one_code_are_one_line() -> None:
    """Twelve tables that are not listed are said once, with their number and where to read on."""
    notes = [note("INTAKE-006", f"table {n}") for n in range(12)]

    (said,) = notes_texts(notes)

    assert "12 times" in said
    assert "table 0" in said
    assert "headstamp issues" in said


def test_a_single_note_is_told_whole() -> None:
    """A note that stands alone keeps its remedy; errors and warnings are told elsewhere."""
    lone = note("INTAKE-036", "has no column quote")
    error = Issue(code="INTAKE-055", severity="error", message="no date")

    said = notes_texts([lone, error])

    assert said == ["  note INTAKE-036: has no column quote\n    do nothing"]

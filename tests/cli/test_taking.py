from pathlib import Path

import pytest

from headstamp.actions.take import Taken
from headstamp.cli.taking import account_texts, exit_code_of, notes_texts, troubles_texts
from headstamp.intake.layout_account import ColumnAccount, FileAccount, Ignored
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


def test_account_says_what_was_left_and_ignored_and_why() -> None:
    """Rows and cells by fate; titles are cells and no rows; a column that was read is not named."""
    account = FileAccount(
        n_rows=1_200,
        n_taken=1_000,
        n_left=199,
        n_refused=1,
        n_cells=9_000,
        n_read=8_000,
        n_ignored=990,
        n_reported=10,
        left=[
            Ignored(why="stands above the header", n_cells=2),
            Ignored(why="no weapon", n_rows=199, n_cells=900),
        ],
        columns={
            "Serial": ColumnAccount(n_filled=9, n_read=9),
            "Seal\udcff": ColumnAccount(n_filled=88, n_ignored=88, why="a seal"),
        },
    )

    assert list(account_texts(account)) == [
        "  1,200 rows: 1,000 taken, 199 left, 1 refused",
        "    left 2 cells: stands above the header",
        "    left 199 rows: no weapon",
        "  9,000 cells: 8,000 read, 990 ignored, 10 reported",
        "    ignored 88 of Seal[U+DCFF]: a seal",
    ]
    assert list(account_texts(None)) == []


def test_many_troubles_of_one_kind_and_column_are_cut_and_counted() -> None:
    """Up to ten are told whole; of more the first three, and how many there are."""

    def troubles(n: int, column: str | None) -> list[Issue]:
        return [
            Issue(code="INTAKE-113", severity="warning", message=f"{column} {k}", column=column)
            for k in range(n)
        ]

    few, many, bare = troubles(10, "on"), troubles(11, "due"), troubles(12, None)
    said = troubles_texts([*few, *many, *bare, note("INTAKE-110", "a note")])

    assert len(said) == 10 + 4 + 4
    assert said[13] == "  … and 8 more INTAKE-113 of due: headstamp issues"
    assert said[-1] == "  … and 9 more INTAKE-113: headstamp issues"
    assert not any("note" in line for line in said)


@pytest.mark.parametrize(
    ("done", "code"),
    [
        ([], 0),
        ([Taken(path=Path("a"), seq=2)], 0),
        ([Taken(path=Path("a"), issues=(note("INTAKE-110", "x"),))], 0),
        ([Taken(path=Path("a"), issues=(Issue(code="X", severity="warning", message=""),))], 1),
        ([Taken(path=Path("a"), seq=2), Taken(path=Path("b"), is_package=False)], 2),
    ],
    ids=["nothing", "good", "note", "warning", "no file"],
)
def test_exit_code_is_the_worst_of_all(done: list[Taken], code: int) -> None:
    """2 where a path held nothing, 1 where there is something to look at, else 0."""
    assert exit_code_of(done) == code

"""Workbooks opened before their turn are read as they would be in their turn."""

from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import Workbook

from headstamp.actions.read_ahead import ReadAhead
from headstamp.intake.grids import Grids
from headstamp.intake.layout import FileForm
from headstamp.terms.issue import Issue


@pytest.fixture
def books(tmp_path: Path) -> list[Path]:
    """Return the paths of three workbooks of one row each."""
    paths = [tmp_path / f"book-{n}.xlsx" for n in range(3)]
    for n, path in enumerate(paths):
        book = Workbook()
        book.active.append(["serial"])
        book.active.append([f"RA-{n}"])
        book.save(path)
    return paths


def cells(grids: Grids) -> list[list[object]]:
    """Return the rows of all sheets."""
    return [list(row.cells) for grid in grids.grids for row in grid.rows]


def test_every_file_gives_its_own_rows(books: list[Path]) -> None:
    """In their order, each with its own bytes, one of them given twice."""
    paths = [*books, books[0]]
    read = []
    with closing(ReadAhead(paths, FileForm(format="xlsx"))) as files:
        for path in paths:
            data = files.data(path)
            assert data == path.read_bytes()
            read += cells(files.grids(path, path.read_bytes()))

    assert read == [["RA-0"], ["RA-1"], ["RA-2"], ["RA-0"]]


def test_a_file_that_is_passed_over_opens_nothing(books: list[Path]) -> None:
    """What is on record already is not opened, and the next is read all the same."""
    with closing(ReadAhead(books, FileForm(format="xlsx"))) as files:
        files.grids(books[0], books[0].read_bytes())
        assert files.data(books[1]) == books[1].read_bytes()
        assert cells(files.grids(books[2], books[2].read_bytes())) == [["RA-2"]]


def test_a_file_that_is_not_there_is_told_in_its_turn(books: list[Path]) -> None:
    """Opened beforehand or not, it is an issue and no more."""
    books[1].unlink()
    with closing(ReadAhead(books, FileForm(format="xlsx"))) as files:
        files.grids(books[0], books[0].read_bytes())
        found = files.data(books[1])

    assert isinstance(found, Issue)
    assert found.code == "INTAKE-128"

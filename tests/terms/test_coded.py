"""Rows by column are the rows that they were made from."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.terms.coded import CodedRows, code_for, coded, coded_rows
from headstamp.terms.table import Cell

COLUMNS = ("a", "b", "c")
CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from(["", "x", "1", "True"]),
    st.lists(st.sampled_from(["x", "y"]), max_size=2),
    st.lists(st.lists(st.sampled_from(["x", "y"]), max_size=2), max_size=2),
)
ROWS = st.lists(
    st.tuples(CELLS, CELLS, CELLS).map(lambda cells: dict(zip(COLUMNS, cells, strict=True))),
    max_size=8,
)
Row = dict[str, Cell]


def exactly(rows: Sequence[Row]) -> list[str]:
    """Return rows as text, in which 1 and True differ."""
    return [repr(row) for row in rows]


@given(ROWS)
def test_rows_come_back_as_they_were(rows: list[Row]) -> None:
    """One by one, all together, by place from either end; 1 is not True, and [] is not nothing."""
    found = coded_rows(COLUMNS, rows)

    assert exactly(found) == exactly(rows)
    assert exactly([found[place] for place in range(-len(rows), len(rows))]) == exactly(rows * 2)
    assert (found == tuple(rows)) is True
    assert repr(found) == repr(tuple(rows))


@given(ROWS, st.integers(-9, 9), st.integers(-9, 9))
def test_a_part_is_the_same_part(rows: list[Row], start: int, stop: int) -> None:
    """Slices are those of a list."""
    assert exactly(coded_rows(COLUMNS, rows)[start:stop]) == exactly(rows[start:stop])


@given(ROWS, st.sampled_from(COLUMNS), CELLS)
def test_rows_are_found_by_a_cell(rows: list[Row], column: str, wanted: Cell) -> None:
    """In their order, whatever the cell is."""
    found = coded_rows(COLUMNS, rows).where(column, lambda cell: repr(cell) == repr(wanted))

    assert exactly(found) == [repr(row) for row in rows if repr(row[column]) == repr(wanted)]


@given(ROWS)
def test_rows_with_fewer_columns(rows: list[Row]) -> None:
    """In the order asked for."""
    found = coded_rows(COLUMNS, rows).only(("c", "a"))

    assert exactly(found) == [repr({"c": row["c"], "a": row["a"]}) for row in rows]


def test_every_different_cell_is_held_once() -> None:
    """Ten thousand rows of three kinds are three cells, and a byte a row."""
    column = coded(["rifle", None, "pistol", "rifle"] * 2_500)

    assert column.cells == ["rifle", None, "pistol"]
    assert len(memoryview(column.at).tobytes()) == 10_000  # type: ignore[arg-type]  # An array.
    assert list(column.spread(["r", "-", "p"]))[:5] == ["r", "-", "p", "r", "r"]


@pytest.mark.parametrize("n_cells", [1, 256, 257, 65_536, 65_537])
def test_as_many_different_cells_as_there_are_can_be_told_apart(n_cells: int) -> None:
    """The last of them has its own code, in an array no wider than needed."""
    cells: list[Cell] = [*range(n_cells), 0]
    column = coded(cells)

    assert [column.cells[at] for at in column.at] == cells
    assert code_for(n_cells) == {1: "B", 256: "B", 257: "H", 65_536: "H", 65_537: "I"}[n_cells]


def test_rows_equal_rows_and_nothing_else() -> None:
    """Of another number or with another cell they are not equal, nor is anything that is no row."""
    rows: list[Row] = [{"a": "x"}, {"a": "y"}]
    found = coded_rows(("a",), rows)

    assert found != tuple(rows[:1])
    assert found != coded_rows(("a",), [{"a": "x"}, {"a": "z"}])
    assert found != "xy"
    assert coded_rows(("a",), found) is found
    assert isinstance(found[1:], CodedRows)

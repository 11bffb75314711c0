import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.reports.csv_files import csv_cell, write_tables
from headstamp.terms.table import Cell, Table


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"],
)
def test_what_a_spreadsheet_would_run_is_text(text: str) -> None:
    """A cell that begins like a formula begins with an apostrophe."""
    assert csv_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-12.5", "+49", "0", "a=1", "", "2015-12-12", "'quoted"])
def test_numbers_and_plain_texts_stay_as_they_are(text: str) -> None:
    """Nothing that is harmless is changed: a longitude may be negative."""
    assert csv_cell(text) == text


def test_values_print_as_the_interchange_says(tmp_path: Path) -> None:
    """Empty is empty, truth is a word, lists are JSON; commas and lines survive."""
    rows: tuple[dict[str, Cell], ...] = (
        {"a": None, "b": True, "c": [["x", "y"]], "d": 'one, "two"\nthree'},
    )
    write_tables({"t": Table(name="t", columns=("a", "b", "c", "d"), rows=rows)}, tmp_path / "x")

    with (tmp_path / "x" / "t.csv").open(newline="", encoding="utf-8") as stream:
        assert list(csv.reader(stream)) == [
            ["a", "b", "c", "d"],
            ["", "true", '[["x", "y"]]', 'one, "two"\nthree'],
        ]


def test_every_table_is_there(report: Path, tables: dict[str, Table]) -> None:
    """All tables that were handed out lie beside the pages, and those that pages count."""
    written = {path.stem for path in (report / "tables").iterdir()}

    own = {"report_counts", "report_cuts", "report_lineages", "report_reading"}
    assert written == {*tables, *own}


_CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.text("=+-@\t\r\nab,\"' 12.", max_size=6),
    st.lists(st.text("ab=;", max_size=3), max_size=2),
)


@given(st.lists(st.tuples(_CELLS, _CELLS), max_size=6))
def test_a_table_prints_as_its_cells_do(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[Cell, Cell]]
) -> None:
    """Whatever stands together in a column, each cell is what `csv_cell` makes of it."""
    rows: tuple[dict[str, Cell], ...] = tuple({"a": one, "b": other} for one, other in pairs)
    folder = tmp_path_factory.mktemp("csv") / "tables"
    write_tables({"t": Table(name="t", columns=("a", "b", "c"), rows=rows)}, folder)

    with (folder / "t.csv").open(newline="", encoding="utf-8") as stream:
        printed = list(csv.reader(stream))[1:]
    assert printed == [[csv_cell(one), csv_cell(other), ""] for one, other in pairs]

"""CSV and JSON are what the standard library writes, only sooner."""

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from headstamp.cli import written
from headstamp.cli.written import csv_texts, json_texts
from headstamp.reports.csv_files import csv_cell
from headstamp.terms.table import Cell, Table

_TEXTS = st.text(st.sampled_from("ab,\"'\r\n\t =+-@\\\u2028\x00\x1fé{}%"), max_size=6)
_CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(), st.booleans(), st.integers(), _TEXTS, st.lists(_TEXTS, max_size=2)
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Draw a table of any columns, few rows, and cells that are awkward to write."""
    columns = tuple(draw(st.lists(_TEXTS, min_size=1, max_size=4, unique=True)))
    cells = draw(st.lists(st.tuples(*[_CELLS] * len(columns)), max_size=6))
    rows = tuple(dict(zip(columns, row, strict=True)) for row in cells)
    return Table(name="t", columns=columns, rows=rows)


@given(tables())
def test_csv_is_that_of_the_standard_library(table: Table) -> None:
    """Character by character, whatever must be quoted."""
    expected = io.StringIO()
    writer = csv.writer(expected)
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([csv_cell(row[column]) for column in table.columns])

    assert "".join(csv_texts(table)) == expected.getvalue()


@given(tables())
def test_json_is_that_of_the_standard_library(table: Table) -> None:
    """An object to a line, members in the order of the columns."""
    lines = [json.dumps(row, ensure_ascii=False) for row in table.rows]
    expected = "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"

    assert "".join(json_texts(table)) == expected


def test_a_large_table_comes_in_pieces_that_fit_together() -> None:
    """No row is lost or doubled where one piece ends and the next begins."""
    n_rows = 4 * written._N_TOGETHER + 1
    table = Table(name="t", columns=("n",), rows=tuple({"n": n} for n in range(n_rows)))
    pieces = list(json_texts(table))

    assert len(pieces) > 4
    assert [row["n"] for row in json.loads("".join(pieces))] == list(range(n_rows))
    assert "".join(csv_texts(table)).split() == ["n", *map(str, range(n_rows))]

import datetime as dt
import decimal
import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from headstamp.intake.grids import Grids
from headstamp.intake.parquet import read_parquet

from .layout_world import MARKS, SOURCE, form, items, layout
from .layout_world import read as read_layout


def as_parquet(table: pa.Table, **how: object) -> bytes:
    """Return a table as Parquet."""
    out = io.BytesIO()
    pq.write_table(table, out, **how)
    return out.getvalue()


def read(data: bytes) -> Grids:
    """Return what a Parquet file holds."""
    return read_parquet("a.parquet", data, form(format="parquet"))


def cells(column: pa.Array) -> list[object]:
    """Return the cells that a column gives."""
    (grid,) = read(as_parquet(pa.table({"x": column}))).grids
    return [row.cells[0] for row in grid.rows]


MOMENT = dt.datetime.combine(dt.date(2019, 4, 3), dt.time(1, 2, 3))


@pytest.mark.parametrize(
    ("column", "given"),
    [
        (pa.array(["a", None]), ["a", None]),
        (pa.array(["a", None]).dictionary_encode(), ["a", None]),
        (pa.array([2**62, None]), [2**62, None]),
        (pa.array([1.5]), [1.5]),
        (pa.array([True]), [True]),
        (pa.array([dt.date(2019, 4, 3)]), [dt.date(2019, 4, 3)]),
        (pa.array([MOMENT], pa.timestamp("ms")), [MOMENT]),
        (pa.array([1_554_253_323_000_000_001], pa.timestamp("ns")), [MOMENT]),
        (pa.array([3_723_000_000_001], pa.time64("ns")), [dt.time(1, 2, 3)]),
        (pa.array([1_000_000_001], pa.duration("ns")), [dt.timedelta(seconds=1)]),
        (pa.array([decimal.Decimal("1.50")]), ["1.50"]),
        (pa.array([b"abc"]), ["abc"]),
        (pa.array([b"\xff"]), ["\udcff"]),
        (pa.array([["a", "b"], [], None]), ['["a","b"]', None, None]),
        (pa.nulls(2), [None, None]),
    ],
    ids=range(15),
)
def test_value_is_the_cell_that_it_means(column: pa.Array, given: list[object]) -> None:
    """Numbers, days, instants and texts as Python has them; a list as JSON."""
    assert cells(column) == given


def test_members_of_objects_are_columns() -> None:
    """At any depth, with dots, and empty where the object is."""
    table = pa.table({"a": [1, 2], "p": [{"x": 1, "q": {"y": "z"}}, None]})
    (grid,) = read(as_parquet(table)).grids

    assert grid.header == ("a", "p.x", "p.q.y")
    assert [row.cells for row in grid.rows] == [[1, 1, "z"], [2, None, None]]


def test_rows_are_numbered_over_all_batches() -> None:
    """The first is 1; 20,000 rows come in several portions."""
    (grid,) = read(as_parquet(pa.table({"x": range(20_000)}))).grids
    rows = [(row.number, row.cells[0]) for row in grid.rows]

    assert rows == [(n + 1, n) for n in range(20_000)]


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1" * 9, b"\0" * 99])
def test_what_is_no_parquet_is_told(data: bytes) -> None:
    """INTAKE-100, and nothing is read."""
    found = read(data)

    assert ([issue.code for issue in found.issues], found.grids) == (["INTAKE-100"], [])


def test_file_damaged_in_the_middle_is_read_up_to_there() -> None:
    """INTAKE-100 at the first row that cannot be read, which stands for all that follow."""
    table = pa.table(
        {
            name: [f"{name}{n}" for n in range(30_000)]
            for name in ("kind", "maker", "serial", "date", "count")
        }
    )
    data = bytearray(
        as_parquet(
            table,
            row_group_size=10_000,
            compression="NONE",
            use_dictionary=False,
            data_page_version="2.0",
        )
    )
    at = len(data) // 2
    data[at : at + 200_000] = b"\xff" * 200_000
    got = read_layout(bytes(data), layout(file={"format": "parquet"}))
    told = got.issue("INTAKE-100")

    assert told.severity == "error"
    assert "from here on" in told.message
    assert got.account.n_rows == 30_000
    assert 0 < got.account.n_taken < 30_000
    assert told.row == got.account.n_taken + 1


def test_no_number_is_reported() -> None:
    """NaN in a column of numbers is no text `nan`."""
    table = pa.table(
        {
            "kind": ["a"],
            "maker": [float("nan")],
            "serial": [1],
            "date": [None],
            "count": [float("inf")],
        }
    )
    got = read_layout(
        as_parquet(table), layout(file={"format": "parquet"}, records=[SOURCE, items(), MARKS])
    )

    assert [issue.column for issue in got.issues if issue.code == "INTAKE-117"] == [
        "maker_stated",
        "quantity",
    ]
    assert got.account.n_reported == 2

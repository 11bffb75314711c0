import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from headstamp.actions.init_casebook import init_casebook
from headstamp.actions.take_files import take_files
from headstamp.actions.writing import Writing
from headstamp.intake.formats import open_grids
from headstamp.intake.layout_reading import LayoutReading
from headstamp.intake.reading import Known

from .layout_world import (
    HEADER,
    ROWS,
    Row,
    as_csv,
    as_toml,
    as_workbook,
    form,
    layout,
    read,
    read_rows,
)


def as_tsv(rows: list[Row]) -> bytes:
    """Return rows as TSV."""
    return as_csv(rows[1:], header=rows[0], separator="\t")


def as_objects(rows: list[Row]) -> list[dict[str, object]]:
    """Return rows as objects."""
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def as_parquet(rows: list[Row]) -> bytes:
    """Return rows as Parquet."""
    out = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(as_objects(rows)), out)
    return bytes(out.getvalue())


WRITERS: dict[str, Callable[[list[Row]], bytes]] = {
    "csv": lambda rows: as_csv(rows[1:], header=rows[0]),
    "tsv": as_tsv,
    "xlsx": as_workbook,
    "json": lambda rows: json.dumps(as_objects(rows)).encode(),
    "jsonl": lambda rows: "\n".join(map(json.dumps, as_objects(rows))).encode(),
    "parquet": as_parquet,
}


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_opens_as_itself_and_as_no_other(name: str) -> None:
    """The layout's format decides; a file in another one is refused in words."""
    data = WRITERS[name]([HEADER, *ROWS])
    right = open_grids("a", data, form(format=name))

    assert [grid.header for grid in right.grids] == [HEADER]
    assert right.issues == []
    for other in set(WRITERS) - {name, "csv", "tsv"}:
        wrong = open_grids("a", data, form(format=other))
        assert [issue.code for issue in wrong.issues] == ["INTAKE-100"]
        assert wrong.grids == []


@pytest.mark.parametrize("name", WRITERS)
def test_same_cells_give_the_same_records_and_account(name: str) -> None:
    """Texts in any format, to the last field and count; only ids and row numbers differ."""
    rows = [HEADER, *ROWS, ("Rifle", "", "0012?", "2019", "?")]
    got = read(WRITERS[name](rows), layout(file={"format": name}))
    plain = read(WRITERS["csv"](rows))
    own = {"item_id", "mark_id"}

    for table in ("sources", "items", "marks"):
        assert [{k: v for k, v in one.items() if k not in own} for one in got.of(table)] == [
            {k: v for k, v in one.items() if k not in own} for one in plain.of(table)
        ]
    assert got.account == plain.account
    assert got.codes() == plain.codes() == []


def test_nothing_is_read_before_it_is_asked_for() -> None:
    """Opening finds columns; counts and account are complete once every record was taken."""
    reading = LayoutReading(layout(), as_csv(ROWS), file="a.csv", known=Known())
    before = (reading.is_readable, reading.account.n_rows, dict(reading.counts))
    n_records = sum(1 for _ in reading.records())

    assert before == (True, 0, {})
    assert n_records == 5
    assert reading.account.n_rows == 2
    assert sum(count.n_read for count in reading.counts.values()) == 5


def test_file_that_is_not_readable_gives_no_record_and_says_why() -> None:
    """Not one, whatever else is asked of it."""
    got = read(b"")

    assert (got.is_readable, got.records, got.codes()) == (False, [], ["INTAKE-107"])
    assert got.account.n_cells == 0


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ({"rows": [2, 2]}, None),
        ({"rows": [3, 9]}, "holds 2 rows; the layout expects 3 to 9"),
        ({"rows": [0, 1]}, "holds 2 rows; the layout expects 0 to 1"),
        ({"taken": [2, 9]}, "holds 1 rows taken; the layout expects 2 to 9"),
        ({"taken": [1, 1]}, None),
    ],
)
def test_expected_numbers_are_bounds_that_count_in(
    expect: dict[str, object], said: str | None
) -> None:
    """INTAKE-123, a warning: the least and the most are both allowed."""
    leave = [{"where": {"kind": ["Pistol"]}, "why": "no pistols"}]
    got = read_rows(expect=expect, leave=leave)

    assert got.codes() == ([] if said is None else ["INTAKE-123"])
    assert said is None or said in got.issue("INTAKE-123").message


def test_issues_stand_in_the_order_file_rows_layout() -> None:
    """What concerns the whole file comes first, then the rows, then what the layout missed."""
    data = as_csv([("Rifle", "M", "1", "soon", "1", "x")], header=(*HEADER, "free"))
    got = read(
        data.decode().encode("utf-16"),
        layout(file={"format": "csv", "encoding": ["utf-8", "utf-16"]}, expect={"rows": [5, 9]}),
    )

    assert got.codes() == ["INTAKE-102", "INTAKE-113", "INTAKE-111", "INTAKE-123"]


def test_name_of_a_file_may_hold_what_no_text_has() -> None:
    """A name from the disk with half a character is spelled out in records and issues."""
    reading = LayoutReading(
        layout(), as_csv([("a", "b", "c", "soon", "")]), file="a\udcff.csv", known=Known()
    )
    (record, *_) = list(reading.records())

    assert record.file == "a\\udcff.csv"
    assert reading.issues[0].file == "a\\udcff.csv"


def test_column_with_half_a_character_in_its_name_can_be_counted() -> None:
    """JSON may name a member so; the account is journalled and must be text."""
    got = read(
        b'[{"kind": "a", "\\ud83d": 1}]',
        layout(
            file={"format": "json"},
            columns={"kind": "kind"},
            records=[
                {"table": "sources", "id": "guard", "fields": {"kind": "press"}},
                {"table": "items", "fields": {"type": {"column": "kind"}}},
            ],
        ),
    )

    assert "\\ud83d" in got.account.columns
    assert got.issue("INTAKE-111").column == "\\ud83d"


@pytest.mark.parametrize("name", ["nowhere.csv", "folder.csv"])
def test_path_that_is_no_file_is_told(name: str, tmp_path: Path) -> None:
    """INTAKE-128 names it, and nothing is recorded."""
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "harbour.toml").write_bytes(as_toml())
    init_casebook(tmp_path / "book", actor="Amina")
    (taken,) = take_files(
        tmp_path / "book",
        [tmp_path / name],
        layout=str(tmp_path / "harbour.toml"),
        by=Writing(actor="Amina"),
    )

    assert [(issue.code, issue.file) for issue in taken.issues] == [("INTAKE-128", name)]
    assert taken.seq is None

"""The engine, as it is asked."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.engines.duckdb import Asking, join_parquet, read_columns, sort_parquet
from headstamp.engines.sql import identifier, literal
from headstamp.terms.errors import StorageError

ROWS = [{"n": n % 7, "text": f"t{n}"} for n in range(50)]


def parquet(path: Path, rows: list[dict[str, object]]) -> Path:
    """Write rows into a Parquet file."""
    pq.write_table(pa.Table.from_pylist(rows), path)
    return path


def test_files_and_tables_are_joined_by_their_names(tmp_path: Path) -> None:
    """As nested loops would."""
    path = parquet(tmp_path / 'it\'s "here".parquet', ROWS)
    wanted = pa.table({"n": [3, 5, 9]})
    sql = "SELECT held.text FROM held JOIN wanted USING (n) ORDER BY text"

    found = join_parquet(sql, files={"held": [path, path]}, tables={"wanted": wanted})

    texts = sorted(str(row["text"]) for row in ROWS if row["n"] in {3, 5}) * 2
    assert found.column("text").to_pylist() == sorted(texts)


def test_one_question_leaves_nothing_to_the_next(tmp_path: Path) -> None:
    """Another table under the same name is the one that is asked, in memory or in a file."""
    path = parquet(tmp_path / "rows.parquet", [{"n": 9}])
    sql = "SELECT n FROM held ORDER BY n"

    with Asking() as asking:
        tables = [pa.table({"n": [1, 2]}), path, pa.table({"n": [4]}), pa.table({"n": [5]}), path]
        found = [asking.join(sql, {"held": one}).column("n").to_pylist() for one in tables]

    assert found == [[1, 2], [9], [4], [5], [9]]


def test_a_file_is_sorted_with_nothing_lost(tmp_path: Path) -> None:
    """Whole rows, by one column and then another."""
    source = parquet(tmp_path / "source.parquet", ROWS)
    sort_parquet(source, tmp_path / "target.parquet", by=["n", "text"])

    found = pq.read_table(tmp_path / "target.parquet").to_pylist()
    assert found == sorted(ROWS, key=lambda row: (row["n"], row["text"]))


@pytest.mark.parametrize("data", [None, b"", b"PAR1", b"\0" * 400])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, data: bytes | None) -> None:
    """Missing, empty, torn or no Parquet: an error of ours, never the engine's."""
    path = tmp_path / "rows.parquet"
    if data is not None:
        path.write_bytes(data)

    for ask in (
        lambda: join_parquet("SELECT * FROM held", files={"held": [path]}, tables={}),
        lambda: sort_parquet(path, tmp_path / "target.parquet", by=["n"]),
        lambda: read_columns(path),
    ):
        with pytest.raises(StorageError, match=r"rows\.parquet"):
            ask()


def test_a_truncated_file_is_named(tmp_path: Path) -> None:
    """However little of its end is gone."""
    path = parquet(tmp_path / "rows.parquet", ROWS)
    path.write_bytes(path.read_bytes()[:-1])

    with pytest.raises(StorageError, match=r"rows\.parquet"):
        join_parquet("SELECT * FROM held", files={"held": [path]}, tables={})


def test_columns_are_read_in_the_order_of_the_rows(tmp_path: Path) -> None:
    """Those that are named, or all."""
    path = parquet(tmp_path / "rows.parquet", ROWS)

    assert read_columns(path).to_pylist() == ROWS
    assert read_columns(path, ["text"]).column_names == ["text"]


def test_the_engine_fetches_nothing() -> None:
    """What could is an extension, and none is installed or loaded of itself."""
    with Asking() as asking, pytest.raises(duckdb.Error, match="httpfs"):
        asking.join("SELECT * FROM read_csv('https://192.0.2.1/x.csv')", {})


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20))
def test_texts_in_sql_are_read_as_they_are(text: str) -> None:
    """Whatever quotes they hold: a value stays a value and a name a name."""
    with duckdb.connect(":memory:") as connection:
        row = connection.execute(f"SELECT {literal(text)} AS {identifier('x' + text)}").fetchone()
        assert connection.description is not None
        name = connection.description[0][0]

    assert row == (text,)
    assert name == "x" + text

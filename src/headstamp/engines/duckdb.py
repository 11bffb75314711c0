"""How is DuckDB asked? One connection per question, bounded memory, no network, no extensions."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from headstamp.engines.sql import identifier, literal

MEMORY_LIMIT = "1GB"
ROW_GROUP = 122_880
"""Rows of a Parquet row group: LINKAGE.md section 3; smaller ones were slower and larger."""


@contextmanager
def _connected(folder: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection in memory that spills into ``folder`` and fetches nothing."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY_LIMIT,
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "preserve_insertion_order": "false",
    }
    if folder is not None:
        config["temp_directory"] = str(folder)
    with duckdb.connect(":memory:", config=config) as connection:
        yield connection


def sort_parquet(source: Path, target: Path, *, by: Sequence[str]) -> None:
    """Write the rows of one Parquet file into another, sorted; larger than memory if need be.

    Parquet v2 (delta), zstd, row groups of 122,880 rows, no Bloom filters.
    """
    order = ", ".join(map(identifier, by))
    with _connected(target.parent) as connection:
        connection.execute(
            f"COPY (SELECT * FROM read_parquet({literal(source)}) ORDER BY {order}) "  # noqa: S608 - quoted by sql.py
            f"TO {literal(target)} (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, "
            f"ROW_GROUP_SIZE {ROW_GROUP}, WRITE_BLOOM_FILTER false)"
        )


def join_parquet(
    sql: str, *, files: Mapping[str, Sequence[Path]], tables: Mapping[str, pa.Table]
) -> pa.Table:
    """Return what a SELECT gives over Parquet files and tables in memory, by their names.

    The SELECT names them as tables and orders what it returns; nothing in it comes from
    the user.
    """
    with _connected() as connection:
        for name, paths in files.items():
            listed = ", ".join(map(literal, paths))
            select = f"SELECT * FROM read_parquet([{listed}])"  # noqa: S608 - quoted by sql.py
            connection.execute(f"CREATE VIEW {identifier(name)} AS {select}")
        for name, table in tables.items():
            connection.register(name, table)
        return connection.sql(sql).to_arrow_table()

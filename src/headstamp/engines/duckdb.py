"""How is DuckDB asked? Bounded memory, no network, no extensions, nothing from the user in SQL."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from typing_extensions import override

from headstamp.engines.lookup import ALONE, unreadable
from headstamp.engines.sql import identifier, literal

MEMORY_LIMIT = "1GB"
ROW_GROUP = 122_880
"""Rows of a Parquet row group: LINKAGE.md section 3; smaller ones were slower and larger."""


class Asking(AbstractContextManager["Asking"]):
    """One connection in memory, for as many questions as are asked one after the other."""

    def __init__(self, *, spill: Path | None = None) -> None:
        """Take the folder into which what is larger than memory is spilled; None: nowhere."""
        config = {**ALONE, "memory_limit": MEMORY_LIMIT, "preserve_insertion_order": "false"}
        if spill is not None:
            config["temp_directory"] = str(spill)
        self._connection = duckdb.connect(":memory:", config=config)

    @override
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def join(self, sql: str, held: Mapping[str, Path | Sequence[Path] | pa.Table]) -> pa.Table:
        """Return what a SELECT gives over Parquet files and tables in memory, by their names.

        The SELECT names them as tables and orders what it returns.

        Raises:
            StorageError: A file is not there, or is not what was written.
        """
        with parquet_trouble(_paths(held)):
            for name, table in held.items():
                if isinstance(table, pa.Table):
                    self._connection.register(name, table)
                else:
                    self._connection.execute(_view(name, table))
            found = self._connection.sql(sql).to_arrow_table()
        for name, table in held.items():
            if isinstance(table, pa.Table):
                self._connection.unregister(name)
            else:
                self._connection.execute(f"DROP VIEW {identifier(name)}")
        return found

    def sort(self, source: Path, target: Path, *, by: Sequence[str]) -> None:
        """Write the rows of one Parquet file into another, sorted.

        Parquet v2 (delta), zstd, row groups of 122,880 rows, no Bloom filters.

        Raises:
            StorageError: The one cannot be read, or the other not be written.
        """
        order = ", ".join(map(identifier, by))
        with parquet_trouble([source, target]):
            self._connection.execute(
                f"COPY (SELECT * FROM read_parquet({literal(source)}) ORDER BY {order}) "  # noqa: S608 - quoted by sql.py
                f"TO {literal(target)} (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, "
                f"ROW_GROUP_SIZE {ROW_GROUP}, WRITE_BLOOM_FILTER false)"
            )


def read_columns(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """Return a Parquet file, or some of its columns, in the order of its rows.

    Raises:
        StorageError: It is not there, or is not what was written.
    """
    with parquet_trouble([path]):
        return pq.read_table(path, columns=None if columns is None else list(columns))


@contextmanager
def parquet_trouble(paths: Sequence[Path]) -> Iterator[None]:
    """Turn what goes wrong with files into a StorageError that names them; all else is raised."""
    try:
        yield
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        if not paths:
            raise
        raise unreadable(paths, error) from error


def _paths(held: Mapping[str, Path | Sequence[Path] | pa.Table]) -> list[Path]:
    files = [one for one in held.values() if not isinstance(one, pa.Table)]
    return [path for one in files for path in ([one] if isinstance(one, Path) else one)]


def _view(name: str, table: Path | Sequence[Path]) -> str:
    paths = [table] if isinstance(table, Path) else table
    listed = ", ".join(map(literal, paths))
    select = f"SELECT * FROM read_parquet([{listed}])"  # noqa: S608 - quoted by sql.py
    return f"CREATE OR REPLACE TEMP VIEW {identifier(name)} AS {select}"


def sort_parquet(source: Path, target: Path, *, by: Sequence[str]) -> None:
    """Write the rows of one Parquet file into another, sorted; larger than memory if need be."""
    with Asking(spill=target.parent) as asking:
        asking.sort(source, target, by=by)


def join_parquet(
    sql: str, *, files: Mapping[str, Sequence[Path]], tables: Mapping[str, pa.Table]
) -> pa.Table:
    """Return what one SELECT gives over Parquet files and tables in memory, by their names."""
    with Asking() as asking:
        return asking.join(sql, {**files, **tables})

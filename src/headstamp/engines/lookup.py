"""How are few rows of many found by a value? DuckDB alone, without what moves whole tables.

Whoever asks for one entry waits for what is imported; Arrow is the larger half of that.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from headstamp.engines.sql import identifier, literal
from headstamp.terms.errors import StorageError

ALONE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "temp_directory": "",
}
"""Settings by which DuckDB fetches nothing and writes nothing beside what it is asked to."""


def rows_with(
    paths: Sequence[Path], column: str, values: Sequence[str], *, order: str
) -> list[list[dict[str, Any]]]:
    """Return, of each Parquet file, the rows with one of these values in a column, in order.

    Raises:
        StorageError: A file is not there, or is not what was written.
    """
    found: list[list[dict[str, Any]]] = []
    with duckdb.connect(":memory:", config=ALONE) as connection:
        for path in paths:
            select = (
                f"SELECT * FROM read_parquet({literal(path)}) "  # noqa: S608 - quoted by sql.py
                f"WHERE {identifier(column)} IN (SELECT unnest(?)) ORDER BY {identifier(order)}"
            )
            try:
                asked = connection.execute(select, [list(values)])
                names = [name for name, *_ in asked.description or ()]
                found.append([dict(zip(names, row, strict=True)) for row in asked.fetchall()])
            except (duckdb.Error, OSError) as error:
                raise unreadable([path], error) from error
    return found


def unreadable(paths: Sequence[Path], error: Exception) -> StorageError:
    """Return what is said where files cannot be read or written."""
    said = str(error).partition("\n")[0]
    message = f"{', '.join(map(str, paths))}: could not be read or written ({said})"
    return StorageError(message, hint=_REMEDY)


_REMEDY = (
    "somebody else may be writing to it: repeat the command; `headstamp verify` says whether "
    "the casebook's files are what was recorded"
)

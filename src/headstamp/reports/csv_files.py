"""What may a reader count again? Every table that was handed out, as CSV beside the pages.

A cell that a spreadsheet would run as a formula gets an apostrophe before it; numbers
are left alone. Nothing else differs from the table.
"""

import csv
import json
import re
from collections.abc import Mapping
from pathlib import Path

from headstamp.terms.table import Cell, Table

_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
_AT_ONCE = 10_000
"""Rows that are laid out by columns at a time, so that memory does not follow the table."""
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def write_tables(tables: Mapping[str, Table], folder: Path) -> tuple[Path, ...]:
    """Write one ``NAME.csv`` per table (UTF-8, RFC 4180) and return the paths, by name."""
    folder.mkdir()
    paths = []
    for name in sorted(tables):
        path = folder / f"{name}.csv"
        _write_table(tables[name], path)
        paths.append(path)
    return tuple(paths)


def csv_cell(value: Cell) -> str:
    """Return the cell as CSV text, harmless in a spreadsheet.

    >>> csv_cell("=1+1"), csv_cell("-12.5"), csv_cell(None), csv_cell(True)
    ("'=1+1", '-12.5', '', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return _neutral(str(value))


def _write_table(table: Table, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([_neutral(column) for column in table.columns])
        for start in range(0, len(table.rows), _AT_ONCE):
            rows = table.rows[start : start + _AT_ONCE]
            columns = [_printed([row.get(name) for row in rows]) for name in table.columns]
            writer.writerows(zip(*columns, strict=True))


def _printed(column: list[Cell]) -> list[Cell]:
    """Return the cells of a column so that the CSV writer prints them as `csv_cell` does.

    It prints texts, whole numbers and nothing by itself. Of texts, each different one is
    looked at once: many thousand rows mostly say the same.
    """
    kinds = set(map(type, column))
    if not kinds <= {str, int, type(None)}:
        return [csv_cell(cell) for cell in column]
    changed = {cell: plain for cell in _texts(column) if (plain := _neutral(cell)) != cell}
    return [changed.get(cell, cell) for cell in column] if changed else column  # type: ignore[arg-type]


def _texts(column: list[Cell]) -> set[str]:
    return {cell for cell in column if isinstance(cell, str)}


def _neutral(text: str) -> str:
    if text.startswith(_FORMULA_STARTS) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text

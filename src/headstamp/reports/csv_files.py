"""What may a reader count again? Every table that was handed out, as CSV beside the pages.

A cell that a spreadsheet would run as a formula gets an apostrophe before it; numbers
are left alone. Nothing else differs from the table.
"""

import csv
import json
import re
from collections.abc import Mapping
from pathlib import Path

from headstamp.terms.coded import coded_rows
from headstamp.terms.table import Cell, Table

_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
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
    """Write a table; each different cell of a column is spelled once."""
    columns = coded_rows(table.columns, table.rows).columns
    spread = (one.spread([csv_cell(cell) for cell in one.cells]) for one in columns.values())
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([_neutral(column) for column in table.columns])
        writer.writerows(zip(*spread, strict=True))


def _neutral(text: str) -> str:
    if text.startswith(_FORMULA_STARTS) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text

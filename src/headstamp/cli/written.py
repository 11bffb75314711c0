"""How is a table written for other programs? CSV and JSON, every different cell spelled once.

A table of 75,000 rows has three million cells, and few different ones: spelled once each
and put together row by row, they take a fifth of the time.
"""

import json
import re
from collections.abc import Callable, Iterator
from itertools import chain, islice

from headstamp.reports.csv_files import csv_cell
from headstamp.terms.coded import coded_rows
from headstamp.terms.table import Cell, Table

_IN_JSON = json.JSONEncoder(ensure_ascii=False).encode
_N_TOGETHER = 1_000
_NOTHING = '""'
_QUOTED = re.compile(r'[",\r\n]')


def csv_texts(table: Table) -> Iterator[str]:
    """Yield RFC 4180 text; lists as JSON, true and false, formulas made harmless."""
    befores = ["", *[","] * (len(table.columns) - 1)]
    heading = ",".join(map(_quoted, table.columns))
    for lines in _together(chain([heading], _lines(table, _in_csv, befores))):
        # A line with nothing in it would be no row: of one column, nothing is written as "".
        yield "".join([f"{line or _NOTHING}\r\n" for line in lines])


def json_texts(table: Table) -> Iterator[str]:
    """Yield an array of objects, one to a line; what is not recorded is null."""
    befores = [f", {_IN_JSON(column)}: " for column in table.columns]
    befores[:1] = [before.replace(", ", "{", 1) for before in befores[:1]]
    between = "[\n"
    for lines in _together(_lines(table, _IN_JSON, befores)):
        yield between
        yield "},\n".join(lines)
        between = "},\n"
    yield "}\n]\n" if len(table.rows) else "[]\n"


def _together(lines: Iterator[str]) -> Iterator[list[str]]:
    """Yield so many lines at once that there are few pieces, and none is large."""
    while batch := list(islice(lines, _N_TOGETHER)):
        yield batch


def _lines(table: Table, spell: Callable[[Cell], str], befores: list[str]) -> Iterator[str]:
    """Yield every row as one text: its cells as spelled, each after what stands before it."""
    rows = coded_rows(table.columns, table.rows)
    spread = []
    for column, before in zip(table.columns, befores, strict=True):
        one = rows.columns[column]
        spread.append(one.spread([before + spell(cell) for cell in one.cells]))
    return map("".join, zip(*spread, strict=True))


def _in_csv(cell: Cell) -> str:
    return _quoted(csv_cell(cell))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text

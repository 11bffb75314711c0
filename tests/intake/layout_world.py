"""An invented layout that a test may change, and what reads bytes with it."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec
from openpyxl import Workbook

from headstamp.intake.layout import FileForm, Layout
from headstamp.intake.layout_account import FileAccount
from headstamp.intake.layout_reading import LayoutReading
from headstamp.intake.reading import Known, Record, TableCounts
from headstamp.terms.issue import Issue

Row = Sequence[object]
HEADER: Row = ("kind", "maker", "serial", "date", "count")
ROWS: Sequence[Row] = (
    ("Rifle", "Redford Arms", "RA-1001", "2019-04-03", "1"),
    ("Pistol", "Harbour Works", "HW-77", "2019-04-04", "2"),
)
SOURCE = {"table": "sources", "id": "guard", "fields": {"kind": "field_documentation"}}
ITEMS = {
    "table": "items",
    "fields": {
        "category": "weapon",
        "type": {"column": "kind"},
        "maker_stated": {"column": "maker"},
        "documented_on": {"column": "date"},
        "quantity": {"column": "count"},
    },
}
MARKS = {
    "table": "marks",
    "name": "serial",
    "needs": ["serial"],
    "fields": {
        "item_id": {"record": "items"},
        "kind": "serial",
        "text": {"column": "serial"},
        "reader": "cell",
    },
}
BASE: dict[str, object] = {
    "name": "harbour",
    "title": "Book of the Harbour Guard",
    "source": "guard",
    "unread": "?",
    "file": {"format": "csv"},
    "columns": {str(name): name for name in HEADER},
    "records": [SOURCE, ITEMS, MARKS],
}


class Got(NamedTuple):
    """All that a reading returns."""

    records: list[Record]
    issues: tuple[Issue, ...]
    account: FileAccount
    counts: dict[str, TableCounts]
    is_readable: bool

    def of(self, table: str) -> list[dict[str, object]]:
        """Return the values of a table's records."""
        return [dict(one.values) for one in self.records if one.table == table]

    def codes(self) -> list[str]:
        """Return the issue codes, in order."""
        return [issue.code for issue in self.issues]

    def issue(self, code: str) -> Issue:
        """Return the one issue of a code."""
        found = [issue for issue in self.issues if issue.code == code]
        assert len(found) == 1, [issue.message for issue in self.issues]
        return found[0]


def layout(**changed: object) -> Layout:
    """Return the invented layout, some of its parts replaced."""
    return msgspec.convert(BASE | changed, Layout)


def form(**changed: object) -> FileForm:
    """Return how a file is written."""
    return msgspec.convert({"format": "csv"} | changed, FileForm)


def table_of(base: Mapping[str, object], **changed: object) -> dict[str, object]:
    """Return a part of the layout, some of its entries replaced; None takes one out."""
    merged = dict(base) | changed
    return {key: value for key, value in merged.items() if value is not None}


def items(**fields: object) -> dict[str, object]:
    """Return the record of items, some fields replaced; None takes one out."""
    known = ITEMS["fields"]
    assert isinstance(known, dict)
    return table_of(ITEMS, fields=table_of(known, **fields))


def as_csv(rows: Iterable[Row], *, header: Row = HEADER, separator: str = ",") -> bytes:
    """Return rows as CSV below a header."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode()


def as_workbook(rows: Iterable[Row], *, merged: Iterable[str] = ()) -> bytes:
    """Return a workbook of one sheet with these rows, the header among them."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    for area in merged:
        book.active.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(
    data: bytes, using: Layout | None = None, *, known: Known | None = None, prefix: str = ""
) -> Got:
    """Read bytes with a layout to the end."""
    reading = LayoutReading(
        using or layout(), data, file="book.csv", known=known or Known(), prefix=prefix
    )
    records = list(reading.records())
    return Got(records, reading.issues, reading.account, reading.counts, reading.is_readable)


def read_rows(*rows: Row, known: Known | None = None, prefix: str = "", **changed: object) -> Got:
    """Read rows as CSV with the invented layout, some of its parts replaced."""
    return read(as_csv(rows or ROWS), layout(**changed), known=known, prefix=prefix)


def as_toml(**changed: object) -> bytes:
    """Return the invented layout as TOML, some of its parts replaced."""
    return "".join(f"{key} = {_inline(part)}\n" for key, part in (BASE | changed).items()).encode()


def _inline(value: object) -> str:
    if isinstance(value, dict):
        pairs = ", ".join(f"{json.dumps(key)} = {_inline(part)}" for key, part in value.items())
        return "{" + pairs + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return json.dumps(value)

"""Which rows has a table? Bytes to a header and numbered rows, each whole or refused.

A row's number is that which a person sees in a spreadsheet: the header is 1, a row that
spans several lines counts once, a blank row counts and holds nothing.
"""

import csv
import io
from collections.abc import Iterator

import msgspec

from headstamp.intake import kinds
from headstamp.intake.schema import TableSchema
from headstamp.intake.trouble import Trouble, file_issue, shown
from headstamp.terms.issue import Issue

BOM = b"\xef\xbb\xbf"
MAX_CELL_CHARACTERS = 131_072
_BOMS_OF_OTHERS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


class RawRow(msgspec.Struct, gc=False):
    """One row as split; a refused one has ``trouble`` and stands for ``n_rows`` lines."""

    number: int
    cells: list[str]
    trouble: Trouble | None = None
    n_rows: int = 1


class TableText(msgspec.Struct):
    """One table as text: ``header`` is empty where the table was refused or is empty.

    ``missing`` names the optional columns that it lacks, once its rows were read.
    """

    file: str
    header: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    rows: list[RawRow] = []
    issues: list[Issue] = []

    @property
    def is_refused(self) -> bool:
        """Whether the table as a whole could not be read; its issue says why."""
        return not self.header and any(issue.severity == "error" for issue in self.issues)


def split_table(file: str, data: bytes, schema: TableSchema) -> TableText:
    """Return the header and the rows of one CSV file; every line is in a row or refused."""
    table = TableText(file=file)
    text = _decode(data, table)
    if text is None:
        return _refuse_table(table, data)
    rows = number_rows(text)
    first = next(rows, None)
    if first is None:
        table.issues.append(file_issue(kinds.NO_ROWS, "is empty, without a header", file=file))
        return table
    header = tuple(name.strip() for name in first.cells)
    issue = _header_trouble(header, first, text=text, file=file, schema=schema)
    if issue is not None:
        table.issues.append(issue)
        return _refuse_table(table, data)
    table.header = header
    table.issues.extend(_spaces_in_header(first.cells, file))
    may_be_odd = "\0" in text or len(text) > MAX_CELL_CHARACTERS
    table.rows = [_sized(row, len(header), may_be_odd=may_be_odd) for row in rows]
    _note_end(table, text)
    return table


def _decode(data: bytes, table: TableText) -> str | None:
    if data.startswith(BOM):
        said = "begins with a byte order mark, which was passed over"
        table.issues.append(file_issue(kinds.HAS_BOM, said, file=table.file))
        data = data[len(BOM) :]
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = f"0x{data[error.start]:02X}"
        looks = _BOMS_OF_OTHERS.get(data[:2], "")
        said = f"is not UTF-8: byte {byte} at offset {error.start}, line {line}"
        hint = "save it as CSV UTF-8" + (
            f"; it looks like {looks}" if looks else "; it may be Windows-1252 or another old set"
        )
        issue = file_issue(kinds.WRONG_ENCODING, said, file=table.file, raw=byte, hint=hint)
        table.issues.append(msgspec.structs.replace(issue, row=line))
        return None


def _refuse_table(table: TableText, data: bytes) -> TableText:
    """Let one refused row stand for all lines below the header, so that they are counted."""
    n_lines = sum(1 for line in data.splitlines() if line.strip()) - 1
    if n_lines > 0:
        table.rows = [RawRow(number=2, cells=[], trouble=_WITH_TABLE, n_rows=n_lines)]
    return table


_WITH_TABLE = Trouble(kind=kinds.NO_REQUIRED_COLUMN, said="was refused with its table")
"""Never printed: the table's own issue says why."""


def is_refused_with_table(row: RawRow) -> bool:
    """Answer whether a row stands for those of a table that was refused as a whole."""
    return row.trouble is _WITH_TABLE


def _spaces_in_header(names: list[str], file: str) -> Iterator[Issue]:
    for name in names:
        if name != name.strip():
            said = f"the column {shown(name)} was read as {shown(name.strip())}"
            yield file_issue(kinds.HEADER_SPACES, said, file=file, raw=name, column=name.strip())


def _header_trouble(
    header: tuple[str, ...], first: RawRow, *, text: str, file: str, schema: TableSchema
) -> Issue | None:
    """Return what makes the header, and so the table, unusable: the first reason only.

    A table without a header may begin with a protected row, so that no value is shown
    before the columns that must be there were found.
    """
    if separator := _other_separator(text, schema):
        said = f"its columns are separated by {_OTHER_SEPARATORS[separator]}, not by commas"
        return file_issue(kinds.OTHER_SEPARATOR, said, file=file, raw=separator)
    if first.trouble is not None or any("\0" in name for name in header):
        kind = first.trouble.kind if first.trouble else kinds.NUL_BYTE
        return file_issue(kind, f"the header cannot be read: {kind.when}", file=file)
    if missing := [c.name for c in schema.columns if c.required and c.name not in header]:
        said = f"has no column {', '.join(missing)}, without which its rows mean nothing"
        return file_issue(kinds.NO_REQUIRED_COLUMN, said, file=file, column=missing[0])
    if twice := [name for name in header if name and header.count(name) > 1]:
        said = f"has two columns named {shown(twice[0])}"
        return file_issue(kinds.COLUMN_TWICE, said, file=file, raw=twice[0], column=twice[0])
    return None


def _other_separator(text: str, schema: TableSchema) -> str:
    line = text.lstrip().partition("\n")[0]
    for separator in _OTHER_SEPARATORS:
        names = [name.strip(' "\r') for name in line.split(separator)]
        if schema.id[0] in names and "," not in names[names.index(schema.id[0])] and names[1:]:
            return separator
    return ""


def number_rows(text: str, *, separator: str = ",") -> Iterator[RawRow]:
    """Yield the rows that hold something, numbered; misplaced quotes are never repaired."""
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(iter(lines), strict=True, delimiter=separator)
    number, start = 0, 0
    while True:
        number += 1
        trouble = None
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            cells, trouble = [], _quote_trouble(error, lines, start, reader.line_num)
        if trouble is not None and trouble.kind is kinds.OPEN_QUOTE:
            yield RawRow(number, cells, trouble, _n_filled(lines[start:]))
            return
        if trouble is not None or any(cells):
            yield RawRow(number, cells, trouble)
        start = reader.line_num


def _quote_trouble(error: csv.Error, lines: list[str], start: int, end: int) -> Trouble:
    """Tell a row that can be skipped from a quote after which no row can be told apart."""
    if sum(line.count('"') for line in lines[start:end]) % 2:
        n_lines = _n_filled(lines[start:])
        said = f"a quote is never closed: {n_lines} lines from here to the end were not read"
        return Trouble(kind=kinds.OPEN_QUOTE, said=said)
    if "field larger" in str(error):
        return Trouble(kind=kinds.LONG_CELL, said=kinds.LONG_CELL.when)
    return Trouble(kind=kinds.STRAY_QUOTE, said=kinds.STRAY_QUOTE.when)


def _n_filled(lines: list[str]) -> int:
    return sum(1 for line in lines if line.strip())


def _sized(row: RawRow, n_columns: int, *, may_be_odd: bool) -> RawRow:
    """Refuse a row that has not one cell per column, or a cell that is no text or too long."""
    n_cells = len(row.cells)
    if row.trouble is None and n_cells != n_columns:
        row.trouble = _width_trouble(row.cells, n_columns, is_torn=False)
    elif row.trouble is None and may_be_odd:
        row.trouble = _odd_cell(row.cells)
    return row


def _odd_cell(cells: list[str]) -> Trouble | None:
    if any("\0" in cell for cell in cells):
        return Trouble(kind=kinds.NUL_BYTE, said="the row holds a NUL byte")
    # The csv module has the same limit, but any library may have moved it in this process.
    if max(map(len, cells)) > MAX_CELL_CHARACTERS:
        return Trouble(kind=kinds.LONG_CELL, said=kinds.LONG_CELL.when)
    return None


def _width_trouble(cells: list[str], n_columns: int, *, is_torn: bool) -> Trouble:
    counted = f"{len(cells)} cells where the table has {n_columns} columns"
    if len(cells) > n_columns:
        raw = ",".join(cells[n_columns:])
        return Trouble(kind=kinds.EXTRA_CELL, said=f"is too much: the row has {counted}", raw=raw)
    if is_torn:
        return Trouble(kind=kinds.TORN_ROW, said=f"the last line breaks off: it has {counted}")
    return Trouble(kind=kinds.SHORT_ROW, said=f"the row has {counted}")


def _note_end(table: TableText, text: str) -> None:
    if not table.rows:
        table.issues.append(
            file_issue(kinds.NO_ROWS, "holds a header and no rows", file=table.file)
        )
        return
    if text.endswith(("\n", "\r")):
        return
    last = table.rows[-1]
    if last.trouble is None:
        said = "its last line has no line end; the last cell may be cut off"
        table.issues.append(file_issue(kinds.NO_LAST_LINE_END, said, file=table.file))
    elif last.trouble.kind is kinds.SHORT_ROW:
        last.trouble = _width_trouble(last.cells, len(table.header), is_torn=True)

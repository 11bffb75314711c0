"""What does a cell of a foreign file say for one field? One reader per field of a layout."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from headstamp.intake import layout_kinds
from headstamp.intake.cells import Value, compile_reader
from headstamp.intake.grids import RawCell
from headstamp.intake.kinds import IssueKind
from headstamp.intake.layout import FieldForm, Layout
from headstamp.intake.patterns import value_in
from headstamp.intake.schema import Column, ColumnType
from headstamp.intake.trouble import Trouble, Troubled
from headstamp.marks.notation import transcribed

Read = Value | Troubled | None
CellReader = Callable[[RawCell], Read]

_MOST_EXACT = 10**15
"""Spreadsheets keep 15 digits of a number."""
_DAYS_ZERO = frozenset({date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1)})
_ZERO_TEXTS = frozenset(day.isoformat() for day in _DAYS_ZERO)
_ISO = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m", "%Y")
_NUMBERS: frozenset[ColumnType] = frozenset({"integer", "decimal", "quantity"})
_AS_WRITTEN: frozenset[ColumnType] = frozenset({"country_stated"})
_PRECISION = ((("%d", "%j", "%D", "%x", "%F"), "%Y-%m-%d"), (("%m", "%b", "%B"), "%Y-%m"))


def folded(text: str) -> str:
    """Return a text as layouts compare it: no runs of spaces, no case."""
    return " ".join(text.split()).casefold()


def text_of(cell: RawCell) -> str:
    """Return a cell as a person sees it: ``12.0`` of a number cell is 12.

    >>> text_of(12.0), text_of(7.62), text_of(True), text_of(date(2017, 1, 31))
    ('12', '7.62', 'TRUE', '2017-01-31')
    """
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _MOST_EXACT else repr(cell)
    return str(cell)


def compile_field(field: FieldForm, column: Column, layout: Layout) -> CellReader:
    """Return the reader of one field: a cell's value, None of an empty one, or what is wrong.

    It keeps no state; equal cells may be read once. What is wrong never stops a row.
    """
    empty = frozenset(map(folded, layout.file.empty))
    values = {folded(written): meant for written, meant in field.values.items()}
    finish = _finisher(field, column, layout)
    is_date = column.type == "date"

    def read(cell: RawCell) -> Read:
        text = _text_or_trouble(cell, column)
        if not isinstance(text, str) or folded(text) in empty:
            return text if isinstance(text, Troubled) else None
        taken = text if field.pattern is None else value_in(field.pattern, text)
        if taken is None:
            return _unknown(field, column, text, f"is not like {field.pattern!r}", finish)
        if values:
            meant = values.get(folded(taken))
            if meant is None:
                return _unknown(field, column, taken, "is none of the layout's values", finish)
            return _checked(meant, column) if meant else None
        return finish(cell if is_date and field.pattern is None else taken)

    return read


def _text_or_trouble(cell: RawCell, column: Column) -> str | Troubled | None:
    """Return a cell as text, None of an empty one, or what keeps it from being read."""
    odd = None if isinstance(cell, str) else _odd(cell, is_date=column.type == "date")
    if odd is not None:
        return _nothing(odd[0], column, text_of(cell), odd[1])
    text = text_of(cell)
    if not _is_sound(text):
        return _nothing(layout_kinds.ODD_TEXT, column, text, "holds what no text has")
    return text if text.strip() else None


def _odd(cell: RawCell, *, is_date: bool) -> tuple[IssueKind, str] | None:
    """Return what is wrong with a cell that is not text, whatever the field."""
    if isinstance(cell, float) and abs(cell) >= _MOST_EXACT:
        return layout_kinds.DIGITS_LOST, "has more digits than a spreadsheet keeps"
    if isinstance(cell, time | timedelta):
        return layout_kinds.DATE_IN_TEXT, "is a time"
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        if day in _DAYS_ZERO:
            return layout_kinds.DAY_ZERO, "is a spreadsheet's day zero"
        if not is_date:
            return layout_kinds.DATE_IN_TEXT, "is a date in the file, where a text should stand"
    return None


def _is_sound(text: str) -> bool:
    return "\0" not in text and (text.isascii() or not _HALVES.search(text))


_HALVES = re.compile("[\ud800-\udfff]")


def _unknown(field: FieldForm, column: Column, text: str, said: str, finish: CellReader) -> Read:
    """Return what becomes of a cell that the layout's values or pattern do not know."""
    if field.otherwise == "empty":
        return None
    if field.otherwise == "keep":
        return finish(text)
    return _nothing(layout_kinds.VALUE_NOT_IN_LAYOUT, column, text, said)


def _finisher(field: FieldForm, column: Column, layout: Layout) -> CellReader:
    """Return how a text becomes a value of the column's type."""
    if column.type == "date":
        formats = field.dates or _ISO
        return lambda cell: _read_date(cell, column, formats)
    if column.type in _NUMBERS:
        return lambda cell: _read_number(text_of(cell), column, field)
    if column.type == "notation" and layout.notation == "plain":
        return lambda cell: transcribed(text_of(cell), unread=layout.unread)
    if column.type == "notation":
        return lambda cell: _checked(text_of(cell), column)
    return lambda cell: _checked(text_of(cell).strip(), column)


def _checked(text: str, column: Column) -> Read:
    """Return the value that the package's own reader makes of a text."""
    if column.type in _AS_WRITTEN:
        return text
    found = compile_reader(column)(text)
    if not isinstance(found, Troubled):
        return found
    refusals = [trouble for trouble in found.troubles if trouble.is_refusal]
    if not refusals:
        return found
    said = f"{refusals[0].said}; it was left out"
    return _nothing(layout_kinds.VALUE_REFUSED, column, text, said, hint=refusals[0].hint)


def _read_number(text: str, column: Column, field: FieldForm) -> Read:
    plain = text.strip()
    if field.thousands:
        plain = plain.replace(field.thousands, "")
    if field.decimal != ".":
        plain = plain.replace(field.decimal, ".")
    found = _checked(plain, column)
    if isinstance(found, Troubled) and found.value is None:
        said = f"is no number with decimals after {field.decimal!r}"
        return _nothing(layout_kinds.NUMBER_NOT_READ, column, text, said)
    return found


def _read_date(cell: RawCell, column: Column, formats: tuple[str, ...]) -> Read:
    """Return the civil day, month or year as EDTF; the time of day is no part of it."""
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        return day.isoformat()
    text = text_of(cell).strip()
    read = (_in_format(text, one) for one in formats)
    found = {one for one in read if one is not None}
    if found & _ZERO_TEXTS:
        said = "is a spreadsheet's day zero"
        return _nothing(layout_kinds.DAY_ZERO, column, text, said)
    if not found:
        said = f"is in none of the formats {', '.join(formats)}"
        return _nothing(layout_kinds.DATE_NOT_READ, column, text, said)
    if len(found) == 1:
        return found.pop()
    either = f"[{','.join(sorted(found))}]"
    trouble = Trouble(
        kind=layout_kinds.DATE_TWO_WAYS,
        column=column.name,
        raw=text,
        said=f"reads two ways; it was taken as one of {either}",
    )
    return Troubled(either, (trouble,))


def _in_format(text: str, form: str) -> str | None:
    try:
        found = datetime.strptime(text, form)  # noqa: DTZ007  a civil day has no zone
    except ValueError:
        return None
    printed = next((out for signs, out in _PRECISION if any(s in form for s in signs)), "%Y")
    return found.strftime(printed)


def _nothing(kind: IssueKind, column: Column, raw: str, said: str, *, hint: str = "") -> Troubled:
    trouble = Trouble(kind=kind, column=column.name, raw=raw, said=said, hint=hint)
    return Troubled(None, (trouble,))

"""What does a cell of a foreign file say for one field? One reader per field of a layout."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from math import isfinite

import msgspec

from headstamp.intake import layout_kinds
from headstamp.intake.cells import LONG_TEXT_CHARACTERS, Value, compile_reader
from headstamp.intake.grids import RawCell, is_filled
from headstamp.intake.kinds import IssueKind
from headstamp.intake.layout import FieldForm, Layout
from headstamp.intake.layout_dates import EDTF, days_in, is_day_zero
from headstamp.intake.patterns import value_in
from headstamp.intake.schema import Column, ColumnType
from headstamp.intake.trouble import Trouble, Troubled
from headstamp.marks.notation import transcribed

Read = Value | Troubled | None
CellReader = Callable[[RawCell], Read]
CellTest = Callable[[RawCell], bool]
JoinedReader = Callable[[list[RawCell]], Read]

_MOST_EXACT = 10**15
"""Spreadsheets keep 15 digits of a number."""
_NUMBERS: frozenset[ColumnType] = frozenset({"integer", "decimal", "quantity"})
_TEXTS: frozenset[ColumnType] = frozenset({"text", "ref_or_text"})
_AS_WRITTEN: frozenset[ColumnType] = frozenset({"country_stated"})


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
    finish, checked = _finisher(field, column, layout), _checker(column)
    if field.append:
        finish = _appending(finish, field.append)
    is_mark = column.type == "notation"

    def read(cell: RawCell) -> Read:
        text = _text_or_trouble(cell, column)
        if not isinstance(text, str):
            return text
        if empty and folded(text) in empty:
            return None
        taken = text if field.pattern is None else value_in(field.pattern, text)
        if taken is None or not taken.strip():
            return _unknown(field, column, text, f"is not like {field.pattern!r}", finish)
        given = cell if field.pattern is None else taken
        if values:
            meant = values.get(folded(taken))
            if meant is None:
                return _unknown(field, column, given, "is none of the layout's values", finish)
            return checked(meant) if meant else None
        found = finish(given)
        return _with_note(found, column, text) if is_mark and _is_number(cell) else found

    is_plain = not (values or empty or field.append) and field.pattern is None
    is_plain &= column.max_words is None
    return _plain_reader(read) if is_plain and column.type in _TEXTS else read


def _appending(finish: CellReader, ending: str) -> CellReader:
    """Return what finishes a text with something put after it."""
    return lambda cell: finish(text_of(cell).strip() + ending)


def _plain_reader(read: CellReader) -> CellReader:
    """Return what reads a text that nothing can be wrong with at once, and any other with care."""

    def read_plain(cell: RawCell) -> Read:
        if isinstance(cell, str) and len(cell) <= LONG_TEXT_CHARACTERS and _is_sound(cell):
            return cell.strip() or None
        return read(cell)

    return read_plain


def compile_joined(field: FieldForm, column: Column, layout: Layout) -> JoinedReader:
    """Return the reader of a field that several columns fill: what stands in them, joined.

    Each cell is looked at alone first: a day among texts, or digits that were lost, are no
    less wrong for standing beside something else.
    """
    empty = frozenset(map(folded, layout.file.empty))
    read = compile_field(field, column, layout)
    part = msgspec.structs.replace(column, type="text")

    def read_joined(cells: list[RawCell]) -> Read:
        texts: list[str] = []
        for cell in cells:
            text = cell if isinstance(cell, str) else _text_or_trouble(cell, part)
            if isinstance(text, Troubled):
                return text
            if text is not None and (plain := text.strip()):
                texts.append(plain)
        if empty:
            texts = [text for text in texts if folded(text) not in empty]
        return read(field.join.join(texts)) if texts else None

    return read_joined


def compile_filled(empty: tuple[str, ...]) -> CellTest:
    """Return the question whether a cell says something: not empty, nor a word for empty."""
    words = frozenset(map(folded, empty))
    if not words:
        return is_filled
    return lambda cell: is_filled(cell) and folded(text_of(cell)) not in words


def _is_number(cell: RawCell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _with_note(found: Read, column: Column, text: str) -> Read:
    """Say of a mark that it was read from a number."""
    said = "is a number in the file: zeros before it, if there were any, are lost"
    note = Trouble(kind=layout_kinds.NUMBER_IN_MARK, column=column.name, raw=text, said=said)
    if isinstance(found, Troubled):
        return Troubled(found.value, (*found.troubles, note))
    return Troubled(found, (note,))


def _text_or_trouble(cell: RawCell, column: Column) -> str | Troubled | None:
    """Return a cell as text, None of an empty one, or what keeps it from being read."""
    if isinstance(cell, str):
        text = cell
    else:
        odd = _odd(cell, is_date=column.type == "date")
        text = text_of(cell)
        if odd is not None:
            return _nothing(odd[0], column, text, odd[1])
    if not _is_sound(text):
        return _nothing(layout_kinds.ODD_TEXT, column, text, "holds what no text has")
    return text if text.strip() else None


def _odd(cell: RawCell, *, is_date: bool) -> tuple[IssueKind, str] | None:
    """Return what is wrong with a cell that is not text, whatever the field."""
    if isinstance(cell, float) and not isfinite(cell):
        return layout_kinds.NUMBER_NOT_READ, "is no number"
    if isinstance(cell, float) and abs(cell) >= _MOST_EXACT:
        return layout_kinds.DIGITS_LOST, "has more digits than a spreadsheet keeps"
    if isinstance(cell, time | timedelta):
        kind = layout_kinds.DAY_ZERO if is_date else layout_kinds.DATE_IN_TEXT
        return kind, "is a time without a day"
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        if is_day_zero(day.isoformat()):
            return layout_kinds.DAY_ZERO, "is a spreadsheet's day zero"
        if not is_date:
            return layout_kinds.DATE_IN_TEXT, "is a date in the file, where a text should stand"
    return None


def _is_sound(text: str) -> bool:
    return "\0" not in text and (text.isascii() or not _HALVES.search(text))


_HALVES = re.compile("[\ud800-\udfff]")


def _unknown(
    field: FieldForm, column: Column, cell: RawCell, said: str, finish: CellReader
) -> Read:
    """Return what becomes of a cell that the layout's values or pattern do not know."""
    if field.otherwise == "empty":
        return None
    if field.otherwise == "keep":
        return finish(cell)
    return _nothing(layout_kinds.VALUE_NOT_IN_LAYOUT, column, text_of(cell), said)


def _finisher(field: FieldForm, column: Column, layout: Layout) -> CellReader:
    """Return how a cell becomes a value of the column's type."""
    checked = _checker(column)
    if column.type == "date" and EDTF in field.dates:
        return lambda cell: checked(_day_of(cell) or text_of(cell).strip())
    if column.type == "date":
        return lambda cell: _read_date(cell, column, field.dates)
    if column.type in _NUMBERS:
        written = _number_pattern(field)
        return lambda cell: _read_number(cell, column, field, written)
    if column.type == "notation" and layout.notation == "plain":
        return lambda cell: transcribed(text_of(cell), unread=layout.unread)
    if column.type == "notation":
        return lambda cell: checked(text_of(cell))
    return lambda cell: checked(text_of(cell).strip())


def _checker(column: Column) -> Callable[[str], Read]:
    """Return what makes the value that the package's own reader makes of a text."""
    if column.type in _AS_WRITTEN:
        return lambda text: text
    read = compile_reader(column)

    def checked(text: str) -> Read:
        found = read(text)
        if not isinstance(found, Troubled):
            return found
        refusals = [trouble for trouble in found.troubles if trouble.is_refusal]
        if not refusals:
            return found
        said = f"{refusals[0].said}; it was left out"
        return _nothing(layout_kinds.VALUE_REFUSED, column, text, said, hint=refusals[0].hint)

    return checked


def _number_pattern(field: FieldForm) -> re.Pattern[str]:
    """Return how a number is written: thousands, if they are parted, in threes throughout."""
    thousands, decimal = re.escape(field.thousands), re.escape(field.decimal)
    whole = rf"(?:[0-9]+|[0-9]{{1,3}}(?:{thousands}[0-9]{{3}})+)" if thousands else "[0-9]+"
    return re.compile(rf"-?{whole}(?:{decimal}[0-9]+)?")


def _read_number(cell: RawCell, column: Column, field: FieldForm, written: re.Pattern[str]) -> Read:
    """Return a number: of a number cell itself, of a text what it says with the layout's signs."""
    text = text_of(cell)
    plain = text.strip()
    if isinstance(cell, str) and plain != "?":
        if not written.fullmatch(plain):
            said = f"is no number with decimals after {field.decimal!r}"
            if field.thousands:
                said += f" and {field.thousands!r} between thousands"
            return _nothing(layout_kinds.NUMBER_NOT_READ, column, text, said)
        plain = plain.replace(field.thousands, "").replace(field.decimal, ".")
    return _checker(column)(plain)


def _read_date(cell: RawCell, column: Column, formats: tuple[str, ...]) -> Read:
    """Return the civil day, month or year as EDTF; the time of day is no part of it."""
    day = _day_of(cell)
    if day is not None:
        return day
    text = text_of(cell).strip()
    found = days_in(text, formats)
    if any(is_day_zero(one) for one in found):
        return _nothing(layout_kinds.DAY_ZERO, column, text, "is a spreadsheet's day zero")
    if not found:
        said = f"is in none of the formats {', '.join(formats)}" if formats else "is no ISO date"
        return _nothing(layout_kinds.DATE_NOT_READ, column, text, said)
    if len(found) == 1:
        return found[0]
    either = f"[{','.join(found)}]"
    trouble = Trouble(
        kind=layout_kinds.DATE_TWO_WAYS,
        column=column.name,
        raw=text,
        said=f"reads two ways; it was taken as one of {either}",
    )
    return Troubled(either, (trouble,))


def _day_of(cell: RawCell) -> str | None:
    """Return the civil day of a date cell; None of any other."""
    if not isinstance(cell, date):
        return None
    return (cell.date() if isinstance(cell, datetime) else cell).isoformat()


def _nothing(kind: IssueKind, column: Column, raw: str, said: str, *, hint: str = "") -> Troubled:
    trouble = Trouble(kind=kind, column=column.name, raw=raw, said=said, hint=hint)
    return Troubled(None, (trouble,))

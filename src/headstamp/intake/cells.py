"""What does a cell say? One reader per column, compiled once, used for every row.

A reader takes the text of a cell that is not empty and returns its value, or a ``Troubled``
with what is wrong. Values are what a package record holds: text, whole numbers, lists.
"""

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal

from headstamp.intake import kinds, row_kinds
from headstamp.intake.countries import country_hint, is_country, scripts
from headstamp.intake.kinds import IssueKind
from headstamp.intake.paths import escape_reason
from headstamp.intake.schema import Column, ColumnType
from headstamp.intake.trouble import Trouble, Troubled
from headstamp.marks.notation import parse_mark
from headstamp.terms.dates import parse_date_span
from headstamp.terms.errors import UnreadableDateError, UnreadableMarkError

Value = str | int | list[str]
Reader = Callable[[str], Value | Troubled]
_CellReader = Callable[[str, Column], Value | Troubled]

MAX_ID_CHARACTERS = 200
LONG_TEXT_CHARACTERS = 5_000
_PLAIN_ID = re.compile(r"[A-Za-z0-9_.-]{1,200}")
_INTEGER = re.compile(r"-?[0-9]{1,15}")
_DECIMAL = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?")
_CONTROLS = frozenset({"Cc", "Cf", "Zl", "Zp"})


def compile_reader(column: Column) -> Reader:
    """Return the reader of one column; it keeps no state between cells."""
    read = _READERS[column.type]
    if column.type not in _TRIMMED:
        return lambda cell: read(cell, column)
    return lambda cell: _read_trimmed(cell, column, read)


def may_repeat(column: Column) -> bool:
    """Answer whether cells of this column repeat so often that readings are worth keeping."""
    return column.type not in {"id", "text", "texts"}


def id_problem(text: str) -> str:
    """Return what keeps a text from being an id, in words; empty if nothing does."""
    if _PLAIN_ID.fullmatch(text):
        return ""
    if len(text) > MAX_ID_CHARACTERS:
        return f"has {len(text):,} characters; an id has at most {MAX_ID_CHARACTERS}"
    for character in text:
        if character in ":;":
            return f"holds a {character}, which separates ids elsewhere"
        if unicodedata.category(character) in _CONTROLS:
            return f"holds the control character U+{ord(character):04X}"
    return ""


def _read_trimmed(cell: str, column: Column, read: _CellReader) -> Value | Troubled:
    """Read without the spaces around the value, and say that there were some."""
    text = cell.strip()
    if text == cell:
        return read(cell, column)
    spaces = _trouble(row_kinds.SPACES_AROUND, column, cell, "has spaces around it, passed over")
    if not text:
        return Troubled(None, (spaces,))
    found = read(text, column)
    if isinstance(found, Troubled):
        return Troubled(found.value, (spaces, *found.troubles))
    return Troubled(found, (spaces,))


def _read_text(cell: str, column: Column) -> Value | Troubled:
    if len(cell) > LONG_TEXT_CHARACTERS:
        said = f"has {len(cell):,} characters, and was kept whole"
        return Troubled(cell, (_trouble(row_kinds.LONG_TEXT, column, cell, said),))
    if column.max_words is not None and len(words := cell.split()) > column.max_words:
        said = f"has {len(words)} words, more than the {column.max_words} that may be quoted"
        return Troubled(cell, (_trouble(row_kinds.TOO_MANY_WORDS, column, cell, said),))
    return cell


def _read_id(cell: str, column: Column) -> Value | Troubled:
    problem = id_problem(cell)
    return _refused(row_kinds.BAD_ID, column, cell, problem) if problem else cell


def _read_as_written(cell: str, column: Column) -> Value | Troubled:
    del column
    return cell


def _read_date(cell: str, column: Column) -> Value | Troubled:
    try:
        parse_date_span(cell)
    except UnreadableDateError as error:
        said = error.message.removeprefix(repr(cell)).strip()
        return _refused(row_kinds.BAD_DATE, column, cell, said, hint=error.hint)
    return cell


def _read_integer(cell: str, column: Column) -> Value | Troubled:
    if not _INTEGER.fullmatch(cell):
        return _refused(row_kinds.BAD_NUMBER, column, cell, "is no whole number")
    number = int(cell)
    if column.name == "credibility" and number == 1:
        said = "was read as 2: being confirmed by others is computed, never entered"
        return Troubled(2, (_trouble(row_kinds.CREDIBILITY_ONE, column, cell, said),))
    return _bounds_trouble(cell, Decimal(number), column) or number


def _read_decimal(cell: str, column: Column) -> Value | Troubled:
    if not _DECIMAL.fullmatch(cell):
        hint = "leave the cell empty if the number is not recorded" if cell == "?" else ""
        return _refused(row_kinds.BAD_NUMBER, column, cell, "is not a number in digits", hint=hint)
    return _bounds_trouble(cell, Decimal(cell), column) or cell


def _read_quantity(cell: str, column: Column) -> Value | Troubled:
    return cell if cell == "?" else _read_decimal(cell, column)


def _bounds_trouble(cell: str, number: Decimal, column: Column) -> Troubled | None:
    low, high = column.minimum, column.maximum
    if (low is None or number >= low) and (high is None or number <= high):
        return None
    allowed = f"at least {low}" if high is None else f"between {low} and {high}"
    said = f"is outside what the column allows: {allowed}"
    return _refused(row_kinds.OUT_OF_BOUNDS, column, cell, said)


def _read_code(cell: str, column: Column) -> Value | Troubled:
    if cell in column.codes:
        return cell
    meant = [code for code in column.codes if code.casefold() == cell.casefold()]
    said = f"is none of {', '.join(column.codes)}"
    hint = f"write {meant[0]}" if meant else f"write one of {', '.join(column.codes)}"
    return _refused(row_kinds.BAD_CODE, column, cell, said, hint=hint)


def _read_country(cell: str, column: Column) -> Value | Troubled:
    if is_country(cell):
        return cell
    said = "is no country code of ISO 3166-1, nor of a former state"
    return _refused(row_kinds.BAD_COUNTRY, column, cell, said, hint=country_hint(cell))


def _read_country_stated(cell: str, column: Column) -> Value | Troubled:
    if is_country(cell):
        return cell
    said = "is no country code of ISO 3166-1; it was kept as written"
    hint = country_hint(cell)
    return Troubled(cell, (_trouble(row_kinds.COUNTRY_AS_STATED, column, cell, said, hint=hint),))


def _read_script(cell: str, column: Column) -> Value | Troubled:
    if cell in scripts():
        return cell
    said = "is no script of ISO 15924; it was kept as written"
    return Troubled(cell, (_trouble(row_kinds.UNKNOWN_SCRIPT, column, cell, said),))


def _read_notation(cell: str, column: Column) -> Value | Troubled:
    try:
        parse_mark(cell)
    except UnreadableMarkError as error:
        said = f"breaks the notation of marks: {error.message}"
        return Troubled(
            cell, (_trouble(row_kinds.BAD_NOTATION, column, cell, said, hint=error.hint),)
        )
    return _read_text(cell, column)


def _read_file(cell: str, column: Column) -> Value | Troubled:
    problem = escape_reason(cell)
    return _refused(kinds.PATH_LEADS_OUT, column, cell, problem) if problem else cell


def _read_list(cell: str, column: Column) -> Value | Troubled:
    """Read the entries of a list one by one; an entry that cannot be read refuses the cell."""
    read = _ENTRY_READERS[column.type]
    entries: list[str] = []
    troubles: list[Trouble] = []
    for part in cell.split(";"):
        text = part.strip()
        if not text:
            troubles.append(_trouble(row_kinds.EMPTY_PLACE, column, cell, "has an empty place"))
            continue
        if text != part:
            said = f"has spaces around its entry {text[:60]!r}, passed over"
            troubles.append(_trouble(row_kinds.SPACES_AROUND, column, cell, said))
        found = read(text, column)
        if isinstance(found, Troubled):
            troubles.extend(found.troubles)
        else:
            entries.append(str(found))
    if any(trouble.is_refusal for trouble in troubles):
        return Troubled(None, tuple(troubles))
    return Troubled(entries or None, tuple(troubles)) if troubles else entries


def _trouble(kind: IssueKind, column: Column, raw: str, said: str, *, hint: str = "") -> Trouble:
    return Trouble(kind=kind, column=column.name, raw=raw, said=said, hint=hint)


def _refused(kind: IssueKind, column: Column, raw: str, said: str, *, hint: str = "") -> Troubled:
    return Troubled(None, (_trouble(kind, column, raw, said, hint=hint),))


_TRIMMED: frozenset[ColumnType] = frozenset(
    {
        "id",
        "ref",
        "statement",
        "date",
        "integer",
        "decimal",
        "quantity",
        "code",
        "country",
        "script",
    }
)
_READERS: dict[ColumnType, _CellReader] = {
    "id": _read_id,
    "ref": _read_as_written,
    "ref_or_text": _read_text,
    "refs": _read_list,
    "text": _read_text,
    "texts": _read_list,
    "statement": _read_id,
    "date": _read_date,
    "integer": _read_integer,
    "decimal": _read_decimal,
    "quantity": _read_quantity,
    "code": _read_code,
    "codes": _read_list,
    "country": _read_country,
    "countries": _read_list,
    "country_stated": _read_country_stated,
    "receivers": _read_list,
    "notation": _read_notation,
    "script": _read_script,
    "file": _read_file,
}
_ENTRY_READERS: dict[ColumnType, _CellReader] = {
    "refs": _read_as_written,
    "texts": _read_text,
    "codes": _read_code,
    "countries": _read_country,
    "receivers": _read_as_written,
}

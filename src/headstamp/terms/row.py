"""What is a row? One record of a case package, with whoever says it and how well it is known."""

from collections.abc import Mapping
from functools import cache
from typing import Literal, TypeVar, get_args

import msgspec

from headstamp.terms.dates import DateSpan, parse_date_span

Sensitivity = Literal["protected"]
R = TypeVar("R", bound="Row")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What every table of EXCHANGE.md section 1 may carry; ``None`` means not recorded.

    ``relays`` is the chain of sources that ``source_id`` took the row from, nearest
    first, origin last. ``credibility`` is 2-6 (a stored 1 is read as 2 on intake).
    """

    source_id: str | None = None
    relays: tuple[str, ...] = ()
    credibility: int | None = None
    sensitivity: Sensitivity | None = None
    note: str | None = None


class Whereabouts(msgspec.Struct, frozen=True, kw_only=True):
    """Where a row was read: the way back from a number to a sealed file.

    ``row`` counts as a person sees the file, the header being 1; ``exhibit`` is the
    digest of the sealed bytes; ``seq`` the journal entry of the intake.
    """

    file: str
    row: int
    exhibit: str
    seq: int


def read_row(values: Mapping[str, object], row_type: type[R]) -> R:
    """Return the typed row of ``values`` (column → text, list of texts or whole number).

    Raises:
        msgspec.ValidationError: A value is not of its column's type.
        UnreadableDateError: A date is not EDTF level 0 or 1.
    """
    read = dict(values)
    for column in _date_fields(row_type):
        value = read.get(column)
        if isinstance(value, str):
            read[column] = parse_date_span(value)
    return msgspec.convert(read, row_type)


@cache
def _date_fields(row_type: type[Row]) -> frozenset[str]:
    """Return the columns whose type is a date span."""
    fields = msgspec.structs.fields(row_type)
    return frozenset(field.name for field in fields if DateSpan in get_args(field.type))

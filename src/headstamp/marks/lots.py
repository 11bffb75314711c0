"""What does a lot number say? US lots after MIL-STD-1168, and those before it."""

import re
from itertools import pairwise

import msgspec

from headstamp.marks.keys import as_ascii
from headstamp.marks.years import years_meant
from headstamp.reference.caches import remembered
from headstamp.reference.makers import LotFormat, lot_formats
from headstamp.terms.dates import DateSpan

_MONTHS = "ABCDEFGHJKLM"


class LotReading(msgspec.Struct, frozen=True, kw_only=True):
    """One way of reading a lot; ``?`` stays where a character could not be read.

    ``years`` are those that two digits may mean; ``month`` counts from 1, None where not told.
    ``suffix`` marks a reworked part, which is a lot of its own.
    """

    lot_format: str
    maker_symbol: str
    years: tuple[int, ...]
    month: int | None
    interfix: str
    sequence: str
    suffix: str
    theatre: str
    source: str


def read_lot(text: str, *, seen_span: DateSpan | None = None) -> tuple[LotReading, ...]:
    """Return every way in which a lot may be read; none where it has no form that we know.

    A last letter Y, W or T may be a theatre indicator or the end of a suffix: both are given.

    >>> [(lot.maker_symbol, lot.years, lot.month) for lot in read_lot("XYZ07D006-004")]
    [('XYZ', (1907, 2007), 4)]

    Source:
        reference/lot_formats.csv; docs/methods/marks.md, section 8.
    """
    plain = as_ascii(text.strip())
    found = []
    for row in lot_formats():
        match = _pattern(row).fullmatch(plain)
        if match:
            found.extend(_lots(row, match, seen_span))
    return tuple(found)


def is_same_series(lot: LotReading, other: LotReading) -> bool:
    """Whether two lots are of one interfix series: one maker, one constant interfix.

    Never for what was not read: a ``?`` agrees with nothing.
    """
    parts = [(one.lot_format, one.maker_symbol, one.interfix) for one in (lot, other)]
    is_read = all("?" not in part for key in parts for part in key)
    return is_read and all(one == another for one, another in pairwise(parts))


def _lots(row: LotFormat, match: re.Match[str], span: DateSpan | None) -> list[LotReading]:
    fields = match.groupdict(default="")
    month = fields.get("month", "")
    endings = _endings(fields["suffix"], fields.get("theatre", ""))
    return [
        LotReading(
            lot_format=row.lot_format,
            maker_symbol=fields["maker"],
            years=years_meant(fields.get("year", ""), seen_span=span),
            month=_MONTHS.index(month) + 1 if month and month in _MONTHS else None,
            interfix=fields["interfix"],
            sequence=fields["sequence"],
            suffix=suffix,
            theatre=theatre,
            source=row.source,
        )
        for suffix, theatre in endings
    ]


def _endings(suffix: str, theatre: str) -> list[tuple[str, str]]:
    """Return the ways of telling a suffix of up to two letters from a theatre indicator."""
    if theatre and len(suffix) < 2:
        return [(suffix, theatre), (suffix + theatre, "")]
    return [(suffix, theatre)]


@remembered()
def _pattern(row: LotFormat) -> re.Pattern[str]:
    return re.compile(row.pattern)

"""Which years may a stamped year mean? Two digits have no century."""

import re

from headstamp.terms.dates import DateSpan

FIRST_YEAR, LAST_YEAR = 1880, 2099
"""Years outside these are no years of making (cartridges with a year stamp)."""

_YEAR = re.compile(r"[0-9?]{2}|[0-9?]{4}")


def years_meant(written: str, *, seen_span: DateSpan | None = None) -> tuple[int, ...]:
    """Return the years, CE, that two or four characters may mean; ``?`` is any digit.

    What was seen was not made later. Without a date both centuries stand.

    >>> years_meant("07"), years_meant("19?4"), years_meant("1")
    ((1907, 2007), (1904, 1914, 1924, 1934, 1944, 1954, 1964, 1974, 1984, 1994), ())
    """
    if not _YEAR.fullmatch(written) or not written.strip("?"):
        return ()
    latest = seen_span.latest if seen_span else None
    last = min(LAST_YEAR, latest.year) if latest else LAST_YEAR
    pattern = re.compile("[0-9]*" + written.replace("?", "[0-9]"))
    years = range(FIRST_YEAR, last + 1)
    return tuple(year for year in years if pattern.fullmatch(f"{year:04}"))

"""Which day does a text of a foreign file mean? By the layout's formats, else ISO 8601; as EDTF."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

EDTF = "edtf"
"""Stands among formats for the dates of a package, with all that EDTF can say."""
_DAYS_ZERO = frozenset({"1899-12-30", "1899-12-31", "1900-01-01"})
_ISO = re.compile(
    r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?"
    r" ?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?)?)?"
)
"""ISO 8601: a year, a month, a day, or an instant, of which the day as written is kept."""
_DAY_SIGNS = ("%d", "%j", "%x", "%c")
_MONTH_SIGNS = ("%m", "%b", "%B")


def days_in(text: str, formats: Sequence[str]) -> list[str]:
    """Return every day, month or year that a text means in some of the formats, in order.

    Without formats it is read as ISO 8601. More than one answer means that it is not known
    which of them is meant; none, that it is no date.

    >>> days_in("03/04/2019", ["%d/%m/%Y", "%m/%d/%Y"]), days_in("2019-04-03T23:30Z", [])
    (['2019-03-04', '2019-04-03'], ['2019-04-03'])
    """
    read = [_in_format(text, one) for one in formats] if formats else [_in_iso(text)]
    return sorted({one for one in read if one is not None})


def is_day_zero(day: str) -> bool:
    """Whether a day is what a spreadsheet shows of a time without a day, or of nothing."""
    return day in _DAYS_ZERO


def _in_iso(text: str) -> str | None:
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        date(year, month, day)
    except ValueError:
        return None
    return "-".join(part for part in found.groups() if part)


def _in_format(text: str, form: str) -> str | None:
    try:
        found = datetime.strptime(text, form).date()  # noqa: DTZ007  a civil day has no zone
    except ValueError:
        return None
    # strftime writes the year 201 with three digits, which EDTF does not know.
    return found.isoformat()[: _precision(form)]


def _precision(form: str) -> int:
    """Return how much of an ISO date a format tells: year, month or day."""
    signs = form.replace("%%", "")
    if any(sign in signs for sign in _DAY_SIGNS):
        return len("2017-01-31")
    return len("2017-01") if any(sign in signs for sign in _MONTH_SIGNS) else len("2017")


def date_format_problem(form: str) -> str:
    """Return why a format of dates cannot be used, in words; empty if it can.

    >>> date_format_problem("%d/%m/%Y"), date_format_problem("%d/%m")
    ('', 'does not tell the year')
    """
    if form == EDTF:
        return ""
    probe = datetime(2017, 11, 23, tzinfo=UTC)
    try:
        found = datetime.strptime(probe.strftime(form), form)  # noqa: DTZ007  only compared
    except (ValueError, re.error):
        return "is none that dates can be read with"
    if found.year != probe.year:
        return "does not tell the year"
    if _precision(form) == len("2017-01-31") and found.date() != probe.date():
        return "tells a day without its month"
    return ""

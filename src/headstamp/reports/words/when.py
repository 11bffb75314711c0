"""When, in words? Days as they stand in the tables, never more exact than they are.

A source that says "2013 or 2014" stands in the tables as its first and its last day. Such
days are the edges of a month or a year, and are told as that month or year.
"""

import calendar
from datetime import date

from headstamp.terms.dates import date_label, parse_date_span
from headstamp.terms.errors import UnreadableDateError

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def day_words(text: str) -> str:
    """Return a date of a table in English words; a text that is no date stays as it is.

    >>> day_words("2015-12-12"), day_words(""), day_words("soon")
    ('12 December 2015', 'date not recorded', 'soon')
    """
    if not text:
        return "date not recorded"
    try:
        return date_label(parse_date_span(text))
    except UnreadableDateError:
        return text


def between_words(earliest: str, latest: str) -> str:
    """Return when something was that happened on one of these days.

    >>> between_words("2015-12-12", "2015-12-12")
    'on 12 December 2015'
    >>> between_words("2014-10-01", "2014-10-31"), between_words("2013-01-01", "2014-12-31")
    ('in October 2014', 'in the years 2013 to 2014')
    >>> between_words("2015-12-12", "2016-01-31")
    'between 12 December 2015 and the end of January 2016'
    >>> between_words("", "2016-02-09"), between_words("2013-01-01", "")
    ('on or before 9 February 2016', 'in or after 2013')
    """
    if earliest and latest:
        return _whole(earliest, latest) or (
            f"between {_first(earliest, 'the beginning of ')} and {_last(latest, 'the end of ')}"
        )
    if earliest:
        coarse = _first(earliest, "")
        return f"{'on' if coarse == day_words(earliest) else 'in'} or after {coarse}"
    if latest:
        coarse = _last(latest, "")
        return f"{'on' if coarse == day_words(latest) else 'in'} or before {coarse}"
    return "on a date that is not recorded"


def short_span(earliest: str, latest: str) -> str:
    """Return the same as a drawing has room for; empty where no day is known.

    >>> short_span("2015-12-12", "2015-12-12"), short_span("2015-12-12", "2016-02-09")
    ('12 Dec 2015', '12 Dec 2015 to 9 Feb 2016')
    >>> short_span("2014-10-01", "2014-10-31"), short_span("", "2016-01-31")
    ('Oct 2014', 'by end of Jan 2016')
    """
    if earliest and latest:
        whole = _whole(earliest, latest).removeprefix("on ").removeprefix("in ")
        parts = whole.removeprefix("the years ") or (
            f"{_first(earliest, 'start of ')} to {_last(latest, 'end of ')}"
        )
        return _shortened(parts)
    if earliest:
        return _shortened(f"from {_first(earliest, '')}")
    return _shortened(f"by {_last(latest, 'end of ')}") if latest else ""


def days_words(fewest: int | None, most: int | None) -> str:
    """Return a number of days with both of its bounds.

    >>> days_words(59, 59), days_words(None, 12), days_words(1, None)
    ('59 days', 'at most 12 days', 'at least 1 day')
    """
    if fewest is not None and fewest == most:
        return _days(fewest)
    if fewest is not None and most is not None:
        return f"between {fewest} and {_days(most)}"
    if most is not None:
        return f"at most {_days(most)}"
    if fewest is not None:
        return f"at least {_days(fewest)}"
    return "a number of days that is not known"


def _whole(earliest: str, latest: str) -> str:
    """Return the one day, month, year, or run of years that the days are; else nothing."""
    if earliest == latest:
        return f"on {day_words(earliest)}"
    first, last = _edge(earliest, is_last=False), _edge(latest, is_last=True)
    if not first or not last:
        return ""
    if earliest[:7] == latest[:7]:
        return f"in {day_words(earliest[:7])}"
    if len(first) == len(last) == 4:
        return f"in {first}" if first == last else f"in the years {first} to {last}"
    return ""


def _first(text: str, lead: str) -> str:
    edge = _edge(text, is_last=False)
    return f"{lead}{day_words(edge)}" if edge else day_words(text)


def _last(text: str, lead: str) -> str:
    edge = _edge(text, is_last=True)
    return f"{lead}{day_words(edge)}" if edge else day_words(text)


def _edge(text: str, *, is_last: bool) -> str:
    """Return the year or month of which this is the first (the last) day; else nothing."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return ""
    last_of_month = calendar.monthrange(day.year, day.month)[1]
    if day.day != (last_of_month if is_last else 1):
        return ""
    return text[:4] if day.month == (12 if is_last else 1) else text[:7]


def _shortened(text: str) -> str:
    for month in _MONTHS:
        text = text.replace(month, month[:3])
    return text


def _days(number: int) -> str:
    return f"{number} day" if number == 1 else f"{number} days"

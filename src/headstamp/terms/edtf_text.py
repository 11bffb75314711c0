"""Which civil days does a text in EDTF stand for, and how are days written as EDTF?

Levels 0 and 1 of ISO 8601-2 and the one-of sets of level 2, years 0001-9999. A day
that these years cannot hold makes its range open at that end: outwards, never inwards.
The rules, with worked examples: docs/methods/dates.md.
"""

import calendar
import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

from headstamp.terms.errors import UnreadableDateError

DayRange: TypeAlias = tuple[date | None, date | None]
DayRanges: TypeAlias = tuple[DayRange, ...]

SEASON_FIRST_MONTHS = {21: 3, 22: 6, 23: 9, 24: 12}

_MAX_CHARACTERS = 1_000
_SHOWN_CHARACTERS = 40
_DATE = re.compile(
    r"(?:(?P<decade>[0-9]{3})X"
    r"|(?P<century>[0-9]{2})XX"
    r"|(?P<year>[0-9]{4})(?:-XX(?:-XX)?"
    r"|-(?P<month>[0-9]{2})(?:-(?P<day>XX|[0-9]{2}))?)?)"
    r"(?P<qualifier>[?~%]?)"
)
# An example must never look like advice for the value at hand: it lies far away.
_WRITE_DAY = "write YYYY-MM-DD, e.g. 1999-12-31"
_WRITE_SET = "write [1998,1999], [1998..1999], [..1999] or [1998..]"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_NUMBERED = re.compile(
    r"(?P<one>[0-9]{1,2})(?P<between>[/.-])(?P<other>[0-9]{1,2})(?P=between)(?P<year>[0-9]{4})"
)
_FULL_DAY = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-[0-9]{2}[?~%]?")

# Texts that people do write and that are no EDTF here: their shape, what is wrong, what
# to write instead. The first that fits speaks; none of them is ever repaired.
_FREQUENT_MISTAKES = tuple(
    (re.compile(shape, re.DOTALL | re.ASCII | re.IGNORECASE), problem, hint)
    for shape, problem, hint in (
        (
            r"\s*|/|\.\.|[?-]+|n/?a|none|unknown",
            "gives no date",
            "leave the cell empty if the date is not recorded",
        ),
        (
            r"\s.*|.*\s",
            "has spaces around it",
            f"remove the spaces; {_WRITE_DAY}",
        ),
        (
            r".*[^\x00-\x7f].*",
            "has characters that EDTF does not use",
            "write the digits 0 to 9 and the plain hyphen, e.g. 1999-12-31",
        ),
        (
            r"[0-9-]+T[0-9].*",
            "has a time of day; which civil day that was depends on the time zone",
            "write the civil day where it happened, e.g. 1999-12-31",
        ),
        (
            r"\{.*",
            "lists dates that all hold; a span is days of which one holds",
            "make a row for each date; for one of several write [1998,1999]",
        ),
        (
            r"\[.*",
            "is not a list that EDTF knows",
            _WRITE_SET,
        ),
        (
            r"[0-9]{8}",
            "has no hyphens",
            _WRITE_DAY,
        ),
        (
            r"Y-?[0-9].*|-[0-9].*|[0-9]{5,}(?:-.*)?|(?:0000|00XX|000X).*",
            "is outside the years 0001 to 9999",
            "write a year of four digits from 0001 to 9999",
        ),
        (
            r"[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{1,4}",
            "does not say which number is the day, the month, the year",
            _WRITE_DAY,
        ),
        (
            r"[0-9]{1,2}[/.-][0-9]{4}",
            "does not begin with the year",
            "write YYYY-MM, e.g. 1999-12",
        ),
        (
            r"[0-9]{4}-(?:2[5-9]|3[0-9]|4[01])[?~%]?",
            "is a season, quarter or half that EDTF keeps for level 2",
            "write its months, e.g. 1999-03/1999-05",
        ),
        (
            r"[0-9]{4}-(?:00|1[3-9]|[2-9][0-9])(?:-.*)?[?~%]?",
            "has a month that does not exist",
            _WRITE_DAY,
        ),
        (
            r"[0-9X-]+[?~%]{2,}",
            "has more than one qualifier",
            "write one: ? uncertain, ~ about, % both",
        ),
        (
            r"[0-9X?~%-]*[?~%][0-9X?~%-]*[0-9X]",
            "has a qualifier elsewhere than at its end",
            "qualify the whole date, e.g. 2004-06-11~",
        ),
        (
            r"(?=.*X)[0-9X]{4}(?:-[0-9X]{2}){0,2}[?~%]?",
            "has an X where EDTF level 1 has none",
            "write capital X for the last digits, as in 201X, 20XX, 2004-XX, 1985-04-XX",
        ),
    )
)


class _EdtfDate(NamedTuple):
    """One date: its days as written, as widened when approximate, and its qualifier."""

    exact: DayRange
    possible: DayRange
    qualifier: str


def read_edtf(text: str) -> tuple[DayRanges, str]:
    """Return the days a text stands for, and the qualifiers found in it.

    Raises:
        UnreadableDateError: Whatever is wrong with the text; nothing else is raised.
    """
    if len(text) > _MAX_CHARACTERS:
        raise _refusal(text, f"has more than {_MAX_CHARACTERS} characters", _WRITE_DAY)
    if text.startswith("[") and text.endswith("]"):
        return _read_set(text)
    start, slash, end = text.partition("/")
    # 31/02/2017 and 12/2017 are not intervals: nothing of two digits begins one.
    if slash and text != "/" and (len(start) >= 4 or start in ("", "..")):
        return _read_interval(text, start, end)
    read = _read_date(text)
    return (read.possible,), read.qualifier


def write_edtf(ranges: DayRanges, *, is_doubtful: bool) -> str:
    """Return EDTF text that reads back as exactly these days.

    Doubt of either kind is written ``?``, because ``~`` would widen the days again.
    """
    mark = "?" if is_doubtful else ""
    if ranges == ((None, None),):
        return "../.."
    if len(ranges) > 1:
        return "[" + ",".join(_write_range(r, mark, "..", "") for r in ranges) + "]"
    return _write_range(ranges[0], mark, "/", "..")


def merge_ranges(ranges: Iterable[DayRange]) -> DayRanges:
    """Return the same days as sorted ranges that neither overlap nor touch."""
    merged: list[DayRange] = []
    for first, last in sorted(ranges, key=_start_order):
        if merged and _reaches(merged[-1][1], first):
            start, end = merged.pop()
            longest = None if end is None or last is None else max(end, last)
            merged.append((start, longest))
        else:
            merged.append((first, last))
    return tuple(merged)


def quote_shortened(text: str) -> str:
    """Return the text in quotes for a message, odd characters escaped, cut if long."""
    if len(text) <= _SHOWN_CHARACTERS:
        return repr(text)
    return f"{text[:_SHOWN_CHARACTERS]!r}…"


def _read_set(text: str) -> tuple[DayRanges, str]:
    members = text[1:-1].split(",")
    ranges: list[DayRange] = []
    qualifiers = ""
    for place, member in enumerate(members):
        start, dots, end = member.partition("..")
        if not dots:
            end = start
        is_open_wrongly = (not start and place > 0) or (not end and place < len(members) - 1)
        if is_open_wrongly or not (start or end):
            raise _refusal(
                text,
                "has an empty place, or an open end in the middle",
                _WRITE_SET,
            )
        days, found = _read_ends(text, start, end)
        ranges.append(days)
        qualifiers += found
    return merge_ranges(ranges), qualifiers


def _read_interval(text: str, start: str, end: str) -> tuple[DayRanges, str]:
    """Read both sides; an unknown end means the same days as an open one."""
    days, qualifiers = _read_ends(text, "" if start == ".." else start, "" if end == ".." else end)
    return (days,), qualifiers


def _read_ends(text: str, start: str, end: str) -> tuple[DayRange, str]:
    """Return the days from the first of one date to the last of another."""
    try:
        first = _read_date(start) if start else None
        last = _read_date(end) if end else None
    except UnreadableDateError as error:
        raise UnreadableDateError(
            f"{quote_shortened(text)}: {error.message}", hint=error.hint
        ) from None
    if first and last and _is_after(first.exact[0], last.exact[1]):
        raise _refusal(text, "ends before it begins", "write the earlier date first")
    days = (first.possible[0] if first else None, last.possible[1] if last else None)
    return days, (first.qualifier if first else "") + (last.qualifier if last else "")


def _read_date(text: str) -> _EdtfDate:
    found = _DATE.fullmatch(text)
    if found is None or text.startswith(("0000", "000X", "00XX")):
        raise _mistake_in(text)
    qualifier = found["qualifier"]
    is_wide = qualifier in ("~", "%")
    if found["day"] is None or found["day"] == "XX":
        first, n_months = _read_months(text, found)
        exact = _days_of_months(first, n_months)
        wide = _days_of_months(first - n_months, 3 * n_months)
    else:
        day = _read_day(text, found)
        exact = (day, day)
        wide = (shift_day(day, -1), shift_day(day, 1))
    return _EdtfDate(exact, wide if is_wide else exact, qualifier)


def _read_months(text: str, found: re.Match[str]) -> tuple[int, int]:
    """Return the first month, counted from year 0, and how many months follow."""
    if found["decade"]:
        return int(found["decade"]) * 120, 120
    if found["century"]:
        return int(found["century"]) * 1200, 1200
    january = int(found["year"]) * 12
    if found["month"] is None:
        return january, 12
    month = int(found["month"])
    if 1 <= month <= 12:
        return january + month - 1, 1
    if found["day"] is None and month in SEASON_FIRST_MONTHS:
        return january + SEASON_FIRST_MONTHS[month] - 1, 3
    raise _mistake_in(text)


def _read_day(text: str, found: re.Match[str]) -> date:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        raise _mistake_in(text) from None


def _days_of_months(first: int, n_months: int) -> DayRange:
    next_start = _first_day_of(first + n_months)
    # Month 120000 is January of the year 10000: nothing may be said beyond it.
    end_of_time = date.max if first + n_months == 120_000 else None
    last = next_start - timedelta(days=1) if next_start else end_of_time
    return _first_day_of(first), last


def _first_day_of(month: int) -> date | None:
    return date(month // 12, month % 12 + 1, 1) if 12 <= month < 120_000 else None


def shift_day(day: date, n_days: int) -> date | None:
    """Return the day that many days later; None outside the years 0001-9999."""
    try:
        return day + timedelta(days=n_days)
    except OverflowError:
        return None


def _start_order(days: DayRange) -> tuple[bool, date]:
    return days[0] is not None, days[0] or date.min


def _is_after(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day > other


def _reaches(end: date | None, start: date | None) -> bool:
    """Answer whether a range with this end overlaps or touches one that starts there."""
    return end is None or start is None or (start - end).days <= 1


def _write_range(days: DayRange, mark: str, between: str, open_end: str) -> str:
    first, last = days
    width = _written_width(first, last)
    start = first.isoformat()[:width] + mark if first else open_end
    end = last.isoformat()[:width] + mark if last else open_end
    return start if start == end else f"{start}{between}{end}"


def _written_width(first: date | None, last: date | None) -> int:
    """Return 4, 7 or 10: whole years and months are written as such."""
    after_last = shift_day(last, 1) if last else None
    bounds = [day for day in (first, after_last) if day]
    if all(day.day == 1 for day in bounds):
        return 4 if all(day.month == 1 for day in bounds) else 7
    return 10


def _mistake_in(text: str) -> UnreadableDateError:
    if told := _numbers_told(text) or _day_told(text):
        return _refusal(text, *told)
    for shape, problem, hint in _FREQUENT_MISTAKES:
        if shape.fullmatch(text):
            return _refusal(text, problem, hint)
    return _refusal(text, "is not a date in EDTF", _WRITE_DAY)


def _numbers_told(text: str) -> tuple[str, str] | None:
    """Return what is wrong with 31/02/2017 and its like, and how to write it.

    Where the size of the numbers leaves one reading, it is named; it is never taken.
    """
    found = _NUMBERED.fullmatch(text)
    if found is None or found["year"] == "0000":
        return None
    one, other, year = int(found["one"]), int(found["other"]), int(found["year"])
    readings = sorted({(m, d) for d, m in ((one, other), (other, one)) if 1 <= m <= 12})
    if not readings:
        return f"has no month: neither {one} nor {other} can be a month", _WRITE_DAY
    days = [(m, d) for m, d in readings if 1 <= d <= _days_in(year, m)]
    if len(readings) > 1 or not days:
        return _unclear_numbers(readings, year)
    ((month, day),) = days
    written = f"{year:04}-{month:02}-{day:02}"
    return f"can only mean {day} {_MONTHS[month - 1]} {year}, and is not EDTF", f"write {written}"


def _unclear_numbers(readings: list[tuple[int, int]], year: int) -> tuple[str, str]:
    if len(readings) > 1 and all(day for _, day in readings):
        both = " or ".join(f"{day} {_MONTHS[month - 1]} {year}" for month, day in readings)
        return f"does not say which number is the day: {both}", _WRITE_DAY
    month, day = readings[0]
    said = f"can only mean day {day} of {_MONTHS[month - 1]} {year}, which does not exist: "
    return said + _month_length(year, month), f"correct the day, then {_WRITE_DAY}"


def _day_told(text: str) -> tuple[str, str] | None:
    """Return what is wrong with 2015-02-30: how long that month is."""
    found = _FULL_DAY.fullmatch(text)
    if found is None or found["year"] == "0000" or not 1 <= int(found["month"]) <= 12:
        return None
    said = _month_length(int(found["year"]), int(found["month"]))
    return f"names a day that does not exist: {said}", f"correct the day, then {_WRITE_DAY}"


def _month_length(year: int, month: int) -> str:
    return f"{_MONTHS[month - 1]} {year} has {_days_in(year, month)} days"


def _days_in(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _refusal(text: str, problem: str, hint: str) -> UnreadableDateError:
    return UnreadableDateError(f"{quote_shortened(text)} {problem}", hint=hint)

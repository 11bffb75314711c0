"""When may it have been? Spans of civil days, and what may and must be said of them.

A ``DateSpan`` is a set of possible days: the thing happened on one of them and nobody
says on which. So two spans do not simply compare: one *may* precede the other (for
some choice of days) or it *must* (for every choice). Rules with worked examples:
docs/methods/dates.md. The text form is EDTF; edtf_text.py reads and writes it.
"""

from datetime import date
from functools import lru_cache

import msgspec

from headstamp.terms.edtf_text import (
    SEASON_FIRST_MONTHS,
    DayRange,
    DayRanges,
    merge_ranges,
    read_edtf,
    shift_day,
    write_edtf,
)

_N_CACHED_TEXTS = 65_536
_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
# Ours and not calendar.month_name, which changes with the machine's locale.
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class DateSpan(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The civil days on one of which something happened.

    Spans with the same days and other texts (``2015`` and ``2015-01/2015-12``) are not
    equal; ask ``covers`` both ways for the days.

    Attributes:
        text: EDTF as written, or normalised where the span was computed; ``""`` is
            only ``UNKNOWN``. A computed span marks doubt of either kind with ``?``.
        ranges: Inclusive, sorted, neither overlapping nor touching; None = open, and
            only the first start and the last end may be open.
        is_uncertain: ``?`` or ``%`` stands somewhere in the text or in what it came from.
        is_approximate: ``~`` or ``%`` does; the ranges are already widened by it.
    """

    text: str
    ranges: DayRanges
    is_uncertain: bool = False
    is_approximate: bool = False

    def __post_init__(self) -> None:
        """Refuse ranges out of order; a ValueError, which msgspec reports as its own."""
        if not self.ranges or merge_ranges(self.ranges) != self.ranges:
            raise ValueError(f"day ranges of {self.text!r} overlap, touch or are unsorted")
        if any(first and last and first > last for first, last in self.ranges):
            raise ValueError(f"a day range of {self.text!r} ends before it begins")

    @property
    def earliest(self) -> date | None:
        """The first possible day; None = no bound."""
        return self.ranges[0][0]

    @property
    def latest(self) -> date | None:
        """The last possible day; None = no bound."""
        return self.ranges[-1][1]

    @property
    def is_single_day(self) -> bool:
        """Answer whether one day only is possible, however doubtful the source was."""
        return self.earliest is not None and self.earliest == self.latest

    @property
    def is_unknown(self) -> bool:
        """Answer whether every day is possible: nothing is recorded."""
        return self.ranges == ((None, None),)

    @property
    def is_certain(self) -> bool:
        """Answer whether no ``?``, ``~`` or ``%`` qualifies it; it may still be wide."""
        return not (self.is_uncertain or self.is_approximate)

    def may_precede(self, other: "DateSpan") -> bool:
        """Answer whether for some choice of days this is before the other, or the same day.

        On one day either of two events may have been first, so the same day counts.
        """
        first, last = self.earliest, other.latest
        return first is None or last is None or first <= last

    def must_precede(self, other: "DateSpan") -> bool:
        """Answer whether for every choice of days this is strictly before the other.

        Never for a span that is not certain: a doubtful date forbids nothing.
        """
        last, first = self.latest, other.earliest
        if last is None or first is None:
            return False
        return self.is_certain and other.is_certain and last < first

    def shares_day(self, other: "DateSpan") -> bool:
        """Answer whether some day is possible for both."""
        return bool(_common_ranges(self.ranges, other.ranges))

    def covers(self, other: "DateSpan") -> bool:
        """Answer whether every day of the other is possible here too."""
        return _common_ranges(self.ranges, other.ranges) == other.ranges

    def days_between(self, other: "DateSpan") -> tuple[int | None, int | None]:
        """Return the fewest and the most days from this to the other; None = no bound.

        Negative where the other may come first. Qualifiers make no difference.
        """
        return (
            _days_from(self.latest, other.earliest),
            _days_from(self.earliest, other.latest),
        )

    def intersect(self, other: "DateSpan") -> "DateSpan | None":
        """Return the days possible for both, doubtful if either is; None = no such day."""
        common = _common_ranges(self.ranges, other.ranges)
        return _computed(common, self, other) if common else None

    def hull(self, other: "DateSpan") -> "DateSpan":
        """Return all days from the first to the last of either, doubtful if either is."""
        first = None
        if self.earliest and other.earliest:
            first = min(self.earliest, other.earliest)
        last = None
        if self.latest and other.latest:
            last = max(self.latest, other.latest)
        return _computed(((first, last),), self, other)

    def shifted(self, n_days: int) -> "DateSpan":
        """Return the span that many days later (negative: earlier).

        A day pushed out of the years 0001-9999 leaves its range open at that end.
        """
        moved = [_shifted_range(days, n_days) for days in self.ranges]
        return _computed(merge_ranges(moved), self)

    def onward(self) -> "DateSpan":
        """Return every day from the earliest on: "later, not said how much"."""
        return _computed(((self.earliest, None),), self)

    def clipped(
        self, *, earliest: date | None = None, latest: date | None = None
    ) -> "DateSpan | None":
        """Return the days within these bounds, inclusive; None = none is left."""
        common = _common_ranges(self.ranges, ((earliest, latest),))
        return _computed(common, self) if common else None


UNKNOWN = DateSpan(text="", ranges=((None, None),))


def parse_date_span(text: str) -> DateSpan:
    """Return the days that an EDTF text stands for: levels 0 and 1, and sets ``[a,b]``.

    An empty cell is not a date but ``UNKNOWN``, and it is the caller who says so.

    Raises:
        UnreadableDateError: The text is anything else; ``hint`` says what to write.

    Source:
        ISO 8601-2:2019 as profiled by the Library of Congress; docs/methods/dates.md.

    >>> parse_date_span("2015-12~").earliest
    datetime.date(2015, 11, 1)
    """
    return _parse_cached(text)


def date_label(span: DateSpan) -> str:
    """Return the span in English words, no more precise than its text.

    >>> date_label(parse_date_span("2014-10/2015-03~"))
    'between October 2014 and about March 2015'
    """
    if span.is_unknown:
        return "date not recorded"
    doubt = _doubt_words(span)
    if span.text.startswith("["):
        members = [_ends_words(m, "..", doubt) for m in span.text[1:-1].split(",")]
        return " or ".join(filter(None, [", ".join(members[:-1]), members[-1]]))
    return _ends_words(span.text, "/", doubt)


@lru_cache(maxsize=_N_CACHED_TEXTS)
def _parse_cached(text: str) -> DateSpan:
    ranges, qualifiers = read_edtf(text)
    return DateSpan(
        text=text,
        ranges=ranges,
        is_uncertain="?" in qualifiers or "%" in qualifiers,
        is_approximate="~" in qualifiers or "%" in qualifiers,
    )


def _computed(ranges: DayRanges, *sources: DateSpan) -> DateSpan:
    """Return these days with the doubts of all sources, in a source's words if they fit."""
    is_uncertain = any(source.is_uncertain for source in sources)
    is_approximate = any(source.is_approximate for source in sources)
    for source in sources:
        doubts = (source.is_uncertain, source.is_approximate)
        if source.ranges == ranges and doubts == (is_uncertain, is_approximate):
            return source
    return DateSpan(
        text=write_edtf(ranges, is_doubtful=is_uncertain or is_approximate),
        ranges=ranges,
        is_uncertain=is_uncertain,
        is_approximate=is_approximate,
    )


def _common_ranges(some: DayRanges, others: DayRanges) -> DayRanges:
    """Return the days in both; quadratic, and there is hardly ever a second range."""
    return tuple(
        common
        for days in some
        for other_days in others
        if (common := _common_range(days, other_days)) is not None
    )


def _common_range(days: DayRange, other_days: DayRange) -> DayRange | None:
    firsts = [day for day in (days[0], other_days[0]) if day]
    lasts = [day for day in (days[1], other_days[1]) if day]
    first = max(firsts) if firsts else None
    last = min(lasts) if lasts else None
    return None if first and last and first > last else (first, last)


def _shifted_range(days: DayRange, n_days: int) -> DayRange:
    """Move both ends; beyond the calendar's edge the nearest true bound is kept."""
    first, last = days
    moved_first = shift_day(first, n_days) if first else None
    moved_last = shift_day(last, n_days) if last else None
    if first and n_days > 0:
        moved_first = moved_first or date.max
    if last and n_days < 0:
        moved_last = moved_last or date.min
    return moved_first, moved_last


def _days_from(day: date | None, other_day: date | None) -> int | None:
    return (other_day - day).days if day and other_day else None


def _doubt_words(span: DateSpan) -> str:
    """Return what ``?`` means in this span's text: computed texts write it for both."""
    is_told_by_text = "~" in span.text or "%" in span.text
    if not span.is_approximate or is_told_by_text:
        return " (uncertain)"
    return " (uncertain, approximate)" if span.is_uncertain else " (approximate)"


def _ends_words(text: str, between: str, doubt: str) -> str:
    start, has_two_ends, end = text.partition(between)
    if not has_two_ends:
        return _one_date_words(start, doubt)
    if between == "/":
        # ``..`` means open and nothing means unknown: the days are the same.
        start, end = start.removeprefix(".."), end.removeprefix("..")
    if not start:
        by = "by " if len(end.rstrip("?~%")) == 10 else "by the end of "
        return by + _one_date_words(end, doubt)
    if not end:
        return "from " + _one_date_words(start, doubt)
    first, last = _one_date_words(start, doubt), _one_date_words(end, doubt)
    return f"between {first} and {last}" if between == "/" else f"{first} to {last}"


def _one_date_words(text: str, doubt: str) -> str:
    words = _day_words(*text.rstrip("?~%").split("-"))
    about = "about " if text.endswith(("~", "%")) else ""
    return about + words + (doubt if text.endswith(("?", "%")) else "")


def _day_words(year: str, month: str = "", day: str = "") -> str:
    if month == "XX":
        return f"{year} ({'month and day' if day else 'month'} not given)"
    if month:
        words = _month_words(year, int(month))
        if day == "XX":
            return f"{words} (day not given)"
        return f"{int(day)} {words}" if day else words
    if year.endswith("XX"):
        return f"{year[:2]}00 to {year[:2]}99"
    return f"the {year[:3]}0s" if year.endswith("X") else year


def _month_words(year: str, month: int) -> str:
    if month <= 12:
        return f"{_MONTHS[month - 1]} {year}"
    first = SEASON_FIRST_MONTHS[month] - 1
    months = f"{_MONTHS[first]} to {_MONTHS[(first + 2) % 12]}"
    next_year = f" {int(year) + 1}" if first + 2 >= 12 else ""
    return f"{_SEASONS[month]} {year} ({months}{next_year})"

import calendar
import itertools
import math
import time
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import edtf
import msgspec
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from headstamp.terms.dates import UNKNOWN, DateSpan, date_label, parse_date_span
from headstamp.terms.errors import UnreadableDateError

PUBLISHED = tomllib.loads(
    (Path(__file__).parent / "edtf_examples.toml").read_text(encoding="utf-8")
)["example"]
READ_AND_AGREED = [
    text
    for group in PUBLISHED
    for text in group["texts"]
    if "refused" not in group and "oracle_errs" not in group
]
READ_AND_DISPUTED = [
    (group["texts"][0], group["earliest"], group["latest"])
    for group in PUBLISHED
    if "oracle_errs" in group
]
REFUSED_ON_PURPOSE = [text for group in PUBLISHED if "refused" in group for text in group["texts"]]

# --- a slow model: a span is the set of those days of a small world that it allows ------------

WORLD = [date(2015, 5, 25) + timedelta(days=n) for n in range(382)]
MIDDLE = WORLD[50:-50]
SEASONS = {"2015-23": (2015, 9), "2015-24": (2015, 12)}


class Model(NamedTuple):
    """A text with the days it stands for, found by trying every day of the world."""

    text: str
    exact: frozenset[date]
    days: frozenset[date]
    qualifiers: str
    is_open_start: bool = False
    is_open_end: bool = False


def month_number(day: date) -> int:
    """Return months since the year 0."""
    return day.year * 12 + day.month


def between(first: date, last: date) -> frozenset[date]:
    """Return the days of the world from first to last."""
    return frozenset(day for day in WORLD if first <= day <= last)


@st.composite
def days(draw: st.DrawFn) -> Model:
    """Draw a single day, qualified or not."""
    day = draw(st.dates(date(2015, 12, 20), date(2016, 1, 10)))
    qualifier = draw(st.sampled_from(["", "", "?", "~", "%"]))
    reach = 1 if qualifier in ("~", "%") else 0
    near = frozenset(other for other in WORLD if abs((other - day).days) <= reach)
    return Model(day.isoformat() + qualifier, frozenset([day]), near, qualifier)


@st.composite
def months(draw: st.DrawFn) -> Model:
    """Draw a month, a day not given within a month, or a season."""
    start = draw(st.sampled_from([(2015, 11), (2015, 12), (2016, 1), (2016, 2)]))
    text = f"{start[0]}-{start[1]:02}" + draw(st.sampled_from(["", "-XX"]))
    n_months = 1
    if draw(st.booleans()):
        text, start = draw(st.sampled_from(sorted(SEASONS.items())))
        n_months = 3
    qualifier = draw(st.sampled_from(["", "", "?", "~", "%"]))
    reach = n_months if qualifier in ("~", "%") else 0
    first = start[0] * 12 + start[1]
    exact = frozenset(day for day in WORLD if 0 <= month_number(day) - first < n_months)
    near = frozenset(day for day in WORLD if -reach <= month_number(day) - first < n_months + reach)
    return Model(text + qualifier, exact, near, qualifier)


def single_dates() -> st.SearchStrategy[Model]:
    """Draw what may stand at one end of an interval."""
    return st.one_of(days(), months())


@st.composite
def pairs(draw: st.DrawFn, *, joined_by: str) -> Model:
    """Draw two dates in order, joined as an interval or within a set."""
    start, end = draw(single_dates()), draw(single_dates())
    assume(min(start.exact) <= max(end.exact))
    text = start.text + joined_by + end.text
    reach = between(min(start.days), max(end.days))
    return Model(text, reach, reach, start.qualifiers + end.qualifiers)


@st.composite
def open_intervals(draw: st.DrawFn) -> Model:
    """Draw an interval whose start or end is open or unknown."""
    known = draw(single_dates())
    gap = draw(st.sampled_from(["..", ""]))
    if draw(st.booleans()):
        reach = between(WORLD[0], max(known.days))
        return Model(f"{gap}/{known.text}", reach, reach, known.qualifiers, is_open_start=True)
    reach = between(min(known.days), WORLD[-1])
    return Model(f"{known.text}/{gap}", reach, reach, known.qualifiers, is_open_end=True)


@st.composite
def sets(draw: st.DrawFn) -> Model:
    """Draw a set: one of several dates, the first and last of which may be open."""
    members = draw(
        st.lists(st.one_of(single_dates(), pairs(joined_by="..")), min_size=1, max_size=4)
    )
    is_open_start, is_open_end = draw(st.booleans()), draw(st.booleans())
    if is_open_start:
        start = draw(single_dates())
        reach = between(WORLD[0], max(start.days))
        members.insert(0, Model(f"..{start.text}", reach, reach, start.qualifiers))
    if is_open_end:
        end = draw(single_dates())
        reach = between(min(end.days), WORLD[-1])
        members.append(Model(f"{end.text}..", reach, reach, end.qualifiers))
    union = frozenset[date]().union(*(member.days for member in members))
    return Model(
        "[" + ",".join(member.text for member in members) + "]",
        union,
        union,
        "".join(member.qualifiers for member in members),
        is_open_start,
        is_open_end,
    )


def models() -> st.SearchStrategy[Model]:
    """Draw any text that we read, within the small world."""
    return st.one_of(single_dates(), pairs(joined_by="/"), open_intervals(), sets())


def days_of(span: DateSpan | None, world: list[date] = WORLD) -> frozenset[date]:
    """Return the days of the world that a span allows."""
    ranges = span.ranges if span else ()
    return frozenset(
        day
        for day in world
        for first, last in ranges
        if (first is None or first <= day) and (last is None or day <= last)
    )


# --- reading, against the slow model and against the library `edtf` ----------------------------


@given(models())
def test_text_stands_for_the_days_that_trying_every_day_finds(model: Model) -> None:
    """A text allows exactly the days that the slow model allows, with its qualifiers."""
    span = parse_date_span(model.text)

    assert days_of(span) == model.days
    assert (span.earliest is None) is model.is_open_start
    assert (span.latest is None) is model.is_open_end
    assert span.is_uncertain is bool(set(model.qualifiers) & set("?%"))
    assert span.is_approximate is bool(set(model.qualifiers) & set("~%"))
    assert span.is_certain is (model.qualifiers == "")


def bound_by_library(moment: float | time.struct_time) -> date | None:
    """Return the library's bound as a day; None = infinite."""
    if isinstance(moment, float):
        assert math.isinf(moment)
        return None
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday)


@pytest.mark.parametrize("text", READ_AND_AGREED)
def test_published_example_has_the_bounds_that_the_edtf_library_finds(text: str) -> None:
    """On the specification's examples the strict bounds are those of the library `edtf`."""
    theirs = edtf.parse_edtf(text)
    plain = parse_date_span(text.replace("~", "").replace("%", ""))

    assert plain.earliest == bound_by_library(theirs.lower_strict())
    assert plain.latest == bound_by_library(theirs.upper_strict())


@pytest.mark.parametrize(("text", "earliest", "latest"), READ_AND_DISPUTED)
def test_where_the_edtf_library_errs_the_specification_decides(
    text: str, earliest: str, latest: str
) -> None:
    """Where we part from the library the bounds are those worked out by hand."""
    theirs = edtf.parse_edtf(text)
    span = parse_date_span(text)
    ours = (span.earliest, span.latest)

    assert [str(day or "") for day in ours] == [earliest, latest]
    assert ours != (
        bound_by_library(theirs.lower_strict()),
        bound_by_library(theirs.upper_strict()),
    ), "the library was mended: move the example to the ones that agree"


@given(
    st.dates(date(1, 1, 1), date(9999, 12, 31)),
    st.sampled_from(["{0:%Y}", "{0:%Y}-{1:02}", "{0:%Y}-XX", "{0:%Y}-{1:02}-XX"]),
)
def test_every_month_and_year_has_the_days_of_the_calendar(day: date, shape: str) -> None:
    """Months and years of all four-digit years are as long as the calendar says."""
    year = f"{day.year:04}"
    text = shape.replace("{0:%Y}", year).replace("{1:02}", f"{day.month:02}")
    is_month = f"-{day.month:02}" in text[4:]
    first_month, last_month = (day.month, day.month) if is_month else (1, 12)
    n_days = calendar.monthrange(day.year, last_month)[1]

    span = parse_date_span(text)

    assert span.earliest == date(day.year, first_month, 1)
    assert span.latest == date(day.year, last_month, n_days)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2015-12-12~", "2015-12-11", "2015-12-13"),
        ("2015-12-12%", "2015-12-11", "2015-12-13"),
        ("2015-12-12?", "2015-12-12", "2015-12-12"),
        ("2015-12~", "2015-11-01", "2016-01-31"),
        ("2015~", "2014-01-01", "2016-12-31"),
        ("201X~", "2000-01-01", "2029-12-31"),
        ("20XX~", "1900-01-01", "2199-12-31"),
        ("2015-XX~", "2014-01-01", "2016-12-31"),
        ("2015-XX-XX~", "2014-01-01", "2016-12-31"),
        ("2015-12-XX~", "2015-11-01", "2016-01-31"),
        ("2001-24~", "2001-09-01", "2002-05-31"),
        ("2014~/2015-06", "2013-01-01", "2015-06-30"),
        ("2014/2015-06~", "2014-01-01", "2015-07-31"),
        ("[2014~,2017]", "2013-01-01", "2017-12-31"),
    ],
)
def test_approximate_date_reaches_one_unit_of_its_precision_further(
    text: str, earliest: str, latest: str
) -> None:
    """``~`` and ``%`` widen by one day, month, season, year, decade or century; ``?`` does not."""
    span = parse_date_span(text)

    assert (str(span.earliest), str(span.latest)) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("0001~", None, date(2, 12, 31)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
        ("9998~", date(9997, 1, 1), date(9999, 12, 31)),
        ("9999~", date(9998, 1, 1), None),
        ("9999-12-31~", date(9999, 12, 30), None),
        ("9999-24", date(9999, 12, 1), None),
        ("0001-01-01~", None, date(1, 1, 2)),
        ("[0001-01-01,0001~]", None, date(2, 12, 31)),
    ],
)
def test_span_is_open_where_the_calendar_ends(
    text: str, earliest: date | None, latest: date | None
) -> None:
    """What the years 0001-9999 cannot hold leaves an end open; it is never cut inwards."""
    span = parse_date_span(text)

    assert (span.earliest, span.latest) == (earliest, latest)


def test_members_of_a_set_that_touch_are_one_range() -> None:
    """Neighbouring members leave no seam, and members apart leave their gap."""
    span = parse_date_span("[2017,2014,2015]")

    assert span.ranges == (
        (date(2014, 1, 1), date(2015, 12, 31)),
        (date(2017, 1, 1), date(2017, 12, 31)),
    )


@pytest.mark.parametrize("text", ["../..", "/..", "../"])
def test_interval_without_any_bound_is_unknown(text: str) -> None:
    """An interval open on both sides allows every day."""
    assert parse_date_span(text).is_unknown


# --- what is refused ---------------------------------------------------------------------------

REFUSALS = [
    ("", "gives no date", "leave the cell empty"),
    (" \t\n", "gives no date", "leave the cell empty"),
    ("/", "gives no date", "leave the cell empty"),
    ("..", "gives no date", "leave the cell empty"),
    ("unknown", "gives no date", "leave the cell empty"),
    ("n/a", "gives no date", "leave the cell empty"),
    (" 2015", "spaces around", "remove the spaces"),
    ("2015-12-12\n", "spaces around", "remove the spaces"),
    ("[2015, 2016]", "spaces around", "remove the spaces"),
    ("٢٠١٥-١٢-١٢", "characters that EDTF does not use", "digits 0 to 9"),
    ("٢٠١٥", "characters that EDTF does not use", "digits 0 to 9"),
    ("٢٠١X", "characters that EDTF does not use", "digits 0 to 9"),
    ("٢٠XX", "characters that EDTF does not use", "digits 0 to 9"),
    ("2015-١٢", "characters that EDTF does not use", "digits 0 to 9"),
    ("2015-12-١٢", "characters that EDTF does not use", "digits 0 to 9"),
    ("2015–12–12", "characters that EDTF does not use", "plain hyphen"),
    ("2015-12-12T10:00:00Z", "time zone", "write the civil day where it happened"),
    ("2014/2015-12-12T10:00:00Z", "time zone", "write the civil day where it happened"),
    ("{2015,2017}", "all hold", "a row for each date"),
    ("[2015", "not a list", "write [1998,1999]"),
    ("[2015,2017]?", "not a list", "write [1998,1999]"),
    ("[]", "empty place", "write [1998,1999]"),
    ("[2015,,2017]", "empty place", "write [1998,1999]"),
    ("[..]", "empty place", "write [1998,1999]"),
    ("[2015..,2017]", "open end in the middle", "write [1998,1999]"),
    ("[2015,..2017]", "open end in the middle", "write [1998,1999]"),
    ("[2015..2016..2017]", "is not a date", "write YYYY-MM-DD"),
    ("[2017..2015]", "ends before it begins", "write the earlier date first"),
    ("2010/2005", "ends before it begins", "write the earlier date first"),
    ("2016~/2015", "ends before it begins", "write the earlier date first"),
    ("2015-02-30", "February 2015 has 28 days", "write YYYY-MM-DD, e.g. 1999-12-31"),
    ("2016-02-30?", "February 2016 has 29 days", "correct the day"),
    ("2015-02-29/2016", "'2015-02-29' names a day that does not exist", "write YYYY-MM-DD"),
    ("2015-12-00", "a day that does not exist", "write YYYY-MM-DD"),
    ("2015-13", "a month that does not exist", "write YYYY-MM-DD"),
    ("2015-00", "a month that does not exist", "write YYYY-MM-DD"),
    ("2015-13-01", "a month that does not exist", "write YYYY-MM-DD"),
    ("2015-21-05", "a month that does not exist", "write YYYY-MM-DD"),
    ("2015-21-XX", "a month that does not exist", "write YYYY-MM-DD"),
    ("2001-33", "level 2", "write its months"),
    ("31/02/2017", "can only mean day 31 of February 2017", "write YYYY-MM-DD, e.g. 1999-12-31"),
    ("02-30-2016", "which does not exist: February 2016 has 29 days", "correct the day"),
    ("00/02/2017", "can only mean day 0 of February 2017", "correct the day"),
    ("31.01.2017", "can only mean 31 January 2017", "write 2017-01-31"),
    ("1/31/2017", "can only mean 31 January 2017", "write 2017-01-31"),
    ("05/05/2017", "can only mean 5 May 2017", "write 2017-05-05"),
    ("13/14/2018", "neither 13 nor 14 can be a month", "write YYYY-MM-DD, e.g. 1999-12-31"),
    ("03/04/2018", "which number is the day: 4 March 2018 or 3 April 2018", "e.g. 1999-12-31"),
    ("31/02/17", "which number is the day", "e.g. 1999-12-31"),
    ("31/12/0000", "which number is the day", "e.g. 1999-12-31"),
    ("3.4.18", "which number is the day", "write YYYY-MM-DD"),
    ("12/2017", "does not begin with the year", "write YYYY-MM, e.g. 1999-12"),
    ("2017/02/28", "'02/28' is not a date", "write YYYY-MM-DD"),
    ("2017/12", "'12' is not a date", "write YYYY-MM-DD"),
    ("20170228", "no hyphens", "write YYYY-MM-DD"),
    ("2015-2-3", "is not a date", "write YYYY-MM-DD"),
    ("Feb 2017", "is not a date", "write YYYY-MM-DD"),
    ("2014/2015/2016", "is not a date", "write YYYY-MM-DD"),
    ("0000", "years 0001 to 9999", "four digits"),
    ("0000-05-01", "years 0001 to 9999", "four digits"),
    ("000X", "years 0001 to 9999", "four digits"),
    ("12015", "years 0001 to 9999", "four digits"),
    ("2004?~", "more than one qualifier", "% both"),
    ("2004-06~-11", "elsewhere than at its end", "qualify the whole date"),
    ("?2004", "elsewhere than at its end", "qualify the whole date"),
    ("2XXX", "has an X", "201X"),
    ("2004-1X", "has an X", "201X"),
    ("156X-12-25", "has an X", "201X"),
    ("201x", "has an X", "capital X"),
    ("2015-" * 2_000, "more than 1000 characters", "write YYYY-MM-DD"),
]


@pytest.mark.parametrize(("text", "problem", "hint"), REFUSALS)
def test_unreadable_date_is_quoted_and_its_refusal_tells_what_to_write(
    text: str, problem: str, hint: str
) -> None:
    """What is not EDTF is refused with the value, the problem and the remedy, never guessed."""
    with pytest.raises(UnreadableDateError) as refusal:
        parse_date_span(text)

    assert refusal.value.message.startswith(repr(text[:40]))
    assert problem in refusal.value.message
    assert hint in refusal.value.hint
    assert len(refusal.value.message) < 200


@given(
    st.integers(0, 45),
    st.integers(0, 45),
    st.integers(1, 9999),
    st.sampled_from("/.-"),
)
def test_numbers_with_the_day_or_month_first_name_every_day_they_can_mean(
    one: int, other: int, year: int, between: str
) -> None:
    """Tried against the calendar: one day is named, two are both named, and none is made up."""
    text = f"{one:02}{between}{other:02}{between}{year:04}"
    days = {_real_day(year, m, d) for d, m in ((one, other), (other, one))} - {None}

    with pytest.raises(UnreadableDateError) as refusal:
        parse_date_span(text)

    named = {day for day in days if day and day.isoformat() in refusal.value.hint}
    assert named == (days if len(days) == 1 and not _is_open(one, other) else set())
    assert ("which does not exist" in refusal.value.message) is (
        not days and (1 <= one <= 12 or 1 <= other <= 12)
    )


def _real_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_open(one: int, other: int) -> bool:
    """Answer whether both numbers could be the month."""
    return one != other and 1 <= one <= 12 and 1 <= other <= 12


@pytest.mark.parametrize("text", REFUSED_ON_PURPOSE)
def test_published_example_beyond_our_scope_is_refused(text: str) -> None:
    """Instants, far years, years BCE and all-of sets are refused rather than misread."""
    with pytest.raises(UnreadableDateError):
        parse_date_span(text)


@given(st.one_of(st.text(), st.text(alphabet="0129-/X?~%[]{}.,TY ", max_size=24)))
@example("-" * 1_000)
@example("?" * 999 + "!")
@example("\ud800")
@example("[" + "2015," * 190 + "2015]")
def test_any_text_is_read_or_refused_and_nothing_else_happens(text: str) -> None:
    """No text whatever raises anything but an UnreadableDateError with a hint."""
    hint = ""
    try:
        span = parse_date_span(text)
    except UnreadableDateError as refusal:
        span, hint = UNKNOWN, refusal.hint

    assert date_label(span)
    assert span.text == text or hint


# --- order and distance ------------------------------------------------------------------------


@given(models(), models())
def test_order_agrees_with_trying_every_day(first: Model, second: Model) -> None:
    """May means some choice of days, the same day included; must means every choice, strictly."""
    a, b = parse_date_span(first.text), parse_date_span(second.text)
    pairs_of_days = list(itertools.product(first.days, second.days))
    is_certain = not first.qualifiers and not second.qualifiers

    assert a.may_precede(b) is any(x <= y for x, y in pairs_of_days)
    assert a.must_precede(b) is (is_certain and all(x < y for x, y in pairs_of_days))


def test_on_the_same_day_either_may_precede_and_neither_must() -> None:
    """Two events of one day stand in no order."""
    day = parse_date_span("2015-12-12")

    assert day.may_precede(day)
    assert not day.must_precede(day)


@pytest.mark.parametrize("qualifier", ["?", "~", "%"])
def test_doubtful_date_never_must_precede_anything(qualifier: str) -> None:
    """A qualified date forbids nothing, however far away the other one is."""
    early, late = parse_date_span(f"1985{qualifier}"), parse_date_span(f"2015{qualifier}")
    certainly_early, certainly_late = parse_date_span("1985"), parse_date_span("2015")

    assert certainly_early.must_precede(certainly_late)
    assert not early.must_precede(certainly_late)
    assert not certainly_early.must_precede(late)


@given(models(), models())
def test_days_between_agrees_with_trying_every_pair(first: Model, second: Model) -> None:
    """Fewest and most days apart are those of the nearest and farthest pair of days."""
    a, b = parse_date_span(first.text), parse_date_span(second.text)
    distances = {(y - x).days for x, y in itertools.product(first.days, second.days)}
    fewest = None if first.is_open_end or second.is_open_start else min(distances)
    most = None if first.is_open_start or second.is_open_end else max(distances)

    assert a.days_between(b) == (fewest, most)


# --- computed spans ----------------------------------------------------------------------------


@given(models(), models())
def test_common_days_agree_with_trying_every_day(first: Model, second: Model) -> None:
    """Sharing, covering, intersecting and spanning over are what sets of days say."""
    a, b = parse_date_span(first.text), parse_date_span(second.text)
    both, either = first.days & second.days, first.days | second.days

    assert a.shares_day(b) is bool(both)
    assert a.covers(b) is (first.days >= second.days)
    assert (a.intersect(b) is None) is (not both)
    assert days_of(a.intersect(b)) == both
    assert days_of(a.hull(b)) == between(min(either), max(either))


@given(models(), st.integers(-45, 45))
def test_shifted_span_moves_every_day(model: Model, n_days: int) -> None:
    """After so many days each possible day is so many days later, and no other is possible."""
    moved = {day + timedelta(days=n_days) for day in model.days}
    if model.is_open_start:
        moved |= between(WORLD[0], MIDDLE[0])
    if model.is_open_end:
        moved |= between(MIDDLE[-1], WORLD[-1])

    span = parse_date_span(model.text).shifted(n_days)

    assert days_of(span, MIDDLE) == moved & set(MIDDLE)


@given(models())
def test_onward_is_every_day_from_the_earliest_on(model: Model) -> None:
    """Later, not said how much: any day from the first possible one."""
    span = parse_date_span(model.text).onward()

    assert days_of(span) == between(min(model.days), WORLD[-1])
    assert span.latest is None


@given(
    models(),
    st.none() | st.sampled_from(WORLD[100:300]),
    st.none() | st.sampled_from(WORLD[100:300]),
)
def test_clipped_span_keeps_the_days_within_the_bounds(
    model: Model, earliest: date | None, latest: date | None
) -> None:
    """Clipping keeps exactly the days within the bounds, and None says that none is left."""
    kept = model.days & between(earliest or WORLD[0], latest or WORLD[-1])

    span = parse_date_span(model.text).clipped(earliest=earliest, latest=latest)

    assert (span is None) is (not kept)
    assert days_of(span) == kept


@given(models(), models(), st.integers(-45, 45))
def test_computed_span_keeps_every_doubt_of_its_sources(
    first: Model, second: Model, n_days: int
) -> None:
    """Doubt is never lost on the way: a result is as doubtful as each of its sources."""
    a, b = parse_date_span(first.text), parse_date_span(second.text)
    computed = [a.hull(b), a.intersect(b), a.hull(b).shifted(n_days).onward()]

    for span in filter(None, computed):
        assert span.is_uncertain is (a.is_uncertain or b.is_uncertain)
        assert span.is_approximate is (a.is_approximate or b.is_approximate)


@given(models(), models(), st.integers(-45, 45))
def test_computed_text_reads_back_as_the_same_days_and_the_same_doubt(
    first: Model, second: Model, n_days: int
) -> None:
    """The text of a computed span allows its days again, no more, and stays doubtful."""
    a, b = parse_date_span(first.text), parse_date_span(second.text)
    computed = [a.shifted(n_days), a.onward(), a.intersect(b), a.hull(b)]
    bounded = [span for span in computed if span and not span.is_unknown]

    for span in bounded:
        read = parse_date_span(span.text)
        assert read.ranges == span.ranges
        assert read.is_certain is span.is_certain
        assert date_label(span)


def test_computed_span_keeps_the_words_of_a_source_that_says_the_same() -> None:
    """Where a source has just these days and doubts, its own text is kept."""
    year, months = parse_date_span("2015"), parse_date_span("2014-11/2016-02")

    assert year.intersect(months) is year
    assert months.hull(year) is months
    assert year.shifted(0) is year
    assert year.clipped(earliest=date(2010, 1, 1)) is year


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (parse_date_span("2015-12-12").shifted(59), "2016-02-09"),
        (parse_date_span("2015").hull(parse_date_span("2017-06")), "2015-01/2017-06"),
        (parse_date_span("2015").hull(parse_date_span("2017")), "2015/2017"),
        (parse_date_span("2015-12-12~").onward(), "2015-12-11?/.."),
        (parse_date_span("../2015").hull(parse_date_span("2017/..")), "../.."),
        (parse_date_span("[2015-01-01,2016-02]").shifted(1), "[2015-01-02,2016-02-02..2016-03-01]"),
        (parse_date_span("[..2014,2016..]").shifted(365), "[..2015,2016-12-31..]"),
        (UNKNOWN.clipped(latest=date(9999, 12, 31)), "../9999"),
    ],
)
def test_computed_span_is_written_no_finer_than_its_days(span: DateSpan, text: str) -> None:
    """Whole years and months are written as such, several ranges as a set."""
    assert span.text == text


def test_shift_out_of_the_calendar_leaves_the_end_open() -> None:
    """A shift beyond the year 9999 or before 0001 opens the range and raises nothing."""
    span = parse_date_span("[0001-01-01,9999-12-31]")

    assert span.shifted(1).ranges == ((date(1, 1, 2), date(1, 1, 2)), (date.max, None))
    assert span.shifted(-1).ranges == ((None, date.min), (date(9999, 12, 30), date(9999, 12, 30)))
    assert span.shifted(10**12).ranges == ((date.max, None),)
    assert span.shifted(-(10**12)).ranges == ((None, date.min),)


# --- the term itself ---------------------------------------------------------------------------


def test_unknown_allows_every_day_and_forbids_nothing() -> None:
    """What is not recorded may be before and after anything and must be neither."""
    day = parse_date_span("2015-12-12")

    assert UNKNOWN.text == ""
    assert UNKNOWN.is_unknown
    assert not UNKNOWN.is_single_day
    assert UNKNOWN.may_precede(day)
    assert day.may_precede(UNKNOWN)
    assert not UNKNOWN.must_precede(day)
    assert not day.must_precede(UNKNOWN)
    assert UNKNOWN.days_between(day) == (None, None)
    assert UNKNOWN.intersect(day) is day


@pytest.mark.parametrize(
    ("text", "is_single_day", "is_unknown"),
    [
        ("2015-12-12", True, False),
        ("2015-12-12?", True, False),
        ("2015-12-12~", False, False),
        ("2015-12", False, False),
        ("[..2014,2016..]", False, False),
        ("../..", False, True),
    ],
)
def test_span_says_how_much_it_leaves_open(
    text: str, *, is_single_day: bool, is_unknown: bool
) -> None:
    """One possible day is single, every possible day is unknown, and all else is neither."""
    span = parse_date_span(text)

    assert span.is_single_day is is_single_day
    assert span.is_unknown is is_unknown


@pytest.mark.parametrize(
    "ranges",
    [
        (),
        ((date(2016, 1, 1), date(2016, 1, 2)), (date(2015, 1, 1), date(2015, 1, 2))),
        ((date(2015, 1, 1), date(2015, 1, 2)), (date(2015, 1, 2), date(2015, 1, 4))),
        ((date(2015, 1, 1), date(2015, 1, 2)), (date(2015, 1, 3), date(2015, 1, 4))),
        ((date(2015, 1, 1), None), (date(2016, 1, 1), date(2016, 1, 2))),
        ((date(2015, 1, 1), date(2015, 1, 2)), (None, date(2016, 1, 2))),
        ((date(2015, 1, 2), date(2015, 1, 1)),),
    ],
)
def test_ranges_out_of_order_are_refused(ranges: tuple[tuple[date | None, date | None]]) -> None:
    """Ranges are sorted and neither empty, overlapping, touching nor reversed."""
    with pytest.raises(ValueError, match="day range"):
        DateSpan(text="2015", ranges=ranges)


@given(models())
def test_span_survives_json_and_is_checked_on_the_way_in(model: Model) -> None:
    """A span written as JSON is read back equal."""
    span = parse_date_span(model.text)

    assert msgspec.json.decode(msgspec.json.encode(span), type=DateSpan) == span


# --- in words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2015-12-12", "12 December 2015"),
        ("2015-12-02", "2 December 2015"),
        ("2015-12", "December 2015"),
        ("2015", "2015"),
        ("201X", "the 2010s"),
        ("20XX", "2000 to 2099"),
        ("2004-XX", "2004 (month not given)"),
        ("1985-XX-XX", "1985 (month and day not given)"),
        ("1985-04-XX", "April 1985 (day not given)"),
        ("2001-21", "spring 2001 (March to May)"),
        ("2001-24", "winter 2001 (December to February 2002)"),
        ("2015-12~", "about December 2015"),
        ("2015-12?", "December 2015 (uncertain)"),
        ("2015-12%", "about December 2015 (uncertain)"),
        ("2015-12-12/2016-02-09", "between 12 December 2015 and 9 February 2016"),
        ("2014-10/2015-03", "between October 2014 and March 2015"),
        ("1984?/2004-06~", "between 1984 (uncertain) and about June 2004"),
        ("../2016-01-31", "by 31 January 2016"),
        ("/2016-01-31", "by 31 January 2016"),
        ("../2016", "by the end of 2016"),
        ("../2016-01~", "by the end of about January 2016"),
        ("2014-03-01/..", "from 1 March 2014"),
        ("2014/", "from 2014"),
        ("[2015,2017]", "2015 or 2017"),
        ("[1667,1668,1670..1672]", "1667, 1668 or 1670 to 1672"),
        ("[..2014-05-01,2016..]", "by 1 May 2014 or from 2016"),
        ("[2015]", "2015"),
        ("../..", "date not recorded"),
    ],
)
def test_label_says_the_span_in_words_at_its_own_precision(text: str, label: str) -> None:
    """A label is English, has the precision of the text and says its doubts in words."""
    assert date_label(parse_date_span(text)) == label


def test_label_of_unknown_says_that_no_date_is_recorded() -> None:
    """Not known is said, never left blank."""
    assert date_label(UNKNOWN) == "date not recorded"


@pytest.mark.parametrize(
    ("texts", "label"),
    [
        (
            ("2015-12~", "2015-12-10/.."),
            "between 10 December 2015 (approximate) and 31 January 2016 (approximate)",
        ),
        (("2015-12?", "2015-12-10"), "10 December 2015 (uncertain)"),
        (("2015-12%", "2015-12-10"), "10 December 2015 (uncertain, approximate)"),
        (("2015", "2015-12-10"), "10 December 2015"),
    ],
)
def test_label_of_a_computed_span_names_the_doubt_it_inherited(
    texts: tuple[str, str], label: str
) -> None:
    """The ``?`` of a computed text is said as the doubt that it came from."""
    common = parse_date_span(texts[0]).intersect(parse_date_span(texts[1]))

    assert common is not None
    assert date_label(common) == label

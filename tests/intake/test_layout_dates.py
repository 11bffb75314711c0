import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.intake.layout_dates import date_format_problem, days_in, is_day_zero
from headstamp.terms.dates import parse_date_span

FORMATS = ["%d/%m/%Y", "%m/%d/%Y", "%Y.%m.%d", "%d %B %Y", "%d.%m.%y", "%Y%m%d"]


@given(st.dates(min_value=dt.date(1970, 1, 1), max_value=dt.date(2068, 12, 31)))
def test_day_written_in_a_format_is_read_back(day: dt.date) -> None:
    """Whatever the format, the day that was written is among those that are read."""
    for form in FORMATS:
        assert days_in(day.strftime(form), [form]) == [day.isoformat()]


@given(st.dates())
def test_iso_day_is_read_to_the_day(day: dt.date) -> None:
    """Every day of the calendar, with and without a time, gives itself and is EDTF."""
    text = day.isoformat()

    for written in (text, f"{text}T23:59:59", f"{text} 00:00", f"{text}T23:59:59.25+14:00"):
        assert days_in(written, []) == [text]
    assert parse_date_span(text).earliest == day
    assert days_in(text[:7], []) == [text[:7]]
    assert days_in(text[:4], []) == [text[:4]]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2019-02-30",
        "2019-13",
        "2019-1-1",
        "19-01-01",
        "2019-04-03T",
        "2019-04-03x",
        "0000",
        "2019/04/03",
        "03-04-2019",
        "2019-04-03T23",
        "٢٠١٩",
        "2019-04-03\n",
    ],
)
def test_what_is_no_iso_date_gives_none(text: str) -> None:
    """Nothing is guessed: not a day that was never, nor another order, nor other digits."""
    assert days_in(text, []) == []


def test_two_formats_that_disagree_give_both() -> None:
    """3 April or 4 March; and once where they agree."""
    assert days_in("03/04/2019", FORMATS) == ["2019-03-04", "2019-04-03"]
    assert days_in("03/03/2019", FORMATS) == ["2019-03-03"]
    assert days_in("13/04/2019", FORMATS) == ["2019-04-13"]


@pytest.mark.parametrize(
    ("text", "form", "read"),
    [
        ("04/2019", "%m/%Y", "2019-04"),
        ("Apr 2019", "%b %Y", "2019-04"),
        ("2019", "%Y", "2019"),
        ("0201-04-03", "%Y-%m-%d", "0201-04-03"),
        ("100% 2019", "100%% %Y", "2019"),
        ("3/4/2019", "%d/%m/%Y", "2019-04-03"),
        ("12.04.19 10:30", "%d.%m.%y %H:%M", "2019-04-12"),
    ],
)
def test_only_what_a_format_tells_is_kept(text: str, form: str, read: str) -> None:
    """A month stays a month, a year a year; a year has four digits; no time is kept."""
    assert days_in(text, [form]) == [read]
    parse_date_span(read)


@pytest.mark.parametrize("form", [*FORMATS, "%m/%Y", "%Y", "%Y-%j", "%d/%m/%Y %H:%M", "%Y%%"])
def test_usable_format_has_no_problem(form: str) -> None:
    """What tells at least a year can be read."""
    assert date_format_problem(form) == ""


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("%d/%m", "year"),
        ("%H:%M", "year"),
        ("", "year"),
        ("%d %Y", "without its month"),
        ("%Q", "none that dates"),
        ("%", "none that dates"),
        ("%Y %Y", "none that dates"),
    ],
)
def test_format_that_would_invent_a_date_is_refused(form: str, said: str) -> None:
    """Without a year strptime says 1900, and without a month January."""
    assert said in date_format_problem(form)


def test_day_zero_is_what_spreadsheets_show() -> None:
    """1899-12-30 and the two days after it; no other day, also of those years."""
    days = [dt.date(1899, 12, 29) + dt.timedelta(days=n) for n in range(5)]

    assert [is_day_zero(day.isoformat()) for day in days] == [False, True, True, True, False]

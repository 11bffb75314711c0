from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from headstamp.reports.drawing.scale import day_of, scale_of, ticks


@given(st.lists(st.dates(), min_size=1, max_size=8), st.integers(2, 8))
def test_days_stand_in_order_and_on_the_sheet(days: list[date], most: int) -> None:
    """Later days stand further right, and none beyond the sheet, from the year 1 to 9999."""
    scale = scale_of(days, x0=10, x1=300)
    assert scale is not None
    places = [scale.x(day) for day in sorted(days)]

    assert places == sorted(places)
    assert all(10 <= place <= 300 for place in places)
    assert all(10 <= tick.x <= 300 for tick in ticks(scale, most=most))


def test_ticks_are_months_and_then_years() -> None:
    """The step grows with the span; labels say what it is."""
    months = scale_of([date(2015, 12, 12), date(2016, 2, 9)], x0=0, x1=100)
    years = scale_of([date(1990, 1, 1), date(2016, 1, 1)], x0=0, x1=100)
    assert months
    assert years

    assert [tick.label for tick in ticks(months, most=6)] == ["Jan 2016", "Feb 2016"]
    assert [tick.label for tick in ticks(years, most=6)][:2] == ["1990", "1995"]


def test_no_days_make_no_scale() -> None:
    """Where nothing is dated there is no axis to suggest that something is."""
    assert scale_of([], x0=0, x1=1) is None
    assert day_of("") is None
    assert day_of("2015") is None

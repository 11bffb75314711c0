"""Which years a stamped year may mean, against trying every year."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.marks.years import FIRST_YEAR, LAST_YEAR, years_meant
from headstamp.terms.dates import parse_date_span


@given(st.text(alphabet="0189?", min_size=2, max_size=4), st.integers(1950, 2020))
def test_years_are_those_that_fit(written: str, seen: int) -> None:
    """Brute force: every way of filling the unread digits and the century, none after seeing."""
    filled = {"".join(t) for t in product(*("0123456789" if c == "?" else c for c in written))}
    is_year = len(written) != 3 and set(written) != {"?"}
    expected = [
        year
        for year in range(FIRST_YEAR, seen + 1)
        if is_year and f"{year:04}"[-len(written) :] in filled
    ]

    assert list(years_meant(written, seen_span=parse_date_span(str(seen)))) == expected


@pytest.mark.parametrize("written", ["", "1", "123", "19999", "AB", "??", "????", "٠٧", "-1"])
def test_what_is_no_year_means_none(written: str) -> None:
    """Only two or four digits, of which one at least was read."""
    assert years_meant(written) == ()


def test_without_a_date_both_centuries_stand() -> None:
    """Nothing is chosen by the likelier century."""
    assert years_meant("07") == (1907, 2007)
    assert years_meant("07", seen_span=parse_date_span("../..")) == (1907, 2007)
    assert years_meant("99")[-1] <= LAST_YEAR

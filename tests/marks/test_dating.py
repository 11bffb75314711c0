"""Which years the schools read from a serial. All serials here are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.marks.dating import date_serial

SKS, MAKAROV = "Type 56 carbine (SKS), China", "Makarov pistol, Bulgaria"


@pytest.mark.parametrize(
    ("serial", "applies_to", "years"),
    [
        ("2000000", SKS, ["1957", "1958"]),
        ("25000000", SKS, ["1980", "1981"]),
        ("9??????", SKS, ["1964", "1965"]),
        ("9-000000", SKS, ["1964", "1965"]),
        ("1000000", SKS, []),
        ("26000000", SKS, []),
        ("?000000", SKS, []),
        ("A0000", SKS, []),
        ("000000000", SKS, []),
        ("QX270000", MAKAROV, ["1987"]),
        ("QX 27 0000", MAKAROV, ["1987"]),
        ("QX 2? 0000", MAKAROV, []),
        ("QX270000", SKS, []),
        ("2000000", MAKAROV, []),
        ("2000000", "another weapon", []),
        ("", SKS, []),
    ],
)
def test_schools(serial: str, applies_to: str, years: list[str]) -> None:
    """Each school gives its year for its own weapon; other forms and unread years give none."""
    assert [one.meaning for one in date_serial(serial, applies_to=applies_to)] == years


def test_rival_schools_speak_against_each_other() -> None:
    """Two schools differ by a year: both stand, each with the other against it."""
    found = date_serial("2000000", applies_to=SKS)

    assert len(found) == 2
    assert all(one.against and one.is_sourced for one in found)
    assert found[0].source != found[1].source


@given(st.integers(0, 99), st.integers(0, 999_999))
def test_the_second_school_is_one_year_later(number: int, rest: int) -> None:
    """Wherever either school tells a year, both do, and they differ by one."""
    years = [int(one.meaning) for one in date_serial(f"{number}{rest:06}", applies_to=SKS)]

    assert years == ([] if not 2 <= number <= 25 else [years[0], years[0] + 1])
    assert all(1957 <= year <= 1981 for year in years)

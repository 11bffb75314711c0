"""Whether a part carries the last three digits of the serial."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.marks.parts import compare_part


@pytest.mark.parametrize(
    ("part", "serial", "verdict"),
    [
        ("345", "AB12345", "agrees"),
        ("346", "AB12345", "differs"),
        ("3?5", "AB12345", "may_agree"),
        ("3?6", "AB12345", "differs"),
        ("345", "AB123?5", "may_agree"),
        ("{36}45", "AB12345", "may_agree"),
        ("{78}45", "AB12345", "differs"),
        ("45", "AB12345", "cannot_tell"),
        ("2345", "AB12345", "cannot_tell"),
        ("345", "45", "cannot_tell"),
        ("345", "AB12*", "cannot_tell"),
        ("3*5", "AB12345", "cannot_tell"),
        ("", "", "cannot_tell"),
        ("???", "AB12345", "may_agree"),
    ],
)
def test_parts(part: str, serial: str, verdict: str) -> None:
    """Three read digits agree or differ; what is unread leaves it open."""
    assert compare_part(part, serial) == verdict


@given(st.integers(0, 10**8), st.integers(0, 999))
def test_read_digits_decide(number: int, part: int) -> None:
    """With all digits read, the verdict is the equality of the last three."""
    expected = "agrees" if number % 1000 == part else "differs"

    assert compare_part(f"{part:03}", f"QX{number:03}") == expected


@given(st.integers(100, 10**8), st.integers(0, 2))
def test_hiding_a_digit_never_makes_a_part_differ(number: int, place: int) -> None:
    """A part that agrees may still agree when one of its digits is not read."""
    digits = f"{number % 1000:03}"
    hidden = digits[:place] + "?" + digits[place + 1 :]

    assert compare_part(hidden, str(number)) == "may_agree"

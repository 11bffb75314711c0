import time

import pytest

from headstamp.intake.patterns import is_found, require_pattern, value_in
from headstamp.terms.errors import MisuseError


@pytest.mark.parametrize(
    "pattern", ["(?=a)b", r"(a)\1", "(?P<value>[", "(?!x)", "a**", "(?P<value>(a))"]
)
def test_what_is_no_re2_is_refused_in_words(pattern: str) -> None:
    """Look-around, back-references and unnamed groups beside the value are named."""
    with pytest.raises(MisuseError) as raised:
        require_pattern(pattern, takes_value="value" in pattern)

    assert repr(pattern) in raised.value.message
    assert "RE2" in raised.value.hint


@pytest.mark.parametrize(
    "pattern", ["", "a", "(?P<part>a)", "(?P<value>a)(?P<value>b)", "(?P<value>a)(?P<x>b)"]
)
def test_pattern_of_a_field_has_the_one_group(pattern: str) -> None:
    """Which part is taken must be said once."""
    with pytest.raises(MisuseError, match="which part is taken"):
        require_pattern(pattern, takes_value=True)


def test_escaped_group_is_no_group() -> None:
    """What only looks like the group is refused before a file is read."""
    with pytest.raises(MisuseError):
        require_pattern(r"\(?P<value>a", takes_value=True)


@pytest.mark.parametrize("pattern", ["^(?:a+)+$", "^(?:a|aa)+$", "(?:.*a){20}"])
def test_no_pattern_takes_long(pattern: str) -> None:
    """What would keep Python's own engine for years is done in the time of a glance."""
    began = time.process_time()
    found = is_found(pattern, "a" * 19 + "b" * 100_000)

    assert not found
    assert time.process_time() - began < 5


def test_part_is_taken_or_nothing() -> None:
    """None where the pattern is not found; an empty text where the part is empty."""
    assert value_in("x(?P<value>[0-9]*)", "ax12") == "12"
    assert value_in("x(?P<value>[0-9]*)", "ax") == ""
    assert value_in("x(?P<value>[0-9]*)", "a") is None
    assert value_in("(?P<value>.)", "é") == "é"

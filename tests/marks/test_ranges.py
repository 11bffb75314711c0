"""Serials between two ends, told by trying every number."""

from hypothesis import given
from hypothesis import strategies as st

from headstamp.marks.ranges import SerialRange, places_in, plain_key, read_range, read_unpadded

LETTERS = st.text("ABX", max_size=2)
NUMBERS = st.integers(0, 1_500)


def holds(found: SerialRange, serial: str) -> bool:
    """Return whether a serial lies in a range: under one of its places."""
    return any(
        shape == found.shape and found.first <= number <= found.last
        for shape, number in places_in(plain_key(serial))
    )


@given(LETTERS, LETTERS, NUMBERS, NUMBERS)
def test_a_padded_range_holds_just_the_numbers_between_its_ends(
    before: str, after: str, low: int, high: int
) -> None:
    """Every number of its length from the first to the last, and no other of 0 to 1600."""
    first, last = sorted((low, high))
    found = read_range(f"{before}{first:04}{after}", f"{before}{last:04}{after}")

    assert isinstance(found, SerialRange)
    inside = [n for n in range(1_600) if holds(found, f"{before}{n:04}{after}")]
    assert inside == list(range(first, last + 1))
    assert found.n_numbers == len(inside)


@given(NUMBERS, NUMBERS)
def test_an_unpadded_range_holds_just_the_numbers_as_they_are_written(low: int, high: int) -> None:
    """Every number from the first to the last without zeros before it; none with one."""
    first, last = sorted((low, high))
    found = read_unpadded(str(first), str(last))

    assert not isinstance(found, str)
    inside = [n for n in range(1_600) if any(holds(one, str(n)) for one in found)]
    assert inside == list(range(first, last + 1))
    assert sum(one.n_numbers for one in found) == len(inside)
    assert not any(holds(one, f"0{n}") for one in found for n in range(1, 1_600))


@given(LETTERS, NUMBERS, NUMBERS)
def test_a_serial_of_another_shape_is_in_no_range(before: str, low: int, high: int) -> None:
    """Another prefix, another length or a letter behind is another series."""
    first, last = sorted((low, high))
    found = read_range(f"{before}{first:04}", f"{before}{last:04}")

    assert isinstance(found, SerialRange)
    for n in (first, last):
        others = (f"Q{before}{n:04}", f"{before}{n:05}", f"{before}{n:04}A")
        assert not any(holds(found, other) for other in others)


@given(NUMBERS, NUMBERS)
def test_swapped_ends_are_no_range(low: int, high: int) -> None:
    """Which end was meant is not guessed."""
    if low == high:
        return
    first, last = max(low, high), min(low, high)

    assert read_range(f"{first:04}", f"{last:04}") == "its ends are swapped"
    assert read_unpadded(str(first), str(last)) == "its ends are swapped"


@given(st.text("AB019", max_size=12))
def test_places_put_back_together_are_the_serial(key: str) -> None:
    """A place is the serial with one of its numbers taken out, and every number is taken once."""
    places = places_in(key)

    for shape, number in places:
        before, width, after = shape.split("|")
        assert f"{before}{number:0{width}}{after}" == key
    n_runs = len("".join(" " if not sign.isdigit() else sign for sign in key).split())
    assert len(set(places)) == len(places) == n_runs


def test_the_last_number_that_differs_is_the_running_one() -> None:
    """In a year and a number, only the number may differ; two that differ are two series."""
    found = read_range("19A00100", "19A00199")

    assert isinstance(found, SerialRange)
    assert found.shape == "19A|5|"
    assert read_range("19A00100", "20A00199") == "its ends differ in more than one number"


def test_ends_without_a_number_are_no_range() -> None:
    """How many digits follow is not guessed."""
    assert read_range("AAA", "AAZ") == "its ends hold no number"
    assert read_unpadded("AAA", "AAA") == "its ends hold no number"

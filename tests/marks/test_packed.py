"""Keys on one axis."""

from hypothesis import given
from hypothesis import strategies as st

from headstamp.marks.packed import FIRST_BEYOND, PLACES, SIGNS, pack, pack_all

KEYS = st.text(SIGNS, min_size=1, max_size=PLACES)
ANY = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=16)


@given(KEYS, KEYS)
def test_order_on_the_axis_is_that_of_the_keys(one: str, other: str) -> None:
    """A range of keys is a range of numbers, and different keys are different numbers."""
    assert (pack(one) < pack(other)) is (one < other)
    assert (pack(one) == pack(other)) is (one == other)
    assert pack(one) < FIRST_BEYOND


@given(st.lists(st.one_of(KEYS, ANY), max_size=20))
def test_many_are_packed_as_one_by_one(keys: list[str]) -> None:
    """The fast way and the plain way agree on every text, long or of any script."""
    assert pack_all(keys).tolist() == [pack(key) for key in keys]


@given(st.text(SIGNS, min_size=PLACES + 1, max_size=30))
def test_what_has_no_place_stands_above_the_axis(key: str) -> None:
    """A long key never meets a short one, nor one that is longer still."""
    assert FIRST_BEYOND <= pack(key) < 2**63
    assert pack(key) != pack(key + "0")

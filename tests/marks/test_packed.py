"""Keys on one axis."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from headstamp.marks.packed import (
    FIRST_BEYOND,
    PLACES,
    SIGNS,
    filled_keys,
    lengths_of,
    pack,
    pack_all,
    single_edits,
    unpack,
)

from ..linkage.register_world import all_filled, one_edit_away

KEYS = st.text(SIGNS, min_size=1, max_size=PLACES)
ANY = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=16)
CLOSE = st.text("01AZ", max_size=PLACES)
"""Texts in which one sign often stands twice, up to as long as can be."""


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


@given(st.one_of(KEYS, ANY))
def test_what_has_a_place_is_read_back_from_it(key: str) -> None:
    """Every key of up to twelve digits and Latin capitals; of any other there is a digest only."""
    has_place = len(key) <= PLACES and set(key) <= set(SIGNS)

    assert unpack(pack(key)) == (key if has_place else None)


@given(st.lists(KEYS, max_size=20), st.text(SIGNS, min_size=PLACES + 1, max_size=20))
def test_lengths_are_those_of_the_keys(keys: list[str], long: str) -> None:
    """Of one beyond the axis more than there are places, however long it is."""
    assert lengths_of(pack_all([*keys, long])).tolist() == [*map(len, keys), PLACES + 1]


@given(st.lists(CLOSE, max_size=4), st.sampled_from(["01A", "0", SIGNS]))
def test_single_edits_are_those_that_trying_finds(keys: list[str], signs: str) -> None:
    """Another sign, one less, one more, two changed over, at every place; never the key itself."""
    source, edited = single_edits(pack_all(keys), signs)

    found = set(zip(source.tolist(), edited.tolist(), strict=True))
    assert found == {
        (number, pack(other))
        for number, key in enumerate(keys)
        for other in one_edit_away(key, signs)
        if len(other) <= PLACES
    }


@given(st.text("01AZ?", min_size=1, max_size=PLACES), st.sampled_from(["01A", "Z", SIGNS]))
def test_filled_keys_are_those_that_trying_finds(key: str, signs: str) -> None:
    """Every sign in the place of each that nobody could read, in their order."""
    assume(key.count("?") <= 3)

    wanted = [pack(other) for other in all_filled(key, signs)]
    assert filled_keys(key, signs).tolist() == wanted


def test_no_keys_have_no_edits() -> None:
    """An empty question is no trouble."""
    source, edited = single_edits(np.empty(0, dtype=np.int64), SIGNS)

    assert (len(source), len(edited)) == (0, 0)

"""What a sieve lets through, against the set itself."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from headstamp.linkage.held import sieve_of
from headstamp.linkage.sieve import Sieve

from .register_world import entry, register_of

KEYS = st.lists(st.integers(0, 2**63 - 1), max_size=200)


@given(KEYS, KEYS)
def test_no_key_that_is_held_is_stopped(first: list[int], second: list[int]) -> None:
    """Whatever part it came with, and at whatever end of the axis it stands."""
    parts = [np.array(some, dtype=np.int64) for some in (first, second)]

    sieve = Sieve(parts, n_keys=len(first) + len(second))

    assert all(sieve.may_hold(part).all() for part in parts)


def test_one_sieve_for_several_registers_stops_no_key_of_any() -> None:
    """Whichever of them is asked."""
    registers = [register_of([entry("e", text)]) for text in ("A1024", "B77774", "Ж1234")]

    sieve = sieve_of(registers)

    assert all(sieve.may_hold(one.parts[0].keys.column("key").to_numpy()) for one in registers)  # type: ignore[union-attr]


def test_most_keys_that_are_not_held_are_stopped() -> None:
    """At most one in eight is looked up in vain; the others need no look."""
    some = np.random.default_rng(3).integers(0, 2**63 - 1, 11_000, dtype=np.int64)
    held, others = some[:1_000], some[1_000:]

    let_through = Sieve([held], n_keys=len(held)).may_hold(others)

    assert let_through.mean() < 1 / 8


def test_nothing_is_held_by_a_register_without_keys() -> None:
    """Then every key is stopped."""
    assert not Sieve([], n_keys=0).may_hold(np.array([0, 1, 2**62], dtype=np.int64)).any()

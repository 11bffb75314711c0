from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from headstamp.custody.support import (
    GIVEN,
    MOST_SETS,
    NOTHING,
    Bound,
    Support,
    atoms_of,
    both,
    earlier_of,
    either,
    in_order,
    later_of,
    minimal,
    resting_on,
    shared_part,
    shortest,
    without,
)
from headstamp.terms.dates import parse_date_span

ATOMS = "abcde"
WORLDS = [frozenset(some) for n in range(len(ATOMS) + 1) for some in combinations(ATOMS, n)]
supports = st.frozensets(st.frozensets(st.sampled_from(ATOMS), max_size=4), max_size=6).map(minimal)


def holds(support: Support, world: frozenset[str]) -> bool:
    """Whether what counts in a world suffices."""
    return any(one <= world for one in support)


@given(supports, supports)
def test_the_algebra_is_that_of_and_and_or(one: Support, other: Support) -> None:
    """In every world `both` holds where both do, and `either` where one does."""
    for world in WORLDS:
        assert holds(both(one, other), world) is (holds(one, world) and holds(other, world))
        assert holds(either([one, other]), world) is (holds(one, world) or holds(other, world))


@given(supports, supports)
def test_no_set_contains_another(one: Support, other: Support) -> None:
    """Whatever is put together stays minimal."""
    for support in (both(one, other), either([one, other])):
        assert not any(a < b for a in support for b in support)


@given(supports, st.frozensets(st.sampled_from(ATOMS)))
def test_withdrawing_is_exact(support: Support, gone: frozenset[str]) -> None:
    """What is left holds in just the worlds without what was withdrawn in which all held."""
    left = without(support, gone)

    for world in WORLDS:
        assert holds(left, world) is holds(support, world - gone)


def test_nothing_and_given_are_the_two_ends() -> None:
    """Nothing supports nothing, and what is given needs nothing."""
    one = resting_on("a", "b")

    assert both(one, GIVEN) == one == either([one, NOTHING])
    assert both(one, NOTHING) == NOTHING
    assert either([one, GIVEN]) == GIVEN


def test_what_every_set_holds_is_shared() -> None:
    """The shared part is the intersection; nothing is shared by nothing."""
    support = either([resting_on("a", "u"), resting_on("b", "u")])

    assert shared_part(support) == {"u"}
    assert atoms_of(support) == {"a", "b", "u"}
    assert shared_part(NOTHING) == frozenset()


def test_sets_are_printed_smallest_first() -> None:
    """The order is that of size, then of the alphabet."""
    support = minimal(frozenset(one) for one in ("cd", "b", "ac"))

    assert in_order(support) == (("b",), ("a", "c"), ("c", "d"))


def test_too_many_sets_are_cut_to_the_shortest() -> None:
    """The sets kept are the shortest ones, however they come about."""
    one = either(resting_on(f"a{n}") for n in range(40))
    other = either(resting_on(f"b{n}") for n in range(40))
    long = frozenset({frozenset({"x", "y", "z"})})

    assert len(both(one, other)) == MOST_SETS
    assert long.isdisjoint(shortest(both(one, other) | long))


def test_equal_bounds_are_alternatives() -> None:
    """Of bounds the strictest counts, and either of two equal ones suffices for it."""
    early, late = (parse_date_span(text).earliest for text in ("2014-01-01", "2015-01-01"))
    bounds = [
        Bound(day=early, support=resting_on("a")),
        Bound(day=late, support=resting_on("b")),
        Bound(day=late, support=resting_on("c")),
        Bound(),
    ]

    assert later_of(bounds) == Bound(day=late, support=either([resting_on("b"), resting_on("c")]))
    assert earlier_of(bounds) == Bound(day=early, support=resting_on("a"))
    assert later_of([Bound()]) == Bound()

"""On what does a conclusion rest? Minimal sets of atoms, any one of which suffices.

A support is a set of sets of atom ids: each inner set alone suffices and none contains
another. ``NOTHING`` (no set) supports nothing; ``GIVEN`` (the empty set) needs nothing.
The algebra is exact: withdrawing an atom deletes the sets that hold it.
"""

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

AtomSet = frozenset[str]
Support = frozenset[AtomSet]

NOTHING: Support = frozenset()
GIVEN: Support = frozenset({frozenset()})
MOST_SETS = 512
"""So many alternatives are kept, the smallest first; a finding that reaches this says so."""


class Bound(msgspec.Struct, frozen=True, kw_only=True):
    """The earliest or latest day something is known to have happened, and by what.

    ``day`` is ``None`` where no bound is known, which needs no support.
    """

    day: date | None = None
    support: Support = GIVEN


def resting_on(*atoms: str) -> Support:
    """Return the support of what needs all of ``atoms``.

    >>> sorted(map(sorted, resting_on("c1", "c2")))
    [['c1', 'c2']]
    """
    return frozenset({frozenset(atoms)})


def either(supports: Iterable[Support]) -> Support:
    """Return the support of what any one of ``supports`` suffices for."""
    return minimal(one for support in supports for one in support)


def both(*supports: Support) -> Support:
    """Return the support of what needs all of ``supports`` at once.

    >>> sorted(map(sorted, both(either([resting_on("c1"), resting_on("c2")]), resting_on("u1"))))
    [['c1', 'u1'], ['c2', 'u1']]
    """
    product: Support = GIVEN
    for support in supports:
        if len(product) == len(support) == 1:  # By far the most usual, and cheap.
            product = frozenset({frozenset().union(*product, *support)})
            continue
        product = shortest(minimal(one | other for one in product for other in support))
    return product


def shortest(support: Support) -> Support:
    """Return at most ``MOST_SETS`` of the sets, the smallest first."""
    if len(support) <= MOST_SETS:
        return support
    return frozenset(sorted(support, key=_smallest_first)[:MOST_SETS])


def minimal(sets: Iterable[AtomSet]) -> Support:
    """Return the sets that contain no other: ``{a}`` makes ``{a, b}`` superfluous."""
    every = frozenset(sets)
    if len(every) < 2:
        return every
    kept: list[AtomSet] = []
    n_smaller = 0  # Sets of one size contain one another only where they are equal.
    size = 0
    for one in sorted(every, key=len):
        if len(one) > size:
            size, n_smaller = len(one), len(kept)
        if not any(smaller <= one for smaller in kept[:n_smaller]):
            kept.append(one)
    return frozenset(kept)


def without(support: Support, atoms: AtomSet) -> Support:
    """Return what is left of ``support`` when ``atoms`` no longer count."""
    return frozenset(one for one in support if not one & atoms)


def shared_part(support: Support) -> AtomSet:
    """Return what every set holds."""
    return frozenset.intersection(*support) if support else frozenset()


def atoms_of(support: Support) -> AtomSet:
    """Return every atom that some set holds."""
    return frozenset().union(*support)


def in_order(support: Support) -> tuple[tuple[str, ...], ...]:
    """Return the sets as they are printed: smallest first, each sorted."""
    return tuple(tuple(sorted(one)) for one in sorted(support, key=_smallest_first))


def later_of(bounds: Iterable[Bound]) -> Bound:
    """Return the latest of lower bounds; equal days are alternatives."""
    return _best(bounds, wants_later=True)


def earlier_of(bounds: Iterable[Bound]) -> Bound:
    """Return the earliest of upper bounds; equal days are alternatives."""
    return _best(bounds, wants_later=False)


def _smallest_first(atoms: AtomSet) -> tuple[int, list[str]]:
    return len(atoms), sorted(atoms)


def _best(bounds: Iterable[Bound], *, wants_later: bool) -> Bound:
    known = [(bound.day, bound.support) for bound in bounds if bound.day is not None]
    if not known:
        return Bound()
    days = [day for day, _ in known]
    best = max(days) if wants_later else min(days)
    return Bound(day=best, support=either(_those(known, best)))


def _those(known: list[tuple[date, Support]], best: date) -> Iterator[Support]:
    return (support for day, support in known if day == best)

"""How densely do a register's numbers stand, and how often does one number serve twice?"""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from headstamp.marks.packed import PLACES, Packed, lengths_of, pack

_LAST_DIGITS = re.compile(r"[0-9]+(?=[^0-9]*$)")
_HALF = 0.5
"""One half is added to the count of a whole block: that nobody has been seen there does not
mean that nobody is."""
_LEAST_LENGTH = 4
_LEAST_DIGITS = 3
"""Nearer than a thousand numbers chance neighbours look like a crowd."""


class Density:
    """The numbers of one register, by maker, each once; and how many stand around one.

    Around a number are those with the same prefix and length, and among them those that also
    share its first digits: there makers count up, and there a stranger's number would lie.
    """

    def __init__(
        self,
        exact: Packed,
        named: npt.NDArray[np.int64],
        makers: Mapping[int, frozenset[str]],
        *,
        beside: Mapping[int, int] | None = None,
    ) -> None:
        """Take the exact key, packed, of every entry, and how its maker is written.

        Args:
            named: The number of the entry's maker as written; -1: none.
            makers: Number of a maker as written → ids of the makers that may be meant.
            beside: Packed number → how many different numbers stand before it in its cells.
        """
        self._beside = beside or {}
        lengths = lengths_of(exact)
        self._crowding: dict[tuple[str, frozenset[str] | None, frozenset[str]], float] = {}
        self._everybody = _of_each(exact, lengths, named, makers)
        held: dict[str, list[npt.NDArray[np.bool_]]] = {}
        for code, ids in makers.items():
            for maker in ids:
                held.setdefault(maker, []).append(named == code)
        self._by_maker = {
            maker: _by_length(exact[which], lengths[which])
            for maker, some in held.items()
            for which in (np.logical_or.reduce(some),)
        }
        self.n_distinct, self.share_of_shared = _shared(exact, named, makers)

    def crowding(
        self,
        exact: str,
        makers: frozenset[str] | None,
        *,
        without: frozenset[str] = frozenset(),
    ) -> float:
        """Return which share of the numbers around this one is taken by others, at the densest.

        Args:
            makers: Only numbers of these makers; None: of all.
            without: Makers whose numbers do not count, where those of all others do.
        """
        key = (exact, makers, without)
        if key not in self._crowding:
            self._crowding[key] = self._crowded(exact, makers, without)
        return self._crowding[key]

    def _crowded(self, exact: str, makers: frozenset[str] | None, without: frozenset[str]) -> float:
        run = _LAST_DIGITS.search(exact)
        if run is None or len(exact) > PLACES:
            return 1.0

        def n_others(n_free: int) -> int:
            head, tail = exact[: run.end() - n_free], exact[run.end() :]
            ends = (head + "0" * n_free + tail, head + "9" * n_free + tail)
            n_left_out = self._n_of_any(*ends, without) if without else 0
            return self._n_between(*ends, makers) - n_left_out

        n_here, n_whole = min(n_others(0), 1), len(run[0])
        shares: list[float] = [
            (n_others(n_free) - n_here) / 10.0**n_free for n_free in range(_LEAST_DIGITS, n_whole)
        ]
        shares.append((n_others(n_whole) - n_here + _HALF) / 10.0**n_whole)
        return min(max(shares), 1.0)

    def n_bearing(self, exact: str) -> int:
        """Return how many objects bear this number beside different numbers of their own."""
        return self._beside.get(pack(exact), 0)

    def _n_between(self, first: str, last: str, makers: frozenset[str] | None) -> int:
        """Return how many numbers of this length stand between two."""
        low, high, length = pack(first), pack(last), len(first)
        if makers is None:
            return _between(self._everybody.get(length, _NONE), low, high)
        held = (self._by_maker[maker] for maker in makers if maker in self._by_maker)
        return sum(_between(keys.get(length, _NONE), low, high) for keys in held)

    def _n_of_any(self, first: str, last: str, makers: frozenset[str]) -> int:
        """Return how many numbers of some of these makers stand between two, each once.

        A maker as written may be several: their numbers are not left out more than once.
        """
        low, high, length = pack(first), pack(last), len(first)
        held = [self._by_maker[maker] for maker in makers if maker in self._by_maker]
        parts = [_those_between(keys.get(length, _NONE), low, high) for keys in held]
        return len(parts[0] if len(parts) == 1 else np.unique(np.concatenate([_NONE, *parts])))


_NONE: Packed = np.empty(0, dtype=np.int64)


def _of_each(
    exact: Packed,
    lengths: npt.NDArray[np.int64],
    named: npt.NDArray[np.int64],
    makers: Mapping[int, frozenset[str]],
) -> dict[int, Packed]:
    """Return the numbers by how many signs they have, sorted, each once for each maker."""
    groups = {ids: number for number, ids in enumerate(dict.fromkeys(makers.values()), start=1)}
    whose = np.zeros(max(makers, default=-1) + 2, dtype=np.int64)
    for code, ids in makers.items():
        whose[code] = groups[ids]
    whose[-1] = 0
    pairs = np.unique(np.stack([exact, whose[named], lengths]), axis=1)
    return {int(length): pairs[0][pairs[2] == length] for length in np.unique(pairs[2]).tolist()}


def _by_length(exact: Packed, lengths: npt.NDArray[np.int64]) -> dict[int, Packed]:
    """Return the numbers, each once and sorted, by how many signs they have."""
    return {
        int(length): np.unique(exact[lengths == length]) for length in np.unique(lengths).tolist()
    }


@lru_cache(maxsize=65_536)
def is_ubiquitous(exact: str) -> bool:
    """Whether a number is one that people write where there is none: 33333, 0, 123456.

    >>> is_ubiquitous("33333"), is_ubiquitous("12345"), is_ubiquitous("A12"), is_ubiquitous("A1024")
    (True, True, True, False)
    """
    steps = {ord(after) - ord(before) for before, after in pairwise(exact)}
    return len(exact) < _LEAST_LENGTH or steps in ({0}, {1}, {-1})


def _shared(
    exact: Packed, named: npt.NDArray[np.int64], makers: Mapping[int, frozenset[str]]
) -> tuple[int, float]:
    """Return how many numbers stand beside a maker, and the share of these with several makers.

    Only makers that are surely one are counted: a name that may be two says nothing here.
    """
    sure = {code: min(ids) for code, ids in makers.items() if len(ids) == 1}
    numbers = {maker: number for number, maker in enumerate(sorted(set(sure.values())))}
    codes = np.full(max(makers, default=-1) + 2, -1, dtype=np.int64)
    for code, maker in sure.items():
        codes[code] = numbers[maker]
    told = codes[named]
    pairs = np.unique(np.stack([exact[told >= 0], told[told >= 0]]), axis=1)
    _, counts = np.unique(pairs[0], return_counts=True)
    return len(counts), float((counts > 1).mean()) if len(counts) else 1.0


def _those_between(keys: Packed, low: int, high: int) -> Packed:
    return keys[np.searchsorted(keys, low) : np.searchsorted(keys, high, side="right")]


def _between(keys: Packed, low: int, high: int) -> int:
    return int(keys.searchsorted(high, side="right") - keys.searchsorted(low, side="left"))

"""How many strangers would match as well by chance? Counted on the register's own numbers."""

import re
from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from headstamp.marks.packed import BASE, PLACES, Packed, pack

_LAST_DIGITS = re.compile(r"[0-9]+(?=[^0-9]*$)")
_HALF = 0.5
"""One half is added to every count: that nobody has been seen does not mean that nobody is."""
_LEAST_LENGTH = 4


class Density:
    """The numbers of one register, by maker, sorted; how many stand in a block, of how many.

    A block is what has one prefix and one length of number: there makers count up, and there
    a stranger's number would lie.
    """

    def __init__(
        self, exact: Packed, named: npt.NDArray[np.int64], makers: Mapping[int, frozenset[str]]
    ) -> None:
        """Take the exact key, packed, of every entry, and how its maker is written.

        Args:
            named: The number of the entry's maker as written; -1: none.
            makers: Number of a maker as written → ids of the makers that may be meant.
        """
        self._everybody = np.sort(exact)
        by_maker: dict[str, list[Packed]] = {}
        for code, ids in makers.items():
            for maker in ids:
                by_maker.setdefault(maker, []).append(exact[named == code])
        self._by_maker = {maker: np.sort(np.concatenate(keys)) for maker, keys in by_maker.items()}
        self.n_entries = len(exact)
        self.n_distinct, self.share_of_shared = _shared(exact, named, makers)

    def strangers(self, exact: str, makers: frozenset[str] | None) -> float:
        """Return how many entries would show one given number by chance.

        Args:
            makers: Only entries of these makers; None: of all.
        """
        n_in_block = self._n_in_block(exact, makers)
        return (max(n_in_block - 1, 0) + _HALF) / _size_of_block(exact)

    def n_same(self, exact: str) -> int:
        """Return how many entries show this number."""
        key = pack(exact)
        return _between(self._everybody, key, key)

    def _n_in_block(self, exact: str, makers: frozenset[str] | None) -> int:
        low, high = _block(exact)
        if makers is None:
            return _between(self._everybody, low, high)
        held = (self._by_maker[maker] for maker in makers if maker in self._by_maker)
        return sum(_between(keys, low, high) for keys in held)


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


def _block(exact: str) -> tuple[int, int]:
    """Return the first and last place on the axis of numbers with this prefix and length."""
    run = _LAST_DIGITS.search(exact)
    if run is None or len(exact) > PLACES:
        return 0, BASE**PLACES
    zeros, nines = (exact[: run.start()] + digit * len(run[0]) for digit in "09")
    return pack(zeros), pack(nines) + BASE ** (PLACES - len(nines)) - 1


def _size_of_block(exact: str) -> float:
    run = _LAST_DIGITS.search(exact)
    return 10.0 ** len(run[0]) if run else 1.0


def _between(keys: Packed, low: int, high: int) -> int:
    return int(np.searchsorted(keys, high, side="right") - np.searchsorted(keys, low, side="left"))

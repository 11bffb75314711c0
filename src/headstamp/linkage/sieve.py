"""Which of very many keys may a register hold at all? A table of bits that answers no, surely.

The keys of a question are far more than those that a register holds. What the sieve lets
through is then looked up; what it stops is not there.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from headstamp.marks.packed import Packed

_MIX = np.uint64(0x9E3779B97F4A7C15)
_LEAST_BITS, _MOST_BITS = 12, 27
_ROOM = 16
"""Places in the table for each key: one key in sixteen is then let through in vain."""


class Sieve:
    """A set of keys, of which it is known only which are surely not in it."""

    def __init__(self, keys: Iterable[Packed], *, n_keys: int) -> None:
        bits = max(n_keys * _ROOM, 1).bit_length()
        self._shift = np.uint64(64 - min(max(bits, _LEAST_BITS), _MOST_BITS))
        self._held = np.zeros(1 << (64 - int(self._shift)), dtype=np.bool_)
        for some in keys:
            self._held[self._places(some)] = True

    def may_hold(self, keys: Packed) -> npt.NDArray[np.bool_]:
        """Return which keys may be in the set: all that are, and few that are not."""
        return self._held[self._places(keys)]

    def _places(self, keys: Packed) -> npt.NDArray[np.uint64]:
        return (keys.astype(np.uint64) * _MIX) >> self._shift

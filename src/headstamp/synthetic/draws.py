"""What chance decides, the same on every machine and with every version of NumPy.

Only the raw bits of PCG64 are used, which NumPy promises never to change; what its methods make
of them may change between versions.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Draws:
    """A stream of chance, told from others by a seed and a place."""

    def __init__(self, seed: int, *place: int) -> None:
        """Start the stream of a place: a stream does not depend on how far others were read."""
        self._bits = np.random.PCG64(np.random.SeedSequence([seed, *place]))

    def uniform(self, n: int) -> Floats:
        """Return n numbers, 0 included and 1 not."""
        raw = np.asarray(self._bits.random_raw(n), dtype=np.uint64)
        return (raw >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def below(self, bound: int, n: int) -> Ints:
        """Return n whole numbers of 0 to bound - 1."""
        return (self.uniform(n) * bound).astype(np.int64)

    def one(self) -> float:
        """Return one number, 0 included and 1 not."""
        return float(self.uniform(1)[0])

    def order(self, n: int) -> Ints:
        """Return the numbers of 0 to n - 1 in an order of chance."""
        return np.argsort(self.uniform(n), kind="stable").astype(np.int64)

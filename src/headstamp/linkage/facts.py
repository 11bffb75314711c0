"""What is known of one entry for one item before it is weighed, and what is one addend?"""

from typing import NamedTuple

import msgspec

from headstamp.linkage.comparisons import Comparison
from headstamp.linkage.frequencies import Shares


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one entry for one item before anything is weighed.

    ``alternative`` names the object that the entry is of: entries of one object are no rivals.
    ``crowding`` is the share of numbers taken around the number in question; ``is_taken``:
    the number just as it was read is taken here. ``n_free`` counts the other numbers that the
    reading may be and that are not taken here; ``n_taken`` those that are. ``n_steps`` counts
    the steps from what stands in the cells to what was compared. ``is_void``: a number that
    stands where there is none. ``n_bearing``: objects that bear the number beside different
    numbers of their own, as they bear that of a contract or a type. ``share_shared``: of the
    register's numbers, how many several makers have; None where it is too small to tell.
    ``shares``: how common it is here to agree so in model and calibre.
    """

    basis: str
    comparison: Comparison
    alternative: str
    p_read: float
    crowding: float = 0.0
    is_taken: bool = False
    n_free: float = 0.0
    n_taken: int = 1
    n_steps: int = 0
    is_void: bool = False
    is_craft: bool = False
    n_bearing: int = 0
    shares: Shares = Shares()
    share_shared: float | None = None


class Step(NamedTuple):
    """One addend of the sum, and how it is told: put into words only where it is told."""

    bits: float
    template: str
    values: tuple[float | str, ...] = ()

    @property
    def words(self) -> str:
        """How it is told."""
        return self.template.format(*self.values)

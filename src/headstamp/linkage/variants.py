"""Under which keys is a reading looked up? Folded, its unread positions filled, one edit away.

LINKAGE.md section 1: the question is expanded, never the register. Any number of look-alikes
is one key already; only unread positions and single edits are written out.
"""

from collections.abc import Container, Iterator, Sequence
from functools import cached_property
from itertools import product

import numpy as np
import numpy.typing as npt

from headstamp.linkage.density import is_ubiquitous
from headstamp.linkage.probes import Probe, Reading
from headstamp.marks.keys import folded_signs
from headstamp.marks.packed import FIRST_BEYOND, PLACES, Packed, pack_all, single_edits

MOST_UNREAD = 3
"""More unread characters than these match too many to be told apart."""
_MOST_OF_ANY_SIGN = 2
_LEAST_TO_EDIT = 5
"""One edit away from a shorter number stands half of all numbers."""
_N_AT_ONCE = 2_000
_DIGITS = "0123456789"


class Variants:
    """Keys to look up: ``key[i]`` may be reading ``reading[i]`` of probe ``probe[i]``.

    ``is_edit[i]``: one edit was made to get there.
    """

    def __init__(
        self,
        probe: npt.NDArray[np.int64],
        reading: npt.NDArray[np.int64],
        key: Packed,
        *,
        is_edit: bool,
    ) -> None:
        self.probe, self.reading, self.key, self.is_edit = probe, reading, key, is_edit

    def only(self, kept: npt.NDArray[np.bool_]) -> "Variants":
        """Return those that are to be kept."""
        return Variants(self.probe[kept], self.reading[kept], self.key[kept], is_edit=self.is_edit)


class Question:
    """Items to look for, with their keys: written out once, however many registers are asked."""

    def __init__(self, probes: Sequence[Probe]) -> None:
        self.probes = tuple(probes)

    def without(self, item_ids: Container[str]) -> "Question":
        """Return the question without some items; itself where none of them is in it."""
        left = [probe for probe in self.probes if probe.item_id not in item_ids]
        return self if len(left) == len(self.probes) else Question(left)

    @cached_property
    def plain(self) -> Variants:
        """The keys of all readings, folded, unread positions filled."""
        signs = folded_signs()
        numbers: list[int] = []
        places: list[int] = []
        keys: list[str] = []
        for number, probe in enumerate(self.probes):
            for place, reading in enumerate(probe.readings):
                found = filled(reading.folded, signs) if reading.n_unread else (reading.folded,)
                n_before = len(keys)
                keys.extend(found)
                numbers += [number] * (len(keys) - n_before)
                places += [place] * (len(keys) - n_before)
        return Variants(
            np.array(numbers, dtype=np.int64),
            np.array(places, dtype=np.int64),
            pack_all(keys),
            is_edit=False,
        )

    def edited(self, numbers: Sequence[int]) -> Iterator[Variants]:
        """Yield the keys one edit away from the best readings of some probes, by their numbers.

        Some thousand readings at a time.
        """
        asked = [
            (number, place, reading.folded)
            for number in numbers
            for place, reading in enumerate(self.probes[number].readings)
            if _is_editable(reading)
        ]
        for first in range(0, len(asked), _N_AT_ONCE):
            yield _edited(asked[first : first + _N_AT_ONCE])


def _edited(asked: Sequence[tuple[int, int, str]]) -> Variants:
    keys = pack_all([key for _, _, key in asked])
    on_axis = np.flatnonzero(keys < FIRST_BEYOND)
    source, edited = single_edits(keys[on_axis], folded_signs())
    came_from = on_axis[source]
    numbers = np.array([number for number, _, _ in asked], dtype=np.int64)
    places = np.array([place for _, place, _ in asked], dtype=np.int64)
    return Variants(numbers[came_from], places[came_from], edited, is_edit=True)


def _is_editable(reading: Reading) -> bool:
    is_long_enough = _LEAST_TO_EDIT <= len(reading.folded) <= PLACES
    is_plain = not (reading.n_unread or reading.rank or is_ubiquitous(reading.exact))
    return is_plain and is_long_enough


def filled(key: str, signs: Sequence[str]) -> Iterator[str]:
    """Yield the keys that one may be with its unread positions filled; itself if it has none.

    Up to two positions may be any sign; of three all are digits.

    >>> len(list(filled("AB?1", "0123456789ABC"))), list(filled("AB1", "01"))
    (13, ['AB1'])
    """
    n_unread = key.count("?")
    if n_unread > MOST_UNREAD:
        return
    parts = key.split("?")
    for found in product(signs if n_unread <= _MOST_OF_ANY_SIGN else _DIGITS, repeat=n_unread):
        yield "".join(part + sign for part, sign in zip(parts, (*found, ""), strict=True))

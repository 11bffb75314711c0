"""Under which keys is a reading looked up? Folded, its unread positions filled, one edit away.

LINKAGE.md section 1: the question is expanded, never the register. Any number of look-alikes
is one key already; only unread positions and single edits are written out.
"""

from collections.abc import Container, Iterator, Sequence
from functools import cached_property
from hashlib import sha256
from itertools import product

import msgspec
import numpy as np
import numpy.typing as npt

from headstamp.linkage.density import is_ubiquitous
from headstamp.linkage.probes import Probe, Reading
from headstamp.linkage.sieve import Sieve
from headstamp.marks.keys import folded_signs
from headstamp.marks.packed import (
    FIRST_BEYOND,
    PLACES,
    SIGNS,
    Packed,
    filled_keys,
    pack_all,
    single_edits,
)

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

    def __init__(self, probes: Sequence[Probe], *, sieve: Sieve) -> None:
        """Take the items, and which keys any of the registers asked may hold."""
        self.probes = tuple(probes)
        self._sieve = sieve

    def without(self, item_ids: Container[str]) -> "Question":
        """Return the question without some items; itself where none of them is in it."""
        left = [probe for probe in self.probes if probe.item_id not in item_ids]
        return self if len(left) == len(self.probes) else Question(left, sieve=self._sieve)

    @cached_property
    def digests(self) -> dict[str, bytes]:
        """What each item is as it is looked for, by its id."""
        return {
            probe.item_id: sha256(msgspec.msgpack.encode(probe, order="deterministic")).digest()
            for probe in self.probes
        }

    @cached_property
    def plain(self) -> Variants:
        """The keys of all readings, folded, unread positions filled."""
        read = list(self._readings())
        whole = [(number, place, one.folded) for number, place, one in read if not one.n_unread]
        parts = [
            (
                np.array([number for number, _, _ in whole], dtype=np.int64),
                np.array([place for _, place, _ in whole], dtype=np.int64),
                pack_all([key for _, _, key in whole]),
            )
        ]
        parts += [
            (np.full(len(keys), number), np.full(len(keys), place), keys)
            for number, place, reading in read
            if reading.n_unread
            for keys in (_filled_keys(reading.folded),)
        ]
        return Variants(*map(np.concatenate, zip(*parts, strict=True)), is_edit=False)

    @cached_property
    def nearby(self) -> Variants:
        """The keys one edit away from the best readings that some register asked may hold."""
        asked = [
            (number, place, reading.folded)
            for number, place, reading in self._readings()
            if _is_editable(reading)
        ]
        kept = []
        for first in range(0, len(asked), _N_AT_ONCE):
            edited = _edited(asked[first : first + _N_AT_ONCE])
            kept.append(edited.only(self._sieve.may_hold(edited.key)))
        return _together(kept)

    def edited(self, numbers: Sequence[int]) -> Variants:
        """Return the keys one edit away from the best readings of some probes, by their numbers."""
        is_asked = np.zeros(len(self.probes) + 1, dtype=np.bool_)
        is_asked[list(numbers)] = True
        return self.nearby.only(is_asked[self.nearby.probe])

    def _readings(self) -> Iterator[tuple[int, int, Reading]]:
        """Yield every reading, with the number of its probe and its place among its readings."""
        for number, probe in enumerate(self.probes):
            for place, reading in enumerate(probe.readings):
                yield number, place, reading


def _together(parts: Sequence[Variants]) -> Variants:
    none = np.empty(0, dtype=np.int64)
    return Variants(
        np.concatenate([none, *(part.probe for part in parts)]),
        np.concatenate([none, *(part.reading for part in parts)]),
        np.concatenate([none, *(part.key for part in parts)]),
        is_edit=True,
    )


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


def _filled_keys(key: str) -> Packed:
    """Return what a folded key may be with its unread positions filled, on the axis or beyond."""
    n_unread = key.count("?")
    if n_unread > MOST_UNREAD:
        return np.empty(0, dtype=np.int64)
    if len(key) > PLACES or not all(sign in SIGNS for sign in key.replace("?", "")):
        return pack_all(list(filled(key, folded_signs())))
    return filled_keys(key, folded_signs() if n_unread <= _MOST_OF_ANY_SIGN else _DIGITS)


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

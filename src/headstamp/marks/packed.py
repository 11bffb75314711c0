"""Where does a folded serial stand on one axis? Twelve places of 37 signs in 64 bits, in order.

A longer serial, or one with letters of another script, has no place on the axis; a digest
stands for it above the axis, so that equals still meet.
"""

import hashlib
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PLACES = 12
BASE = len(SIGNS) + 1
FIRST_BEYOND: int = BASE**PLACES
_ROOM_BEYOND: int = 2**63 - FIRST_BEYOND

_STEPS = {sign: number for number, sign in enumerate(SIGNS, start=1)}
_POWERS = tuple(BASE ** (PLACES - n_signs) for n_signs in range(PLACES + 1))

Packed = npt.NDArray[np.int64]


def pack(key: str) -> int:
    """Return the place of one key, as a whole number below 2^63; order is that of the keys.

    >>> pack("A1") < pack("A10") < pack("A2"), pack("1234567890ABC") >= FIRST_BEYOND
    (True, True)
    """
    if len(key) > PLACES:
        return _beyond(key)
    number = 0
    for sign in key:
        step = _STEPS.get(sign)
        if step is None:
            return _beyond(key)
        number = number * BASE + step
    return int(number * _POWERS[len(key)])


def pack_all(keys: Sequence[str]) -> Packed:
    """Return the places of many keys, as ``pack`` gives them one by one."""
    texts = np.asarray(keys, dtype=np.str_)
    if not len(texts):
        return np.empty(0, dtype=np.int64)
    width = max(texts.dtype.itemsize // 4, 1)
    points = texts.view(np.uint32).reshape(len(texts), width)
    signs = _places()[np.minimum(points, 127)]
    lengths = np.char.str_len(texts)
    is_odd = (signs == 0) & (np.arange(width) < lengths[:, np.newaxis])
    is_beyond = is_odd.any(axis=1) | (lengths > PLACES)
    packed = np.zeros(len(texts), dtype=np.int64)
    for place in range(PLACES):
        column = signs[:, place] if place < width else np.zeros(len(texts), dtype=np.int64)
        packed = packed * BASE + column
    for row in np.flatnonzero(is_beyond):
        packed[row] = _beyond(str(texts[row]))
    return packed


@cache
def _places() -> Packed:
    """Return the sign's number by its code point; 0 for what has none."""
    places = np.zeros(128, dtype=np.int64)
    for number, sign in enumerate(SIGNS, start=1):
        places[ord(sign)] = number
    return places


def _beyond(key: str) -> int:
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
    return FIRST_BEYOND + int.from_bytes(digest[:8], "big") % _ROOM_BEYOND


def unpack(place: int) -> str | None:
    """Return the key that stands at a place of the axis; None of a digest beyond it.

    >>> unpack(pack("AB-1")), unpack(pack("AB1"))
    (None, 'AB1')
    """
    if place >= FIRST_BEYOND:
        return None
    signs: list[str] = []
    while place:
        place, sign = divmod(place, BASE)
        signs.append(SIGNS[sign - 1] if sign else "")
    return "".join(reversed(signs))


def filled_keys(key: str, signs: Sequence[str]) -> Packed:
    """Return the places of every key that one may be with its ``?`` filled with these signs.

    >>> [unpack(int(one)) for one in filled_keys("A?1", "0B")]
    ['A01', 'AB1']
    """
    first = signs[0]
    found = np.array([pack(key.replace("?", first))], dtype=np.int64)
    steps = np.array([_STEPS[sign] - _STEPS[first] for sign in signs], dtype=np.int64)
    for place, sign in enumerate(key):
        if sign == "?":
            found = np.add.outer(found, steps * _POWERS[place + 1]).ravel()
    return found


def lengths_of(keys: Packed) -> npt.NDArray[np.int64]:
    """Return how many signs each key has; more than ``PLACES`` of one beyond the axis.

    >>> lengths_of(pack_all(["A1", "ABC", "1234567890ABC"])).tolist()
    [2, 3, 13]
    """
    lengths = np.zeros(len(keys), dtype=np.int64)
    for place in range(PLACES):
        lengths += (keys // BASE ** (PLACES - 1 - place)) % BASE > 0
    return np.where(keys >= FIRST_BEYOND, PLACES + 1, lengths)


def single_edits(keys: Packed, signs: Sequence[str]) -> tuple[npt.NDArray[np.int64], Packed]:
    """Return every key one edit away from each: (number of the key it comes from, key).

    One sign is another one, is left out, stands there too much, or changes places with its
    neighbour. Only keys on the axis have neighbours there.

    Args:
        keys: Places on the axis, all below ``FIRST_BEYOND``.
        signs: What may stand in a place where something else stood.
    """
    powers = BASE ** np.arange(PLACES - 1, -1, -1, dtype=np.int64)
    held = keys[:, np.newaxis] // powers % BASE
    lengths = (held > 0).sum(axis=1)
    others = np.array([SIGNS.index(sign) + 1 for sign in signs], dtype=np.int64)
    before = np.concatenate(
        [np.zeros((len(keys), 1), np.int64), np.cumsum(held * powers, axis=1)], axis=1
    )
    after = keys[:, np.newaxis] - before
    rows = np.arange(len(keys))
    found: list[tuple[npt.NDArray[np.int64], Packed]] = []
    for at in range(PLACES):
        here = rows[lengths > at]
        sign = held[here, at]
        changed = keys[here, np.newaxis] + (others - sign[:, np.newaxis]) * powers[at]
        found.append(_flat(here, changed, keep=others != sign[:, np.newaxis]))
        found.append((here, before[here, at] + after[here, at + 1] * BASE))
        room = rows[(lengths >= at) & (lengths < PLACES)]
        longer = (before[room, at] + after[room, at] // BASE)[:, np.newaxis] + others * powers[at]
        found.append(_flat(room, longer, keep=np.ones_like(longer, dtype=np.bool_)))
        pairs = rows[lengths > at + 1]
        if len(pairs):
            step = held[pairs, at + 1] - held[pairs, at]
            swapped = keys[pairs] + step * (powers[at] - powers[at + 1])
            found.append((pairs[step != 0], swapped[step != 0]))
    return (
        np.concatenate([source for source, _ in found]),
        np.concatenate([edited for _, edited in found]),
    )


def _flat(
    rows: npt.NDArray[np.int64], table: Packed, *, keep: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.int64], Packed]:
    """Return the cells to keep of a table with one row of variants for each of ``rows``."""
    return np.repeat(rows, keep.sum(axis=1)), table[keep]

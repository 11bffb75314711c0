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

Packed = npt.NDArray[np.int64]


def pack(key: str) -> int:
    """Return the place of one key, as a whole number below 2^63; order is that of the keys.

    >>> pack("A1") < pack("A10") < pack("A2"), pack("1234567890ABC") >= FIRST_BEYOND
    (True, True)
    """
    if len(key) > PLACES or any(sign not in SIGNS for sign in key):
        return _beyond(key)
    number = 0
    for sign in key.ljust(PLACES, "\0"):
        number = number * BASE + (SIGNS.find(sign) + 1)
    return number


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

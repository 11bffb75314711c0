"""How do an item and an entry compare? Level by level: serial, maker, model, calibre."""

from collections.abc import Callable
from typing import Literal

import msgspec

from headstamp.linkage.probe import Described, Reading

SerialLevel = Literal["same", "unread", "look_alike", "in_range"]
Level = Literal["agree", "compatible", "differ", "not_stated"]
Compatible = Callable[[str, str], bool]


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """How one reading of an item compares with one entry.

    ``n_look_alikes`` counts the positions where the two show look-alikes; ``n_unread``
    those that nobody could read.
    """

    serial: SerialLevel
    n_look_alikes: int
    n_unread: int
    maker: Level
    model: Level
    calibre: Level


def compare(
    reading: Reading, entry_exact: str | None, one: Described, other: Described, *, near: Compatible
) -> Comparison:
    """Compare a reading and what is known of its item with an entry.

    Args:
        entry_exact: The entry's exact key; None where it gives a range.
        near: Whether two calibres are compatible, as the table says.
    """
    n_look_alikes = 0 if entry_exact is None else _n_look_alikes(reading.exact, entry_exact)
    serial: SerialLevel = "same"
    if entry_exact is None:
        serial = "in_range"
    elif n_look_alikes:
        serial = "look_alike"
    elif reading.n_unread:
        serial = "unread"
    return Comparison(
        serial=serial,
        n_look_alikes=n_look_alikes,
        n_unread=reading.n_unread,
        maker=_level(one.makers, other.makers),
        model=_level(one.models, other.models),
        calibre=_calibre(one.calibres, other.calibres, near),
    )


def _n_look_alikes(one: str, other: str) -> int:
    """Count the places where two keys of one folded key differ; an unread place is none."""
    pairs = zip(one, other, strict=False)
    n_differ = sum(a not in {b, "?"} for a, b in pairs)
    return n_differ + abs(len(one) - len(other))


def _level(one: frozenset[str], other: frozenset[str]) -> Level:
    if not one or not other:
        return "not_stated"
    return "agree" if one & other else "differ"


def _calibre(one: frozenset[str], other: frozenset[str], near: Compatible) -> Level:
    level = _level(one, other)
    if level == "differ" and any(near(a, b) for a in one for b in other):
        return "compatible"
    return level

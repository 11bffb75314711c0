"""How do an item and an entry compare? Level by level: serial, maker, model, calibre."""

from collections.abc import Callable
from typing import Literal

import msgspec

from headstamp.linkage.probes import Described, Reading

SerialLevel = Literal["same", "unread", "look_alike", "edit", "in_range"]
Level = Literal["agree", "compatible", "differ", "not_stated"]
Compatible = Callable[[str, str], bool]
TEXT = "text:"
"""Stands before a name that no table knows."""


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """How one reading of an item compares with one entry.

    ``n_look_alikes`` counts the positions where the two show look-alikes; ``n_unread``
    those that nobody could read.
    """

    serial: SerialLevel
    n_look_alikes: int = 0
    n_unread: int = 0
    maker: Level = "not_stated"
    model: Level = "not_stated"
    calibre: Level = "not_stated"


class Alike(msgspec.Struct, frozen=True):
    """How two records agree in all but the number."""

    maker: Level
    model: Level
    calibre: Level


def compare_described(one: Described, other: Described, *, near: Compatible) -> Alike:
    """Compare what two records say of their objects.

    Args:
        near: Whether two calibres are compatible, as the table says.
    """
    return Alike(
        _level(one.makers, other.makers),
        _model(one.models, other.models),
        _calibre(one.calibres, other.calibres, near),
    )


def _level(one: frozenset[str], other: frozenset[str]) -> Level:
    if not one or not other:
        return "not_stated"
    return "agree" if one & other else "differ"


def are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two models may be one: they do not surely differ."""
    return _model(one, other) != "differ"


def _model(one: frozenset[str], other: frozenset[str]) -> Level:
    """Compare models: a name that no table knows differs from none surely."""
    level = _level(one, other)
    if level != "differ":
        return level
    is_known = not any(name.startswith(TEXT) for name in one | other)
    if is_known:
        return "differ"
    texts = [(a.removeprefix(TEXT), b.removeprefix(TEXT)) for a in one for b in other]
    if any(a in b or b in a for a, b in texts):
        return "compatible"
    is_text = all(name.startswith(TEXT) for name in one | other)
    return "differ" if is_text else "not_stated"


def _calibre(one: frozenset[str], other: frozenset[str], near: Compatible) -> Level:
    level = _level(one, other)
    if level != "differ":
        return level
    if any(near(a, b) for a in one for b in other):
        return "compatible"
    n_known = sum(not any(name.startswith(TEXT) for name in side) for side in (one, other))
    return "not_stated" if n_known == 1 else "differ"  # A name that no table knows may be it.


def compare_serials(
    reading: Reading, entry_exact: str, alike: Alike, *, is_edit: bool
) -> Comparison:
    """Compare a reading with the exact key of an entry that stands under one of its keys."""
    level: SerialLevel = "unread" if reading.n_unread else "same"
    n_look_alikes = 0
    if is_edit:
        level = "edit"
    elif reading.exact != entry_exact:
        pairs = zip(reading.exact, entry_exact, strict=True)
        n_look_alikes = sum(a not in {b, "?"} for a, b in pairs)
        level = "look_alike" if n_look_alikes else level
    return compared(alike, level, n_look_alikes=n_look_alikes, n_unread=reading.n_unread)


def compared(
    alike: Alike, serial: SerialLevel, *, n_look_alikes: int = 0, n_unread: int = 0
) -> Comparison:
    """Return a comparison of two records that are so alike, with what their serials say."""
    return Comparison(
        serial=serial,
        n_look_alikes=n_look_alikes,
        n_unread=n_unread,
        maker=alike.maker,
        model=alike.model,
        calibre=alike.calibre,
    )

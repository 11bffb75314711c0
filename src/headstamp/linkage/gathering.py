"""What is known of one entry for one item? Gathered from both, and from the register around."""

from functools import lru_cache

from headstamp.linkage.blocking import RangeHit, SerialHit
from headstamp.linkage.comparisons import (
    Alike,
    Comparison,
    Compatible,
    SerialLevel,
    compare_described,
    compare_serials,
    compared,
)
from headstamp.linkage.density import is_ubiquitous
from headstamp.linkage.facts import Facts
from headstamp.linkage.held import HeldEntry, HeldRegister
from headstamp.linkage.probes import Described, Probe, Reading
from headstamp.marks.keys import folded_signs
from headstamp.marks.packed import unpack
from headstamp.marks.serials import read_serial
from headstamp.reference.weights import Weights

_DIGITS = frozenset("0123456789?")


class Weighing:
    """The register that is asked, the weights, and which calibres are compatible."""

    def __init__(self, register: HeldRegister, by: Weights, near: Compatible) -> None:
        self.register, self.by, self.near = register, by, near
        self._alike: dict[tuple[Described, Described], Alike] = {}
        density = register.density
        is_telling = density.n_distinct >= by.least_to_tell
        self.share_shared = density.share_of_shared if is_telling else None

    def alike(self, one: Described, other: Described) -> Alike:
        """Return how two descriptions agree; asked again and again, compared once."""
        key = (one, other)
        if key not in self._alike:
            self._alike[key] = compare_described(one, other, near=self.near)
        return self._alike[key]

    def is_crowded(self, exact: str, makers: frozenset[str]) -> bool:
        """Whether so many numbers stand around one that no edit of it can be proposed.

        Even where half of all items are on record, and model and calibre agree.
        """
        by = self.by
        most_bits = by.bits_model_agree + by.bits_calibre_agree
        crowding = self.register.density.crowding(exact, makers or None)
        odds = by.p_edit / max(crowding, 1e-12) * 2.0**most_bits
        return bool(odds < by.least_probability)


def facts_of_serial(probe: Probe, hit: SerialHit, held: HeldEntry, weighing: Weighing) -> Facts:
    """Return what is known of an entry whose serial an item's reading may be."""
    reading, register, by = probe.readings[hit.reading], weighing.register, weighing.by
    exact = _unpacked(hit.exact) or reading.exact.replace("?", "0")
    alike = weighing.alike(probe.described, held.described)
    comparison = compare_serials(reading, exact, alike, is_edit=hit.is_edit)
    is_as_read = comparison.serial not in _NOT_AS_READ or reading.n_unread
    around = exact if is_as_read else reading.exact
    return Facts(
        basis=_basis(reading, comparison, register),
        comparison=comparison,
        alternative=f"{exact}|{held.described.maker_key}",
        p_read=_p_read(reading, comparison, held, by),
        crowding=_crowding(probe, held, comparison, around, register),
        n_free=_n_filled(reading) if reading.n_unread else 0.0,
        n_steps=reading.rank + hit.penalty,
        is_void=is_ubiquitous(exact),
        is_craft=probe.described.is_craft,
        n_bearing=register.density.n_bearing(around),
        shares=register.frequencies.shares(probe.described, held.described),
        share_shared=weighing.share_shared,
    )


_NOT_AS_READ: frozenset[SerialLevel] = frozenset({"look_alike", "edit"})


def facts_of_range(probe: Probe, hit: RangeHit, held: HeldEntry, weighing: Weighing) -> Facts:
    """Return what is known of an entry whose range an item's reading may lie in."""
    reading, by = probe.readings[hit.reading], weighing.by
    alike = weighing.alike(probe.described, held.described)
    p_read = by.p_read_folded if hit.n_changed else by.p_read
    return Facts(
        basis="in_line",
        comparison=compared(
            alike, "in_range", n_look_alikes=hit.n_changed, n_unread=reading.n_unread
        ),
        alternative=held.entry.consignment_id or held.entry.entry_id,
        p_read=by.p_read_doubtful if reading.is_doubtful else p_read,
        # Numbers around are taken by nobody that is known: any of them may be somebody's.
        crowding=1.0,
        # One sign changed gives several numbers, of which more than one may be in it.
        n_free=max(float(hit.n_filled - hit.n_in), 0.0),
        n_taken=hit.n_in,
        n_steps=reading.rank,
        is_void=is_ubiquitous(reading.exact),
        is_craft=probe.described.is_craft,
        shares=weighing.register.frequencies.shares(probe.described, held.described),
        share_shared=weighing.share_shared,
    )


def facts_of_lot(probe: Probe, held: HeldEntry, weighing: Weighing) -> Facts:
    """Return what is known of an entry of the same lot as an item."""
    alike = weighing.alike(probe.described, held.described)
    return Facts(
        basis="same_lot",
        comparison=compared(alike, "same"),
        alternative=held.entry.consignment_id or held.entry.entry_id,
        p_read=weighing.by.p_read,
        is_craft=probe.described.is_craft,
    )


@lru_cache(maxsize=65_536)
def _unpacked(exact: int) -> str | None:
    return unpack(exact)


def _basis(reading: Reading, comparison: Comparison, register: HeldRegister) -> str:
    if register.other_kind == "consignment":
        return "in_line"
    is_same = comparison.serial == "same" and comparison.maker == "agree"
    is_full = not (reading.is_doubtful or reading.rank)
    return "same_serial" if is_same and is_full else "same_serial_read"


def _crowding(
    probe: Probe, held: HeldEntry, comparison: Comparison, around: str, register: HeldRegister
) -> float:
    """Return how crowded it is around a number; of one that was read in full it does not count.

    Where one side names no maker the numbers of all others count, not those of the one named.
    """
    if comparison.maker == "agree":
        is_full = comparison.serial == "same"
        return 0.0 if is_full else register.density.crowding(around, probe.described.makers)
    named = probe.described.makers | held.described.makers
    is_other = comparison.maker == "not_stated" and comparison.serial == "same"
    return register.density.crowding(around, None, without=named if is_other else frozenset())


def _p_read(reading: Reading, comparison: Comparison, held: HeldEntry, by: Weights) -> float:
    """Return how surely the reading is right: folded across look-alikes or scripts, or not."""
    if reading.is_doubtful:
        return by.p_read_doubtful
    written = held.entry.serial or ""
    is_ascii = written.isascii() and reading.key.isascii()
    is_folded = bool(comparison.n_look_alikes) or not (is_ascii or reading.key in _keys_of(written))
    return by.p_read_folded if is_folded else by.p_read


def _keys_of(written: str) -> frozenset[str]:
    """Return the keys of the serials that a cell may hold, each in its own script."""
    return frozenset(one.key for one in read_serial(written).serials if one.key)


def _n_filled(reading: Reading) -> float:
    """Return how many numbers a reading may be: a digit stands between digits, else any sign."""
    n_filled = 1.0
    for place, sign in enumerate(reading.folded):
        if sign == "?":
            beside = {*reading.folded[max(place - 1, 0) : place + 2]}
            n_filled *= 10 if beside <= _DIGITS else len(folded_signs())
    return n_filled

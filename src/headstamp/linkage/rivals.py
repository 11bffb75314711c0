"""What is known of each entry that comes into question, before anything is weighed?"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from headstamp.engines.duckdb import Asking
from headstamp.linkage.blocking import Hit, LotHit, RangeHit, SerialHit
from headstamp.linkage.comparisons import (
    Comparison,
    Compatible,
    are_alike,
    compare_serials,
    described_alike,
)
from headstamp.linkage.density import is_ubiquitous
from headstamp.linkage.facts import Facts
from headstamp.linkage.held import HeldEntry, HeldRegister
from headstamp.linkage.probes import Probe, Reading
from headstamp.marks.keys import folded_signs
from headstamp.marks.packed import unpack
from headstamp.marks.serials import read_serial
from headstamp.reference.weights import Weights

_DIGITS = frozenset("0123456789?")


class Weighing(msgspec.Struct, frozen=True):
    """The register that is asked, the weights, and which calibres are compatible."""

    register: HeldRegister
    by: Weights
    near: Compatible

    def is_crowded(self, exact: str, makers: frozenset[str]) -> bool:
        """Whether so many numbers stand around one that no edit of it can be proposed.

        Even where half of all items are on record, and model and calibre agree.
        """
        by = self.by
        most_bits = by.bits_model_agree + by.bits_calibre_agree
        crowding = self.register.density.crowding(exact, makers or None)
        odds = by.p_edit / max(crowding, 1e-12) * 2.0**most_bits
        return bool(odds < by.least_probability)


class Rival(msgspec.Struct, frozen=True, kw_only=True):
    """One entry in question for one item: what is known, and which mark was read."""

    entry_id: str
    consignment_id: str | None
    mark_id: str
    facts: Facts
    models: frozenset[str] = frozenset()
    is_listed_once: bool = True


def by_item(
    probes: Sequence[Probe], hits: Iterable[Hit], weighing: Weighing, asking: Asking
) -> dict[int, list[Rival]]:
    """Return the rivals for each probe, by its number: of one entry the best hit alone.

    The row from which an item was itself read is no rival.
    """
    found: dict[int, list[Hit]] = defaultdict(list)
    own = weighing.register.own
    for hit in hits:
        if own.get(probes[hit.probe].item_id) != hit.place:
            found[hit.probe].append(hit)
    places = {(hit.part, hit.place) for some in found.values() for hit in some}
    entries = weighing.register.entries(places, asking)
    rivals = {
        number: _rivals(probes[number], some, entries, weighing) for number, some in found.items()
    }
    return {number: some for number, some in rivals.items() if some}


def _rivals(
    probe: Probe,
    hits: list[Hit],
    entries: dict[tuple[int, int], HeldEntry],
    weighing: Weighing,
) -> list[Rival]:
    best: dict[str, Rival] = {}
    for hit in hits:
        held = entries[hit.part, hit.place]
        if _is_too_far(probe, hit, held, weighing):
            continue
        rival = _rival(probe, hit, held, weighing)
        if _says_nothing(probe, rival, held):
            continue
        known = best.get(rival.entry_id)
        if known is None or _strength(rival) > _strength(known):
            best[rival.entry_id] = rival
    rivals = sorted(best.values(), key=lambda one: one.entry_id)
    return _counted(_told_apart(rivals))


def _is_too_far(probe: Probe, hit: Hit, held: HeldEntry, weighing: Weighing) -> bool:
    """Whether a number one edit away is another maker's as well, or one of a crowd.

    Two slips at once are not looked for; nor is one where, whatever else agrees, what was read
    is likelier to be the number of somebody who is not on record.
    """
    if not (isinstance(hit, SerialHit) and hit.is_edit):
        return False
    one, other = probe.described.makers, held.described.makers
    is_others = bool(one and other) and one.isdisjoint(other)
    return is_others or weighing.is_crowded(probe.readings[hit.reading].exact, one)


def _says_nothing(probe: Probe, rival: Rival, held: HeldEntry) -> bool:
    """Whether it is the row that the item was read from, or a line or lot of another maker."""
    is_own = probe.place is not None and probe.place == held.place
    needs_maker = rival.facts.basis in {"in_line", "same_lot"}
    return is_own or (needs_maker and rival.facts.comparison.maker == "differ")


def _is_listed_once(held: HeldEntry, weighing: Weighing) -> bool:
    """Whether a list names each object once, and is not written down again and again."""
    is_item = weighing.register.other_kind == "item"
    return not is_item and held.entry.kind not in {"holding", "recovery"}


def _told_apart(rivals: list[Rival]) -> list[Rival]:
    """Return the rivals, entries of one number whose models surely differ as different objects.

    Only of lists that name each object once: what is held or recovered is written down again
    and again, and its model otherwise each time. An entry without a model may be of any of
    them; it is counted with the first.
    """
    models: dict[str, list[frozenset[str]]] = defaultdict(list)
    told: list[Rival] = []
    for one in sorted(rivals, key=lambda rival: not rival.models):
        if not one.is_listed_once:
            told.append(one)
            continue
        known = models[one.facts.alternative]
        place = next((n for n, other in enumerate(known) if are_alike(one.models, other)), None)
        if place is None:
            place = len(known)
            known.append(one.models)
        alternative = f"{one.facts.alternative}#{place}" if place else one.facts.alternative
        facts = msgspec.structs.replace(one.facts, alternative=alternative)
        told.append(msgspec.structs.replace(one, facts=facts))
    return sorted(told, key=lambda rival: rival.entry_id)


def _counted(rivals: list[Rival]) -> list[Rival]:
    """Return the rivals with how many of the numbers that a reading may be are taken here."""
    taken: dict[str, set[str]] = defaultdict(set)
    as_read: set[str] = set()
    for one in rivals:
        if one.facts.comparison.maker != "differ":
            taken[one.mark_id].add(one.facts.alternative)
            if one.facts.comparison.serial == "same":
                as_read.add(one.mark_id)
    return [_with_taken(one, len(taken[one.mark_id]), one.mark_id in as_read) for one in rivals]


def _with_taken(rival: Rival, n_taken: int, is_taken: bool) -> Rival:  # noqa: FBT001 - one call
    facts = rival.facts
    n_free = facts.n_free
    if facts.comparison.serial != "in_range" and n_free:
        n_free = max(n_free - max(n_taken, 1), 0.0)
    if (n_free, is_taken) == (facts.n_free, facts.is_taken):
        return rival
    facts = msgspec.structs.replace(facts, n_free=n_free, is_taken=is_taken)
    return msgspec.structs.replace(rival, facts=facts)


_ORDER = ("edit", "look_alike", "unread", "in_range", "same")


def _strength(rival: Rival) -> tuple[int, int, int, int]:
    """Return what decides which of several ways to one entry is told."""
    facts = rival.facts
    comparison = facts.comparison
    level = _ORDER.index(comparison.serial)
    return (level, -comparison.n_look_alikes, -comparison.n_unread, -facts.n_steps)


# --- one entry for one item -------------------------------------------------------------------


def _rival(probe: Probe, hit: Hit, held: HeldEntry, weighing: Weighing) -> Rival:
    if isinstance(hit, LotHit):
        facts, mark_id = _of_lot(probe, held, weighing), probe.lots[hit.lot].mark_id
    elif isinstance(hit, RangeHit):
        reading = probe.readings[hit.reading]
        facts, mark_id = _of_range(probe, reading, hit, held, weighing), reading.mark_id
    else:
        reading = probe.readings[hit.reading]
        facts, mark_id = _of_serial(probe, reading, hit, held, weighing), reading.mark_id
    return Rival(
        entry_id=held.entry.entry_id,
        consignment_id=held.entry.consignment_id,
        mark_id=mark_id,
        facts=facts,
        models=held.described.models,
        is_listed_once=_is_listed_once(held, weighing),
    )


def _of_serial(
    probe: Probe, reading: Reading, hit: SerialHit, held: HeldEntry, weighing: Weighing
) -> Facts:
    exact = unpack(hit.exact) or reading.exact.replace("?", "0")
    level = compare_serials(reading, exact, is_edit=hit.is_edit)
    comparison = _described(level, probe, held, weighing)
    around = reading.exact if level.serial in {"look_alike", "edit"} else exact
    facts = _facts(probe, held, reading, comparison, around.replace("?", "0"), weighing)
    return msgspec.structs.replace(
        facts,
        basis=_basis(reading, comparison, weighing),
        alternative="|".join((exact, *sorted(held.described.makers))),
        p_read=_p_read(reading, comparison, held, weighing.by),
        n_steps=reading.rank + hit.penalty,
        is_void=is_ubiquitous(exact),
        n_free=_n_filled(reading) if reading.n_unread else 0.0,
    )


def _basis(reading: Reading, comparison: Comparison, weighing: Weighing) -> str:
    if weighing.register.other_kind == "consignment":
        return "in_line"
    is_same = comparison.serial == "same" and comparison.maker == "agree"
    is_full = not (reading.is_doubtful or reading.rank)
    return "same_serial" if is_same and is_full else "same_serial_read"


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


def _of_range(
    probe: Probe, reading: Reading, hit: RangeHit, held: HeldEntry, weighing: Weighing
) -> Facts:
    level = Comparison(
        serial="in_range",
        n_look_alikes=hit.n_changed,
        n_unread=reading.n_unread,
    )
    comparison = _described(level, probe, held, weighing)
    facts = _facts(probe, held, reading, comparison, reading.exact.replace("?", "0"), weighing)
    return msgspec.structs.replace(
        facts,
        basis="in_line",
        # Numbers around are taken by nobody that is known: any of them may be somebody's.
        crowding=1.0,
        alternative=held.entry.consignment_id or held.entry.entry_id,
        n_steps=reading.rank,
        is_void=is_ubiquitous(reading.exact),
        n_free=float(hit.n_filled - hit.n_in),
        n_taken=hit.n_in,
    )


def _of_lot(probe: Probe, held: HeldEntry, weighing: Weighing) -> Facts:
    comparison = _described(Comparison(serial="same"), probe, held, weighing)
    return Facts(
        basis="same_lot",
        comparison=comparison,
        alternative=held.entry.consignment_id or held.entry.entry_id,
        p_read=weighing.by.p_read,
        is_craft=probe.described.is_craft,
    )


def _described(level: Comparison, probe: Probe, held: HeldEntry, weighing: Weighing) -> Comparison:
    return described_alike(level, probe.described, held.described, near=weighing.near)


def _facts(
    probe: Probe,
    held: HeldEntry,
    reading: Reading,
    comparison: Comparison,
    around: str,
    weighing: Weighing,
) -> Facts:
    """Return what is known of the number in question on this register."""
    by, density = weighing.by, weighing.register.density
    facts = Facts(
        basis="",
        comparison=comparison,
        alternative="",
        p_read=by.p_read_doubtful if reading.is_doubtful else by.p_read,
        is_craft=probe.described.is_craft,
        n_bearing=density.n_bearing(around),
        shares=weighing.register.frequencies.shares(probe.described, held.described),
    )
    if comparison.maker == "agree" and comparison.serial == "same":
        return facts  # Others are those that bear the number again, however crowded it is here.
    makers = probe.described.makers if comparison.maker == "agree" else None
    is_telling = density.n_distinct >= by.least_to_tell
    return msgspec.structs.replace(
        facts,
        crowding=density.crowding(around, makers),
        share_shared=density.share_of_shared if is_telling else None,
    )


def _n_filled(reading: Reading) -> float:
    """Return how many numbers a reading may be: a digit stands between digits, else any sign."""
    n_filled = 1.0
    for place, sign in enumerate(reading.folded):
        if sign == "?":
            beside = {*reading.folded[max(place - 1, 0) : place + 2]}
            n_filled *= 10 if beside <= _DIGITS else len(folded_signs())
    return n_filled

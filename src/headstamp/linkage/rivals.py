"""What is known of each entry that comes into question, before anything is weighed?"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from headstamp.engines.duckdb import Asking
from headstamp.linkage.blocking import Hit, LotHit, RangeHit, SerialHit
from headstamp.linkage.comparisons import are_alike
from headstamp.linkage.facts import Facts
from headstamp.linkage.gathering import Weighing, facts_of_lot, facts_of_range, facts_of_serial
from headstamp.linkage.held import HeldEntry
from headstamp.linkage.probes import Probe


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
        probe = probes[hit.probe]
        if own.get(probe.item_id) != hit.place and not _is_crowded(probe, hit, weighing):
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
        if _is_twice_removed(probe, hit, held):
            continue
        rival = _rival(probe, hit, held, weighing)
        if _says_nothing(probe, rival, held):
            continue
        known = best.get(rival.entry_id)
        if known is None or _strength(rival) > _strength(known):
            best[rival.entry_id] = rival
    rivals = sorted(best.values(), key=lambda one: one.entry_id)
    return _counted(_told_apart(_with_makers(rivals)))


def _is_crowded(probe: Probe, hit: Hit, weighing: Weighing) -> bool:
    """Whether a number one edit away is one of a crowd.

    Whatever else agrees, what was read is then likelier to be the number of somebody who is
    not on record.
    """
    if not (isinstance(hit, SerialHit) and hit.is_edit):
        return False
    return weighing.is_crowded(probe.readings[hit.reading].exact, probe.described.makers)


def _is_twice_removed(probe: Probe, hit: Hit, held: HeldEntry) -> bool:
    """Whether a number one edit away is another maker's as well: two slips are not looked for."""
    is_edit = isinstance(hit, SerialHit) and hit.is_edit
    one, other = probe.described.makers, held.described.makers
    return is_edit and bool(one and other) and one.isdisjoint(other)


def _says_nothing(probe: Probe, rival: Rival, held: HeldEntry) -> bool:
    """Whether it is the row that the item was read from, or a line or lot of another maker."""
    is_own = probe.place is not None and probe.place == held.place
    needs_maker = rival.facts.basis in {"in_line", "same_lot"}
    return is_own or (needs_maker and rival.facts.comparison.maker == "differ")


def _is_listed_once(held: HeldEntry, weighing: Weighing) -> bool:
    """Whether a list names each object once, and is not written down again and again."""
    is_item = weighing.register.other_kind == "item"
    return not is_item and held.entry.kind not in {"holding", "recovery"}


def _with_makers(rivals: list[Rival]) -> list[Rival]:
    """Return the rivals, an entry without a maker as of the object that one with a maker is of.

    Only where all that name a maker name the same: else it may be of any of them.
    """
    whose: dict[str, set[str]] = defaultdict(set)
    for one in rivals:
        number, _, maker = one.facts.alternative.partition("|")
        whose[number].add(maker)
    told: list[Rival] = []
    for one in rivals:
        number, between, maker = one.facts.alternative.partition("|")
        others = whose[number] - {""}
        if between and not maker and len(others) == 1:
            alternative = f"{number}|{min(others)}"
            facts = msgspec.structs.replace(one.facts, alternative=alternative)
            told.append(msgspec.structs.replace(one, facts=facts))
        else:
            told.append(one)
    return told


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
    """Return the rivals with how many of the numbers that a reading may be are taken here.

    Numbers that it may be only if a look-alike was taken for another are not among these.
    """
    taken: dict[str, set[str]] = defaultdict(set)
    for one in rivals:
        comparison = one.facts.comparison
        if comparison.maker != "differ" and comparison.serial in {"same", "unread"}:
            taken[one.mark_id].add(one.facts.alternative)
    return [_with_taken(one, len(taken[one.mark_id])) for one in rivals]


def _with_taken(rival: Rival, n_taken: int) -> Rival:
    facts = rival.facts
    n_free = facts.n_free
    if facts.comparison.serial != "in_range" and n_free:
        n_free = max(n_free - n_taken, 0.0)
    if (n_free, bool(n_taken)) == (facts.n_free, facts.is_taken):
        return rival
    facts = msgspec.structs.replace(facts, n_free=n_free, is_taken=bool(n_taken))
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
        facts, mark_id = facts_of_lot(probe, held, weighing), probe.lots[hit.lot].mark_id
    else:
        of_hit = facts_of_range if isinstance(hit, RangeHit) else facts_of_serial
        facts = of_hit(probe, hit, held, weighing)  # type: ignore[arg-type]  # told apart above
        mark_id = probe.readings[hit.reading].mark_id
    return Rival(
        entry_id=held.entry.entry_id,
        consignment_id=held.entry.consignment_id,
        mark_id=mark_id,
        facts=facts,
        models=held.described.models,
        is_listed_once=_is_listed_once(held, weighing),
    )

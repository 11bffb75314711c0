"""Which links are proposed between items and the entries of one register, and how probable?"""

from collections.abc import Iterable, Sequence
from math import log2
from typing import NamedTuple

import msgspec

from headstamp.linkage.blocking import Hit, lot_hits, range_hits, serial_hits
from headstamp.linkage.comparisons import Comparison, Compatible, compare
from headstamp.linkage.density import is_ubiquitous
from headstamp.linkage.held import HeldRegister
from headstamp.linkage.probe import Probe, Reading
from headstamp.linkage.score import Candidate, Scored, n_readings, score
from headstamp.reference.weights import Weights
from headstamp.terms.proposal import Proposal
from headstamp.terms.register import RegisterEntry

_LEAST_STRANGERS = 1e-9
_N_STEPS = 12
_LEAST_ITEMS = 200
_BOUNDS = (0.0005, 0.5)
"""Between what the share of items on record is looked for: never none, never most."""


class Asked(NamedTuple):
    """The register that is asked, the weights, and which calibres are compatible."""

    register: HeldRegister
    by: Weights
    near: Compatible


class _Rival(msgspec.Struct, frozen=True, kw_only=True):
    """One entry in question for one item, and on what basis."""

    entry: RegisterEntry
    basis: str
    candidate: Candidate


def propose(
    probes: Sequence[Probe], register: HeldRegister, *, by: Weights, near: Compatible
) -> tuple[Proposal, ...]:
    """Return the proposals for all items, by item and probability, ties by entry id.

    The same items and the same register give the same proposals, whatever the order of
    either.
    """
    asked = Asked(register, by, near)
    hits = [
        *(("serial", hit) for hit in serial_hits(probes, [p.keys for p in register.parts])),
        *(("range", hit) for hit in range_hits(probes, [p.ranges for p in register.parts])),
        *(("lot", hit) for hit in lot_hits(probes, [p.lots for p in register.parts])),
    ]
    entries = register.entries((hit.part, hit.place) for _, hit in hits)
    by_probe: dict[int, dict[str, _Rival]] = {}
    for kind, hit in hits:
        entry = entries[hit.part, hit.place]
        rival = _rival(kind, probes[hit.probe], hit, entry, asked)
        known = by_probe.setdefault(hit.probe, {})
        if entry.entry_id not in known or _is_better(rival, known[entry.entry_id]):
            known[entry.entry_id] = rival
    rivals = {number: list(known.values()) for number, known in by_probe.items()}
    p_on_record = _p_on_record(rivals, n_items=len(probes), by=by)
    return tuple(
        proposal
        for number in sorted(rivals, key=lambda n: probes[n].item_id)
        for proposal in _proposals(
            probes[number].item_id, rivals[number], register.name, p_on_record, by
        )
    )


def _proposals(
    item_id: str, rivals: list[_Rival], register: str, p_on_record: float, by: Weights
) -> list[Proposal]:
    candidates = [
        msgspec.structs.replace(rival.candidate, p_on_record=p_on_record) for rival in rivals
    ]
    scored = list(zip(rivals, score(candidates, by=by), strict=True))
    scored.sort(key=lambda pair: (-pair[1].probability, pair[0].entry.entry_id))
    kept = [pair for pair in scored if pair[1].probability >= by.least_probability]
    return [
        _proposal(item_id, register, rival, found)
        for rival, found in kept[: int(by.most_proposals)]
    ]


def _proposal(item_id: str, register: str, rival: _Rival, found: Scored) -> Proposal:
    return Proposal(
        item_id=item_id,
        other_kind="register_entry",
        register=register,
        other_id=rival.entry.entry_id,
        probability=f"{found.probability:.3f}",
        weight_bits=f"{found.weight_bits:.1f}",
        basis=(rival.basis,),
        strangers=f"{found.strangers:.2g}",
        weights=found.weights,
    )


# --- one entry for one item -------------------------------------------------------------------


def _rival(kind: str, probe: Probe, hit: Hit, entry: RegisterEntry, asked: Asked) -> _Rival:
    reading = probe.readings[hit.reading] if probe.readings else _NO_READING
    other = asked.register.describe(entry.maker, entry.model, entry.calibre)
    exact = asked.register.exact_of(entry, hit.part, hit.exact) if kind == "serial" else None
    comparison = compare(reading, exact, probe.described, other, near=asked.near)
    ceiling, words = _ceiling(kind, reading, comparison, asked)
    candidate = Candidate(
        comparison=comparison,
        reading=reading,
        strangers=_LEAST_STRANGERS,
        alternative=entry.consignment_id or entry.entry_id,
        ceiling=ceiling,
        ceiling_words=words,
        p_on_record=asked.by.p_on_record,
    )
    if exact is not None:
        makers = other.makers if comparison.maker == "agree" else None
        candidate = msgspec.structs.replace(
            candidate,
            strangers=_strangers(exact, reading, comparison, makers, asked.register),
            alternative="|".join((exact, *sorted(other.makers))),
        )
    return _Rival(entry=entry, basis=_basis(kind, comparison), candidate=candidate)


_NO_READING = Reading(text="", folded="", exact="", n_unread=0, is_folded=False, rank=0)


def _is_better(one: _Rival, other: _Rival) -> bool:
    return one.candidate.strangers < other.candidate.strangers


def _basis(kind: str, comparison: Comparison) -> str:
    if kind == "range":
        return "in_line"
    if kind == "lot":
        return "same_lot"
    is_same = comparison.serial == "same" and comparison.maker == "agree"
    return "same_serial" if is_same else "same_serial_read"


def _strangers(
    exact: str,
    reading: Reading,
    comparison: Comparison,
    makers: frozenset[str] | None,
    register: HeldRegister,
) -> float:
    """Return how many entries would match as well by chance: of these makers, or of all."""
    if is_ubiquitous(exact):
        return float(max(register.density.n_same(exact), 1))
    strangers = register.density.strangers(exact, makers)
    return max(strangers * n_readings(reading, comparison), _LEAST_STRANGERS)


def _ceiling(
    kind: str, reading: Reading, comparison: Comparison, asked: Asked
) -> tuple[float, str]:
    """Return the most that may be given, and why (REASONING.md section 4)."""
    by = asked.by
    read = by.p_read_folded if reading.is_folded else by.p_read
    if kind == "lot":
        return by.p_read, "the reading may be wrong"
    if comparison.maker == "agree":
        reused = by.p_not_reused if comparison.model == "agree" else by.p_not_reused_model
        return read * reused, "the reading may be wrong, or the number used again"
    if comparison.maker == "differ":
        return by.most_without_maker, "the makers differ: another maker used the number as well"
    density = asked.register.density
    if density.n_distinct < by.least_to_tell:
        words = "no maker on one side, and the register is too small to tell who shares numbers"
        return by.most_without_maker, words
    words = "no maker on one side; here so many numbers stand under several makers: "
    return read * (1 - density.share_of_shared), f"{words}{density.share_of_shared:.1%}"


# --- how many items are on record here --------------------------------------------------------


def _p_on_record(rivals: dict[int, list[_Rival]], *, n_items: int, by: Weights) -> float:
    """Return the share of items that a register holds, as the matches themselves show it.

    Expectation and maximisation over items; with few items the table's own number stands.
    """
    if n_items < _LEAST_ITEMS:
        return by.p_on_record
    even = [sum(2.0**bits for bits in _best_bits(one, by)) for one in rivals.values()]
    share = by.p_on_record
    for _ in range(_N_STEPS):
        odds = share / (1 - share)
        found = sum(weight * odds / (1 + weight * odds) for weight in even)
        share = min(max(found / n_items, _BOUNDS[0]), _BOUNDS[1])
    return share


def _best_bits(rivals: Iterable[_Rival], by: Weights) -> list[float]:
    """Return the bits of each alternative at even odds of being on record."""
    candidates = [msgspec.structs.replace(r.candidate, p_on_record=0.5) for r in rivals]
    best: dict[str, float] = {}
    for candidate, found in zip(candidates, score(candidates, by=by), strict=True):
        bits = min(found.weight_bits, -log2(_LEAST_STRANGERS))
        best[candidate.alternative] = max(best.get(candidate.alternative, bits), bits)
    return list(best.values())

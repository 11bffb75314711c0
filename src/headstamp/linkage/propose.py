"""Which links are proposed between items and the entries of one register, and how probable?"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from headstamp.engines.duckdb import Asking
from headstamp.linkage.blocking import Hit, edit_hits, lot_hits, range_hits, serial_hits
from headstamp.linkage.gathering import Weighing
from headstamp.linkage.held import HeldRegister
from headstamp.linkage.rivals import Rival, by_item
from headstamp.linkage.score import Scored, score, weights_of
from headstamp.linkage.variants import Question
from headstamp.reference.weights import Weights
from headstamp.terms.proposal import Proposal, Weight

_LEAST_ITEMS = 200
_BOUNDS = (0.0005, 0.5)
"""Between what the share of items on record is looked for: never none, never most."""


def find_rivals(
    question: Question, weighing: Weighing, asking: Asking
) -> dict[str, tuple[Rival, ...]]:
    """Return, for each item that has any, the entries in question with what is known of them."""
    probes, register = question.probes, weighing.register
    hits: tuple[Hit, ...] = (
        *serial_hits(question, register, asking),
        *range_hits(question, register, asking),
        *lot_hits(question, register, asking),
    )
    found = by_item(probes, hits, weighing, asking)
    settled = {n for n, some in found.items() if any(map(_is_settling, some))}
    others = [number for number in range(len(probes)) if number not in settled]
    edits = tuple(edit_hits(question, register, asking, of=others))
    for number, edited in by_item(probes, edits, weighing, asking).items():
        found.setdefault(number, []).extend(edited)
    return {probes[number].item_id: tuple(some) for number, some in sorted(found.items())}


def _is_settling(rival: Rival) -> bool:
    """Whether what is one edit away from the item's number need not be looked for any more."""
    return rival.facts.comparison.maker != "differ" and not rival.facts.is_void


def proposals_of(
    rivals: dict[str, tuple[Rival, ...]], register: HeldRegister, *, n_items: int, by: Weights
) -> tuple[Proposal, ...]:
    """Return what is proposed of the entries in question for every item."""
    p_on_record = share_on_record(rivals.values(), n_items=n_items, by=by)
    return tuple(
        proposal
        for item_id in sorted(rivals)
        for proposal in _proposals(item_id, rivals[item_id], register, p_on_record, by)
    )


def share_on_record(rivals: Iterable[Sequence[Rival]], *, n_items: int, by: Weights) -> float:
    """Return the share of items that a register holds, as the items themselves show it.

    That is the share of items whose number stands here as it was read, under the same maker.
    With few items the table's own number stands.
    """
    if n_items < _LEAST_ITEMS:
        return by.p_on_record
    n_found = sum(any(map(_is_plainly_it, found)) for found in rivals)
    return min(max(n_found / n_items, _BOUNDS[0]), _BOUNDS[1])


def _is_plainly_it(rival: Rival) -> bool:
    facts = rival.facts
    is_same = facts.comparison.serial in {"same", "in_range"} and facts.basis != "same_lot"
    return is_same and facts.comparison.maker == "agree" and not facts.is_void


def _proposals(
    item_id: str,
    rivals: Sequence[Rival],
    register: HeldRegister,
    p_on_record: float,
    by: Weights,
) -> Iterator[Proposal]:
    scored = score([rival.facts for rival in rivals], p_on_record=p_on_record, by=by)
    likely = [
        (rival, found)
        for rival, found in zip(rivals, scored, strict=True)
        if found.probability * by.most_proposals >= by.least_probability
    ]
    told = _told(item_id, likely, register)
    kept = [one for one in told if float(one.probability) >= by.least_probability]
    yield from kept[: int(by.most_proposals)]


def _told(
    item_id: str, pairs: list[tuple[Rival, Scored]], register: HeldRegister
) -> list[Proposal]:
    """Return proposals by probability; of entries that cannot be told apart, their consignment."""
    by_consignment: dict[str, list[tuple[Rival, Scored]]] = {}
    for rival, found in pairs:
        by_consignment.setdefault(rival.consignment_id or "", []).append((rival, found))
    told: list[Proposal] = []
    for consignment_id, members in by_consignment.items():
        is_line = register.other_kind == "consignment"
        if is_line or (consignment_id and _cannot_be_told(members)):
            told.append(_of_consignment(item_id, consignment_id, members, register))
        else:
            told += [_of_entry(item_id, rival, found, register) for rival, found in members]
    return sorted(told, key=lambda one: (-float(one.probability), one.other_id))


def _cannot_be_told(members: list[tuple[Rival, Scored]]) -> bool:
    """Whether several objects of one consignment share what speaks for it, none has most."""
    best: dict[str, float] = {}
    for rival, found in members:
        known = best.get(rival.facts.alternative, 0.0)
        best[rival.facts.alternative] = max(known, found.probability)
    return len(best) > 1 and max(best.values()) * 2 < sum(best.values())


def _of_entry(item_id: str, rival: Rival, found: Scored, register: HeldRegister) -> Proposal:
    atom = f"{register.atom}:{register.name}:{rival.entry_id}"
    if register.other_kind == "item":
        atom = f"item:{rival.entry_id}"
    return Proposal(
        item_id=item_id,
        other_kind=register.other_kind,
        register=register.name,
        other_id=rival.entry_id,
        probability=f"{found.probability:.3f}",
        weight_bits=f"{found.weight_bits:.1f}",
        basis=(rival.facts.basis,),
        strangers=f"{found.strangers:.2g}",
        weights=weights_of(rival.facts, found),
        rests_on=(f"mark:{rival.mark_id}", atom),
    )


def _of_consignment(
    item_id: str,
    consignment_id: str,
    members: list[tuple[Rival, Scored]],
    register: HeldRegister,
) -> Proposal:
    """Return the proposal of a consignment: the sum over the objects and lines that may be it."""
    best: dict[str, float] = {}
    for rival, found in members:
        alternative = rival.facts.alternative
        best[alternative] = max(best.get(alternative, 0.0), found.probability)
    rival, found = max(members, key=lambda pair: (pair[1].probability, pair[0].entry_id))
    one = _of_entry(item_id, rival, found, register)
    n_lines = len(best)
    words = f"{n_lines} of its numbers may be this one; what speaks for each is added up"
    weights = (*one.weights, Weight(bits="", words=words)) if n_lines > 1 else one.weights
    return msgspec.structs.replace(
        one,
        other_kind="consignment",
        other_id=consignment_id,
        probability=f"{min(sum(best.values()), rival.facts.p_read):.3f}",
        basis=tuple(sorted({rival.facts.basis for rival, _ in members})),
        weights=weights,
        rests_on=(one.rests_on[0], *_lines(members, register)),
    )


def _lines(members: list[tuple[Rival, Scored]], register: HeldRegister) -> tuple[str, ...]:
    before = f"{register.atom}:{register.name}:" if register.name else f"{register.atom}:"
    return tuple(sorted(before + rival.entry_id for rival, _ in members))

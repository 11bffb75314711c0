"""Which links are there, and what was decided of each? Packages', the machine's, people's."""

import msgspec

from headstamp.custody.grading import Grading
from headstamp.terms.conclusions import LinkState
from headstamp.terms.evidence import ATOM_PREFIXES, ENTRIES, atom_id
from headstamp.terms.link import Judgement, Link
from headstamp.terms.proposal import PROPOSED, Proposal


def link_states(grading: Grading) -> tuple[LinkState, ...]:
    """Return the links that packages brought, then what is proposed, then what was once judged.

    Of a proposal that a package's link stands for the numbers are told beside it. A judgement
    of what the machine no longer proposes is told with what the judge saw; where one of its
    ends is no longer on record it is told all the same, and carries nothing.
    """
    in_force = judgements_in_force(grading)
    proposals = grading.evidence.proposals
    states: dict[str, LinkState] = {}
    for link_id, link in grading.evidence.links.items():
        key = link.proposal_id
        if grading.is_live("links", link_id) and _is_tied(link, grading):
            states[key] = _with_numbers(_state_of_link(link, in_force.get(key)), proposals.get(key))
    for key, proposal in proposals.items():
        if key not in states and (key in in_force or is_standing(proposal, grading)):
            states[key] = _state_of_proposal(proposal, in_force.get(key), grading)
    for key, judgement in in_force.items():
        if key not in states and judgement.seen is not None:
            states[key] = _state_of_proposal(judgement.seen, judgement, grading)
    return tuple(states.values())


def judgements_in_force(grading: Grading) -> dict[str, Judgement]:
    """Return the latest live judgement of every proposal; a person's beats a rule's.

    Withdrawing the latest does not bring back an earlier one: the proposal is open again.
    """
    latest: dict[str, Judgement] = {}
    for judgement in grading.evidence.judgements:
        standing = latest.get(judgement.proposal_id)
        if standing is not None and judgement.is_by_rule and not standing.is_by_rule:
            continue
        latest[judgement.proposal_id] = judgement
    return {key: found for key, found in latest.items() if grading.is_judgement_live(found)}


def _state_of_link(link: Link, judgement: Judgement | None) -> LinkState:
    row_atom = atom_id("links", f"{link.item_id}:{link.other_kind}:{link.other_id}")
    decides = judgement is not None and judgement.verdict != link.verdict
    atoms = (judgement.judgement_id, row_atom) if judgement and decides else (row_atom,)
    return LinkState(
        proposal_id=link.proposal_id,
        item_id=link.item_id,
        other_kind=link.other_kind,
        other_id=link.other_id,
        state=judgement.verdict if judgement is not None else link.verdict,
        basis=link.basis,
        judged_by=judgement.judged_by if judgement is not None else link.judged_by,
        reason=judgement.reason if judgement is not None else link.reason,
        atoms=atoms,
    )


def _state_of_proposal(
    proposal: Proposal, judgement: Judgement | None, grading: Grading
) -> LinkState:
    """Return the state of what a machine proposed; a judgement rests on what its judge saw."""
    state = LinkState(
        proposal_id=proposal.proposal_id,
        item_id=proposal.item_id,
        other_kind=proposal.other_kind,
        other_id=proposal.other_id,
        state=PROPOSED,
        register=proposal.register or None,
        basis=proposal.basis,
    )
    state = _with_numbers(state, proposal)
    if judgement is None:
        return state
    seen = judgement.seen or proposal
    atoms = _rests_on(seen)
    one_of = _entries_of(seen) if seen.is_of_batch else ()
    return msgspec.structs.replace(
        state,
        state=judgement.verdict,
        basis=seen.basis,
        judged_by=judgement.judged_by,
        reason=judgement.reason,
        atoms=(judgement.judgement_id, *atoms),
        one_of=one_of,
        is_on_record=_are_live(seen, atoms, grading) and _is_one_live(seen, one_of, grading),
    )


def _with_numbers(state: LinkState, proposal: Proposal | None) -> LinkState:
    if proposal is None:
        return state
    return msgspec.structs.replace(
        state,
        probability=proposal.probability,
        weight_bits=proposal.weight_bits,
        strangers=proposal.strangers,
    )


def _rests_on(proposal: Proposal) -> tuple[str, ...]:
    """Return what a proposal always rests on; of a consignment's rows one suffices beside that."""
    entries = _entries_of(proposal)
    if proposal.is_of_batch:
        return tuple(atom for atom in proposal.rests_on if atom not in entries)
    return tuple(dict.fromkeys((*proposal.rests_on, *entries)))


def _entries_of(proposal: Proposal) -> tuple[str, ...]:
    keys = (f"{proposal.register}:{entry_id}" for entry_id in proposal.entry_ids)
    return tuple(atom_id(ENTRIES, key) for key in keys)


def _is_one_live(proposal: Proposal, entries: tuple[str, ...], grading: Grading) -> bool:
    """Whether all rows that may be it are on record, and one of them counts.

    What a row said that is there no more is not known, and the item may be of that one.
    """
    if not proposal.is_of_batch:
        return True
    before = ATOM_PREFIXES[ENTRIES]
    known = [(ENTRIES, atom.removeprefix(before)) in grading.graded for atom in entries]
    return all(known) and any(map(grading.is_atom_live, entries))


def _are_live(proposal: Proposal, atoms: tuple[str, ...], grading: Grading) -> bool:
    """Whether the item, the other record, and all that a judged proposal rests on still count."""
    ends = all(grading.is_live(*end) for end in _ends(proposal))
    return ends and all(map(grading.is_atom_live, atoms))


def _ends(proposal: Proposal) -> list[tuple[str, str]]:
    """Return the rows that a proposal ties, the item first; a register's are atoms of it."""
    item = ("items", proposal.item_id)
    tables = {"item": "items", "consignment": "consignments"}
    table = None if proposal.register else tables.get(proposal.other_kind)
    return [item] if table is None else [item, (table, proposal.other_id)]


def is_standing(proposal: Proposal, grading: Grading) -> bool:
    """Whether nothing that a proposal rests on was withdrawn; of a consignment's rows, not all.

    Entries that nobody judged are no rows here, nor are consignments of a register.
    """
    before = ATOM_PREFIXES[ENTRIES]
    atoms = [atom for atom in proposal.rests_on if not atom.startswith(before)]
    entries = {atom.removeprefix(before) for atom in proposal.rests_on if atom.startswith(before)}
    gone = [(ENTRIES, one) in grading.evidence.withdrawn for one in entries]
    is_gone = any(gone) and (not proposal.is_of_batch or all(gone))
    on_record = all(grading.is_live(*end) for end in _ends(proposal))
    return on_record and not is_gone and all(map(grading.is_atom_live, atoms))


def _is_tied(link: Link, grading: Grading) -> bool:
    """Whether both ends of a link are still on record."""
    tables = {"item": "items", "consignment": "consignments", "event": "claims"}
    first = "claims" if link.other_kind == "event" else "items"
    other = tables.get(link.other_kind)
    ends = ((first, link.item_id), (other, link.other_id))
    return all(table is None or _on_record(grading, table, row_id) for table, row_id in ends)


def _on_record(grading: Grading, table: str, row_id: str) -> bool:
    if table == "claims" and row_id.startswith("item:"):
        return grading.is_live("items", row_id.removeprefix("item:"))
    return grading.is_live(table, row_id)

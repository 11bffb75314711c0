"""Which links are in force, and what does custody cross them for?"""

import msgspec

from headstamp.custody.grading import Grading
from headstamp.custody.standing import class_of_set
from headstamp.custody.support import GIVEN, Support, both, either
from headstamp.terms.conclusions import LinkState
from headstamp.terms.evidence import atom_id
from headstamp.terms.link import CUSTODY_VERDICTS, INDICATION_BASES, Judgement, Link

MOST_WAYS = 16
"""So many ways of tying two rows together are looked for; a dense web of links has more."""


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """One link through which an item inherits from a consignment, or is another item row."""

    other_id: str
    proposal_id: str
    support: Support
    is_indication: bool
    is_judged_strong: bool


class Links:
    """All links in force of one evidence, and what they tie together."""

    def __init__(self, grading: Grading) -> None:
        self.grading = grading
        self.states = _link_states(grading)
        self._same_items: dict[str, list[Membership]] = {}
        self._consignments: dict[str, list[Membership]] = {}
        self._lot_mates: dict[str, list[Membership]] = {}
        self._joined_events: dict[str, list[Membership]] = {}
        self._objects: dict[str, dict[str, Support]] = {}
        self.parted_events: set[frozenset[str]] = set()
        for state in self.states:
            self._take(state)

    def _take(self, state: LinkState) -> None:
        if state.other_kind == "event" and state.state == "not_same":
            self.parted_events.add(frozenset({state.item_id, state.other_id}))
        if state.other_kind == "consignment" and state.state == "same_lot":
            self._lot_mates.setdefault(state.item_id, []).append(self._membership(state))
        if state.state not in CUSTODY_VERDICTS:
            return
        member = self._membership(state)
        if state.other_kind == "consignment":
            self._consignments.setdefault(state.item_id, []).append(member)
        elif state.other_kind == "item" and state.state == "same":
            _tie(self._same_items, state.item_id, member)
        elif state.other_kind == "event" and state.state == "same":
            _tie(self._joined_events, state.item_id, member)

    def _membership(self, state: LinkState) -> Membership:
        atoms = frozenset(state.atoms)
        if state.other_kind == "consignment":
            atoms |= {atom_id("consignments", state.other_id)}
        by_person = not (state.judged_by or "").startswith("rule:")
        is_indication = state.state == "same_lot" or (
            bool(state.basis) and set(state.basis) <= INDICATION_BASES
        )
        grade = class_of_set(atoms, self.grading)
        return Membership(
            other_id=state.other_id,
            proposal_id=state.proposal_id,
            support=frozenset({atoms}),
            is_indication=is_indication,
            is_judged_strong=by_person and not is_indication and grade == "strong",
        )

    def same_objects(self, item_id: str) -> dict[str, Support]:
        """Return every item row of the same object, itself included, and what ties it to this."""
        if item_id not in self._objects:
            self._objects[item_id] = _tied_to(item_id, self._same_items)
        return self._objects[item_id]

    def event_of(self, claim_id: str) -> tuple[str, Support]:
        """Return the first claim of the event that a claim was judged to be of, and by what."""
        tied = _tied_to(claim_id, self._joined_events)
        first = min(tied)
        return first, tied[first]

    def in_consignments(self) -> tuple[str, ...]:
        """Return the live items that a link, or one of a row of their object, puts in any."""
        rows = {row for item_id in self._consignments for row in self.same_objects(item_id)}
        return tuple(item_id for item_id in self.grading.live("items") if item_id in rows)

    def consignments_of(self, item_id: str) -> tuple[Membership, ...]:
        """Return the memberships of the object, all its rows' included, in live consignments."""
        return self._memberships(item_id, self._consignments)

    def lots_of(self, item_id: str) -> tuple[Membership, ...]:
        """Return consignments of the same lot as the object: indications that carry no leg."""
        return self._memberships(item_id, self._lot_mates)

    def _memberships(
        self, item_id: str, table: dict[str, list[Membership]]
    ) -> tuple[Membership, ...]:
        members: list[Membership] = []
        for row_id, support in self.same_objects(item_id).items():
            for member in table.get(row_id, ()):
                crossed = both(support, member.support)
                members.append(msgspec.structs.replace(member, support=crossed))
        return tuple(m for m in members if self.grading.is_live("consignments", m.other_id))


def _tie(table: dict[str, list[Membership]], one_id: str, member: Membership) -> None:
    table.setdefault(one_id, []).append(member)
    back = msgspec.structs.replace(member, other_id=one_id)
    table.setdefault(member.other_id, []).append(back)


def _tied_to(first_id: str, table: dict[str, list[Membership]]) -> dict[str, Support]:
    """Return everything tied to the first, itself included, with every way of tying it."""
    found: dict[str, Support] = {first_id: GIVEN}
    waiting = [first_id] if first_id in table else []
    while waiting:
        here = waiting.pop(0)
        for member in table.get(here, ()):
            known = found.get(member.other_id, frozenset())
            ways = either([known, both(found[here], member.support)])
            if ways != known and len(known) < MOST_WAYS:
                found[member.other_id] = ways
                waiting.append(member.other_id)
    return found


def _link_states(grading: Grading) -> tuple[LinkState, ...]:
    in_force = _judgements_in_force(grading)
    links = grading.evidence.links
    return tuple(
        _state_of(link, in_force.get(link.proposal_id))
        for link_id, link in links.items()
        if grading.is_live("links", link_id) and _is_tied(link, grading)
    )


def _judgements_in_force(grading: Grading) -> dict[str, Judgement]:
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


def _state_of(link: Link, judgement: Judgement | None) -> LinkState:
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

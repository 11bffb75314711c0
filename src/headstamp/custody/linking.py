"""Which links are in force, and what does custody cross them for?"""

from collections.abc import Iterator

import msgspec

from headstamp.custody.grading import Grading
from headstamp.custody.link_states import link_states
from headstamp.custody.standing import class_of_set
from headstamp.custody.support import GIVEN, Support, both, either
from headstamp.terms.conclusions import LinkState
from headstamp.terms.evidence import ATOM_PREFIXES, ENTRIES, atom_id
from headstamp.terms.grade import lowest_reliability
from headstamp.terms.link import CUSTODY_VERDICTS, INDICATION_BASES, RULE_PREFIX

MOST_WAYS = 16
"""So many ways of tying two rows together are looked for; a dense web of links has more."""


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """One link through which an item inherits from a consignment or entry, or is another row.

    ``entries``: the rows of a register's consignment one of which the item is, withdrawn too.
    """

    other_id: str
    proposal_id: str
    support: Support
    is_indication: bool
    is_judged_strong: bool
    entries: tuple[str, ...] = ()


class Links:
    """All links in force of one evidence, and what they tie together."""

    def __init__(self, grading: Grading) -> None:
        self.grading = grading
        self.states = link_states(grading)
        self._same_items: dict[str, list[Membership]] = {}
        self._consignments: dict[str, list[Membership]] = {}
        self._entries: dict[str, list[Membership]] = {}
        self._batches: dict[str, list[Membership]] = {}
        self._lot_mates: dict[str, list[Membership]] = {}
        self._joined_events: dict[str, list[Membership]] = {}
        self._objects: dict[str, dict[str, Support]] = {}
        self.parted_events: set[frozenset[str]] = set()
        for state in self.states:
            if state.is_on_record:
                self._take(state)

    def _take(self, state: LinkState) -> None:
        if state.state not in CUSTODY_VERDICTS:
            self._take_apart(state)
            return
        member = self._membership(state)
        if state.other_kind == "consignment":
            table = self._batches if state.register else self._consignments
            table.setdefault(state.item_id, []).append(member)
        elif state.other_kind == "register_entry":
            # Not tied back: two items of one entry are one object only where that is judged.
            self._entries.setdefault(state.item_id, []).append(member)
        elif state.other_kind == "item" and state.state == "same":
            _tie(self._same_items, state.item_id, member)
        elif state.other_kind == "event" and state.state == "same":
            _tie(self._joined_events, state.item_id, member)

    def _take_apart(self, state: LinkState) -> None:
        """Take what carries no custody: events that are two, and a lot in common."""
        if state.other_kind == "event" and state.state == "not_same":
            self.parted_events.add(frozenset({state.item_id, state.other_id}))
        is_of_package = state.other_kind == "consignment" and not state.register
        if is_of_package and state.state == "same_lot":
            self._lot_mates.setdefault(state.item_id, []).append(self._membership(state))

    def _membership(self, state: LinkState) -> Membership:
        atoms = frozenset(state.atoms)
        if state.other_kind == "consignment" and not state.register:
            atoms |= {atom_id("consignments", state.other_id)}
        by_person = not (state.judged_by or "").startswith(RULE_PREFIX)
        is_indication = state.state == "same_lot" or (
            bool(state.basis) and set(state.basis) <= INDICATION_BASES
        )
        return Membership(
            other_id=state.other_key,
            proposal_id=state.proposal_id,
            support=frozenset({atoms}),
            is_indication=is_indication,
            is_judged_strong=by_person and not is_indication and self._is_strong(state, atoms),
            entries=tuple(atom.removeprefix(ATOM_PREFIXES[ENTRIES]) for atom in state.one_of),
        )

    def _is_strong(self, state: LinkState, atoms: frozenset[str]) -> bool:
        """Whether a link is strong: by its grade; of one judged here, by its basis."""
        if any(self.grading.atoms[atom].grade is not None for atom in atoms):
            return class_of_set(atoms, self.grading) == "strong"
        if "same_serial" in state.basis:
            return True
        return "in_line" in state.basis and all(map(self._is_said_strongly, state.atoms))

    def _is_said_strongly(self, atom: str) -> bool:
        """Whether the source of a line is reliable: a link is as strong as what it rests on."""
        lineage = self.grading.atoms[atom].lineage & self.grading.evidence.sources.keys()
        known = tuple(self.grading.evidence.sources[source].reliability for source in lineage)
        return not atom.startswith("line:") or lowest_reliability(known) in {"A", "B"}

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

    def entries_of(self, item_id: str) -> tuple[Membership, ...]:
        """Return the entries of registers judged to be of the object, by ``REGISTER:ENTRY``."""
        return tuple(self._crossed(item_id, self._entries))

    def batches_of(self, item_id: str) -> tuple[Membership, ...]:
        """Return the consignments of registers that the object is of, by ``REGISTER:ID``."""
        return tuple(self._crossed(item_id, self._batches))

    def lots_of(self, item_id: str) -> tuple[Membership, ...]:
        """Return consignments of the same lot as the object: indications that carry no leg."""
        return self._memberships(item_id, self._lot_mates)

    def _memberships(
        self, item_id: str, table: dict[str, list[Membership]]
    ) -> tuple[Membership, ...]:
        members = self._crossed(item_id, table)
        return tuple(m for m in members if self.grading.is_live("consignments", m.other_id))

    def _crossed(self, item_id: str, table: dict[str, list[Membership]]) -> Iterator[Membership]:
        """Yield what a table ties to any row of the object, with what ties that row to it."""
        for row_id, support in self.same_objects(item_id).items():
            for member in table.get(row_id, ()):
                yield msgspec.structs.replace(member, support=both(support, member.support))


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

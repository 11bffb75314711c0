"""Whose custody is authorised on record, whose is not, and whose cannot be told?

*Authorised* always means *on record*; what is not on record is not determined.
"""

from collections.abc import Iterable, Iterator

import msgspec

from headstamp.custody.grading import Grading
from headstamp.custody.holders import is_non_state_group, is_same_holder, is_same_state
from headstamp.custody.journey import Course, Journey
from headstamp.custody.reaching import SUPPLY_VERBS, Tellings
from headstamp.custody.support import GIVEN, NOTHING, Support, both, either, resting_on
from headstamp.custody.tellings import ENTRY, Telling
from headstamp.custody.undertakings import is_on_record
from headstamp.terms.consignment import Consignment

PAPER_TRAIL = (SUPPLY_VERBS | {"transited", "received"}) - {"sold"}
"""Verbs of a licence or delivery record that name a consignee or a carrier."""

HOLDING_RECORDS = frozenset({"held", "delivered"})
"""What an entry of a register says that names a holder on record: holdings and deliveries."""


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """One party that a record names as authorised, or one that something shows is not."""

    party: str
    support: Support


class Authority:
    """Authorised, not authorised and not determined holders of one course."""

    def __init__(
        self,
        journey: Journey,
        course: Course,
        tellings: Tellings,
        grading: Grading,
        contravening: Iterable[Named],
    ) -> None:
        self._parties = grading.evidence.parties
        self._not_authorised = [*contravening, *_takers(course, grading)]
        self._authorised = list(_on_papers(journey, tellings, grading))
        self._add_first_holder(journey, course)
        self._add_receiving_states(course)

    def authorised(self, party: str | None) -> Support:
        """Return what makes the party's custody authorised on record; nothing if nothing does."""
        if party is None or self.not_authorised(party):
            return NOTHING
        return either(
            named.support for named in self._authorised if self._is_named(party, named.party)
        )

    def not_authorised(self, party: str | None) -> Support:
        """Return what makes the party's custody not authorised on record."""
        if party is None:
            return NOTHING
        if is_non_state_group(party, self._parties):
            return GIVEN
        return either(
            named.support
            for named in self._not_authorised
            if is_same_holder(party, named.party, self._parties)
        )

    def _is_named(self, party: str, named: str) -> bool:
        """Whether a record names the party, or another body of its state."""
        return is_same_holder(party, named, self._parties) or is_same_state(
            party, named, self._parties
        )

    def _add_first_holder(self, journey: Journey, course: Course) -> None:
        """With no consignment on record the first holder is authorised if it is a state."""
        if journey.reached.memberships or journey.subject[0] == "consignment":
            return
        first = next(iter(course.placed), None)
        holder = first.event.holder_before or first.event.holder_after if first else None
        party = self._parties.get(holder or "")
        if first is not None and party is not None and party.is_state:
            self._authorised.append(Named(party=party.party_id, support=first.event.exists))

    def _add_receiving_states(self, course: Course) -> None:
        for here in course.placed:
            event = here.event
            receiver = self._parties.get(event.to_party or "")
            if event.rule.kind not in {"transfer", "title"} or receiver is None:
                continue
            given = self.authorised(event.from_party)
            if receiver.is_state and given:
                support = both(given, event.exists)
                self._authorised.append(Named(party=receiver.party_id, support=support))


def _takers(course: Course, grading: Grading) -> Iterator[Named]:
    """Yield whoever's custody began with loss, theft or capture by a non-state party."""
    parties = grading.evidence.parties
    for here in course.placed:
        event = here.event
        taker = parties.get(event.to_party or "")
        if event.verb not in {"lost", "stolen", "captured"} or taker is None:
            continue
        if not taker.is_state:
            yield Named(party=taker.party_id, support=event.exists)


def _on_papers(journey: Journey, tellings: Tellings, grading: Grading) -> Iterator[Named]:
    """Yield the maker, the exporter, and whoever registers and consignment's records name."""
    for reach in journey.reached.reaches:
        party = _named_by_record(reach.telling)
        if party is not None:
            yield Named(party=party, support=both(resting_on(reach.telling.atom), reach.crossing))
    for consignment_id, belonging in _consignments_of(journey):
        consignment = grading.evidence.consignments.get(consignment_id)
        if consignment is not None and grading.is_live("consignments", consignment_id):
            for named in _on_papers_of(consignment, tellings, grading):
                yield Named(party=named.party, support=both(named.support, belonging))


def _named_by_record(telling: Telling) -> str | None:
    """Return the maker, or the holder that a holdings or delivery record of a register names."""
    if telling.verb in {"made", "marked"}:
        return telling.from_party or telling.to_party
    is_of_holder = telling.subject_kind == ENTRY and telling.verb in HOLDING_RECORDS
    return telling.to_party if is_of_holder else None


def _consignments_of(journey: Journey) -> list[tuple[str, Support]]:
    kind, subject_id = journey.subject
    if kind == "consignment":
        return [(subject_id, GIVEN)]
    return [(member.other_id, member.support) for member in journey.reached.memberships]


def _on_papers_of(
    consignment: Consignment, tellings: Tellings, grading: Grading
) -> Iterator[Named]:
    key = consignment.consignment_id
    yield from _all_of((consignment.exporter, consignment.importer), f"consignment:{key}")
    for undertaking in grading.evidence.undertakings.values():
        undertaking_id = undertaking.undertaking_id
        if undertaking.consignment_id == key and is_on_record(
            undertaking_id, "undertakings", grading
        ):
            named = (undertaking.end_user, undertaking.given_by)
            yield from _all_of((p for p in named if p in grading.evidence.parties), undertaking_id)
    for line_id, line in grading.evidence.consignment_lines.items():
        known = line.consignment_id == key and line.maker in grading.evidence.parties
        if known and grading.is_live("consignment_lines", line_id):
            yield from _all_of((line.maker,), f"line:{line_id}")
    for telling in tellings.by_subject.get(("consignment", key), ()):
        if _is_paper_trail(telling, consignment, grading):
            yield from _all_of((telling.to_party, telling.via_party), telling.atom)


def _all_of(parties: Iterable[str | None], atom: str) -> Iterator[Named]:
    for party in parties:
        if party is not None:
            yield Named(party=party, support=resting_on(atom))


def _is_paper_trail(telling: Telling, consignment: Consignment, grading: Grading) -> bool:
    """Whether it is a licence or delivery of the exporter's, that names its consignee."""
    if telling.stance != "affirms" or telling.verb not in PAPER_TRAIL:
        return False
    by_exporter = telling.from_party is None or is_same_state(
        telling.from_party, consignment.exporter, grading.evidence.parties
    )
    return by_exporter or telling.verb == "licensed"

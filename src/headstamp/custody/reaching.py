"""Which tellings reach a subject, by which links, and which only *may* befall it?"""

from collections.abc import Iterator

import msgspec

from headstamp.custody.events import Reach, event_key
from headstamp.custody.holders import is_same_holder
from headstamp.custody.linking import Links, Membership
from headstamp.custody.support import GIVEN, Support, both, either
from headstamp.custody.tellings import ENTRY, Telling, tellings_of_one_of

SUPPLY_VERBS = frozenset({"sold", "shipped", "exported", "delivered", "licensed"})
"""Inherited by a linked item unless said of some or of a number."""

WHOLE_VERBS = frozenset({"transferred", "transited", "received", "made", "marked"})
"""Inherited by a linked item only where said of the whole consignment."""


class Reached(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is told of one subject; ``beside`` reaches it only as *may*."""

    subject: tuple[str, str]
    subjects: frozenset[tuple[str, str]]
    reaches: tuple[Reach, ...]
    denials: tuple[Reach, ...] = ()
    beside: tuple[Telling, ...] = ()
    memberships: tuple[Membership, ...] = ()


class Tellings:
    """Live tellings by their subject, to find those that reach an item or a consignment."""

    def __init__(self, tellings: dict[str, Telling], links: Links) -> None:
        self._links = links
        self._evidence = links.grading.evidence
        self._tellings = tellings
        self.by_subject: dict[tuple[str, str], list[Telling]] = {}
        for telling in tellings.values():
            self.by_subject.setdefault(telling.subject, []).append(telling)

    def reaching(self, subject: tuple[str, str]) -> Reached:
        """Return what reaches an object or a consignment."""
        kind, subject_id = subject
        if kind == "item":
            return self.reaching_item(subject_id)
        return self.reaching_consignment(subject_id)

    def reaching_item(self, item_id: str) -> Reached:
        """Return what reaches the object: of its item rows, its entries and its consignments."""
        subject = ("item", item_id)
        rows = self._links.same_objects(item_id)
        reaches = [
            self._reach(telling, support, subject)
            for row_id, support in rows.items()
            for telling in self.by_subject.get(("item", row_id), ())
        ]
        entry_reaches, beside = self._of_entries(item_id)
        reaches += entry_reaches
        memberships = self._links.consignments_of(item_id)
        for consignment_id, belonging in belongings(memberships).items():
            for telling in self.by_subject.get(("consignment", consignment_id), ()):
                if self._is_inherited(telling):
                    reaches.append(self._reach(telling, belonging, None))
                else:
                    beside.append(telling)
        return _sorted_out(
            subject,
            frozenset({("item", row) for row in rows})
            | {("consignment", member.other_id) for member in memberships},
            reaches,
            beside,
            memberships,
        )

    def _of_entries(self, item_id: str) -> tuple[list[Reach], list[Telling]]:
        """Return what entries judged to be of the object say; indications say only *may*.

        Of a register's consignment: what all its rows say alike that may be the object's.
        """
        members = self._links.entries_of(item_id)
        crossed = belongings(tuple(m for m in members if not m.is_indication))
        reaches = [
            self._reach(telling, support, ("item", item_id))
            for entry, support in crossed.items()
            for telling in self.by_subject.get((ENTRY, entry), ())
        ]
        hinted = dict.fromkeys(m.other_id for m in members if m.other_id not in crossed)
        beside = [t for entry in hinted for t in self.by_subject.get((ENTRY, entry), ())]
        for telling, support in self._of_batches(item_id):
            if telling.subject_id in crossed:
                continue
            if support:
                reaches.append(self._reach(telling, support, ("item", item_id)))
            elif telling.subject_id not in hinted:
                beside.append(telling)
        return reaches, beside

    def _of_batches(self, item_id: str) -> Iterator[tuple[Telling, Support]]:
        """Yield what rows of consignments of registers say alike, and what ties it to the object.

        What a withdrawn row says otherwise is not told either: the object may be of that row.
        """
        batches: dict[str, list[Membership]] = {}
        for member in self._links.batches_of(item_id):
            batches.setdefault(member.other_id, []).append(member)
        for members in batches.values():
            keys = sorted({key for member in members for key in member.entries})
            told = tellings_of_one_of([self._evidence.entries[key] for key in keys])
            for telling in told:
                if telling.atom in self._tellings:
                    ways = (m for m in members if telling.subject_id in m.entries)
                    yield telling, either(m.support for m in ways if not m.is_indication)

    def reaching_consignment(self, consignment_id: str) -> Reached:
        """Return what is told of a consignment itself."""
        subject = ("consignment", consignment_id)
        reaches = [self._reach(t, GIVEN, None) for t in self.by_subject.get(subject, ())]
        return _sorted_out(subject, frozenset({subject}), reaches, [], ())

    def _reach(self, telling: Telling, crossing: Support, subject: tuple[str, str] | None) -> Reach:
        """Return the reach; of one object's rows, and of joined events, under one key."""
        key = event_key(telling)
        first_id, joined = self._links.event_of(telling.atom)
        first = None if first_id == telling.atom else self._tellings.get(first_id)
        if first is not None and first.stance == telling.stance:
            key = event_key(first)
            crossing = both(crossing, joined)
        if subject is not None:
            key = (key[0], *subject, key[3], key[4])
        return Reach(telling=telling, crossing=crossing, key=key)

    def _is_inherited(self, telling: Telling) -> bool:
        if telling.verb in WHOLE_VERBS:
            return telling.extent == "all"
        if telling.verb not in SUPPLY_VERBS or telling.extent in {"some", "number"}:
            return False
        return telling.extent == "all" or self._is_by_exporter(telling)

    def _is_by_exporter(self, telling: Telling) -> bool:
        """Whether the giver is the exporter on record, or nobody says otherwise."""
        exporter = self._evidence.consignments[telling.subject_id].exporter
        if exporter is None or telling.from_party is None:
            return True
        return is_same_holder(telling.from_party, exporter, self._evidence.parties)


def belongings(memberships: tuple[Membership, ...]) -> dict[str, Support]:
    """Return, for every consignment or entry, what shows in any way that it is the item's."""
    ways: dict[str, list[Support]] = {}
    for member in memberships:
        ways.setdefault(member.other_id, []).append(member.support)
    return {other_id: either(supports) for other_id, supports in ways.items()}


def _sorted_out(
    subject: tuple[str, str],
    subjects: frozenset[tuple[str, str]],
    reaches: list[Reach],
    beside: list[Telling],
    memberships: tuple[Membership, ...],
) -> Reached:
    return Reached(
        subject=subject,
        subjects=subjects,
        reaches=tuple(r for r in reaches if r.telling.stance == "affirms"),
        denials=tuple(r for r in reaches if r.telling.stance == "denies"),
        beside=tuple(beside),
        memberships=memberships,
    )

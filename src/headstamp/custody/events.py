"""Which tellings support one event? Groups with equal words and one day common to all."""

from collections.abc import Iterable
from datetime import date
from itertools import combinations

import msgspec

from headstamp.custody.consistent import consistent_sets
from headstamp.custody.support import Bound, Support, both, earlier_of, either, later_of
from headstamp.custody.tellings import Telling
from headstamp.reference.tables import VerbRule, verb_rules
from headstamp.terms.dates import DateSpan, date_label

EventKey = tuple[str, str, str, str, str]


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """One telling as it reaches the subject of a chain, and the links it crosses to do so."""

    telling: Telling
    crossing: Support
    key: EventKey


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One event of one subject in one account, with its alternatives of support.

    ``exists`` is what suffices for it to have happened; ``earliest`` and ``latest`` carry
    the support of each end; ``span`` is what all tellings' days have in common.
    """

    event_id: str
    key: EventKey
    reaches: tuple[Reach, ...]
    exists: Support
    earliest: Bound
    latest: Bound
    span: DateSpan

    @property
    def tellings(self) -> tuple[Telling, ...]:
        """The tellings that support it."""
        return tuple(reach.telling for reach in self.reaches)

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of the claims (and items rows) that say it."""
        return tuple(sorted(telling.atom for telling in self.tellings))

    @property
    def verb(self) -> str:
        """The verb, one of EXCHANGE.md."""
        return self.key[0]

    @property
    def rule(self) -> VerbRule:
        """What the verb does to custody."""
        return verb_rules()[self.reaches[0].telling.verb]

    @property
    def subject(self) -> tuple[str, str]:
        """Subject kind and id."""
        return self.key[1], self.key[2]

    @property
    def from_party(self) -> str | None:
        """The giver, where one is named."""
        return self.key[3] or None

    @property
    def to_party(self) -> str | None:
        """The receiver, or the holder of a presence, where one is named."""
        return self.key[4] or None

    @property
    def holder_before(self) -> str | None:
        """Who held it before."""
        if self.rule.kind == "presence":
            return self.to_party
        return self.from_party or (self.to_party if self.rule.kind == "begin" else None)

    @property
    def holder_after(self) -> str | None:
        """Who held it after."""
        if self.rule.kind == "begin":
            return self.from_party or self.to_party
        return self.to_party

    @property
    def derived_from(self) -> str | None:
        """The claim that its date was reckoned from, if it was."""
        derived = [t.derived_from for t in self.tellings if t.derived_from]
        return min(derived) if derived else None

    @property
    def via_parties(self) -> tuple[str, ...]:
        """Carriers and contractors named, who take no custody."""
        return tuple(sorted({t.via_party for t in self.tellings if t.via_party}))

    @property
    def place(self) -> str | None:
        """Places named, as the sources name them."""
        places = sorted({t.place for t in self.tellings if t.place})
        return "; ".join(places) or None

    @property
    def hedges(self) -> tuple[str, ...]:
        """The sources' own reservations."""
        return tuple(sorted({t.hedge for t in self.tellings if t.hedge}))


def told_when(event: Event) -> str:
    """Return the event's date in words; claim by claim where its claims know different days.

    A sentence then never says more than each of the sets that it rests on.
    """
    spans = {telling.span.ranges for telling in event.tellings}
    if len(spans) == 1:
        return date_label(event.tellings[0].span)
    told = sorted((telling.atom, date_label(telling.span)) for telling in event.tellings)
    return "; ".join(f"{atom}: {label}" for atom, label in told)


def event_key(telling: Telling) -> EventKey:
    """Return what must be equal for tellings to be of one event."""
    return (
        telling.verb,
        telling.subject_kind,
        telling.subject_id,
        telling.from_party or "",
        telling.to_party or "",
    )


def build_events(
    reaches: Iterable[Reach], names: "EventNames", parted: set[frozenset[str]]
) -> tuple[Event, ...]:
    """Return the events that the tellings support, each a largest group that agrees."""
    return tuple(
        _event(group, event_id)
        for key, members in _by_key(reaches).items()
        for groups in [agreeing_groups(members, parted)]
        for group, event_id in zip(groups, names.names_of(key, groups), strict=True)
    )


def agreeing_groups(
    members: Iterable[Reach], parted: set[frozenset[str]]
) -> list[tuple[Reach, ...]]:
    """Return the largest groups with one day common to all and no two quantities.

    A telling without a date agrees with every group and supports each. Groups that share a
    day share one on which some range of a member begins, so that only these are tried.
    """
    ordered = sorted(members, key=_by_known_date)
    if len(ordered) == 1:
        return [tuple(ordered)]
    conflicts = _clashes(ordered, parted)
    found: set[frozenset[str]] = set()
    for day in {start or date.min for m in ordered for start, _ in m.telling.span.ranges}:
        on_day = [m.telling.atom for m in ordered if _may_be_on(m.telling.span, day)]
        apart = {atom: conflicts[atom] & set(on_day) for atom in on_day}
        found.update(consistent_sets(on_day, apart))
    largest = [one for one in found if not any(one < other for other in found)]
    groups = [tuple(m for m in ordered if m.telling.atom in one) for one in largest]
    return sorted(groups, key=lambda group: [_by_known_date(m) for m in group])


class EventNames:
    """Ids of events that do not change when one of their supports falls."""

    def __init__(self, reaches: Iterable[Reach], parted: set[frozenset[str]]) -> None:
        self._labels = {
            key: _labels(agreeing_groups(members, parted))
            for key, members in _by_key(reaches).items()
        }

    def names_of(self, key: EventKey, groups: list[tuple[Reach, ...]]) -> list[str]:
        """Return ``verb|subject|from|to`` and, where several events share these, a claim id.

        Every group is named like the group on record that it has most in common with, and no
        two alike.
        """
        plain = "|".join((key[0], f"{key[1]}:{key[2]}", key[3], key[4]))
        on_record = self._labels.get(key, {})
        atoms = [_atoms(group) for group in groups]
        nearest = sorted(
            (-len(one & known), n, label)
            for n, one in enumerate(atoms)
            for label, known in on_record.items()
        )
        labels: dict[int, str] = {}
        for _, n, label in nearest:
            if n not in labels and label not in labels.values():
                labels[n] = label
        for n, one in enumerate(atoms):
            labels.setdefault(n, _unused("+".join(sorted(one)), labels))
        return [f"{plain}|{labels[n]}" if labels[n] else plain for n in range(len(groups))]


def _labels(groups: list[tuple[Reach, ...]]) -> dict[str, frozenset[str]]:
    """Return groups by the smallest claim id that no other holds; one alone needs none."""
    atoms = [_atoms(group) for group in groups]
    if len(atoms) == 1:
        return {"": atoms[0]}
    own = [one - frozenset().union(*(a for a in atoms if a != one)) for one in atoms]
    return {
        min(only) if only else "+".join(sorted(one)): one
        for one, only in zip(atoms, own, strict=True)
    }


def _unused(label: str, labels: dict[int, str]) -> str:
    """Return the label, marked if another event is already called so."""
    return label if label not in labels.values() else _unused(f"{label}*", labels)


def _atoms(group: tuple[Reach, ...]) -> frozenset[str]:
    return frozenset(reach.telling.atom for reach in group)


def _by_key(reaches: Iterable[Reach]) -> dict[EventKey, list[Reach]]:
    found: dict[EventKey, list[Reach]] = {}
    for reach in reaches:
        found.setdefault(reach.key, []).append(reach)
    return found


def _event(group: tuple[Reach, ...], event_id: str) -> Event:
    span = group[0].telling.span
    for reach in group[1:]:
        span = span.intersect(reach.telling.span) or span
    return Event(
        event_id=event_id,
        key=group[0].key,
        reaches=group,
        exists=either(_existence(reach) for reach in group),
        earliest=later_of(_crossed(reach.telling.earliest, reach) for reach in group),
        latest=earlier_of(_crossed(reach.telling.latest, reach) for reach in group),
        span=span,
    )


def _existence(reach: Reach) -> Support:
    return frozenset(one | {reach.telling.atom} for one in reach.crossing)


def _crossed(bound: Bound, reach: Reach) -> Bound:
    if bound.day is None:
        return bound
    return Bound(day=bound.day, support=both(bound.support, reach.crossing))


def _by_known_date(reach: Reach) -> tuple[bool, bool, str]:
    span = reach.telling.span
    return span.is_unknown, not span.is_single_day, reach.telling.atom


def _clashes(members: list[Reach], parted: set[frozenset[str]]) -> dict[str, set[str]]:
    """Return, for every telling, those that give another quantity or were judged not the same."""
    clashes: dict[str, set[str]] = {member.telling.atom: set() for member in members}
    for one, other in combinations((member.telling for member in members), 2):
        counted = one.quantity is not None and other.quantity is not None
        is_parted = frozenset({one.atom, other.atom}) in parted
        if is_parted or (counted and one.quantity != other.quantity):
            clashes[one.atom].add(other.atom)
            clashes[other.atom].add(one.atom)
    return clashes


def _may_be_on(span: DateSpan, day: date) -> bool:
    return any(
        (first is None or first <= day) and (last is None or day <= last)
        for first, last in span.ranges
    )

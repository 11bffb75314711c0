"""Which tellings support one event? Groups with equal words and one day common to all."""

from collections.abc import Iterable

import msgspec

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
        return verb_rules()[self.tellings[0].verb]

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
    by_key: dict[EventKey, list[Reach]] = {}
    for reach in reaches:
        by_key.setdefault(reach.key, []).append(reach)
    return tuple(
        _event(group, names.name_of(key, group))
        for key, members in by_key.items()
        for group in agreeing_groups(members, parted)
    )


def agreeing_groups(members: list[Reach], parted: set[frozenset[str]]) -> list[tuple[Reach, ...]]:
    """Return the largest groups with one day common to all and no two quantities.

    A telling without a date agrees with every group and supports each.
    """
    groups: list[tuple[Reach, ...]] = []
    for member in sorted(members, key=_by_known_date):
        fitting = [group for group in groups if _fits(member, group, parted)]
        if fitting:
            groups = [(*g, member) if g in fitting else g for g in groups]
        else:
            alike = tuple(m for g in groups for m in g if _fits(member, (m,), parted))
            groups.append((*_one_day(alike, member, parted), member))
    return groups


class EventNames:
    """Ids of events that do not change when one of their supports falls."""

    def __init__(self, reaches: Iterable[Reach], parted: set[frozenset[str]]) -> None:
        by_key: dict[EventKey, list[Reach]] = {}
        for reach in reaches:
            by_key.setdefault(reach.key, []).append(reach)
        self._groups = {
            key: [frozenset(r.telling.atom for r in group) for group in groups]
            for key, members in by_key.items()
            for groups in [agreeing_groups(members, parted)]
        }

    def name_of(self, key: EventKey, group: tuple[Reach, ...]) -> str:
        """Return ``verb|subject|from|to`` and, where several events share these, a claim id."""
        plain = "|".join((key[0], f"{key[1]}:{key[2]}", key[3], key[4]))
        named = self._groups.get(key, [])
        if len(named) <= 1:
            return plain
        atoms = frozenset(reach.telling.atom for reach in group)
        nearest = max(named, key=lambda one: (len(one & atoms), sorted(one)))
        return f"{plain}|{min(nearest or atoms)}"


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


def _fits(member: Reach, group: tuple[Reach, ...], parted: set[frozenset[str]]) -> bool:
    if any(frozenset({member.telling.atom, m.telling.atom}) in parted for m in group):
        return False
    quantities = {m.telling.quantity for m in (*group, member)} - {None}
    span: DateSpan | None = member.telling.span
    for one in group:
        span = span.intersect(one.telling.span) if span is not None else None
    return len(quantities) <= 1 and span is not None


def _one_day(
    alike: tuple[Reach, ...], member: Reach, parted: set[frozenset[str]]
) -> tuple[Reach, ...]:
    """Return those of ``alike`` that share one day with ``member``, first come first."""
    kept: tuple[Reach, ...] = ()
    for one in alike:
        if one not in kept and _fits(member, (*kept, one), parted):
            kept = (*kept, one)
    return kept

"""What do relays tell differently of one origin? Transmission discrepancies and rival versions."""

from collections.abc import Iterable, Iterator
from itertools import chain, combinations, product

import msgspec

from headstamp.custody.holders import Parties, is_same_holder
from headstamp.custody.linking import Links
from headstamp.custody.support import Support, both, resting_on
from headstamp.custody.tellings import Telling
from headstamp.reference.tables import verb_rules
from headstamp.terms.figure import PublishedFigure

Subject = tuple[str, str]


class Discrepancy(msgspec.Struct, frozen=True, kw_only=True):
    """One pair of tellings in which two relays of one source do not agree.

    ``key`` says which finding the pair belongs to: the common source with the statement,
    or with the subject, family of verbs and giver.
    """

    common_source: str
    one: Telling
    other: Telling
    subject: Subject
    statement: str | None
    family: str
    giver: str | None
    support: Support

    @property
    def key(self) -> tuple[str, ...]:
        """What makes pairs one finding."""
        if self.statement:
            return self.common_source, self.statement
        return self.common_source, *self.subject, self.family, self.giver or ""


class Versions:
    """Discrepancies among tellings, and which relays tell rival versions."""

    def __init__(self, tellings: Iterable[Telling], links: Links, parties: Parties) -> None:
        self._links = links
        self._parties = parties
        self._consignments: dict[str, frozenset[str]] = {}
        self._by_source: dict[str | None, list[Telling]] = {}
        tellings = tuple(tellings)
        for telling in tellings:
            self._by_source.setdefault(telling.source_id, []).append(telling)
        self.discrepancies = tuple(self._compare(tellings))
        self._by_subject: dict[Subject, list[Discrepancy]] = {}
        for found in self.discrepancies:
            if found.one.subject != found.other.subject:
                self._by_subject.setdefault(found.other.subject, []).append(found)
            self._by_subject.setdefault(found.one.subject, []).append(found)

    def rivals(self, subjects: frozenset[Subject]) -> frozenset[tuple[str, frozenset[str | None]]]:
        """Return (common source, two relays) whose versions about these subjects are rivals."""
        return frozenset(
            (found.common_source, frozenset({found.one.source_id, found.other.source_id}))
            for subject in subjects
            for found in self._by_subject.get(subject, ())
            if found.one.subject in subjects and found.other.subject in subjects
        )

    def _compare(self, tellings: tuple[Telling, ...]) -> Iterator[Discrepancy]:
        for one, other in self._pairs(tellings):
            found = self._discrepancy(one, other)
            if found is not None:
                yield found

    def _pairs(self, tellings: tuple[Telling, ...]) -> Iterator[tuple[Telling, Telling]]:
        """Yield every pair of different relays that may tell one thing differently, once."""
        seen: set[frozenset[str]] = set()
        for group, others in self._comparable(tellings):
            for one, other in chain(combinations(group, 2), product(group, others)):
                pair = frozenset({one.atom, other.atom})
                if pair not in seen and one.source_id != other.source_id:
                    seen.add(pair)
                    yield one, other

    def _comparable(
        self, tellings: tuple[Telling, ...]
    ) -> Iterator[tuple[list[Telling], list[Telling]]]:
        """Yield renderings of one statement; then those that relay one source on one subject.

        Of an item, also those on its consignments, as the second list.
        """
        statements: dict[str, list[Telling]] = {}
        relayed: dict[tuple[str, Subject], list[Telling]] = {}
        for telling in tellings:
            if telling.statement:
                statements.setdefault(telling.statement, []).append(telling)
            for source_id in telling.relays:
                relayed.setdefault((source_id, telling.subject), []).append(telling)
        yield from ((group, []) for group in statements.values())
        for (source_id, subject), group in relayed.items():
            kin = self._subjects_of(group[0]) - {subject}
            yield group, [t for k in sorted(kin) for t in relayed.get((source_id, k), ())]

    def _discrepancy(self, one: Telling, other: Telling) -> Discrepancy | None:
        common = _common_source(one, other)
        statement = one.statement if one.statement == other.statement else None
        if common is None or (statement is None and not _both_relay(common, one, other)):
            return None
        differs = (
            self._renderings_differ(one, other) if statement else self._accounts_differ(one, other)
        )
        if not differs or self._is_told_alike(one, other, common):
            return None
        later = _more_telling(one, other)
        return Discrepancy(
            common_source=common,
            one=one,
            other=other,
            subject=self._common_subject(one, other),
            statement=statement,
            family=verb_rules()[later.verb].family,
            giver=later.from_party,
            support=self._differing(one, other),
        )

    def _differing(self, one: Telling, other: Telling) -> Support:
        """Return what shows that they differ: the dates, derived ones too, only where they do."""
        told = resting_on(one.atom, other.atom)
        counts = {one.quantity, other.quantity} - {None}
        receivers = _is_one_family(one, other) and self._receivers_differ(one, other)
        return told if receivers or len(counts) > 1 else both(told, parting(one, other))

    def _is_told_alike(self, one: Telling, other: Telling, common: str) -> bool:
        """Whether either relay also says what the other says: it then says more, not otherwise."""
        return self._has_counterpart(one, other.source_id, common) or self._has_counterpart(
            other, one.source_id, common
        )

    def _has_counterpart(self, telling: Telling, source_id: str | None, common: str) -> bool:
        return any(
            twin.verb == telling.verb
            and twin.stance == telling.stance
            and common in {twin.source_id, *twin.relays}
            and self._is_one_subject(twin, telling)
            and not self._receivers_differ(twin, telling)
            and not _values_differ(twin, telling)
            for twin in self._by_source.get(source_id, ())
        )

    def _renderings_differ(self, one: Telling, other: Telling) -> bool:
        receivers = _is_one_family(one, other) and self._receivers_differ(one, other)
        return receivers or _values_differ(one, other) or self._is_seen_after_end(one, other)

    def _accounts_differ(self, one: Telling, other: Telling) -> bool:
        if not self._is_one_subject(one, other) or one.stance != other.stance:
            return False
        if self._is_seen_after_end(one, other):
            return True
        one_holder = is_same_holder(one.from_party, other.from_party, self._parties)
        if not (_is_one_family(one, other) and one_holder):
            return False
        return self._receivers_differ(one, other) or _values_differ(one, other)

    def _receivers_differ(self, one: Telling, other: Telling) -> bool:
        named = one.to_party is not None and other.to_party is not None
        return named and not is_same_holder(one.to_party, other.to_party, self._parties)

    def _is_seen_after_end(self, one: Telling, other: Telling) -> bool:
        if not self._is_one_subject(one, other) or one.stance != other.stance:
            return False
        return _is_end_then_presence(one, other) or _is_end_then_presence(other, one)

    def _is_one_subject(self, one: Telling, other: Telling) -> bool:
        """Whether both are about one subject: an item and its consignments are one."""
        if one.subject == other.subject:
            return True
        return other.subject in self._subjects_of(one) or one.subject in self._subjects_of(other)

    def _subjects_of(self, telling: Telling) -> frozenset[Subject]:
        if telling.subject_kind != "item":
            return frozenset({telling.subject})
        item_id = telling.subject_id
        if item_id not in self._consignments:
            linked = {member.other_id for member in self._links.consignments_of(item_id)}
            self._consignments[item_id] = frozenset(linked)
        rows = {("item", row_id) for row_id in self._links.same_objects(item_id)}
        return frozenset(rows | {("consignment", c) for c in self._consignments[item_id]})

    def _common_subject(self, one: Telling, other: Telling) -> Subject:
        about_items = sorted(t.subject for t in (one, other) if t.subject_kind == "item")
        return about_items[0] if about_items else min(one.subject, other.subject)


def parting(one: Telling, other: Telling) -> Support:
    """Return what the dates of two tellings rest on that have no day in common."""
    for first, last in ((one, other), (other, one)):
        if first.latest.day and last.earliest.day and first.latest.day < last.earliest.day:
            return both(first.latest.support, last.earliest.support)
    ends = (one.earliest, one.latest, other.earliest, other.latest)
    return both(*(end.support for end in ends))


def figure_discrepancies(
    figures: Iterable[PublishedFigure],
) -> dict[str, tuple[tuple[PublishedFigure, PublishedFigure], ...]]:
    """Return, by statement, pairs of figures in which two relays do not print the same."""
    by_statement: dict[str, list[PublishedFigure]] = {}
    for figure in figures:
        if figure.statement:
            by_statement.setdefault(figure.statement, []).append(figure)
    found = {
        statement: tuple(
            (one, other)
            for one, other in combinations(rows, 2)
            if one.source_id != other.source_id and _is_unmatched(one, other, rows)
        )
        for statement, rows in by_statement.items()
    }
    return {statement: pairs for statement, pairs in found.items() if pairs}


def _is_unmatched(
    one: PublishedFigure, other: PublishedFigure, rows: list[PublishedFigure]
) -> bool:
    """Whether neither relay prints the other's number of the same measure and group."""
    return not _prints(one, other.source_id, rows) and not _prints(other, one.source_id, rows)


def _prints(figure: PublishedFigure, source_id: str, rows: list[PublishedFigure]) -> bool:
    return any(_number(figure) == _number(row) for row in rows if row.source_id == source_id)


def _number(figure: PublishedFigure) -> tuple[object, ...]:
    return figure.measure, figure.group_by, figure.group, figure.value, figure.unit


def _common_source(one: Telling, other: Telling) -> str | None:
    """Return the common source nearest to the origin."""
    line = (one.source_id, *one.relays)
    other_line = (other.source_id, *other.relays)
    common = [source for source in line if source in other_line]
    if common:
        return common[-1]
    return "" if one.statement and one.statement == other.statement else None


def _both_relay(source_id: str, one: Telling, other: Telling) -> bool:
    return source_id in one.relays and source_id in other.relays


def _is_one_family(one: Telling, other: Telling) -> bool:
    rules = verb_rules()
    return rules[one.verb].family == rules[other.verb].family


def _values_differ(one: Telling, other: Telling) -> bool:
    both_count = one.quantity is not None and other.quantity is not None
    return not one.span.shares_day(other.span) or (both_count and one.quantity != other.quantity)


def _is_end_then_presence(end: Telling, presence: Telling) -> bool:
    rules = verb_rules()
    if rules[end.verb].kind != "end" or rules[presence.verb].kind != "presence":
        return False
    return end.span.must_precede(presence.span)


def _more_telling(one: Telling, other: Telling) -> Telling:
    """Return the telling whose verb and giver name the finding: the later stage first."""
    rules = verb_rules()
    return max((one, other), key=lambda t: (rules[t.verb].stage, t.from_party or "", t.atom))

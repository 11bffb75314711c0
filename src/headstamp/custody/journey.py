"""How may one subject have travelled? Its accounts, best first, and what cannot agree."""

from collections.abc import Iterable
from itertools import combinations

import msgspec

from headstamp.custody.accounts import Incompatible, find_incompatible
from headstamp.custody.chain import Placed, draw_legs, is_leg, place_events
from headstamp.custody.consistent import MOST_ACCOUNTS, Conflicts, consistent_sets
from headstamp.custody.events import Event, EventNames, Reach, build_events
from headstamp.custody.grading import Grading
from headstamp.custody.linking import Links
from headstamp.custody.order import put_in_order
from headstamp.custody.reaching import Reached, Tellings
from headstamp.custody.standing import n_origins, standing_of
from headstamp.custody.support import Support, both, either, minimal, resting_on
from headstamp.custody.tellings import Telling, row_of_telling
from headstamp.custody.versions import Versions
from headstamp.terms.chain import Account
from headstamp.terms.finding import STANDINGS
from headstamp.terms.issue import Issue


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """One account: the tellings that agree, their events, and the legs in their places."""

    number: int
    atoms: frozenset[str]
    events: tuple[Event, ...]
    placed: tuple[Placed, ...]


class Journey(msgspec.Struct, frozen=True, kw_only=True):
    """Everything told of one subject: its courses, what is incompatible, what is impossible.

    ``rivals`` holds pairs of atoms that are of rival versions of one origin.
    """

    reached: Reached
    courses: tuple[Course, ...]
    incompatible: tuple[Incompatible, ...] = ()
    impossible: dict[tuple[str, str], Support] = {}
    rivals: frozenset[frozenset[str]] = frozenset()
    issues: tuple[Issue, ...] = ()

    @property
    def subject(self) -> tuple[str, str]:
        """Subject kind and id."""
        return self.reached.subject


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """What every journey is read against.

    ``every`` holds withdrawn tellings too, for names; ``None`` where none is withdrawn.
    """

    grading: Grading
    links: Links
    versions: Versions
    every: Tellings | None


def follow(reached: Reached, around: Surroundings) -> Journey:
    """Return the journey of one subject; two legs that leave no day belong to two accounts."""
    every = (*reached.reaches, *reached.denials)
    parties = around.grading.evidence.parties
    told = (*(reach.telling for reach in every), *reached.beside)
    rivals = _rival_pairs(told, reached, around)
    incompatible = tuple(
        found
        for found in find_incompatible(every, parties, of_item=reached.subject[0] == "item")
        if frozenset({found.one.telling.atom, found.other.telling.atom}) not in rivals
    )
    impossible = _strays(every)
    names = _names(reached, around)
    conflicts = _conflicts(every, rivals, incompatible, impossible)
    courses = _courses(every, conflicts, around, names)
    while found := {p: s for p, s in _emptied(courses).items() if p not in impossible}:
        impossible |= found
        conflicts = _conflicts(every, rivals, incompatible, impossible)
        courses = _courses(every, conflicts, around, names)
    return Journey(
        reached=reached,
        courses=_numbered(courses[:MOST_ACCOUNTS], around.grading),
        incompatible=incompatible,
        impossible=impossible,
        rivals=rivals,
        issues=_too_many(reached, courses),
    )


def accounts_of(journey: Journey, grading: Grading) -> tuple[Account, ...]:
    """Return the accounts as they are printed."""
    subject_id = journey.subject[1]
    courses = journey.courses
    following = (*courses[1:], None)
    return tuple(
        Account(
            item_id=subject_id,
            account=course.number,
            legs=draw_legs(
                course.placed, item_id=subject_id, account=course.number, grading=grading
            ),
            decided_by=_decider(course, other, journey, grading) if other else "",
            beside=tuple(sorted(telling.atom for telling in journey.reached.beside)),
        )
        for course, other in zip(courses, following, strict=True)
        if course.placed
    )


def _names(reached: Reached, around: Surroundings) -> EventNames:
    on_record = around.every.reaching(reached.subject) if around.every else reached
    return EventNames((*on_record.reaches, *on_record.denials), around.links.parted_events)


def _rival_pairs(
    told: tuple[Telling, ...], reached: Reached, around: Surroundings
) -> frozenset[frozenset[str]]:
    """Return pairs of tellings of rival versions, of what reaches the subject only as may too."""
    rivals = around.versions.rivals(reached.subjects)
    if not rivals:
        return frozenset()
    graded = around.grading.atoms
    return frozenset(
        frozenset({one.atom, other.atom})
        for one, other in combinations(told, 2)
        if any(
            (source, frozenset({one.source_id, other.source_id})) in rivals
            for source in graded[one.atom].lineage & graded[other.atom].lineage
        )
    )


def _strays(reaches: Iterable[Reach]) -> dict[tuple[str, str], Support]:
    """Return (base, telling) where "n days later" and the telling's own date leave no day."""
    return {
        _in_pair(told.strays_from, told.atom): both(resting_on(told.atom), told.strayed_by)
        for told in (reach.telling for reach in reaches)
        if told.strays_from is not None
    }


def _in_pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _conflicts(
    every: tuple[Reach, ...],
    rivals: frozenset[frozenset[str]],
    incompatible: tuple[Incompatible, ...],
    impossible: Iterable[tuple[str, str]],
) -> Conflicts:
    conflicts: Conflicts = {reach.telling.atom: set() for reach in every}
    pairs = [
        *(tuple(sorted(pair)) for pair in rivals),
        *((found.one.telling.atom, found.other.telling.atom) for found in incompatible),
        *impossible,
    ]
    for one, other in pairs:
        if one in conflicts and other in conflicts:
            conflicts[one].add(other)
            conflicts[other].add(one)
    return conflicts


def _courses(
    every: tuple[Reach, ...], conflicts: Conflicts, around: Surroundings, names: EventNames
) -> tuple[Course, ...]:
    return tuple(
        _course(atoms, every, around, names) for atoms in consistent_sets(conflicts, conflicts)
    )


def _course(
    atoms: frozenset[str], every: tuple[Reach, ...], around: Surroundings, names: EventNames
) -> Course:
    parties = around.grading.evidence.parties
    agreed = [r for r in every if r.telling.atom in atoms and r.telling.stance == "affirms"]
    events = build_events(agreed, names, around.links.parted_events)
    ordered = put_in_order(tuple(event for event in events if is_leg(event)), parties)
    return Course(number=0, atoms=atoms, events=events, placed=place_events(ordered, parties))


def _emptied(courses: tuple[Course, ...]) -> dict[tuple[str, str], Support]:
    """Return pairs of tellings of legs between which no day is left, and what leaves none.

    Where two legs' own days contradict their places, these; else whatever narrowed the leg.
    """
    pairs = [
        (culprit, here)
        for course in courses
        for here in course.placed
        if here.span is None
        for culprit in here.narrowed_by
    ]
    contradicting = [(one, here) for one, here in pairs if _is_against_dates(one, here.event)]
    found: dict[tuple[str, str], Support] = {}
    for one, here in contradicting or pairs:
        pair = _in_pair(min(one.claims), min(here.event.claims))
        days = both(resting_on(*pair), here.earliest.support, here.latest.support)
        found[pair] = either([found.get(pair, frozenset()), days])
    return found


def _is_against_dates(one: Event, other: Event) -> bool:
    return one.span.must_precede(other.span) or other.span.must_precede(one.span)


def _numbered(courses: tuple[Course, ...], grading: Grading) -> tuple[Course, ...]:
    """Return the courses numbered from 1: standing of the weakest leg, origins, claims, id."""
    ranked = courses
    if len(courses) > 1:
        ranked = tuple(sorted(courses, key=lambda course: _rank(course, grading)))
    return tuple(
        msgspec.structs.replace(course, number=n) for n, course in enumerate(ranked, start=1)
    )


def _rank(course: Course, grading: Grading) -> tuple[int, int, int, list[str]]:
    standings = [standing_of(here.event.exists, grading) for here in course.placed]
    weakest = max((STANDINGS.index(standing) for standing in standings), default=len(STANDINGS))
    told = {claim for here in course.placed for claim in here.event.claims}
    origins = n_origins(minimal(frozenset({claim}) for claim in told), grading)
    return weakest, -origins, -len(told), sorted(told)


def _decider(course: Course, other: Course, journey: Journey, grading: Grading) -> str:
    """Return which claim, from whom, would decide between an account and the next."""
    ours = sorted(course.atoms - other.atoms)
    theirs = sorted(other.atoms - course.atoms)
    pair = next(
        ((one, two) for one in ours for two in theirs if _is_conflict(one, two, journey)),
        (ours[0] if ours else "", theirs[0] if theirs else ""),
    )
    said = " or ".join(_as_said(atom, grading) for atom in pair if atom)
    if frozenset(pair) in journey.rivals:
        common = grading.atoms[pair[0]].lineage & grading.atoms[pair[1]].lineage
        return f"{said}: the own words of {', '.join(sorted(common))} would decide"
    return f"{said}: a dated record from either party would decide"


def _is_conflict(one: str, other: str, journey: Journey) -> bool:
    pair = frozenset({one, other})
    clashing = (
        frozenset({found.one.telling.atom, found.other.telling.atom})
        for found in journey.incompatible
    )
    return pair in journey.rivals or pair in clashing or tuple(sorted(pair)) in journey.impossible


def _as_said(atom: str, grading: Grading) -> str:
    table, row_id = row_of_telling(atom)
    row = grading.evidence.rows(table)[row_id]
    return f"{atom} ({row.source_id})"


def _too_many(reached: Reached, courses: tuple[Course, ...]) -> tuple[Issue, ...]:
    if len(courses) <= MOST_ACCOUNTS:
        return ()
    kind, subject_id = reached.subject
    return (
        Issue(
            code="CUSTODY-001",
            severity="warning",
            message=f"{kind} {subject_id} has more than {MOST_ACCOUNTS} accounts",
            hint="the rest is not listed; judge or withdraw claims that conflict",
        ),
    )

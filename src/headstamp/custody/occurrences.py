"""What happened to it that a reader must see? Takings, end users, reappearances, clashes."""

from collections.abc import Iterator

from headstamp.custody.authority import Authority
from headstamp.custody.chain import Placed
from headstamp.custody.drafts import Draft
from headstamp.custody.events import Event, Reach, told_when
from headstamp.custody.grading import Grading
from headstamp.custody.holders import is_same_holder, name_of
from headstamp.custody.journey import Course, Journey
from headstamp.custody.linking import Links
from headstamp.custody.standing import standing_of
from headstamp.custody.support import Support, both, either, minimal, shortest
from headstamp.custody.tellings import Telling, row_of_telling
from headstamp.custody.versions import Discrepancy, figure_discrepancies
from headstamp.custody.voice import Charge, ask_of
from headstamp.reference.tables import verb_rules
from headstamp.terms.dates import date_label
from headstamp.terms.figure import PublishedFigure
from headstamp.terms.finding import FindingKind
from headstamp.terms.link import CUSTODY_VERDICTS

_TAKINGS: dict[str, FindingKind] = {
    "lost": "loss",
    "stolen": "theft",
    "captured": "capture",
    "defected": "defection",
}
_GONE = frozenset({"recovered", "seized", "lost", "stolen", "destroyed"})
DIFFER = (
    "Relays differ on what one origin says; they may describe different events or measures, "
    "or one may be mistaken; this cannot be told without the origin."
)


def takings_of(course: Course, journey: Journey) -> Iterator[Draft]:
    """Yield loss, theft, capture and defection as claimed of the subject itself."""
    for here in course.placed:
        event = here.event
        kind = _TAKINGS.get(event.verb)
        if kind is None or event.subject != journey.subject:
            continue
        yield Draft(
            kind=kind,
            subject=journey.subject,
            identity=(event.event_id,),
            support=event.exists,
            from_event=event.verb,
            parties=_named(event.from_party, event.to_party),
            reason=f"{event.verb} ({told_when(event)}), as claimed of this {event.key[1]}.",
        )


def end_users_of(
    course: Course, authority: Authority, journey: Journey, grading: Grading
) -> Iterator[Draft]:
    """Yield custody not authorised on record that no transfer on record explains."""
    parties = grading.evidence.parties
    for holder, shown in _shown(course).items():
        against = authority.not_authorised(holder)
        transfers = (
            other.event for other in course.placed if other.event.rule.kind in {"transfer", "title"}
        )
        if not against or any(is_same_holder(t.to_party, holder, parties) for t in transfers):
            continue
        kind, subject_id = journey.subject
        custody = either(event.exists for event in shown)
        charge = Charge(
            adverse_to=holder,
            about=frozenset({subject_id, *(claim for event in shown for claim in event.claims)}),
            transfer_standing=standing_of(custody, grading),
            memberships=journey.reached.memberships if kind == "item" else None,
        )
        yield Draft(
            kind="unauthorised_end_user",
            subject=journey.subject,
            identity=(holder,),
            support=both(custody, against),
            to_event=shown[0].verb,
            parties=(holder,),
            answers=ask_of(charge, grading),
            reason=(
                f"Custody of {name_of(holder, parties)}, which is not authorised on record, "
                f"is shown by {'; '.join(f'{e.verb} ({told_when(e)})' for e in shown)}; "
                "no transfer to it is on record."
            ),
        )


def _shown(course: Course) -> dict[str, list[Event]]:
    """Return, for every holder, the events that show its custody, in their order."""
    shown: dict[str, list[Event]] = {}
    for here in course.placed:
        for holder in {here.event.holder_before, here.event.holder_after} - {None}:
            shown.setdefault(str(holder), []).append(here.event)
    return dict(sorted(shown.items()))


def reappearances_of(course: Course, journey: Journey) -> Iterator[Draft]:
    """Yield the next sighting or recovery that surely follows a recovery, loss or destruction.

    Of an item only: another part of a consignment may be seen after a part was seized.
    """
    if journey.subject[0] != "item":
        return
    for at, gone in enumerate(course.placed):
        if gone.event.verb not in _GONE:
            continue
        told = ((here, _surely_again(gone, here)) for here in course.placed[at + 1 :])
        again, later = next(((here, support) for here, support in told if support), (None, None))
        if again is None or later is None:
            continue
        support = both(gone.event.exists, again.event.exists, gone.event.latest.support, later)
        yield Draft(
            kind="reappearance",
            subject=journey.subject,
            identity=(gone.event.event_id, again.event.event_id),
            support=support,
            from_event=gone.event.verb,
            to_event=again.event.verb,
            parties=_named(gone.event.from_party, again.event.holder_before),
            reason=(
                f"Documented again: {again.event.verb} ({date_label(again.event.span)}) after "
                f"{gone.event.verb} ({date_label(gone.event.span)})."
            ),
        )


def _surely_again(gone: Placed, here: Placed) -> Support:
    """Return by what it is surely documented again here; nothing where it is not.

    A recovery of which no day is told lies before the day on which it was documented: that
    day then says that the item was there again.
    """
    if here.event.rule.kind not in {"presence", "end"}:
        return frozenset()
    if gone.event.span.must_precede(here.event.span):
        return here.event.earliest.support
    return minimal(
        frozenset({telling.atom})
        for telling in here.event.tellings
        if telling.documented_on is not None and gone.event.span.must_precede(telling.documented_on)
    )


def same_consignments(links: Links) -> Iterator[Draft]:
    """Yield the items that judged links tie to one consignment, with what ties them."""
    members: dict[str, dict[str, Support]] = {}
    for item_id in links.in_consignments():
        for member in links.consignments_of(item_id):
            tied = members.setdefault(member.other_id, {})
            tied[item_id] = either([tied.get(item_id, frozenset()), member.support])
    for consignment_id, tied in members.items():
        if len(tied) < 2:
            continue
        bases = {
            state.proposal_id: ", ".join(state.basis) or state.reason or "no basis given"
            for state in links.states
            if (state.other_kind, state.other_id) == ("consignment", consignment_id)
            and state.item_id in tied
            and state.state in CUSTODY_VERDICTS
        }
        listed = "; ".join(f"{proposal}: {basis}" for proposal, basis in sorted(bases.items()))
        yield Draft(
            kind="same_consignment",
            subject=("consignment", consignment_id),
            identity=(),
            support=both(*tied.values()),
            reason=f"Tied to it by judged links: {', '.join(sorted(tied))}. Basis: {listed}.",
        )


def contradictions_of(journey: Journey, grading: Grading) -> Iterator[Draft]:
    """Yield pairs of live incompatible events of different origins."""
    words = {
        "denial": "One affirms what the other denies",
        "two_places": "Two unrelated parties would have held it on one day",
        "two_receivers": "One party would have passed it to two receivers on dates that overlap",
    }
    pairs: dict[tuple[str, ...], list[tuple[Telling, Telling]]] = {}
    kinds: dict[tuple[str, ...], str] = {}
    for found in journey.incompatible:
        one, other = found.one.telling, found.other.telling
        if _origin(one, grading) == _origin(other, grading):
            continue
        key = tuple(sorted(map(_event_said, (found.one, found.other))))
        pairs.setdefault(key, []).append((one, other))
        kinds[key] = words[found.kind]
    for key, clashes in pairs.items():
        one, other = clashes[0]
        yield Draft(
            kind="contradiction",
            subject=journey.subject,
            identity=key,
            support=minimal(frozenset({a.atom, b.atom}) for a, b in clashes),
            from_event=one.verb,
            to_event=other.verb,
            parties=_named(one.from_party, one.to_party, other.from_party, other.to_party),
            is_about_denial=True,
            reason=f"{kinds[key]}: {_said(one)}; {_said(other)}.",
        )


def impossible_dates_of(journey: Journey, tellings: dict[str, Telling]) -> Iterator[Draft]:
    """Yield pairs of legs whose places in the chain leave no day, as they reach the subject."""
    told = tellings | {reach.telling.atom: reach.telling for reach in journey.reached.reaches}
    for (one_id, other_id), support in sorted(journey.impossible.items()):
        one, other = told[one_id], told[other_id]
        yield Draft(
            kind="impossible_date",
            subject=journey.subject,
            identity=(one_id, other_id),
            support=support,
            from_event=one.verb,
            to_event=other.verb,
            reason=f"The dates cannot both be right: {_said(one)}; {_said(other)}.",
        )


def discrepancies_of(
    discrepancies: tuple[Discrepancy, ...], tellings: tuple[Telling, ...]
) -> Iterator[Draft]:
    """Yield one finding per common source and statement, all versions in it; nobody is blamed."""
    grouped: dict[tuple[str, ...], list[Discrepancy]] = {}
    for found in discrepancies:
        grouped.setdefault(found.key, []).append(found)
    for key, group in grouped.items():
        atoms = {t.atom: t for found in group for t in (found.one, found.other)}
        if group[0].statement:
            renderings = (t for t in tellings if t.statement == group[0].statement)
            atoms |= {t.atom: t for t in renderings}
        listed = "; ".join(_said(atoms[atom]) for atom in sorted(atoms))
        yield Draft(
            kind="transmission_discrepancy",
            subject=_item_first(group),
            identity=key,
            support=shortest(either(found.support for found in group)),
            is_about_denial=True,
            reason=f"{DIFFER} Origin relayed: {key[0] or 'not named'}. Versions: {listed}.",
        )


def figure_discrepancies_of(figures: tuple[PublishedFigure, ...]) -> Iterator[Draft]:
    """Yield one finding per statement whose relays print different numbers or measures."""
    for statement, pairs in figure_discrepancies(figures).items():
        printed = {f.figure_id: f for f in figures if f.statement == statement}
        listed = "; ".join(
            f"{f.figure_id} ({f.source_id}): {f.measure} by {f.group_by} {f.group} "
            f"{f.value} {f.unit or ''}".strip()
            for _, f in sorted(printed.items())
        )
        yield Draft(
            kind="transmission_discrepancy",
            subject=("figure", statement),
            identity=(statement,),
            support=minimal(frozenset({a.figure_id, b.figure_id}) for a, b in pairs),
            is_about_denial=True,
            reason=f"{DIFFER} Versions: {listed}.",
        )


def _item_first(group: list[Discrepancy]) -> tuple[str, str]:
    subjects = sorted({found.subject for found in group}, key=lambda s: (s[0] != "item", s))
    return subjects[0]


def _origin(telling: Telling, grading: Grading) -> str:
    return grading.graded[row_of_telling(telling.atom)].origin


def _event_said(reach: Reach) -> str:
    return "|".join((*reach.key, reach.telling.stance))


def _said(telling: Telling) -> str:
    """Return one telling in a line, with its own hedge and whether its date is derived."""
    rules = verb_rules()
    ends = [
        f"{word} {party}"
        for word, party in (
            ("from", telling.from_party),
            ("via", telling.via_party),
            ("to" if rules[telling.verb].kind != "presence" else "with", telling.to_party),
        )
        if party
    ]
    when = date_label(telling.span)
    derived = f", derived from {telling.derived_from}" if telling.derived_from else ""
    hedge = f', "{telling.hedge}"' if telling.hedge else ""
    denied = "denies: " if telling.stance == "denies" else ""
    words = " ".join([telling.verb, *ends])
    return f"{telling.atom} ({telling.source_id}) {denied}{words}, {when}{derived}{hedge}"


def _named(*parties: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(party for party in parties if party is not None))

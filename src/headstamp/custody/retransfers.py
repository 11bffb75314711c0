"""Was it passed on by one who had received it, and what had that one promised?"""

from collections.abc import Iterable, Iterator

import msgspec

from headstamp.custody.chain import Placed
from headstamp.custody.events import Event
from headstamp.custody.grading import Grading
from headstamp.custody.holders import is_outside, is_same_state
from headstamp.custody.journey import Course, Journey
from headstamp.custody.linking import Links, Membership
from headstamp.custody.reaching import Tellings
from headstamp.custody.standing import class_of_set, is_sound, standing_of
from headstamp.custody.support import GIVEN, Support, both, either, resting_on
from headstamp.custody.tellings import Telling
from headstamp.custody.undertakings import (
    ANY_DAY,
    VERDICTS,
    Binding,
    Judged,
    Passed,
    binding_undertakings,
    follows_for_sure,
    judge_transfer,
)
from headstamp.custody.voice import Charge
from headstamp.reference.tables import verb_rules
from headstamp.terms.consignment import Consignment
from headstamp.terms.dates import DateSpan
from headstamp.terms.undertaking import Undertaking

UNBOUND = "no undertaking that binds this consignment is on record"


class Retransfer(msgspec.Struct, frozen=True, kw_only=True):
    """One transfer under one undertaking, or under none that binds."""

    event: Event
    transferor: str
    receiver: str
    undertaking: Undertaking | None
    judged: Judged
    support: Support
    charge: Charge


class _Setting(msgspec.Struct, frozen=True, kw_only=True):
    """One consignment that a transfer is of, how the subject belongs to it, who had it."""

    consignment: Consignment
    memberships: tuple[Membership, ...]
    received: Support
    supplied: tuple[Telling, ...]


def find_retransfers(journey: Journey, tellings: Tellings, links: Links) -> tuple[Retransfer, ...]:
    """Return one row per transfer and undertaking that binds, or one where none does."""
    found: dict[tuple[str, str], list[Retransfer]] = {}
    for course in journey.courses:
        for here in course.placed:
            for row in _of_leg(here, course, journey, tellings, links):
                row_id = row.undertaking.undertaking_id if row.undertaking else ""
                found.setdefault((row.event.event_id, row_id), []).append(row)
    return tuple(_strongest(rows) for rows in _without_superfluous(found).values())


def _of_leg(
    here: Placed, course: Course, journey: Journey, tellings: Tellings, links: Links
) -> Iterator[Retransfer]:
    del course
    event, grading = here.event, links.grading
    parties = grading.evidence.parties
    giver, receiver = event.from_party, event.to_party
    if event.rule.kind not in {"transfer", "title"} or giver is None or receiver is None:
        return
    if event.subject != journey.subject or not is_outside(receiver, giver, parties):
        return
    for setting in _settings(event, journey, tellings, links):
        bindings = [
            binding
            for binding in binding_undertakings(
                setting.consignment, giver, setting.supplied, grading
            )
            if not follows_for_sure(binding.undertaking, here.span or event.span)
        ]
        for binding in bindings:
            yield _judged_row(here, setting, binding, grading)
        if not bindings:
            yield _unbound_row(here, setting, grading)


def _settings(
    event: Event, journey: Journey, tellings: Tellings, links: Links
) -> Iterator[_Setting]:
    """Yield every consignment that the giver had received and now passes on."""
    kind, subject_id = journey.subject
    members: dict[str, list[Membership]] = {}
    if kind == "item":
        for member in (*links.consignments_of(subject_id), *links.lots_of(subject_id)):
            members.setdefault(member.other_id, []).append(member)
    else:
        members[subject_id] = []
    for consignment_id, memberships in members.items():
        consignment = links.grading.evidence.consignments.get(consignment_id)
        if consignment is None:
            continue
        supplied = tuple(_moves(tellings, consignment_id))
        moves = (*((telling, GIVEN) for telling in supplied), *_moves_of(journey))
        received = _receipt(event, consignment, moves, links.grading)
        if received:
            yield _Setting(
                consignment=consignment,
                memberships=tuple(memberships),
                received=received,
                supplied=supplied,
            )


def _receipt(
    event: Event,
    consignment: Consignment,
    moves: Iterable[tuple[Telling, Support]],
    grading: Grading,
) -> Support:
    """Return what shows that the giver had received the goods; nothing for the exporter.

    What it surely received after it had passed them on shows nothing.
    """
    parties = grading.evidence.parties
    giver = event.from_party
    if is_same_state(giver, consignment.exporter, parties):
        return frozenset()
    if is_same_state(giver, consignment.importer, parties):
        return resting_on(f"consignment:{consignment.consignment_id}")
    return either(
        both(resting_on(move.atom), crossing)
        for move, crossing in moves
        if is_same_state(giver, move.to_party, parties)
        and not is_same_state(giver, move.from_party, parties)
        and not event.span.must_precede(move.span)
    )


def _moves(tellings: Tellings, consignment_id: str) -> Iterator[Telling]:
    for telling in tellings.by_subject.get(("consignment", consignment_id), ()):
        if _is_move(telling):
            yield telling


def _moves_of(journey: Journey) -> Iterator[tuple[Telling, Support]]:
    return ((r.telling, r.crossing) for r in journey.reached.reaches if _is_move(r.telling))


def _is_move(telling: Telling) -> bool:
    moves = verb_rules()[telling.verb].kind in {"transfer", "title"}
    return telling.stance == "affirms" and moves


def _judged_row(here: Placed, setting: _Setting, binding: Binding, grading: Grading) -> Retransfer:
    """Return the row of one undertaking: the strongest verdict, and the sets that yield it."""
    event = here.event
    outcomes: list[tuple[Judged, Support]] = []
    for member in setting.memberships or (None,):
        belonging = member.support if member is not None else resting_on()
        for span, dated in _ways_of_dating(here):
            for is_doubtful, known in _by_soundness(dated, grading):
                passed = _passed(event, span, is_doubtful=is_doubtful, member=member)
                judged = judge_transfer(passed, binding.undertaking, grading)
                support = both(known, belonging, binding.support, setting.received, judged.needs)
                outcomes.append((judged, support))
    best = min(VERDICTS.index(judged.verdict) for judged, _ in outcomes)
    yielding = [(j, s) for j, s in outcomes if VERDICTS.index(j.verdict) == best]
    return _row(here, setting, binding.undertaking, yielding[-1][0], either(s for _, s in yielding))


def _unbound_row(here: Placed, setting: _Setting, grading: Grading) -> Retransfer:
    del grading
    belonging = either(member.support for member in setting.memberships) or either([resting_on()])
    support = both(here.event.exists, belonging, setting.received)
    judged = Judged(verdict="cannot_be_determined", words=UNBOUND)
    return _row(here, setting, None, judged, support)


def _row(
    here: Placed,
    setting: _Setting,
    undertaking: Undertaking | None,
    judged: Judged,
    support: Support,
) -> Retransfer:
    event = here.event
    about = {event.key[2], setting.consignment.consignment_id, *event.claims}
    if undertaking is not None:
        about.add(undertaking.undertaking_id)
    return Retransfer(
        event=event,
        transferor=event.from_party or "",
        receiver=event.to_party or "",
        undertaking=undertaking,
        judged=judged,
        support=support,
        charge=Charge(
            adverse_to=event.from_party,
            about=frozenset(about),
            transfer_standing="unsupported",
            instrument=undertaking,
            memberships=setting.memberships if event.key[1] == "item" else None,
        ),
    )


def _ways_of_dating(here: Placed) -> Iterator[tuple[DateSpan, Support]]:
    """Yield the transfer as known without a date, by its own, and by its neighbours'.

    Where only the earliest day matters a set need not hold what shows the latest, so a
    certain span is also tried with one end at a time.
    """
    event = here.event
    yield ANY_DAY, event.exists
    narrowed = here.span or event.span
    for span, first, last in (
        (event.span, event.earliest, event.latest),
        (narrowed, here.earliest, here.latest),
    ):
        yield span, both(event.exists, first.support, last.support)
        if span.is_certain:
            yield ANY_DAY.clipped(earliest=first.day) or ANY_DAY, both(event.exists, first.support)
            yield ANY_DAY.clipped(latest=last.day) or ANY_DAY, both(event.exists, last.support)


def _by_soundness(support: Support, grading: Grading) -> Iterator[tuple[bool, Support]]:
    """Yield the sets without a poor atom, then those that are only doubtful."""
    for is_doubtful in (False, True):
        sets = frozenset(one for one in support if is_sound(one, grading) is not is_doubtful)
        if sets:
            yield is_doubtful, sets


def _passed(
    event: Event, span: DateSpan, *, is_doubtful: bool, member: Membership | None
) -> Passed:
    return Passed(
        span=span,
        transferor=event.from_party or "",
        receiver=event.to_party or "",
        is_sale=event.rule.kind == "title",
        is_doubtful=is_doubtful,
        is_indication=member is not None and member.is_indication,
    )


def _without_superfluous(
    found: dict[tuple[str, str], list[Retransfer]],
) -> dict[tuple[str, str], list[Retransfer]]:
    """Leave out *no undertaking binds* where another account or consignment has one that does."""
    bound = {event_id for event_id, undertaking_id in found if undertaking_id}
    return {key: rows for key, rows in found.items() if key[1] or key[0] not in bound}


def _strongest(rows: list[Retransfer]) -> Retransfer:
    best = min(VERDICTS.index(row.judged.verdict) for row in rows)
    kept = [row for row in rows if VERDICTS.index(row.judged.verdict) == best]
    merged = either(row.support for row in kept)
    return msgspec.structs.replace(kept[0], support=merged)


def with_standing(row: Retransfer, grading: Grading) -> Retransfer:
    """Return the row with the standing of its transfer filled in, for (b)."""
    charge = msgspec.structs.replace(
        row.charge, transfer_standing=standing_of(row.event.exists, grading)
    )
    return msgspec.structs.replace(row, charge=charge)


def names_body(row: Retransfer, grading: Grading) -> bool:
    """Whether a source of class fair or better names the very party that passed it on."""
    fair = {"strong", "fair"}
    return any(class_of_set(frozenset({atom}), grading) in fair for atom in row.event.claims)

"""What follows from the evidence? Grades, links, chains, findings and pathways, derived anew.

Everything here is a pure function of the evidence: withdrawing a row and restoring it are
exact inverses, because nothing is kept between two readings.
"""

from collections.abc import Iterator

import msgspec

from headstamp.custody.alone import Accounts, lone_accounts
from headstamp.custody.authority import Authority, Named
from headstamp.custody.drafts import Disputes, Draft, finish
from headstamp.custody.events import told_when
from headstamp.custody.grading import Grading
from headstamp.custody.holders import name_of, state_of
from headstamp.custody.journey import Course, Journey, Surroundings, accounts_of, follow
from headstamp.custody.linking import Links
from headstamp.custody.occurrences import (
    contradictions_of,
    discrepancies_of,
    end_users_of,
    figure_discrepancies_of,
    impossible_dates_of,
    reappearances_of,
    same_consignments,
    takings_of,
)
from headstamp.custody.pathways import judge_pathways, pathway_words
from headstamp.custody.reaching import Tellings
from headstamp.custody.retransfers import Retransfer, find_retransfers, names_body, with_standing
from headstamp.custody.spells import Crossing, find_crossing, intervals_of, window_of
from headstamp.custody.support import both
from headstamp.custody.tellings import Telling, all_tellings, live_tellings
from headstamp.custody.versions import Versions
from headstamp.custody.voice import ask_of, requests_on
from headstamp.terms.conclusions import Conclusions
from headstamp.terms.dates import date_label
from headstamp.terms.evidence import Evidence
from headstamp.terms.figure import PublishedFigure


class _Read(msgspec.Struct, frozen=True, kw_only=True):
    """The evidence read once: what every rule looks things up in.

    ``alone`` has the accounts of items that only their own rows tell of; nothing about
    these stands in ``told`` and ``tellings``.
    """

    grading: Grading
    links: Links
    alone: dict[str, Accounts]
    told: dict[str, Telling]
    tellings: Tellings
    around: Surroundings


def links_on(evidence: Evidence) -> Links:
    """Return the grades of all rows and the links in force: what most tables need, and no more."""
    return Links(Grading(evidence))


def conclude(evidence: Evidence, links: Links | None = None) -> Conclusions:
    """Return all that stands on the evidence, under today's rules.

    Args:
        links: What ``links_on`` returned of this evidence, where that is at hand.
    """
    read = _read(evidence, links)
    journeys = tuple(_journeys(read))
    retransfers = {
        journey.subject: tuple(
            with_standing(row, read.grading)
            for row in find_retransfers(journey, read.tellings, read.links)
        )
        for journey in journeys
    }
    drafts: list[Draft] = []
    for journey in journeys:
        drafts += (
            _without_rivals(draft, journey) for draft in _drafts_of(journey, retransfers, read)
        )
    drafts += _general_drafts(read)
    disputes = Disputes(journeys, read.grading)
    findings, pathways = finish(drafts, disputes, read.grading)
    return Conclusions(
        graded=read.grading.graded,
        links=read.links.states,
        accounts=_accounts(journeys, read),
        findings=findings,
        pathways=pathways,
        issues=tuple(issue for journey in journeys for issue in journey.issues),
    )


def _read(evidence: Evidence, links: Links | None = None) -> _Read:
    links = links or links_on(evidence)
    grading = links.grading
    alone = lone_accounts(links)
    told = live_tellings(grading, but=alone.keys())
    on_record = all_tellings(evidence, but=alone.keys()) if evidence.withdrawn else told
    tellings = Tellings(told, links)
    around = Surroundings(
        grading=grading,
        links=links,
        versions=Versions(told.values(), links, evidence.parties),
        every=Tellings(on_record, links) if len(on_record) > len(told) else None,
    )
    return _Read(
        grading=grading, links=links, alone=alone, told=told, tellings=tellings, around=around
    )


def _journeys(read: _Read) -> Iterator[Journey]:
    """Yield the journey of every object and consignment of which others tell anything."""
    for item_id in read.grading.live("items"):
        if item_id in read.alone:
            continue
        if item_id == min(read.links.same_objects(item_id)):
            reached = read.tellings.reaching_item(item_id)
            if reached.reaches or reached.denials:
                yield follow(reached, read.around)
    for consignment_id in read.grading.live("consignments"):
        reached = read.tellings.reaching_consignment(consignment_id)
        if reached.reaches or reached.denials:
            yield follow(reached, read.around)


def _drafts_of(
    journey: Journey,
    retransfers: dict[tuple[str, str], tuple[Retransfer, ...]],
    read: _Read,
) -> Iterator[Draft]:
    contravening = tuple(_contravening(journey, retransfers))
    for row in retransfers[journey.subject]:
        yield _retransfer_draft(row, journey, read.grading)
    for course in journey.courses:
        authority = Authority(journey, course, read.tellings, read.grading, contravening)
        crossing = find_crossing(course, authority)
        yield from intervals_of(course, crossing, journey)
        yield from takings_of(course, journey)
        yield from end_users_of(course, authority, journey, read.grading)
        yield from reappearances_of(course, journey)
        if crossing is not None:
            yield from _window_drafts(course, crossing, journey, read.grading)
    yield from contradictions_of(journey, read.grading)
    yield from impossible_dates_of(journey, read.told)


def _without_rivals(draft: Draft, journey: Journey) -> Draft:
    """Return the draft without sets that combine rival versions of one origin."""
    if not journey.rivals:
        return draft
    kept = (one for one in draft.support if not any(pair <= one for pair in journey.rivals))
    return msgspec.structs.replace(draft, support=frozenset(kept))


def _window_drafts(
    course: Course, crossing: Crossing, journey: Journey, grading: Grading
) -> Iterator[Draft]:
    window = window_of(course, crossing, journey, grading.evidence.parties)
    if window is not None:
        pathways = judge_pathways(course, crossing, journey.subject[1], grading)
        words = pathway_words(pathways, crossing, grading)
        yield msgspec.structs.replace(window, reason=f"{window.reason} {words}", pathways=pathways)


def _general_drafts(read: _Read) -> Iterator[Draft]:
    yield from same_consignments(read.links)
    yield from discrepancies_of(read.around.versions.discrepancies, tuple(read.told.values()))
    figures = read.grading.live("published_figures").values()
    yield from figure_discrepancies_of(
        tuple(figure for figure in figures if isinstance(figure, PublishedFigure))
    )


def _retransfer_draft(row: Retransfer, journey: Journey, grading: Grading) -> Draft:
    undertaking_id = row.undertaking.undertaking_id if row.undertaking else ""
    return Draft(
        kind="retransfer",
        subject=journey.subject,
        identity=(row.event.event_id, undertaking_id),
        support=row.support,
        verdict=row.judged.verdict,
        from_event=row.event.verb,
        parties=(row.transferor, row.receiver),
        answers=ask_of(
            msgspec.structs.replace(row.charge, named=_giver_named(row, grading)), grading
        ),
        reason=_retransfer_words(row, grading),
    )


def _retransfer_words(row: Retransfer, grading: Grading) -> str:
    parties = grading.evidence.parties
    giver = name_of(_giver_named(row, grading), parties)
    receiver = name_of(row.receiver, parties)
    hedges = "".join(f' ("{hedge}")' for hedge in row.event.hedges)
    when = told_when(row.event)
    words = [f"{row.event.verb.capitalize()} from {giver} to {receiver}{hedges}, {when}."]
    if row.undertaking is None:
        words.append(f"{row.judged.words.capitalize()}. This does not mean that none was given.")
    else:
        words.append(_undertaking_words(row))
    words.append(_asked_words(row, grading))
    return " ".join(words)


def _giver_named(row: Retransfer, grading: Grading) -> str:
    """Return the transferor where a source of class fair or better names it, else its state."""
    if names_body(row, grading):
        return row.transferor
    return state_of(row.transferor, grading.evidence.parties) or row.transferor


def _undertaking_words(row: Retransfer) -> str:
    undertaking = row.undertaking
    if undertaking is None:
        return ""
    dated = date_label(undertaking.on) if undertaking.on else "date not recorded"
    words = f"Undertaking {undertaking.undertaking_id} ({dated}): {row.judged.words}."
    if undertaking.clause_text:
        words += f" Clause text as on record: {undertaking.clause_text.rstrip('.')}."
    return words


def _asked_words(row: Retransfer, grading: Grading) -> str:
    """Return whether the transferor's state was asked, by whom, and what came of it."""
    asked = requests_on(row.charge.adverse_to, row.charge.about, grading)
    if not asked:
        giver = name_of(_giver_named(row, grading), grading.evidence.parties)
        return f"Whether {giver} was asked about it is not on record."
    parties = grading.evidence.parties
    said = (
        f"{name_of(request.addressee, parties)} was asked by "
        f"{request.asked_by or 'somebody not named'} ({request.request_id}): "
        f"{_outcome_words(request.outcome)}"
        for request in asked
    )
    return "; ".join(said) + "."


def _outcome_words(outcome: str | None) -> str:
    return {
        "silent": "no answer (silent)",
        "open": "not answered yet",
        "not_in_records": "not in its records",
        None: "outcome not recorded",
    }.get(outcome, str(outcome))


def _contravening(
    journey: Journey, retransfers: dict[tuple[str, str], tuple[Retransfer, ...]]
) -> Iterator[Named]:
    """Yield receivers of transfers that contravene: of the subject, and of its consignments."""
    for row in retransfers[journey.subject]:
        if row.judged.verdict == "contravenes":
            yield Named(party=row.receiver, support=row.support)
    for member in journey.reached.memberships:
        for row in retransfers.get(("consignment", member.other_id), ()):
            if row.judged.verdict == "contravenes":
                yield Named(party=row.receiver, support=both(row.support, member.support))


def _accounts(journeys: tuple[Journey, ...], read: _Read) -> dict[tuple[str, str], Accounts]:
    """Return the accounts of every subject; all rows of one object share theirs."""
    by_subject = {journey.subject: journey for journey in journeys}
    found: dict[tuple[str, str], Accounts] = {}
    for item_id in read.grading.live("items"):
        if item_id in read.alone:
            found["item", item_id] = read.alone[item_id]
        elif ("item", item_id) in by_subject:
            found |= _accounts_of(by_subject.pop(("item", item_id)), read.grading)
    for journey in by_subject.values():
        found |= _accounts_of(journey, read.grading)
    return found


def _accounts_of(journey: Journey, grading: Grading) -> dict[tuple[str, str], Accounts]:
    accounts = accounts_of(journey, grading)
    kind = journey.subject[0]
    return {pair: accounts for pair in sorted(journey.reached.subjects) if pair[0] == kind}

"""How may it have passed from the last holder on record to the first who is not?

Pathways are judged by what each cannot explain: excluded only by documented claims,
supported only by claims about this very item or consignment; never ranked, never given a
probability.
"""

from headstamp.custody.chain import Placed
from headstamp.custody.grading import Grading
from headstamp.custody.holders import is_same_holder, name_of
from headstamp.custody.journey import Course
from headstamp.custody.spells import Crossing
from headstamp.custody.standing import class_of_set, standing_of
from headstamp.reference.tables import PathwayRule, pathway_rules
from headstamp.terms.conclusions import PathwayJudged
from headstamp.terms.grade import is_at_least


def judge_pathways(
    course: Course, crossing: Crossing, subject_id: str, grading: Grading
) -> tuple[PathwayJudged, ...]:
    """Return every pathway of the table with its state, why, and what would decide.

    Which finding they belong to is filled in with the finding's id.
    """
    return tuple(_judged(rule, course, crossing, subject_id, grading) for rule in pathway_rules())


def pathway_words(judged: tuple[PathwayJudged, ...], crossing: Crossing, grading: Grading) -> str:
    """Return the pathways with their states and, where two or more remain, the sentence."""
    listed = ", ".join(
        f"{one.pathway} {one.state.replace('_', ' ')}{f' ({one.why})' if one.why else ''}"
        for one in judged
    )
    words = f"Pathways: {listed}."
    parties = grading.evidence.parties
    open_ = [one for one in judged if one.state != "excluded"]
    last = crossing.last.event.holder_after if crossing.last is not None else None
    if len(open_) > 1 and last is not None:
        words += (
            " The available evidence does not show how the item passed from "
            f"{name_of(last, parties)} to {name_of(crossing.holder, parties)}. What would decide: "
            + "; ".join(
                one.decided_by for one in open_ if one.decided_by and one.pathway != "unknown"
            )
            + "."
        )
    return words


def _judged(
    rule: PathwayRule,
    course: Course,
    crossing: Crossing,
    subject_id: str,
    grading: Grading,
) -> PathwayJudged:
    excluding = _excluding(rule, course, crossing, grading)
    supporting = _supporting(rule, course, crossing, grading)
    state, why = "not_excluded", ""
    if excluding:
        state, why = "excluded", f"cannot be true with {', '.join(excluding)}"
    elif supporting:
        state, why = "supported", f"said in {', '.join(supporting)}"
    return PathwayJudged(
        finding_id="",
        item_id=subject_id,
        pathway=rule.pathway,
        state=state,  # type: ignore[arg-type]  # one of three words above
        why=why,
        decided_by=rule.decided_by,
    )


def _supporting(
    rule: PathwayRule, course: Course, crossing: Crossing, grading: Grading
) -> list[str]:
    """Return claims, at least fair, that say this pathway of this very subject."""
    return sorted(
        claim
        for here in course.placed
        if _explains(rule, here, crossing, grading)
        for claim in here.event.claims
        if is_at_least(class_of_set(frozenset({claim}), grading), "fair")
    )


def _explains(rule: PathwayRule, here: Placed, crossing: Crossing, grading: Grading) -> bool:
    """Whether a leg, at the point of diversion, is of the pathway's verbs and givers."""
    event = here.event
    parties = grading.evidence.parties
    if event.verb not in rule.supported_by:
        return False
    giver = parties.get(event.from_party or "")
    if rule.giver_kinds and (giver is None or giver.kind not in rule.giver_kinds):
        return False
    reaches = is_same_holder(event.to_party, crossing.holder, parties)
    leaves = event.verb in {"lost", "stolen"} and event.to_party is None
    return reaches or leaves


def _excluding(
    rule: PathwayRule, course: Course, crossing: Crossing, grading: Grading
) -> list[str]:
    """Return documented claims that cannot be true with the pathway."""
    if rule.excluded_by == "presence_before":
        return _documented_before(rule, course, crossing, grading)
    if rule.excluded_by == "delivered_before":
        return _delivered(course, crossing, grading)
    return []


def _documented_before(
    rule: PathwayRule, course: Course, crossing: Crossing, grading: Grading
) -> list[str]:
    """Return documented sightings with the holder, surely before what is said to explain them."""
    parties = grading.evidence.parties
    said = [here for here in course.placed if _explains(rule, here, crossing, grading)]
    return sorted(
        claim
        for here in course.placed
        if here.event.rule.kind in {"presence", "end"}
        and is_same_holder(here.event.holder_before, crossing.holder, parties)
        and standing_of(here.event.exists, grading) == "documented"
        and said
        and all(here.event.span.must_precede(explaining.event.span) for explaining in said)
        for claim in here.event.claims
    )


def _delivered(course: Course, crossing: Crossing, grading: Grading) -> list[str]:
    """Return documented deliveries that surely came before the custody not authorised."""
    return sorted(
        claim
        for here in course.placed
        if here.event.verb in {"delivered", "received"}
        and here.event.span.must_precede(crossing.first.event.span)
        and standing_of(here.event.exists, grading) == "documented"
        and here.event.holder_after != crossing.holder
        for claim in here.event.claims
    )

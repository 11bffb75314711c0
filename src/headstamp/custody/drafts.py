"""What is a finding before it is graded? Its identity, support and words; then the finding."""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import product

import msgspec

from headstamp.custody.accounts import denies
from headstamp.custody.grading import Grading
from headstamp.custody.journey import Journey
from headstamp.custody.standing import (
    EXACT_SETS,
    best_class,
    n_origins,
    standing_of,
)
from headstamp.custody.support import MOST_SETS, Support, atoms_of, either, in_order
from headstamp.custody.tellings import Telling
from headstamp.custody.voice import (
    Answerability,
    adverse_voice,
    denials_in_words,
    plain_voice,
)
from headstamp.terms.conclusions import PathwayJudged
from headstamp.terms.finding import Finding, FindingKind, Verdict
from headstamp.terms.grade import is_at_least


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """One conclusion: what it is of, what it rests on, and its words.

    ``identity`` is (events, undertaking, …): with kind and subject it is what a finding is
    followed by through time. ``answers`` is given for what is adverse or a retransfer;
    ``version`` names the relays of the account where relays are rivals.
    """

    kind: FindingKind
    subject: tuple[str, str]
    identity: tuple[str, ...]
    support: Support
    reason: str
    verdict: Verdict | None = None
    from_event: str | None = None
    to_event: str | None = None
    days: tuple[int | None, int | None] = (None, None)
    window: tuple[str | None, str | None] = (None, None)
    parties: tuple[str, ...] = ()
    answers: Answerability | None = None
    version: tuple[str, ...] = ()
    pathways: tuple[PathwayJudged, ...] = ()
    is_about_denial: bool = False


class Disputes:
    """Live denials and incompatible tellings, by the telling that they are against."""

    def __init__(self, journeys: Iterable[Journey], grading: Grading) -> None:
        self._grading = grading
        self._against: dict[str, set[str]] = {}
        self._denials: dict[str, set[str]] = {}
        for journey in journeys:
            self._find_denials(journey)
            for found in journey.incompatible:
                one, other = found.one.telling, found.other.telling
                self._note(one, other)
                self._note(other, one)

    def _find_denials(self, journey: Journey) -> None:
        """Note every denial; that of a rival version is shown, and contests nothing."""
        parties = self._grading.evidence.parties
        for denying, affirming in product(journey.reached.denials, journey.reached.reaches):
            if not denies(denying, affirming, parties):
                continue
            denial, told = denying.telling, affirming.telling
            self._denials.setdefault(told.atom, set()).add(denial.atom)
            if frozenset({denial.atom, told.atom}) not in journey.rivals:
                self._note(denial, told)

    def _note(self, against: Telling, told: Telling) -> None:
        if told.stance == "affirms":
            self._against.setdefault(told.atom, set()).add(against.atom)

    def denials_of(self, support: Support) -> tuple[str, ...]:
        """Return the denials of what a support rests on."""
        atoms = atoms_of(support)
        return tuple(sorted({d for atom in atoms for d in self._denials.get(atom, ())}))

    def is_contested(self, support: Support) -> bool:
        """Whether something live, of a class at least as good as the best, speaks against it."""
        best = best_class(support, self._grading)
        grades = (
            self._grading.atoms[other].grade
            for atom in atoms_of(support)
            for other in self._against.get(atom, ())
            if other not in atoms_of(support)
        )
        return any(grade is not None and is_at_least(grade, best) for grade in grades)


def finish(
    drafts: Iterable[Draft], disputes: Disputes, grading: Grading
) -> tuple[tuple[Finding, ...], tuple[PathwayJudged, ...]]:
    """Return the findings of drafts that anything supports, and the pathways of windows.

    Drafts of one identity and outcome are one finding, each set still of one account. Where
    accounts differ in the outcome, the best keeps the identity and the others add to it the
    relays that tell it.
    """
    merged: dict[tuple[str, ...], list[Draft]] = {}
    for draft in drafts:
        if draft.support:
            _add(merged.setdefault((draft.kind, *draft.subject, *draft.identity), []), draft)
    findings: list[Finding] = []
    pathways: list[PathwayJudged] = []
    for key, outcomes in merged.items():
        for told_apart, draft in _told_apart(key, outcomes):
            finding = _finding(told_apart, draft, disputes, grading)
            findings.append(finding)
            pathways += (
                msgspec.structs.replace(one, finding_id=finding.finding_id)
                for one in draft.pathways
            )
    return tuple(findings), tuple(pathways)


def _told_apart(
    key: tuple[str, ...], outcomes: list[Draft]
) -> Iterator[tuple[tuple[str, ...], Draft]]:
    """Yield the best account's outcome, then those of other relays, each under its own key.

    An identity is told once: where no relays tell accounts apart, the best account's stands.
    """
    used: set[tuple[str, ...]] = set()
    for n, draft in enumerate(outcomes):
        told_apart = (*key, *draft.version) if n else key
        if told_apart not in used:
            used.add(told_apart)
            yield told_apart, draft


def _add(outcomes: list[Draft], draft: Draft) -> None:
    """Add a draft to those of its identity; one outcome gathers the sets of all accounts."""
    for n, one in enumerate(outcomes):
        if (one.days, one.window, one.verdict) == (draft.days, draft.window, draft.verdict):
            support = either([one.support, draft.support])
            outcomes[n] = msgspec.structs.replace(one, support=support)
            return
    outcomes.append(draft)


def _finding(key: tuple[str, ...], draft: Draft, disputes: Disputes, grading: Grading) -> Finding:
    standing = standing_of(draft.support, grading)
    answers = draft.answers
    voice = plain_voice(standing) if answers is None else adverse_voice(standing, answers)
    denials = () if draft.is_about_denial else disputes.denials_of(draft.support)
    claims = grading.evidence.claims
    contested = not draft.is_about_denial and disputes.is_contested(draft.support)
    said = denials_in_words(tuple(claims[d] for d in denials if d in claims), grading)
    hedged = _hedges(draft, grading)
    missing = f"Missing: {'; '.join(answers.missing)}." if answers and answers.missing else ""
    return Finding(
        finding_id=f"f-{hashlib.sha256('|'.join(key).encode()).hexdigest()[:10]}",
        kind=draft.kind,
        subject_kind=draft.subject[0],
        subject_id=draft.subject[1],
        verdict=draft.verdict,
        standing=standing,
        voice=voice,
        contested=contested,
        replied=answers.replied if answers else "not_asked",
        origins=n_origins(draft.support, grading),
        from_event=draft.from_event,
        to_event=draft.to_event,
        days_min=draft.days[0],
        days_max=draft.days[1],
        window_from=draft.window[0],
        window_to=draft.window[1],
        parties=draft.parties,
        rests_on=in_order(draft.support),
        reason=" ".join(
            w for w in (draft.reason, hedged, said, missing, _limits(draft.support)) if w
        ),
    )


def _hedges(draft: Draft, grading: Grading) -> str:
    """Return the sources' own reservations that the words do not hold already."""
    claims = grading.evidence.claims
    told = sorted(atom for atom in atoms_of(draft.support) if atom in claims)
    said = ((claim_id, claims[claim_id].hedge) for claim_id in told)
    kept = [f'{claim_id} "{hedge}"' for claim_id, hedge in said if hedge]
    missing = [words for words in kept if words.partition(" ")[2] not in draft.reason]
    return f"In the sources' own words: {'; '.join(missing)}." if missing else ""


def _limits(support: Support) -> str:
    if len(support) >= MOST_SETS:
        return f"More ways of knowing this are on record; the {MOST_SETS} shortest are kept."
    if len(support) > EXACT_SETS:
        return "The number of independent origins is a number that is surely reached (at least)."
    return ""

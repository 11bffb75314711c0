"""Which promises bind a transfer, and what follows from their clauses?

A verdict is reached for one way of knowing the transfer at a time: with no date, with its
own, with the date that its neighbours leave. The strongest that some set yields is kept.
"""

import msgspec

from headstamp.custody.grading import Grading
from headstamp.custody.holders import answers_to, country_of, is_same_state, state_of
from headstamp.custody.linking import Membership
from headstamp.custody.support import GIVEN, Support, resting_on
from headstamp.custody.tellings import Telling
from headstamp.reference.tables import verdict_rules
from headstamp.terms.consignment import Consignment
from headstamp.terms.dates import UNKNOWN, DateSpan
from headstamp.terms.finding import Verdict
from headstamp.terms.party import Party
from headstamp.terms.undertaking import Consent, Undertaking

VERDICTS: tuple[Verdict, ...] = (
    "contravenes",
    "consistent",
    "may_contravene",
    "cannot_be_determined",
)
"""Strongest first."""


class Binding(msgspec.Struct, frozen=True, kw_only=True):
    """One undertaking that covers a consignment, and what shows that it does."""

    undertaking: Undertaking
    support: Support
    membership: Membership | None = None


class Passed(msgspec.Struct, frozen=True, kw_only=True):
    """A transfer as one set knows it: when, to whom, and how surely."""

    span: DateSpan
    transferor: str
    receiver: str
    is_sale: bool
    is_doubtful: bool
    is_indication: bool


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """One verdict, why in words, and the consents that it needs beside the undertaking."""

    verdict: Verdict
    words: str
    needs: Support = GIVEN


def binding_undertakings(
    consignment: Consignment,
    transferor: str,
    supplied: tuple[Telling, ...],
    grading: Grading,
) -> tuple[Binding, ...]:
    """Return the live undertakings of the transferor's state that cover the consignment.

    One that is less than reported is not on record.
    """
    return tuple(
        Binding(undertaking=undertaking, support=covering)
        for undertaking in grading.evidence.undertakings.values()
        if is_on_record(undertaking.undertaking_id, "undertakings", grading)
        and _is_of_state(undertaking.given_by, transferor, grading.evidence.parties)
        for covering in [_coverage(undertaking, consignment, supplied, grading)]
        if covering
    )


def is_on_record(row_id: str, table: str, grading: Grading) -> bool:
    """Whether an undertaking or consent is live and at least reported."""
    return grading.is_live(table, row_id) and grading.graded[table, row_id].grade != "poor"


def follows_for_sure(undertaking: Undertaking, span: DateSpan) -> bool:
    """Whether the undertaking surely came after the transfer: as if it were not there."""
    return undertaking.on is not None and span.must_precede(undertaking.on)


def judge_transfer(passed: Passed, undertaking: Undertaking, grading: Grading) -> Judged:
    """Return the verdict of REASONING.md section 6 for one transfer under one undertaking."""
    if passed.is_doubtful:
        return Judged(verdict="cannot_be_determined", words="the transfer itself is only doubtful")
    expires = undertaking.expires_on
    if expires is not None and expires.must_precede(passed.span):
        return Judged(
            verdict="consistent", words="the undertaking had expired for sure before the transfer"
        )
    rule = verdict_rules()[undertaking.clause]
    judged = _BY_RULE[rule.rule](passed, undertaking, grading)
    if judged.verdict != "contravenes":
        return msgspec.structs.replace(judged, words=_joined(rule.words, judged.words))
    doubts = _doubts(passed, undertaking)
    verdict: Verdict = "may_contravene" if doubts else "contravenes"
    return Judged(
        verdict=verdict, words=_joined(rule.words, judged.words, *doubts), needs=judged.needs
    )


def _doubts(passed: Passed, undertaking: Undertaking) -> list[str]:
    """Return what keeps *contravenes* from being said, in words."""
    doubts = []
    if undertaking.on is None or not undertaking.on.must_precede(passed.span):
        doubts.append("the dates on record do not show that the undertaking came first")
    if undertaking.expires_on is not None and undertaking.expires_on.may_precede(passed.span):
        doubts.append("the undertaking may have expired before the transfer")
    if passed.is_sale:
        doubts.append("a sale is title and shows no hand-over")
    if passed.is_indication:
        doubts.append("the link of the item to the consignment is an indication")
    return doubts


def _forbidden(passed: Passed, undertaking: Undertaking, grading: Grading) -> Judged:
    del passed, undertaking, grading
    return Judged(verdict="contravenes", words="")


def _forbidden_without_consent(
    passed: Passed, undertaking: Undertaking, grading: Grading
) -> Judged:
    consents = _consents(passed, undertaking, grading)
    before = [c for c in consents if c.on is not None and c.on.must_precede(passed.span)]
    if before:
        return Judged(
            verdict="consistent",
            words="a consent that came before the transfer names the receiver",
            needs=frozenset({frozenset({consent.consent_id}) for consent in before}),
        )
    maybe = [c for c in consents if not _is_after(c, passed.span)]
    if maybe:
        return Judged(
            verdict="may_contravene",
            words="a consent names the receiver, and may have come before the transfer",
            needs=frozenset({frozenset({consent.consent_id}) for consent in maybe}),
        )
    if consents:
        return Judged(verdict="contravenes", words="the only consent came after the transfer")
    return Judged(verdict="contravenes", words=_consent_asked(undertaking, grading))


def _permitted_to_class(passed: Passed, undertaking: Undertaking, grading: Grading) -> Judged:
    parties = grading.evidence.parties
    named = ", ".join(undertaking.permits) or "nobody"
    if any(answers_to(passed.receiver, name, parties) for name in undertaking.permits):
        return Judged(verdict="consistent", words=f"the receiver is in it ({named})")
    if undertaking.permits and all(
        _is_surely_outside(passed.receiver, name, parties) for name in undertaking.permits
    ):
        return Judged(verdict="contravenes", words=f"the receiver is outside it ({named})")
    return Judged(
        verdict="cannot_be_determined",
        words=f"whether the receiver is in it ({named}) is not on record",
    )


def _cannot_tell(passed: Passed, undertaking: Undertaking, grading: Grading) -> Judged:
    del passed, grading
    known = "its text as on record follows" if undertaking.clause_text else "no text is on record"
    return Judged(verdict="cannot_be_determined", words=known)


def _allowed(passed: Passed, undertaking: Undertaking, grading: Grading) -> Judged:
    del passed, undertaking, grading
    return Judged(verdict="consistent", words="")


_BY_RULE = {
    "forbids": _forbidden,
    "forbids_without_consent": _forbidden_without_consent,
    "permits_class": _permitted_to_class,
    "cannot_tell": _cannot_tell,
    "allows": _allowed,
}


def _consents(passed: Passed, undertaking: Undertaking, grading: Grading) -> tuple[Consent, ...]:
    """Return consents on record by the undertaking's receiver that name the transfer's."""
    parties = grading.evidence.parties
    return tuple(
        consent
        for consent in grading.evidence.consents.values()
        if consent.undertaking_id == undertaking.undertaking_id
        and is_on_record(consent.consent_id, "consents", grading)
        and is_same_state(consent.given_by, undertaking.given_to, parties)
        and any(_names(passed.receiver, name, parties) for name in consent.onward_to)
    )


def _names(receiver: str, name: str, parties: dict[str, Party]) -> bool:
    """Whether a consent's word names the receiver, its state or a class it is in."""
    return answers_to(receiver, name, parties) or name == state_of(receiver, parties)


def _is_after(consent: Consent, span: DateSpan) -> bool:
    return consent.on is not None and span.must_precede(consent.on)


def _consent_asked(undertaking: Undertaking, grading: Grading) -> str:
    """Return whether consent was asked about, of the one who could have given it.

    A request about the goods, and not about the undertaking, is no question about consent.
    """
    parties = grading.evidence.parties
    outcomes = {
        request.outcome
        for request in grading.evidence.requests.values()
        if grading.is_live("requests", request.request_id)
        and is_same_state(request.addressee, undertaking.given_to, parties)
        and undertaking.undertaking_id in request.about
    }
    if not outcomes:
        return "consent: not asked about"
    if outcomes <= {"open", "silent", None}:
        return "consent: asked, no answer"
    if "not_in_records" in outcomes:
        return "consent: said not to exist (not in the records of the one asked)"
    return "consent: asked about and answered, and none is on record"


def _is_surely_outside(receiver: str, name: str, parties: dict[str, Party]) -> bool:
    """Whether what ``name`` names (party, country or kind) is recorded and differs."""
    party = parties.get(receiver)
    if party is None or answers_to(receiver, name, parties):
        return False
    if name in parties:
        return party.is_named
    if len(name) in {2, 4} and name.isupper():
        return party.country is not None
    return party.is_named


def _is_of_state(giver: str | None, transferor: str, parties: dict[str, Party]) -> bool:
    """Whether the transferor's state, or any body of it, gave the undertaking."""
    if giver is None or is_same_state(giver, transferor, parties):
        return giver is not None
    state = state_of(transferor, parties)
    if state is not None:
        return is_same_state(giver, state, parties)
    country = country_of(transferor, parties)
    by_state = giver in parties and parties[giver].is_state
    return by_state and country is not None and country_of(giver, parties) == country


def _coverage(
    undertaking: Undertaking,
    consignment: Consignment,
    supplied: tuple[Telling, ...],
    grading: Grading,
) -> Support:
    """Return what shows that the undertaking covers the consignment; nothing if it does not."""
    atom = undertaking.undertaking_id
    scope = undertaking.scope or ("consignment" if undertaking.consignment_id else None)
    if scope == "consignment":
        covers = undertaking.consignment_id == consignment.consignment_id
        return resting_on(atom) if covers else frozenset()
    if scope is None:
        return frozenset()
    parties = grading.evidence.parties
    ends = (undertaking.given_to, undertaking.given_by)
    if is_same_state(ends[0], consignment.exporter, parties) and is_same_state(
        ends[1], consignment.importer, parties
    ):
        return resting_on(atom, f"consignment:{consignment.consignment_id}")
    return frozenset(
        frozenset({atom, telling.atom})
        for telling in supplied
        if is_same_state(ends[0], telling.from_party, parties)
        and is_same_state(ends[1], telling.to_party, parties)
    )


def _joined(*words: str) -> str:
    return "; ".join(word for word in words if word)


ANY_DAY = UNKNOWN
"""How a transfer is known to a set that holds no date."""

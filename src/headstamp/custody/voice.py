"""Who may say it? The four things asked of adverse findings, replies, and the voice."""

from datetime import date

import msgspec

from headstamp.custody.grading import Grading
from headstamp.custody.holders import is_same_state, name_of
from headstamp.custody.linking import Membership
from headstamp.terms.claim import Claim
from headstamp.terms.dates import date_label
from headstamp.terms.finding import Standing, Voice
from headstamp.terms.request import Request
from headstamp.terms.undertaking import Undertaking

REPORTED_OR_BETTER = frozenset({"documented", "corroborated", "reported"})


class Answerability(msgspec.Struct, frozen=True, kw_only=True):
    """Which of (a)-(d) of REASONING.md section 6 are missing, in words, and who replied."""

    missing: tuple[str, ...]
    replied: str


class Charge(msgspec.Struct, frozen=True, kw_only=True):
    """What an adverse finding is about: to whom it is adverse, and on which records."""

    adverse_to: str | None
    named: str | None = None
    about: frozenset[str]
    transfer_standing: Standing
    instrument: Undertaking | None = None
    memberships: tuple[Membership, ...] | None = None


def plain_voice(standing: Standing) -> Voice:
    """Return who may say what is not adverse."""
    if standing in {"documented", "corroborated"}:
        return "ours"
    return "attributed" if standing == "reported" else "internal"


def adverse_voice(standing: Standing, answers: Answerability) -> Voice:
    """Return who may say what is adverse: ours only if nothing is missing."""
    if standing not in REPORTED_OR_BETTER:
        return "internal"
    return "attributed" if answers.missing else "ours"


def ask_of(charge: Charge, grading: Grading) -> Answerability:
    """Return what of (a)-(d) is missing.

    ``memberships`` is ``None`` where the subject is the consignment itself, for which (c) holds.
    """
    missing = []
    if not _is_instrument_known(charge.instrument, grading):
        missing.append("(a) the instrument was not seen, nor confirmed in writing by its parties")
    if charge.transfer_standing not in {"documented", "corroborated"}:
        missing.append("(b) the transfer is not documented or corroborated")
    if charge.memberships is not None and not any(m.is_judged_strong for m in charge.memberships):
        missing.append("(c) no strong link of the item, judged by a person")
    request = _right_of_reply(charge, grading)
    if request is None:
        asked = name_of(charge.named or charge.adverse_to, grading.evidence.parties)
        missing.append(f"(d) no right of reply was offered to {asked}")
    elif not _is_closed(request, grading.evidence.on):
        missing.append("(d) the period for a reply has not closed")
    return Answerability(missing=tuple(missing), replied=_reply(request))


def requests_on(
    addressee: str | None, about: frozenset[str], grading: Grading
) -> tuple[Request, ...]:
    """Return the live requests to a party's state that meet the ids a finding is about."""
    parties = grading.evidence.parties
    return tuple(
        request
        for request in grading.evidence.requests.values()
        if grading.is_live("requests", request.request_id)
        and is_same_state(request.addressee, addressee, parties)
        and about & {*request.item_ids, *request.about}
    )


def _right_of_reply(charge: Charge, grading: Grading) -> Request | None:
    asked = (
        request
        for request in requests_on(charge.adverse_to, charge.about, grading)
        if request.right_of_reply_sent_on is not None
    )
    return max(asked, key=lambda request: (_is_answered(request), request.request_id), default=None)


def _is_answered(request: Request) -> bool:
    return request.right_of_reply_outcome is not None


def _is_closed(request: Request, on: date | None) -> bool:
    if _is_answered(request):
        return True
    due = request.right_of_reply_due_on.latest if request.right_of_reply_due_on else None
    return due is not None and on is not None and due < on


def _reply(request: Request | None) -> str:
    """Return the ``replied`` of a finding: a right of reply only, never a trace request."""
    if request is None or request.right_of_reply_sent_on is None:
        return "not_asked"
    if request.right_of_reply_outcome not in {None, "no_reply"}:
        return str(request.right_of_reply_outcome)
    return f"no_reply (asked on {date_label(request.right_of_reply_sent_on)})"


def _is_instrument_known(undertaking: Undertaking | None, grading: Grading) -> bool:
    """Whether the instrument was seen, or confirmed in writing by its giver or receiver."""
    if undertaking is None:
        return False
    document_id = undertaking.document_id or ""
    document = grading.evidence.documents.get(document_id)
    is_known = document is not None and (
        document.was_seen or document.authenticity == "confirmed_by_issuer"
    )
    if is_known and grading.is_live("documents", document_id):
        return True
    return _is_confirmed(undertaking, grading)


def _is_confirmed(undertaking: Undertaking, grading: Grading) -> bool:
    """Whether its giver or receiver says so in a statement or reply of its own."""
    atom = grading.atoms[undertaking.undertaking_id]
    source = grading.evidence.sources.get(undertaking.source_id or "")
    if source is None or undertaking.relays:
        return False
    speaker = (
        grading.party_of(source) if source.kind in {"trace_response", "party_statement"} else None
    )
    parties = grading.evidence.parties
    ends = (undertaking.given_by, undertaking.given_to)
    return atom.own_conduct_of is not None or any(
        is_same_state(speaker, end, parties) for end in ends
    )


def denials_in_words(denials: tuple[Claim, ...], grading: Grading) -> str:
    """Return every denial with who made it and how it is graded, whatever the grade."""
    said = (
        f"{denial.claim_id} ({denial.source_id}, {grading.graded['claims', denial.claim_id].grade})"
        for denial in denials
    )
    listed = "; ".join(said)
    return f"Denied: {listed}." if listed else ""

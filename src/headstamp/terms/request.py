"""What was asked? Trace requests and rights of reply, silence included."""

from typing import Literal

from headstamp.terms.dates import DateSpan
from headstamp.terms.row import Row

Outcome = Literal[
    "open", "confirmed", "partial", "not_in_records", "refused", "silent", "withdrawn"
]
ReplyOutcome = Literal["denied", "explained", "no_reply", "declined"]


class Request(Row, frozen=True, kw_only=True):
    """One trace request; ``about`` lists the ids asked about."""

    request_id: str
    reference: str | None = None
    asked_by: str | None = None
    addressee: str | None = None
    channel: str | None = None
    item_ids: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    sent_on: DateSpan | None = None
    due_on: DateSpan | None = None
    acknowledged_on: DateSpan | None = None
    outcome: Outcome | None = None
    replied_on: DateSpan | None = None
    reply_source_id: str | None = None
    terms: str | None = None
    right_of_reply_sent_on: DateSpan | None = None
    right_of_reply_due_on: DateSpan | None = None
    right_of_reply_outcome: ReplyOutcome | None = None

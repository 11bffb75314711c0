"""What is a claim? One thing that one source says happened, or did not."""

from decimal import Decimal
from typing import Literal

from headstamp.terms.dates import DateSpan
from headstamp.terms.row import Row

Verb = Literal[
    "made",
    "marked",
    "licensed",
    "sold",
    "shipped",
    "exported",
    "transited",
    "delivered",
    "received",
    "transferred",
    "held",
    "used",
    "lost",
    "stolen",
    "captured",
    "surrendered",
    "defected",
    "seized",
    "seen",
    "recovered",
    "verified",
    "destroyed",
    "assessed",
]
SubjectKind = Literal["item", "consignment", "party"]
Extent = Literal["all", "some", "number", "unknown"]
Stance = Literal["affirms", "denies"]
Basis = Literal["inspected", "document", "testimony", "inference"]


class Claim(Row, frozen=True, kw_only=True):
    """One claim; ``statement`` names the origin's sentence that it renders.

    "59 days later" is recorded as said: ``after_claim`` and ``after_days`` (empty: later,
    not said how much). The date that follows is derived and labelled so.
    """

    claim_id: str
    source_id: str
    verb: Verb
    subject_kind: SubjectKind
    subject_id: str
    statement: str | None = None
    from_party: str | None = None
    via_party: str | None = None
    to_party: str | None = None
    on: DateSpan | None = None
    after_claim: str | None = None
    after_days: int | None = None
    site_id: str | None = None
    place: str | None = None
    quantity: Decimal | None = None
    extent: Extent = "unknown"
    stance: Stance = "affirms"
    basis: Basis | None = None
    hedge: str | None = None
    document_id: str | None = None
    locator: str | None = None
    quote: str | None = None

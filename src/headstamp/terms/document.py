"""What is a document? A paper that somebody saw or described; authentic only as far as asked."""

from typing import Literal

from headstamp.terms.dates import DateSpan
from headstamp.terms.row import Row

DocumentKind = Literal[
    "contract",
    "licence",
    "end_use_certificate",
    "packing_list",
    "bill_of_lading",
    "air_waybill",
    "delivery_verification",
    "invoice",
    "letter",
    "other",
]
Seen = Literal["original", "copy", "extract", "described"]
Authenticity = Literal["confirmed_by_issuer", "not_asked", "doubted"]


class Document(Row, frozen=True, kw_only=True):
    """One document; ``seen`` says how near anybody of ours came to it."""

    document_id: str
    kind: DocumentKind = "other"
    number: str | None = None
    issued_on: DateSpan | None = None
    issuer: str | None = None
    addressee: str | None = None
    language: str | None = None
    seen: Seen | None = None
    authenticity: Authenticity | None = None
    exhibit: str | None = None

    @property
    def was_seen(self) -> bool:
        """Whether the paper itself, a copy or an extract was before somebody's eyes."""
        return self.seen in {"original", "copy", "extract"}

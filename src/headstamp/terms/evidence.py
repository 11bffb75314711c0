"""What stands at entry N? Every row on record, and what was withdrawn, judged or erased since."""

from collections.abc import Mapping
from datetime import date

import msgspec

from headstamp.terms.claim import Claim
from headstamp.terms.consignment import Consignment, ConsignmentLine
from headstamp.terms.document import Document
from headstamp.terms.figure import PublishedFigure
from headstamp.terms.item import Item
from headstamp.terms.link import Judgement, Link
from headstamp.terms.mark import Mark
from headstamp.terms.party import Party
from headstamp.terms.place import Session, Site
from headstamp.terms.proposal import Proposal
from headstamp.terms.register import RecordedEntry
from headstamp.terms.request import Request
from headstamp.terms.row import Row, Whereabouts
from headstamp.terms.source import Source
from headstamp.terms.undertaking import Consent, Embargo, Undertaking

TABLES: dict[str, type[Row]] = {
    "sources": Source,
    "parties": Party,
    "sites": Site,
    "sessions": Session,
    "documents": Document,
    "items": Item,
    "marks": Mark,
    "consignments": Consignment,
    "consignment_lines": ConsignmentLine,
    "claims": Claim,
    "undertakings": Undertaking,
    "consents": Consent,
    "embargoes": Embargo,
    "links": Link,
    "requests": Request,
    "published_figures": PublishedFigure,
}
"""Tables of a case package in the order in which they are read, and the type of their rows."""

ID_COLUMNS: dict[str, tuple[str, ...]] = {
    "sources": ("source_id",),
    "parties": ("party_id",),
    "sites": ("site_id",),
    "sessions": ("session_id",),
    "documents": ("document_id",),
    "items": ("item_id",),
    "marks": ("mark_id",),
    "consignments": ("consignment_id",),
    "consignment_lines": ("consignment_id", "line"),
    "claims": ("claim_id",),
    "undertakings": ("undertaking_id",),
    "consents": ("consent_id",),
    "embargoes": ("embargo_id",),
    "links": ("item_id", "other_kind", "other_id"),
    "requests": ("request_id",),
    "published_figures": ("figure_id",),
}

ENTRIES = "entries"
"""Entries of registers that somebody judged: no table of a package, and rows all the same."""

RULES = "rules"
"""Written rules, by ``NAME@DIGEST``: withdrawing one withdraws every judgement that it made."""

ATOM_PREFIXES: dict[str, str] = {
    "sources": "source:",
    "parties": "party:",
    "sites": "site:",
    "sessions": "session:",
    "documents": "document:",
    "items": "item:",
    "marks": "mark:",
    "consignments": "consignment:",
    "consignment_lines": "line:",
    "claims": "",
    "undertakings": "",
    "consents": "",
    "embargoes": "embargo:",
    "links": "link:",
    "requests": "request:",
    "published_figures": "",
    ENTRIES: "entry:",
}
"""How a row is written in a set of support; ``withdraw`` takes the same forms."""


def atom_id(table: str, row_id: str) -> str:
    """Return how support sets write a row: ``atom_id("items", "i1")`` is ``item:i1``."""
    return ATOM_PREFIXES[table] + row_id


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """All rows on record at one entry of the journal, as ids → rows; withdrawn rows included.

    ``entries`` has the entries that judgements name and that are on record, by
    ``REGISTER:ENTRY``; ``proposals`` what the last trace proposed, which carries nothing.
    ``withdrawn`` holds (table, id); ``judgements`` stand in the order they were made,
    withdrawn ones included as ("judgements", id) or ("rules", NAME@DIGEST); ``on`` is the
    civil day for which reply periods are reckoned.
    """

    sources: dict[str, Source] = {}
    parties: dict[str, Party] = {}
    sites: dict[str, Site] = {}
    sessions: dict[str, Session] = {}
    documents: dict[str, Document] = {}
    items: dict[str, Item] = {}
    marks: dict[str, Mark] = {}
    consignments: dict[str, Consignment] = {}
    consignment_lines: dict[str, ConsignmentLine] = {}
    claims: dict[str, Claim] = {}
    undertakings: dict[str, Undertaking] = {}
    consents: dict[str, Consent] = {}
    embargoes: dict[str, Embargo] = {}
    links: dict[str, Link] = {}
    requests: dict[str, Request] = {}
    published_figures: dict[str, PublishedFigure] = {}
    entries: dict[str, RecordedEntry] = {}
    proposals: Mapping[str, Proposal] = {}
    judgements: tuple[Judgement, ...] = ()
    withdrawn: frozenset[tuple[str, str]] = frozenset()
    whereabouts: dict[tuple[str, str], Whereabouts] = {}
    on: date | None = None

    def rows(self, table: str) -> dict[str, Row]:
        """Return the rows of one table by id."""
        found: dict[str, Row] = getattr(self, table)
        return found

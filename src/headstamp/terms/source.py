"""What is a source? Whoever says something, and how reliable they are held to be."""

from typing import Literal

from headstamp.terms.dates import DateSpan
from headstamp.terms.row import Row

SourceKind = Literal[
    "field_documentation",
    "official_document",
    "trace_response",
    "register",
    "ngo_report",
    "press",
    "interview",
    "party_statement",
    "other",
]
Reliability = Literal["A", "B", "C", "D", "E", "F"]
Release = Literal["internal", "unattributed", "open"]

DOCUMENTARY_KINDS: frozenset[SourceKind] = frozenset(
    {"field_documentation", "official_document", "trace_response", "register"}
)
STATEMENT_KINDS: frozenset[SourceKind] = frozenset({"trace_response", "party_statement"})


class Source(Row, frozen=True, kw_only=True):
    """One source. An ``interview`` is named when ``publisher`` is filled (a code, never a name).

    The ``publisher`` of a party statement or a trace response is the party that made it.
    """

    source_id: str
    kind: SourceKind
    title: str | None = None
    publisher: str | None = None
    published_on: DateSpan | None = None
    url: str | None = None
    language: str | None = None
    reliability: Reliability = "F"
    release: Release = "internal"
    exhibit: str | None = None

    @property
    def is_documentary(self) -> bool:
        """Whether what it says can be *documented* (REASONING.md section 3)."""
        return self.kind in DOCUMENTARY_KINDS

    @property
    def is_own_observation(self) -> bool:
        """Whether a row it relays from nobody is its own observation, its origin disclosed."""
        if self.kind == "interview":
            return self.publisher is not None
        return self.kind not in {"press", "other"}

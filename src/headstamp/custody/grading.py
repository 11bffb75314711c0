"""How is each row known? Its lineage, its origin, its class, and whether it still counts."""

import msgspec

from headstamp.custody.holders import is_same_state
from headstamp.terms.claim import Claim
from headstamp.terms.conclusions import UNDISCLOSED, Graded
from headstamp.terms.evidence import ATOM_PREFIXES, ENTRIES, RULES, TABLES, Evidence, atom_id
from headstamp.terms.figure import PublishedFigure
from headstamp.terms.grade import Class, class_of, lowest_reliability
from headstamp.terms.item import Item
from headstamp.terms.link import Judgement
from headstamp.terms.register import RecordedEntry
from headstamp.terms.row import Row
from headstamp.terms.source import STATEMENT_KINDS, Reliability, Source
from headstamp.terms.undertaking import Consent, Undertaking

GRADED_TABLES = frozenset(
    {"claims", "undertakings", "consents", "embargoes", "links", "published_figures", ENTRIES}
)
"""Rows that raise or lower the class of a set; an items row does so only as a claim."""

_TABLE_OF_PREFIX = {prefix: table for table, prefix in ATOM_PREFIXES.items() if prefix}


class Atom(msgspec.Struct, frozen=True, kw_only=True):
    """What a set of support must know of one atom.

    ``lineage`` holds source ids, and ``UNDISCLOSED`` where the origin is not disclosed;
    ``grade`` is ``None`` for what is not graded; ``is_first_hand``: a document seen, an
    object inspected or named first-hand testimony; ``own_conduct_of``: the party that
    speaks here of what it did itself; ``is_by_rule``: judged by a written rule.
    """

    lineage: frozenset[str] = frozenset()
    grade: Class | None = None
    is_documentary: bool = True
    is_first_hand: bool = False
    own_conduct_of: str | None = None
    is_by_rule: bool = False


class _Line(msgspec.Struct, frozen=True, kw_only=True):
    """What one lineage comes to, whatever came through it; ``speaker``: whose statement it is."""

    known: tuple[Source, ...]
    origin: str
    reliability: Reliability
    is_live: bool
    speaker: str | None


class Grading:
    """Lineage, origin, class and liveness of every row of one evidence; atoms by their id.

    Rows that are known alike share one ``Graded`` and one ``Atom``: of very many rows there
    are few kinds.
    """

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self._retold = _rows_by_statement(evidence)
        self._lines: dict[tuple[str, ...], _Line] = {}
        self._live: dict[str, dict[str, Row]] = {}
        self._alike: dict[tuple[object, ...], Graded] = {}
        self._atoms_alike: dict[tuple[object, ...], Atom] = {}
        self.graded: dict[tuple[str, str], Graded] = {}
        self.atoms: dict[str, Atom] = {}
        for table in (*TABLES, ENTRIES):
            for row_id, row in evidence.rows(table).items():
                self._grade_row(table, row_id, row)
        for judgement in evidence.judgements:
            self.atoms[judgement.judgement_id] = Atom(
                is_documentary=not judgement.is_by_rule, is_by_rule=judgement.is_by_rule
            )

    def is_live(self, table: str, row_id: str) -> bool:
        """Whether the row is on record and neither it nor a source in its lineage withdrawn."""
        known = self.graded.get((table, row_id))
        return known is not None and known.is_live

    def live(self, table: str) -> dict[str, Row]:
        """Return the rows of one table that still count."""
        if table not in self._live:
            rows = self.evidence.rows(table).items()
            self._live[table] = {i: row for i, row in rows if self.graded[table, i].is_live}
        return self._live[table]

    def is_judgement_live(self, judgement: Judgement) -> bool:
        """Whether neither the judgement was withdrawn nor the rule that made it."""
        gone = self.evidence.withdrawn
        is_ruled_out = judgement.rule is not None and (RULES, judgement.rule) in gone
        return not is_ruled_out and ("judgements", judgement.judgement_id) not in gone

    def is_atom_live(self, atom: str) -> bool:
        """Whether the row that a prefixed atom names (``mark:…``, ``line:…``) still counts."""
        kind, is_prefixed, row_id = atom.partition(":")
        table = _TABLE_OF_PREFIX.get(kind + is_prefixed)
        return table is not None and self.is_live(table, row_id)

    def lineage_of(self, row: Row) -> tuple[str, ...]:
        """Return the row's source and its relays, followed on through relays that retell it."""
        if row.source_id is None:
            return ()
        lineage = [row.source_id, *row.relays]
        statement = getattr(row, "statement", None)
        for place, source_id in enumerate(lineage):
            if place and statement:  # The row itself says what its own source relays.
                retold = self._retold.get((source_id, statement), ())
                lineage.extend(s for s in retold if s not in lineage)
        return tuple(lineage)

    def _grade_row(self, table: str, row_id: str, row: Row) -> None:
        lineage = (row_id,) if table == "sources" else self.lineage_of(row)
        line = self._lines.get(lineage) or self._read_line(lineage)
        is_live = line.is_live and (table, row_id) not in self.evidence.withdrawn
        key = (lineage, _credibility(row, line.known), is_live)
        known = self._alike.get(key)
        if known is None:
            grade = class_of(line.reliability, key[1])
            known = Graded(lineage=lineage, origin=line.origin, grade=grade, is_live=is_live)
            self._alike[key] = known
        self.graded[table, row_id] = known
        self.atoms[atom_id(table, row_id)] = self._atom_of(row, line, known, table)

    def _read_line(self, lineage: tuple[str, ...]) -> _Line:
        sources = self.evidence.sources
        known = tuple(sources[s] for s in lineage if s in sources)
        end = sources.get(lineage[-1] if lineage else "")
        self._lines[lineage] = line = _Line(
            known=known,
            origin=_origin(lineage, sources),
            reliability=lowest_reliability(tuple(source.reliability for source in known)),
            is_live=not any(("sources", s) in self.evidence.withdrawn for s in lineage),
            speaker=self.party_of(end) if end and end.kind in STATEMENT_KINDS else None,
        )
        return line

    def _atom_of(self, row: Row, line: _Line, known: Graded, table: str) -> Atom:
        key = (
            known.lineage,
            known.grade if _is_graded(table, row) else None,
            self._is_first_hand(row),
            self._own_conduct(row, line),
        )
        atom = self._atoms_alike.get(key)
        if atom is None:
            undisclosed = {UNDISCLOSED} if line.origin == UNDISCLOSED else set()
            atom = Atom(
                lineage=frozenset(known.lineage) | undisclosed,
                grade=key[1],
                is_documentary=bool(line.known) and all(s.is_documentary for s in line.known),
                is_first_hand=key[2],
                own_conduct_of=key[3],
            )
            self._atoms_alike[key] = atom
        return atom

    def _is_first_hand(self, row: Row) -> bool:
        if isinstance(row, Item):
            return row.was_inspected
        document_id = getattr(row, "document_id", None)
        document = self.evidence.documents.get(document_id) if document_id else None
        if document is not None and document.was_seen:
            return True
        if not isinstance(row, Claim):
            return False
        if row.basis == "testimony":
            source = self.evidence.sources.get(row.source_id)
            return source is not None and not row.relays and source.is_own_observation
        return row.basis == "inspected"

    def _own_conduct(self, row: Row, line: _Line) -> str | None:
        """Return the party whose statement at the end of the lineage is about its own conduct."""
        speaker, parties = line.speaker, self.evidence.parties
        if speaker is None:
            return None
        named = _named_parties(row)
        return speaker if any(is_same_state(speaker, party, parties) for party in named) else None

    def party_of(self, source: Source) -> str | None:
        """Return the party that made a statement or a reply, by id, name or alias."""
        parties = self.evidence.parties
        if source.publisher is None or source.publisher in parties:
            return source.publisher
        names = (
            party_id
            for party_id, party in parties.items()
            if source.publisher == party.name or source.publisher in party.aliases
        )
        return next(names, None)


def _rows_by_statement(evidence: Evidence) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return (source, statement) → relays, of the sources that themselves hold a statement."""
    held: dict[tuple[str, str], tuple[str, ...]] = {}
    for table in ("claims", "published_figures"):
        for _, row in sorted(evidence.rows(table).items()):
            statement = getattr(row, "statement", None)
            if statement and row.source_id and row.relays:
                known = held.get((row.source_id, statement), ())
                held[row.source_id, statement] = tuple(dict.fromkeys((*known, *row.relays)))
    return held


def _origin(lineage: tuple[str, ...], sources: dict[str, Source]) -> str:
    if not lineage:
        return ""
    end = sources.get(lineage[-1])
    return lineage[-1] if end is not None and end.is_own_observation else UNDISCLOSED


def _credibility(row: Row, known: tuple[Source, ...]) -> int | None:
    """Return the credibility that counts; of items and figures without one, by their source."""
    if row.credibility is not None or not isinstance(row, Item | PublishedFigure):
        return row.credibility
    return 2 if len(known) == 1 and known[0].is_documentary else 6


def _is_graded(table: str, row: Row) -> bool:
    return table in GRADED_TABLES or (isinstance(row, Item) and row.is_claim)


def _named_parties(row: Row) -> frozenset[str | None]:
    if isinstance(row, Claim):
        return frozenset({row.from_party, row.via_party, row.to_party})
    if isinstance(row, RecordedEntry):
        return frozenset({row.from_party, row.to_party})
    if isinstance(row, Undertaking | Consent):
        return frozenset({row.given_by})
    return frozenset()

"""What do the tables say, by id? A case is the tables handed out, indexed, nothing more."""

from collections.abc import Mapping
from functools import cached_property

import msgspec
from markupsafe import Markup

from headstamp.reports.cells import Row, field, is_true, text_of, texts_of, visible
from headstamp.reports.cuts import MOST_LISTED, MOST_PAGES
from headstamp.terms.table import Table

UNDISCLOSED = "undisclosed"


class Leg(msgspec.Struct, frozen=True, kw_only=True):
    """One row of ``chains``: a leg, or a gap between the two holders it separates.

    ``dated`` says whose days they are (own, derived, neighbours, none); empty in tables that
    have no such column.
    """

    verb: str
    giver: str
    via: str
    receiver: str
    earliest: str
    latest: str
    place: str
    standing: str
    is_gap: bool
    claims: tuple[str, ...]
    derived: str
    note: str
    dated: str = ""


class Track(msgspec.Struct, frozen=True, kw_only=True):
    """One account of how one subject travelled, best account first."""

    subject_kind: str
    subject_id: str
    account: int
    legs: tuple[Leg, ...]
    decided_by: str
    beside: tuple[str, ...]


class Case:
    """The tables of one report by name and by id; absent tables read as empty."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self.tables = tables
        self._rows: dict[str, tuple[Row, ...]] = {}
        self._grouped: dict[tuple[str, str], dict[str, list[Row]]] = {}
        self._listed: dict[str, frozenset[str]] = {}

    def rows(self, name: str) -> tuple[Row, ...]:
        """Return the rows of a table in its order; none where there is no such table."""
        if name not in self._rows:
            table = self.tables.get(name)
            self._rows[name] = tuple(table.rows) if table else ()
        return self._rows[name]

    def row(self, name: str, ident: str) -> Row | None:
        """Return the row of ``name`` with this id, its first column of that name."""
        return self._indexes.get(name, {}).get(ident)

    def rows_where(self, name: str, column: str, value: str) -> tuple[Row, ...]:
        """Return the rows of a table whose cell says this, in their order; indexed once."""
        key = (name, column)
        if key not in self._grouped:
            grouped: dict[str, list[Row]] = {}
            for row in self.rows(name):
                grouped.setdefault(text_of(row, column), []).append(row)
            self._grouped[key] = grouped
        return tuple(self._grouped[key].get(value, ()))

    def has_page(self, kind: str, ident: str) -> bool:
        """Whether an item or a consignment has a page of its own."""
        return (kind, ident) in self._paged

    def is_listed(self, name: str, ident: str) -> bool:
        """Whether the page of a table shows this row: the first ones do, of findings by voice.

        Of pathways: whether those of this finding are shown.
        """
        if name not in self._listed:
            self._listed[name] = frozenset(self._ids_listed(name))
        return ident in self._listed[name]

    @cached_property
    def about(self) -> Mapping[str, str]:
        """What the tables say of the casebook: title, seq, head, banner and the like."""
        rows = self.rows("about")
        if rows and "key" in rows[0]:
            return {text_of(row, "key"): text_of(row, "value") for row in rows}
        return {column: text_of(row, column) for row in rows for column in row}

    @cached_property
    def tracks(self) -> Mapping[tuple[str, str], tuple[Track, ...]]:
        """Accounts by (subject kind, subject id), in the order of the table."""
        grouped: dict[tuple[str, str, int], list[Row]] = {}
        for row in self.rows("chains"):
            subject = (text_of(row, "subject_kind") or "item", text_of(row, "item_id"))
            grouped.setdefault((*subject, int(text_of(row, "account"))), []).append(row)
        found: dict[tuple[str, str], list[Track]] = {}
        for (kind, ident, account), rows in grouped.items():
            found.setdefault((kind, ident), []).append(_track(kind, ident, account, rows))
        return {subject: tuple(tracks) for subject, tracks in found.items()}

    @cached_property
    def subjects(self) -> tuple[tuple[str, str], ...]:
        """Every item and consignment: on record, or with a chain."""
        listed = [("item", text_of(row, "item_id")) for row in self.rows("items")]
        listed += [
            ("consignment", text_of(row, "consignment_id")) for row in self.rows("consignments")
        ]
        return tuple(dict.fromkeys([*listed, *self.tracks]))

    @cached_property
    def told(self) -> tuple[tuple[str, str], ...]:
        """Subjects of which something is on record beside their own documentation."""
        named = self._named
        return tuple(
            subject
            for subject in self.subjects
            if subject in named or not is_bare(self.tracks.get(subject, ()))
        )

    @cached_property
    def paged(self) -> tuple[tuple[str, str], ...]:
        """Subjects with a page of their own: all, or of very many those told of."""
        if len(self.subjects) <= MOST_LISTED:
            return self.subjects
        return self.told[:MOST_PAGES]

    @cached_property
    def windows(self) -> tuple[tuple[str, str], ...]:
        """Each finding and subject that pathways are listed for, once, in their order."""
        pairs = ((text_of(r, "finding_id"), text_of(r, "item_id")) for r in self.rows("pathways"))
        return tuple(dict.fromkeys(pairs))

    @cached_property
    def sources_behind(self) -> Mapping[str, tuple[str, ...]]:
        """The sources that some set of a finding comes through, by finding."""
        found: dict[str, list[str]] = {}
        for row in self.rows("rests_on_source"):
            for finding_id in texts_of(row, "rests_on_it"):
                found.setdefault(finding_id, []).append(text_of(row, "source_id"))
        return {finding_id: tuple(sources) for finding_id, sources in found.items()}

    def party_name(self, party_id: str) -> str:
        """Return a party's name as text; its id where no name is on record."""
        row = self.row("parties", party_id)
        return visible((text_of(row, "name") if row else "") or party_id)

    def party(self, party_id: str) -> Markup:
        """Return a party's name as an element of its own."""
        return field(self.party_name(party_id))

    def country_of(self, party_id: str) -> str:
        """Return the country recorded for a party, or for what it is part of; else empty."""
        seen: set[str] = set()
        while party_id and party_id not in seen:
            seen.add(party_id)
            row = self.row("parties", party_id) or {}
            if text_of(row, "country"):
                return text_of(row, "country")
            party_id = text_of(row, "part_of")
        return ""

    def source_name(self, source_id: str) -> str:
        """Return who speaks: the publisher, else the title, else the id."""
        row = self.row("sources", source_id)
        if row is None:
            return visible(source_id)
        publisher = text_of(row, "publisher")
        if self.row("parties", publisher):
            return self.party_name(publisher)
        return visible(publisher or text_of(row, "title") or source_id)

    def subject_name(self, subject_kind: str, subject_id: str) -> str:
        """Return what an item, a consignment or a party is, in a few words of the record."""
        if subject_kind == "party":
            return self.party_name(subject_id)
        if subject_kind == "figure":
            return self._figure_name(subject_id)
        table, columns = _DESCRIBED.get(subject_kind, ("", ()))
        row = self.row(table, subject_id) or {}
        told = [text_of(row, column) for column in columns]
        return visible(", ".join(text for text in told if text) or subject_id)

    def _figure_name(self, statement: str) -> str:
        """Return the first rendering of a published statement, as printed."""
        for row in self.rows("published_figures"):
            if statement in {text_of(row, "statement"), text_of(row, "figure_id")}:
                told = " ".join(text_of(row, column) for column in ("value", "unit"))
                return visible(f"{told}: {text_of(row, 'base')}")
        return visible(statement)

    def is_same_holder(self, one: str, other: str) -> bool:
        """Whether two parties are one holder: equal, or one recorded as part of the other."""
        return one == other or one in self._wholes(other) or other in self._wholes(one)

    @cached_property
    def _paged(self) -> frozenset[tuple[str, str]]:
        return frozenset(self.paged)

    @cached_property
    def _named(self) -> frozenset[tuple[str, str]]:
        """Subjects that a claim, a link, a finding, an undertaking or a request names.

        What is only proposed says nothing of a subject yet.
        """
        found = {
            (text_of(row, "subject_kind"), text_of(row, "subject_id"))
            for table in ("claims", "findings")
            for row in self.rows(table)
        }
        for row in self.rows("links"):
            if text_of(row, "state") == "proposed":
                continue
            found.add(("item", text_of(row, "item_id")))
            found.add((text_of(row, "other_kind"), text_of(row, "other_id")))
        for row in self.rows("undertakings"):
            found.add(("consignment", text_of(row, "consignment_id")))
        for row in self.rows("requests"):
            asked = (*texts_of(row, "item_ids"), *texts_of(row, "about"))
            found |= {(kind, ident) for ident in asked for kind in ("item", "consignment")}
        return frozenset(found)

    def _ids_listed(self, name: str) -> list[str]:
        if name == "findings":
            voices: dict[str, list[str]] = {}
            for row in self.rows(name):
                voices.setdefault(text_of(row, "voice"), []).append(text_of(row, "finding_id"))
            return [ident for listed in voices.values() for ident in listed[:MOST_LISTED]]
        if name == "pathways":
            return [finding_id for finding_id, _ in self.windows[:MOST_LISTED]]
        return [text_of(row, _ID_COLUMNS[name]) for row in self.rows(name)[:MOST_LISTED]]

    @cached_property
    def _indexes(self) -> dict[str, dict[str, Row]]:
        return {
            name: {text_of(row, column): row for row in self.rows(name)}
            for name, column in _ID_COLUMNS.items()
        }

    def _wholes(self, party_id: str) -> set[str]:
        found: set[str] = set()
        while (row := self.row("parties", party_id)) and (whole := text_of(row, "part_of")):
            if whole in found:
                break
            found.add(whole)
            party_id = whole
        return found


_ID_COLUMNS = {
    "items": "item_id",
    "marks": "mark_id",
    "sources": "source_id",
    "rests_on_source": "source_id",
    "parties": "party_id",
    "sites": "site_id",
    "consignments": "consignment_id",
    "claims": "claim_id",
    "undertakings": "undertaking_id",
    "consents": "consent_id",
    "documents": "document_id",
    "requests": "request_id",
    "links": "proposal_id",
    "judged_entries": "entry",
    "findings": "finding_id",
    "figures_against": "figure_id",
    "published_figures": "figure_id",
}
_DESCRIBED: dict[str, tuple[str, tuple[str, ...]]] = {
    "item": ("items", ("type", "model", "calibre")),
    "consignment": ("consignments", ("description",)),
}


def lineage_of(row: Row) -> tuple[str, ...]:
    """Return the sources of a row, nearest first, origin last."""
    listed = texts_of(row, "lineage")
    if listed:
        return tuple(source for source in listed if source != UNDISCLOSED)
    source = text_of(row, "source_id")
    return tuple(filter(None, (source, *texts_of(row, "relays"))))


def is_bare(tracks: tuple[Track, ...]) -> bool:
    """Whether all that is told is a subject's own documentation, or nothing."""
    if not tracks:
        return True
    legs = tracks[0].legs
    own = (f"item:{tracks[0].subject_id}",)
    return len(tracks) == len(legs) == 1 and legs[0].claims == own and not tracks[0].beside


def _track(kind: str, ident: str, account: int, rows: list[Row]) -> Track:
    ordered = sorted(rows, key=lambda row: int(text_of(row, "leg")))
    return Track(
        subject_kind=kind,
        subject_id=ident,
        account=account,
        legs=tuple(_leg(row) for row in ordered),
        decided_by=text_of(ordered[0], "decided_by"),
        beside=texts_of(ordered[0], "beside"),
    )


def _leg(row: Row) -> Leg:
    return Leg(
        verb=text_of(row, "verb"),
        giver=text_of(row, "from_party"),
        via=text_of(row, "via_party"),
        receiver=text_of(row, "to_party"),
        earliest=text_of(row, "on_earliest"),
        latest=text_of(row, "on_latest"),
        place=text_of(row, "place"),
        standing=text_of(row, "standing"),
        is_gap=is_true(row, "gap"),
        claims=texts_of(row, "claims"),
        derived=text_of(row, "derived"),
        note=text_of(row, "note"),
        dated=text_of(row, "dated"),
    )

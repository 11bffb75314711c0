"""Small invented casebooks: rows written as texts, as in a package, and drawn by hypothesis."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from hypothesis import strategies as st

from headstamp.custody.conclude import conclude
from headstamp.terms.chain import Leg
from headstamp.terms.conclusions import Conclusions
from headstamp.terms.dates import parse_date_span
from headstamp.terms.evidence import ATOM_PREFIXES, ID_COLUMNS, TABLES, Evidence
from headstamp.terms.finding import Finding
from headstamp.terms.link import Judgement, LinkVerdict
from headstamp.terms.proposal import Proposal
from headstamp.terms.register import EntryKind, RecordedEntry, RegisterEntry
from headstamp.terms.row import Row, read_row

Cells = dict[str, Any]
Rows = Sequence[Any]
"""Rows of one table; of ``judgements``, judgements."""

Given = dict[str, Rows]

TODAY = date(2026, 11, 22)
PARTIES: tuple[Cells, ...] = (
    {"party_id": "xa", "name": "XA", "kind": "state", "country": "XA"},
    {"party_id": "xa_works", "name": "Works of XA", "kind": "manufacturer", "country": "XA"},
    {"party_id": "xb", "name": "XB", "kind": "state", "country": "XB"},
    {"party_id": "xb_army", "kind": "state_body", "country": "XB", "part_of": "xb"},
    {"party_id": "xb_police", "kind": "state_body", "country": "XB", "part_of": "xb"},
    {"party_id": "xb_trade", "kind": "broker", "country": "XB"},
    {"party_id": "xc", "name": "XC", "kind": "state", "country": "XC"},
    {"party_id": "xc_army", "kind": "state_body", "country": "XC", "part_of": "xc"},
    {"party_id": "xg", "name": "Group XG", "kind": "non_state_group"},
    {"party_id": "xg_wing", "kind": "non_state_group", "part_of": "xg"},
    {"party_id": "xu", "kind": "unnamed"},
)
SOURCES: tuple[Cells, ...] = (
    {"source_id": "f1", "kind": "field_documentation", "reliability": "B"},
    {"source_id": "f2", "kind": "field_documentation", "reliability": "A"},
    {"source_id": "o1", "kind": "official_document", "reliability": "B"},
    {"source_id": "o2", "kind": "official_document", "reliability": "C"},
    {"source_id": "n1", "kind": "ngo_report", "reliability": "B"},
    {"source_id": "n2", "kind": "ngo_report", "reliability": "D"},
    {"source_id": "p1", "kind": "press", "reliability": "C"},
    {"source_id": "p2", "kind": "press", "reliability": "F"},
    {"source_id": "e1", "kind": "field_documentation", "reliability": "E"},
    {"source_id": "s1", "kind": "party_statement", "reliability": "B", "publisher": "xb"},
)


def evidence(
    *, judgements: Rows = (), entries: Rows = (), proposals: Rows = (), **tables: Rows
) -> Evidence:
    """Return the evidence of these rows; parties and sources are the cast above unless given."""
    given: dict[str, Rows] = {"parties": PARTIES, "sources": SOURCES} | tables
    read: Cells = {table: rows_by_id(table, rows) for table, rows in given.items()}
    return Evidence(
        **read,
        judgements=tuple(judgements),
        entries={entry.entry_key: entry for entry in entries},
        proposals={proposal.proposal_id: proposal for proposal in proposals},
        on=TODAY,
    )


def rows_by_id(table: str, rows: Iterable[Mapping[str, Any]]) -> dict[str, Row]:
    """Return typed rows by their id, in the order given."""
    read = [read_row(dict(row), TABLES[table]) for row in rows]
    return {":".join(str(getattr(row, c)) for c in ID_COLUMNS[table]): row for row in read}


def claim(claim_id: str, verb: str, **cells: object) -> Cells:
    """Return a claim about item i1 by field documentation, credibility 2, unless said."""
    return {
        "claim_id": claim_id,
        "verb": verb,
        "subject_kind": "item",
        "subject_id": "i1",
        "source_id": "f1",
        "credibility": 2,
        **cells,
    }


def of_consignment(claim_id: str, verb: str, **cells: object) -> Cells:
    """Return a claim about consignment k1."""
    return claim(claim_id, verb, **{"subject_kind": "consignment", "subject_id": "k1", **cells})


def item(item_id: str = "i1", **cells: object) -> Cells:
    """Return an item's row by field documentation."""
    return {"item_id": item_id, "category": "weapon", "source_id": "f1", **cells}


def consignment(consignment_id: str = "k1", **cells: object) -> Cells:
    """Return a consignment from XA to XB by an official document."""
    ends = {"exporter": "xa", "importer": "xb"}
    return {"consignment_id": consignment_id, "source_id": "o1", **ends, **cells}


def undertaking(undertaking_id: str = "u1", **cells: object) -> Cells:
    """Return an undertaking of XB to XA on consignment k1, seen by an official document."""
    return {
        "undertaking_id": undertaking_id,
        "given_by": "xb",
        "given_to": "xa",
        "consignment_id": "k1",
        "on": "2014-01-01",
        "clause": "no_reexport",
        "source_id": "o1",
        "credibility": 2,
        **cells,
    }


def link(item_id: str, other_kind: str, other_id: str, verdict: str, **cells: object) -> Cells:
    """Return a link that field documentation judged."""
    return {
        "item_id": item_id,
        "other_kind": other_kind,
        "other_id": other_id,
        "verdict": verdict,
        "source_id": "f1",
        "credibility": 2,
        "judged_by": "Boris",
        **cells,
    }


def entry(entry_id: str, kind: EntryKind | None, **cells: Any) -> RecordedEntry:  # noqa: ANN401
    """Return an entry of register ``book`` as an official document keeps it."""
    on = cells.pop("on", None)
    told = {"source_id": "o1", "credibility": 2, "kind": kind, **cells}
    written = RegisterEntry(register="book", entry_id=entry_id, kind=kind, on=on)
    return RecordedEntry(**told, on=parse_date_span(on) if on else None, written=written)


def proposal(other_id: str, *, item_id: str = "i1", **cells: object) -> Proposal:
    """Return what a machine proposes of item i1 and an entry of register ``book``."""
    fields: Cells = {
        "item_id": item_id,
        "other_kind": "register_entry",
        "register": "book",
        "other_id": other_id,
        "probability": "0.950",
        "weight_bits": "11.0",
        "basis": ("same_serial",),
        "strangers": "0.01",
        "weights": (),
        "rests_on": (),
    }
    return Proposal(**(fields | cells))


def judged_as(
    seen: Proposal, verdict: LinkVerdict = "same", *, seq: int = 1, by: str = "Amina"
) -> Judgement:
    """Return a judgement made here of what a machine proposed."""
    found = judged(seen.proposal_id, verdict, seq=seq, by=by)
    return msgspec.structs.replace(found, seen=seen)


def judged(proposal_id: str, verdict: LinkVerdict, *, seq: int = 1, by: str = "Amina") -> Judgement:
    """Return a judgement made here."""
    return Judgement(
        judgement_id=f"j-{seq}",
        proposal_id=proposal_id,
        verdict=verdict,
        reason="seen",
        judged_by=by,
        recorded_at="2026-01-01T00:00:00Z",
        seq=seq,
    )


def withdraw(given: Evidence, *gone: tuple[str, str]) -> Evidence:
    """Return the evidence with more of it withdrawn."""
    return msgspec.structs.replace(given, withdrawn=given.withdrawn | set(gone))


def restore(given: Evidence, *back: tuple[str, str]) -> Evidence:
    """Return the evidence with some of it restored."""
    return msgspec.structs.replace(given, withdrawn=given.withdrawn - set(back))


def conclusions_of(**tables: Rows) -> Conclusions:
    """Return what follows from these rows."""
    return conclude(evidence(**tables))


def findings_of(concluded: Conclusions, kind: str) -> list[Finding]:
    """Return the findings of one kind."""
    return [finding for finding in concluded.findings if finding.kind == kind]


def legs_of(concluded: Conclusions, item_id: str = "i1", *, account: int = 1) -> tuple[Leg, ...]:
    """Return the legs of one account of an item."""
    return concluded.accounts["item", item_id][account - 1].legs


def shape_of(concluded: Conclusions, item_id: str = "i1", *, account: int = 1) -> list[str]:
    """Return the legs of one account as ``verb giver>receiver``; a gap is ``gap``."""
    return [
        f"{leg.verb or 'gap'} {leg.from_party or ''}>{leg.to_party or ''}"
        for leg in legs_of(concluded, item_id, account=account)
    ]


def row_of_atom(atom: str, given: Evidence) -> tuple[str, str]:
    """Return the table and id of an atom of a set of support."""
    bare = [t for t, prefix in ATOM_PREFIXES.items() if not prefix and atom in given.rows(t)]
    if bare:
        return bare[0], atom
    for table, prefix in ATOM_PREFIXES.items():
        if prefix and atom.startswith(prefix):
            return table, atom.removeprefix(prefix)
    return "judgements", atom


# --- casebooks drawn by hypothesis ------------------------------------------------------------

_IDS = [party["party_id"] for party in PARTIES]
_VERBS = [
    "made", "licensed", "sold", "shipped", "exported", "delivered", "transferred", "received",
    "held", "seen", "lost", "stolen", "captured", "defected", "seized", "recovered", "destroyed",
    "verified", "assessed",
]  # fmt: skip
_DATES = [
    "2013", "2014-03-01", "2014-03-05", "2014-06", "2014-06~", "2015?", "2015-02-03", "2015-06-01",
    "../2015-01-01", "2015-02/2016-01", "2016-01-01", "[2014-03-01,2015-02-03]",
]  # fmt: skip
_CLAUSES = [
    "no_reexport", "no_reexport_without_consent", "reexport_to_class", "notify_only",
    "end_use_only", "none", "unknown",
]  # fmt: skip


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy, strategy)


def _rows(**columns: st.SearchStrategy[Any]) -> st.SearchStrategy[Cells]:
    """Draw a row; cells drawn as ``None`` are left empty."""
    return st.fixed_dictionaries(columns).map(
        lambda row: {column: cell for column, cell in row.items() if cell is not None}
    )


_SAID_BY = {
    "source_id": st.sampled_from([source["source_id"] for source in SOURCES]),
    "credibility": st.sampled_from([2, 2, 2, 3, 4, 5, 6, None]),
}
_PARTY = st.sampled_from(_IDS)
_DATE = st.sampled_from(_DATES)
_CLAIMS = _rows(
    **_SAID_BY,
    verb=st.sampled_from(_VERBS),
    subject=st.sampled_from(
        [("item", "i1"), ("item", "i1"), ("item", "i2"), ("consignment", "k1")]
    ),
    from_party=_maybe(_PARTY),
    to_party=_maybe(_PARTY),
    on=_maybe(_DATE),
    after_claim=st.sampled_from([None, None, "c0", "c1"]),
    after_days=st.sampled_from([None, 0, 30, 400]),
    stance=st.sampled_from(["affirms"] * 5 + ["denies"]),
    extent=st.sampled_from(["unknown", "all", "some", "number"]),
    statement=st.sampled_from([None, None, "t1"]),
    basis=st.sampled_from([None, "inspected", "document", "testimony"]),
    relays=st.sampled_from([None, None, ["n1"], ["n2"], ["p2", "n1"], ["o1"]]),
)
_UNDERTAKINGS = _rows(
    **_SAID_BY,
    given_by=st.sampled_from(["xb", "xb_army", "xc"]),
    given_to=st.sampled_from(["xa", "xb", None]),
    scope=st.sampled_from([None, "consignment", "all_deliveries"]),
    consignment_id=st.sampled_from(["k1", "k1", None]),
    end_user=_maybe(_PARTY),
    on=_maybe(_DATE),
    expires_on=st.one_of(st.none(), _DATE),
    clause=st.sampled_from(_CLAUSES),
    permits=st.sampled_from([None, ["XC"], ["xb_army", "state"]]),
    document_id=st.sampled_from([None, "d1"]),
)
_CONSENTS = _rows(
    **_SAID_BY,
    undertaking_id=st.just("u0"),
    given_by=st.sampled_from(["xa", "xb", "xa_works"]),
    onward_to=st.sampled_from([["xc"], ["XC"], ["xg"]]),
    on=_maybe(_DATE),
)
_ITEMS = _rows(
    source_id=st.sampled_from(["f1", "n1", "p1", "e1"]),
    recovered_on=_maybe(_DATE),
    recovered_from=_maybe(_PARTY),
    circumstances=st.sampled_from([None, "captured", "found", "reported_stolen"]),
    inspection=st.sampled_from([None, "handled", "video"]),
)
_REQUESTS = _rows(
    addressee=st.sampled_from(["xb", "xb_army", "xa"]),
    item_ids=st.sampled_from([["i1"], None]),
    about=st.sampled_from([["u0"], ["k1"], None]),
    outcome=st.sampled_from(["silent", "not_in_records", None]),
    right_of_reply_sent_on=_maybe(st.just("2025-01-01")),
    right_of_reply_due_on=_maybe(st.just("2025-02-01")),
    right_of_reply_outcome=st.sampled_from([None, "denied", "no_reply"]),
    source_id=st.just("f1"),
)


@st.composite
def casebooks(draw: st.DrawFn, *, max_claims: int = 6) -> Given:
    """Draw a small casebook as rows of texts."""
    claims = [
        _as_claim(n, row)
        for n, row in enumerate(draw(st.lists(_CLAIMS, min_size=1, max_size=max_claims)))
    ]
    links = draw(st.sets(st.sampled_from(range(4 if _may_be_one_event(claims) else 3))))
    return {
        "sources": list(SOURCES),
        "parties": list(PARTIES),
        "items": [{"item_id": f"i{n}", **draw(_ITEMS)} for n in (1, 2)],
        "consignments": [consignment()],
        "claims": claims,
        "undertakings": _numbered("u", "undertaking_id", draw(st.lists(_UNDERTAKINGS, max_size=2))),
        "consents": _numbered("n", "consent_id", draw(st.lists(_CONSENTS, max_size=1))),
        "documents": [{"document_id": "d1", "seen": "copy", "source_id": "o1"}],
        "links": [draw(_link(n)) for n in sorted(links)],
        "requests": _numbered("r", "request_id", draw(st.lists(_REQUESTS, max_size=1))),
    }


def _as_claim(n: int, row: Cells) -> Cells:
    kind, subject_id = row["subject"]
    cells = {column: cell for column, cell in row.items() if column != "subject"}
    if cells["source_id"] in cells.get("relays", ()):
        del cells["relays"]
    return {"claim_id": f"c{n}", "subject_kind": kind, "subject_id": subject_id, **cells}


def _may_be_one_event(claims: list[Cells]) -> bool:
    """Whether a sensible person might judge the first two claims to be of one event."""
    columns = ("verb", "subject_kind", "subject_id", "stance")
    return len({tuple(one[column] for column in columns) for one in claims[:2]}) < len(claims[:2])


def _numbered(letter: str, column: str, rows: list[Cells]) -> list[Cells]:
    return [{column: f"{letter}{n}", **row} for n, row in enumerate(rows)]


def _link(n: int) -> st.SearchStrategy[Cells]:
    ends = [
        ("i1", "consignment", "k1"),
        ("i2", "consignment", "k1"),
        ("i1", "item", "i2"),
        ("c0", "event", "c1"),
    ][n]
    return _rows(
        **_SAID_BY,
        item_id=st.just(ends[0]),
        other_kind=st.just(ends[1]),
        other_id=st.just(ends[2]),
        verdict=st.sampled_from(["same", "part_of", "same_lot", "not_same", "unsure"]),
        basis=st.sampled_from([None, ["same_lot"], ["in_line"]]),
    )

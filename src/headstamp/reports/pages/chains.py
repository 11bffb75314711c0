"""How did each item and consignment travel? A list of all, and a page for each."""

from collections.abc import Iterator

from headstamp.reports.case import Case
from headstamp.reports.cells import Row, text_of
from headstamp.reports.names import chain_page
from headstamp.reports.notes import Notes
from headstamp.reports.pages.chain_view import view_track
from headstamp.reports.pages.finding_view import finding_href
from headstamp.reports.pages.page import Page
from headstamp.reports.pages.record import Fact, facts_of
from headstamp.reports.phrases import label
from headstamp.reports.words.findings import finding_heading, finding_words

_SHOWN = {
    "item": ("items", "item_id"),
    "consignment": ("consignments", "consignment_id"),
}
_LEFT_OUT = frozenset(
    {
        "item_id",
        "consignment_id",
        "source_id",
        "relays",
        "credibility",
        "sensitivity",
        "row",
        "file",
    }
)


def chain_pages(case: Case) -> Iterator[Page]:
    """Yield the list of chains, then one page per item and consignment."""
    yield Page(
        file="chains.html",
        template="chains.html",
        title="Chains",
        values={"entries": tuple(_entry(case, kind, ident) for kind, ident in case.subjects)},
    )
    for kind, ident in case.subjects:
        yield _chain_page(case, kind, ident)


def _entry(case: Case, kind: str, ident: str) -> dict[str, object]:
    tracks = case.tracks.get((kind, ident), ())
    return {
        "kind": kind,
        "ident": ident,
        "href": chain_page(kind, ident),
        "name": case.subject_name(kind, ident),
        "n_accounts": len(tracks),
        "n_legs": sum(not leg.is_gap for leg in tracks[0].legs) if tracks else 0,
        "n_gaps": sum(leg.is_gap for leg in tracks[0].legs) if tracks else 0,
    }


def _chain_page(case: Case, kind: str, ident: str) -> Page:
    notes = Notes(case)
    tracks = tuple(view_track(case, track, notes) for track in case.tracks.get((kind, ident), ()))
    record, facts = _record(case, kind, ident)
    return Page(
        file=chain_page(kind, ident),
        template="chain.html",
        title=f"{kind.capitalize()} {ident}",
        within="chains.html",
        values={
            "kind": kind,
            "ident": ident,
            "name": case.subject_name(kind, ident),
            "tracks": tracks,
            "facts": facts,
            "record_cite": notes.cite(f"item:{ident}") if kind == "item" and record else "",
            "marks": _marks(case, kind, ident),
            "links": _links(case, kind, ident),
            "findings": _findings(case, kind, ident),
            "notes": notes.notes,
        },
    )


def _record(case: Case, kind: str, ident: str) -> tuple[Row | None, tuple[Fact, ...]]:
    table, _ = _SHOWN.get(kind, ("", ""))
    row = case.row(table, ident) if table else None
    if row is None:
        return None, ()
    columns = [column for column in case.tables[table].columns if column not in _LEFT_OUT]
    return row, facts_of(case, row, columns)


def _marks(case: Case, kind: str, ident: str) -> tuple[Row, ...]:
    if kind != "item":
        return ()
    return case.rows_where("marks", "item_id", ident)


def _links(case: Case, kind: str, ident: str) -> tuple[dict[str, object], ...]:
    """Return the links of a subject, with the other end and what is in force."""
    found: list[dict[str, object]] = []
    rows = {
        text_of(row, "proposal_id"): row
        for column in ("item_id", "other_id")
        for row in case.rows_where("links", column, ident)
    }
    for row in rows.values():
        item, other = ("item", text_of(row, "item_id")), _other_end(row)
        if (kind, ident) not in {item, other}:
            continue
        end = other if item == (kind, ident) else item
        found.append(
            {
                "end": end,
                "name": case.subject_name(*end),
                "href": chain_page(*end) if case.has_page(*end) else "",
                "state": label("link_state", text_of(row, "state")),
                "basis": text_of(row, "basis"),
                "probability": text_of(row, "probability"),
            }
        )
    return tuple(found)


def _other_end(row: Row) -> tuple[str, str]:
    return text_of(row, "other_kind"), text_of(row, "other_id")


def _findings(case: Case, kind: str, ident: str) -> tuple[dict[str, object], ...]:
    return tuple(
        {
            "heading": finding_heading(row),
            "sentence": finding_words(case, row),
            "standing": text_of(row, "standing"),
            "voice": text_of(row, "voice"),
            "href": finding_href(row),
        }
        for row in case.rows_where("findings", "subject_id", ident)
        if text_of(row, "subject_kind") == kind
    )

"""How did each item and consignment travel? A list, and a page for each of which more is told."""

from collections.abc import Iterator

from headstamp.reports.case import Case
from headstamp.reports.cells import Row, text_of
from headstamp.reports.cuts import MOST_NESTED, Cuts
from headstamp.reports.names import chain_page
from headstamp.reports.notes import Notes
from headstamp.reports.pages.chain_view import view_track
from headstamp.reports.pages.counts import NO_LEG, ONE_LEG, TOO_MANY, without_page
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
    """Yield the list of chains, then the pages of single items and consignments."""
    cuts = Cuts("chains.html")
    shown = cuts.first(case.paged, "items and consignments with a page", table="chains")
    untold = without_page(case)
    yield Page(
        file="chains.html",
        template="chains.html",
        title="Chains",
        values={
            "entries": tuple(_entry(case, kind, ident) for kind, ident in shown),
            "more": cuts.get("items and consignments with a page"),
            "is_whole": len(case.paged) == len(case.subjects),
            "has_consignments": bool(case.rows("consignments")),
            "n_one_leg": untold[ONE_LEG],
            "n_no_leg": untold[NO_LEG],
            "n_too_many": untold[TOO_MANY],
        },
        cuts=cuts,
    )
    for kind, ident in case.paged:
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
    notes, cuts = Notes(case), Cuts(chain_page(kind, ident))
    accounts = case.tracks.get((kind, ident), ())
    shown = cuts.first(accounts, "accounts", table="chains", most=MOST_NESTED)
    tracks = tuple(view_track(case, track, notes) for track in shown)
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
            "marks": cuts.first(_marks(case, kind, ident), "marks", table="marks"),
            "links": _links(case, kind, ident, cuts),
            "findings": _findings(case, kind, ident, cuts),
            "notes": notes.notes,
            "cuts": cuts,
        },
        cuts=cuts,
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


def _links(case: Case, kind: str, ident: str, cuts: Cuts) -> tuple[dict[str, object], ...]:
    """Return the links of a subject, with the other end and what is in force."""
    found: list[dict[str, object]] = []
    rows = {
        text_of(row, "proposal_id"): row
        for column in ("item_id", "other_id")
        for row in case.rows_where("links", column, ident)
    }
    ends = [(row, ("item", text_of(row, "item_id")), _other_end(row)) for row in rows.values()]
    own = [(row, item, other) for row, item, other in ends if (kind, ident) in {item, other}]
    for row, item, other in cuts.first(own, "links", table="links"):
        end = other if item == (kind, ident) else item
        found.append(
            {
                "end": end,
                "name": case.subject_name(*end),
                "href": chain_page(*end) if case.has_page(*end) else "",
                "register": text_of(row, "register"),
                "state": label("link_state", text_of(row, "state")),
                "basis": "; ".join(
                    label("basis", one) for one in text_of(row, "basis").split(";") if one
                ),
                "probability": text_of(row, "probability"),
            }
        )
    return tuple(found)


def _other_end(row: Row) -> tuple[str, str]:
    return text_of(row, "other_kind"), text_of(row, "other_id")


def _findings(case: Case, kind: str, ident: str, cuts: Cuts) -> tuple[dict[str, object], ...]:
    rows = [
        row
        for row in case.rows_where("findings", "subject_id", ident)
        if text_of(row, "subject_kind") == kind
    ]
    return tuple(
        {
            "heading": finding_heading(row),
            "sentence": finding_words(case, row),
            "standing": text_of(row, "standing"),
            "voice": text_of(row, "voice"),
            "href": finding_href(case, row),
        }
        for row in cuts.first(rows, "findings", table="findings")
    )

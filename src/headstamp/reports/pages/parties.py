"""Who is named, and where? Each party with its place in chains and findings, and its replies."""

from collections.abc import Iterator
from typing import TypeVar

from headstamp.reports.case import Case
from headstamp.reports.cells import Row, text_of, texts_of
from headstamp.reports.cuts import MOST_NESTED, Cuts
from headstamp.reports.drawing.countries import country_name
from headstamp.reports.names import chain_page, slug
from headstamp.reports.pages.finding_view import finding_href
from headstamp.reports.pages.page import Page
from headstamp.reports.phrases import label
from headstamp.reports.words.findings import finding_heading
from headstamp.reports.words.subjects import party_link

Named = TypeVar("Named")


def parties_page(case: Case) -> Page:
    """Return the page of all parties."""
    cuts = Cuts("parties.html")
    chains, findings = _by_party(_in_chains(case)), _by_party(_in_findings(case))
    shown = cuts.first(case.rows("parties"), "parties", table="parties")
    return Page(
        file="parties.html",
        template="parties.html",
        title="Parties",
        values={
            "parties": tuple(
                _party(case, row, cuts)
                | _chains(case, text_of(row, "party_id"), chains, cuts)
                | _findings(case, text_of(row, "party_id"), findings, cuts)
                for row in shown
            ),
            "more": cuts.get("parties"),
        },
        cuts=cuts,
    )


def _party(case: Case, row: Row, cuts: Cuts) -> dict[str, object]:
    ident = text_of(row, "party_id")
    part_of = text_of(row, "part_of")
    country = text_of(row, "country")
    asked, what = case.rows_where("requests", "addressee", ident), f"requests to {ident}"
    return {
        "ident": ident,
        "anchor": slug("party", ident),
        "name": case.party_name(ident),
        "kind": label("party_kind", text_of(row, "kind")),
        "country": country_name(country) if country else "",
        "part_of": party_link(case, part_of) if part_of else "",
        "aliases": texts_of(row, "aliases"),
        "note": text_of(row, "note"),
        "requests": tuple(
            label("outcome", text_of(request, "outcome") or "open")
            for request in cuts.first(asked, what, table="requests", most=MOST_NESTED)
        ),
        "more_requests": cuts.get(what),
    }


def _chains(
    case: Case, ident: str, chains: dict[str, list[tuple[str, str]]], cuts: Cuts
) -> dict[str, object]:
    """Return the chains that name a party and have a page; the others are counted."""
    named, what = chains.get(ident, []), f"chains that name {ident}"
    shown = [subject for subject in named if case.has_page(*subject)][:MOST_NESTED]
    cuts.note(len(named), len(shown), what, table="chains")
    links = ({"href": chain_page(*subject), "words": " ".join(subject)} for subject in shown)
    return {"chains": tuple(links), "more_chains": cuts.get(what)}


def _findings(
    case: Case, ident: str, findings: dict[str, list[str]], cuts: Cuts
) -> dict[str, object]:
    what = f"findings that name {ident}"
    shown = cuts.first(findings.get(ident, []), what, table="findings", most=MOST_NESTED)
    rows = [case.row("findings", finding_id) or {} for finding_id in shown]
    links = (
        {
            "href": finding_href(case, row),
            "words": f"{finding_heading(row)}: {text_of(row, 'subject_id')}",
        }
        for row in rows
    )
    return {"findings": tuple(links), "more_findings": cuts.get(what)}


def _by_party(named: Iterator[tuple[str, Named]]) -> dict[str, list[Named]]:
    """Group what names a party by party; each once, in the order in which it is first met."""
    found: dict[str, dict[Named, None]] = {}
    for party, one in named:
        found.setdefault(party, {})[one] = None
    return {party: list(ones) for party, ones in found.items()}


def _in_chains(case: Case) -> Iterator[tuple[str, tuple[str, str]]]:
    for subject, tracks in case.tracks.items():
        for track in tracks:
            for leg in track.legs:
                for party in filter(None, (leg.giver, leg.via, leg.receiver)):
                    yield party, subject


def _in_findings(case: Case) -> Iterator[tuple[str, str]]:
    for row in case.rows("findings"):
        for party in texts_of(row, "parties"):
            yield party, text_of(row, "finding_id")

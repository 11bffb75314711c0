"""Who is named, and where? Each party with its place in chains and findings, and its replies."""

from collections.abc import Iterator, Mapping

from headstamp.reports.case import Case
from headstamp.reports.cells import Row, text_of, texts_of
from headstamp.reports.drawing.countries import country_name
from headstamp.reports.names import chain_page, slug
from headstamp.reports.pages.finding_view import finding_href
from headstamp.reports.pages.page import Page
from headstamp.reports.phrases import label
from headstamp.reports.words.findings import finding_heading
from headstamp.reports.words.subjects import party_link

Named = Mapping[str, tuple[dict[str, str], ...]]


def parties_page(case: Case) -> Page:
    """Return the page of all parties."""
    chains, findings = _by_party(_in_chains(case)), _by_party(_in_findings(case))
    return Page(
        file="parties.html",
        template="parties.html",
        title="Parties",
        values={
            "parties": tuple(
                _party(case, row)
                | {
                    "chains": chains.get(text_of(row, "party_id"), ()),
                    "findings": findings.get(text_of(row, "party_id"), ()),
                }
                for row in case.rows("parties")
            )
        },
    )


def _party(case: Case, row: Row) -> dict[str, object]:
    ident = text_of(row, "party_id")
    part_of = text_of(row, "part_of")
    country = text_of(row, "country")
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
            for request in case.rows_where("requests", "addressee", ident)
        ),
    }


def _by_party(named: Iterator[tuple[str, str, str]]) -> Named:
    """Group links by party; each link once, in the order in which it is first met."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for party, href, words in named:
        found.setdefault(party, {})[href] = {"href": href, "words": words}
    return {party: tuple(links.values()) for party, links in found.items()}


def _in_chains(case: Case) -> Iterator[tuple[str, str, str]]:
    for (kind, subject), tracks in case.tracks.items():
        for track in tracks:
            for leg in track.legs:
                for party in filter(None, (leg.giver, leg.via, leg.receiver)):
                    yield party, chain_page(kind, subject), f"{kind} {subject}"


def _in_findings(case: Case) -> Iterator[tuple[str, str, str]]:
    for row in case.rows("findings"):
        words = f"{finding_heading(row)}: {text_of(row, 'subject_id')}"
        for party in texts_of(row, "parties"):
            yield party, finding_href(row), words

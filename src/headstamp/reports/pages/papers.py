"""What was promised, on which paper, and who was asked? Undertakings, documents, requests."""

from headstamp.reports.case import Case, lineage_of
from headstamp.reports.cells import Row, text_of
from headstamp.reports.cuts import Cuts
from headstamp.reports.names import slug
from headstamp.reports.pages.claims import source_links
from headstamp.reports.pages.page import Page
from headstamp.reports.pages.record import facts_of

_GROUPS = (
    ("undertakings", "undertaking_id", "Undertakings", "What a receiver promised to a giver."),
    ("consents", "consent_id", "Consents", "Leave to pass on what an undertaking covers."),
    ("documents", "document_id", "Documents", "Papers that somebody saw, or only described."),
    ("requests", "request_id", "Requests", "Who was asked, and what came of it."),
)
_COMMON = frozenset({"source_id", "relays", "credibility", "sensitivity"})


def papers_page(case: Case) -> Page:
    """Return the page of undertakings, consents, documents and requests."""
    cuts = Cuts("papers.html")
    return Page(
        file="papers.html",
        template="papers.html",
        title="Papers",
        values={
            "groups": tuple(
                {
                    "heading": heading,
                    "meaning": meaning,
                    "key": table,
                    "rows": tuple(
                        _row(case, table, key, row)
                        for row in cuts.first(case.rows(table), table, table=table)
                    ),
                    "more": cuts.get(table),
                }
                for table, key, heading, meaning in _GROUPS
            )
        },
        cuts=cuts,
    )


def _row(case: Case, table: str, key: str, row: Row) -> dict[str, object]:
    columns = [c for c in case.tables[table].columns if c not in _COMMON | {key}]
    return {
        "ident": text_of(row, key),
        "anchor": slug(table, text_of(row, key)),
        "facts": facts_of(case, row, columns),
        "lineage": source_links(case, lineage_of(row)),
    }

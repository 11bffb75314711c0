"""What did each source say? Every claim, with who relays it and its own words."""

from headstamp.reports.case import Case, Leg, lineage_of
from headstamp.reports.cells import Row, text_of
from headstamp.reports.cuts import Cuts
from headstamp.reports.names import slug
from headstamp.reports.pages.page import Page
from headstamp.reports.phrases import label, phrases
from headstamp.reports.words.legs import place_name, verb_words
from headstamp.reports.words.links import row_href
from headstamp.reports.words.subjects import subject_link
from headstamp.reports.words.when import day_words


def claims_page(case: Case) -> Page:
    """Return the page of claims, in the order of the table."""
    cuts = Cuts("claims.html")
    shown = cuts.first(case.rows("claims"), "claims", table="claims")
    return Page(
        file="claims.html",
        template="claims.html",
        title="Claims",
        values={
            "claims": tuple(_claim(case, row) for row in shown),
            "more": cuts.get("claims"),
        },
        cuts=cuts,
    )


def _claim(case: Case, row: Row) -> dict[str, object]:
    ident = text_of(row, "claim_id")
    credibility = text_of(row, "credibility")
    return {
        "ident": ident,
        "anchor": slug("claim", ident),
        "what": verb_words(case, _as_leg(row)),
        "subject": subject_link(case, text_of(row, "subject_kind"), text_of(row, "subject_id")),
        "subject_kind": text_of(row, "subject_kind"),
        "denies": text_of(row, "stance") == "denies",
        "when": _when(row),
        "after_claim": text_of(row, "after_claim"),
        "after_days": text_of(row, "after_days"),
        "place": place_name(case, text_of(row, "site_id") or text_of(row, "place")),
        "quote": text_of(row, "quote"),
        "hedge": text_of(row, "hedge"),
        "locator": text_of(row, "locator"),
        "note": text_of(row, "note"),
        "lineage": source_links(case, lineage_of(row)),
        "grade": label("class", text_of(row, "class")) if text_of(row, "class") else "",
        "credibility": credibility,
        "credibility_words": phrases("credibility").get(credibility, ""),
        "is_withdrawn": text_of(row, "live") == "false",
    }


def source_links(case: Case, sources: tuple[str, ...]) -> tuple[dict[str, str], ...]:
    """Return the name of each source and where it stands."""
    return tuple(
        {"name": case.source_name(source), "href": row_href(case, "sources", "source", source)}
        for source in sources
    )


def _when(row: Row) -> str:
    return day_words(text_of(row, "on")) if text_of(row, "on") else ""


def _as_leg(row: Row) -> Leg:
    return Leg(
        verb=text_of(row, "verb"),
        giver=text_of(row, "from_party"),
        via=text_of(row, "via_party"),
        receiver=text_of(row, "to_party"),
        earliest="",
        latest="",
        place="",
        standing="",
        is_gap=False,
        claims=(),
        derived="",
        note="",
    )

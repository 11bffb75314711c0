"""What was found? Every finding in full, by who may say it; and the pathways."""

from headstamp.reports.case import Case
from headstamp.reports.cells import Row, text_of, texts_of
from headstamp.reports.names import slug
from headstamp.reports.notes import Notes
from headstamp.reports.pages.finding_view import finding_href, view_finding
from headstamp.reports.pages.page import Page
from headstamp.reports.phrases import label, labels, phrase
from headstamp.reports.words.findings import finding_heading
from headstamp.reports.words.subjects import subject_link


def findings_page(case: Case) -> Page:
    """Return the page of all findings."""
    notes = Notes(case)
    views = [view_finding(case, row, notes) for row in case.rows("findings")]
    groups = [
        {
            "voice": voice,
            "label": name,
            "meaning": meaning,
            "findings": tuple(view for view in views if view.voice == voice),
        }
        for voice, name, meaning in labels("voice")
    ]
    return Page(
        file="findings.html",
        template="findings.html",
        title="Findings",
        values={"groups": groups, "notes": notes.notes},
    )


def pathways_page(case: Case) -> Page:
    """Return the page of pathways: how it may have got there, none ranked."""
    grouped: dict[tuple[str, str], list[Row]] = {}
    for row in case.rows("pathways"):
        key = (text_of(row, "finding_id"), text_of(row, "item_id"))
        grouped.setdefault(key, []).append(row)
    return Page(
        file="pathways.html",
        template="pathways.html",
        title="Pathways",
        values={
            "meaning": phrase("pathways", "meaning"),
            "groups": tuple(_pathways(case, key, rows) for key, rows in grouped.items()),
        },
    )


def _pathways(case: Case, key: tuple[str, str], rows: list[Row]) -> dict[str, object]:
    finding = case.row("findings", key[0])
    open_rows = [row for row in rows if text_of(row, "state") != "excluded"]
    parties = texts_of(finding, "parties") if finding else ()
    return {
        "anchor": slug("pathways", key[0]),
        "href": finding_href(finding) if finding else "",
        "heading": finding_heading(finding) if finding else "Pathways",
        "subject": subject_link(case, _kind(case, finding, key[1]), key[1]),
        "name": case.subject_name(_kind(case, finding, key[1]), key[1]),
        "not_shown": _not_shown(case, parties) if len(open_rows) > 1 and parties else "",
        "has_why": any(text_of(row, "why") for row in rows),
        "rows": tuple(
            {
                "label": label("pathway", text_of(row, "pathway")),
                "state": text_of(row, "state"),
                "state_label": label("pathway_state", text_of(row, "state")),
                "why": text_of(row, "why"),
                "decided_by": text_of(row, "decided_by"),
            }
            for row in rows
        ),
    }


def _kind(case: Case, finding: Row | None, ident: str) -> str:
    if case.row("items", ident):
        return "item"
    return text_of(finding, "subject_kind") if finding else "consignment"


def _not_shown(case: Case, parties: tuple[str, ...]) -> str:
    return phrase("pathways", "not_shown").format(
        giver=case.party(parties[0]), receiver=case.party(parties[-1])
    )

"""What was found? Every finding in full, by who may say it."""

from headstamp.reports.case import Case
from headstamp.reports.notes import Notes
from headstamp.reports.pages.finding_view import view_finding
from headstamp.reports.pages.page import Page
from headstamp.reports.phrases import labels


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

"""What was found? Every finding in full, by who may say it."""

from headstamp.reports.case import Case
from headstamp.reports.cuts import Cuts
from headstamp.reports.notes import Notes
from headstamp.reports.pages.finding_view import view_finding
from headstamp.reports.pages.page import Page
from headstamp.reports.phrases import labels


def findings_page(case: Case) -> Page:
    """Return the page of all findings."""
    notes, cuts = Notes(case), Cuts("findings.html")
    groups = []
    for voice, name, meaning in labels("voice"):
        of_voice = case.rows_where("findings", "voice", voice)
        shown = cuts.first(of_voice, f"findings, {name.lower()}", table="findings")
        groups.append(
            {
                "voice": voice,
                "label": name,
                "meaning": meaning,
                "findings": tuple(view_finding(case, row, notes) for row in shown),
                "more": cuts.get(f"findings, {name.lower()}"),
            }
        )
    return Page(
        file="findings.html",
        template="findings.html",
        title="Findings",
        values={"groups": groups, "notes": notes.notes},
        cuts=cuts,
    )

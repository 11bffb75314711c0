"""How is it to be read? What the words of a report mean, and what it never says."""

from headstamp.reports.drawing.legend import legend
from headstamp.reports.drawing.shapes import svg
from headstamp.reports.pages.page import Page
from headstamp.reports.phrases import labels, phrases


def guide_page() -> Page:
    """Return the reading guide; it is the same in every report."""
    return Page(
        file="guide.html",
        template="guide.html",
        title="How to read this report",
        values={
            "standings": labels("standing"),
            "classes": labels("class"),
            "voices": labels("voice"),
            "reliability": tuple(phrases("reliability").items()),
            "credibility": tuple(phrases("credibility").items()),
            "pathways": phrases("pathways")["meaning"],
            "legend": svg(legend()),
        },
    )

"""What was read, and what is wrong with it? Tables with their rows, and the issues."""

from headstamp.reports.case import Case
from headstamp.reports.cells import text_of
from headstamp.reports.pages.counts import COUNTS
from headstamp.reports.pages.page import Page

_ISSUE_COLUMNS = ("code", "severity", "file", "row", "column", "raw", "message", "hint")


def read_page(case: Case) -> Page:
    """Return the page of what was read."""
    return Page(
        file="read.html",
        template="read.html",
        title="What was read",
        values={
            "tables": tuple(
                {"name": name, "n_rows": len(table.rows), "href": f"tables/{name}.csv"}
                for name, table in sorted(case.tables.items())
            ),
            "counts_href": f"tables/{COUNTS}.csv",
            "issues": tuple(
                {column: text_of(row, column) for column in _ISSUE_COLUMNS}
                for row in case.rows("issues")
            ),
        },
    )

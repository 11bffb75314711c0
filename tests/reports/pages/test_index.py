import re
from collections.abc import Callable
from pathlib import Path

from headstamp.reports.case import Case
from headstamp.reports.pages.index import index_page
from headstamp.reports.site import write_report
from headstamp.terms.table import Table

Tables = dict[str, Table]
_TAGS = re.compile(r"<(style|svg).*?</\1>|<[^>]+>", re.DOTALL)


def words(page: Path) -> str:
    """Return a page as one line of text, without its tags."""
    text = _TAGS.sub(" ", page.read_text(encoding="utf-8"))
    return " ".join(text.split())


def test_claims_that_all_stand_are_said_to(report: Path) -> None:
    """Two equal numbers are one fewer to compare."""
    assert "sources, all of which stand, about" in words(report / "index.html")


def test_claims_that_fell_are_counted(with_row: Callable[..., Tables], tmp_path: Path) -> None:
    """How many still stand is said where some do not."""
    tables = with_row("claims", where={"claim_id": "c01"}, live=False)
    page = write_report(tables, tmp_path / "out", title="A case", made_on="today")

    assert re.search(r"of which \d+ claims stand", words(page))


def test_nothing_is_said_to_have_gone_astray(report: Path) -> None:
    """What stands above the caveat says no more than the caveat allows."""
    assert "astray" not in words(report / "index.html")


def test_undated_legs_are_one_line_for_each_subject(case: Case) -> None:
    """Each with the legs it is about and a link to the chain."""
    undated = index_page(case).values["undated"]
    assert isinstance(undated, tuple)

    hrefs = [line["href"] for line in undated]
    assert len(hrefs) == len(set(hrefs)) == 2
    assert all(line["legs"] for line in undated)


def test_trace_requests_stand_apart_from_rights_of_reply(report: Path) -> None:
    """Who was asked what their records hold was not thereby asked for a reply."""
    index, findings = words(report / "index.html"), words(report / "findings.html")

    assert "Trace requests without a full answer" in index
    assert "Right of reply No right of reply is on record." in findings
    assert "was asked" not in index
    assert "What the reason above names" not in findings

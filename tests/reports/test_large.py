"""What a report makes of a large case: short pages, whole tables, and nothing left unsaid."""

import csv
from pathlib import Path

import pytest

from headstamp.reports.case import Case
from headstamp.reports.cuts import MOST_LISTED, MOST_PAGES, Cuts
from headstamp.reports.pages.counts import NO_LEG, ONE_LEG, TOO_MANY, without_page
from headstamp.reports.site import write_report
from headstamp.terms.table import Cell, Table

from . import test_site
from .conftest import cells, leg, table
from .crowd import crowd

Tables = dict[str, Table]
COPIES = 45
MOST_BYTES = 1_500_000


@pytest.fixture(scope="module")
def large(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report of the shipped case many times over."""
    out = tmp_path_factory.mktemp("large") / "out"
    return write_report(crowd(tables, COPIES), out, title="A case", made_on="today").parent


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a table that a report wrote."""
    with (folder / "tables" / f"{name}.csv").open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_no_page_grows_with_the_case(large: Path) -> None:
    """A page opens on a telephone, whatever the casebook holds."""
    sizes = {path.name: path.stat().st_size for path in large.glob("*.html")}

    assert {name: size for name, size in sizes.items() if size > MOST_BYTES} == {}
    assert len(sizes) <= MOST_PAGES + 12


def test_tables_stay_whole(large: Path, tables: Tables) -> None:
    """What a page leaves out is in the file that it names."""
    for name in ("claims", "findings", "chains", "items", "parties", "pathways"):
        assert len(rows_of(large, name)) == COPIES * len(tables[name].rows), name


def test_every_cut_is_said_with_its_number(large: Path) -> None:
    """What is left out is the list less what is shown, and the page prints it."""
    cuts = rows_of(large, "report_cuts")

    assert {"claims.html", "findings.html", "index.html", "map.html", "papers.html"} <= {
        cut["page"] for cut in cuts
    }
    for cut in cuts:
        assert int(cut["entries"]) == int(cut["shown"]) + int(cut["left_out"]), cut
        text = (large / cut["page"]).read_text(encoding="utf-8")
        assert f"{int(cut['left_out']):,}" in text, cut
        assert f"tables/{cut['in_table']}.csv" in text, cut


@pytest.mark.slow
def test_links_and_numbers_hold_on_a_large_case(large: Path) -> None:
    """What is on no page is linked in its table; each number is still in a table."""
    pages = test_site.pages_of(large)

    assert all(page.mistakes == [] for page in pages)
    test_site.test_all_links_lead_somewhere(large, pages)
    test_site.test_every_number_on_a_page_is_in_a_table(large, pages)


def many_items(n_items: int) -> Tables:
    """Return items with one leg each: their own documentation."""
    own = [
        leg(f"i{n}", 1, "recovered", "", "guard", claims=f"item:i{n}", standing="documented")
        for n in range(n_items)
    ]
    items = [cells(item_id=f"i{n}", category="weapon", type="pistol") for n in range(n_items)]
    return {"items": table("items", *items), "chains": table("chains", *own)}


def test_of_few_items_each_has_a_page() -> None:
    """Also one of which nothing is told but that it was documented."""
    case = Case(many_items(MOST_LISTED))

    assert len(case.paged) == MOST_LISTED
    assert set(without_page(case).values()) == {0}


def test_of_many_items_those_told_of_have_a_page(tmp_path: Path) -> None:
    """A second leg, a gap, a second account, a claim, a link, a finding, or a request."""
    tables = many_items(300)
    legs = (
        leg("i1", 2, "seen", "", "guard", claims="item:i1"),
        leg("i2", 2, "", "guard", "others"),
        leg("i3", 1, "recovered", "", "guard", claims="item:i3", account=2),
    )
    tables["chains"] = table("chains", *tables["chains"].rows, *legs)
    tables["items"] = table("items", *tables["items"].rows, cells(item_id="mute", type="pistol"))
    tables["claims"] = table("claims", _about("i4", claim_id="c", live=False, verb="sold"))
    tables["findings"] = table("findings", _about("i5", finding_id="f", voice="internal"))
    link = cells(proposal_id="l", item_id="i6", other_kind="item", other_id="i7", state="unsure")
    tables["links"] = table("links", link)
    tables["requests"] = table("requests", cells(request_id="r", item_ids="i8;i9", about=None))
    case = Case(tables)
    page = write_report(tables, tmp_path / "out", title="A case", made_on="today").parent

    assert [ident for _, ident in case.paged] == [f"i{n}" for n in range(1, 10)]
    assert without_page(case) == {ONE_LEG: 291, NO_LEG: 1, TOO_MANY: 0}
    assert "291 items have one leg on record, their own documentation" in (
        page / "chains.html"
    ).read_text(encoding="utf-8")
    assert {path.stem for path in page.glob("item-*.html")} == {f"item-i{n}" for n in range(1, 10)}


def test_of_many_items_a_proposal_alone_gives_no_page() -> None:
    """What nobody has judged says nothing of an item yet; it is counted as one of one leg."""
    tables = many_items(300)
    ends = {"item_id": "i6", "other_kind": "register_entry", "other_id": "e1"}
    tables["links"] = table("links", cells(proposal_id="l", state="proposed", **ends))
    case = Case(tables)

    assert case.paged == ()
    assert without_page(case) == {ONE_LEG: 300, NO_LEG: 0, TOO_MANY: 0}


def test_of_many_chains_of_one_leg_none_is_the_longest(tmp_path: Path) -> None:
    """The first page draws none of them, and says how many nothing more is known of."""
    page = write_report(many_items(300), tmp_path / "out", title="A case", made_on="today")
    text = page.read_text(encoding="utf-8")

    assert "with the most legs on record" not in text
    assert "Of 300 items one leg is on record, their own documentation" in text


def test_more_that_are_told_of_than_there_are_pages_for_are_counted() -> None:
    """The first have a page, in the order of the table; the others are said to be there."""
    tables = many_items(MOST_PAGES + 100)
    claims = [_about(f"i{n}", claim_id=f"c{n}") for n in range(MOST_PAGES + 40)]
    tables["claims"] = table("claims", *claims)
    case = Case(tables)

    assert case.paged == tuple(("item", f"i{n}") for n in range(MOST_PAGES))
    assert without_page(case) == {ONE_LEG: 60, NO_LEG: 0, TOO_MANY: 40}


def _about(item: str, **more: Cell) -> dict[str, Cell]:
    return cells(subject_kind="item", subject_id=item) | more


def test_a_list_that_fits_is_not_cut() -> None:
    """One entry more than fits is."""
    cuts = Cuts("p.html")
    whole = cuts.first(range(MOST_LISTED), "whole", table="t")
    part = cuts.first(range(MOST_LISTED + 1), "part", table="t")

    assert (len(whole), len(part)) == (MOST_LISTED, MOST_LISTED)
    assert cuts.get("whole") is None
    assert [(cut.what, cut.n_more) for cut in cuts.all] == [("part", 1)]

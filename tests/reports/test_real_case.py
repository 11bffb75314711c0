"""The shipped case through the whole street, to the pages: what REASONING.md section 10 wants."""

from pathlib import Path

import pytest

from headstamp.actions.init_casebook import init_casebook
from headstamp.actions.take import take
from headstamp.actions.trace import trace
from headstamp.actions.writing import Writing
from headstamp.casebook.opening import open_casebook
from headstamp.release.hand_out import hand_out
from headstamp.reports.site import write_report
from headstamp.terms.finding import CAVEAT

SHIPPED = Path(__file__).parents[2] / "src" / "headstamp" / "cases" / "islamic_state_2017"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report of the shipped case."""
    root = tmp_path_factory.mktemp("real")
    by = Writing(actor="amina")
    init_casebook(root / "casebook", actor="amina", title="The shipped case")
    assert len(list(take(root / "casebook", [SHIPPED], by=by))) == 1
    trace(root / "casebook", by=by)
    tables = hand_out(open_casebook(root / "casebook"))
    return write_report(tables, root / "out", title="The shipped case", made_on="today").parent


def text(real: Path, page: str) -> str:
    """Return a page's bytes as text."""
    return (real / page).read_text(encoding="utf-8")


def test_the_weapon_has_its_chain_its_gap_and_its_accounts(real: Path) -> None:
    """Bulgaria to the Army, a party not named, a gap, the group; each account drawn."""
    page = text(real, "item-atgw.html")

    assert "exported by <bdi>Bulgaria</bdi> to <bdi>United States Army</bdi>" in page
    assert "Nothing on record says how it passed from" in page
    assert "What would decide between this account and the next" in page
    assert page.count('class="drawing timeline wide"') == page.count('class="account"')
    assert "the source says <bdi>59</bdi> days after <bdi>c01</bdi>, and prints no date" in page


def test_the_days_are_the_source_s_and_nobody_is_blamed(real: Path) -> None:
    """59 days as stated; relays that differ are shown and no party is faulted."""
    page = text(real, "findings.html")

    assert "59 days after it was exported. The number of days is the source’s" in page.replace(
        "'", "’"
    )
    assert "That blames nobody." in page
    assert "it cannot be determined whether the onward transfer" in page


def test_pathways_are_not_ranked(real: Path) -> None:
    """The sentence for what the evidence does not show is printed."""
    page = text(real, "pathways.html")

    assert "The available evidence does not show how the item passed from" in page
    assert "never ranked" in page


def test_every_page_of_the_real_case_carries_the_caveat(real: Path) -> None:
    """The standing sentence is on every page."""
    assert all(CAVEAT in path.read_text(encoding="utf-8") for path in real.glob("*.html"))

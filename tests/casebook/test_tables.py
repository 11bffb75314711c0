"""The listings: exact columns, exact values."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from headstamp.actions.take import take
from headstamp.actions.withdraw_row import withdraw_row
from headstamp.actions.writing import Writing
from headstamp.casebook import derived_tables, figures, object_tables, package_tables, published
from headstamp.casebook.opening import Casebook, open_casebook
from headstamp.terms.errors import UnknownIdError
from headstamp.terms.table import Table

CLAIMS = (
    "claim_id statement verb subject_kind subject_id from_party via_party to_party on after_claim "
    "after_days site_id place quantity extent stance basis hedge document_id locator quote "
    "source_id relays credibility sensitivity note origin lineage class live"
)
ITEMS = (
    "item_id category type model calibre quantity unit present condition inspection parent_item "
    "session_id maker_stated country_stated year_stated site_id recovered_on recovery_basis "
    "documented_on recovered_from recovered_by circumstances attribution evidence_ref source_id "
    "relays credibility sensitivity note file row maker maker_country year_from year_to "
    "calibre_family serial_key"
)
MARKS = (
    "mark_id item_id kind position applied text state script photos read_by source_id "
    "relays credibility sensitivity note readings key reader"
)
SOURCES = (
    "source_id kind title publisher published_on url language reliability release exhibit note"
)
LINKS = (
    "proposal_id item_id other_kind register other_id probability weight_bits basis strangers state"
)
FINDINGS = (
    "finding_id kind subject_kind subject_id verdict standing voice contested replied origins "
    "from_event to_event days_min days_max window_from window_to parties rests_on reason"
)
CHAIN = (
    "item_id account leg verb from_party via_party to_party on_earliest on_latest place standing "
    "gap claims derived dated"
)
CHAINS = CHAIN.replace(" dated", " subject_kind note decided_by beside dated")
FIGURES = "measure group_by group count share base undetermined low high"
AGAINST = (
    "figure_id statement measure group_by group value unit base hedge total ours difference why"
)
ISSUES = "code severity file row column raw message hint entry"


@pytest.mark.parametrize(
    ("read", "columns"),
    [
        (package_tables.claims, CLAIMS),
        (object_tables.items, ITEMS),
        (object_tables.marks, MARKS),
        (package_tables.sources, SOURCES),
        (derived_tables.links, LINKS),
        (derived_tables.findings, FINDINGS),
        (lambda casebook: derived_tables.chain(casebook, "i1"), CHAIN),
        (derived_tables.chains, CHAINS),
        (figures.figures, FIGURES),
        (published.figures_against, AGAINST),
        (derived_tables.issues, ISSUES),
    ],
)
def test_columns_are_those_of_the_contract(
    opened: Callable[..., Casebook], read: Callable[[Casebook], Table], columns: str
) -> None:
    """EXCHANGE.md section 3: others call these columns, in the table and in every row."""
    table = read(opened())

    assert table.columns == tuple(columns.split())
    assert table.rows
    assert all(tuple(row) == table.columns for row in table.rows)


def _row(table: Table, row_id: str) -> dict[str, object]:
    return dict(next(row for row in table.rows if row[table.columns[0]] == row_id))


def test_values_are_printed_as_recorded(opened: Callable[..., Casebook]) -> None:
    """Trailing zeros, lists and empty cells are what the package wrote."""
    casebook = opened()

    site = _row(package_tables.sites(casebook), "town")
    party = _row(package_tables.parties(casebook), "group")

    assert (site["latitude"], site["longitude"]) == ("10.50", None)
    assert (party["aliases"], party["country"]) == ("GN;G-N", None)


def test_a_claim_tells_its_lineage_and_class(opened: Callable[..., Casebook]) -> None:
    """Nearest first; the end is the origin; C and 3 make it fair."""
    row = _row(package_tables.claims(opened()), "c2")

    assert (row["lineage"], row["origin"], row["class"]) == ("press;report", "report", "fair")
    assert row["live"] is True


def test_a_claim_of_a_withdrawn_source_is_listed_and_not_live(
    made: Callable[..., Path], amina: Writing
) -> None:
    """Withdrawn rows are still on record."""
    root = made()
    withdraw_row(root, "report", reason="retracted", by=amina)

    rows = {row["claim_id"]: row["live"] for row in package_tables.claims(open_casebook(root)).rows}

    assert rows == {"c1": True, "c2": False, "c3": True}


def test_marks_show_readings_best_first_and_the_key(opened: Callable[..., Casebook]) -> None:
    """The text stays as recorded beside what it may say."""
    row = _row(object_tables.marks(opened()), "m2")

    assert (row["text"], row["readings"], row["key"]) == ("00{5S}7", ["0057", "00S7"], "0057")


def test_the_serial_of_the_receiver_goes_before_the_first(
    opened: Callable[..., Casebook],
) -> None:
    """An item's key is of its frame or receiver, wherever that mark stands in the table."""
    rows = object_tables.items(opened()).rows

    assert [row["serial_key"] for row in rows] == ["0057", None, None, None]


def test_what_no_mark_says_is_empty(opened: Callable[..., Casebook]) -> None:
    """Maker and years stay empty until marks are identified."""
    row = _row(object_tables.items(opened()), "i1")

    assert (row["maker"], row["year_from"], row["calibre_family"]) == (None, None, None)
    assert (row["file"], row["row"]) == ("items.csv", 2)


def test_a_gap_is_a_leg_of_its_own(opened: Callable[..., Casebook]) -> None:
    """Without the theft nobody says how the rifle came to the group."""
    casebook = opened(
        claims=[
            {"claim_id": "c1", "verb": "exported", "subject_kind": "consignment",
             "subject_id": "k1", "from_party": "xa", "to_party": "xb_army", "on": "2015-01-10",
             "extent": "all", "source_id": "paper", "credibility": "2"},
        ],
    )  # fmt: skip
    gaps = [row for row in derived_tables.chain(casebook, "i1").rows if row["gap"]]

    assert [(g["verb"], g["claims"], g["from_party"], g["to_party"]) for g in gaps] == [
        (None, None, "xb_army", "group")
    ]
    assert (gaps[0]["on_earliest"], gaps[0]["on_latest"]) == ("2015-01-10", "2015-07-01")


def test_a_chain_of_nothing_on_record_is_refused(opened: Callable[..., Casebook]) -> None:
    """An unknown id is misuse, never an empty chain."""
    with pytest.raises(UnknownIdError, match="i9"):
        derived_tables.chain(opened(), "i9")


def test_links_keep_a_basis_empty_that_nobody_stated(opened: Callable[..., Casebook]) -> None:
    """No machine proposed it, so there is no probability."""
    row = _row(derived_tables.links(opened()), "link:i1:consignment:k1")

    assert (row["state"], row["basis"], row["probability"]) == ("part_of", None, None)


def test_findings_list_their_minimal_sets(opened: Callable[..., Casebook]) -> None:
    """Either account of the theft suffices."""
    thefts = [row for row in derived_tables.findings(opened()).rows if row["kind"] == "theft"]

    assert [(row["rests_on"], row["parties"]) for row in thefts] == [
        ([["c2"], ["c3"]], "xb_army;group")
    ]


def test_a_leg_says_whose_days_it_has(opened: Callable[..., Casebook]) -> None:
    """The word of the chain, in both tables; nobody takes days of neighbours for recorded ones."""
    casebook = opened()
    (account, *_) = casebook.conclusions.accounts["item", "i1"]
    words = [leg.dated for leg in account.legs]

    for table in (derived_tables.chain(casebook, "i1"), derived_tables.chains(casebook)):
        told = [row["dated"] for row in table.rows if (row["item_id"], row["account"]) == ("i1", 1)]
        assert told == words


def test_an_issue_says_which_intake_reported_it(
    made: Callable[..., Path], cast: ModuleType, amina: Writing, tmp_path: Path
) -> None:
    """The newest intake last; what came out in deriving has none."""
    root = made()
    bad = [{**cast.WORLD["claims"][0], "claim_id": "c9", "on": "31/02/2017"}]
    package = cast.write_package(tmp_path / "bad", cast.world(claims=bad))
    list(take(root, [package], by=amina))

    rows = derived_tables.issues(open_casebook(root)).rows

    entries = [row["entry"] for row in rows if row["entry"] is not None]
    assert entries == sorted(entries, key=str)
    assert {row["entry"] for row in rows if row["raw"] == "31/02/2017"} == {3}

"""The case that started it: every row of REASONING.md section 10, read off the command line."""

import csv
import io
import shutil
from pathlib import Path

import pytest

from .conftest import Door, Rows

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def findings(case: Door) -> Rows:
    """All findings of the case."""
    return case.rows("findings")


@pytest.fixture(scope="module")
def claims(case: Door) -> dict[object, dict[str, object]]:
    """All claims by id."""
    return {row["claim_id"]: row for row in case.rows("claims")}


@pytest.fixture(scope="module")
def best(case: Door) -> Rows:
    """The legs of the best account of the anti-tank weapon."""
    return [leg for leg in case.rows("chain", "atgw") if leg["account"] == 1]


def of_kind(findings: Rows, kind: str, subject: str) -> Rows:
    """Return the findings of one kind about one subject."""
    return [row for row in findings if (row["kind"], row["subject_id"]) == (kind, subject)]


def sets_of(row: dict[str, object]) -> list[set[str]]:
    """Return the minimal sets of one finding."""
    sets = row["rests_on"]
    assert isinstance(sets, list)
    return [set(one) for one in sets]


def test_59_days_later_is_a_derived_date(best: Rows) -> None:
    """Exported on 12 December, "fifty-nine days later" recovered: 9 February 2016, labelled."""
    recovered = [leg for leg in best if leg["verb"] == "recovered"]

    assert [
        (leg["on_earliest"], leg["on_latest"], leg["derived"], leg["place"]) for leg in recovered
    ] == [("2016-02-09", "2016-02-09", "c01", "Ramadi")]


def test_59_days_are_the_sources_statement(findings: Rows) -> None:
    """The interval from export to recovery is printed as the source's, not as our computation."""
    intervals = [
        row
        for row in of_kind(findings, "interval", "atgw")
        if (row["from_event"], row["to_event"]) == ("exported", "recovered")
    ]

    assert [(row["days_min"], row["days_max"]) for row in intervals] == [(59, 59)]
    assert "the source's statement, not our computation" in str(intervals[0]["reason"])
    crossed = {"link:atgw:consignment:atgw_2015", "consignment:atgw_2015"}
    assert sets_of(intervals[0]) == [{"c01", "c02", *crossed}]


def test_the_other_date_is_a_transmission_discrepancy(findings: Rows) -> None:
    """Bought on 15 December, says another relay: both are shown and nobody is blamed."""
    rows = of_kind(findings, "transmission_discrepancy", "atgw")
    supply = [row for row in rows if {"c01", "c04"} in sets_of(row)]

    assert len(supply) == 1
    reason = str(supply[0]["reason"])
    assert "12 December 2015" in reason
    assert "15 December 2015" in reason
    assert "this cannot be told without the origin" in reason
    assert supply[0]["verdict"] is None
    assert supply[0]["contested"] is False
    assert not of_kind(findings, "contradiction", "atgw")
    assert not of_kind(findings, "reappearance", "atgw")


def test_all_relays_have_one_origin(
    findings: Rows, claims: dict[object, dict[str, object]]
) -> None:
    """Whatever relays the report holds it in its lineage: no more than 1 independent origin."""
    relays = [row for row in claims.values() if "car_2017" in str(row["relays"])]

    assert len(relays) >= 30
    assert all("car_2017" in str(row["lineage"]).split(";") for row in relays)
    assert {row["origins"] for row in findings if row["subject_id"] == "atgw"} == {1}


def test_the_chain_has_one_gap_and_it_is_before_the_group(best: Rows) -> None:
    """Bulgaria, the Army (part of the United States), a party not named, a gap, the group."""
    hands = [(leg["from_party"], leg["to_party"]) for leg in best if leg["verb"] != "sold"]
    gaps = [(leg["from_party"], leg["to_party"]) for leg in best if leg["gap"] is True]
    onward = [leg for leg in best if leg["to_party"] == "islamic_state" and leg["verb"]]

    assert hands[:2] == [("bulgaria", "us_army"), ("united_states", "syria_party_unnamed")]
    assert gaps == [("syria_party_unnamed", "islamic_state")]
    assert all(leg["from_party"] is None for leg in onward)
    assert best[-1]["from_party"] == "islamic_state"


def test_the_gap_has_dates_of_its_own(best: Rows) -> None:
    """A gap's days run from the earliest of the leg before to the latest of the leg after."""
    (gap,) = [leg for leg in best if leg["gap"] is True]

    assert (gap["on_earliest"], gap["on_latest"]) == ("2015-12-12", "2016-02-09")
    assert (gap["verb"], gap["claims"]) == (None, None)


def test_an_undertaking_not_seen_decides_nothing(findings: Rows) -> None:
    """Clause unknown, asked, no answer: cannot be determined, attributed, and says why."""
    (row,) = of_kind(findings, "retransfer", "atgw")
    reason = str(row["reason"])

    assert (row["verdict"], row["voice"]) == ("cannot_be_determined", "attributed")
    assert "weren't to resell them" in reason
    assert "Department of Defense was asked" in reason
    assert "silent" in reason
    assert row["replied"] == "not_asked"
    assert row["parties"] == "united_states;syria_party_unnamed"


def test_a_summary_is_quoted_as_its_own(findings: Rows, case: Door) -> None:
    """Romania's certificate was not seen: the sentence on re-export is the summary's own."""
    (row,) = of_kind(findings, "retransfer", "pg9_2014")

    assert (row["verdict"], row["voice"]) == ("cannot_be_determined", "attributed")
    assert "in violation of clauses forbidding re-export" in str(row["reason"])
    assert "the summary's own sentence" in str(row["reason"])
    assert all("u_pg9" in one for one in sets_of(row))
    assert "c12" in case.run("claims", "--format", "csv")


def test_undated_non_retransfer_clauses_may_contravene(findings: Rows) -> None:
    """All deliveries covered, no dates: may contravene, attributed."""
    (row,) = of_kind(findings, "retransfer", "bg_sa_exports")

    assert (row["verdict"], row["voice"]) == ("may_contravene", "attributed")
    assert "without Bulgaria's prior consent" in str(row["reason"])
    assert all({"c31", "u_bg_sa"} <= one for one in sets_of(row))


def test_one_supply_chain_is_shown_and_carries_no_custody(case: Door, best: Rows) -> None:
    """“Judging by its serial number": a link same_supply, judged by CAR as relayed."""
    links = [row for row in case.rows("links") if row["other_id"] == "us_group_atgw"]

    assert [row["state"] for row in links] == ["same_supply"]
    assert links[0]["probability"] is None
    assert "CAR, as relayed by" in case.run("explain", "link:atgw:item:us_group_atgw")
    assert all("c21" not in str(leg["claims"]) for leg in case.rows("chain", "atgw"))
    assert {leg["verb"] for leg in case.rows("chain", "us_group_atgw")} == {"transferred"}
    assert best


def test_an_undisclosed_origin_is_never_merged(
    claims: dict[object, dict[str, object]], findings: Rows, best: Rows
) -> None:
    """“Sources reportedly said": origin undisclosed; the buyer in CAR's account is the Army."""
    said = claims["c09"]
    buyers = {leg["to_party"] for leg in best if leg["verb"] in {"sold", "exported"}}

    assert said["origin"] == "undisclosed"
    assert "car_2017" not in str(said["lineage"])
    assert buyers == {"us_army"}
    assert all("c09" not in one for row in findings for one in sets_of(row))


def test_no_pathway_is_excluded_and_the_sentence_is_printed(findings: Rows) -> None:
    """Fighters changing sides, capture, "captured or sold": of the group, never of the item."""
    for row in of_kind(findings, "diversion_window", "atgw"):
        reason = str(row["reason"])

        assert "The available evidence does not show how the item passed from" in reason
        assert "battlefield_capture not excluded" in reason
        assert "not_this_chain not excluded" in reason
        assert " excluded (" not in reason
        assert "supported" not in reason


def test_the_window_is_about_two_months(findings: Rows) -> None:
    """From the export of 12 December to the recovery of 9 February, delivery not shown."""
    windows = {
        (row["window_from"], row["window_to"])
        for row in of_kind(findings, "diversion_window", "atgw")
        if "Delivery not shown" in str(row["reason"])
    }

    assert windows == {("2015-12-12", "2016-02-09")}


@pytest.mark.parametrize(
    ("statement", "sets"), [("st_97", {"f05", "f07"}), ("st_87", {"f06", "f08"})]
)
def test_a_share_by_calibre_is_never_a_share_by_country(
    findings: Rows, case: Door, statement: str, sets: set[str]
) -> None:
    """97 and 87 per cent: relays differ on the measure; no share by country of ours."""
    (row,) = of_kind(findings, "transmission_discrepancy", statement)
    ours = [
        figure["ours"]
        for figure in case.rows("figures", "--against")
        if figure["statement"] == statement
    ]

    assert row["subject_kind"] == "figure"
    assert sets_of(row) == [sets]
    assert ours == [None, None]


def test_published_figures_add_up_and_are_never_added_together(case: Door) -> None:
    """1,270 + 562 weapons; 29,168 + 11,816 units; "over 40,000 items" stands by itself."""
    rows = {row["figure_id"]: row for row in case.rows("figures", "--against")}

    assert {str(rows[f]["total"]) for f in ("f01", "f02")} == {"1832"}
    assert {str(rows[f]["total"]) for f in ("f03", "f04")} == {"40984"}
    assert {str(rows[f]["total"]) for f in ("f10", "f25")} == {"40000"}
    assert "42816" not in case.run("figures", "--against", "--format", "csv")


def test_without_the_report_every_transfer_falls(case: Door, tmp_path: Path) -> None:
    """Withdraw CAR's report: what remains is named, and restoring it is an exact inverse."""
    copy = tmp_path / "copy"
    shutil.copytree(case.casebook, copy)
    door = Door(copy)
    before = (door.run("findings", "--format", "csv"), door.run("chain", "atgw", "--format", "csv"))

    told = door.run("withdraw", "car_2017", "--reason", "to see what falls")
    left = [row["claim_id"] for row in door.rows("claims") if row["live"] is True]
    fallen = (door.rows("findings"), door.rows("chain", "atgw"))
    door.run("restore", "car_2017", "--reason", "seen")
    after = (door.run("findings", "--format", "csv"), door.run("chain", "atgw", "--format", "csv"))

    assert fallen == ([], [])
    assert {"c09", "c10", "c22", "c29", "c41", "c42"} <= set(left)
    assert all(claim in told.split("Still stands")[1] for claim in ("c09", "c10", "c29"))
    assert before == after


def test_every_set_reaches_a_row_of_the_package(findings: Rows, case: Door) -> None:
    """What a finding rests on is explained down to a file, a row and an exhibit."""
    (row,) = of_kind(findings, "retransfer", "atgw")
    steps = case.rows("explain", str(row["finding_id"]))
    reached = [step for step in steps if step["file"]]

    assert {"claims.csv", "undertakings.csv", "links.csv"} <= {step["file"] for step in reached}
    assert all(step["exhibit"] and step["row"] for step in reached)


def test_tables_read_back_as_csv(case: Door) -> None:
    """CSV and JSON of one table tell the same rows."""
    listed = list(csv.DictReader(io.StringIO(case.run("findings", "--format", "csv"))))

    assert [row["finding_id"] for row in listed] == [
        row["finding_id"] for row in case.rows("findings")
    ]

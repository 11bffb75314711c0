import pytest
from tests.custody.worlds import (
    Cells,
    Rows,
    claim,
    conclusions_of,
    consignment,
    findings_of,
    item,
    link,
    of_consignment,
    undertaking,
)

from headstamp.terms.finding import Finding

PASSED = claim("c1", "transferred", from_party="xb", to_party="xc", on="2015-06-01")
TIE = link("i1", "consignment", "k1", "part_of")


def rows_of(*claims: Cells, **more: Rows) -> list[Finding]:
    """Return the retransfers of item i1 of consignment k1, and of the consignment."""
    rows = {
        "items": [item()],
        "consignments": [consignment()],
        "undertakings": [undertaking()],
        "links": [TIE],
    }
    return findings_of(conclusions_of(**{**rows, **more}, claims=claims), "retransfer")


def told(*claims: Cells, **more: Rows) -> list[tuple[str, str | None]]:
    """Return subject and verdict of each."""
    return [(row.subject_id, row.verdict) for row in rows_of(*claims, **more)]


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        ({}, "contravenes"),
        ({"verb": "sold"}, "may_contravene"),
        ({"verb": "delivered", "from_party": "xb_army"}, "contravenes"),
        ({"to_party": "xg"}, "contravenes"),
        ({"to_party": "xb_police"}, None),
        ({"to_party": "xb_trade"}, None),
        ({"from_party": "xa"}, None),
        ({"from_party": "xc", "to_party": "xg"}, None),
        ({"verb": "stolen"}, None),
        ({"verb": "captured", "to_party": "xg"}, None),
        ({"verb": "seen"}, None),
        ({"credibility": 5}, "cannot_be_determined"),
        ({"stance": "denies"}, None),
        ({"on": "2013"}, "cannot_be_determined"),
    ],
)
def test_which_transfers_make_a_row(cells: Cells, verdict: str | None) -> None:
    """A voluntary transfer by one that received it to a party outside its state."""
    assert told({**PASSED, **cells}) == ([("i1", verdict)] if verdict else [])


def test_one_row_per_undertaking_that_binds() -> None:
    """Two that bind make two rows; none that binds makes one, which says so."""
    other = undertaking("u2", clause="none")
    both_rows = rows_of(PASSED, undertakings=[undertaking(), other])
    (unbound,) = rows_of(PASSED, undertakings=[])

    assert sorted(str(row.verdict) for row in both_rows) == ["consistent", "contravenes"]
    assert len({row.finding_id for row in both_rows}) == 2
    assert unbound.verdict == "cannot_be_determined"
    assert "no undertaking that binds this consignment is on record" in unbound.reason.lower()


def test_what_a_verdict_rests_on() -> None:
    """The transfer, the link, the undertaking, and what shows that the giver had received it."""
    (row,) = rows_of(PASSED)

    assert row.rests_on == (("c1", "consignment:k1", "link:i1:consignment:k1", "u1"),)


def test_the_strongest_verdict_that_some_set_yields() -> None:
    """A dated report contravenes, an undated one of the same transfer only may: it rests on one."""
    undated = claim("c2", "transferred", from_party="xb", to_party="xc")
    (row,) = rows_of(PASSED, undated)

    assert row.verdict == "contravenes"
    assert all("c1" in one for one in row.rests_on)


def test_an_item_of_no_consignment_and_an_indication() -> None:
    """Linked to none there is no row; of one lot with it, the item's transfer only may."""
    lot = link("i1", "consignment", "k1", "same_lot")

    assert told(PASSED, links=[]) == []
    assert told(PASSED, links=[lot]) == [("i1", "may_contravene")]
    assert told(PASSED, links=[{**TIE, "basis": ["same_lot"]}]) == [("i1", "may_contravene")]


def test_a_transfer_of_the_consignment_is_judged_once() -> None:
    """The row is the consignment's own, however many items are linked to it."""
    passed = of_consignment("c1", "transferred", from_party="xb", to_party="xc", on="2015-06-01")

    assert told(passed) == [("k1", "contravenes")]


@pytest.mark.parametrize(
    ("moved", "on", "is_judged"),
    [
        ({}, "2014-01-01", True),
        ({}, "2016-01-01", False),
        ({"to_party": "xc_army"}, "2014-01-01", True),
        ({"from_party": "xc_army"}, "2014-01-01", False),
    ],
)
def test_a_second_hop_by_one_that_had_received_it(
    moved: Cells,
    on: str,
    is_judged: bool,  # noqa: FBT001 - a table
) -> None:
    """Not by what came to it only after it had passed it on, nor from within its own state."""
    before = claim("c0", "transferred", **{"from_party": "xb", "to_party": "xc", "on": on, **moved})
    onward = claim("c2", "transferred", from_party="xc", to_party="xg", on="2015-06-01")
    promise = undertaking(given_by="xc", given_to="xb")

    found = rows_of(before, onward, undertakings=[promise])

    assert any(row.parties == ("xc", "xg") for row in found) is is_judged


def test_a_receipt_told_of_another_row_rests_on_what_ties_the_rows() -> None:
    """The giver's receipt is said of i2, which is i1 only through the link."""
    before = claim(
        "c0", "transferred", from_party="xb", to_party="xc", on="2014-06-01", subject_id="i2"
    )
    onward = claim("c2", "transferred", from_party="xc", to_party="xg", on="2015-06-01")
    found = rows_of(
        before,
        onward,
        items=[item(), item("i2")],
        links=[TIE, link("i1", "item", "i2", "same")],
        undertakings=[undertaking(given_by="xc", given_to="xb")],
    )
    (row,) = [row for row in found if row.parties == ("xc", "xg")]

    assert all("link:i1:item:i2" in one for one in row.rests_on)


def test_the_sentence_names_the_body_only_where_a_fair_source_does() -> None:
    """A weak report of what the army did is told of its state."""
    (fair,) = rows_of({**PASSED, "from_party": "xb_army", "credibility": 3})
    (weak,) = rows_of({**PASSED, "from_party": "xb_army", "credibility": 4})

    assert "from xb_army to" in fair.reason
    assert "from XB to" in weak.reason


def test_the_clause_and_whether_it_was_asked_are_in_the_reason() -> None:
    """The text as on record, and the request to any body of the transferor's state."""
    promise = undertaking(clause="unknown", clause_text="for its own use")
    asked = {"request_id": "r1", "addressee": "xb_police", "item_ids": ["i1"], "outcome": "silent",
             "asked_by": "us", "source_id": "f1"}  # fmt: skip
    (unasked,) = rows_of(PASSED, undertakings=[promise])
    (row,) = rows_of(PASSED, undertakings=[promise], requests=[asked])

    assert "for its own use" in row.reason
    assert "no answer" in row.reason
    assert "not on record" in unasked.reason


def test_where_accounts_differ_the_strongest_verdict_stands() -> None:
    """Recovered before the undertaking expired, or still held after: only one can be true."""
    claims = [
        claim("c0", "delivered", from_party="xa", to_party="xb", on="2014-03-01"),
        claim("c1", "transferred", from_party="xb", to_party="xc"),
        claim("early", "recovered", from_party="xc", on="2014-06-01"),
        claim("late", "held", to_party="xb", on="2015-06-01"),
    ]
    promise = undertaking(on="2014-01-01", expires_on="2014-12-31")
    (row,) = rows_of(*claims, undertakings=[promise])
    (early,) = rows_of(*claims[:3], undertakings=[promise])
    (late,) = rows_of(*claims[:2], claims[3], undertakings=[promise])

    assert (early.verdict, late.verdict) == ("contravenes", "consistent")
    assert row.verdict == "contravenes"
    assert all("early" in one and "late" not in one for one in row.rests_on)


def test_a_receipt_and_a_transfer_of_rival_versions_make_no_row() -> None:
    """One relay has it sent to XC, the other to XB and passed on by XC: never both in one set."""
    cells = {"from_party": "xa", "on": "2014-03-01", "relays": ["n1"], "extent": "all"}
    sent_to_xc = of_consignment("c1", "exported", to_party="xc", source_id="p1", **cells)
    sent_to_xb = of_consignment("c2", "exported", to_party="xb", source_id="p2", **cells)
    passed = claim("c3", "transferred", from_party="xc", to_party="xg", on="2015-06-01",
                   source_id="p2", relays=["n1"])  # fmt: skip
    by_same = {**passed, "source_id": "p1"}

    def sets(*claims: Cells) -> list[tuple[str, ...]]:
        promise = undertaking(given_by="xc")
        found = rows_of(
            *claims, undertakings=[promise], consignments=[{**consignment(), "importer": "xb"}]
        )
        return [one for row in found for one in row.rests_on if row.parties == ("xc", "xg")]

    assert sets(sent_to_xc, sent_to_xb, passed) == []
    assert all("c1" in one for one in sets(sent_to_xc, sent_to_xb, by_same))
    assert sets(sent_to_xc, sent_to_xb, by_same)

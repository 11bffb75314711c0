import pytest
from tests.custody.worlds import (
    SOURCES,
    Cells,
    Rows,
    claim,
    conclusions_of,
    consignment,
    findings_of,
    item,
    link,
    of_consignment,
)

from headstamp.terms.finding import Finding

RELAYS: tuple[Cells, Cells] = (
    {"source_id": "p1", "relays": ["n1"]},
    {"source_id": "p2", "relays": ["n1"]},
)
DEED: Cells = {"verb": "exported", "from_party": "xa", "to_party": "xb", "on": "2015-12-12"}


def told(one: Cells, other: Cells, **more: Rows) -> list[Finding]:
    """Return the discrepancies between what two relays of one report say."""
    claims = [
        claim(f"c{n}", **{**DEED, **said, **cells})
        for n, (said, cells) in enumerate(zip(RELAYS, (one, other), strict=True), start=1)
    ]
    rows = {"items": [item()], "claims": claims, **more}
    return findings_of(conclusions_of(**rows), "transmission_discrepancy")


@pytest.mark.parametrize(
    ("cells", "differs"),
    [
        ({}, False),
        ({"on": "2015-12"}, False),
        ({"on": "2015-12-15"}, True),
        ({"to_party": "xc"}, True),
        ({"to_party": "xb_army"}, False),
        ({"verb": "sold", "to_party": "xc"}, True),
        ({"verb": "seen", "to_party": "xc"}, False),
        ({"verb": "seen", "to_party": "xc", "on": "2016"}, False),
        ({"from_party": "xb_trade", "to_party": "xc"}, False),
        ({"stance": "denies", "on": "2015-12-15"}, False),
        ({"subject_id": "i2", "to_party": "xc"}, False),
        ({"source_id": "p1", "on": "2015-12-15"}, False),
        ({"relays": ["n2"], "on": "2015-12-15"}, False),
        ({"relays": [], "on": "2015-12-15"}, False),
    ],
)
def test_when_relays_differ(cells: Cells, differs: bool) -> None:  # noqa: FBT001 - a table
    """One family of verbs, one giver, one stance: other days or another receiver."""
    assert bool(told({}, cells)) is differs


@pytest.mark.parametrize(
    ("cells", "differs"),
    [
        ({"verb": "recovered", "from_party": "xc", "to_party": "xc"}, False),
        ({"verb": "recovered", "on": "2016"}, True),
        ({"to_party": "xc"}, True),
        ({"quantity": 3}, True),
        ({"relays": [], "quantity": 3}, True),
    ],
)
def test_renderings_of_one_statement_are_compared_whatever_their_verb(
    cells: Cells,
    differs: bool,  # noqa: FBT001 - a table
) -> None:
    """Their receivers only within one family."""
    found = told({"statement": "t1", "quantity": 2}, {"statement": "t1", **cells})

    assert bool(found) is differs


def test_seen_after_the_end_differs() -> None:
    """One relay has it seized in 2014, the other seen in 2015."""
    end = {"verb": "seized", "on": "2014"}

    assert told(end, {"verb": "seen", "on": "2015"})
    assert not told(end, {"verb": "seen", "on": "2015?"})
    assert not told(end, {"verb": "seen", "on": "2013"})


def test_an_item_and_its_consignment_are_one_subject() -> None:
    """A relay about the item and one about its consignment differ; the item is the subject."""
    claims = [
        claim("c1", **DEED, **RELAYS[0]),
        of_consignment("c2", **{**DEED, **RELAYS[1], "on": "2015-12-15"}),
    ]
    rows = {"items": [item()], "consignments": [consignment()], "claims": claims}
    tied = conclusions_of(**rows, links=[link("i1", "consignment", "k1", "same")])
    (found,) = findings_of(tied, "transmission_discrepancy")

    assert (found.subject_id, found.rests_on) == ("i1", (("c1", "c2"),))
    assert findings_of(conclusions_of(**rows), "transmission_discrepancy") == []


def test_one_finding_holds_all_versions_and_blames_nobody() -> None:
    """Three relays with three dates: one finding, three pairs, the origin named."""
    sources = [*SOURCES, {"source_id": "p3", "kind": "press"}]
    claims = [
        claim(f"c{n}", **{**DEED, "source_id": f"p{n}", "relays": ["n1"], "on": f"2015-12-1{n}"})
        for n in (1, 2, 3)
    ]
    rows = {"sources": sources, "items": [item()], "claims": claims}
    (found,) = findings_of(conclusions_of(**rows), "transmission_discrepancy")

    assert found.rests_on == (("c1", "c2"), ("c1", "c3"), ("c2", "c3"))
    assert "cannot be told without the origin" in found.reason
    assert "n1" in found.reason


def test_dates_reckoned_from_a_claim_rest_on_it_where_they_make_the_difference() -> None:
    """Without the claim from which the date was reckoned the relays say the same."""
    base = claim("c0", "licensed", on="2015-12-12")
    late: Cells = {"on": "2015-12-12/2016-12-31", "after_claim": "c0", "after_days": 59}
    rows = {"items": [item()]}
    by_date = [base, claim("c1", **DEED, **RELAYS[0]), claim("c2", **{**DEED, **RELAYS[1], **late})]
    by_party = [*by_date[:2], claim("c2", **{**DEED, **RELAYS[1], **late, "to_party": "xc"})]

    def sets(claims: list[Cells]) -> list[tuple[tuple[str, ...], ...]]:
        found = findings_of(conclusions_of(claims=claims, **rows), "transmission_discrepancy")
        return [finding.rests_on for finding in found]

    assert sets(by_date) == [(("c0", "c1", "c2"),)]
    assert sets(by_party) == [(("c1", "c2"),)]
    assert sets(by_date[1:]) == []


def test_rival_versions_contest_nothing() -> None:
    """What one relay denies is shown beside what its rival affirms, and does not contest it."""
    more = claim("c3", "stolen", source_id="p2", relays=["n1"], credibility=3)
    denial = claim("c4", "stolen", source_id="p1", relays=["n1"], credibility=2, stance="denies")
    claims = [
        claim("c1", **DEED, **RELAYS[0]),
        claim("c2", **{**DEED, **RELAYS[1], "on": "2015-12-15"}),
    ]
    rows = {"items": [item()]}
    (theft,) = findings_of(conclusions_of(claims=[*claims, more, denial], **rows), "theft")
    (contested,) = findings_of(conclusions_of(claims=[more, denial], **rows), "theft")

    assert (theft.contested, "c4" in theft.reason) == (False, True)
    assert contested.contested


@pytest.mark.parametrize(
    ("cells", "differs"),
    [
        ({}, False),
        ({"value": 98}, True),
        ({"measure": "ammunition"}, True),
        ({"group": "b"}, True),
        ({"statement": "t2", "value": 98}, False),
        ({"source_id": "p1", "value": 98}, False),
    ],
)
def test_when_printed_figures_differ(cells: Cells, differs: bool) -> None:  # noqa: FBT001 - a table
    """Renderings of one statement with another value, measure or group."""
    figure = {
        "measure": "weapons",
        "value": 97,
        "statement": "t1",
        "group_by": "calibre",
        "group": "a",
    }
    printed = [
        {"figure_id": "g1", "source_id": "p1", **figure},
        {"figure_id": "g2", "source_id": "p2", **figure, **cells},
    ]
    found = findings_of(conclusions_of(published_figures=printed), "transmission_discrepancy")

    assert [(f.subject_kind, f.subject_id) for f in found] == (
        [("figure", "t1")] if differs else []
    )

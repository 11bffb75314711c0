"""What nobody else speaks of takes a short way, and must come out as by the long one."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.custody.worlds import (
    SOURCES,
    Cells,
    Given,
    casebooks,
    claim,
    conclusions_of,
    consignment,
    evidence,
    findings_of,
    item,
    judged,
    legs_of,
    link,
    withdraw,
)

from headstamp.custody import conclude as concluding
from headstamp.custody.alone import lone_accounts
from headstamp.custody.conclude import conclude, links_on
from headstamp.terms.conclusions import Conclusions
from headstamp.terms.evidence import Evidence

_DATES = ["2014-06", "2015?", "2015-02-03", "../2015-01-01", "[2014-03-01,2015-02-03]", "2014~"]
_PARTIES = ["xb", "xb_army", "xb_trade", "xg", "xg_wing", "xu", "nobody_on_record"]
_LONE_ITEMS = st.fixed_dictionaries(
    {
        "source_id": st.sampled_from([source["source_id"] for source in SOURCES]),
        "category": st.sampled_from(["weapon", "ammunition", "component"]),
    },
    optional={
        "relays": st.sampled_from([["n1"], ["p2", "n1"], ["o1"]]),
        "credibility": st.sampled_from([2, 3, 5, 6]),
        "recovered_on": st.sampled_from(_DATES),
        "documented_on": st.sampled_from(_DATES),
        "recovered_from": st.sampled_from(_PARTIES),
        "recovered_by": st.sampled_from(_PARTIES),
        "circumstances": st.sampled_from(
            ["captured", "cached", "held", "seized", "found", "reported_lost", "reported_stolen"]
        ),
        "inspection": st.sampled_from(["handled", "seen", "document_only"]),
        "site_id": st.sampled_from(["t1", "a place"]),
    },
)


@st.composite
def worlds(draw: st.DrawFn) -> Evidence:
    """Draw a small casebook and items that none of it speaks of, some rows withdrawn."""
    drawn: Given = draw(casebooks(max_claims=4))
    lone = draw(st.lists(_LONE_ITEMS, min_size=1, max_size=5))
    rows = [{"item_id": f"i{n}", **cells} for n, cells in enumerate(lone, start=3)]
    items = draw(st.permutations([*drawn["items"], *rows]))
    rest = {**drawn, "items": items}
    given_rows = evidence(**{table: cells for table, cells in rest.items() if cells})
    on_record = [("sources", "f1"), ("sources", "n1"), ("claims", "c0"), ("items", "i3")]
    return withdraw(given_rows, *draw(st.sets(st.sampled_from(on_record), max_size=2)))


def by_the_long_way(rows: Evidence) -> Conclusions:
    """Conclude with every item followed through all rules."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(concluding, "lone_accounts", lambda _: {})
        return conclude(rows)


@given(worlds())
def test_both_ways_come_to_the_same(rows: Evidence) -> None:
    """Grades, links, accounts, findings, pathways and issues are equal, and in equal order."""
    short, long = conclude(rows), by_the_long_way(rows)

    assert short == long
    assert list(short.accounts) == list(long.accounts)


@given(worlds())
def test_most_quiet_items_take_the_short_way(rows: Evidence) -> None:
    """An item of which only its row tells, quietly, is among those that go the short way."""
    groups = {"xg", "xg_wing"}
    quiet = {
        item_id
        for item_id, row in rows.items.items()
        if item_id not in {"i1", "i2"}
        and row.is_claim
        and not {row.recovered_from, row.recovered_by} & groups
        and row.circumstances not in {"reported_lost", "reported_stolen"}
    }
    found = set(lone_accounts(links_on(rows)))

    assert {i for i in quiet if links_on(rows).grading.is_live("items", i)} <= found


@pytest.mark.parametrize(
    "spoken",
    [
        {"claims": [claim("c1", "seen", to_party="xb")]},
        {"links": [link("i1", "consignment", "k1", "part_of")], "consignments": [consignment()]},
        {"links": [link("i1", "consignment", "k1", "unsure")], "consignments": [consignment()]},
        {"links": [link("i2", "item", "i1", "same")], "items": [item("i2")]},
        {
            "links": [link("c1", "event", "item:i1", "same")],
            "claims": [claim("c1", "recovered", subject_id="i2")],
            "items": [item("i2")],
        },
    ],
    ids=["claim", "consignment", "unsure", "item", "event"],
)
def test_what_is_spoken_of_goes_the_long_way(spoken: dict[str, list[Cells]]) -> None:
    """A claim about an item, or a link at either of its ends, takes it off the short way."""
    items = [item(recovered_on="2015-02-03"), *spoken.pop("items", [])]
    tables: dict[str, Any] = {"items": items, **spoken}

    assert "i1" in lone_accounts(links_on(evidence(items=items)))
    assert "i1" not in lone_accounts(links_on(evidence(**tables)))


def test_a_withdrawn_claim_still_speaks_of_its_item() -> None:
    """Whether a row counts may change any day; which way an item takes does not depend on it."""
    rows = evidence(items=[item(recovered_on="2015-02-03")], claims=[claim("c1", "seen")])

    assert "i1" not in lone_accounts(links_on(withdraw(rows, ("claims", "c1"))))


def test_a_judgement_here_takes_the_item_off_the_short_way() -> None:
    """A link that a person turned into another verdict is still a link of the item."""
    rows = evidence(
        items=[item(recovered_on="2015-02-03")],
        consignments=[consignment()],
        links=[link("i1", "consignment", "k1", "part_of")],
        judgements=[judged("link:i1:consignment:k1", "not_same")],
    )

    assert lone_accounts(links_on(rows)) == {}


def test_a_recovery_from_a_group_is_still_a_finding() -> None:
    """Custody that is not authorised on record is found on the long way, alone or not."""
    concluded = conclusions_of(items=[item(recovered_on="2015-02-03", recovered_from="xg")])

    assert [f.subject_id for f in findings_of(concluded, "unauthorised_end_user")] == ["i1"]


def test_a_quiet_recovery_is_one_leg() -> None:
    """Of a row that says when, where and from whom, the chain says the same and nothing more."""
    concluded = conclusions_of(
        items=[item(recovered_on="2015-02", recovered_from="xb", site_id="t1", inspection="seen")]
    )
    (leg,) = legs_of(concluded)

    assert (leg.verb, leg.from_party, leg.to_party, leg.place) == ("recovered", "xb", None, "t1")
    assert (leg.span.text, leg.standing, leg.claims) == ("2015-02", "documented", ("item:i1",))
    assert concluded.findings == ()

"""What does a register's consignment say of an item, where its row cannot be told?

By hand: ten rifles, 12345-0 to 12345-9, one delivery to the army of XB, told row by row; of the
item the last digit is unread, and Amina judges that it is part of the delivery.
"""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headstamp.custody.conclude import conclude, links_on
from headstamp.custody.tellings import telling_of_entry, tellings_of_one_of
from headstamp.terms.evidence import Evidence
from headstamp.terms.link import LinkVerdict
from headstamp.terms.proposal import Proposal
from headstamp.terms.register import EntryKind, RecordedEntry

from .worlds import (
    claim,
    consignment,
    entry,
    evidence,
    findings_of,
    item,
    judged_as,
    legs_of,
    proposal,
    restore,
    shape_of,
    withdraw,
)

RECOVERED = item(recovered_on="2015-06-01", recovered_from="xg", recovered_by="xc_army")
MARK = {"mark_id": "m1", "item_id": "i1", "kind": "serial", "text": "12345?", "source_id": "f1"}
TO_ARMY = {"from_party": "xa", "to_party": "xb_army"}
ROWS = [entry(f"e{n}", "delivery", on="2014-03-10", **TO_ARMY) for n in range(10)]
ATOMS = tuple(f"entry:book:e{n}" for n in range(10))
RULE = "rule:sure@0123456789ab"


def batch(
    *, rows: int = 10, basis: tuple[str, ...] = ("same_serial_read",), item_id: str = "i1"
) -> Proposal:
    """Return what a machine proposes: the consignment, for ten of its rows fit alike."""
    return proposal(
        "K7",
        item_id=item_id,
        other_kind="consignment",
        basis=basis,
        rests_on=("mark:m1", *ATOMS[:rows]),
    )


def delivered(*changed: RecordedEntry, **tables: object) -> Evidence:
    """Return the rifle judged part of the delivery; some of its rows, or tables, changed."""
    rows = {one.written.entry_id: one for one in (*ROWS, *changed)}
    given_ = {
        "items": [RECOVERED],
        "marks": [MARK],
        "entries": list(rows.values()),
        "judgements": [judged_as(batch(), "part_of")],
    }
    return evidence(**(given_ | tables))  # type: ignore[arg-type]  # rows of any table


def test_the_delivery_that_all_rows_tell_is_a_leg_of_the_item() -> None:
    """To the army, on that day, told by ten rows; then the gap to the group."""
    found = conclude(delivered())

    assert shape_of(found) == ["delivered xa>xb_army", "gap xb_army>xg", "recovered xg>xc_army"]
    (first, *_) = legs_of(found)
    assert (first.span.text, first.claims) == ("2014-03-10", ATOMS)
    assert len(found.accounts["item", "i1"]) == 1


def test_each_row_is_a_set_of_its_own_beside_judgement_and_mark() -> None:
    """As several claims of one event are; all of one origin."""
    (window,) = findings_of(conclude(delivered()), "diversion_window")

    assert {frozenset(one) for one in window.rests_on} == {
        frozenset({"j-1", "mark:m1", "item:i1", atom}) for atom in ATOMS
    }
    assert (window.window_from, window.origins) == ("2014-03-10", 1)


@pytest.mark.parametrize("verdict", ["same", "part_of"])
def test_same_and_part_of_carry_the_delivery(verdict: LinkVerdict) -> None:
    """To be the same as a consignment is to be of it."""
    found = conclude(delivered(judgements=[judged_as(batch(), verdict)]))

    assert shape_of(found)[0] == "delivered xa>xb_army"


@pytest.mark.parametrize("verdict", ["same_lot", "same_supply", "not_same", "unsure"])
def test_no_other_verdict_carries_it(verdict: LinkVerdict) -> None:
    """It is listed, and nothing more."""
    found = conclude(delivered(judgements=[judged_as(batch(), verdict)]))

    assert shape_of(found) == ["recovered xg>xc_army"]


def test_unjudged_it_carries_nothing() -> None:
    """The machine's word puts nothing into a chain."""
    found = conclude(delivered(judgements=(), proposals=[batch()]))

    assert shape_of(found) == ["recovered xg>xc_army"]
    assert [link.state for link in found.links] == ["proposed"]


def test_withdrawing_one_row_takes_just_its_set() -> None:
    """The leg and the window stand on the other nine."""
    before, after = (conclude(one) for one in (delivered(), _without("e3")))

    assert shape_of(after) == shape_of(before)
    assert legs_of(after)[0].claims == tuple(atom for atom in ATOMS if atom != "entry:book:e3")
    for finding in after.findings:
        (was,) = (one for one in before.findings if one.finding_id == finding.finding_id)
        kept = tuple(one for one in was.rests_on if "entry:book:e3" not in one)
        said = msgspec.structs.replace(was, rests_on=kept, reason=finding.reason)
        assert said == finding


def _without(*entry_ids: str, of: Evidence | None = None) -> Evidence:
    return withdraw(of or delivered(), *(("entries", f"book:{one}") for one in entry_ids))


@pytest.mark.parametrize(
    "gone",
    [
        [("entries", f"book:e{n}") for n in range(10)],
        [("judgements", "j-1")],
        [("marks", "m1")],
        [("sources", "o1")],
    ],
)
def test_it_falls_with_all_rows_or_with_judgement_or_mark(gone: list[tuple[str, str]]) -> None:
    """And is back when they are."""
    after = conclude(withdraw(delivered(), *gone))

    assert shape_of(after) == ["recovered xg>xc_army"]
    assert conclude(restore(withdraw(delivered(), *gone), *gone)) == conclude(delivered())


def test_rows_that_differ_in_receiver_tell_none() -> None:
    """One went to the police: who received this one is not known."""
    other = entry("e9", "delivery", from_party="xa", to_party="xb_police", on="2014-03-10")
    found = conclude(delivered(other))

    assert shape_of(found)[0] == "delivered xa>"
    assert findings_of(found, "diversion_window") == []


def test_a_withdrawn_row_still_keeps_what_it_says_otherwise_from_being_told() -> None:
    """The item may be of that very row: withdrawing it tells no receiver that was not told."""
    other = entry("e9", "delivery", from_party="xa", to_party="xb_police", on="2014-03-10")

    assert shape_of(conclude(_without("e9", of=delivered(other))))[0] == "delivered xa>"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"on": "2014-03-20"}, "2014-03-10/2014-03-20"),
        ({"on": "2014-02"}, "2014-02-01/2014-03-10"),
        ({}, ""),
    ],
)
def test_the_days_cover_those_of_all_rows(changed: dict[str, str], told: str) -> None:
    """A row without a date may have been on any day."""
    found = conclude(delivered(entry("e9", "delivery", **TO_ARMY, **changed)))

    assert legs_of(found)[0].verb == "delivered"
    (own,) = {one.span.text for one in tellings_of_one_of(_entries(changed))}
    assert own == told


def _entries(changed: dict[str, str]) -> list[RecordedEntry]:
    return [*ROWS[:9], entry("e9", "delivery", **TO_ARMY, **changed)]


@pytest.mark.parametrize("kind", ["theft", None])
def test_rows_of_which_one_says_another_thing_or_nothing_tell_nothing(kind: str | None) -> None:
    """Whether this one was delivered is not known."""
    other = entry("e9", kind, **TO_ARMY)  # type: ignore[arg-type]  # a kind

    assert shape_of(conclude(delivered(other))) == ["recovered xg>xc_army"]


def test_a_row_that_is_on_record_no_more_lets_nothing_pass() -> None:
    """What it said is not known, and the item may be of it."""
    (state,) = links_on(delivered(entries=ROWS[:9])).states

    assert (state.state, state.is_on_record) == ("part_of", False)
    assert shape_of(conclude(delivered(entries=ROWS[:9]))) == ["recovered xg>xc_army"]


def test_an_indication_is_shown_beside_the_chain() -> None:
    """On a lot alone it is no leg."""
    made = [judged_as(batch(basis=("same_lot",)), "part_of")]
    found = conclude(delivered(judgements=made))

    assert shape_of(found) == ["recovered xg>xc_army"]
    assert found.accounts["item", "i1"][0].beside == ATOMS


def test_judged_by_a_rule_it_gives_no_more_than_reported() -> None:
    """As anything that nobody looked at."""
    by_rule = [judged_as(batch(), "part_of", by=RULE)]
    standings = [
        legs_of(conclude(one))[0].standing for one in (delivered(), delivered(judgements=by_rule))
    ]

    assert standings == ["documented", "reported"]


def test_a_package_consignment_of_the_same_id_is_another() -> None:
    """What is told of it does not reach the item, nor is it named by the link."""
    rows = delivered(
        consignments=[consignment("K7")],
        claims=[claim("c1", "exported", subject_kind="consignment", subject_id="K7", extent="all")],
    )

    assert shape_of(conclude(rows))[0] == "delivered xa>xb_army"
    assert links_on(rows).consignments_of("i1") == ()
    assert batch().proposal_id == "link:i1:consignment:book:K7"


def test_an_entry_that_is_judged_itself_speaks_for_itself() -> None:
    """The row is told by then: its own words stand beside what the rows say alike."""
    row = proposal("e3", rests_on=("mark:m1", "entry:book:e3"))
    found = conclude(delivered(judgements=[judged_as(batch(), "part_of"), judged_as(row, seq=2)]))

    assert shape_of(found)[0] == "delivered xa>xb_army"
    (window,) = findings_of(found, "diversion_window")
    assert frozenset({"j-2", "mark:m1", "item:i1", "entry:book:e3"}) in set(
        map(frozenset, window.rests_on)
    )


def test_two_items_of_one_consignment_are_two_objects() -> None:
    """Both were delivered; nothing ties them to one another."""
    items = [RECOVERED, item("i2", recovered_on="2016-01-01")]
    made = [judged_as(batch(), "part_of"), judged_as(batch(item_id="i2"), "part_of", seq=2)]
    found = conclude(delivered(items=items, judgements=made))

    assert shape_of(found, "i2") == ["delivered xa>xb_army", "recovered >"]
    assert shape_of(found) == shape_of(conclude(delivered()))


def test_what_clashes_with_the_delivery_makes_two_accounts_and_no_more() -> None:
    """Held on that day in XC: however many rows say the other, it is one event."""
    held = claim("c1", "held", to_party="xc", on="2014-03-10", source_id="n1")
    after = claim("c2", "held", to_party="xb_army", on="2014-03-10", source_id="n1")
    found = conclude(delivered(claims=[held, after]))

    assert len(found.accounts["item", "i1"]) == 2


_KINDS: st.SearchStrategy[EntryKind | None] = st.sampled_from(
    ["delivery", "delivery", "delivery", "transfer", None]
)
_CELLS = st.fixed_dictionaries(
    {
        "from_party": st.sampled_from(["xa", "xa", "xb", None]),
        "to_party": st.sampled_from(["xb_army", "xb_army", "xc", None]),
        "on": st.sampled_from(["2014-03-10", "2014-03", "2014~", None]),
    }
)


@st.composite
def _books(draw: st.DrawFn) -> list[RecordedEntry]:
    return [entry(f"e{n}", draw(_KINDS), **draw(_CELLS)) for n in range(draw(st.integers(1, 4)))]


@given(_books())
def test_whatever_is_told_is_so_of_whichever_row_it_is(rows: list[RecordedEntry]) -> None:
    """Suppose each row in turn to be the item's: nothing told is untrue of it."""
    for told in tellings_of_one_of(rows):
        for row in rows:
            own = telling_of_entry(row)
            assert own is not None
            assert told.verb == own.verb
            assert told.from_party in {None, own.from_party}
            assert told.to_party in {None, own.to_party}
            assert told.span.covers(own.span)


@settings(max_examples=25)
@given(_books(), st.data())
def test_withdrawing_rows_deletes_just_the_sets_that_hold_them(
    rows: list[RecordedEntry], data: st.DataObject
) -> None:
    """Nothing new is ever told by withdrawing one, and all else is as it was."""
    seen = batch(rows=len(rows))
    whole = delivered(entries=rows, judgements=[judged_as(seen, "part_of")])
    names = [one.written.entry_id for one in rows]
    gone = data.draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
    before, after = conclude(whole), conclude(_without(*gone, of=whole))
    lost = {f"entry:book:{one}" for one in gone}

    left = {
        f.finding_id: kept
        for f in before.findings
        if (kept := {frozenset(one) for one in f.rests_on if not lost & set(one)})
    }
    found = {f.finding_id: {frozenset(one) for one in f.rests_on} for f in after.findings}
    assert found == left

"""What does an entry of a register say of an item, once somebody judged that it is of it?"""

import msgspec
import pytest

from headstamp.custody.alone import lone_accounts
from headstamp.custody.conclude import conclude, links_on
from headstamp.custody.tellings import telling_of_entry
from headstamp.terms.evidence import Evidence
from headstamp.terms.link import LinkVerdict
from headstamp.terms.proposal import Proposal
from headstamp.terms.register import EntryKind

from .worlds import (
    claim,
    consignment,
    entry,
    evidence,
    findings_of,
    item,
    judged_as,
    legs_of,
    link,
    of_consignment,
    proposal,
    restore,
    shape_of,
    withdraw,
)

RULE = "rule:sure@0123456789ab"
RECOVERED = item(recovered_on="2015-06-01", recovered_from="xg", recovered_by="xc_army")
MARK = {"mark_id": "m1", "item_id": "i1", "kind": "serial", "text": "77", "source_id": "f1"}
BOOK = [
    entry("p1", "production", maker="xa_works", on="2013"),
    entry("h1", "holding", to_party="xb_army", on="2014-01-10"),
    entry("t1", "theft", from_party="xb_army", on="2014-03-01"),
]


def seen(entry_id: str, *, basis: tuple[str, ...] = ("same_serial",)) -> Proposal:
    """Return a proposal that rests on the mark of the item and the entry."""
    return proposal(entry_id, rests_on=("mark:m1", f"entry:book:{entry_id}"), basis=basis)


def book(**changed: object) -> Evidence:
    """Return the recovered rifle, with the three entries of the book judged to be of it."""
    made = [judged_as(seen(one.written.entry_id), seq=n) for n, one in enumerate(BOOK)]
    rows = {"items": [RECOVERED], "marks": [MARK], "entries": BOOK, "judgements": made}
    return evidence(**(rows | changed))  # type: ignore[arg-type]  # rows of any table


@pytest.mark.parametrize(
    ("kind", "cells", "said"),
    [
        ("production", {"maker": "xa_works"}, ("made", "xa_works", None)),
        ("production", {"maker": "Works", "from_party": "xa_works", "to_party": "xb"},
         ("made", "xa_works", "xb")),
        ("transfer", {"from_party": "xb", "to_party": "xc"}, ("transferred", "xb", "xc")),
        ("delivery", {"from_party": "xa", "to_party": "xb"}, ("delivered", "xa", "xb")),
        ("holding", {"to_party": "xb_army"}, ("held", None, "xb_army")),
        ("holding", {"from_party": "xb_army"}, ("held", None, "xb_army")),
        ("loss", {"from_party": "Depot 4"}, ("lost", "Depot 4", None)),
        ("theft", {"from_party": "xb_army"}, ("stolen", "xb_army", None)),
        ("recovery", {"from_party": "xg", "to_party": "xb"}, ("recovered", "xg", "xb")),
        ("destruction", {}, ("destroyed", None, None)),
    ],
)  # fmt: skip
def test_an_entry_says_what_its_kind_means(
    kind: EntryKind, cells: dict[str, str], said: tuple[str | None, ...]
) -> None:
    """The verb by the kind, the ends as they are named; a maker makes, a holder holds."""
    telling = telling_of_entry(entry("e", kind, on="2014-03", **cells))

    assert telling is not None
    assert (telling.verb, telling.from_party, telling.to_party) == said
    assert (telling.atom, telling.span.text) == ("entry:book:e", "2014-03")


def test_an_entry_of_no_kind_says_nothing() -> None:
    """What it records is not known, and is not guessed."""
    assert telling_of_entry(entry("e", None, from_party="xb")) is None


def test_a_chain_runs_from_the_making_through_the_loss_to_the_recovery() -> None:
    """Made, held, stolen, recovered, each as its entry or row says; a gap where nobody says."""
    assert shape_of(conclude(book())) == [
        "made xa_works>",
        "gap xa_works>xb_army",
        "held >xb_army",
        "stolen xb_army>",
        "gap xb_army>xg",
        "recovered xg>xc_army",
    ]


def test_what_follows_from_a_judged_theft_rests_on_judgement_mark_and_entry() -> None:
    """A theft, the days to the recovery, and that the rifle was documented again."""
    concluded = conclude(book())
    theft, days, again = (
        next(f for f in findings_of(concluded, kind) if f.from_event == "stolen")
        for kind in ("theft", "interval", "reappearance")
    )
    crossing = {"j-2", "mark:m1", "entry:book:t1"}

    assert set(theft.rests_on[0]) == crossing
    assert set(days.rests_on[0]) == set(again.rests_on[0]) == crossing | {"item:i1"}
    assert (days.days_min, days.days_max) == (457, 457)  # A year, and March to May.


def test_a_holder_in_a_holdings_record_is_authorised_on_record() -> None:
    """The window opens with the holding and closes with the recovery from the group."""
    (window,) = findings_of(conclude(book()), "diversion_window")

    assert (window.window_from, window.window_to) == ("2014-01-10", "2015-06-01")
    assert (window.from_event, window.parties) == ("held", ("xb_army", "xg"))
    assert set(window.rests_on[0]) == {"j-1", "mark:m1", "entry:book:h1", "item:i1"}


def test_a_holder_that_only_a_loss_names_is_no_holder_on_record() -> None:
    """An office that is no state: without a record of holding it is not determined."""
    loss = entry("l1", "loss", from_party="Depot 4", on="2014-03-01")
    found = conclude(book(entries=[loss], judgements=[judged_as(seen("l1"))]))

    assert findings_of(found, "loss")[0].parties == ("Depot 4",)
    assert findings_of(found, "diversion_window") == []


@pytest.mark.parametrize("by", ["Amina", RULE])
def test_a_rule_never_gives_more_than_reported(by: str) -> None:
    """What a person's judgement lets be documented a rule's lets be reported."""
    made = [judged_as(seen("t1"), by=by)]
    (theft,) = findings_of(conclude(book(judgements=made)), "theft")

    assert theft.standing == ("reported" if by == RULE else "documented")


@pytest.mark.parametrize(
    ("reliability", "standing"), [("A", "documented"), ("C", "reported"), ("E", "doubtful")]
)
def test_an_entry_is_graded_by_its_registers_source(reliability: str, standing: str) -> None:
    """Credibility 2 unless said; the reliability is the source's."""
    sources = [
        {"source_id": "f1", "kind": "field_documentation", "reliability": "A"},
        {"source_id": "o1", "kind": "register", "reliability": reliability},
    ]
    (theft,) = findings_of(conclude(book(sources=sources)), "theft")

    assert theft.standing == standing


@pytest.mark.parametrize(
    ("verdict", "carries"),
    [
        ("same", True),
        ("part_of", True),
        ("same_lot", False),
        ("same_supply", False),
        ("not_same", False),
        ("unsure", False),
    ],
)
def test_which_verdicts_let_an_entry_speak_of_the_item(
    verdict: LinkVerdict,
    carries: bool,  # noqa: FBT001 - a table
) -> None:
    """The same, and part of a range: as for consignments."""
    found = conclude(book(judgements=[judged_as(seen("t1"), verdict)]))

    assert bool(findings_of(found, "theft")) is carries


def test_what_an_indication_ties_may_have_befallen_the_item() -> None:
    """A lot that was stolen is shown beside the chain, and is no leg and no finding."""
    hint = seen("t1", basis=("same_lot",))
    found = conclude(book(judgements=[judged_as(hint, "part_of")]))

    assert shape_of(found) == ["recovered xg>xc_army"]
    assert found.accounts["item", "i1"][0].beside == ("entry:book:t1",)
    assert findings_of(found, "theft") == []


@pytest.mark.parametrize(
    "gone",
    [
        ("judgements", "j-2"),
        ("marks", "m1"),
        ("entries", "book:t1"),
        ("sources", "o1"),
    ],
)
def test_what_rested_on_an_entry_falls_with_each_thing_it_rests_on(gone: tuple[str, str]) -> None:
    """The theft, its days and the reappearance; restored, everything is as it was."""
    before = conclude(book())
    after = conclude(withdraw(book(), gone))

    assert "stolen xb_army>" not in shape_of(after)
    assert {f.kind for f in after.findings} & {"theft", "reappearance"} == set()
    assert conclude(restore(withdraw(book(), gone), gone)) == before


def test_withdrawing_one_entry_leaves_the_others() -> None:
    """Exactly what rested on it falls: the making and the holding stand."""
    after = conclude(withdraw(book(), ("entries", "book:t1")))

    assert shape_of(after)[:3] == ["made xa_works>", "gap xa_works>xb_army", "held >xb_army"]
    before = {f.finding_id for f in conclude(book()).findings if "book:t1" not in str(f.rests_on)}
    assert before == {f.finding_id for f in after.findings}


def test_two_items_of_one_entry_are_two_objects_until_that_is_judged() -> None:
    """The entry speaks of both; nothing said of the one is said of the other."""
    items = [RECOVERED, item("i2", recovered_on="2015-09-01")]
    made = [judged_as(seen("t1")), judged_as(proposal("t1", item_id="i2"), seq=2)]
    found = conclude(book(items=items, judgements=made))

    assert shape_of(found) == ["stolen xb_army>", "gap xb_army>xg", "recovered xg>xc_army"]
    assert shape_of(found, "i2") == ["stolen xb_army>", "recovered >"]
    assert len(findings_of(found, "theft")) == 2


def test_an_entry_reaches_every_row_of_the_object() -> None:
    """Judged of one row, and the rows judged to be one object: one chain, and both links in it."""
    rows = [RECOVERED, item("i2", recovered_on="2016-01-01", recovered_from="xg")]
    pair = proposal("i2", other_kind="item", register="")
    made = [judged_as(seen("t1")), judged_as(pair, seq=2)]
    found = conclude(book(items=rows, judgements=made))

    assert legs_of(found) == legs_of(found, "i2")
    (theft,) = findings_of(found, "theft")
    assert set(theft.rests_on[0]) == {"j-1", "mark:m1", "entry:book:t1"}
    assert {"j-2"} <= set(findings_of(found, "reappearance")[-1].rests_on[0])


def test_two_ways_of_judging_one_entry_are_two_sets() -> None:
    """Withdrawing the one judgement leaves the entry to the other."""
    rows = [RECOVERED, item("i2")]
    pair = link("i1", "item", "i2", "same")
    made = [judged_as(seen("t1")), judged_as(proposal("t1", item_id="i2"), seq=2)]
    given_ = book(items=rows, links=[pair], judgements=made)
    (theft,) = findings_of(conclude(given_), "theft")

    assert len(theft.rests_on) == 2
    (left,) = findings_of(conclude(withdraw(given_, ("judgements", "j-1"))), "theft")
    assert left.finding_id == theft.finding_id
    assert len(left.rests_on) == 1


def test_a_package_may_bring_the_judgement_of_an_entry() -> None:
    """Its link names the register and the entry, and is graded as a link."""
    brought = link("i1", "register_entry", "book:t1", "same", source_id="n2")
    (theft,) = findings_of(conclude(book(judgements=(), links=[brought])), "theft")

    assert theft.rests_on == (("entry:book:t1", "link:i1:register_entry:book:t1"),)
    assert theft.standing == "reported"


def test_a_judged_line_puts_the_item_into_its_consignment() -> None:
    """By the way that a package's link goes; strong where the source of the line is."""
    line = {"consignment_id": "k1", "line": "1", "serial_from": "70", "source_id": "o1"}
    pair = proposal(
        "k1", other_kind="consignment", register="", basis=("in_line",),
        rests_on=("mark:m1", "line:k1:1"),
    )  # fmt: skip
    rows = book(
        consignments=[consignment()],
        consignment_lines=[line],
        claims=[of_consignment("c1", "exported", from_party="xa", to_party="xb", extent="all")],
        judgements=[judged_as(pair, "part_of")],
    )
    weak = withdraw(rows, ("consignment_lines", "k1:1"))

    (member,) = links_on(rows).consignments_of("i1")
    assert member.is_judged_strong
    assert shape_of(conclude(rows))[0] == "exported xa>xb"
    assert shape_of(conclude(weak)) == ["recovered xg>xc_army"]


def test_a_relay_of_the_register_is_no_second_origin() -> None:
    """A claim that relays the book and the book's own entry are one origin, one event."""
    told = claim(
        "c1", "stolen", source_id="n1", relays=["o1"], from_party="xb_army", on="2014-03-01"
    )
    (theft,) = findings_of(conclude(book(claims=[told])), "theft")

    assert (len(theft.rests_on), theft.origins) == (2, 1)


def test_a_contradicted_entry_makes_two_accounts() -> None:
    """Held on one day by two states: each account has one of them, and both are named."""
    other = claim("c1", "held", to_party="xc", on="2014-01-10", source_id="n1")
    found = conclude(book(claims=[other]))

    assert len(found.accounts["item", "i1"]) == 2
    (clash,) = findings_of(found, "contradiction")
    assert set(clash.rests_on[0]) == {"c1", "entry:book:h1"}


def test_an_unjudged_proposal_leaves_an_item_alone() -> None:
    """Very many items have proposals that nobody judged; none costs more for it."""
    rows = item(recovered_on="2015-06-01")
    opened = evidence(items=[rows], entries=BOOK, proposals=[proposal("t1")])
    rejected = msgspec.structs.replace(opened, judgements=(judged_as(proposal("t1"), "not_same"),))

    assert set(lone_accounts(links_on(opened))) == {"i1"}
    assert set(lone_accounts(links_on(rejected))) == {"i1"}


def test_a_delivery_record_authorises_its_receiver_and_a_loss_record_nobody() -> None:
    """A trader to whom it was delivered; not a state that only the record of a loss names."""
    delivered = entry("e1", "delivery", from_party="xa", to_party="xb_trade", on="2014-01-10")
    lost = entry("e1", "loss", from_party="Depot 4", to_party="xc", on="2014-01-10")
    windows = [
        findings_of(
            conclude(book(entries=[one], judgements=[judged_as(seen("e1"))])), "diversion_window"
        )
        for one in (delivered, lost)
    ]

    assert [[window.from_event for window in found] for found in windows] == [["delivered"], []]


@pytest.mark.parametrize(
    ("basis", "is_strong"),
    [(("same_serial",), True), (("same_serial_read",), False), (("same_lot",), False)],
)
def test_a_persons_judgement_is_strong_by_its_basis(
    basis: tuple[str, ...],
    is_strong: bool,  # noqa: FBT001 - a table
) -> None:
    """The same serial in full is strong; a reading, or a lot, is not."""
    pair = proposal("k1", other_kind="consignment", register="", basis=basis)
    rows = book(consignments=[consignment()], judgements=[judged_as(pair, "part_of")])

    (member,) = links_on(rows).consignments_of("i1")
    assert member.is_judged_strong is is_strong


def test_a_state_that_answers_for_itself_does_not_document_its_own_loss() -> None:
    """A register that XB handed over in reply, about its army: reported, as it stands alone."""
    reply = {"source_id": "o1", "kind": "trace_response", "reliability": "B", "publisher": "xb"}
    field = {"source_id": "f1", "kind": "field_documentation", "reliability": "A"}
    (theft,) = findings_of(conclude(book(sources=[reply, field])), "theft")

    assert theft.standing == "reported"


def test_a_rejected_proposal_is_no_basis_of_a_consignment() -> None:
    """What ties items to one consignment is named without what ties nothing."""
    pairs = [link(one, "consignment", "k1", "part_of") for one in ("i1", "i2")]
    same = proposal("i3", other_kind="item", register="")
    no = proposal("k1", item_id="i3", other_kind="consignment", register="")
    rows = book(
        items=[RECOVERED, item("i2"), item("i3")],
        consignments=[consignment()],
        links=pairs,
        proposals=[no],
        judgements=[judged_as(same), judged_as(no, "not_same", seq=2)],
    )
    (found,) = findings_of(conclude(rows), "same_consignment")

    assert "i3" in found.reason
    assert no.proposal_id not in found.reason

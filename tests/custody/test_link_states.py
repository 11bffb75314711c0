"""What is listed of links, proposals and judgements, and what of it is in force?"""

import pytest

from headstamp.custody.grading import Grading
from headstamp.custody.link_states import link_states
from headstamp.terms.conclusions import LinkState
from headstamp.terms.evidence import Evidence
from headstamp.terms.link import LinkVerdict

from .worlds import (
    Given,
    consignment,
    entry,
    evidence,
    item,
    judged,
    judged_as,
    link,
    proposal,
    restore,
    withdraw,
)

RULE = "rule:sure@0123456789ab"
THEFT = proposal("t1", rests_on=("mark:m1", "entry:book:t1"))
LINK = THEFT.proposal_id
MARK = {"mark_id": "m1", "item_id": "i1", "kind": "serial", "text": "77", "source_id": "f1"}
ROWS: Given = {
    "items": [item(), item("i2")],
    "marks": [MARK],
    "consignments": [consignment()],
    "entries": [entry("t1", "theft", from_party="xb_army", on="2014-03-01")],
}


def states_of(given: Evidence) -> dict[str, LinkState]:
    """Return the states of all links by their ids."""
    return {state.proposal_id: state for state in link_states(Grading(given))}


def test_a_proposal_is_listed_with_the_machines_numbers_and_carries_nothing() -> None:
    """Probability, bits, basis and strangers are the machine's; no set can hold it."""
    state = states_of(evidence(**ROWS, proposals=[THEFT]))[LINK]

    assert (state.state, state.register, state.other_id) == ("proposed", "book", "t1")
    numbers = (state.probability, state.weight_bits, state.basis, state.strangers)
    assert numbers == ("0.950", "11.0", ("same_serial",), "0.01")
    assert state.atoms == ()


def test_a_judgement_rests_on_what_the_judge_saw_and_shows_the_numbers_of_today() -> None:
    """The mark and entry that were seen, whatever the machine would say it rests on now."""
    now = proposal("t1", probability="0.410", rests_on=("mark:m9",))
    state = states_of(evidence(**ROWS, proposals=[now], judgements=[judged_as(THEFT)]))[LINK]

    assert (state.state, state.probability) == ("same", "0.410")
    assert state.atoms == ("j-1", "mark:m1", "entry:book:t1")
    assert state.is_on_record


def test_what_a_person_decided_stands_though_no_machine_proposes_it_any_more() -> None:
    """It is told with the numbers that the judge saw, and carries."""
    state = states_of(evidence(**ROWS, judgements=[judged_as(THEFT)]))[LINK]

    assert (state.state, state.probability, state.is_on_record) == ("same", "0.950", True)


@pytest.mark.parametrize(
    "gone", [("items", "i1"), ("marks", "m1"), ("entries", "book:t1"), ("sources", "o1")]
)
def test_a_judgement_of_what_no_longer_counts_is_listed_and_carries_nothing(
    gone: tuple[str, str],
) -> None:
    """Whatever of it was withdrawn: the item, the mark, the entry, the register's source."""
    given = evidence(**ROWS, proposals=[THEFT], judgements=[judged_as(THEFT)])

    there, left = states_of(given)[LINK], states_of(withdraw(given, gone))[LINK]
    again = states_of(restore(withdraw(given, gone), gone))[LINK]

    assert (left.state, left.is_on_record) == ("same", False)
    assert there == again


def test_a_judgement_of_an_entry_that_its_register_no_longer_has_carries_nothing() -> None:
    """The register was replaced: nothing says any more what the entry said."""
    given = evidence(**{**ROWS, "entries": []}, judgements=[judged_as(THEFT)])

    state = states_of(given)[LINK]
    assert (state.state, state.is_on_record) == ("same", False)


@pytest.mark.parametrize("gone", [("items", "i1"), ("marks", "m1"), ("entries", "book:t1")])
def test_what_rests_on_something_withdrawn_is_not_proposed(gone: tuple[str, str]) -> None:
    """Nobody is asked to judge what could not carry."""
    given = evidence(**ROWS, proposals=[THEFT])

    assert states_of(withdraw(given, gone)) == {}


def test_what_was_rejected_is_not_proposed_again() -> None:
    """The machine still proposes it; the list says that somebody said no."""
    given = evidence(**ROWS, proposals=[THEFT], judgements=[judged_as(THEFT, "not_same")])

    assert [state.state for state in states_of(given).values()] == ["not_same"]


def test_a_withdrawn_judgement_leaves_the_proposal_open_or_nothing() -> None:
    """Proposed again where the machine proposes it; else it is gone from the list."""
    proposed = evidence(**ROWS, proposals=[THEFT], judgements=[judged_as(THEFT)])
    dropped = evidence(**ROWS, judgements=[judged_as(THEFT)])
    gone = ("judgements", "j-1")

    assert states_of(withdraw(proposed, gone))[LINK].state == "proposed"
    assert states_of(withdraw(dropped, gone)) == {}


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        (("not_same", "Amina"), ("same", RULE), "not_same"),
        (("same", RULE), ("not_same", "Amina"), "not_same"),
        (("same", "Amina"), ("unsure", "Boris"), "unsure"),
        (("same", RULE), ("part_of", "rule:later@0123456789ab"), "part_of"),
    ],
)
def test_a_person_beats_a_rule_and_the_later_of_equals_stands(
    first: tuple[LinkVerdict, str], second: tuple[LinkVerdict, str], state: str
) -> None:
    """Whichever came first."""
    made = [
        judged_as(THEFT, verdict, seq=n, by=by) for n, (verdict, by) in enumerate([first, second])
    ]

    assert states_of(evidence(**ROWS, judgements=made))[LINK].state == state


def test_withdrawing_a_rule_withdraws_all_that_it_judged_and_nothing_else() -> None:
    """Its judgements are open again; a person's and another rule's stand."""
    seen = [proposal(f"t{n}") for n in range(4)]
    by = [RULE, RULE, "Amina", "rule:other@0123456789ab"]
    made = [judged_as(one, seq=n, by=by[n]) for n, one in enumerate(seen)]
    given = evidence(**ROWS, proposals=seen, judgements=made)

    left = states_of(withdraw(given, ("rules", "sure@0123456789ab")))
    assert [state.state for state in left.values()] == ["proposed", "proposed", "same", "same"]


def test_a_packages_link_is_listed_once_with_the_numbers_beside() -> None:
    """The link decides the state; the machine says how probable it finds it."""
    also = proposal("k1", other_kind="consignment", register="", basis=("in_line",))
    given = evidence(**ROWS, links=[link("i1", "consignment", "k1", "same")], proposals=[also])

    (state,) = states_of(given).values()
    assert (state.state, state.probability, state.basis) == ("same", "0.950", ())


def test_a_consignment_that_only_a_register_knows_is_proposed_and_cannot_carry() -> None:
    """It is no consignment on record: judged, it is listed, and nothing crosses it."""
    seen = proposal("lot-9", other_kind="consignment", rests_on=("mark:m1",))
    opened = states_of(evidence(**ROWS, proposals=[seen]))
    judged_ = states_of(evidence(**ROWS, proposals=[seen], judgements=[judged_as(seen)]))

    assert [state.state for state in opened.values()] == ["proposed"]
    assert [(state.state, state.is_on_record) for state in judged_.values()] == [("same", False)]


def test_a_judgement_of_a_link_without_a_row_or_copy_is_not_listed() -> None:
    """Nothing says what it was of."""
    assert states_of(evidence(**ROWS, judgements=[judged(LINK, "same")])) == {}

"""Judging what the machine proposed: recorded with a copy of what was seen, or refused."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from headstamp.actions.judge_link import judge_link
from headstamp.actions.withdraw_row import withdraw_row
from headstamp.actions.writing import Writing
from headstamp.casebook.opening import open_casebook
from headstamp.ledger.entries import read_entries
from headstamp.ledger.verify import verify_casebook
from headstamp.terms.errors import MisuseError, RefusedError, UnknownIdError
from headstamp.terms.proposal import Proposal

from ..casebook.registry import STOLEN, WORLD, load_book, proposal, propose

LINK = STOLEN.proposal_id


@pytest.fixture
def root(made: Callable[..., Path], amina: Writing) -> Path:
    """Return a casebook with the army's book, of which one theft is proposed."""
    folder = made(**WORLD)
    load_book(folder, amina)
    propose(folder, STOLEN)
    return folder


def test_the_whole_proposal_and_entry_are_recorded_as_the_judge_saw_them(
    root: Path, amina: Writing
) -> None:
    """A later trace, or register, changes neither copy."""
    traced = read_entries(root)[-1]
    judged = judge_link(root, LINK, verdict="same", reason="read twice", by=amina)
    propose(root, proposal("w1", "t1", probability="0.100"))

    entry = read_entries(root)[-2]
    content = entry.content()
    seen = msgspec.convert(content["seen"], dict[str, dict[str, object]])
    assert set(content) == {"proposal_id", "verdict", "reason", "seen"}
    assert msgspec.convert(seen["proposal"], Proposal) == STOLEN
    assert (seen["entry"]["serial"], seen["entry"]["from_party"]) == ("0099", "Army of XB")
    assert entry.derived_from == (traced.entry_id,)
    (kept,) = open_casebook(root).evidence.judgements
    assert (kept.judgement_id, kept.seen) == (judged.judgement_id, STOLEN)


def test_what_follows_is_said_before_it_is_recorded(root: Path, amina: Writing) -> None:
    """A dry run tells the same changes, and writes nothing."""
    dry = msgspec.structs.replace(amina, dry_run=True)
    before = len(read_entries(root))
    told = judge_link(root, LINK, verdict="same", reason="read", by=dry)
    assert len(read_entries(root)) == before
    done = judge_link(root, LINK, verdict="same", reason="read", by=amina)

    assert [row["id"] for row in told.changes.rows] == [row["id"] for row in done.changes.rows]
    assert "theft" in " ".join(str(row["after"]) for row in done.changes.rows)


@pytest.mark.parametrize("text", ["link:w2:register_entry:army:t2", "link:w9:item:w1"])
def test_what_nothing_proposes_cannot_be_judged(root: Path, amina: Writing, text: str) -> None:
    """The remedy is said: trace proposes."""
    with pytest.raises(UnknownIdError) as raised:
        judge_link(root, text, verdict="same", reason="guessed", by=amina)

    assert "headstamp trace" in raised.value.hint


def test_what_nothing_proposes_any_more_cannot_be_judged_again(root: Path, amina: Writing) -> None:
    """The judgement that stands is named: it may be withdrawn."""
    made = judge_link(root, LINK, verdict="same", reason="read", by=amina)
    propose(root)

    with pytest.raises(MisuseError, match="nothing proposes it any more") as raised:
        judge_link(root, LINK, verdict="not_same", reason="no", by=amina)
    assert f"withdraw {made.judgement_id}" in raised.value.hint
    assert open_casebook(root).links[0].state == "same"


def test_an_entry_that_its_register_no_longer_has_cannot_be_judged(
    root: Path, amina: Writing
) -> None:
    """It was proposed of what stood there; nothing is recorded."""
    load_book(root, amina, more='\n[[leave]]\nwhere = { kind = ["theft"] }\nwhy = "none"\n')
    before = len(read_entries(root))

    with pytest.raises(MisuseError, match="no such entry any more"):
        judge_link(root, LINK, verdict="same", reason="read", by=amina)
    assert len(read_entries(root)) == before


@pytest.mark.parametrize("text", ["item:w1", "mark:s1", "source:army"])
def test_what_rests_on_something_withdrawn_cannot_be_judged(
    root: Path, amina: Writing, text: str
) -> None:
    """It is not proposed while its item, mark or register does not count."""
    withdraw_row(root, text, reason="to see", by=amina)

    with pytest.raises(MisuseError):
        judge_link(root, LINK, verdict="same", reason="read", by=amina)


def test_a_proposal_is_not_withdrawn_but_judged(root: Path, amina: Writing) -> None:
    """It carries nothing; the message says how it is rejected."""
    with pytest.raises(MisuseError, match="only proposed") as raised:
        withdraw_row(root, LINK, reason="no", by=amina)

    assert "--verdict not_same" in raised.value.hint


def test_what_is_protected_is_not_judged_in_the_open(
    made: Callable[..., Path], amina: Writing
) -> None:
    """The copy of what was seen would stand in the journal for ever."""
    marks = [{**WORLD["marks"][0], "sensitivity": "protected"}, *WORLD["marks"][1:]]
    folder = made(**{**WORLD, "marks": marks})
    load_book(folder, amina)
    propose(folder, STOLEN)

    with pytest.raises(RefusedError, match="protected"):
        judge_link(folder, LINK, verdict="same", reason="read", by=amina)


def test_a_casebook_with_judged_proposals_verifies(root: Path, amina: Writing) -> None:
    """Trace, register and judgement name what is there."""
    judge_link(root, LINK, verdict="same", reason="read", by=amina)

    found = verify_casebook(root)
    assert (found.problem, found.notes) == (None, ())

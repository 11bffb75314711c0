"""Proposals come from the last trace, whole, and from no register that is gone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from headstamp.actions.judge_link import judge_link
from headstamp.actions.withdraw_row import restore_row, withdraw_row
from headstamp.actions.writing import Writing
from headstamp.casebook import opening
from headstamp.casebook.derived_tables import chains, findings, links, pathways
from headstamp.casebook.figures import figures
from headstamp.casebook.opening import open_casebook
from headstamp.casebook.package_tables import claims
from headstamp.casebook.proposals import proposals_on
from headstamp.ledger.layout import records_path
from headstamp.terms.errors import BrokenJournalError

from .registry import STOLEN, WORLD, load_book, proposal, propose


@pytest.fixture
def root(made: Callable[..., Path], amina: Writing) -> Path:
    """Return a casebook with the army's book in a register."""
    folder = made(**WORLD)
    load_book(folder, amina)
    return folder


def test_proposals_are_those_of_the_last_trace_as_they_were_sealed(root: Path) -> None:
    """Every field, weights and all; an earlier trace's are told of the casebook as of then."""
    assert proposals_on(open_casebook(root)) == {}
    first = propose(root, STOLEN, proposal("w2", "t2"))
    propose(root, proposal("w3", "t3"))

    assert list(proposals_on(open_casebook(root))) == ["link:w3:register_entry:army:t3"]
    then = proposals_on(open_casebook(root, as_of=str(first.seq)))
    assert then[STOLEN.proposal_id] == STOLEN
    assert len(then) == 2


def test_a_trace_that_sealed_nothing_proposes_nothing(root: Path) -> None:
    """The last trace is the one that counts."""
    propose(root, STOLEN)
    propose(root)

    assert proposals_on(open_casebook(root)) == {}


def test_no_proposal_is_left_of_a_register_whose_source_was_withdrawn(
    root: Path, amina: Writing
) -> None:
    """Nor of one that was never loaded; restored, they are proposed again."""
    propose(root, STOLEN, proposal("w2", "x", register="other"))
    assert list(proposals_on(open_casebook(root))) == [STOLEN.proposal_id]

    withdraw_row(root, "source:army", reason="a draft", by=amina)
    assert proposals_on(open_casebook(root)) == {}
    restore_row(root, "source:army", by=amina)
    assert list(proposals_on(open_casebook(root))) == [STOLEN.proposal_id]


def test_proposals_that_were_changed_answer_nothing(root: Path) -> None:
    """The bytes must be what was sealed."""
    entry = propose(root, STOLEN)
    sealed = entry.content()["records"]
    assert isinstance(sealed, dict)
    path = records_path(root, sealed["stored_digest"])
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b" ")

    with pytest.raises(BrokenJournalError):
        proposals_on(open_casebook(root))


# --- what is kept -----------------------------------------------------------------------------


def _states(root: Path) -> list[tuple[object, object]]:
    rows = links(open_casebook(root)).rows
    return [(row["proposal_id"], row["state"]) for row in rows]


def test_a_new_trace_is_seen_in_the_links_at_once(root: Path) -> None:
    """What was kept of the trace before is not shown, nor kept any longer."""
    assert _states(root) == []
    propose(root, STOLEN)
    assert _states(root) == [(STOLEN.proposal_id, "proposed")]
    propose(root, proposal("w2", "t2"))
    assert _states(root) == [("link:w2:register_entry:army:t2", "proposed")]

    kept = [one.name for one in (root / "derived").rglob("*links*")]
    assert len(kept) == 1


def test_links_are_found_again_while_nothing_new_is_proposed(
    root: Path, amina: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trace that proposes the same leaves them; no row is read for it."""
    propose(root, STOLEN)
    before = _states(root)
    propose(root, STOLEN)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a kept table was derived again")

    monkeypatch.setattr(opening, "read_recorded", refuse)
    assert _states(root) == before


def test_no_other_table_is_derived_anew_for_proposals(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They carry nothing, and nothing but the links depends on them."""
    read = (findings, chains, pathways, claims, figures)
    before = [one(open_casebook(root)) for one in read]
    propose(root, STOLEN, proposal("w2", "t2"))

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a kept table was derived again")

    monkeypatch.setattr(opening, "read_recorded", refuse)
    assert [one(open_casebook(root)) for one in read] == before


def test_a_judgement_is_seen_in_every_table_at_once(root: Path, amina: Writing) -> None:
    """The link is decided, and the theft stands in chain and findings."""
    propose(root, STOLEN)
    before = [findings(open_casebook(root)), chains(open_casebook(root))]
    judge_link(root, STOLEN.proposal_id, verdict="same", reason="read twice", by=amina)

    assert _states(root) == [(STOLEN.proposal_id, "same")]
    after = [findings(open_casebook(root)), chains(open_casebook(root))]
    assert before[0] != after[0]
    assert "stolen" in {row["verb"] for row in after[1].rows}

"""A register's consignment that was judged: recorded, listed, explained, withdrawn row by row."""

from collections.abc import Callable
from pathlib import Path

import pytest

from headstamp.actions.judge_by_rule import judge_by_rule
from headstamp.actions.judge_link import judge_link
from headstamp.actions.trace import trace
from headstamp.actions.withdraw_row import restore_row, withdraw_row
from headstamp.actions.writing import Writing
from headstamp.casebook.derived_tables import chain, links
from headstamp.casebook.explain import explain
from headstamp.casebook.opening import open_casebook
from headstamp.ledger.entries import read_entries
from headstamp.ledger.verify import verify_casebook
from headstamp.terms.errors import MisuseError

from ..actions.test_rule_file import toml
from .registry import DELIVERY, OF_DELIVERY, WORLD, load_book, propose

LINK = "link:w1:consignment:army:K7"


@pytest.fixture
def proposed(made: Callable[..., Path], amina: Writing) -> Path:
    """Return a casebook with the delivery in the army's book, of which one rifle may be."""
    folder = made(**WORLD)
    load_book(folder, amina, entries=DELIVERY)
    propose(folder, OF_DELIVERY)
    return folder


@pytest.fixture
def root(proposed: Path, amina: Writing) -> Path:
    """Return it with the rifle judged part of the delivery."""
    judge_link(proposed, LINK, verdict="part_of", reason="one of the ten", by=amina)
    return proposed


def _legs(root: Path, item_id: str = "w1") -> list[object]:
    rows = chain(open_casebook(root), item_id).rows
    return [(row["verb"], row["to_party"], row["on_latest"]) for row in rows if row["verb"]]


def _text(root: Path, thing: str) -> str:
    return "\n".join(str(row["text"]) for row in explain(open_casebook(root), thing).rows)


DELIVERED = ("delivered", "xb_army", "2014-03-10")


def test_what_the_rows_say_alike_is_a_leg_of_the_chain(root: Path) -> None:
    """The rows that may be it are on record, and no other."""
    assert _legs(root)[0] == DELIVERED
    assert set(open_casebook(root).evidence.entries) == {f"army:d{n}" for n in range(10)}


def test_the_judgement_keeps_a_copy_of_every_row(root: Path) -> None:
    """Ten entries as they were, beside the proposal; the casebook verifies."""
    seen = read_entries(root)[-1].content()["seen"]
    assert isinstance(seen, dict)

    assert [one["serial"] for one in seen["entries"]] == [f"{2010 + n}" for n in range(10)]
    assert seen["proposal"]["other_id"] == "K7"
    found = verify_casebook(root)
    assert (found.problem, found.notes) == (None, ())


def test_it_is_listed_under_the_id_of_its_register(root: Path) -> None:
    """By register and consignment, told apart from those of packages."""
    (row,) = links(open_casebook(root)).rows

    assert (row["proposal_id"], row["state"]) == (LINK, "part_of")
    assert (row["other_kind"], row["register"], row["other_id"]) == ("consignment", "army", "K7")


def test_it_is_explained_with_every_row_that_it_may_be(root: Path) -> None:
    """What it rests on, then the ten of which one suffices, each with its place in the file."""
    rows = explain(open_casebook(root), LINK).rows
    text = _text(root, LINK)

    entries = [row for row in rows if str(row["id"]).startswith("entry:army:d")]
    assert [(row["file"], row["row"]) for row in entries] == [
        ("book.csv", n + 2) for n in range(10)
    ]
    assert "what they differ in is not told" in text
    assert "serial 2013" in text


def test_open_it_is_explained_with_what_it_would_rest_on(proposed: Path) -> None:
    """Nothing of it is on record before somebody judges."""
    assert "it would rest on" in _text(proposed, LINK)
    assert "serial 2013" in _text(proposed, LINK)
    assert open_casebook(proposed).evidence.entries == {}


def test_one_row_withdrawn_leaves_the_leg_and_all_rows_take_it(root: Path, amina: Writing) -> None:
    """Each is withdrawn and restored as any row is."""
    found = withdraw_row(root, "entry:army:d3", reason="struck out", by=amina)
    assert _legs(root)[0] == DELIVERED
    (changed,) = (row for row in found.changes.rows if row["kind"] == "link")
    sets = changed["rests_on"]
    assert isinstance(sets, list)
    assert len(sets) == 9

    for n in {*range(10)} - {3}:
        withdraw_row(root, f"entry:army:d{n}", reason="struck out", by=amina)
    assert DELIVERED not in _legs(root)
    assert "nothing crosses it" in _text(root, LINK)
    restore_row(root, "entry:army:d7", by=amina)
    assert _legs(root)[0] == DELIVERED


def test_withdrawing_the_judgement_opens_the_proposal_again(root: Path, amina: Writing) -> None:
    """And takes the leg."""
    (made,) = open_casebook(root).evidence.judgements
    withdraw_row(root, made.judgement_id, reason="another barrel", by=amina)

    assert DELIVERED not in _legs(root)
    assert [row["state"] for row in links(open_casebook(root)).rows] == ["proposed"]


def test_a_register_that_lost_one_of_the_rows_cannot_be_judged(
    proposed: Path, amina: Writing
) -> None:
    """The item may be of that one, and what it says is not there to be seen."""
    more = '\n[[leave]]\nwhere = { serial = ["2013"] }\nwhy = "none"\n'
    load_book(proposed, amina, entries=DELIVERY, more=more)

    with pytest.raises(MisuseError, match="no such entry any more"):
        judge_link(proposed, LINK, verdict="part_of", reason="read", by=amina)


def test_a_rule_judges_it_where_its_basis_fits(
    proposed: Path, amina: Writing, tmp_path: Path
) -> None:
    """With a copy of every row too; and gives no more than reported."""
    rule = tmp_path / "batch.toml"
    rule.write_bytes(toml(basis='["same_serial_read"]', verdict='"part_of"', kinds=None))
    ruled = judge_by_rule(proposed, rule, by=amina)
    (row,) = ruled.judged.rows

    assert (row["proposal_id"], row["kind"]) == (LINK, "delivery")
    assert chain(open_casebook(proposed), "w1").rows[0]["standing"] == "reported"
    (made,) = open_casebook(proposed).evidence.judgements
    assert f"entry {made.seq}" in _text(proposed, made.judgement_id)
    assert "serial 2013" in _text(proposed, made.judgement_id)


def test_what_trace_proposes_of_an_unread_digit_is_judged_into_the_chain(
    made: Callable[..., Path], amina: Writing
) -> None:
    """From the marks alone: proposed, judged, and delivered to the army."""
    marks = [{**WORLD["marks"][0], "text": "KT4201?", "state": "partial"}]
    items = [{**WORLD["items"][0], "maker_stated": "XA Works"}]
    rows = [
        {**DELIVERY[0], "entry_id": f"d{n}", "serial": f"KT{42000 + n}", "maker": "XA Works"}
        for n in range(100)
    ]
    folder = made("traced", **{**WORLD, "items": items, "marks": marks})
    load_book(folder, amina, entries=rows)
    trace(folder, by=amina)
    (proposal,) = open_casebook(folder).evidence.proposals.values()

    assert (proposal.proposal_id, len(proposal.entry_ids)) == (LINK, 10)
    judge_link(folder, LINK, verdict="part_of", reason="one of the ten", by=amina)
    assert _legs(folder)[0] == DELIVERED

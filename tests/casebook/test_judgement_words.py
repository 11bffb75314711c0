"""``explain j-…`` says what the judge saw, and what of it is otherwise today."""

from collections.abc import Callable
from pathlib import Path

import pytest

from headstamp.actions.judge_by_rule import judge_by_rule
from headstamp.actions.judge_link import judge_link
from headstamp.actions.withdraw_row import withdraw_row
from headstamp.actions.writing import Writing
from headstamp.casebook.explain import explain
from headstamp.casebook.opening import open_casebook

from ..actions.test_rule_file import toml
from .registry import STOLEN, WORLD, load_book, proposal, propose
from .world import world


@pytest.fixture
def root(made: Callable[..., Path], amina: Writing) -> Path:
    """Return a casebook with the army's book, of which one theft is proposed."""
    folder = made(**WORLD)
    load_book(folder, amina)
    propose(folder, STOLEN)
    return folder


def _judge(root: Path, by: Writing) -> str:
    return judge_link(
        root, STOLEN.proposal_id, verdict="same", reason="read twice", by=by
    ).judgement_id


def _texts(root: Path, thing: str) -> list[str]:
    return [str(row["text"]) for row in explain(open_casebook(root), thing).rows]


def _of_today(root: Path, thing: str) -> list[str]:
    return [text for text in _texts(root, thing) if text.startswith("today")]


def test_what_was_seen_is_said_with_the_entry_as_it_was(root: Path, amina: Writing) -> None:
    """Basis, probability, strangers and bits; the entry in words, with its row; nothing differs."""
    made = _judge(root, amina)
    rows = explain(open_casebook(root), made).rows
    text = "\n".join(_texts(root, made))

    assert rows[1]["id"] == STOLEN.proposal_id
    assert "basis same_serial; probability 0.970; 0.002 strangers" in text
    assert "12.4 bits: the serials agree" in text
    (entry,) = (row for row in rows if row["id"] == "entry:army:t1")
    assert "theft in register army" in str(entry["text"])
    assert (entry["file"], entry["row"]) == ("book.csv", 3)
    assert _of_today(root, made) == []


def test_numbers_of_today_that_differ_stand_beside(root: Path, amina: Writing) -> None:
    """Each with what it was when it was judged."""
    made = _judge(root, amina)
    propose(root, proposal("w1", "t1", probability="0.410", rests_on=("mark:s2",)))

    assert _of_today(root, made) == [
        "today its probability is 0.410; then it was 0.970",
        "today its rests_on is mark:s2; then it was mark:s1, entry:army:t1",
    ]


def test_that_nothing_proposes_it_any_more_is_said(root: Path, amina: Writing) -> None:
    """The judgement stands all the same."""
    made = _judge(root, amina)
    propose(root)

    assert _of_today(root, made) == ["today nothing proposes it"]


def test_an_entry_that_reads_otherwise_today_is_told_field_by_field(
    root: Path, amina: Writing
) -> None:
    """The register was loaded anew by another layout, which leaves the holder out."""
    made = _judge(root, amina)
    load_book(root, amina, but="from_party")

    assert _of_today(root, made) == ["today its from_party is empty; then it was Army of XB"]


def test_an_entry_that_is_gone_or_withdrawn_is_told(root: Path, amina: Writing) -> None:
    """It is one thing that it counts no more, and another that it is not there."""
    made = _judge(root, amina)
    withdraw_row(root, "entry:army:t1", reason="struck out", by=amina)
    assert _of_today(root, made) == ["today it is withdrawn"]

    load_book(root, amina, more='\n[[leave]]\nwhere = { kind = ["theft"] }\nwhy = "none"\n')
    assert _of_today(root, made) == ["today the register has no such entry"]


def test_what_a_rule_judged_is_told_alike(root: Path, amina: Writing, tmp_path: Path) -> None:
    """Out of the sealed list of all that it judged."""
    rule = tmp_path / "sure.toml"
    rule.write_bytes(toml())
    judge_by_rule(root, rule, by=amina)
    (made,) = open_casebook(root).evidence.judgements
    text = "\n".join(_texts(root, made.judgement_id))

    assert "probability 0.970" in text
    assert "theft in register army" in text


def test_of_a_packages_link_is_told_what_was_in_force(
    made: Callable[..., Path], amina: Writing
) -> None:
    """The verdict that it brought, on what basis and why."""
    folder = made(**world())
    judged = judge_link(
        folder, "link:i1:consignment:k1", verdict="not_same", reason="another stamp", by=amina
    )

    text = "\n".join(_texts(folder, judged.judgement_id))
    assert "a package's link, part_of; serial in line 1" in text

"""``judge`` for a person and for a written rule, as a user meets them."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from headstamp.actions.writing import Writing

from ..actions.test_rule_file import toml
from ..casebook.registry import ENTRIES, STOLEN, WORLD, load_book, proposal, propose
from .running import Ran

Cli = Callable[..., Ran]


@pytest.fixture
def root(made: Callable[..., Path], amina: Writing) -> Path:
    """Return a casebook with the army's book, of which three entries are proposed."""
    folder = made(**WORLD)
    load_book(folder, amina)
    propose(folder, STOLEN, proposal("w2", "t2"), proposal("w3", "t3", probability="0.600"))
    return folder


@pytest.fixture
def rule(tmp_path: Path) -> Path:
    """Return a rule for thefts and losses that are almost sure."""
    path = tmp_path / "sure.toml"
    path.write_bytes(toml())
    return path


def test_a_rule_says_how_much_it_judged_what_follows_and_how_to_undo_it(
    cli: Cli, root: Path, rule: Path
) -> None:
    """The rule's id on standard output, for scripts; the rest is talk."""
    ran = cli("-C", root, "judge", "--rule", rule)

    assert ran.code == 0
    assert ran.out.startswith("rule:sure@")
    name = ran.out.strip()
    assert f"2 of 3 open proposals judged by {name}: recorded as entry" in ran.err
    assert "theft: reported" in ran.err
    assert f"`headstamp withdraw {name}" in ran.err

    undone = cli("-C", root, "withdraw", name, "--reason", "too wide")
    assert undone.code == 0
    assert "fell" in undone.out


def test_a_dry_run_lists_what_a_rule_would_judge(cli: Cli, root: Path, rule: Path) -> None:
    """As a table to read, or to work with; then the rule judges just these."""
    read = cli("-C", root, "judge", "--rule", rule, "--dry-run")
    listed = cli("-C", root, "judge", "--rule", rule, "--dry-run", "--format", "json")

    assert STOLEN.proposal_id in read.out
    assert "would judge 2 of 3 open proposals; nothing recorded" in read.err
    rows = json.loads(listed.out)
    assert [row["proposal_id"] for row in rows] == [
        STOLEN.proposal_id,
        "link:w2:register_entry:army:t2",
    ]
    assert {row["verdict"] for row in rows} == {"same"}
    assert "recorded as entry" in cli("-C", root, "judge", "--rule", rule).err


def test_very_many_are_summed_up(
    cli: Cli, made: Callable[..., Path], amina: Writing, rule: Path
) -> None:
    """By register and kind, by what follows and how well it is known; some as examples."""
    numbers = range(300)
    items = [
        {"item_id": f"w{n}", "category": "weapon", "recovered_on": "2015-07-01",
         "source_id": "field"}
        for n in numbers
    ]  # fmt: skip
    root = made("many", **{**WORLD, "items": items, "marks": ()})
    load_book(root, amina, entries=[{**ENTRIES[1], "entry_id": f"t{n}"} for n in numbers])
    propose(root, *(proposal(f"w{n}", f"t{n}", rests_on=()) for n in numbers))
    ran = cli("-C", root, "judge", "--rule", rule)

    assert len(ran.err.splitlines()) < 60
    assert "300 of register army: same (theft 300)" in ran.err
    assert "300 finding: theft: reported" in ran.err
    assert "300 leg: stolen" in ran.err
    assert "… and 297 more" in ran.err


def test_a_value_that_no_row_has_is_answered_with_those_there_are(cli: Cli, root: Path) -> None:
    """It may be misspelt; an empty listing alone would not say so."""
    ran = cli("-C", root, "links", "--where", "state=propsed")

    assert (ran.code, ran.out) == (0, "(no links)\n")
    assert "state here is: proposed" in ran.err


def test_a_rule_that_finds_nothing_says_so(cli: Cli, root: Path, rule: Path) -> None:
    """The second run is done, records nothing, and is no error."""
    cli("-C", root, "judge", "--rule", rule)
    again = cli("-C", root, "judge", "--rule", rule)

    assert again.code == 0
    assert "finds nothing to judge; nothing recorded" in again.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "PROPOSAL, --verdict, --reason not given"),
        (("link:w1:item:w2", "--verdict", "same"), "--reason not given"),
        (("link:w1:item:w2", "--rule", "x.toml"), "--rule stands alone"),
        (("--rule", "x.toml", "--reason", "no"), "--rule stands alone"),
        (("--rule", "x.toml"), "cannot be read"),
    ],
)
def test_a_person_decides_or_a_rule_does(
    cli: Cli, root: Path, words: tuple[str, ...], said: str
) -> None:
    """Not both, and neither by halves: exit 2, with the remedy."""
    ran = cli("-C", root, "judge", *words)

    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_a_misspelt_rule_is_misuse(cli: Cli, root: Path, rule: Path) -> None:
    """The nearest field is named; nothing is judged."""
    rule.write_bytes(toml(least_probability=None) + b"least_probabilty = 0.9\n")
    ran = cli("-C", root, "judge", "--rule", rule)

    assert ran.code == 2
    assert "is least_probability meant?" in ran.err


def test_a_withdrawn_rule_is_refused(cli: Cli, root: Path, rule: Path) -> None:
    """Exit 3, and how to let it count again."""
    name = cli("-C", root, "judge", "--rule", rule).out.strip()
    cli("-C", root, "withdraw", name, "--reason", "too wide")
    ran = cli("-C", root, "judge", "--rule", rule)

    assert ran.code == 3
    assert f"headstamp restore {name}" in ran.err


def test_a_person_reads_judges_and_sees_the_chain(cli: Cli, root: Path) -> None:
    """From the list of proposals to the chain that runs through the theft, and back."""
    listed = cli("-C", root, "links", "--where", "state=proposed", "--format", "json")
    key = json.loads(listed.out)[0]["proposal_id"]
    judged = cli("-C", root, "judge", key, "--verdict", "same", "--reason", "read twice")
    chain = cli("-C", root, "chain", "w1", "--format", "json")
    entry = cli("-C", root, "withdraw", "entry:army:t1", "--reason", "a mistake in the book")

    assert judged.out.startswith("j-")
    verbs = [row["verb"] for row in json.loads(chain.out) if not row["gap"]]
    assert verbs == ["stolen", "recovered"]
    assert entry.code == 0
    assert "entry entry:army:t1" in entry.out
    assert cli("-C", root, "restore", "entry:army:t1").code == 0
    assert cli("-C", root, "chain", "w1", "--format", "json").out == chain.out


def test_what_trace_proposes_is_judged_and_stays_judged(
    cli: Cli, made: Callable[..., Path], amina: Writing
) -> None:
    """Traced, judged, traced again: the link is decided, and is not proposed a second time."""
    folder = made("traced", **WORLD)
    load_book(folder, amina)

    def states() -> dict[str, str]:
        listed = json.loads(cli("-C", folder, "links", "--format", "json").out)
        return {row["proposal_id"]: row["state"] for row in listed}

    cli("-C", folder, "trace")
    before = states()
    judged = cli("-C", folder, "judge", STOLEN.proposal_id, "--verdict", "same", "--reason", "read")
    cli("-C", folder, "trace")
    after = states()

    assert judged.code == 0
    assert before[STOLEN.proposal_id] == "proposed"
    assert after == before | {STOLEN.proposal_id: "same"}
    theft = cli("-C", folder, "findings", "--where", "kind=theft", "--format", "json")
    (found,) = json.loads(theft.out)
    assert {"mark:s1", "entry:army:t1"} <= set(found["rests_on"][0])


def test_an_entry_of_a_register_is_told_in_a_report(cli: Cli, root: Path, tmp_path: Path) -> None:
    """The page says by whose register it was stolen, and names the entry that it rests on."""
    cli("-C", root, "judge", STOLEN.proposal_id, "--verdict", "same", "--reason", "read twice")
    ran = cli("-C", root, "report", "-o", tmp_path / "report")

    assert ran.code in {0, 1}
    page = (tmp_path / "report" / "item-w1.html").read_text(encoding="utf-8")
    words = " ".join(re.sub("<[^>]*>", " ", page).split())
    assert "entry t1 of the register army" in words
    assert "So says the register army (of an institution that is not on record)" in words
    said = re.search(r"According to ([^.]*), it was stolen from Army of XB", words)
    assert said is not None
    assert "a register (Book of the army)" in said[1]

"""A written rule judges what it fits, in one entry; yields to people; is withdrawn as one."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from headstamp.actions.judge_by_rule import Ruled, judge_by_rule
from headstamp.actions.judge_link import judge_link
from headstamp.actions.withdraw_row import restore_row, withdraw_row
from headstamp.actions.writing import Writing
from headstamp.casebook.derived_tables import chains, findings, links
from headstamp.casebook.explain import explain
from headstamp.casebook.opening import open_casebook
from headstamp.ledger.canonical import sha256_hex
from headstamp.ledger.entries import read_entries
from headstamp.ledger.layout import records_path
from headstamp.ledger.seal import read_exhibit
from headstamp.ledger.verify import verify_casebook
from headstamp.terms.errors import BrokenJournalError, MisuseError, RefusedError

from ..casebook.registry import ENTRIES, STOLEN, WORLD, load_book, proposal, propose
from .test_rule_file import toml

SECOND = proposal("w2", "t2")
LOOSE = proposal("w3", "t3", probability="0.700", strangers="2.5")
HELD = proposal("w1", "h1")
DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture
def root(made: Callable[..., Path], amina: Writing) -> Path:
    """Return a casebook with the army's book, of which four entries are proposed."""
    folder = made(**WORLD)
    load_book(folder, amina)
    propose(folder, STOLEN, SECOND, LOOSE, HELD)
    return folder


@pytest.fixture
def rule(tmp_path: Path) -> Path:
    """Return a rule for thefts and losses that are almost sure."""
    path = tmp_path / "sure.toml"
    path.write_bytes(toml())
    return path


def judged_in(ruled: Ruled) -> list[object]:
    """Return the proposals that were judged."""
    return [row["proposal_id"] for row in ruled.judged.rows]


def states_of(root: Path) -> dict[object, object]:
    """Return the state of every link."""
    return {row["proposal_id"]: row["state"] for row in links(open_casebook(root)).rows}


def test_a_rule_judges_just_what_it_fits(root: Path, rule: Path, amina: Writing) -> None:
    """Thefts almost sure; neither what is less so nor the holding, which is of another kind."""
    ruled = judge_by_rule(root, rule, by=amina)

    assert judged_in(ruled) == [STOLEN.proposal_id, SECOND.proposal_id]
    assert ruled.n_open == 4
    assert list(states_of(root).values()) == ["same", "same", "proposed", "proposed"]


def test_the_rule_is_sealed_and_each_judgement_has_what_was_seen(
    root: Path, rule: Path, amina: Writing
) -> None:
    """One entry, by whoever applied it; its exhibit is the file, its records the copies."""
    before = len(read_entries(root))
    ruled = judge_by_rule(root, rule, by=amina)

    (entry,) = read_entries(root)[before:]
    content = entry.content()
    digest = sha256_hex(rule.read_bytes())
    assert (entry.kind, entry.actor) == ("judgement", "Amina")
    assert content["rule"] == ruled.rule == f"rule:sure@{digest[:12]}"
    assert read_exhibit(root, digest) == rule.read_bytes()
    made = open_casebook(root).evidence.judgements
    assert [one.seen for one in made] == [STOLEN, SECOND]
    assert {one.judged_by for one in made} == {ruled.rule}
    assert len({one.judgement_id for one in made}) == 2


def test_a_rule_run_again_finds_nothing(root: Path, rule: Path, amina: Writing) -> None:
    """Nothing is recorded; what is proposed later is judged when it is run then."""
    judge_by_rule(root, rule, by=amina)
    n_entries = len(read_entries(root))
    again = judge_by_rule(root, rule, by=amina)
    assert (again.seq, judged_in(again), again.changes.rows) == (None, [], ())
    assert len(read_entries(root)) == n_entries

    propose(root, STOLEN, SECOND, proposal("w3", "t3"))
    assert judged_in(judge_by_rule(root, rule, by=amina)) == [LOOSE.proposal_id]


def test_a_dry_run_says_what_it_would_judge_and_writes_nothing(
    root: Path, rule: Path, amina: Writing
) -> None:
    """Not even the rule's file is sealed."""
    before = _sealed(root)
    dry = judge_by_rule(root, rule, by=msgspec.structs.replace(amina, dry_run=True))

    assert (dry.seq, len(judged_in(dry))) == (None, 2)
    assert _sealed(root) == before
    done = judge_by_rule(root, rule, by=amina)
    assert judged_in(done) == judged_in(dry)
    assert {row["id"] for row in done.changes.rows} == {row["id"] for row in dry.changes.rows}


def _sealed(root: Path) -> list[object]:
    files = [*(root / "exhibits").rglob("*"), *(root / "records").rglob("*")]
    return [*sorted(files), len(read_entries(root))]


@pytest.mark.parametrize("verdict", ["not_same", "unsure", "same"])
def test_what_a_person_judged_no_rule_judges(
    root: Path, rule: Path, amina: Writing, verdict: str
) -> None:
    """Nor once that person's judgement was withdrawn: it is left to people."""
    made = judge_link(root, STOLEN.proposal_id, verdict=verdict, reason="looked", by=amina)
    withdraw_row(root, made.judgement_id, reason="again", by=amina)

    assert judged_in(judge_by_rule(root, rule, by=amina)) == [SECOND.proposal_id]
    assert states_of(root)[STOLEN.proposal_id] == "proposed"


def test_a_person_beats_the_rule_later_too(root: Path, rule: Path, amina: Writing) -> None:
    """What a rule judged the same a person may reject."""
    judge_by_rule(root, rule, by=amina)
    judge_link(root, STOLEN.proposal_id, verdict="not_same", reason="another stamp", by=amina)

    assert states_of(root)[STOLEN.proposal_id] == "not_same"


def test_a_rule_gives_no_more_than_reported(root: Path, rule: Path, amina: Writing) -> None:
    """The register is reliable and the rifle was handled; still no person decided."""
    judge_by_rule(root, rule, by=amina)
    thefts = [row for row in findings(open_casebook(root)).rows if row["kind"] == "theft"]

    assert [row["standing"] for row in thefts] == ["reported", "reported"]


def test_withdrawing_a_rule_undoes_all_of_it_and_restoring_brings_it_back(
    root: Path, rule: Path, amina: Writing
) -> None:
    """Exactly: every table reads as before; run again meanwhile, it is refused."""
    tables = (findings, chains, links)
    before = [table(open_casebook(root)) for table in tables]
    ruled = judge_by_rule(root, rule, by=amina)
    after = [table(open_casebook(root)) for table in tables]

    withdraw_row(root, ruled.rule, reason="too wide", by=amina)
    assert [table(open_casebook(root)) for table in tables] == before
    with pytest.raises(RefusedError, match="was withdrawn"):
        judge_by_rule(root, rule, by=amina)
    with pytest.raises(MisuseError, match="withdrawn already"):
        withdraw_row(root, ruled.rule, reason="too wide", by=amina)
    restore_row(root, ruled.rule, by=amina)
    assert [table(open_casebook(root)) for table in tables] == after


def test_one_judgement_of_a_rule_is_withdrawn_alone_and_not_made_again(
    root: Path, rule: Path, amina: Writing
) -> None:
    """The rule leaves what was withdrawn of it, and says so; another rule may judge it."""
    judge_by_rule(root, rule, by=amina)
    one = open_casebook(root).evidence.judgements[0]
    withdraw_row(root, one.judgement_id, reason="worn", by=amina)

    again = judge_by_rule(root, rule, by=amina)
    assert (again.seq, again.n_before) == (None, 1)
    assert states_of(root)[STOLEN.proposal_id] == "proposed"
    rule.write_bytes(toml(name='"wider"'))
    assert judged_in(judge_by_rule(root, rule, by=amina)) == [STOLEN.proposal_id]


def test_what_is_protected_or_gone_is_left_and_counted(
    made: Callable[..., Path], rule: Path, amina: Writing
) -> None:
    """A copy of the one must not stand in the open; of the other there is nothing to copy."""
    marks = [{**WORLD["marks"][0], "sensitivity": "protected"}, *WORLD["marks"][1:]]
    folder = made(**{**WORLD, "marks": marks})
    load_book(folder, amina)
    propose(folder, STOLEN, SECOND, proposal("w3", "t9"))

    ruled = judge_by_rule(folder, rule, by=amina)
    assert judged_in(ruled) == [SECOND.proposal_id]
    assert (ruled.n_protected, ruled.n_gone) == (1, 1)


def test_a_rule_without_kinds_judges_links_to_items_too(
    root: Path, rule: Path, amina: Writing
) -> None:
    """With kinds only entries of these kinds."""
    pair = proposal("w1", "w4", other_kind="item", register="", rests_on=("mark:s1", "mark:s4"))
    propose(root, pair)
    assert judged_in(judge_by_rule(root, rule, by=amina)) == []
    rule.write_bytes(toml(kinds=None))

    assert judged_in(judge_by_rule(root, rule, by=amina)) == ["link:w1:item:w4"]
    assert open_casebook(root).conclusions.accounts["item", "w4"] != ()


def test_a_rule_for_a_register_that_is_not_loaded_is_refused(
    root: Path, rule: Path, amina: Writing
) -> None:
    """Misspelt it would quietly judge nothing; the nearest is named, and what is loaded."""
    rule.write_bytes(toml(registers='["amry"]'))
    before = _sealed(root)

    with pytest.raises(MisuseError, match="no register 'amry' is loaded") as raised:
        judge_by_rule(root, rule, by=amina)
    assert "is army meant?" in raised.value.hint
    assert _sealed(root) == before


def test_two_rules_of_one_name_and_other_words_are_two(
    root: Path, rule: Path, amina: Writing
) -> None:
    """Each under its own digest: the one is withdrawn, and the other's judgements stand."""
    first = judge_by_rule(root, rule, by=amina)
    rule.write_bytes(toml(least_probability="0.6", most_strangers=None))
    second = judge_by_rule(root, rule, by=amina)
    assert (judged_in(second), first.rule != second.rule) == ([LOOSE.proposal_id], True)

    withdraw_row(root, first.rule, reason="too wide", by=amina)
    states = states_of(root)
    assert (states[STOLEN.proposal_id], states[LOOSE.proposal_id]) == ("proposed", "same")


def test_what_changes_is_told_and_not_what_stands(root: Path, rule: Path, amina: Writing) -> None:
    """Other items may be very many: neither they nor the entries named are changes."""
    changes = judge_by_rule(root, rule, by=amina).changes.rows

    assert {row["change"] for row in changes} == {"changed", "new"}
    assert {row["kind"] for row in changes} == {"finding", "leg", "link"}
    kinds = sorted(str(row["after"]).partition(":")[0] for row in changes if
                   row["kind"] == "finding")  # fmt: skip
    assert kinds == sorted(["theft", "interval", "reappearance"] * 2)


def test_a_rule_is_explained_with_its_file(root: Path, rule: Path, amina: Writing) -> None:
    """How many it judged, when, applied by whom, and where it is sealed."""
    ruled = judge_by_rule(root, rule, by=amina)
    (line,) = explain(open_casebook(root), ruled.rule).rows

    assert "judged 2 proposals same" in str(line["text"])
    assert "applied by Amina" in str(line["text"])
    assert line["exhibit"] == sha256_hex(rule.read_bytes())[:12]


def test_a_casebook_with_a_rule_verifies_and_names_what_is_changed(
    root: Path, rule: Path, amina: Writing
) -> None:
    """Rule and list are sealed: a stranger's program checks both; changed, nothing is answered."""
    judge_by_rule(root, rule, by=amina)
    found = verify_casebook(root)
    stranger = [sys.executable, str(DOCS / "reference" / "verify_casebook.py"), str(root)]
    assert (found.problem, found.notes) == (None, ())
    assert subprocess.run(stranger, check=False, capture_output=True).returncode == 0

    sealed = read_entries(root)[-1].content()["records"]
    assert isinstance(sealed, dict)
    path = records_path(root, sealed["stored_digest"])
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b" ")
    assert verify_casebook(root).problem is not None
    assert subprocess.run(stranger, check=False, capture_output=True).returncode == 3
    with pytest.raises(BrokenJournalError):
        open_casebook(root)


@pytest.mark.slow
def test_thousands_are_judged_in_seconds(
    made: Callable[..., Path], rule: Path, amina: Writing
) -> None:
    """Three thousand thefts in one entry, each with its own judgement."""
    numbers = range(3000)
    items = [
        {"item_id": f"w{n}", "category": "weapon", "recovered_on": "2015-07-01",
         "source_id": "field"}
        for n in numbers
    ]  # fmt: skip
    folder = made(**{**WORLD, "items": items, "marks": ()})
    entries = [{**ENTRIES[1], "entry_id": f"t{n}", "serial": f"{n:05}"} for n in numbers]
    load_book(folder, amina, entries=entries)
    propose(folder, *(proposal(f"w{n}", f"t{n}", rests_on=()) for n in numbers))
    started = time.monotonic()
    ruled = judge_by_rule(folder, rule, by=amina)

    assert time.monotonic() - started < 30  # Alone it takes about three.
    assert len(judged_in(ruled)) == 3000
    thefts = [row for row in findings(open_casebook(folder)).rows if row["kind"] == "theft"]
    assert len(thefts) == 3000

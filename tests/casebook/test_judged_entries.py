"""The entries that judgements name are rows among others: found, named, explained, withdrawn."""

from collections.abc import Callable
from pathlib import Path

import pytest

from headstamp.actions.judge_link import judge_link
from headstamp.actions.withdraw_row import restore_row, withdraw_row
from headstamp.actions.writing import Writing
from headstamp.casebook import judged_entries, registers
from headstamp.casebook.derived_tables import chain, findings, links
from headstamp.casebook.explain import explain
from headstamp.casebook.opening import open_casebook
from headstamp.release.hand_out import hand_out
from headstamp.release.support_tables import rests_on_source
from headstamp.terms.errors import BrokenJournalError, UnknownIdError

from .registry import STOLEN, WORLD, load_book, proposal, propose

ENTRY = "entry:army:t1"


@pytest.fixture
def root(made: Callable[..., Path], amina: Writing) -> Path:
    """Return a casebook in which the theft of the first rifle was judged to be of it."""
    folder = made(**WORLD)
    load_book(folder, amina)
    propose(folder, STOLEN, proposal("w2", "t2"))
    judge_link(folder, STOLEN.proposal_id, verdict="same", reason="read twice", by=amina)
    return folder


def _verbs(root: Path, item_id: str = "w1") -> list[object]:
    return [row["verb"] for row in chain(open_casebook(root), item_id).rows if row["verb"]]


def test_only_entries_that_judgements_name_are_rows(root: Path) -> None:
    """A register may have millions; proposals that nobody judged bring none of them."""
    evidence = open_casebook(root).evidence

    assert list(evidence.entries) == ["army:t1"]
    where = evidence.whereabouts["entries", "army:t1"]
    assert (where.file, where.row) == ("book.csv", 3)


def test_no_register_is_opened_where_no_judgement_names_an_entry(
    made: Callable[..., Path], amina: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much is proposed of it."""
    folder = made(**WORLD)
    load_book(folder, amina)
    propose(folder, STOLEN)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a register was opened")

    monkeypatch.setattr(judged_entries, "entries_named", refuse)
    assert open_casebook(folder).evidence.entries == {}


def test_a_name_that_a_party_on_record_has_is_that_party(root: Path, amina: Writing) -> None:
    """By its name or id; any other text stays as it was written."""
    propose(root, proposal("w1", "h1"), proposal("w2", "t2"), proposal("w3", "t3"))
    for one in ("w1:register_entry:army:h1", "w2:register_entry:army:t2"):
        judge_link(root, f"link:{one}", verdict="same", reason="read", by=amina)
    judge_link(root, "link:w3:register_entry:army:t3", verdict="same", reason="read", by=amina)
    entries = open_casebook(root).evidence.entries

    assert entries["army:t1"].from_party == "xb_army"
    assert entries["army:t2"].from_party == "Depot 4"
    assert entries["army:t3"].from_party == "xb_army"
    assert entries["army:t1"].written.from_party == "Army of XB"


def test_a_name_that_two_parties_share_stays_as_written(
    made: Callable[..., Path], amina: Writing
) -> None:
    """Which of them is meant is not known, and is not guessed."""
    twin = {"party_id": "other", "name": "Army of XB", "kind": "unknown"}
    folder = made(**{**WORLD, "parties": [*WORLD["parties"], twin]})
    load_book(folder, amina)
    propose(folder, STOLEN)
    judge_link(folder, STOLEN.proposal_id, verdict="same", reason="read", by=amina)

    assert open_casebook(folder).evidence.entries["army:t1"].from_party == "Army of XB"


@pytest.mark.parametrize("text", [ENTRY, "source:army", "mark:s1", "item:w1"])
def test_what_it_rests_on_is_withdrawn_and_restored_exactly(
    root: Path, amina: Writing, text: str
) -> None:
    """The entry, its source, the mark, the item: the theft falls, and stands again."""
    tables = (findings, links, rests_on_source)
    before = [table(open_casebook(root)) for table in tables]
    told = withdraw_row(root, text, reason="to see", by=amina)
    without = findings(open_casebook(root)).rows
    restore_row(root, text, by=amina)

    assert "theft" not in {row["kind"] for row in without}
    assert [table(open_casebook(root)) for table in tables] == before
    fell = {(row["kind"], row["change"]) for row in told.changes.rows}
    assert ("finding", "fell") in fell
    is_entry = text in {ENTRY, "source:army"}
    assert (("entry", "fell") in fell) is is_entry


def test_an_entry_is_explained_down_to_its_file_and_row(root: Path) -> None:
    """What it says in the institution's words, how it is graded, and what it holds up."""
    lines = explain(open_casebook(root), ENTRY).rows

    assert lines[0]["id"] == ENTRY
    said = "theft in register army; serial 0099; from Army of XB; 1 March 2015"
    assert lines[0]["text"] == said
    assert (lines[0]["file"], lines[0]["row"]) == ("book.csv", 3)
    texts = " ".join(str(line["text"]) for line in lines)
    assert "class strong: reliability army A; credibility 2" in texts
    assert "holds up: theft of item w1" in texts


def test_a_finding_is_explained_through_judgement_mark_and_entry(root: Path) -> None:
    """Every atom of its set is on record and said."""
    (theft,) = (row for row in findings(open_casebook(root)).rows if row["kind"] == "theft")
    lines = explain(open_casebook(root), str(theft["finding_id"])).rows

    ids = {str(line["id"]) for line in lines if line["level"] == 2}
    assert ids >= {ENTRY, "mark:s1"}
    assert "(no row on record)" not in {line["text"] for line in lines}


def test_an_entry_that_no_judgement_names_is_refused_with_the_remedy(
    root: Path, amina: Writing
) -> None:
    """It is in the register, and counts nowhere."""
    with pytest.raises(UnknownIdError, match="no judgement names such an entry") as raised:
        withdraw_row(root, "entry:army:h1", reason="no", by=amina)

    assert "links --where register" in raised.value.hint


def test_a_replaced_register_leaves_the_judgement_and_carries_nothing(
    root: Path, amina: Writing
) -> None:
    """Read anew without its thefts, the book says nothing of it: the link is listed, no leg."""
    load_book(root, amina, more='\n[[leave]]\nwhere = { kind = ["theft"] }\nwhy = "none"\n')

    (row,) = (one for one in links(open_casebook(root)).rows if one["item_id"] == "w1")
    assert row["state"] == "same"
    assert _verbs(root) == ["recovered"]
    told = explain(open_casebook(root), STOLEN.proposal_id).rows
    assert "nothing crosses it" in " ".join(str(line["text"]) for line in told)
    with pytest.raises(UnknownIdError):
        withdraw_row(root, ENTRY, reason="no", by=amina)


def test_a_register_whose_file_was_deleted_answers_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never a chain without the entry that somebody judged: the casebook says what is wrong."""
    monkeypatch.setattr(registers, "_CHECKED", set())  # As in a process of its own.
    for file in (root / "registers").rglob("rows.parquet"):
        file.parent.chmod(0o700)
        file.unlink()

    with pytest.raises(BrokenJournalError, match="missing"):
        findings(open_casebook(root))


def test_a_casebook_of_the_past_has_the_entries_judged_by_then(root: Path, amina: Writing) -> None:
    """As of the entry before the judgement nothing is said of the theft."""
    last = open_casebook(root).at_seq

    then = open_casebook(root, as_of=str(last - 1))
    assert then.evidence.entries == {}
    assert then.links[0].state == "proposed"


def test_every_table_is_handed_out_with_entries_in_it(root: Path) -> None:
    """Legs and findings name the entry; its source has what rests on it."""
    tables = hand_out(open_casebook(root))

    assert ENTRY in {row["claims"] for row in tables["chains"].rows}
    (source,) = (row for row in tables["rests_on_source"].rows if row["source_id"] == "army")
    assert source["n_rows"] == 1
    assert source["falls_without_it"]


def test_what_refers_to_something_protected_leaves_no_link(
    made: Callable[..., Path], amina: Writing
) -> None:
    """Neither its proposal nor its judgement is handed out: they would name it."""
    site = {"site_id": "town", "name": "Town", "sensitivity": "protected"}
    elsewhere = {**WORLD["items"][1], "site_id": ""}
    items = [WORLD["items"][0], elsewhere]
    folder = made(**{**WORLD, "items": items, "marks": WORLD["marks"][:2], "sites": [site]})
    load_book(folder, amina)
    propose(folder, STOLEN, proposal("w2", "t2"))
    assert [row["item_id"] for row in hand_out(open_casebook(folder))["links"].rows] == ["w2"]

    judge_link(folder, STOLEN.proposal_id, verdict="same", reason="read", by=amina)
    assert [row["item_id"] for row in hand_out(open_casebook(folder))["links"].rows] == ["w2"]
    assert [row["item_id"] for row in links(open_casebook(folder)).rows] == ["w1", "w2"]

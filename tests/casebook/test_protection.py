"""Of a protected row its id leaves the casebook, and nothing else."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from headstamp.actions.withdraw_row import withdraw_row
from headstamp.actions.writing import Writing
from headstamp.casebook.derived_tables import chain, chains, findings, issues, links, pathways
from headstamp.casebook.explain import explain
from headstamp.casebook.object_tables import items, marks
from headstamp.casebook.opening import Casebook, open_casebook
from headstamp.casebook.package_tables import claims, parties, requests, sources
from headstamp.casebook.protection import PROTECTED
from headstamp.casebook.published import figures_against

READ = (
    *(items, marks, claims, parties, requests, sources),
    *(links, findings, chains, pathways, issues, figures_against),
)
"""What the listing verbs read."""


@pytest.fixture
def guarded(opened: Callable[..., Casebook], cast: ModuleType) -> Casebook:
    """Return a casebook that holds one protected claim."""
    return opened(claims=[*cast.WORLD["claims"], cast.PROTECTED_CLAIM])


def _everything(casebook: Casebook) -> str:
    return repr([(table.columns, table.rows) for table in (read(casebook) for read in READ)])


def test_no_table_repeats_a_protected_word(guarded: Casebook, cast: ModuleType) -> None:
    """Not in listings, chains, findings, figures or issues; nor does a date derived from it."""
    text = _everything(guarded)

    assert "p1" in text
    assert [word for word in cast.CANARIES if word in text] == []


def test_no_explanation_repeats_a_protected_word(guarded: Casebook, cast: ModuleType) -> None:
    """Not of the row, of what rests on it, nor of the item it speaks of."""
    ids = ["p1", "i2", "item:i2", *(f.finding_id for f in guarded.conclusions.findings)]

    text = "".join(repr(explain(guarded, row_id).rows) for row_id in ids)

    assert PROTECTED in text
    assert [word for word in cast.CANARIES if word in text] == []


def test_no_difference_repeats_a_protected_word(
    made: Callable[..., Path], cast: ModuleType, amina: Writing
) -> None:
    """Withdrawing it says which ids fell."""
    root = made(claims=[*cast.WORLD["claims"], cast.PROTECTED_CLAIM])

    changes = withdraw_row(root, "p1", reason="unsafe", because="unsafe", by=amina).changes

    assert "p1" in repr(changes)
    assert [word for word in cast.CANARIES if word in repr(changes)] == []


def test_a_protected_row_is_listed_by_its_id(guarded: Casebook) -> None:
    """Every other cell says that it is protected."""
    row: dict[str, Any] = next(r for r in claims(guarded).rows if r["claim_id"] == "p1")

    assert {row[c] for c in row if c not in {"claim_id", "live"}} == {PROTECTED}
    assert row["live"] is True


def test_a_protected_row_takes_part_in_reasoning(guarded: Casebook) -> None:
    """Its content is opened in memory: the item has a leg that rests on it."""
    legs = guarded.conclusions.accounts["item", "i2"][0].legs

    assert [leg.claims for leg in legs] == [("p1",)]


def test_what_open_rows_say_too_is_not_veiled(guarded: Casebook) -> None:
    """The parties that the protected row names are known from open rows."""
    text = _everything(guarded)

    assert "Group North" in text


def test_the_journal_names_a_protected_row_by_keyed_digest(
    made: Callable[..., Path], cast: ModuleType, amina: Writing
) -> None:
    """So that erasing the row leaves no plain id behind; the withdrawal holds all the same."""
    root = made(claims=[*cast.WORLD["claims"], cast.PROTECTED_CLAIM])
    withdraw_row(root, "p1", reason="unsafe", by=amina)

    casebook = open_casebook(root)

    assert casebook.entries[-1].content()["id"] != "p1"
    assert ("claims", "p1") in casebook.evidence.withdrawn


def test_a_leg_that_rests_on_a_protected_row_shows_ids_alone(guarded: Casebook) -> None:
    """Neither verb nor parties, place or days; nor the days of its neighbours."""
    (leg,) = chain(guarded, "i2").rows

    told = ("verb", "from_party", "via_party", "to_party", "place")
    assert {leg[column] for column in told} == {PROTECTED}
    assert (leg["on_earliest"], leg["on_latest"], leg["claims"]) == (None, None, "p1")


def test_a_finding_that_rests_on_a_protected_row_gives_no_reason(
    opened: Callable[..., Casebook], cast: ModuleType
) -> None:
    """Kind, standing and ids are shown; days, parties and words are not, whatever they are."""
    theft = {**cast.PROTECTED_CLAIM, "verb": "stolen", "on": "", "hedge": ""}
    casebook = opened(claims=[*cast.WORLD["claims"], theft])

    (row,) = (row for row in findings(casebook).rows if row["rests_on"] == [["p1"]]
              and row["kind"] == "theft")  # fmt: skip

    assert (row["subject_id"], row["reason"], row["from_event"]) == ("i2", PROTECTED, None)
    assert row["parties"] is None


def test_words_of_a_protected_row_are_veiled_wherever_they_turn_up(
    opened: Callable[..., Casebook], cast: ModuleType
) -> None:
    """A request is in no support set, and its words are in the reason of a verdict."""
    transfer = {**cast.WORLD["claims"][2], "verb": "transferred"}
    request = {
        "request_id": "r1", "asked_by": "Canary Lane", "addressee": "xb", "about": "u1",
        "outcome": "silent", "source_id": "field", "sensitivity": "protected",
    }  # fmt: skip
    shown = opened(claims=[cast.WORLD["claims"][0], transfer],
                   requests=[{**request, "sensitivity": ""}])  # fmt: skip
    veiled = opened("veiled", claims=[cast.WORLD["claims"][0], transfer], requests=[request])

    assert "Canary Lane" in repr(findings(shown).rows)
    assert "Canary Lane" not in repr(findings(veiled).rows)
    assert PROTECTED in repr(findings(veiled).rows)

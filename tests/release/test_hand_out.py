"""The one function that hands out tables."""

from collections.abc import Callable
from pathlib import Path

import pytest

from headstamp.casebook.opening import Casebook, open_casebook
from headstamp.release.hand_out import TABLE_NAMES, hand_out
from headstamp.terms.errors import MisuseError
from headstamp.terms.finding import CAVEAT


def test_every_row_has_exactly_the_columns(opened: Callable[..., Casebook]) -> None:
    """In their order, in every table."""
    tables = hand_out(opened())

    assert tuple(tables) == TABLE_NAMES
    wrong = [n for n, t in tables.items() if any(tuple(row) != t.columns for row in t.rows)]
    assert wrong == []


def test_about_says_what_was_read(opened: Callable[..., Casebook]) -> None:
    """Casebook, entry, banner, and the standing sentence."""
    casebook = opened()
    about = hand_out(casebook)["about"].rows[0]

    assert about["casebook_id"] == casebook.entries[0].content()["casebook_id"]
    assert (about["seq"], about["head_hash"]) == (2, casebook.entries[-1].hash)
    assert (about["title"], about["as_of_note"]) == ("Ten rifles", None)
    assert about["caveat"] == CAVEAT
    assert "INTERNAL" in str(about["banner"])


def test_a_reading_in_the_past_says_so(made: Callable[..., Path]) -> None:
    """The evidence as it stood; the rules are today's."""
    root = made()
    note = str(hand_out(open_casebook(root, as_of="2"))["about"].rows[0]["as_of_note"])

    assert "as it stood at entry 2" in note
    assert "today's rules" in note


def test_the_same_casebook_gives_the_same_tables(made: Callable[..., Path]) -> None:
    """Two readings, one result."""
    root = made()

    assert hand_out(open_casebook(root)) == hand_out(open_casebook(root))


def test_a_profile_that_is_none_is_refused(opened: Callable[..., Casebook]) -> None:
    """No profile falls back to another."""
    with pytest.raises(MisuseError, match="public"):
        hand_out(opened(), "public")


def test_lineage_counts_who_relays_whom(opened: Callable[..., Casebook]) -> None:
    """The press took a claim and a figure from the report."""
    rows = hand_out(opened())["lineage"].rows

    assert rows == ({"source_id": "press", "relays_from": "report", "n_rows": 2},)


def test_what_rests_on_a_source_is_told_from_what_falls_without_it(
    opened: Callable[..., Casebook],
) -> None:
    """The theft rests on the report and does not fall without it."""
    casebook = opened()
    tables = hand_out(casebook)
    theft = next(r["finding_id"] for r in tables["findings"].rows if r["kind"] == "theft")
    window = next(
        r["finding_id"] for r in tables["findings"].rows if r["kind"] == "diversion_window"
    )
    by_source = {row["source_id"]: row for row in tables["rests_on_source"].rows}

    assert str(theft) in str(by_source["report"]["rests_on_it"])
    assert by_source["report"]["falls_without_it"] is None
    assert str(window) in str(by_source["paper"]["falls_without_it"])

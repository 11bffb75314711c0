"""What items on record are identified as, counted and listed; by hand, in invented states."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from headstamp.actions.withdraw_reference import restore_reference, withdraw_reference
from headstamp.actions.writing import Writing
from headstamp.casebook.explain import explain
from headstamp.casebook.figures import figures
from headstamp.casebook.object_tables import items, marks
from headstamp.casebook.opening import Casebook, open_casebook
from headstamp.terms.errors import MisuseError, UnknownIdError
from headstamp.terms.table import Table

ITEMS = [
    {"item_id": "w1", "category": "weapon", "maker_stated": "TAURUS", "calibre": "7.62x39",
     "type": "pistola", "year_stated": "1994", "site_id": "town", "source_id": "field"},
    {"item_id": "w2", "category": "weapon", "maker_stated": "Forjas Taurus", "calibre": "7,62",
     "type": "revólver", "source_id": "field"},
    {"item_id": "w3", "category": "weapon", "maker_stated": "ignorado", "source_id": "field"},
    {"item_id": "b1", "category": "ammunition", "quantity": "10", "unit": "round",
     "calibre": "9x19", "source_id": "field"},
]  # fmt: skip
MARKS = [
    {"mark_id": "m1", "item_id": "w1", "kind": "serial", "text": "raspado", "reader": "cell",
     "source_id": "field"},
    {"mark_id": "m2", "item_id": "w2", "kind": "serial", "text": "AB-1234 (gasto)",
     "reader": "cell", "source_id": "field"},
    {"mark_id": "m3", "item_id": "w2", "kind": "serial", "position": "receiver",
     "text": "XY{5S}6", "source_id": "field"},
]  # fmt: skip
BARE: dict[str, list[dict[str, str]]] = {
    "claims": [], "links": [], "consignment_lines": [], "undertakings": [],
}  # fmt: skip
TAURUS = "reference:maker_names:taurus"


@pytest.fixture
def book(made: Callable[..., Path]) -> Path:
    """A casebook of four items and three marks."""
    return made(items=ITEMS, marks=MARKS, **BARE)


def _cells(table: Table, key: str, *columns: str) -> dict[Any, tuple[Any, ...]]:
    return {row[key]: tuple(row[column] for column in columns) for row in table.rows}


def _groups(casebook: Casebook, field: str, measure: str = "weapons") -> dict[Any, Any]:
    return {
        row["group"]: row["count"]
        for row in figures(casebook, by=field).rows
        if row["measure"] == measure and row["count"]
    }


def test_items_say_what_is_determined_and_nothing_else(book: Path) -> None:
    """A bare diameter has no family, an unknown maker none either."""
    table = items(open_casebook(book))

    assert _cells(table, "item_id", "maker", "maker_country", "calibre_family", "serial_key") == {
        "w1": ("taurus", "BR", "Warsaw Pact", None),
        "w2": ("taurus", "BR", None, "XY56"),
        "w3": (None, None, None, None),
        "b1": (None, None, "NATO", None),
    }


def test_marks_show_the_state_that_nobody_stated(book: Path) -> None:
    """The record keeps its cell; what it says is read by the tables of today."""
    table = marks(open_casebook(book))

    assert _cells(table, "mark_id", "text", "state", "key") == {
        "m1": ("raspado", "removed", None),
        "m2": ("AB-1234 (gasto)", "legible", "AB1234"),
        "m3": ("XY{5S}6", "legible", "XY56"),
    }


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("maker", {"taurus": 2, "(undetermined)": 1}),
        ("country_of_manufacture", {"BR": 2, "(undetermined)": 1}),
        ("type_identified", {"pistol": 1, "revolver": 1, "(undetermined)": 1}),
        ("calibre_family", {"Warsaw Pact": 1, "(undetermined)": 2}),
        ("calibre_identified", {"7.62x39": 1, "(undetermined)": 2}),
        ("year_of_manufacture", {"1994": 1, "(undetermined)": 2}),
        ("site", {"Town": 1, "(undetermined)": 2}),
        ("mark_state", {"removed": 1, "legible": 1, "not_recorded": 1}),
    ],
)
def test_figures_group_by_what_is_determined(
    book: Path, field: str, expected: dict[str, int]
) -> None:
    """Each weapon is in one group, or undetermined; the groups add up to the base."""
    assert _groups(open_casebook(book), field) == expected


def test_rounds_have_no_serials_to_be_in_a_state(book: Path) -> None:
    """The state of a serial is asked of what bears one."""
    assert _groups(open_casebook(book), "mark_state", "ammunition") == {"(undetermined)": 10}


def test_explain_tells_each_candidate_with_its_row_and_source(book: Path) -> None:
    """From an answer a reader gets to the row of the table, and to who says it."""
    lines = [(row["id"], str(row["text"])) for row in explain(open_casebook(book), "w2").rows]
    told = dict(lines)

    assert "source: http" in told[TAURUS]
    assert ("calibre: not determined: 4 possible") in [text for _, text in lines]
    assert "serial reads XY56, XYS6; state: legible" in [text for _, text in lines]


def test_withdrawing_a_row_of_reference_lets_fall_what_rests_on_it(
    book: Path, amina: Writing
) -> None:
    """And nothing else; restoring it is the exact inverse."""
    before = items(open_casebook(book)).rows
    withdrawn = withdraw_reference(book, TAURUS, reason="not that one", by=amina)
    fallen = items(open_casebook(book)).rows
    restored = restore_reference(book, TAURUS, by=amina)

    changes = _cells(withdrawn.changes, "id", "change", "before", "after")
    assert changes == {
        "maker: taurus": ("fell", "2 items", None),
        "country of making: BR": ("fell", "2 items", None),
    }
    assert [row["maker"] for row in fallen] == [None] * 4
    assert [row["calibre_family"] for row in fallen] == [row["calibre_family"] for row in before]
    assert _cells(restored.changes, "id", "change")["maker: taurus"] == ("new",)
    assert items(open_casebook(book)).rows == before


def test_a_phrase_that_no_longer_counts_says_no_state(book: Path, amina: Writing) -> None:
    """The mark keeps its words; what they mean is open again."""
    withdraw_reference(book, "reference:no_serial:raspado", reason="ambiguous here", by=amina)
    casebook = open_casebook(book)

    assert _cells(marks(casebook), "mark_id", "text", "state")["m1"] == ("raspado", None)
    assert _groups(casebook, "mark_state") == {"legible": 1, "not_recorded": 1, "(undetermined)": 1}


def test_misuse_of_reference_rows_records_nothing(book: Path, amina: Writing) -> None:
    """What nothing rests on, what is withdrawn already, and what never was."""
    with pytest.raises(UnknownIdError, match="nothing on record"):
        withdraw_reference(book, "reference:maker_names:nosuch", reason="x", by=amina)
    with pytest.raises(MisuseError, match="not withdrawn"):
        restore_reference(book, TAURUS, by=amina)
    withdraw_reference(book, TAURUS, reason="x", by=amina)
    with pytest.raises(MisuseError, match="already"):
        withdraw_reference(book, TAURUS, reason="x", by=amina)

    assert len(open_casebook(book).entries) == 3


def test_a_withdrawn_mark_says_nothing_of_its_item(book: Path, amina: Writing) -> None:
    """The next serial of the item takes its place."""
    from headstamp.actions.withdraw_row import withdraw_row

    withdraw_row(book, "mark:m3", reason="read wrongly", by=amina)

    assert _cells(items(open_casebook(book)), "item_id", "serial_key")["w2"] == ("AB1234",)

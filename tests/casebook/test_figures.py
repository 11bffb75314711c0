"""Our own counts: worked by hand."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.actions.judge_link import judge_link
from headstamp.actions.withdraw_row import withdraw_row
from headstamp.actions.writing import Writing
from headstamp.casebook.figures import figures, number_cell, share_of
from headstamp.casebook.opening import Casebook, open_casebook
from headstamp.terms.errors import MisuseError
from headstamp.terms.table import Table


def _items(*rows: str) -> list[dict[str, str]]:
    """Rows written as ``id category quantity unit model``; ``-`` is an empty cell."""
    names = ("item_id", "category", "quantity", "unit", "model")
    return [
        {"source_id": "field"}
        | {name: "" if cell == "-" else cell for name, cell in zip(names, row.split(), strict=True)}
        for row in rows
    ]


def _counts(table: Table, measure: str) -> dict[Any, tuple[Any, ...]]:
    return {
        row["group"]: (row["count"], row["share"], row["base"], row["undetermined"],
                       row["low"], row["high"])
        for row in table.rows
        if row["measure"] == measure
    }  # fmt: skip


ITEMS = _items(
    "a1 weapon - - R1",
    "a2 weapon 2 piece R1",
    "a3 weapon 1 piece R2",
    "a4 weapon 1 piece -",
    "b1 ammunition 30 round R1",
    "b2 ammunition - round R1",
    "b3 ammunition 2 case R2",
    "o1 other 5 piece R1",
)
BARE: dict[str, list[dict[str, str]]] = {
    "marks": [], "claims": [], "links": [], "consignment_lines": [], "undertakings": [],
}  # fmt: skip


def test_weapons_and_ammunition_are_counted_apart(opened: Callable[..., Casebook]) -> None:
    """An empty quantity is one weapon and no ammunition; a case is no number of rounds."""
    table = figures(opened(items=ITEMS, **BARE))

    assert _counts(table, "weapons") == {
        "(all)": (5, "100.0", 5, 0, 5, 5),
        "(undetermined)": (0, "0.0", 5, 0, 0, 0),
    }
    assert _counts(table, "ammunition") == {
        "(all)": (30, "100.0", 30, 2, 30, None),
        "(undetermined)": (0, "0.0", 30, 2, 0, None),
    }
    assert {row["measure"] for row in table.rows} == {"weapons", "ammunition", "components"}


def test_groups_have_bounds_and_what_has_none_is_undetermined(
    opened: Callable[..., Casebook],
) -> None:
    """The weapon without a model may be of either; so each may be one more."""
    table = figures(opened(items=ITEMS, **BARE), by="model")

    assert _counts(table, "weapons") == {
        "R1": (3, "60.0", 5, 0, 3, 4),
        "R2": (1, "20.0", 5, 0, 1, 2),
        "(undetermined)": (1, "20.0", 5, 0, 1, 1),
    }


def test_items_judged_the_same_count_once(made: Callable[..., Path], amina: Writing) -> None:
    """Repeated documentation of one weapon is one weapon, until the judgement is withdrawn."""
    link = {"item_id": "a1", "other_kind": "item", "other_id": "a3", "verdict": "unsure",
            "source_id": "field", "credibility": "2"}  # fmt: skip
    root = made(items=ITEMS, **(BARE | {"links": [link]}))
    before = _counts(figures(open_casebook(root)), "weapons")["(all)"][0]
    judged = judge_link(root, "link:a1:item:a3", verdict="same", reason="one number", by=amina)
    once = _counts(figures(open_casebook(root), by="model"), "weapons")
    withdraw_row(root, judged.judgement_id, reason="misread", by=amina)

    assert before == 5
    assert (once["R1"][0], once["(undetermined)"][0]) == (2, 2)
    assert _counts(figures(open_casebook(root)), "weapons")["(all)"][0] == 5


def test_rows_of_a_withdrawn_source_are_in_no_figure(
    made: Callable[..., Path], amina: Writing
) -> None:
    """Withdrawing the only documentation leaves nothing to count."""
    root = made(items=ITEMS, **BARE)
    withdraw_row(root, "field", reason="never there", by=amina)

    assert _counts(figures(open_casebook(root)), "weapons")["(all)"][0] == 0


def test_nothing_counted_has_no_share(opened: Callable[..., Casebook]) -> None:
    """A share of nothing is not zero."""
    row = _counts(figures(opened(items=ITEMS, **BARE)), "components")["(all)"]

    assert row == (0, None, 0, 0, 0, 0)


def test_an_unknown_field_is_refused_with_those_there_are(
    opened: Callable[..., Casebook],
) -> None:
    """Nothing is grouped by a misspelt field."""
    with pytest.raises(MisuseError, match="colour") as caught:
        figures(opened(), by="colour")

    assert "country_of_recovery" in caught.value.hint


@pytest.mark.parametrize(
    ("part", "base", "share"),
    [("1", "16", "6.3"), ("1", "3", "33.3"), ("2", "3", "66.7"), ("1", "400", "0.3"),
     ("0", "7", "0.0"), ("7", "7", "100.0"), ("1", "2000", "0.1")],
)  # fmt: skip
def test_shares_round_half_up(part: str, base: str, share: str) -> None:
    """6.25 is 6.3 and 0.25 is 0.3: half up, not to even."""
    assert share_of(Decimal(part), Decimal(base)) == share


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=6))
def test_no_share_is_off_by_more_than_half_a_digit(parts: list[int]) -> None:
    """Shares need not sum to 100, and each is within five hundredths of the true one."""
    base = sum(parts)

    for part in parts:
        share = share_of(Decimal(part), Decimal(base))
        assert share is None or abs(Decimal(share) * base - 100 * part) * 20 <= base


@given(st.decimals(min_value=0, max_value=10**9, allow_nan=False, places=3))
def test_numbers_print_exactly(number: Decimal) -> None:
    """Whole as whole, else as exact text without exponents."""
    cell = number_cell(number)

    assert Decimal(cell) == number
    assert "E" not in str(cell)


def test_groups_and_undetermined_add_up_to_the_base(opened: Callable[..., Casebook]) -> None:
    """Nothing is lost between groups, whatever they are grouped by."""
    casebook = opened(items=ITEMS, **BARE)

    for field in ("model", "unit", "site_id", "country_of_recovery", "maker"):
        if field == "unit":
            continue
        rows = [row for row in figures(casebook, by=field).rows if row["measure"] == "weapons"]
        assert _total(row["count"] for row in rows) == 5


def _total(cells: Iterable[Any]) -> Decimal:
    return sum((Decimal(str(cell)) for cell in cells), Decimal(0))

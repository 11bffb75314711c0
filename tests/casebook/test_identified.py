"""Of how many objects it is known what they are: worked by hand."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

from headstamp.actions.judge_link import judge_link
from headstamp.actions.writing import Writing
from headstamp.casebook.counting import counted
from headstamp.casebook.figures import figures, figures_by
from headstamp.casebook.identified import identified
from headstamp.casebook.opening import Casebook, open_casebook

BARE: dict[str, list[dict[str, str]]] = {
    "marks": [], "claims": [], "links": [], "consignment_lines": [], "undertakings": [],
}  # fmt: skip


def item(ident: str, category: str = "weapon", **cells: str) -> dict[str, str]:
    """Return one item."""
    return {"item_id": ident, "category": category, "source_id": "field"} | cells


def told(casebook: Casebook, measure: str, what: str) -> dict[str, Any]:
    """Return one row of the table."""
    (row,) = [
        row for row in identified(casebook).rows if (row["measure"], row["what"]) == (measure, what)
    ]
    return dict(row)


def test_stated_and_identified_have_one_base(opened: Callable[..., Casebook]) -> None:
    """All objects of the measure; a box without a number of rounds is one of them."""
    items = [
        item("a1", country_stated="XA", site_id="town"),
        item("a2", country_stated="XB"),
        item("a3"),
        item("b1", "ammunition", site_id="town"),
    ]
    casebook = opened(items=items, **BARE)
    made_in = told(casebook, "weapons", "country_of_manufacture")
    found_in = told(casebook, "ammunition", "country_of_recovery")

    assert (made_in["stated"], made_in["identified"], made_in["base"]) == (2, 2, 3)
    assert made_in["share"] == "66.7"
    assert (found_in["stated"], found_in["identified"], found_in["base"]) == (None, 1, 1)
    assert not [row for row in identified(casebook).rows if row["measure"] == "components"]


def test_objects_judged_the_same_are_one_however_long_the_chain(
    made: Callable[..., Path], amina: Writing
) -> None:
    """Four rows linked in a row, the ends first: one weapon, with what any of them says."""
    links = [
        {"item_id": one, "other_kind": "item", "other_id": other, "verdict": "unsure",
         "judged_by": "clerk", "source_id": "paper"}
        for one, other in pairwise(("a1", "a2", "a3", "a4"))
    ]  # fmt: skip
    items = [item(ident) for ident in ("a1", "a2", "a3", "a5")] + [item("a4", country_stated="XA")]
    root = made(items=items, **BARE | {"links": links})
    for one, other in (("a1", "a2"), ("a3", "a4"), ("a2", "a3")):
        proposal = f"link:{one}:item:{other}"
        judge_link(root, proposal, verdict="same", reason="seen together", by=amina)
    casebook = open_casebook(root)

    assert sorted(map(len, (one.item_ids for one in counted(casebook)))) == [1, 4]
    row = told(casebook, "weapons", "country_of_manufacture")
    assert (row["identified"], row["base"]) == (1, 2)


def test_figures_by_are_those_that_one_may_ask_for(opened: Callable[..., Casebook]) -> None:
    """Each field's rows are the very rows of ``figures --by``."""
    casebook = opened()
    rows = figures_by(casebook).rows
    fields = list(dict.fromkeys(str(row["group_by"]) for row in rows))

    assert "country_of_recovery" in fields
    assert rows == tuple(row for by in fields for row in figures(casebook, by=by).rows)

"""Numbers that others printed: sums, retellings, and ours beside them."""

from collections.abc import Callable
from typing import Any

import pytest

from headstamp.casebook.opening import Casebook
from headstamp.casebook.published import figures_against

NAMES = ("figure_id", "statement", "source_id", "relays", "group", "value")


def _figures(*rows: str, **shared: str) -> list[dict[str, str]]:
    """Rows written as ``id statement source relays group value``; ``-`` is an empty cell."""
    common = {"measure": "weapons", "group_by": "country_of_recovery", "unit": "piece",
              "base": "visits"} | shared  # fmt: skip
    return [
        common
        | {n: "" if cell == "-" else cell for n, cell in zip(NAMES, row.split(), strict=True)}
        for row in rows
    ]


def _column(casebook: Casebook, column: str) -> dict[Any, Any]:
    return {row["figure_id"]: row[column] for row in figures_against(casebook).rows}


def test_parts_of_one_origin_are_summed(opened: Callable[..., Casebook]) -> None:
    """1270 and 562 are 1832, whoever relays each; another origin is another total."""
    figures = _figures("f1 - press report XC 1270", "f2 - report - XD 562", "f3 - paper - XC 900")

    totals = _column(opened(published_figures=figures), "total")

    assert totals == {"f1": 1832, "f2": 1832, "f3": 900}


def test_the_printed_total_is_compared_and_not_added(opened: Callable[..., Casebook]) -> None:
    """``(all)`` is a check on its parts."""
    figures = _figures("f1 - report - XC 10", "f2 - report - (other) 5", "f3 - report - (all) 16")
    casebook = opened(published_figures=figures)

    assert _column(casebook, "total") == {"f1": 15, "f2": 15, "f3": 15}
    assert "differs by 1 from the printed (all), 16" in _column(casebook, "why")["f3"]


def test_a_printed_total_alone_is_itself(opened: Callable[..., Casebook]) -> None:
    """With no parts on record there is nothing to compare it with."""
    figures = _figures("f3 - report - (all) 16")

    assert _column(opened(published_figures=figures), "total") == {"f3": 16}


def test_what_two_relays_repeat_counts_once(opened: Callable[..., Casebook]) -> None:
    """One sentence, printed twice, is one number."""
    figures = _figures("f1 t1 press report XC 10", "f2 t1 report - XC 10", "f3 - report - XD 5")
    casebook = opened(published_figures=figures)

    assert _column(casebook, "total") == {"f1": 15, "f2": 15, "f3": 15}
    assert "counted once" in _column(casebook, "why")["f1"]


def test_relays_that_differ_are_never_mixed(opened: Callable[..., Casebook]) -> None:
    """Each total adds what one relay says, and says so."""
    figures = _figures("f1 t1 press report XC 10", "f2 t1 report - XC 12", "f3 - report - XD 5")
    casebook = opened(published_figures=figures)

    assert _column(casebook, "total") == {"f1": 10, "f2": 17, "f3": 17}
    assert "relays of one origin differ" in _column(casebook, "why")["f1"]


def test_shares_may_fall_short_of_a_hundred(opened: Callable[..., Casebook]) -> None:
    """Exact decimals: 43.5 and 12.1 and 0.4 are 56.0, and nothing is scaled."""
    figures = _figures(
        "f1 - report - XC 43.5", "f2 - report - XD 12.1", "f3 - report - XE 0.4", unit="percent"
    )
    casebook = opened(published_figures=figures)

    assert _column(casebook, "total") == {"f1": 56, "f2": 56, "f3": 56}
    assert "need not sum to 100" in _column(casebook, "why")["f2"]


def test_ours_stands_beside_theirs_with_the_caveat(opened: Callable[..., Casebook]) -> None:
    """One rifle was recovered in XC and none that we know of in XD."""
    casebook = opened()

    assert _column(casebook, "ours") == {"f1": 1, "f2": 0}
    assert _column(casebook, "difference") == {"f1": -19, "f2": -12}
    assert "sample of opportunity" in _column(casebook, "why")["f1"]


@pytest.mark.parametrize(
    "shared",
    [{"group_by": "origin_as_stated"}, {"group_by": "calibre_family"}, {"unit": "kg"},
     {"measure": "as_stated"}, {"measure": "components"}],
)  # fmt: skip
def test_what_we_cannot_compare_has_no_number_of_ours(
    opened: Callable[..., Casebook], shared: dict[str, str]
) -> None:
    """Not comparable is empty with a reason, never zero."""
    casebook = opened(published_figures=_figures("f1 - report - XC 10", **shared))

    assert _column(casebook, "ours") == {"f1": None}
    assert "no number of ours" in _column(casebook, "why")["f1"]

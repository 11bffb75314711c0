import datetime as dt

import msgspec
import pytest

from headstamp.intake.grids import RawCell
from headstamp.intake.layout import Where
from headstamp.intake.layout_where import NO_COLUMN, compile_where

from .layout_world import layout

COLUMNS = {"kind": {"name": "kind", "split": "///"}, "maker": "maker"}
FIELDS = {"records": [], "columns": COLUMNS}


def holds(test: object, cell: RawCell, *, place: int = 0, empty: tuple[str, ...] = ()) -> bool:
    """Return whether a test holds for a cell."""
    where = msgspec.convert({"kind": test}, Where)
    using = layout(file={"format": "csv", "empty": list(empty)}, **FIELDS)
    asked = compile_where(using, where, {"kind": place, "maker": 1})
    assert asked is not None
    return asked([cell, "m"])


@pytest.mark.parametrize(
    ("test", "yes", "no"),
    [
        (["Gilet", "Casque"], ["gilet", " CASQUE "], ["Gilets", "", None]),
        ({"is": ["a b"]}, ["A  B"], ["ab"]),
        ({"is_not": ["a"]}, ["b", "", None], ["A"]),
        ({"has": ["x"]}, ["x", "y/// X ///z"], ["xy", "y", "", None]),
        ({"pattern": "^10[01]"}, ["1005", "101"], ["0100", "110", "", None]),
        ({"unlike": "^10"}, ["x10", "", None], ["10", "100"]),
        ({"empty": True}, ["", " ", None], ["a", 0, False]),
        ({"empty": False}, ["a", 0, False], ["", "\t", None]),
        ({"is": ["1"]}, [1, 1.0, "1"], [True, "1.0", 10]),
        ({"is": ["true"]}, [True, "TRUE"], [1]),
        ({"is": ["2019-04-03"]}, [dt.date(2019, 4, 3)], ["2019"]),
        ({"is_not": ["a"], "pattern": "b"}, ["ab", "b"], ["a", "c"]),
        ({"pattern": "é"}, ["É".lower()], ["e"]),
        ({"is": []}, [], ["", "a"]),
    ],
)
def test_condition_holds_for_these_cells_and_not_for_those(
    test: object, yes: list[RawCell], no: list[RawCell]
) -> None:
    """Each test of the how-to, on texts, numbers, dates and empty cells."""
    assert [holds(test, cell) for cell in yes] == [True] * len(yes)
    assert [holds(test, cell) for cell in no] == [False] * len(no)


def test_cells_that_python_holds_for_equal_are_asked_apart() -> None:
    """1 and True in one column, whichever comes first."""
    where = msgspec.convert({"kind": ["1"]}, Where)
    asked = compile_where(layout(**FIELDS), where, {"kind": 0, "maker": 1})
    assert asked is not None

    assert [asked([cell]) for cell in (True, 1, 1.0, True, "1", "TRUE")] == [
        False,
        True,
        True,
        False,
        True,
        False,
    ]


def test_all_columns_must_meet_their_conditions() -> None:
    """Two columns are *and*, several values are *or*."""
    where = msgspec.convert({"kind": ["a", "b"], "maker": ["m"]}, Where)
    asked = compile_where(layout(**FIELDS), where, {"kind": 0, "maker": 1})
    assert asked is not None

    assert [asked([kind, maker]) for kind in "abc" for maker in "mn"] == [
        True,
        False,
        True,
        False,
        False,
        False,
    ]


def test_missing_optional_column_is_empty() -> None:
    """It meets `empty = true` and no value."""
    assert holds({"empty": True}, "a", place=NO_COLUMN)
    assert not holds(["a"], "a", place=NO_COLUMN)


def test_word_for_empty_is_empty_and_can_still_be_named() -> None:
    """`empty = true` holds for it, and so does its own spelling."""
    assert holds({"empty": True}, "NIL", empty=("nil",))
    assert holds(["nil"], "NIL", empty=("nil",))


def test_half_a_character_is_no_fault_in_a_pattern() -> None:
    """The engine of patterns knows no halves; the cell is looked at all the same."""
    assert holds({"pattern": "^a"}, "a\ud83d")
    assert not holds({"unlike": "^a"}, "a\ud83d")


def test_no_condition_is_no_question() -> None:
    """A record without `where` is asked nothing."""
    assert compile_where(layout(**FIELDS), {}, {}) is None

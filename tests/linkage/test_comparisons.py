"""How an item and an entry compare, level by level."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.linkage.comparisons import Alike, are_alike, compare_described, compare_serials
from headstamp.linkage.probes import Described

from .register_world import CLASSES, probe

SILENT = Alike("not_stated", "not_stated", "not_stated")


def near(one: str, other: str) -> bool:
    """Return whether two calibres are compatible in this invented world."""
    return {one, other} == {"5.56", ".223"}


@pytest.mark.parametrize(
    ("text", "entry", "level", "n_look_alikes", "n_unread"),
    [
        ("A1024", "A1024", "same", 0, 0),
        ("A1O24", "A1024", "look_alike", 1, 0),
        ("AIO24", "A1024", "look_alike", 2, 0),
        ("A10?4", "A1024", "unread", 0, 1),
        ("A??24", "A1024", "unread", 0, 2),
        ("A1O?4", "A1024", "look_alike", 1, 1),
    ],
)
def test_levels_of_serials(
    text: str, entry: str, level: str, n_look_alikes: int, n_unread: int
) -> None:
    """The same, unread in part, or with look-alikes, which are counted."""
    (reading,) = probe("i", text).readings

    found = compare_serials(reading, entry, SILENT, is_edit=False)

    assert (found.serial, found.n_look_alikes, found.n_unread) == (level, n_look_alikes, n_unread)


@given(st.text("0O1I5SA3", min_size=3, max_size=8), st.data())
def test_look_alikes_are_counted_position_by_position(text: str, data: st.DataObject) -> None:
    """As many as there are positions where the two differ."""
    alike = {sign: one for one in CLASSES for sign in one}
    other = "".join(data.draw(st.sampled_from(alike.get(sign, sign))) for sign in text)
    (reading,) = probe("i", text).readings

    found = compare_serials(reading, other, SILENT, is_edit=False)

    assert found.n_look_alikes == sum(a != b for a, b in zip(text, other, strict=True))


def test_one_edit_away_is_nothing_else() -> None:
    """Also where the lengths differ: no position is compared with another."""
    (reading,) = probe("i", "A1024").readings

    found = compare_serials(reading, "A102", SILENT, is_edit=True)

    assert (found.serial, found.n_look_alikes) == ("edit", 0)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ({"a"}, {"a"}, "agree"),
        ({"a", "b"}, {"b", "c"}, "agree"),
        ({"a"}, {"b"}, "differ"),
        (set(), {"a"}, "not_stated"),
        ({"a"}, set(), "not_stated"),
        (set(), set(), "not_stated"),
    ],
)
def test_levels_of_makers(one: set[str], other: set[str], level: str) -> None:
    """One meaning in common is agreement; what nobody stated differs from nothing."""
    assert _compared(makers=(one, other)) == (level, "not_stated", "not_stated")


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ({"r1"}, {"r1", "r2"}, "agree"),
        ({"r1"}, {"r2"}, "differ"),
        ({"text:tarn"}, {"text:tarn"}, "agree"),
        ({"text:tarn"}, {"text:tarnii"}, "compatible"),
        ({"text:tarnii"}, {"text:tarn"}, "compatible"),
        ({"text:tarn"}, {"text:vend"}, "differ"),
        ({"r1"}, {"text:r1long"}, "compatible"),
        ({"r1"}, {"text:vend"}, "not_stated"),
        (set(), {"r1"}, "not_stated"),
    ],
)
def test_levels_of_models(one: set[str], other: set[str], level: str) -> None:
    """A name that no table knows may be within another, and differs surely only from its like."""
    assert _compared(models=(one, other)) == ("not_stated", level, "not_stated")
    assert are_alike(frozenset(one), frozenset(other)) is (level != "differ")


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ({"5.56"}, {"5.56"}, "agree"),
        ({"5.56"}, {".223"}, "compatible"),
        ({"9"}, {".223", "5.56"}, "differ"),
        ({"9", "5.56"}, {".223"}, "compatible"),
        (set(), {"9"}, "not_stated"),
    ],
)
def test_levels_of_calibres(one: set[str], other: set[str], level: str) -> None:
    """Compatible where the table says so of some two of them."""
    assert _compared(calibres=(one, other)) == ("not_stated", "not_stated", level)


def _compared(**told: tuple[set[str], set[str]]) -> tuple[str, str, str]:
    sides = [
        msgspec.structs.replace(
            Described(), **{what: frozenset(pair[side]) for what, pair in told.items()}
        )
        for side in (0, 1)
    ]
    alike = compare_described(sides[0], sides[1], near=near)
    (reading,) = probe("i", "A1024").readings

    found = compare_serials(reading, "A1024", alike, is_edit=False)

    assert found.serial == "same"
    return found.maker, found.model, found.calibre

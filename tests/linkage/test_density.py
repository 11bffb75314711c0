"""How crowded a register is, against counting one number after the other."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headstamp.casebook.own_records import part_of_lines
from headstamp.linkage.density import Density, is_ubiquitous
from headstamp.marks.packed import pack_all

from .register_world import entry, held, probe, proposed, register_of, with_keys

WRITTEN: Mapping[str, frozenset[str]] = {
    "A": frozenset("a"),
    "A Works": frozenset("a"),
    "B": frozenset("b"),
    "A or B": frozenset("ab"),
    "nobody": frozenset(),
}
"""How makers are written, and who may be meant."""
CODES = {name: number for number, name in enumerate(WRITTEN)}

Rows = Sequence[tuple[str, str | None]]
NUMBERS = st.one_of(
    st.integers(0, 30).map(lambda n: f"A{n:04}"),
    st.integers(990, 1_030).map(lambda n: f"A{n:04}"),
    st.integers(0, 9_999).map(lambda n: f"{n:05}"),
    st.integers(0, 99_999).map(lambda n: f"{n:05}"),
)
ROWS = st.lists(st.tuples(NUMBERS, st.sampled_from([*WRITTEN, None])), max_size=60)
ASKED = st.sampled_from([None, frozenset("a"), frozenset("b"), frozenset("ab"), frozenset("z")])


def density(rows: Rows) -> Density:
    """Return the density of these numbers, each with its maker as written."""
    named = [-1 if maker is None else CODES[maker] for _, maker in rows]
    makers = {CODES[name]: ids for name, ids in WRITTEN.items()}
    return Density(pack_all([text for text, _ in rows]), np.array(named, dtype=np.int64), makers)


def numbers_of(rows: Rows, makers: frozenset[str] | None) -> list[str]:
    """Return the numbers of each of these makers, each once a maker; of all, once for each."""
    if makers is None:
        whose = {(text, frozenset(WRITTEN[name]) if name else None) for text, name in rows}
        return sorted(text for text, _ in whose)
    return [
        text
        for maker in sorted(makers)
        for text in sorted({text for text, name in rows if name and maker in WRITTEN[name]})
    ]


@given(ROWS, NUMBERS, ASKED)
def test_crowding_is_the_densest_share_around_a_number(
    rows: Rows, number: str, makers: frozenset[str] | None
) -> None:
    """Of the thousand, the ten thousand … that share its first digits, how many others are taken.

    Of the whole series one half of a number more.
    """
    others = numbers_of(rows, makers)
    if number in others:
        others.remove(number)
    n_digits = len(number.removeprefix("A"))
    shares = [
        sum(one[: len(number) - n] == number[: len(number) - n] for one in others
            if len(one) == len(number)) / 10**n
        for n in range(3, n_digits)
    ]  # fmt: skip
    alike = [one for one in others if one.startswith("A") is number.startswith("A")]
    shares.append((len(alike) + 0.5) / 10**n_digits)

    assert density(rows).crowding(number, makers) == pytest.approx(min(1.0, max(shares)))


@given(ROWS, NUMBERS, st.sampled_from([frozenset("a"), frozenset("b"), frozenset("ab")]))
def test_numbers_of_makers_that_do_not_count_are_left_out_once(
    rows: Rows, number: str, without: frozenset[str]
) -> None:
    """Of a number that one of these makers has, one object is no other's, and only one."""
    others = numbers_of(rows, None)
    for text in sorted(set(numbers_of(rows, without))):
        others.remove(text)
    if number in others:
        others.remove(number)
    alike = [one for one in others if one.startswith("A") is number.startswith("A")]
    n_digits = len(number.removeprefix("A"))
    shares = [sum(one[:-n] == number[:-n] for one in alike) / 10**n for n in range(3, n_digits)]

    found = density(rows).crowding(number, None, without=without)

    whole = (len(alike) + 0.5) / 10**n_digits
    assert found == pytest.approx(min(1.0, max([*shares, whole])))


@given(ROWS)
def test_shared_numbers_are_those_of_several_makers(rows: Rows) -> None:
    """Among numbers of makers who are surely one; a name that may be two says nothing."""
    makers_of: dict[str, set[str]] = {}
    for text, name in rows:
        if name and len(WRITTEN[name]) == 1:
            makers_of.setdefault(text, set()).update(WRITTEN[name])
    n_shared = sum(len(makers) > 1 for makers in makers_of.values())

    found = density(rows)

    assert found.n_distinct == len(makers_of)
    assert found.share_of_shared == pytest.approx(n_shared / len(makers_of) if makers_of else 1.0)


@pytest.mark.parametrize("number", ["ABCDEF", "A10244444444X", "A1024444444444"])
def test_around_what_has_no_number_nothing_is_known(number: str) -> None:
    """Then others are everywhere: no digits at all, or more signs than the axis has places."""
    assert density([(number, "A")]).crowding(number, None) == 1.0


def test_digits_before_a_letter_behind_are_the_ones_that_run() -> None:
    """The neighbours of A1000X are A1001X to A1999X, not A1000Y alone."""
    rows = [(f"A1{n:03}X", "A") for n in range(500)]

    found = density(rows).crowding("A1000X", frozenset("a"))

    assert found == pytest.approx(499 / 1_000)


@given(st.text("0123456789A", min_size=1, max_size=6))
def test_a_number_that_stands_where_there_is_none(text: str) -> None:
    """All signs alike, or counting up or down; and every number of less than four signs."""
    steps = [ord(after) - ord(before) for before, after in pairwise(text)]
    wanted = len(text) < 4 or any(steps == [step] * len(steps) for step in (0, 1, -1))

    assert is_ubiquitous(text) is wanted


# --- of a register ------------------------------------------------------------------------------


CELLS = st.lists(
    st.tuples(
        st.sampled_from(["A1004", "A1014", "B2004"]),
        st.lists(st.sampled_from(["A1004", "B2004", "C3004"]), unique=True, max_size=2),
    ),
    max_size=8,
)


@given(CELLS, CELLS)
@settings(max_examples=10)  # Each asks the engine anew.
def test_numbers_beside_others_are_counted_by_what_they_stand_beside(
    first: list[tuple[str, list[str]]], second: list[tuple[str, list[str]]]
) -> None:
    """How many different numbers stand before it in its cells, in all parts of the register."""
    parts = [
        with_keys(
            part_of_lines([entry(f"e{n}") for n in range(len(cells))]),
            [(n, text, step) for n, (best, others) in enumerate(cells)
             for step, text in enumerate([best, *others])],
        )
        for cells in (first, second)
    ]  # fmt: skip

    found = held(*parts).density

    for number in ("A1004", "A1014", "B2004", "C3004"):
        beside = {best for best, others in first + second if number in others and best != number}
        assert found.n_bearing(number) == len(beside)


@given(st.lists(NUMBERS, max_size=12), st.integers(0, 12))
@settings(max_examples=5)
def test_the_parts_of_a_register_are_one_crowd(numbers: list[str], cut: int) -> None:
    """How a register was loaded, in one file or in several, makes no difference."""
    entries = [entry(f"e{n}", text, maker="a") for n, text in enumerate(numbers)]

    whole, parted = (
        register_of(entries).density,
        register_of(entries[:cut], entries[cut:]).density,
    )

    for number in [*numbers, "A0005", "01000"]:
        for makers in (None, frozenset("a")):
            assert parted.crowding(number, makers) == whole.crowding(number, makers)


def test_only_the_best_number_of_a_cell_takes_room() -> None:
    """What a cell may say as well is looked up, and crowds nobody."""
    part = part_of_lines([entry("e", maker="a")])
    register = held(with_keys(part, [(0, "A1024", 0), (0, "B2004", 1)]))

    assert register.density.n_distinct == 1
    assert register.density.crowding("A1025", frozenset("a")) == pytest.approx(1 / 1_000)
    assert register.density.crowding("B2005", frozenset("a")) == pytest.approx(0.5 / 10_000)


def test_a_register_without_numbers_crowds_nothing() -> None:
    """And a lot in it is found all the same."""
    register = register_of([entry("e", lot="A12", maker="a")])

    assert register.density.n_distinct == 0
    assert [one.other_id for one in proposed([probe("i", lots=["A12"], maker="a")], register)] == [
        "e"
    ]


def test_the_numbers_of_a_maker_left_out_do_not_crowd() -> None:
    """Two makers have the hundred numbers around; without one of them the other's remain."""
    rows: Rows = [(f"A{n:05}", name) for n in range(100) for name in ("A", "B")]
    found = density(rows).crowding("A00050", None, without=frozenset("a"))

    assert found == density([row for row in rows if row[1] == "B"]).crowding("A00050", None)
    assert found == 99 / 1000

"""Entries that come into question, against looking at every pair of an item and an entry."""

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.casebook.own_records import part_of_lines
from headstamp.engines.duckdb import Asking
from headstamp.linkage.blocking import edit_hits, lot_hits, range_hits, serial_hits
from headstamp.linkage.density import is_ubiquitous
from headstamp.linkage.probes import Probe
from headstamp.marks.packed import pack
from headstamp.terms.register import RegisterEntry

from .register_world import (
    FOLDED,
    FOLDED_SIGNS,
    SIGNS,
    TEXTS,
    all_filled,
    entry,
    held,
    looking_alike,
    may_be,
    one_edit_away,
    probe,
    question_of,
    register_of,
    with_keys,
)

_SHORT = st.text("0O1I5?A", min_size=1, max_size=4).map(lambda text: text + "4")
_LONG = st.text("0A", min_size=9, max_size=13).map(lambda text: text + "4")
READINGS = st.lists(st.one_of(_SHORT, TEXTS, _LONG), max_size=3, unique=True)
SERIALS = st.one_of(_SHORT.map(lambda text: text.replace("?", "3")), TEXTS, _LONG)


@pytest.fixture(scope="module")
def asking() -> Iterator[Asking]:
    """Return one connection for all questions of this file."""
    with Asking() as one:
        yield one


@given(
    items=st.lists(READINGS, max_size=5),
    first=st.lists(SERIALS, max_size=8),
    second=st.lists(SERIALS, max_size=4),
)
def test_entries_under_one_key_are_those_that_may_be_it(
    items: list[list[str]], first: list[str], second: list[str], asking: Asking
) -> None:
    """Sign by sign the same, a look-alike or unread: every such pair is found, and no other."""
    probes = [probe(f"i{n}", *texts) for n, texts in enumerate(items)]
    parts = [[entry(f"e{n}", text) for n, text in enumerate(some)] for some in (first, second)]

    hits = list(serial_hits(question_of(probes), register_of(*parts), asking))

    found = {(hit.probe, hit.reading, hit.part, hit.place, hit.exact, hit.penalty) for hit in hits}
    assert found == {
        (n, at, part, place, pack(text), 0)
        for n, one in enumerate(probes)
        for at, reading in enumerate(one.readings)
        for part, some in enumerate((first, second))
        for place, text in enumerate(some)
        if may_be(reading.key, text)
    }
    assert len(found) == len(hits)
    assert not any(hit.is_edit for hit in hits)


@given(
    texts=st.lists(SERIALS, min_size=1, max_size=4),
    serials=st.lists(SERIALS, max_size=4),
    changes=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 400)), max_size=6),
)
def test_entries_one_edit_away_are_those_that_trying_finds(
    texts: list[str], serials: list[str], changes: list[tuple[int, int]], asking: Asking
) -> None:
    """Of keys of five to twelve signs: another sign, one less, one more, two changed over."""
    probes = [probe(f"i{n}", text) for n, text in enumerate(texts)]
    edits = [list(one_edit_away(text, SIGNS)) for text in texts]
    serials = serials + [edits[n % len(texts)][at % 150 % len(edits[n % len(texts)])]
                         for n, at in changes]  # fmt: skip
    part = with_keys(part_of_lines([entry(f"e{n}") for n in range(len(serials))]),
                     [(n, text, 0) for n, text in enumerate(serials)])  # fmt: skip

    hits = list(edit_hits(question_of(probes), held(part), asking, of=range(len(probes))))

    assert {(hit.probe, hit.place) for hit in hits} == {
        (n, place)
        for n, text in enumerate(texts)
        for place, serial in enumerate(serials)
        if 5 <= len(text) <= 12
        and not is_ubiquitous(text)
        and len(serial) <= 12
        and serial.translate(FOLDED) in set(one_edit_away(text.translate(FOLDED), FOLDED_SIGNS))
    }
    assert all(hit.is_edit for hit in hits)


@pytest.mark.parametrize(
    "serial", ["A1024", "A1O24", "AI024", "X1024", "A124", "A10024", "A0124", "A1042"]
)
def test_each_kind_of_slip_is_found(serial: str, asking: Asking) -> None:
    """The number, two look-alikes of it, and the five ways of being one edit away."""
    question, register = question_of([probe("i", "A1024")]), register_of([entry("e", serial)])

    hits = [*serial_hits(question, register, asking)]
    hits += edit_hits(question, register, asking, of=[0])

    assert [(hit.place, hit.exact) for hit in hits] == [(0, pack(serial))]


def test_several_serials_of_one_cell_each_find_it(asking: Asking) -> None:
    """And it is told how many steps from the cell each is."""
    part = with_keys(part_of_lines([entry("e")]), [(0, "A10244", 0), (0, "B77774", 2)])
    question = question_of([probe("i1", "A10244"), probe("i2", "8777?4")])

    hits = list(serial_hits(question, held(part), asking))

    assert [(hit.probe, hit.place, hit.penalty) for hit in hits] == [(0, 0, 0), (1, 0, 2)]


# --- ranges -----------------------------------------------------------------------------------


AFFIXES = st.sampled_from([("", ""), ("A", ""), ("", "X"), ("19A", ""), ("O", "X5")])
WIDTHS = st.sampled_from([1, 2, 9, 10, 100, 128, 1_000, 4_096, 65_537, 1_000_000, 10_000_000])


@st.composite
def ranges(draw: st.DrawFn) -> tuple[str, str, int, int]:
    """Draw a range of eight digits: what stands around the number, the first and the last."""
    before, after = draw(AFFIXES)
    first = draw(st.sampled_from([0, 1_000, 4_095, 65_536, 9_999_999, 20_000_000]))
    first += draw(st.integers(0, 20))
    return before, after, first, first + draw(WIDTHS) - 1


def _ends(one: tuple[str, str, int, int]) -> dict[str, str | None]:
    before, after, first, last = one
    return {
        "serial_from": f"{before}{first:08}{after}",
        "serial_to": f"{before}{last:08}{after}",
    }


def _is_in(text: str, one: tuple[str, str, int, int]) -> bool:
    before, after, first, last = one
    number = text[len(before) : len(text) - len(after)]
    return (
        text == f"{before}{number}{after}"
        and len(number) == 8
        and number.isdecimal()
        and first <= int(number) <= last
    )


def _as_read(one: tuple[str, str, int, int], offset: int, unread: Sequence[int], alike: int) -> str:
    """Return a number near an end of a range, some signs unread, one perhaps a look-alike."""
    before, after, first, last = one
    number = max(0, (first if offset % 2 else last) + offset - 3)
    signs = list(f"{before}{number:08}{after}")
    for place in unread:
        signs[place % len(signs)] = "?"
    text = "".join(signs)
    others = [other for other in looking_alike(text) if "?" not in text]
    return others[alike % len(others)] if others and alike else text


@given(data=st.data(), some=st.lists(ranges(), min_size=1, max_size=8))
def test_ranges_that_hold_a_number_are_those_that_trying_finds(
    data: st.DataObject, some: list[tuple[str, str, int, int]], asking: Asking
) -> None:
    """However wide they are and however they overlap; each told with how many numbers it holds.

    Where no range holds a number as it was read, one sign may be a look-alike.
    """
    cut = data.draw(st.integers(0, len(some)))
    parts = [
        [entry(f"e{n}", **_ends(one)) for n, one in enumerate(those)]
        for those in (some[:cut], some[cut:])
    ]
    near = st.tuples(
        st.sampled_from(some),
        st.integers(0, 6),
        st.lists(st.integers(0, 12), max_size=3),
        st.integers(0, 5),
    )
    texts = [_as_read(*one) for one in data.draw(st.lists(near, min_size=1, max_size=3))]
    probes = [probe(f"i{n}", text) for n, text in enumerate(texts)]

    hits = list(range_hits(question_of(probes), register_of(*parts), asking))

    found = {
        (hit.probe, hit.part, hit.place): (hit.n_changed, hit.n_in, hit.n_filled) for hit in hits
    }
    assert len(found) == len(hits)
    assert found == _by_trying(probes, (some[:cut], some[cut:]))


def _by_trying(
    probes: Sequence[Probe], parts: Sequence[Sequence[tuple[str, str, int, int]]]
) -> dict[tuple[int, int, int], tuple[int, int, int]]:
    found: dict[tuple[int, int, int], tuple[int, int, int]] = {}
    for n, one in enumerate(probes):
        for reading in one.readings:
            text = reading.key
            ways = [(0, all_filled(text))]
            if "?" not in text:
                ways.append((1, list(looking_alike(text))))
            for n_changed, keys in ways:
                held_by = {
                    (n, part, place): (n_changed, n_in, 10 ** text.count("?"))
                    for part, those in enumerate(parts)
                    for place, extent in enumerate(those)
                    if (n_in := sum(_is_in(key, extent) for key in keys))
                }
                found |= held_by
                if held_by:
                    break
    return found


@pytest.mark.parametrize("width", [1, 2, 3, 7, 8, 9, 127, 128, 129, 4_096, 10_000_000])
@pytest.mark.parametrize("first", [0, 1, 127, 128, 129, 8_191])
def test_the_ends_of_a_range_are_in_it_and_their_neighbours_are_not(
    first: int, width: int, asking: Asking
) -> None:
    """Wherever it begins and whatever its width: nothing is lost at the edge of a bin."""
    last = first + width - 1
    numbers = [n for n in (first - 1, first, (first + last) // 2, last, last + 1) if n >= 0]
    question = question_of([probe(f"i{n}", f"A{n:09}") for n in numbers])
    ends = {"serial_from": f"A{first:09}", "serial_to": f"A{last:09}"}

    hits = [
        hit.probe
        for hit in range_hits(question, register_of([entry("e", **ends)]), asking)
        if not hit.n_changed
    ]

    assert [numbers[n] for n in hits] == [n for n in numbers if first <= n <= last]


@pytest.mark.parametrize(
    ("texts", "places"),
    [
        (["A1001"], [(0, 0)]),
        (["A100I"], [(0, 1)]),
        (["A7OO1"], []),
        (["B1001", "A100I"], []),
        (["A100I", "A7001"], [(1, 0)]),
        (["A10?1"], [(0, 0)]),
        (["A70?I"], []),
    ],
)
def test_look_alikes_are_for_numbers_that_no_range_holds(
    texts: list[str], places: list[tuple[int, int]], asking: Asking
) -> None:
    """One sign of the best reading, where no reading lies in any range, and none is unread."""
    ends: list[dict[str, str | None]] = [
        {"serial_from": "A1000", "serial_to": "A1009"},
        {"serial_from": "A7000", "serial_to": "A7009"},
    ]
    register = register_of(*([entry(f"e{n}", **one)] for n, one in enumerate(ends)))

    hits = list(range_hits(question_of([probe("i", *texts)]), register, asking))

    assert [(hit.reading, hit.n_changed) for hit in hits] == places


@pytest.mark.parametrize(
    ("of_item", "of_entries", "is_found"),
    [
        ("a", ("a",), True),
        ("b", ("a",), False),
        ("b", ("a", "b"), True),
        ("b", ("a", None), True),
        (None, ("a",), True),
    ],
)
def test_a_range_of_other_makers_alone_says_nothing(
    of_item: str | None,
    of_entries: Sequence[str | None],
    is_found: bool,  # noqa: FBT001 - a row of the table
    asking: Asking,
) -> None:
    """Unless a range names no maker, or nobody knows who made the item."""
    ends: dict[str, str | None] = {"serial_from": "A10000", "serial_to": "A10099"}
    entries = [entry(f"e{n}", maker=maker, **ends) for n, maker in enumerate(of_entries)]

    hits = list(
        range_hits(question_of([probe("i", "A10050", maker=of_item)]), register_of(entries), asking)
    )

    assert bool(hits) is is_found


# --- lots -------------------------------------------------------------------------------------


LOTS = st.text("0O1IA2", min_size=1, max_size=4)


@given(
    items=st.lists(st.lists(st.one_of(LOTS, st.just("A?1"), st.just("A*")), max_size=3)),
    lots=st.lists(LOTS, max_size=8),
)
def test_lots_are_found_under_one_key(
    items: list[list[str]], lots: list[str], asking: Asking
) -> None:
    """Equal but for look-alikes; a lot that was not read in full finds none."""
    probes = [probe(f"i{n}", lots=texts) for n, texts in enumerate(items)]
    entries: list[RegisterEntry] = [entry(f"e{n}", lot=lot) for n, lot in enumerate(lots)]

    hits = list(lot_hits(question_of(probes), register_of(entries), asking))

    assert {(hit.probe, probes[hit.probe].lots[hit.lot].key, hit.place) for hit in hits} == {
        (n, text.translate(FOLDED), place)
        for n, texts in enumerate(items)
        for text in texts
        if not {"?", "*"} & set(text)
        for place, lot in enumerate(lots)
        if text.translate(FOLDED) == lot.translate(FOLDED)
    }
    assert len(set(hits)) == len(hits)

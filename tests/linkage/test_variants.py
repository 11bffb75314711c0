"""Keys under which an item is looked up, against writing every one out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.linkage.density import is_ubiquitous
from headstamp.linkage.variants import filled
from headstamp.marks.packed import pack

from .register_world import (
    DIGITS,
    FOLDED,
    FOLDED_SIGNS,
    TEXTS,
    all_filled,
    one_edit_away,
    probe,
    question_of,
)

READINGS = st.lists(
    st.text("0O1IA?X3Ж", min_size=1, max_size=14).map(lambda text: text + "4"), max_size=2
)


@given(st.text("AB01?", max_size=8))
def test_unread_positions_are_filled_with_every_sign(key: str) -> None:
    """Up to two with any sign, three with digits; more are no question."""
    n_unread = key.count("?")
    signs = "01AB" if n_unread <= 2 else DIGITS
    wanted = all_filled(key, signs) if n_unread <= 3 else []

    assert list(filled(key, "01AB")) == wanted


@given(st.lists(READINGS, max_size=4))
def test_every_reading_is_looked_up_under_all_its_keys(items: list[list[str]]) -> None:
    """Of every item, and beside each key stands which reading of which item it is of."""
    probes = [probe(f"i{n}", *texts) for n, texts in enumerate(items)]
    found = question_of(probes).plain

    told = zip(found.probe.tolist(), found.reading.tolist(), found.key.tolist(), strict=True)
    wanted = [
        (number, place, pack(key))
        for number, one in enumerate(probes)
        for place, reading in enumerate(one.readings)
        if reading.key.count("?") <= 3
        for key in all_filled(
            reading.key.translate(FOLDED),
            FOLDED_SIGNS if reading.key.count("?") <= 2 else DIGITS,
        )
    ]
    assert sorted(told) == sorted(wanted)
    assert not found.is_edit


@given(st.lists(TEXTS, min_size=1, max_size=3), st.lists(st.integers(0, 2), unique=True))
def test_edits_are_made_of_those_items_that_are_asked(texts: list[str], of: list[int]) -> None:
    """Every key one edit away from the best reading, of the items named and of no others."""
    probes = [probe(f"i{n}", text, "99A994") for n, text in enumerate(texts)]
    asked = [number for number in of if number < len(probes)]

    some = question_of(probes).edited(asked)

    told = (some.probe.tolist(), some.reading.tolist(), some.key.tolist())
    found = set(zip(*told, strict=True))

    assert found == {
        (number, 0, pack(key))
        for number in asked
        if len(texts[number]) >= 5 and not is_ubiquitous(texts[number])
        for key in one_edit_away(texts[number].translate(FOLDED), FOLDED_SIGNS)
    }


@pytest.mark.parametrize(
    ("text", "is_edited"),
    [
        ("A1024", True),
        ("A102", False),
        ("A10?4", False),
        ("33333", False),
        ("123456", False),
        ("654321", False),
        ("A10240000000", True),
        ("A102400000000", False),
    ],
)
def test_which_readings_are_edited(text: str, is_edited: bool) -> None:  # noqa: FBT001 - a row of the table
    """Neither short ones, nor what is unread, nor what people write where there is none."""
    assert bool(len(question_of([probe("i", text)]).edited([0]).key)) is is_edited


def test_more_items_than_are_edited_at_once_are_all_edited() -> None:
    """Some thousand at a time, and none twice or not at all."""
    probes = [probe(f"i{n}", f"A{n:05}X4") for n in range(2_003)]

    found = question_of(probes).edited(range(2_003))

    assert sorted(set(found.probe.tolist())) == list(range(2_003))


def test_a_question_without_some_items_is_about_the_others() -> None:
    """And where none of them is in it, it is the same question."""
    question = question_of([probe("i1", "A1"), probe("i2", "A2")])

    assert [one.item_id for one in question.without({"i1"}).probes] == ["i2"]
    assert question.without({"i9"}) is question

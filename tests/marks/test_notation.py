"""What a transcription says, against worked tables and brute force."""

import tracemalloc
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.marks.notation import SPECIAL, mark_key, parse_mark, readings
from headstamp.terms.errors import UnreadableMarkError

PIECES = st.one_of(
    st.sampled_from(["A", "b", "7", "-", " ", "Ж", "٣", "工", "e\u0301", "?", "*"]),
    st.sampled_from([r"\?", r"\{", r"\*", r"\\", "}"]),
    st.lists(st.sampled_from(["5", "S", "O", r"\?", r"\}"]), min_size=1, max_size=3).map(
        lambda letters: "{" + "".join(letters) + "}"
    ),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("",)]),
        ("AB12", [("A", "B", "1", "2")]),
        ("1?3", [("1", "?", "3")]),
        ("{5S}2", [("5", "2"), ("S", "2")]),
        ("{X}", [("X",)]),
        ("{55}{5S}", [("5", "5"), ("5", "S")]),
        ("A*", [("A", "*")]),
        (r"\?\*", [(r"\?", r"\*")]),
        (r"\{\\", [(r"\{", r"\\")]),
        ("a}b", [("a", "}", "b")]),
        (r"{\}5}", [("}",), ("5",)]),
        ("Ж٣工", [("Ж", "٣", "工")]),
        ("e\u03012", [("e\u0301", "2")]),
    ],
)
def test_readings_of_each_sign(text: str, expected: list[tuple[str, ...]]) -> None:
    """Each sign of the notation reads as the table of the exchange format says."""
    assert readings(text) == tuple("".join(reading) for reading in expected)


def test_readings_stand_best_first() -> None:
    """Fewest second choices first; among equals, the first choices are kept longest."""
    assert readings("{5S}{0O}{1I}") == (
        *("501", "50I", "5O1", "S01"),
        *("5OI", "S0I", "SO1"),
        "SOI",
    )


@given(st.lists(PIECES, max_size=5).map("".join))
def test_readings_are_all_choices_and_each_once(text: str) -> None:
    """Readings are the product of the alternatives, found by brute force."""
    spelled = [
        ["\\" + a if a in SPECIAL else a for a in position.alternatives]
        or ["?" if position.kind == "illegible" else "*"]
        for position in parse_mark(text)
    ]
    every = {"".join(choice) for choice in product(*spelled)}

    found = readings(text, limit=1_000)

    assert set(found) == every
    assert len(found) == len(every)
    assert readings(text, limit=3) == found[:3]


@given(st.lists(PIECES, max_size=8).map("".join))
def test_a_reading_has_one_reading(text: str) -> None:
    """A reading is itself in the notation: read again, it says the same, escapes included."""
    assert all(readings(reading) == (reading,) for reading in readings(text))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("AB{5S", "never closed"),
        ("{", "never closed"),
        ("{}", "empty braces"),
        ("{5?}", "inside braces"),
        ("{5{S}}", "inside braces"),
        ("{*}", "inside braces"),
        ("A\\", "stands before nothing"),
        (r"A\B", "stands before nothing"),
        ("{\\", "stands before nothing"),
    ],
)
def test_a_broken_transcription_is_refused_with_a_remedy(text: str, problem: str) -> None:
    """What breaks the notation is refused, told with the text and what to write."""
    with pytest.raises(UnreadableMarkError) as caught:
        readings(text)

    assert problem in caught.value.message
    assert repr(text) in caught.value.message
    assert caught.value.hint


@given(st.text(alphabet=st.sampled_from("A5?*{}\\ -é\u0301"), max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text makes the reader fail in another way than its own error."""
    try:
        found = readings(text, limit=10)
    except UnreadableMarkError:
        return

    assert 1 <= len(found) <= 10


def test_many_doubtful_characters_cost_little() -> None:
    """Thousands of doubtful characters give the best readings and no flood of memory."""
    text = "{5S}" * 3_000
    parse_mark(text)
    tracemalloc.start()
    try:
        found = readings(text)
        n_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert len(found) == 64
    assert found[:2] == ("5" * 3_000, "5" * 2_999 + "S")
    assert n_bytes < 10_000_000


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ab-12 34", "AB1234"),
        ("AB1234", "AB1234"),
        ("a.b/c_d", "ABCD"),
        ("{5S}2", "52"),
        ("1?3", "1?3"),
        ("12*", "12*"),
        (r"1\?3", r"1\?3"),
        ("ж-٣", "ж٣"),
        ("e\u0301", "\u00e9"),
        ("i\u0130", "I\u0130"),
        ("*", None),
        ("??", None),
        ("", None),
        (" - ", None),
    ],
)
def test_keys(text: str, key: str | None) -> None:
    """Keys fold case of A to Z and drop separators; nothing legible has no key."""
    assert mark_key(text) == key


def test_an_illegible_and_a_written_question_mark_have_two_keys() -> None:
    """A character that cannot be read is not the character `?`."""
    assert mark_key("A?") != mark_key(r"A\?")

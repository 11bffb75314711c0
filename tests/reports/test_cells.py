import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from headstamp.reports.cells import (
    field,
    isolate,
    join_words,
    number_of,
    sets_of,
    text_of,
    texts_of,
    visible,
)


@given(st.text())
def test_nothing_that_steers_or_hides_is_left(text: str) -> None:
    """Whatever a cell holds, what is shown has no control and no direction character."""
    shown = visible(text)

    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200f")


@given(st.text())
def test_a_field_is_one_element_whatever_it_holds(text: str) -> None:
    """Field text cannot open or close an element."""
    inner = str(field(text)).removeprefix("<bdi>").removesuffix("</bdi>")

    assert "<" not in inner
    assert ">" not in inner


def test_right_to_left_text_is_isolated_where_no_element_can_be() -> None:
    """In titles and drawings a run of Arabic stands between isolates."""
    assert isolate("بندقية") == "\u2068بندقية\u2069"
    assert isolate("rifle") == "rifle"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("a;b", ("a", "b")), (["a", "b"], ("a", "b")), ('["a","b"]', ("a", "b")), (None, ())],
)
def test_lists_are_read_in_each_of_their_forms(
    cell: str | list[str] | None, expected: tuple[str, ...]
) -> None:
    """A list may come as a list, as JSON text or joined by semicolons."""
    assert texts_of({"x": cell}, "x") == expected


def test_sets_are_read_as_lists_and_as_json() -> None:
    """Supporting sets are lists of lists of ids in either form."""
    assert sets_of({"x": [["a", "b"], ["c"]]}, "x") == (("a", "b"), ("c",))
    assert sets_of({"x": '[["a"]]'}, "x") == (("a",),)
    assert sets_of({}, "x") == ()


def test_an_absent_column_is_empty_and_no_zero() -> None:
    """Not recorded is the empty text, and no number."""
    assert text_of({}, "x") == ""
    assert number_of({}, "x") is None
    assert number_of({"x": 0}, "x") == 0


def test_words_are_joined_as_one_speaks() -> None:
    """The last of several is joined by a word."""
    parts = [Markup("a"), Markup("b"), Markup("c")]

    assert join_words(parts[:1]) == "a"
    assert join_words(parts[:2], last="or") == "a or b"
    assert join_words(parts) == "a, b and c"

"""Which states and texts cannot both be meant."""

from typing import get_args

import pytest

from headstamp.marks.states import STATE_RULES, contradiction
from headstamp.terms.mark import MarkState

NONE, UNREAD, PART, FULL = None, "??*", "12?4", "12{34}"


@pytest.mark.parametrize(
    ("state", "contradicted"),
    [
        ("legible", {NONE, UNREAD, PART}),
        ("partial", {UNREAD}),
        ("illegible", {PART, FULL}),
        ("removed", set()),
        ("overstamped", set()),
        ("never_marked", {UNREAD, PART, FULL}),
        ("not_recorded", {UNREAD, PART, FULL}),
    ],
)
def test_each_state_contradicts_what_it_must(
    state: MarkState, contradicted: set[str | None]
) -> None:
    """The table, text by text: a contradiction is told in words."""
    found = {text for text in (NONE, UNREAD, PART, FULL) if contradiction(state, text)}

    assert found == contradicted


def test_every_state_has_a_rule() -> None:
    """No state of a mark is left out of the table."""
    assert set(STATE_RULES) == set(get_args(MarkState))


def test_an_empty_text_is_no_text() -> None:
    """An empty text and none are the same: nothing was transcribed."""
    assert contradiction("never_marked", "") is None

"""Does the state of a mark agree with its text? The contradictions, as data.

The seven states are seven different things. A contradiction is said and never repaired:
both the state and the text stand as they were recorded.
"""

from typing import Literal

import msgspec

from headstamp.marks.notation import parse_mark
from headstamp.terms.mark import MarkState

TextKind = Literal["none", "unread", "part", "full"]


class StateRule(msgspec.Struct, frozen=True, kw_only=True):
    """Which kinds of text contradict a state, and what that looks like in words.

    Kinds: ``none`` no text; ``unread`` nothing but ``?`` and ``*``; ``part`` both these and
    characters; ``full`` characters only (``{5S}`` counts as one).
    """

    contradicts: frozenset[TextKind]
    because: str


STATE_RULES: dict[MarkState, StateRule] = {
    "legible": StateRule(
        contradicts=frozenset({"none", "unread", "part"}),
        because="a legible mark is transcribed whole, without ? or *",
    ),
    "partial": StateRule(
        contradicts=frozenset({"unread"}),
        because="of a partial mark some characters are read",
    ),
    "illegible": StateRule(
        contradicts=frozenset({"part", "full"}),
        because="of an illegible mark no character is read",
    ),
    "removed": StateRule(contradicts=frozenset(), because=""),
    "overstamped": StateRule(contradicts=frozenset(), because=""),
    "never_marked": StateRule(
        contradicts=frozenset({"unread", "part", "full"}),
        because="where nothing was ever marked there is no text",
    ),
    "not_recorded": StateRule(
        contradicts=frozenset({"unread", "part", "full"}),
        because="a mark with a text was recorded",
    ),
}


def contradiction(state: MarkState, text: str | None) -> str | None:
    """Return in words why a state and a text cannot both be meant; None if they can.

    >>> contradiction("never_marked", "1234")
    'where nothing was ever marked there is no text'

    Raises:
        UnreadableMarkError: The text breaks the notation.
    """
    rule = STATE_RULES[state]
    return rule.because if _kind_of(text) in rule.contradicts else None


def _kind_of(text: str | None) -> TextKind:
    if not text:
        return "none"
    kinds = {position.kind in {"illegible", "gap"} for position in parse_mark(text)}
    if kinds == {True}:
        return "unread"
    return "full" if kinds == {False} else "part"

r"""What does a transcription say? The notation of marks, read position by position.

``?`` is one character that cannot be read, ``{5S}`` one that reads 5 or else S, ``{X}``
one that reads X uncertainly, ``*`` an unknown number of unreadable characters; ``\`` makes
the next character itself. A character is a code point with the combining marks after it.
"""

import heapq
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

import msgspec

from headstamp.terms.errors import UnreadableMarkError

PositionKind = Literal["read", "uncertain", "illegible", "gap"]

SPECIAL = frozenset("?{*\\")
"""What must be escaped to stand for itself."""
_ESCAPABLE = SPECIAL | {"}"}
_NOT_IN_BRACES = frozenset("?*{")
_SEPARATORS = frozenset(" -/._,·'\u00a0\u2010\u2011\u2012\u2013\u2014\u2212\t")
_UPPER = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_SHOWN_CHARACTERS = 60


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """One place of a transcription: what it reads, in the order the reader thought likely.

    ``alternatives`` is empty for an illegible character and for a gap of unknown length.
    """

    kind: PositionKind
    alternatives: tuple[str, ...] = ()


_ILLEGIBLE = Position(kind="illegible")
_GAP = Position(kind="gap")


@lru_cache(maxsize=65_536)
def parse_mark(text: str) -> tuple[Position, ...]:
    r"""Return the positions of a transcription, left to right.

    >>> [position.alternatives for position in parse_mark("A{5S}?")]
    [('A',), ('5', 'S'), ()]

    Raises:
        UnreadableMarkError: A brace is never closed, empty, or holds more than characters;
            a backslash stands before a character that needs none, or at the end.

    Source:
        docs/reference/case-package.md, the notation of marks.
    """
    positions: list[Position] = []
    start = 0
    while start < len(text):
        position, start = _read_position(text, start)
        positions.append(position)
    return tuple(positions)


def readings(text: str, limit: int = 64) -> tuple[str, ...]:
    r"""Return what the mark may say, best first; each is itself in the notation, without braces.

    Best first means: the fewest steps away from the reader's first choices, ties going to
    the reading that keeps its first choices longest. ``?`` and ``*`` stay as they are.

    >>> readings("{5S}2{0O}")
    ('520', '52O', 'S20', 'S2O')

    Raises:
        UnreadableMarkError: The text breaks the notation.
    """
    choices = [tuple(dict.fromkeys(_spellings(position))) for position in parse_mark(text)]
    # In this order the first `limit` readings never reach further left than `limit` choices.
    places = [n for n, spellings in enumerate(choices) if len(spellings) > 1][-limit:]
    spelled = [spellings[0] for spellings in choices]
    found: dict[str, None] = {}
    for picked in _best_first([len(choices[place]) for place in places]):
        if len(found) >= limit:
            break
        for place, n in zip(places, picked, strict=True):
            spelled[place] = choices[place][n]
        found["".join(spelled)] = None
    return tuple(found)


@lru_cache(maxsize=65_536)
def mark_key(text: str) -> str | None:
    r"""Return the key of the best reading: capital A-Z, no separators; None if nothing is legible.

    Look-alikes are not folded here, and digits and letters of other scripts are kept.
    ``?`` and ``*`` stay, so that a half-read mark equals no other by accident of length.

    >>> mark_key("ab-12 {3B}?"), mark_key("??*")
    ('AB123?', None)

    Raises:
        UnreadableMarkError: The text breaks the notation.
    """
    if text.isascii() and text.isalnum():
        return text.upper()  # Most marks: nothing in them is a sign of the notation.
    is_legible = False
    key = []
    for position in parse_mark(text):
        spelling = _spellings(position)[0]
        if position.alternatives:
            if spelling in _SEPARATORS:
                continue
            is_legible = True
        key.append(unicodedata.normalize("NFC", spelling).translate(_UPPER))
    return "".join(key) if is_legible else None


def transcribed(text: str, *, unread: str = "") -> str:
    r"""Return a text that is not in the notation as one that is; signs of ``unread`` become ``?``.

    >>> transcribed("AB*12?", unread="?"), transcribed("12?")
    ('AB\\*12?', '12\\?')
    """
    if SPECIAL.isdisjoint(text) and not any(sign in text for sign in unread):
        return text
    return "".join(
        "?" if sign in unread else "\\" + sign if sign in SPECIAL else sign for sign in text
    )


def _read_position(text: str, start: int) -> tuple[Position, int]:
    letter = text[start]
    if letter == "?":
        return _ILLEGIBLE, start + 1
    if letter == "*":
        return _GAP, start + 1
    if letter == "{":
        return _read_braces(text, start)
    character, end = _read_character(text, start)
    return Position(kind="read", alternatives=(character,)), end


def _read_braces(text: str, start: int) -> tuple[Position, int]:
    alternatives: list[str] = []
    at = start + 1
    while at < len(text) and text[at] != "}":
        if text[at] in _NOT_IN_BRACES:
            raise _refusal(
                text,
                f"has {text[at]!r} inside braces",
                "inside braces write only the characters that it may be, e.g. {5S}",
            )
        character, at = _read_character(text, at)
        alternatives.append(character)
    if at >= len(text):
        raise _refusal(
            text, "has a brace that is never closed", r"close it, or write \{ for itself"
        )
    if not alternatives:
        raise _refusal(text, "has empty braces", "write ? for a character that cannot be read")
    return Position(kind="uncertain", alternatives=tuple(alternatives)), at + 1


def _read_character(text: str, start: int) -> tuple[str, int]:
    """Read one character, escaped or not, with the combining marks that follow it."""
    at = start
    if text[at] == "\\":
        at += 1
        if at >= len(text) or text[at] not in _ESCAPABLE:
            raise _refusal(
                text,
                r"has a \ that stands before nothing special",
                r"write \\ for a backslash; only ? { * and \ need one",
            )
    end = at + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return text[at:end], end


def _spellings(position: Position) -> tuple[str, ...]:
    if position.kind == "illegible":
        return ("?",)
    if position.kind == "gap":
        return ("*",)
    return tuple("\\" + a if a[0] in SPECIAL else a for a in position.alternatives)


def _best_first(sizes: list[int]) -> Iterator[tuple[int, ...]]:
    """Yield every choice of one index below each size, by sum, then in order of the tuples.

    A successor raises one index at or after the last one raised, so each comes up once.
    """
    first = (0,) * len(sizes)
    queue = [(0, first, 0)]
    while queue:
        total, picked, last = heapq.heappop(queue)
        yield picked
        for place in range(last, len(sizes)):
            if picked[place] + 1 < sizes[place]:
                raised = (*picked[:place], picked[place] + 1, *picked[place + 1 :])
                heapq.heappush(queue, (total + 1, raised, place))


def _refusal(text: str, problem: str, hint: str) -> UnreadableMarkError:
    shown = repr(text[:_SHOWN_CHARACTERS]) + ("…" if len(text) > _SHOWN_CHARACTERS else "")
    return UnreadableMarkError(f"{shown} {problem}", hint=hint)

"""What are the parts of a cell that holds a serial? Every character of it belongs to one part."""

import re
from itertools import groupby
from typing import Literal

import msgspec

from headstamp.marks.absences import read_absence
from headstamp.marks.wording import words_of
from headstamp.reference.caches import remembered
from headstamp.reference.marking import joining_words, serial_words

PartKind = Literal[
    "piece",
    "separator",
    "divider",
    "label",
    "note",
    "phrase",
    "words",
    "decimals",
    "unread",
]

NOTE_LETTERS = 5
"""Letters from which a word without digits is no prefix of a serial but a note."""

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670"
_TOKENS = re.compile(
    rf"""
    (?P<note>\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）)
    |(?P<label>№|\bn\s?\.?\s?[º°]\s?:?|\#|\bs/n\b(?=\W*\w*[0-9])|\bno\.(?=\s*\w*[0-9]))
    |(?P<divider>[;|&+\r\n]+)
    |(?P<weak>[/,])
    |(?P<word>(?:[^\W_][{_MARKS}]*|[?*{{}}\\])+)
    |(?P<separator>[\s\-._·':\u2010-\u2015\u2212])
    |(?P<unread>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_DECIMALS = re.compile(r"(\s*[0-9]+)([.,]0+\s*)")
_EXPONENT = re.compile(r"\s*[0-9][.,][0-9]+E\+[0-9]+\s*", re.IGNORECASE)
"""What a spreadsheet made of a long number: its last digits are lost."""
_BRACKETED = re.compile(r"(\s*[(\[])([^()\[\]]*)([)\]]\s*)")


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the cell, as it stands there.

    ``piece`` may be of a serial; ``separator`` stands between pieces of one, ``divider`` (also a
    word such as `and`) between two; ``label`` names the serial; ``note`` is in brackets, ``words``
    are not; ``phrase`` says a state; ``decimals`` is the ``.0`` of a number cell; ``unread`` is
    none of these.
    """

    kind: PartKind
    text: str
    is_strong: bool = True


@remembered(65_536)
def split_cell(raw: str) -> tuple[Part, ...]:
    """Return the parts of a cell in order; their texts put together are the cell.

    >>> [f"{part.kind} {part.text}" for part in split_cell("nº AB12 (gasto)")]
    ['label nº ', 'piece AB12', 'separator  ', 'note (gasto)']
    """
    if _EXPONENT.fullmatch(raw):
        return (Part(kind="unread", text=raw),)
    if number := _DECIMALS.fullmatch(raw):
        return (*_tokens(number[1]), Part(kind="decimals", text=number[2]))
    if inside := _BRACKETED.fullmatch(raw):
        opening, closing = (Part(kind="separator", text=inside[place]) for place in (1, 3))
        return (opening, *_with_words(_tokens(inside[2])), closing)
    return _with_words(_tokens(raw))


def _tokens(raw: str) -> tuple[Part, ...]:
    return tuple(
        _part(match.lastgroup or "unread", match.group()) for match in _TOKENS.finditer(raw)
    )


def _part(group: str, text: str) -> Part:
    if group == "weak":
        return Part(kind="divider", text=text, is_strong=False)
    if group == "word":
        return Part(kind="piece", text=text)
    kinds: dict[str, PartKind] = {
        "note": "note",
        "label": "label",
        "divider": "divider",
        "separator": "separator",
    }
    return Part(kind=kinds.get(group, "unread"), text=text)


def _with_words(tokens: tuple[Part, ...]) -> tuple[Part, ...]:
    """Tell letters that belong to a serial from words beside it."""
    if not any(_is_numbered(part) for part in tokens):
        return _letters_only(tokens)
    runs = [(is_run, list(run)) for is_run, run in groupby(tokens, key=_is_lettered)]
    last = max(place for place, (_, run) in enumerate(runs) if any(map(_is_numbered, run)))
    parts: list[Part] = []
    for place, (is_lettered, run) in enumerate(runs):
        parts.extend(_lettered(run, is_before_number=place < last) if is_lettered else run)
    return tuple(parts)


def _is_numbered(part: Part) -> bool:
    """Whether a piece is more than letters; a long word that asks (*erased?*) is a word."""
    if part.kind != "piece" or part.text.isalpha():
        return False
    word = part.text.rstrip("?")
    return len(word) < NOTE_LETTERS or any(not letter.isalpha() for letter in word)


def _is_lettered(part: Part) -> bool:
    return part.kind == "separator" or (part.kind == "piece" and not _is_numbered(part))


def _letters_only(tokens: tuple[Part, ...]) -> tuple[Part, ...]:
    pieces = [part for part in tokens if part.kind == "piece"]
    if len(pieces) == 1 and len(pieces[0].text) < NOTE_LETTERS:
        return tokens
    return tuple(_as_words(part) if part.kind == "piece" else part for part in tokens)


def _lettered(run: list[Part], *, is_before_number: bool) -> list[Part]:
    """Tell the letters beside a number: a phrase, a label, a divider, a note or a prefix.

    Beside a long word the short ones are words too, except those between it and a number.
    """
    places = [place for place, part in enumerate(run) if part.kind == "piece"]
    long = [place for place in places if len(run[place].text) >= NOTE_LETTERS]
    if not long:
        return [_read_word(part) for part in run]
    first, last = _without_links(run, places)
    phrase = _text_of(run[first : last + 1])
    absence = read_absence(phrase)
    # What is said of the frame is not said of the number that was read beside it.
    if absence is not None and not absence.is_of_part:
        middle = Part(kind="phrase", text=phrase)
        return [*map(_read_word, run[:first]), middle, *map(_read_word, run[last + 1 :])]
    prefix = long[-1] + 1 if is_before_number else len(run)
    words = [_as_words(part) if _is_plain(part) else _read_word(part) for part in run[:prefix]]
    return [*words, *map(_read_word, run[prefix:])]


def _text_of(parts: list[Part]) -> str:
    return "".join(part.text for part in parts)


def _is_plain(part: Part) -> bool:
    return part.kind == "piece" and not _is_one_of(part, _folded("subject"))


def _without_links(run: list[Part], places: list[int]) -> tuple[int, int]:
    links = _folded("link")
    kept = [place for place in places if not _is_one_of(run[place], links)]
    return (kept[0], kept[-1]) if kept else (places[0], places[-1])


def _read_word(part: Part) -> Part:
    if part.kind != "piece":
        return part
    if _is_one_of(part, _folded("subject")):
        return Part(kind="label", text=part.text)
    if _is_one_of(part, _folded("and")):
        return Part(kind="divider", text=part.text, is_strong=False)
    if len(part.text) >= NOTE_LETTERS or _is_one_of(part, _folded("link")):
        return _as_words(part)
    return part


def _as_words(part: Part) -> Part:
    return Part(kind="words", text=part.text)


def _is_one_of(part: Part, words: frozenset[str]) -> bool:
    return "".join(words_of(part.text)) in words


@remembered()
def _folded(role: str) -> frozenset[str]:
    words = [row.word for row in serial_words() if row.role == role]
    words += [row.word for row in joining_words() if row.role == role]
    return frozenset("".join(words_of(word)) for word in words)

"""Where in a cell stands the name of a maker, and what stands beside it?

The whole cell is compared first. Else every word of it must be understood: a name of which only
a part is ours is no name of ours, for a wrong maker is worse than none.
"""

import re

import msgspec

from headstamp.marks.calibres import is_calibre_name
from headstamp.marks.countries import country_codes
from headstamp.marks.keys import as_ascii
from headstamp.marks.model_index import longest_model
from headstamp.marks.unnamed import read_unnamed
from headstamp.marks.wording import LONG_WORD, LONGEST_CELL, is_same_word, name_words
from headstamp.reference.caches import remembered
from headstamp.reference.maker_names import MakerWordRole, maker_names, maker_words, makers
from headstamp.reference.marking import joining_words
from headstamp.reference.weapon_types import type_words, weapon_type_names

LONGEST_RUN = 8
"""Words of the longest name that is looked for within a cell."""
SHORT_NAME = 3
"""Letters from which a name is found within a cell though it is not in capitals there."""

_LEGAL: frozenset[MakerWordRole] = frozenset({"legal"})
_AROUND: frozenset[MakerWordRole] = frozenset({"legal", "trade"})
_LETTER = re.compile(r"[^\W\d_]")


class NamedMaker(msgspec.Struct, frozen=True, kw_only=True):
    """One maker that a cell names, with what the cell itself says for and against it.

    ``is_first_name``: the cell has the name under which the maker is shown.
    """

    maker: str
    support: tuple[str, ...]
    against: tuple[str, ...] = ()
    is_first_name: bool = False
    countries: tuple[str, ...] = ()


class _Segment(msgspec.Struct, frozen=True, kw_only=True):
    """One run of words and what it was taken for."""

    words: tuple[str, ...]
    makers: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    is_beside: bool = False


def find_makers(text: str) -> tuple[tuple[NamedMaker, ...], tuple[str, ...]]:
    """Return the makers that a cell names, and its words that belong to no name.

    >>> found, beside = find_makers("Taurus PT 92 (Brasil)")
    >>> [(one.maker, one.countries) for one in found], beside
    ([('taurus', ('BR',))], ('pt', '92'))
    """
    if len(text) > LONGEST_CELL:
        return (), ()
    words = name_words(text)
    whole = _whole(text, words)
    if whole:
        return whole, ()
    if is_calibre_name(text):
        return (), ()
    segments = _segments(text, words)
    found = _from_segments(segments)
    beside = tuple(word for one in segments if one.is_beside for word in one.words)
    return found, beside if found else ()


def is_maker_name(words: tuple[str, ...]) -> bool:
    """Whether words, as ``name_words`` gives them, are the whole name of a maker.

    >>> is_maker_name(("smith", "wesson")), is_maker_name(("smith",))
    (True, False)
    """
    return "".join(words) in _index()


# --- the whole cell ---------------------------------------------------------------------------


def _whole(text: str, words: tuple[str, ...]) -> tuple[NamedMaker, ...]:
    """Return the makers of which the whole cell is a name: exact, without a form, with a slip."""
    shown = text.strip()
    if found := _named(_without(words, frozenset()), f"{shown!r} is a name of it"):
        return found
    for dropped in (_words(_LEGAL), _words(_AROUND)):
        bare = _without(words, dropped)
        if bare != words and (found := _named(bare, f"{shown!r} is a name of it with its form")):
            return found
    twins = name_words(as_ascii(text))
    if twins != words and len("".join(twins)) > SHORT_NAME:
        doubt = ("letters of another script are read as Latin",)
        if found := _named(twins, f"{shown!r} looks like a name of it", doubt):
            return found
    return _misspelt(_without(words, _words(_AROUND)), shown)


def _named(
    words: tuple[str, ...], support: str, against: tuple[str, ...] = ()
) -> tuple[NamedMaker, ...]:
    key = "".join(words)
    return _makers_of(key, _index().get(key, ()), support, against)


def _makers_of(
    key: str, found: tuple[str, ...], support: str, against: tuple[str, ...]
) -> tuple[NamedMaker, ...]:
    """Return each maker of a name; where it is a name of several, the others are against it."""
    return tuple(
        NamedMaker(
            maker=maker,
            support=(support,),
            against=(*against, *(f"it is a name of {_shown(o)} too" for o in found if o != maker)),
            is_first_name=_key(_shown(maker)) == key,
        )
        for maker in found
    )


def _misspelt(words: tuple[str, ...], shown: str) -> tuple[NamedMaker, ...]:
    """Return the one maker of which the words are a long name with one slip in it."""
    key = "".join(words)
    if len(key) < LONG_WORD or any(letter.isdigit() for letter in key):
        return ()
    near = {
        maker: known
        for known, found in _long_names().get(key[0], ())
        if is_same_word(key, known) and max(len(key), len(known)) > LONG_WORD
        for maker in found
    }
    if len(near) != 1:
        return ()
    ((maker, known),) = near.items()
    support = f"{shown!r} is one slip from {known!r}, a name of it"
    return (NamedMaker(maker=maker, support=(support,), against=("a letter differs",)),)


# --- parts of the cell ------------------------------------------------------------------------


def _segments(text: str, words: tuple[str, ...]) -> tuple[_Segment, ...]:
    """Return the cell as runs that are all understood, the first a name; else nothing."""
    found: list[_Segment] = []
    start = 0
    while start < len(words):
        makers_before = frozenset(maker for one in found for maker in one.makers)
        segment = _segment_at(text, words, start, makers_before)
        if segment is None or (segment.is_beside and not makers_before):
            return ()
        found.append(segment)
        start += len(segment.words)
    return tuple(found)


def _segment_at(
    text: str, words: tuple[str, ...], start: int, before: frozenset[str]
) -> _Segment | None:
    if size := longest_model(words, start, before):
        return _Segment(words=words[start : start + size], is_beside=True)
    for end in range(min(len(words), start + LONGEST_RUN), start, -1):
        run = words[start:end]
        if named := _index().get("".join(run)):
            if _is_plain(text, "".join(run)):
                return _Segment(words=run, makers=named)
        elif countries := country_codes(run):
            return _Segment(words=run, countries=countries)
    word = words[start]
    around = _words(_AROUND | {"beside"}) | _joining() | _of_types()
    if word in around or read_unnamed(word) is not None:
        return _Segment(words=(word,))
    return _Segment(words=(word,), is_beside=True) if _is_like_model(words, start) else None


def _is_plain(text: str, key: str) -> bool:
    """Whether a name stands there plainly: a short one must be in capitals."""
    letters = "".join(_LETTER.findall(text))
    return len(key) >= SHORT_NAME or key.upper() in letters


def _is_like_model(words: tuple[str, ...], start: int) -> bool:
    """Whether a word has a digit, or is short and stands beside one that has."""
    beside = words[max(0, start - 1) : start + 2]
    is_near = any(letter.isdigit() for word in beside for letter in word)
    return is_near and (len(words[start]) <= SHORT_NAME or not words[start].isalpha())


def _from_segments(segments: tuple[_Segment, ...]) -> tuple[NamedMaker, ...]:
    countries = tuple(code for one in segments for code in one.countries)
    runs = [one for one in segments if one.makers]
    found: dict[str, NamedMaker] = {}
    for run in runs:
        others = [_shown(o.makers[0]) for o in runs if not set(o.makers) & set(run.makers)]
        against = tuple(f"the cell names {name} too" for name in dict.fromkeys(others))
        said = f"{' '.join(run.words)!r} in the cell is a name of it"
        for one in _makers_of("".join(run.words), run.makers, said, against):
            found.setdefault(one.maker, msgspec.structs.replace(one, countries=countries))
    return tuple(found.values())


# --- the tables, indexed ----------------------------------------------------------------------


def _shown(maker: str) -> str:
    """Return the name under which a maker is shown."""
    return next((name for row in makers()[maker] for name in row.names), maker)


def _key(name: str) -> str:
    return "".join(name_words(name))


@remembered()
def _index() -> dict[str, tuple[str, ...]]:
    """Index the makers by their names; a name with its legal form also without it."""
    legal = _words(_LEGAL)
    index: dict[str, dict[str, None]] = {}
    for row in maker_names():
        for name in row.names:
            words = name_words(name)
            for key in {"".join(words), "".join(_without(words, legal))}:
                if len(key) > 1:
                    index.setdefault(key, {})[row.maker] = None
    return {key: tuple(found) for key, found in index.items()}


@remembered()
def _long_names() -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Return the names in which a slip is forgiven, by their first letter, which must agree."""
    index: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    for key, found in _index().items():
        if len(key) >= LONG_WORD:
            index[key[0]] = (*index.get(key[0], ()), (key, found))
    return index


def _without(words: tuple[str, ...], dropped: frozenset[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in dropped)


@remembered()
def _words(roles: frozenset[MakerWordRole]) -> frozenset[str]:
    return frozenset(
        word for row in maker_words() if row.role in roles for word in name_words(row.word)
    )


@remembered()
def _joining() -> frozenset[str]:
    return frozenset("".join(name_words(row.word)) for row in joining_words() if row.role == "and")


@remembered()
def _of_types() -> frozenset[str]:
    """Return the single words that name a type of thing, and those that stand beside one."""
    names = [name_words(row.name) for row in weapon_type_names()]
    words = [name_words(row.word) for row in type_words()]
    return frozenset("".join(name) for name in names + words if len(name) == 1)

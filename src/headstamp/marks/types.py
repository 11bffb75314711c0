"""Which type of thing may a cell name? In seven languages, with what the name alone implies."""

from itertools import pairwise

import msgspec

from headstamp.marks.calibres import identify_calibre
from headstamp.marks.countries import country_codes
from headstamp.marks.maker_index import is_maker_name
from headstamp.marks.model_index import model_key, model_words, models_named
from headstamp.marks.unnamed import read_unnamed
from headstamp.marks.wording import LONG_WORD, LONGEST_CELL, is_same_word, words_of
from headstamp.reference.caches import remembered
from headstamp.reference.marking import joining_words
from headstamp.reference.weapon_types import (
    TypeCondition,
    WeaponTypeName,
    type_words,
    weapon_type_names,
    weapon_types,
)
from headstamp.terms.identification import Identification
from headstamp.terms.item import Category

LONGEST_RUN = 7
"""Words of the longest name that is looked for within a cell."""

_OF = frozenset(
    ("de", "da", "do", "das", "dos", "del", "of", "for", "para", "pour", "du", "des", "для", "від")
)
"""Words after which comes what a thing belongs to: a magazine of a pistol is no pistol."""


@remembered(65_536)
def identify_type(text: str) -> tuple[Identification, ...]:
    """Return every type that a cell may name, best supported first.

    A name of two types (*espingarda*) gives both. An empty tuple means "none in our list" or
    "none named": ``read_unnamed`` tells which.

    Returns:
        Identifications of kind ``type``; ``meaning`` is an id of reference/weapon_types.csv.

    >>> [found.meaning for found in identify_type("Revólver calibre 38")]
    ['revolver']
    >>> [found.meaning for found in identify_type("carregador de pistola")]
    ['magazine']

    Source:
        reference/weapon_types.csv, weapon_type_names.csv; docs/methods/marks.md, section 11.
    """
    if read_unnamed(text) is not None and "".join(words_of(text)) not in _index():
        return ()
    if len(text) > LONGEST_CELL:
        return ()
    words = words_of(text)
    rows = _index().get("".join(words), ())
    if rows:
        return _identified(rows, f"{text.strip()!r} is a name of it", ())
    return _misspelt(words, text) or _within(words)


def type_category(weapon_type: str) -> Category | None:
    """Return the category that a type implies; None for what is not in the list.

    >>> type_category("pistol"), type_category("fired_case"), type_category("silencer")
    ('weapon', 'ammunition', 'component')
    """
    row = weapon_types().get(weapon_type)
    return row.category if row else None


def type_condition(weapon_type: str) -> TypeCondition | None:
    """Return what a type alone says of the condition; None where it says nothing.

    >>> type_condition("fired_case"), type_condition("cartridge")
    ('fired', None)
    """
    row = weapon_types().get(weapon_type)
    return row.condition or None if row else None


def is_kind_of(weapon_type: str, broader: str) -> bool:
    """Whether a type is another one, or a kind of it at whatever remove.

    >>> is_kind_of("assault_rifle", "firearm"), is_kind_of("pistol", "revolver")
    (True, False)
    """
    passed: set[str] = set()
    at: str | None = weapon_type
    while at and at not in passed:
        if at == broader:
            return True
        passed.add(at)
        row = weapon_types().get(at)
        at = row.broader if row else None
    return False


def _identified(
    rows: tuple[WeaponTypeName, ...], support: str, against: tuple[str, ...]
) -> tuple[Identification, ...]:
    found = dict.fromkeys(row.weapon_type for row in rows)
    sources = {row.weapon_type: row for row in reversed(rows)}
    return tuple(
        Identification(
            kind="type",
            meaning=one,
            support=(support,),
            against=(*against, *(f"it is a name of {o} too" for o in found if o != one)),
            row=f"weapon_type_names:{sources[one].name}:{one}",
            source=sources[one].source,
        )
        for one in found
    )


def _misspelt(words: tuple[str, ...], text: str) -> tuple[Identification, ...]:
    """Read words with slips, if every name that they may be is of the same type."""
    if len("".join(words)) <= LONG_WORD:
        return ()
    near = tuple(
        row
        for known, row in _names()
        if len(known) == len(words) and all(map(is_same_word, words, known))
    )
    if len({row.weapon_type for row in near}) != 1:
        return ()
    said = f"{text.strip()!r} is one slip from {near[0].name!r}, a name of it"
    return _identified(near, said, ("a letter differs",))


# --- a name within a cell -------------------------------------------------------------------


class _Run(msgspec.Struct, frozen=True, kw_only=True):
    words: tuple[str, ...]
    rows: tuple[WeaponTypeName, ...] = ()
    is_of: bool = False


def _within(words: tuple[str, ...]) -> tuple[Identification, ...]:
    """Return the types within a cell of which every word is understood."""
    runs: list[_Run] = []
    start = 0
    while start < len(words):
        run = _run_at(words, start)
        if run is None:
            return ()
        runs.append(run)
        start += len(run.words)
    heads = _heads(runs)
    named = [{row.weapon_type for row in run.rows} for run in heads]
    found: dict[str, Identification] = {}
    for run in heads:
        others = [one for types in named for one in types if one not in _types(run)]
        against = tuple(f"the cell names {one} too" for one in sorted(set(others)))
        said = f"{' '.join(run.words)!r} in the cell is a name of it"
        for one in _identified(run.rows, said, against):
            found.setdefault(one.meaning, one)
    return tuple(found.values())


def _types(run: _Run) -> set[str]:
    return {row.weapon_type for row in run.rows}


def _heads(runs: list[_Run]) -> list[_Run]:
    """Return the runs that name a type, up to one to which what came before belongs."""
    belonging = (
        place + 1
        for place, (run, after) in enumerate(pairwise(runs))
        if run.is_of and after.rows and any(one.rows for one in runs[:place])
    )
    return [run for run in runs[: next(belonging, len(runs))] if run.rows]


def _run_at(words: tuple[str, ...], start: int) -> _Run | None:
    for end in range(min(len(words), start + LONGEST_RUN), start, -1):
        if rows := _index().get("".join(words[start:end])):
            return _Run(words=words[start:end], rows=rows)
    for end in range(min(len(words), start + LONGEST_RUN), start, -1):
        if _stands_beside(words[start:end]):
            return _Run(words=words[start:end])
    word = words[start]
    is_beside = word in _beside() or any(letter.isdigit() for letter in word)
    return _Run(words=(word,), is_of=word in _OF) if is_beside or word in _OF else None


def _stands_beside(run: tuple[str, ...]) -> bool:
    text = " ".join(run)
    if is_maker_name(run) or models_named(model_key(model_words(text))):
        return True
    return bool(country_codes(run) or identify_calibre(text))


# --- the tables, indexed ----------------------------------------------------------------------


@remembered()
def _index() -> dict[str, tuple[WeaponTypeName, ...]]:
    index: dict[str, tuple[WeaponTypeName, ...]] = {}
    for words, row in _names():
        key = "".join(words)
        index[key] = (*index.get(key, ()), row)
    return index


@remembered()
def _names() -> tuple[tuple[tuple[str, ...], WeaponTypeName], ...]:
    return tuple((words_of(row.name), row) for row in weapon_type_names())


@remembered()
def _beside() -> frozenset[str]:
    joining = (row.word for row in joining_words())
    words = (row.word for row in type_words())
    return frozenset(word for each in (*words, *joining) for word in words_of(each))

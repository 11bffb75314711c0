"""Which state may a word mean, in which years? Former states stand beside their successors."""

import re

import msgspec
import pycountry

from headstamp.marks.unnamed import read_unnamed
from headstamp.marks.wording import LONG_WORD, LONGEST_CELL, is_same_word, words_of
from headstamp.reference.caches import remembered
from headstamp.reference.states import (
    ISO_1,
    ISO_3,
    FormerState,
    StateName,
    former_states,
    made_in,
    state_names,
)
from headstamp.terms.dates import DateSpan
from headstamp.terms.identification import Identification

_SIGNS = re.compile(r"[()\[\]/;,]|\s[-–—]\s")


@remembered(65_536)
def identify_country(text: str, *, year_span: DateSpan | None = None) -> tuple[Identification, ...]:
    """Return every state that a text may mean, best supported first.

    A former state whose years the span does not touch stays, with that against it. Where the text
    names a state that was part of a former one in all of those years, the former one is added.
    An empty tuple means "not in our tables", not "no country": ``read_unnamed`` tells which.

    Args:
        text: A name in any of the languages of reference/states.py, an ISO code in capitals, or
            several of them with a sign between (``Rússia/URSS``); in a long name one slip.
        year_span: Days on which the thing was made, as far as known; None if nothing is.

    >>> [found.meaning for found in identify_country("Made in Yugoslavia")]
    ['YUCS']

    Source:
        reference/country_names.csv, former_states.csv, pycountry; docs/methods/marks.md, section 6.
    """
    if len(text) > LONGEST_CELL:
        return ()
    named = _exact(text) or _in_parts(text) or _misspelt(text)
    unique = {found.meaning: found for found in reversed(named)}
    first = [found for found in named if unique[found.meaning] is found]
    judged = [_against_years(found, year_span) for found in first]
    added = [
        _as_part(state, found.meaning)
        for found in first
        for state in former_states().values()
        if found.meaning in state.became and _is_within(year_span, state)
        if state.code not in unique
    ]
    ordered = sorted(judged, key=lambda found: len(found.against))
    return (*ordered, *{found.meaning: found for found in added}.values())


def country_codes(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the states of which folded words are exactly a name, as ``words_of`` gives them.

    >>> country_codes(("coreia", "do", "sul")), country_codes(("atlantis",))
    (('KR',), ())
    """
    return tuple(row.code for row in _index().get(_key(words), ()))


def _exact(text: str) -> list[Identification]:
    return [*_by_code(text.strip()), *_by_name(text)]


def _in_parts(text: str) -> list[Identification]:
    """Return the states of a cell with a sign between names, if each part is understood."""
    parts = [part for part in _SIGNS.split(text) if read_unnamed(part) is None]
    read = [_exact(part) for part in parts]
    if len(read) < 2 or not all(read):
        return []
    named = [{found.meaning for found in part} for part in read]
    common = set.intersection(*named)
    if common:
        return [found for found in read[0] if found.meaning in common]
    told = [", ".join(sorted(set().union(*named) - one)) for one in named]
    return [
        msgspec.structs.replace(found, against=(f"the cell names {others} too",))
        for part, others in zip(read, told, strict=True)
        for found in part
    ]


def _misspelt(text: str) -> list[Identification]:
    """Return the one state of which the text is a long name with one slip in it."""
    key = _key(words_of(text))
    if len(key) <= LONG_WORD or not key.isalpha():
        return []
    near = {row.code: row for name, row in _long_names().get(key[0], ()) if is_same_word(key, name)}
    if len(near) != 1:
        return []
    ((code, row),) = near.items()
    found = _identified(code, text, f"one slip from {row.name!r}, a name of it", row)
    return [msgspec.structs.replace(found, against=("a letter differs",))]


def _by_name(text: str) -> list[Identification]:
    words = words_of(text)
    rows = _index().get(_key(words), ()) or _index().get(_key(_without_made_in(words)), ())
    return [_identified(row.code, text, f"a name of it ({row.language})", row) for row in rows]


def _by_code(text: str) -> list[Identification]:
    """Read a code of ISO 3166, in capitals, and of the invented worlds (XA to XZ)."""
    rows = [StateName(name=text, language="iso", code=c, source=s) for c, s in _coded(text)]
    return [_identified(row.code, text, "a code of it", row) for row in rows]


def _coded(text: str) -> tuple[tuple[str, str], ...]:
    if len(text) == 2 and text[0] == "X" and "A" <= text[1] <= "Z":
        return ((text, "ISO 3166-1, user-assigned codes"),)
    return _codes().get(text, ())


@remembered()
def _codes() -> dict[str, tuple[tuple[str, str], ...]]:
    """Index the codes of ISO 3166, those of states that are before those of states that were."""
    index: dict[str, dict[tuple[str, str], None]] = {}
    for now in pycountry.countries:
        for code in (now.alpha_2, now.alpha_3):
            index.setdefault(code, {})[(now.alpha_2, ISO_1)] = None
    for then in pycountry.historic_countries:
        for code in (then.alpha_4, then.alpha_2, then.alpha_3):
            index.setdefault(code, {})[(then.alpha_4, ISO_3)] = None
    return {code: tuple(found) for code, found in index.items()}


def _identified(code: str, text: str, why: str, row: StateName) -> Identification:
    state = former_states().get(code)
    return Identification(
        kind="former_state" if len(code) == 4 else "country",
        meaning=code,
        support=(f"{text.strip()!r} is {why}",),
        row=f"iso-3166:{code}" if row.source in {ISO_1, ISO_3} else f"country_names:{row.name}",
        source=row.source,
        year_from=state.year_from if state else row.year_from,
        year_to=state.year_to if state else row.year_to,
    )


def _as_part(state: FormerState, code: str) -> Identification:
    return Identification(
        kind="former_state",
        meaning=state.code,
        support=(f"{code} was part of it from {state.year_from} to {state.year_to}",),
        against=("the text names its part or successor",),
        row=f"former_states:{state.code}",
        source=state.source,
        year_from=state.year_from,
        year_to=state.year_to,
    )


def _against_years(found: Identification, span: DateSpan | None) -> Identification:
    against = (*found.against, *_misses(found, span))
    return msgspec.structs.replace(found, against=against)


def _misses(found: Identification, span: DateSpan | None) -> tuple[str, ...]:
    if span is None:
        return ()
    first, last = span.earliest, span.latest
    if found.year_to is not None and first is not None and first.year > found.year_to:
        return (f"it ended in {found.year_to}",)
    if found.year_from is not None and last is not None and last.year < found.year_from:
        return (f"it began in {found.year_from}",)
    return ()


def _is_within(span: DateSpan | None, state: FormerState) -> bool:
    if span is None or span.earliest is None or span.latest is None:
        return False
    return state.year_from <= span.earliest.year and span.latest.year <= state.year_to


@remembered()
def _index() -> dict[str, tuple[StateName, ...]]:
    """Index names by their words; a name ``A, B of`` also as ``B of A``; each state once."""
    index: dict[str, dict[str, StateName]] = {}
    for row in state_names():
        for key in _keys(row.name):
            index.setdefault(key, {}).setdefault(row.code, row)
    return {key: tuple(rows.values()) for key, rows in index.items()}


@remembered()
def _long_names() -> dict[str, tuple[tuple[str, StateName], ...]]:
    """Return the names in which a slip is forgiven, by their first letter, which must agree."""
    index: dict[str, tuple[tuple[str, StateName], ...]] = {}
    for key, rows in _index().items():
        if len(key) >= LONG_WORD:
            index[key[0]] = (*index.get(key[0], ()), *((key, row) for row in rows))
    return index


def _keys(name: str) -> tuple[str, ...]:
    head, comma, tail = name.partition(", ")
    keys = (_key(words_of(name)), _key(words_of(f"{tail} {head}")) if comma else "")
    return tuple(key for key in keys if key)


def _key(words: tuple[str, ...]) -> str:
    return "".join(words)


def _without_made_in(words: tuple[str, ...]) -> tuple[str, ...]:
    for phrase in _openings():
        if words[: len(phrase)] == phrase:
            return words[len(phrase) :]
    return words


@remembered()
def _openings() -> tuple[tuple[str, ...], ...]:
    """Return the openings, the longest first."""
    return tuple(sorted((words_of(row.phrase) for row in made_in()), key=len, reverse=True))

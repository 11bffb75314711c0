"""Which words around a phrase change nothing of what it says? How, by whom, why and where.

They are told by their place in the sentence and never listed as deeds: an adverb by its ending,
and what follows *by* or *due to* by following it.
"""

from itertools import pairwise

import msgspec

from headstamp.marks.wording import words_of
from headstamp.reference.caches import remembered
from headstamp.reference.marking import MannerRole, joining_words, manner_words
from headstamp.terms.mark import MarkState

LONGEST_TAIL = 5
"""Words after a word such as `by`; more of them are a story."""
SHORTEST_WORD = 3
"""Letters; shorter ones may be letters of the serial."""
SUBJECT = "#"
"""Stands in a key for the words that name the serial."""

_FAMILIES = ({"pt", "es"}, {"ru", "uk"})
"""Languages of which a phrase seldom tells which of the two it is in."""


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase in the middle of other words: these, and the language and state of its row."""

    before: tuple[str, ...] = ()
    phrase: tuple[str, ...]
    after: tuple[str, ...] = ()
    language: str
    state: MarkState


def changes_nothing(said: Beside) -> bool:
    """Whether the words before and after a phrase leave its state as it is.

    A phrase that may be said of the weapon (*removed by the police*) needs the serial named
    beside it; an adverb alone does not make it say anything else.

    >>> erased = Beside(phrase=("erased",), after=("by", "x" * 5), language="en", state="removed")
    >>> changes_nothing(erased)
    True
    >>> changes_nothing(msgspec.structs.replace(erased, after=("by", "them", "but", "legible")))
    False
    """
    languages, before = _related(said.language), said.before
    after = said.after[1:] if said.after[:1] == (SUBJECT,) else said.after
    if not _stops(said.state).isdisjoint((*before, *after)) or SUBJECT in after:
        return False
    if not _may_lead(before, languages):
        return False
    is_plain = all(_is_adverb(word, languages) for word in after)
    is_of_item = not _words("item", languages).isdisjoint(said.phrase)
    if is_of_item and not is_plain and SUBJECT not in (*before, *said.phrase, *said.after):
        return False
    return _may_follow(after, languages, _places(said.state, languages))


def stops_reading(word: str) -> bool:
    """Whether a person reads on at this word; it is then no slip of another (*borrador*).

    >>> stops_reading("borrador"), stops_reading("borado")
    (True, False)
    """
    return word in _stops("not_recorded")


def names_a_part(words: tuple[str, ...], *, language: str) -> bool:
    """Whether a part of the item is named: the phrase is then said of the mark on that part.

    >>> names_a_part(("sur", "carcasse"), language="fr")
    True
    """
    return not _words("part", _related(language)).isdisjoint(words)


def _may_lead(words: tuple[str, ...], languages: frozenset[str]) -> bool:
    """Whether words before a phrase are adverbs, or lead to the number that they name.

    A word of place alone does not lead: *no* is *in the* in Portuguese and *not* in Spanish.
    """
    rest = [word for word in words if word != SUBJECT and not _is_adverb(word, languages)]
    places, parts = _words("place", languages), _words("part", languages)
    is_place = [word in places and after in parts for word, after in pairwise((*rest, ""))]
    leads = _words("lead", languages) | parts
    is_told = all(here or word in leads for word, here in zip(rest, is_place, strict=True))
    return not rest or (SUBJECT in words and is_told)


def _may_follow(words: tuple[str, ...], languages: frozenset[str], places: frozenset[str]) -> bool:
    """Whether words after a phrase are adverbs, places, and at most one tail of manner."""
    if not words:
        return True
    first, rest = words[0], words[1:]
    if _is_adverb(first, languages) or first in places:
        return _may_follow(rest, languages, places)
    by = _words("manner", languages)
    if first in _words("place", languages) and rest and rest[0] in places | by:
        return _may_follow(rest, languages, places)
    return first in by and _is_tail(rest, languages)


def _places(state: MarkState, languages: frozenset[str]) -> frozenset[str]:
    """Return the parts of an item, and for what is not recorded the papers that do not hold it."""
    parts = _words("part", languages)
    return parts | _words("record", languages) if state == "not_recorded" else parts


def _is_tail(words: tuple[str, ...], languages: frozenset[str]) -> bool:
    known = _words("manner", languages) | _words("place", languages)
    long = [word for word in words if len(word) >= SHORTEST_WORD]
    is_told = all(len(word) >= SHORTEST_WORD or word in known for word in words)
    return bool(long) and is_told and len(words) <= LONGEST_TAIL


def _is_adverb(word: str, languages: frozenset[str]) -> bool:
    if word in _words("adverb", languages):
        return True
    endings = _words("ending", languages)
    return any(word.endswith(ending) and len(word) > 2 * len(ending) for ending in endings)


def _related(language: str) -> frozenset[str]:
    families = (family for family in _FAMILIES if language in family)
    return frozenset(next(families, {language}))


@remembered()
def _words(role: MannerRole, languages: frozenset[str]) -> frozenset[str]:
    rows = (row for row in manner_words() if row.role == role and row.language in languages)
    return frozenset(words_of(row.word)[0] for row in rows)


@remembered()
def _stops(state: MarkState) -> frozenset[str]:
    """Return the words of all languages at which a person reads on.

    What is *and* in one language and a place in another (``e``, ``o``) stops all the same. What
    time and rust have taken was not taken by somebody: only *illegible* may be due to them, or
    that none was seen.
    """
    stops = {words_of(row.word)[0] for row in manner_words() if row.role == "stop"}
    joining = {words_of(row.word)[0] for row in joining_words() if row.role == "and"}
    wear = {words_of(row.word)[0] for row in manner_words() if row.role == "wear"}
    is_worn = state in {"illegible", "not_recorded"}
    return frozenset((stops | joining | (set() if is_worn else wear)) - {"no"})

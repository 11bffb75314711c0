"""Which words around a phrase change nothing of what it says? How, by whom, why and where.

They are told by their place in the sentence and never listed as deeds: an adverb by its ending,
and what follows *by* or *due to* by following it.
"""

from headstamp.marks.wording import words_of
from headstamp.reference.caches import remembered
from headstamp.reference.marking import MannerRole, joining_words, manner_words

LONGEST_TAIL = 5
"""Words after a word such as `by`; more of them are a story."""
SHORTEST_WORD = 3
"""Letters; shorter ones may be letters of the serial."""
SUBJECT = "#"
"""Stands in a key for the words that name the serial."""

_FAMILIES = ({"pt", "es"}, {"ru", "uk"})
"""Languages of which a phrase seldom tells which of the two it is in."""


def changes_nothing(
    before: tuple[str, ...], phrase: tuple[str, ...], after: tuple[str, ...], *, language: str
) -> bool:
    """Whether the words before and after a phrase leave its state as it is.

    A phrase that may be said of the weapon (*removed by the police*) needs the serial named
    beside it; an adverb alone does not make it say anything else.

    >>> changes_nothing((), ("erased",), ("by", "someone"), language="en")
    True
    >>> changes_nothing((), ("erased",), ("by", "someone", "but", "legible"), language="en")
    False
    """
    if not _stops().isdisjoint((*before, *after)) or SUBJECT in after:
        return False
    languages = _related(language)
    if not _may_lead(before, languages):
        return False
    is_plain = all(_is_adverb(word, languages) for word in after)
    is_of_item = not _words("item", languages).isdisjoint(phrase)
    if is_of_item and not is_plain and SUBJECT not in (*before, *phrase):
        return False
    return _may_follow(after, languages)


def _may_lead(words: tuple[str, ...], languages: frozenset[str]) -> bool:
    """Whether words before a phrase are adverbs, or lead to the number that they name."""
    rest = [word for word in words if word != SUBJECT and not _is_adverb(word, languages)]
    leads = _words("lead", languages) | _words("part", languages)
    return not rest or (SUBJECT in words and leads.issuperset(rest))


def _may_follow(words: tuple[str, ...], languages: frozenset[str]) -> bool:
    """Whether words after a phrase are adverbs, places, and at most one tail of manner."""
    if not words:
        return True
    first, rest = words[0], words[1:]
    parts = _words("part", languages)
    if _is_adverb(first, languages) or first in parts:
        return _may_follow(rest, languages)
    if first in _words("place", languages) and rest[:1] and rest[0] in parts:
        return _may_follow(rest[1:], languages)
    return first in _words("manner", languages) and _is_tail(rest, languages)


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
def _stops() -> frozenset[str]:
    """Return the words of all languages at which a person reads on.

    What is *and* in one language and a place in another (``e``, ``o``) stops all the same.
    """
    stops = {words_of(row.word)[0] for row in manner_words() if row.role == "stop"}
    joining = {words_of(row.word)[0] for row in joining_words() if row.role == "and"}
    return frozenset((stops | joining) - {"no"})

"""What does a cell say that holds words where a serial would stand? The state of the mark."""

import re
from itertools import groupby

import msgspec

from headstamp.marks.manner import (
    SUBJECT,
    Beside,
    changes_nothing,
    names_a_part,
    stops_reading,
)
from headstamp.marks.wording import LONG_WORD, is_same_word, words_of
from headstamp.reference.caches import remembered
from headstamp.reference.marking import UNSOURCED, NoSerialRule, no_serial_rules, serial_words
from headstamp.terms.mark import MarkState

LONGEST_PHRASE = 120
"""Characters; longer texts are a story, and are read by a person."""

_DASHES = frozenset("-–—−_./\\~")
_PARTS = re.compile(r"[()\[\];,/+]|\s[-–—]\s")
_REMARK = re.compile(r"([^()\[\]]+)[(\[]([^()\[\]]+)[)\]][\s.]*")
_STORY = re.compile(r"[;/+\n]|,.*,|\s[-–—]\s")
"""Signs that divide a cell: what stands beside a phrase is then no word of manner."""
_QUESTIONS = frozenset("?؟¿")


class Absence(msgspec.Struct, frozen=True, kw_only=True):
    """What the words say of a mark: its state, and states that they do not exclude.

    ``rule`` is the row it rests on, as written there; ``is_misspelt``: a slip in one of its words.
    ``is_of_part``: it is said of the mark on a part of the item (*on the frame*); a number that
    stands beside it was then read elsewhere.
    """

    state: MarkState
    also: tuple[MarkState, ...]
    rule: NoSerialRule
    is_misspelt: bool
    is_of_part: bool = False

    @property
    def is_sourced(self) -> bool:
        """Whether the phrase was found in a source that somebody opened."""
        return self.rule.source != UNSOURCED


@remembered(65_536)
def read_absence(text: str) -> Absence | None:
    """Return what a cell says that holds no serial; None where it may hold one.

    A text with any digit is never an absence. Several phrases in one cell ("erased (illegible)")
    give the state of the first; the others are among those not excluded.

    >>> found = read_absence("Nº de série: RASPADO")
    >>> found.state if found else None
    'removed'
    >>> read_absence("AB-1234") is None
    True

    Words that tell how, by whom, why or where make no difference; see ``manner``.

    Source:
        reference/no_serial.csv, reference/serial_words.csv, reference/manner_words.csv;
        docs/methods/marks.md, section 2.
    """
    if _is_for_a_person(text):
        return None
    return _read_bare(text) or _read_among_words(text)


@remembered(65_536)
def read_bare_absence(text: str) -> Absence | None:
    """Return what a cell says that holds phrases and nothing beside them.

    For cells that may also hold a name: a name after *by* must not be passed over.

    >>> read_bare_absence("erased by Zorn") is None
    True
    """
    return None if _is_for_a_person(text) else _read_bare(text)


def _read_bare(text: str) -> Absence | None:
    whole = _read_phrase(text)
    if whole is not None:
        return whole
    parts = [_read_phrase(part) for part in _PARTS.split(text) if part.strip()]
    read = [part for part in parts if part is not None]
    if len(read) < 2 or len(read) < len(parts):
        return None
    others = [state for part in read for state in (part.state, *part.also)]
    also = tuple(state for state in dict.fromkeys(others) if state != read[0].state)
    return msgspec.structs.replace(read[0], also=also)


def _read_phrase(text: str) -> Absence | None:
    signs = frozenset("".join(text.split()))
    if signs and (signs <= _DASHES or signs == {"?"}):
        sign = "-" if signs <= _DASHES else "?"
        return _absence(_exact()[(sign,)], is_misspelt=False)
    key = _key_of(words_of(text))
    for attempt in dict.fromkeys((key, _without_subject(key))):
        if attempt in _exact():
            return _absence(_exact()[attempt], is_misspelt=False)
    return _read_misspelt(_without_subject(key)) or _read_misspelt(key)


def _read_among_words(text: str) -> Absence | None:
    """Read a phrase among words of manner, agent, cause and place, and in a remark after it."""
    if _STORY.search(text):
        return None
    remark = _REMARK.fullmatch(text)
    said, added = (remark[1], remark[2]) if remark else (text, "")
    key, after = _key_of(words_of(said)), _key_of(words_of(added))
    spans = [(i, j) for i in range(len(key)) for j in range(i + 1, len(key) + 1)]
    spans = [span for span in spans if key[slice(*span)] in _exact()]
    for start, end in sorted(spans, key=lambda span: span[0] - span[1]):
        rule = _exact()[key[start:end]]
        beside = Beside(
            before=key[:start],
            phrase=key[start:end],
            after=(*key[end:], *after),
            language=rule.language,
            state=rule.state,
        )
        if _says_only(beside) and changes_nothing(beside):
            around = (*beside.before, *beside.after)
            is_of_part = names_a_part(around, language=rule.language)
            found = _absence(rule, is_misspelt=False)
            return msgspec.structs.replace(found, is_of_part=is_of_part)
    return None


def _is_for_a_person(text: str) -> bool:
    """Whether a text is too long, may hold a serial, or asks (*erased?*)."""
    if len(text) > LONGEST_PHRASE or any(map(str.isdigit, text)):
        return True
    return not _QUESTIONS.isdisjoint(text) and any(letter.isalpha() for letter in text)


def _says_only(beside: Beside) -> bool:
    """Whether no phrase of another state stands in the words passed over.

    *Not recorded* is no second state there: it tells of a person or a cause that is not known.
    """
    found = (
        _exact().get(side[start:end])
        for side in (beside.before, beside.after)
        for start in range(len(side))
        for end in range(start + 1, len(side) + 1)
    )
    allowed = {beside.state, "not_recorded"}
    return all(rule is None or rule.state in allowed for rule in found)


def _read_misspelt(key: tuple[str, ...]) -> Absence | None:
    """Read words with slips, if every phrase that they may be says the same state."""
    # A word that is the same has the same first letter: few phrases are left to compare.
    known_ones = _by_start().get("".join(word[0] for word in key), ())
    near = [rule for known, rule in known_ones if all(map(_is_slip, key, known))]
    if len({rule.state for rule in near}) != 1:
        return None
    return _absence(near[0], is_misspelt=True)


def _is_slip(word: str, known: str) -> bool:
    return word == known or (is_same_word(word, known) and not stops_reading(word))


def _absence(rule: NoSerialRule, *, is_misspelt: bool) -> Absence:
    return Absence(state=rule.state, also=rule.also, rule=rule, is_misspelt=is_misspelt)


@remembered()
def _exact() -> dict[tuple[str, ...], NoSerialRule]:
    """Index the phrases by their words; of equal ones the first row, a sourced one before others.

    A phrase of signs only, such as ``-``, is its own key.
    """
    rules = sorted(no_serial_rules(), key=lambda rule: rule.source == UNSOURCED)
    index: dict[tuple[str, ...], NoSerialRule] = {}
    for rule in rules:
        index.setdefault(_key_of(words_of(rule.phrase)) or (rule.phrase,), rule)
    return index


@remembered()
def _by_start() -> dict[str, tuple[tuple[tuple[str, ...], NoSerialRule], ...]]:
    """Index the phrases by the first letters of their words."""
    index: dict[str, list[tuple[tuple[str, ...], NoSerialRule]]] = {}
    for known, rule in _exact().items():
        index.setdefault("".join(word[0] for word in known), []).append((known, rule))
    return {start: tuple(found) for start, found in index.items()}


@remembered(65_536)
def _key_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words without fillers, each run that names the serial as one sign."""
    if len(words) < 2:
        return words
    subjects, fillers = _around()
    kept = [word for word in words if word not in fillers]
    signs = (SUBJECT if _is_subject(word, subjects) else word for word in kept)
    return tuple(sign for sign, run in groupby(signs) for sign in _once(sign, list(run)))


def _once(sign: str, run: list[str]) -> list[str]:
    return run[:1] if sign == SUBJECT else run


def _is_subject(word: str, subjects: frozenset[str]) -> bool:
    if word in subjects or len(word) < LONG_WORD:
        return word in subjects
    return any(is_same_word(word, subject) for subject in subjects)


def _without_subject(key: tuple[str, ...]) -> tuple[str, ...]:
    stripped = key[1:] if key[:1] == (SUBJECT,) else key
    return stripped[:-1] if stripped[-1:] == (SUBJECT,) else stripped


@remembered()
def _around() -> tuple[frozenset[str], frozenset[str]]:
    folded = [(word.role, words_of(word.word)[0]) for word in serial_words()]
    subjects = frozenset(word for role, word in folded if role == "subject")
    return subjects, frozenset(word for role, word in folded if role == "filler")

"""What do words and look-alikes in a mark mean? The tables about marks, loaded once and typed."""

from typing import Literal

import msgspec

from headstamp.reference.caches import remembered
from headstamp.reference.tables import load_table
from headstamp.terms.mark import MarkState

WordRole = Literal["subject", "filler"]
JoiningRole = Literal["and", "link"]
MannerRole = Literal[
    "adverb", "ending", "manner", "place", "part", "record", "lead", "wear", "stop", "item"
]

LookalikeKind = Literal["twin", "case", "digit", "width", "class"]

UNSOURCED = "project"
"""The source of a row that we wrote ourselves: shown as unsourced."""


class NoSerialRule(msgspec.Struct, frozen=True, kw_only=True):
    """One phrase that stands where a serial would; ``also``: states that it does not exclude."""

    phrase: str
    language: str
    state: MarkState
    also: tuple[MarkState, ...]
    source: str
    valid_from: int | None = None
    valid_to: int | None = None


class SerialWord(msgspec.Struct, frozen=True, kw_only=True):
    """One word around a phrase: ``subject`` names the serial, ``filler`` changes no state."""

    word: str
    language: str
    role: WordRole
    source: str


class JoiningWord(msgspec.Struct, frozen=True, kw_only=True):
    """One word between two serials (``and``), or between a phrase and a serial (``link``)."""

    word: str
    language: str
    role: JoiningRole
    source: str


class MannerWord(msgspec.Struct, frozen=True, kw_only=True):
    """One word around a phrase that tells how, by whom, why or where; or that stops the reading.

    ``adverb`` and ``ending`` (of one) tell how; after ``manner`` a few words of any kind follow,
    after ``place`` a ``part`` of the item, or a ``record`` that does not hold it; ``lead`` leads
    to the number (*with*). At a ``stop`` (a negation, a doubt) a person reads on; at ``wear`` too,
    unless the mark is illegible by it. ``item`` may be said of the item itself.
    """

    word: str
    language: str
    role: MannerRole
    source: str


class Lookalike(msgspec.Struct, frozen=True, kw_only=True):
    """One character and what it is read as where scripts or shapes are folded.

    ``twin`` looks like a character of ASCII; ``case`` is the small form of a letter that has no
    twin; ``digit`` and ``width`` are the same character in another form; ``class`` is easily
    taken for the other, both being ASCII.
    """

    kind: LookalikeKind
    character: str
    reads_as: str
    script: str
    source: str


@remembered()
def no_serial_rules() -> tuple[NoSerialRule, ...]:
    """Return the phrases that say there is no serial, or only a stamped-over one."""
    return load_table("no_serial.csv", NoSerialRule)


@remembered()
def serial_words() -> tuple[SerialWord, ...]:
    """Return the words that may stand around such a phrase."""
    return load_table("serial_words.csv", SerialWord)


@remembered()
def joining_words() -> tuple[JoiningWord, ...]:
    """Return the words that stand between two serials, or between words and a serial."""
    return load_table("joining_words.csv", JoiningWord)


@remembered()
def manner_words() -> tuple[MannerWord, ...]:
    """Return the words that tell how, by whom, why or where, and those that stop the reading."""
    return load_table("manner_words.csv", MannerWord)


@remembered()
def lookalikes() -> tuple[Lookalike, ...]:
    """Return the characters that are read as others where readings are compared."""
    return load_table("lookalikes.csv", Lookalike)

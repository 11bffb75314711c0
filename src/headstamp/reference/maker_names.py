"""Who makes arms and cartridges, under which names, and which words name nobody?"""

from typing import Literal

import msgspec

from headstamp.reference.caches import remembered
from headstamp.reference.tables import load_table

Makes = Literal["weapon", "cartridge", "both"]
MakerWordRole = Literal["legal", "trade", "beside"]
NothingSaid = Literal["unknown", "other", "improvised"]


class MakerName(msgspec.Struct, frozen=True, kw_only=True):
    """One maker in one state; it has a row for each state in which it stood, and its years.

    ``names``: the first is the one to show; empty where an earlier row of the maker has them.
    ``source`` is for the maker and its state; the spellings are ours.
    """

    maker: str
    country: str
    makes: Makes
    names: tuple[str, ...]
    valid_from: int | None
    valid_to: int | None
    source: str


class MakerWord(msgspec.Struct, frozen=True, kw_only=True):
    """One word around the name of a maker: of its legal form, of its trade, or beside it."""

    word: str
    language: str
    role: MakerWordRole
    source: str


class NoMaker(msgspec.Struct, frozen=True, kw_only=True):
    """One phrase that names no maker, type or state: not known, some other, or made by hand."""

    phrase: str
    language: str
    says: NothingSaid
    source: str


@remembered()
def maker_names() -> tuple[MakerName, ...]:
    """Return the makers, in the order of the table."""
    return load_table("maker_names.csv", MakerName)


@remembered()
def makers() -> dict[str, tuple[MakerName, ...]]:
    """Return the rows of each maker, in the order of the table."""
    rows: dict[str, tuple[MakerName, ...]] = {}
    for row in maker_names():
        rows[row.maker] = (*rows.get(row.maker, ()), row)
    return rows


@remembered()
def maker_words() -> tuple[MakerWord, ...]:
    """Return the words that may stand around the name of a maker."""
    return load_table("maker_words.csv", MakerWord)


@remembered()
def no_maker() -> tuple[NoMaker, ...]:
    """Return the phrases that name nobody."""
    return load_table("no_maker.csv", NoMaker)

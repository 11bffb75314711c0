"""Which calibres are there? Their names, their families, and what is compatible with what."""

from typing import Literal

import msgspec

from headstamp.reference.caches import remembered
from headstamp.reference.tables import first_rows, load_table

CalibreRelation = Literal["diameter_only", "related"]


class CalibreNames(msgspec.Struct, frozen=True, kw_only=True):
    """One calibre and the names under which it is written."""

    calibre: str
    names: tuple[str, ...]
    source: str


class CalibreFamily(msgspec.Struct, frozen=True, kw_only=True):
    """The family of one calibre: of cartridges, never of makers or states."""

    calibre: str
    family: str
    source: str


class CalibreCompatible(msgspec.Struct, frozen=True, kw_only=True):
    """What is written may be a calibre: by its diameter only, or as its near relation.

    ``related`` holds both ways and never means that the two are one.
    """

    written: str
    compatible_with: str
    relation: CalibreRelation
    source: str


class CalibreWord(msgspec.Struct, frozen=True, kw_only=True):
    """One word beside a calibre that says something else of the cartridge: its bullet, its form."""

    word: str
    language: str
    source: str


@remembered()
def calibre_words() -> tuple[CalibreWord, ...]:
    """Return the words that may stand beside a calibre."""
    return load_table("calibre_words.csv", CalibreWord)


@remembered()
def calibre_names() -> tuple[CalibreNames, ...]:
    """Return every calibre with its names."""
    return load_table("calibres.csv", CalibreNames)


@remembered()
def calibre_families() -> dict[str, CalibreFamily]:
    """Return the family of each calibre."""
    return first_rows(load_table("calibre_families.csv", CalibreFamily), "calibre")


@remembered()
def calibre_compatible() -> tuple[CalibreCompatible, ...]:
    """Return what is compatible with what."""
    return load_table("calibre_compatible.csv", CalibreCompatible)

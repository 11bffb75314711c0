"""Which types of things are there? A closed list after the International Tracing Instrument."""

from typing import Literal

import msgspec

from headstamp.reference.caches import remembered
from headstamp.reference.tables import first_rows, load_table
from headstamp.terms.item import Category

TypeCondition = Literal["intact", "misfired", "fired", ""]


class WeaponType(msgspec.Struct, frozen=True, kw_only=True):
    """One type of the closed list: its category, and what it is a kind of.

    ``condition``: what the type alone says of a cartridge; empty where it says nothing.
    """

    weapon_type: str
    category: Category
    condition: TypeCondition
    broader: str | None
    source: str


class WeaponTypeName(msgspec.Struct, frozen=True, kw_only=True):
    """One name of a type, in one language; a name of two types has two rows."""

    name: str
    language: str
    weapon_type: str
    source: str


class TypeWord(msgspec.Struct, frozen=True, kw_only=True):
    """One word beside the name of a type that makes no other type of it."""

    word: str
    language: str
    source: str


@remembered()
def weapon_types() -> dict[str, WeaponType]:
    """Return the closed list of types, by id."""
    return first_rows(load_table("weapon_types.csv", WeaponType), "weapon_type")


@remembered()
def weapon_type_names() -> tuple[WeaponTypeName, ...]:
    """Return the names of types, in the order of the table."""
    return load_table("weapon_type_names.csv", WeaponTypeName)


@remembered()
def type_words() -> tuple[TypeWord, ...]:
    """Return the words that may stand beside the name of a type."""
    return load_table("type_words.csv", TypeWord)

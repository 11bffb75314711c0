"""Which states are there, and were there? Their names in several languages, and their years.

Names of ISO 3166-1 and 3166-3 and their translations come through pycountry (Debian's iso-codes);
what they lack stands in our own tables.
"""

import gettext
from typing import NamedTuple

import msgspec
import pycountry

from headstamp.reference.caches import remembered
from headstamp.reference.tables import first_rows, load_table

LANGUAGES = ("pt", "pt_BR", "es", "fr", "ru", "uk", "ar", "de")
ISO_1, ISO_3 = "ISO 3166-1 (pycountry)", "ISO 3166-3 (pycountry)"


class FormerState(msgspec.Struct, frozen=True, kw_only=True):
    """One state that is no more: ISO 3166-3 code, its years (both included), what it became.

    The code may have been withdrawn from ISO 3166-1 later than the state ended.
    """

    code: str
    year_from: int
    year_to: int
    became: tuple[str, ...]
    source: str


class StateName(msgspec.Struct, frozen=True, kw_only=True):
    """One name of a state, in one language; its years where the name has any of its own."""

    name: str
    language: str
    code: str
    year_from: int | None = None
    year_to: int | None = None
    source: str


class MadeIn(msgspec.Struct, frozen=True, kw_only=True):
    """Words before the name of a state that say no more than "made in"."""

    phrase: str
    language: str
    source: str


class _Coded(NamedTuple):
    code: str
    names: tuple[str, ...]
    source: str


@remembered()
def former_states() -> dict[str, FormerState]:
    """Return the former states whose years we know, by code."""
    return first_rows(load_table("former_states.csv", FormerState), "code")


@remembered()
def made_in() -> tuple[MadeIn, ...]:
    """Return the words that may stand before the name of a state."""
    return load_table("made_in.csv", MadeIn)


@remembered()
def state_names() -> tuple[StateName, ...]:
    """Return every name that we know, ours first, then those of the standard by language."""
    ours = load_table("country_names.csv", StateName)
    standard = [
        StateName(name=name, language=language, code=coded.code, source=coded.source)
        for coded in (*_countries(), *_former())
        for language, name in _translated(coded)
    ]
    return (*ours, *standard)


def _countries() -> list[_Coded]:
    return [
        _Coded(country.alpha_2, _names_in(country, ("name", "common_name", "official_name")), ISO_1)
        for country in pycountry.countries
    ]


def _former() -> list[_Coded]:
    return [
        _Coded(country.alpha_4, _names_in(country, ("name",)), ISO_3)
        for country in pycountry.historic_countries
    ]


def _names_in(country: object, fields: tuple[str, ...]) -> tuple[str, ...]:
    names = (getattr(country, field, None) for field in fields)
    return tuple(str(name) for name in names if name)


def _translated(coded: _Coded) -> list[tuple[str, str]]:
    """Return the names in English and in each language whose catalogue has one of its own."""
    found = [("en", name) for name in coded.names]
    domain = "iso3166-1" if coded.source == ISO_1 else "iso3166-3"
    for language in LANGUAGES:
        texts = ((name, _catalogue(domain, language).gettext(name)) for name in coded.names)
        found.extend((language, text) for name, text in texts if text != name)
    return found


@remembered()
def _catalogue(domain: str, language: str) -> gettext.NullTranslations:
    return gettext.translation(domain, pycountry.LOCALES_DIR, languages=[language])

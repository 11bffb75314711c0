"""Which codes are countries? ISO 3166-1, former states, and XA to XZ for invented worlds."""

from functools import cache
from string import ascii_uppercase

import pycountry

INVENTED: frozenset[str] = frozenset(f"X{letter}" for letter in ascii_uppercase)
"""User-assigned codes of ISO 3166-1 that no state has."""

_MISTAKEN = {"UK": "GB", "EL": "GR"}
"""Codes that others use and ISO 3166-1 does not (UK is reserved there)."""


@cache
def real_countries() -> frozenset[str]:
    """Return the codes of ISO 3166-1 (two letters) and 3166-3 (four letters, former states)."""
    return frozenset(
        {country.alpha_2 for country in pycountry.countries}
        | {country.alpha_4 for country in pycountry.historic_countries}
    )


@cache
def scripts() -> frozenset[str]:
    """Return the codes of ISO 15924."""
    return frozenset(script.alpha_4 for script in pycountry.scripts)


def is_country(code: str) -> bool:
    """Answer whether a code may stand in a country column."""
    return code in INVENTED or code in real_countries()


def country_hint(written: str) -> str:
    """Return the code that was probably meant, where that is plain; else an empty text.

    >>> country_hint("UK"), country_hint("ro"), country_hint("Atlantis")
    ('GB', 'RO', '')
    """
    folded = written.strip().upper()
    if folded in _MISTAKEN:
        return _MISTAKEN[folded]
    return folded if is_country(folded) else _by_other_name(written.strip())


def _by_other_name(written: str) -> str:
    try:
        return str(pycountry.countries.lookup(written).alpha_2)
    except LookupError:
        return ""

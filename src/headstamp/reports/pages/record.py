"""What is on record of a thing? Its filled cells, by name, as a reader would say them."""

import msgspec
from markupsafe import Markup

from headstamp.reports.case import Case
from headstamp.reports.cells import Row, field, text_of
from headstamp.reports.drawing.countries import country_name
from headstamp.reports.phrases import label, phrases
from headstamp.reports.words.legs import place_name
from headstamp.reports.words.subjects import party_link
from headstamp.reports.words.when import day_words

_PARTIES = frozenset(
    {"recovered_from", "recovered_by", "exporter", "importer", "issuer", "addressee", "part_of"}
    | {"given_by", "given_to", "end_user", "from_party", "to_party", "via_party", "asked_by"}
)
_CODES = frozenset(
    {"category", "condition", "inspection", "circumstances", "attribution", "recovery_basis"}
    | {"kind", "clause", "scope", "seen", "authenticity"}
)
_COUNTRIES = frozenset({"country", "country_stated", "maker_country"})
_WORDED = {"outcome": "outcome", "right_of_reply_outcome": "replied", "state": "link_state"}


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One filled cell: its column in words, and its value."""

    name: str
    value: Markup


def facts_of(case: Case, row: Row, columns: list[str]) -> tuple[Fact, ...]:
    """Return the filled cells of these columns."""
    return tuple(
        Fact(name=column_words(column), value=_value(case, column, text))
        for column in columns
        if (text := text_of(row, column))
    )


def column_words(column: str) -> str:
    """Return a column's name in words.

    >>> column_words("recovered_on"), column_words("site_id")
    ('Recovered on', 'Site')
    """
    return column.removesuffix("_id").replace("_", " ").capitalize()


def _value(case: Case, column: str, text: str) -> Markup:
    if column in _PARTIES:
        return party_link(case, text)
    if column in _COUNTRIES:
        return field(country_name(text))
    if column.endswith("_on") or column == "on":
        return field(day_words(text))
    if column == "site_id":
        return field(place_name(case, text))
    if column in _WORDED and text in phrases(_WORDED[column]):
        return field(label(_WORDED[column], text))
    is_code = text.replace("_", "").isalnum() and column in _CODES
    return field(text.replace("_", " ") if is_code else text)

"""What is counted, once, and how many of it? Items judged the same count as one."""

from collections.abc import Iterable
from decimal import Decimal

import msgspec

from headstamp.casebook.opening import Casebook
from headstamp.terms.errors import MisuseError
from headstamp.terms.item import Item

MEASURES: dict[str, str] = {
    "weapons": "weapon",
    "ammunition": "ammunition",
    "components": "component",
}
"""The three measures and the category that each counts; they are never added."""

_MEASURE_OF = {category: measure for measure, category in MEASURES.items()}

_COUNTED_UNITS: dict[str, frozenset[str | None]] = {
    "weapons": frozenset({"piece", "unit", None}),
    "ammunition": frozenset({"round", "unit", "piece", None}),
    "components": frozenset({"piece", "unit", None}),
}
"""A case, a kilogram or a litre is no number of objects: what is so recorded is undetermined."""

ITEM_FIELDS = (
    "category",
    "type",
    "model",
    "calibre",
    "condition",
    "inspection",
    "country_stated",
    "maker_stated",
    "year_stated",
    "site_id",
    "session_id",
    "recovered_from",
    "recovered_by",
    "recovery_basis",
    "circumstances",
    "attribution",
    "source_id",
)
DERIVED_FIELDS = ("country_of_recovery", "country_of_manufacture")
NOT_IDENTIFIED = ("maker", "maker_country", "year_from", "year_to", "calibre_family")
"""What marks may mean; until they are identified, everything is undetermined."""
_STATED = {"country_of_manufacture": "country_stated"}
FIELDS = (*ITEM_FIELDS, *DERIVED_FIELDS, *NOT_IDENTIFIED)
"""What figures may be grouped by."""


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """One object or group that counts once: its measure, its number, its groups.

    ``number`` is None where it was not recorded; so is ``group`` where it is not known, or
    where rows judged the same differ.
    """

    item_ids: tuple[str, ...]
    measure: str
    number: Decimal | None
    group: str | None


def require_field(field: str) -> None:
    """Raise unless figures may be grouped by the field.

    Raises:
        MisuseError: They may not; the hint lists those they may.
    """
    if field not in FIELDS:
        message = f"figures cannot be grouped by {field!r}"
        raise MisuseError(message, hint=f"one of: {' '.join(FIELDS)}")


def counted(casebook: Casebook, field: str | None = None) -> tuple[Counted, ...]:
    """Return what counts: live items with a measure, those judged the same as one.

    A protected item takes part as a number, never with its group.
    """
    return counted_by(casebook, (field,))[field]


def counted_by(
    casebook: Casebook, fields: Iterable[str | None]
) -> dict[str | None, tuple[Counted, ...]]:
    """Return the same for several fields: what is one object is looked up once."""
    found: dict[str | None, list[Counted]] = {field: [] for field in fields}
    for item_ids in _same_objects(casebook):
        items = [casebook.evidence.items[item_id] for item_id in item_ids]
        category = _agreed(item.category for item in items)
        measure = _MEASURE_OF.get(category or "")
        if measure is None:
            continue
        number = _number(items, measure)
        for field, listed in found.items():
            group = _group(casebook, items, field)
            listed.append(Counted(item_ids=item_ids, measure=measure, number=number, group=group))
    return {field: tuple(listed) for field, listed in found.items()}


def _group(casebook: Casebook, items: list[Item], field: str | None) -> str | None:
    if len(items) == 1:
        return _value(casebook, items[0], field) or None
    return _agreed(_value(casebook, item, field) for item in items)


def _same_objects(casebook: Casebook) -> list[tuple[str, ...]]:
    """Return the live items, those that a judgement in force calls the same together."""
    graded = casebook.graded
    live = [i for i in casebook.evidence.items if graded["items", i].is_live]
    groups = {item_id: [item_id] for item_id in live}
    for link in casebook.links:
        if link.state == "same" and link.other_kind == "item":
            one, other = groups.get(link.item_id), groups.get(link.other_id)
            if one is not None and other is not None and one is not other:
                _join(one, other, groups)
    first_of = {id(group): group for group in groups.values()}
    return [tuple(group) for group in first_of.values()]


def _join(one: list[str], other: list[str], groups: dict[str, list[str]]) -> None:
    """Put the smaller group into the larger one: linear, however long the chain of links."""
    larger, smaller = (one, other) if len(one) >= len(other) else (other, one)
    larger += smaller
    groups.update(dict.fromkeys(smaller, larger))


def _number(items: list[Item], measure: str) -> Decimal | None:
    numbers = {
        item.counted_quantity if item.unit in _COUNTED_UNITS[measure] else None for item in items
    }
    recorded = numbers - {None}
    return recorded.pop() if len(recorded) == 1 else None


def _agreed(values: Iterable[str | None]) -> str | None:
    """Return what all rows that say something say; None where they differ or say nothing."""
    said = {value for value in values if value}
    return said.pop() if len(said) == 1 else None


def _value(casebook: Casebook, item: Item, field: str | None) -> str | None:
    if field is None or casebook.is_protected("items", item.item_id):
        return None
    if field in NOT_IDENTIFIED:
        return None
    if field == "country_of_recovery":
        return _country_of_recovery(casebook, item)
    value: str | None = getattr(item, _STATED.get(field, field))
    return value


def _country_of_recovery(casebook: Casebook, item: Item) -> str | None:
    """Return the country of the item's site, else of its session's."""
    evidence = casebook.evidence
    session = evidence.sessions.get(item.session_id or "")
    site_id = item.site_id or (session.site_id if session else None)
    site = evidence.sites.get(site_id or "")
    return None if site is None or casebook.is_protected("sites", site.site_id) else site.country

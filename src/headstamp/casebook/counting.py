"""What is counted, once, and how many of it? Items judged the same count as one."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from headstamp.casebook.opening import Casebook
from headstamp.terms.errors import MisuseError
from headstamp.terms.item import Item

MEASURES: dict[str, str] = {
    "weapons": "weapon",
    "ammunition": "ammunition",
    "components": "component",
}
"""The three measures and the category that each counts; they are never added."""

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


@dataclass(frozen=True, kw_only=True)
class Counted:
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
    found = []
    for item_ids in _same_objects(casebook):
        items = [casebook.evidence.items[item_id] for item_id in item_ids]
        category = _agreed(item.category for item in items)
        measure = next((m for m, counts in MEASURES.items() if counts == category), None)
        if measure is not None:
            found.append(
                Counted(
                    item_ids=item_ids,
                    measure=measure,
                    number=_number(items, measure),
                    group=_agreed(_value(casebook, item, field) for item in items),
                )
            )
    return tuple(found)


def _same_objects(casebook: Casebook) -> list[tuple[str, ...]]:
    """Return the live items, those that a judgement in force calls the same together."""
    graded = casebook.graded
    live = [i for i in casebook.evidence.items if graded["items", i].is_live]
    leader = {item_id: item_id for item_id in live}
    for link in casebook.links:
        pair = (link.item_id, link.other_id)
        is_same = link.state == "same" and link.other_kind == "item"
        if is_same and all(item_id in leader for item_id in pair):
            one, other = (leader[item_id] for item_id in pair)
            leader = {item_id: one if now == other else now for item_id, now in leader.items()}
    groups: dict[str, list[str]] = {}
    for item_id in live:
        groups.setdefault(leader[item_id], []).append(item_id)
    return [tuple(group) for group in groups.values()]


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

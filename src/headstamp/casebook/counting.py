"""What is counted, once, and how many of it? Items judged the same count as one."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

import msgspec

from headstamp.casebook.identification import ItemReading, read_items
from headstamp.casebook.opening import Casebook
from headstamp.marks.identify import Identified
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
PLACE_FIELDS = ("country_of_recovery", "site")
IDENTIFIED_FIELDS: dict[str, Callable[[ItemReading], str | None]] = {
    "maker": lambda read: read.identified.maker,
    "maker_country": lambda read: read.identified.maker_country,
    "country_of_manufacture": lambda read: read.identified.country,
    "type_identified": lambda read: read.identified.weapon_type,
    "model_identified": lambda read: read.identified.model,
    "calibre_identified": lambda read: read.identified.calibre,
    "calibre_family": lambda read: read.identified.calibre_family,
    "year_from": lambda read: _text(read.identified.year_from),
    "year_to": lambda read: _text(read.identified.year_to),
    "year_of_manufacture": lambda read: _one_year(read.identified),
    "mark_state": lambda read: read.mark_state,
}
"""What an item is identified as; without one determined answer it is undetermined."""
FIELDS = (*ITEM_FIELDS, *PLACE_FIELDS, *IDENTIFIED_FIELDS)
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
    groups = _Groups(casebook, found)
    for item_ids in _same_objects(casebook):
        items = [casebook.evidence.items[item_id] for item_id in item_ids]
        category = _agreed([item.category for item in items])
        measure = _MEASURE_OF.get(category or "")
        if measure is None:
            continue
        number = _number(items, measure)
        for field, listed in found.items():
            group = _agreed([groups.group_of(item, field) for item in items])
            listed.append(Counted(item_ids=item_ids, measure=measure, number=number, group=group))
    return {field: tuple(listed) for field, listed in found.items()}


def _same_objects(casebook: Casebook) -> list[tuple[str, ...]]:
    """Return the live items, those that a judgement in force calls the same together."""
    graded = casebook.graded
    live = [i for i in casebook.evidence.items if graded["items", i].is_live]
    groups = {item_id: [item_id] for item_id in live}
    for link in casebook.links:
        if link.state == "same" and link.other_kind == "item" and link.is_on_record:
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


def _agreed(values: Sequence[str | None]) -> str | None:
    """Return what all rows that say something say; None where they differ or say nothing."""
    if len(values) == 1:
        return values[0] or None
    said = {value for value in values if value}
    return said.pop() if len(said) == 1 else None


class _Groups:
    """Which group is an item in, by whatever field? What items may be is read once."""

    def __init__(self, casebook: Casebook, fields: Iterable[str | None]) -> None:
        self._casebook = casebook
        needs_reading = not IDENTIFIED_FIELDS.keys().isdisjoint(fields)
        self._read = read_items(casebook) if needs_reading else {}

    def group_of(self, item: Item, field: str | None) -> str | None:
        """Return the group, or None where it is not known; of a protected item nothing is."""
        if field is None or self._casebook.is_protected("items", item.item_id):
            return None
        if field == "mark_state" and item.category not in _SERIALLY_MARKED:
            return None
        if field in IDENTIFIED_FIELDS:
            return IDENTIFIED_FIELDS[field](self._read[item.item_id])
        if field in PLACE_FIELDS:
            return self._place_of(item, field)
        value: str | None = getattr(item, field)
        return value

    def _place_of(self, item: Item, field: str) -> str | None:
        """Return the country or the name of the item's site, else of its session's."""
        evidence = self._casebook.evidence
        session = evidence.sessions.get(item.session_id or "")
        site_id = item.site_id or (session.site_id if session else None)
        site = evidence.sites.get(site_id or "")
        if site is None or self._casebook.is_protected("sites", site.site_id):
            return None
        return site.country if field == "country_of_recovery" else site.name or site.site_id


_SERIALLY_MARKED = frozenset({"weapon", "component"})
"""Categories of which each object bears a serial of its own, or should."""


def _text(year: int | None) -> str | None:
    return None if year is None else str(year)


def _one_year(identified: Identified) -> str | None:
    """Return the year of making where all that tells one tells the same."""
    is_one = identified.year_from == identified.year_to
    return _text(identified.year_from) if is_one else None

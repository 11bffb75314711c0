"""How many? Our own counts with base, bounds and what is undetermined (REASONING.md section 8)."""

from decimal import ROUND_HALF_UP, Decimal

from headstamp.casebook.columns import FIGURES
from headstamp.casebook.counting import (
    FIELDS,
    MEASURES,
    Counted,
    counted,
    counted_by,
    require_field,
)
from headstamp.casebook.kept import keep, kept
from headstamp.casebook.opening import Casebook
from headstamp.terms.table import Cell, Table

ALL = "(all)"
UNDETERMINED = "(undetermined)"
_REPORTED = (
    "country_of_recovery",
    "type_identified",
    "maker",
    "country_of_manufacture",
    "year_of_manufacture",
    "calibre_family",
    "mark_state",
)
"""What a report groups by, in its order, as far as figures can."""


def figures(casebook: Casebook, *, by: str | None = None) -> Table:
    """Return the counts of every measure, in all or by one field of the items.

    Weapons and components are counted in items, ammunition in units; they are never added.
    ``undetermined`` counts the records without a number, which are in no total; ``low`` is
    counted for sure, ``high`` adds what could still be and is empty where nobody knows.

    Raises:
        MisuseError: Figures cannot be grouped by this field.
    """
    if by is not None:
        require_field(by)
    return keep(casebook, f"figures-{by or ALL}", lambda: _figures(casebook, by))


def _figures(casebook: Casebook, by: str | None) -> Table:
    rows = _rows(counted(casebook, by), by)
    return Table(name="figures", columns=FIGURES, rows=tuple(rows))


@kept()
def figures_by(casebook: Casebook) -> Table:
    """Return the same by each of the fields that a report groups by, one after the other."""
    found = counted_by(casebook, [field for field in _REPORTED if field in FIELDS])
    rows = [row for field, everything in found.items() for row in _rows(everything, field)]
    return Table(name="figures_by", columns=FIGURES, rows=tuple(rows))


def total_of(found: list[Counted]) -> Decimal:
    """Return the sum of what has a number."""
    return sum((one.number for one in found if one.number is not None), Decimal(0))


def n_without_number(found: list[Counted]) -> int:
    """Return how many records have no number, and so are in no total."""
    return sum(one.number is None for one in found)


def share_of(part: Decimal, base: Decimal) -> str | None:
    """Return the share in per cent with one decimal, halves rounded up; None of nothing.

    >>> share_of(Decimal(1), Decimal(16)), share_of(Decimal(0), Decimal(0))
    ('6.3', None)
    """
    if base == 0:
        return None
    share = part * 100 / base
    return str(share.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def number_cell(number: Decimal) -> int | str:
    """Return a number as it prints: whole as a whole number, else as exact text."""
    return int(number) if number == number.to_integral_value() else format(number.normalize(), "f")


def _rows(everything: tuple[Counted, ...], by: str | None) -> list[dict[str, Cell]]:
    return [
        row
        for measure in MEASURES
        for row in _measure_rows([c for c in everything if c.measure == measure], measure, by)
    ]


def _measure_rows(found: list[Counted], measure: str, by: str | None) -> list[dict[str, Cell]]:
    base = total_of(found)
    unknown = [one for one in found if one.group is None] if by else []
    groups: dict[str, list[Counted]] = {}
    if by is None:
        groups[ALL] = found
    else:
        for one in found:
            if one.group is not None:
                groups.setdefault(one.group, []).append(one)
    ordered = sorted(groups.items(), key=lambda pair: (-total_of(pair[1]), pair[0]))
    rows = [_row(group, members, unknown, base) for group, members in ordered]
    rows.append(_undetermined_row(found, unknown, base, by))
    return [{"measure": measure, "group_by": by} | row for row in rows]


def _row(
    group: str, members: list[Counted], unknown: list[Counted], base: Decimal
) -> dict[str, Cell]:
    count = total_of(members)
    is_bounded = n_without_number(members) == n_without_number(unknown) == 0
    return {
        "group": group,
        "count": number_cell(count),
        "share": share_of(count, base),
        "base": number_cell(base),
        "undetermined": n_without_number(members),
        "low": number_cell(count),
        "high": number_cell(count + total_of(unknown)) if is_bounded else None,
    }


def _undetermined_row(
    found: list[Counted], unknown: list[Counted], base: Decimal, by: str | None
) -> dict[str, Cell]:
    """Return the row of what has no known group; without groups, of what has no number."""
    members = unknown if by else [one for one in found if one.number is None]
    return _row(UNDETERMINED, members, [], base)

"""Do the numbers that others printed add up, and how do ours compare? ``figures --against``."""

from collections.abc import Iterable
from decimal import Decimal

import msgspec

from headstamp.casebook.columns import AGAINST
from headstamp.casebook.counting import FIELDS, MEASURES, Counted, counted
from headstamp.casebook.figures import (
    ALL,
    UNDETERMINED,
    n_without_number,
    number_cell,
    share_of,
    total_of,
)
from headstamp.casebook.kept import kept
from headstamp.casebook.opening import Casebook
from headstamp.casebook.package_tables import cell_of
from headstamp.casebook.protection import PROTECTED, veil_of, without_secret_words
from headstamp.terms.figure import PublishedFigure
from headstamp.terms.table import Cell, Table

SAMPLE = "ours counts what this casebook records, a sample of opportunity, not of what there was"
_UNKNOWN = "what is on record here does not say how many"
_OTHER = "(other)"
_ITEM_UNITS = frozenset({"piece", "unit", "round", "item", None})
_PERCENT = "percent"

_Key = tuple[str, str | None, str | None, str | None, str]
_Version = dict[str | None, Decimal]
_Counts = dict[str | None, tuple[Counted, ...]]


class _Sum(msgspec.Struct, frozen=True, kw_only=True):
    """What figures of one key add up to; ``told_by`` where relays differ: one relay's own sum."""

    total: Decimal
    n_counted: int
    printed_all: tuple[Decimal, ...]
    n_retold: int
    told_by: str | None = None


@kept()
def figures_against(casebook: Casebook) -> Table:
    """Return every live published figure beside the sum of its kind, and beside our own count.

    ``total`` adds what has one measure, group_by, unit, base and origin: each group once
    however many relays render it, ``(all)`` never with its parts. Where relays differ on
    one thing, versions are not mixed: each total adds what one relay says, and says so.
    """
    graded = casebook.graded
    live = [
        figure
        for figure in casebook.evidence.published_figures.values()
        if graded["published_figures", figure.figure_id].is_live
    ]
    groups: dict[_Key, list[PublishedFigure]] = {}
    for figure in live:
        groups.setdefault(_key(casebook, figure), []).append(figure)
    sums = {
        figure_id: found
        for figures in groups.values()
        for figure_id, found in _sums_of(figures).items()
    }
    fields = {figure.group_by for figure in live} & {None, *FIELDS}
    counts = {field: counted(casebook, field) for field in fields}
    rows = tuple(_row(casebook, figure, sums[figure.figure_id], counts) for figure in live)
    return without_secret_words(
        Table(name="figures_against", columns=AGAINST, rows=rows), veil_of(casebook)
    )


def _key(casebook: Casebook, figure: PublishedFigure) -> _Key:
    origin = casebook.graded["published_figures", figure.figure_id].origin
    return (figure.measure, figure.group_by, figure.unit, figure.base, origin)


def _sums_of(figures: list[PublishedFigure]) -> dict[str, _Sum]:
    """Return the sum for each figure of one key: of all, or of its relay's where relays differ."""
    whole = _sum_of(figures)
    if whole is not None:
        return {figure.figure_id: whole for figure in figures}
    found: dict[str, _Sum] = {}
    for teller in {figure.source_id for figure in figures}:
        own = [figure for figure in figures if figure.source_id == teller]
        total = sum((f.value for f in own if f.group != ALL or len(own) == 1), Decimal(0))
        told = _Sum(total=total, n_counted=len(own), printed_all=(), n_retold=0, told_by=teller)
        found |= {figure.figure_id: told for figure in own}
    return found


def _sum_of(figures: list[PublishedFigure]) -> _Sum | None:
    """Add figures of one key, each thing once; None where two relays tell one thing differently."""
    parts = [figure for figure in figures if figure.group != ALL]
    printed_all = tuple(sorted({figure.value for figure in figures if figure.group == ALL}))
    retellings: dict[str, dict[str, _Version]] = {}
    for figure in parts or figures:
        thing = f"statement {figure.statement}" if figure.statement else f"group {figure.group}"
        version = retellings.setdefault(thing, {}).setdefault(figure.source_id, {})
        version[figure.group] = figure.value
    sums = [_told_once(list(versions.values())) for versions in retellings.values()]
    agreed = [one for one in sums if one is not None]
    if len(agreed) < len(sums):
        return None
    return _Sum(
        total=sum(agreed, Decimal(0)),
        n_counted=sum(max(map(len, versions.values())) for versions in retellings.values()),
        printed_all=printed_all if parts else (),
        n_retold=sum(len(versions) > 1 for versions in retellings.values()),
    )


def _told_once(versions: list[_Version]) -> Decimal | None:
    """Return the sum of the fullest version; None where two versions are not one thing told."""
    fullest = max(versions, key=len)
    for version in versions:
        if any(fullest.get(group) != value for group, value in version.items()):
            return None
    return sum(fullest.values(), Decimal(0))


def _row(
    casebook: Casebook, figure: PublishedFigure, found: _Sum, counts: _Counts
) -> dict[str, Cell]:
    ours, why_ours = _ours(figure, counts)
    computed: dict[str, Cell] = {
        "value": number_cell(figure.value),
        "total": number_cell(found.total),
        "ours": None if ours is None else number_cell(ours),
        "difference": None if ours is None else number_cell(ours - figure.value),
        "why": "; ".join((*_why_total(figure, found), why_ours)),
    }
    row: dict[str, Cell] = {
        column: computed[column] if column in computed else cell_of(getattr(figure, column))
        for column in AGAINST
    }
    if casebook.is_protected("published_figures", figure.figure_id):
        return row | dict.fromkeys(AGAINST[1:], PROTECTED)
    return row


def _why_total(figure: PublishedFigure, found: _Sum) -> Iterable[str]:
    if found.told_by is not None:
        yield f"relays of one origin differ; total adds only what {found.told_by} says"
        return
    if found.n_counted > 1:
        yield f"total adds {found.n_counted} figures of one measure, group, unit, base and origin"
    if found.n_retold:
        yield "what several relays repeat is counted once"
    if figure.unit == _PERCENT and found.n_counted > 1:
        yield "shares need not sum to 100"
    for printed in found.printed_all:
        gap = printed - found.total
        says = "equals" if gap == 0 else f"differs by {number_cell(gap)} from"
        yield f"the sum of the parts {says} the printed {ALL}, {number_cell(printed)}"


def _ours(figure: PublishedFigure, counts: _Counts) -> tuple[Decimal | None, str]:
    """Return our own number of the same kind, or why there is none."""
    missing = _not_comparable(figure, counts)
    if missing is not None:
        return None, f"no number of ours: {missing}"
    found = [one for one in counts[figure.group_by] if one.measure == figure.measure]
    members = _members(found, figure)
    if _is_unknown(found, members, figure):
        return None, f"no number of ours: {_UNKNOWN}"
    number = total_of(members)
    n_more = n_without_number(members)
    why = SAMPLE + (f"; {n_more} more records have no number" if n_more else "")
    if figure.unit != _PERCENT:
        return number, why
    share = share_of(number, total_of(found))
    return (None, f"no number of ours: {_UNKNOWN}") if share is None else (Decimal(share), why)


def _is_unknown(found: list[Counted], members: list[Counted], figure: PublishedFigure) -> bool:
    """Whether nothing here says how many: a count of nothing known is not zero."""
    if members:
        return all(one.number is None for one in members)
    is_grouped = figure.group_by is not None and figure.group not in {ALL, None, UNDETERMINED}
    return not found or (is_grouped and all(one.group is None for one in found))


def _not_comparable(figure: PublishedFigure, counts: _Counts) -> str | None:
    if figure.measure not in MEASURES:
        return "what was counted is not one of our measures"
    if figure.group_by not in counts:
        return f"we do not count by {figure.group_by}"
    if figure.unit != _PERCENT and figure.unit not in _ITEM_UNITS:
        return f"we do not count in {figure.unit}"
    if figure.group == _OTHER:
        return f"which groups {_OTHER} holds is not said"
    return None


def _members(found: list[Counted], figure: PublishedFigure) -> list[Counted]:
    if figure.group_by is None or figure.group in {ALL, None}:
        return found
    wanted = None if figure.group == UNDETERMINED else figure.group
    return [one for one in found if one.group == wanted]

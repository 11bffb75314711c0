"""How many? Our own counts with their bases, and published numbers beside their sums."""

from decimal import Decimal

from headstamp.reports.case import Case, lineage_of
from headstamp.reports.cells import Row, text_of
from headstamp.reports.cuts import MOST_NESTED, Cuts
from headstamp.reports.drawing.countries import country_name
from headstamp.reports.names import slug
from headstamp.reports.pages.claims import source_links
from headstamp.reports.pages.page import Page
from headstamp.reports.phrases import label

_COUNTRY_GROUPS = frozenset({"country_of_recovery", "country_of_manufacture", "country"})
_OUR_IDS = frozenset({"type_identified", "maker", "calibre_identified", "calibre_family"})
_KEYS = ("measure", "group_by", "unit", "base")


def figures_page(case: Case) -> Page:
    """Return the page of figures: ours, then published ones by what they measure."""
    cuts = Cuts("figures.html")
    published = cuts.first(case.rows("figures_against"), "published", table="figures_against")
    return Page(
        file="figures.html",
        template="figures.html",
        title="Figures",
        values={
            "ours": tuple(_ours(row) for row in case.rows("figures")),
            "grouped_ours": _grouped(case, cuts),
            "sets": _sets(case, published),
            "more": cuts.get("published"),
        },
        cuts=cuts,
    )


def _grouped(case: Case, cuts: Cuts) -> tuple[dict[str, object], ...]:
    """Return our counts by each field that anything is known of, the largest groups of each."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in case.rows("figures_by"):
        key = (text_of(row, "group_by"), text_of(row, "measure"))
        found.setdefault(key, []).append(row)
    return tuple(
        _group(by, measure, rows, cuts) for (by, measure), rows in found.items() if len(rows) > 1
    )


def _group(by: str, measure: str, rows: list[Row], cuts: Cuts) -> dict[str, object]:
    """Return the groups of one field; what is undetermined stands last, however large."""
    what = f"{measure} by {by}"
    *groups, undetermined = rows
    known = sorted(groups, key=_most_first)
    shown = cuts.first(known, what, table="figures_by", most=MOST_NESTED)
    return {
        "key": f"{measure}-{by}",
        "measure": label("measure", measure),
        "by": label("field", by),
        "rows": tuple(_ours(row) for row in (*shown, undetermined)),
        "more": cuts.get(what),
    }


def _ours(row: Row) -> dict[str, str]:
    columns = ("measure", "group_by", "group", "count", "share", "base", "undetermined")
    found = {column: text_of(row, column) for column in (*columns, "low", "high")}
    found["group"] = group_name(found["group_by"], found["group"])
    return found


def _most_first(row: Row) -> tuple[Decimal, ...]:
    """Return what sorts groups by number, those without one by how many records they hold."""
    return tuple(-Decimal(text_of(row, column) or 0) for column in ("count", "undetermined"))


def _sets(case: Case, published: tuple[Row, ...]) -> tuple[dict[str, object], ...]:
    """Return published figures grouped by what they count, of what, in which unit."""
    grouped: dict[tuple[str, ...], list[Row]] = {}
    for row in published:
        grouped.setdefault(tuple(text_of(row, key) for key in _KEYS), []).append(row)
    return tuple(
        {
            "measure": label("measure", measure),
            "group_by": label("measure", group_by) if group_by else "",
            "unit": unit,
            "base": base,
            "rows": tuple(_published(case, row) for row in rows),
        }
        for (measure, group_by, unit, base), rows in grouped.items()
    )


def _published(case: Case, row: Row) -> dict[str, object]:
    found: dict[str, object] = {
        column: text_of(row, column)
        for column in ("figure_id", "value", "hedge", "total", "ours", "difference", "why")
    }
    found["group"] = group_name(text_of(row, "group_by"), text_of(row, "group"))
    ident = text_of(row, "figure_id")
    found["anchor"] = slug("figure", ident)
    found["lineage"] = source_links(case, lineage_of(case.row("published_figures", ident) or {}))
    return found


def group_name(group_by: str, group: str) -> str:
    """Return a group in words: a country by its name, an id of ours without its underscores.

    >>> group_name("country_of_recovery", "IQ"), group_name("", "(all)")
    ('Iraq', '(all)')
    >>> group_name("type_identified", "machine_gun"), group_name("mark_state", "partial")
    ('machine gun', 'read in part')
    """
    if group_by in _COUNTRY_GROUPS:
        return country_name(group)
    if group_by == "mark_state":
        return label("mark_state", group)
    return group.replace("_", " ") if group_by in _OUR_IDS else group

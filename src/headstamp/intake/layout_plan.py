"""How are the rows of one sheet read? The layout and the sheet's header, worked out once."""

from collections.abc import Mapping

import msgspec

from headstamp.intake import layout_kinds
from headstamp.intake.grids import N_SHOWN, Grid
from headstamp.intake.layout import ColumnForm, Layout
from headstamp.intake.layout_cells import CellTest, compile_filled, folded
from headstamp.intake.layout_record_plan import RecordPlan, column_label, plan_record
from headstamp.intake.layout_where import NO_COLUMN, RowTest, compile_where
from headstamp.intake.nearest import nearest
from headstamp.intake.trouble import file_issue, shown
from headstamp.terms.issue import Issue


class SheetPlan(msgspec.Struct, frozen=True, kw_only=True):
    """All that is done with the rows of one sheet.

    ``used``: places of columns that some rule or field reads; ``asked``: those by which
    every row is decided; ``reasons``: name of an ignored column → why.
    """

    names: tuple[str, ...]
    n_columns: int
    used: frozenset[int]
    asked: frozenset[int]
    reasons: dict[str, str]
    leave: tuple[tuple[RowTest | None, str], ...]
    same: tuple[tuple[RowTest | None, tuple[int, ...], str], ...]
    records: tuple[RecordPlan, ...]
    items: tuple[RecordPlan, ...]
    is_filled: CellTest
    has_empty_words: bool

    def name_of(self, place: int) -> str:
        """Return the name of a column, or its place where it has none."""
        return column_label(place, self.names)

    def reason_of(self, place: int) -> str | None:
        """Return why the layout ignores a column, by its name or its place; None if it does not."""
        by_place = self.reasons.get(column_label(place, ()))
        return self.reasons.get(folded(self.name_of(place)), by_place)

    def read_by(self, made: int) -> frozenset[int]:
        """Return the places that are read in a row that gave these records, a bit for each."""
        records = (one for n, one in enumerate(self.records) if made >> n & 1)
        return self.asked.union(*(one.read for one in records))


def plan_sheet(
    layout: Layout, grid: Grid, *, file: str, own_ids: Mapping[str, str | None] | None = None
) -> SheetPlan | list[Issue]:
    """Return how a sheet is read, or what keeps it from being read with this layout.

    Columns that are optional and missing are added to ``grid.issues``.

    Args:
        own_ids: What records with an id of their own are called, where it is not that id.
    """
    places, issues = _places(layout, grid, file)
    if issues:
        return issues
    plans = tuple(
        plan_record(layout, form, places, own_ids or {}, grid.header) for form in layout.records
    )
    wheres = [one.where for one in layout.leave]
    wheres += [one.where for one in layout.same]
    wheres += [one.where for one in layout.records]
    asked = {places[short] for where in wheres for short in where}
    asked |= {places[short] for one in layout.same for short in one.columns}
    used = frozenset(place for place in places.values() if place != NO_COLUMN)
    return SheetPlan(
        names=grid.header,
        n_columns=max(len(grid.header), 1 + max(used, default=0)),
        used=used,
        asked=frozenset(asked - {NO_COLUMN}),
        reasons={folded(name): why for name, why in layout.ignore.items()},
        leave=tuple((compile_where(layout, one.where, places), one.why) for one in layout.leave),
        same=tuple(
            (
                compile_where(layout, one.where, places),
                tuple(places[c] for c in one.columns),
                one.why,
            )
            for one in layout.same
        ),
        records=plans,
        items=tuple(one for one in plans if one.form.table == "items"),
        is_filled=compile_filled(layout.file.empty),
        has_empty_words=bool(layout.file.empty),
    )


# --- where the columns stand ------------------------------------------------------------------


def _places(layout: Layout, grid: Grid, file: str) -> tuple[dict[str, int], list[Issue]]:
    """Return the place of each column of the layout, and what is wrong with the header."""
    sheet = f"the sheet {shown(grid.sheet)} " if grid.sheet else ""
    header = [folded(name) for name in grid.header]
    found: dict[str, int] = {}
    issues: list[Issue] = []
    missing: list[str] = []
    for short in layout.columns:
        form = layout.column(short)
        at = _places_of(form, header)
        name = form.names[0] if form.names else f"(column {form.at})"
        if len(at) > 1 and len({header[n] for n in at}) < len(at):
            said = f"{sheet}has two columns named {shown(grid.header[at[0]])}"
            kind = layout_kinds.LAYOUT_COLUMN_TWICE
            issues.append(file_issue(kind, said, file=file, column=grid.header[at[0]]))
        if not at and not form.optional:
            missing.append(name)
        found[short] = at[0] if at else NO_COLUMN
        if not at and form.optional:
            said = f"{sheet}has no column {shown(name)}; read as empty: not recorded"
            kind = layout_kinds.OPTIONAL_MISSING
            grid.issues.append(file_issue(kind, said, file=file, column=name))
    if missing:
        issues.append(_missing_issue(missing, grid, file, sheet))
    return found, issues


def _places_of(form: ColumnForm, header: list[str]) -> list[int]:
    """Return the places where a column may stand; by its number also beyond no header."""
    if form.at is not None:
        return [form.at - 1] if form.at <= len(header) or not header else []
    names = set(map(folded, form.names))
    return [n for n, name in enumerate(header) if name in names]


def _missing_issue(missing: list[str], grid: Grid, file: str, sheet: str) -> Issue:
    listed = ", ".join(map(shown, missing))
    said = f"{sheet}has no column {listed}, which the layout reads"
    held = ", ".join(shown(name) for name in grid.header[:N_SHOWN] if name) or "nothing"
    near = nearest(missing[0], grid.header)
    hint = f"is {shown(near)} meant? " if near else ""
    hint += f"where the layout looks for the header stands: {held}"
    if len(grid.header) > N_SHOWN:
        hint += f" and {len(grid.header) - N_SHOWN} more"
    kind = layout_kinds.NO_LAYOUT_COLUMN
    return file_issue(kind, said, file=file, column=missing[0], hint=hint)

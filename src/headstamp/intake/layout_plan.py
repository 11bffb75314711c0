"""How are the rows of one sheet read? The layout and the sheet's header, worked out once."""

from collections.abc import Callable, Mapping

import msgspec

from headstamp.intake import layout_kinds
from headstamp.intake.cells import Value
from headstamp.intake.contents import CONTENT_RULES, ContentRule
from headstamp.intake.grids import N_SHOWN, Grid, RawCell, is_filled
from headstamp.intake.layout import FieldForm, FileForm, Layout, RecordForm, Test, Where
from headstamp.intake.layout_cells import CellReader, Read, compile_field, folded, text_of
from headstamp.intake.nearest import nearest
from headstamp.intake.patterns import is_found
from headstamp.intake.schema import Column, TableSchema, package_schema
from headstamp.intake.trouble import file_issue, shown
from headstamp.terms.issue import Issue

COMMON_SOURCE = "source_id"
NO_COLUMN = -1
"""The place of an optional column that the sheet lacks."""

RowTest = Callable[[list[RawCell]], bool]


class FieldPlan(msgspec.Struct, frozen=True, kw_only=True):
    """One field: the places it is read from, how, and what equal cells gave before."""

    name: str
    places: tuple[int, ...]
    join: str
    read: CellReader
    remembered: dict[object, Read]


class RecordPlan(msgspec.Struct, frozen=True, kw_only=True):
    """One record of a row; ``shared_by`` the places whose cells make its id, if it is shared."""

    form: RecordForm
    schema: TableSchema
    id_column: str
    test: RowTest
    needs: tuple[int, ...]
    constants: dict[str, Value]
    fields: tuple[FieldPlan, ...]
    refs: tuple[tuple[str, str], ...]
    required: tuple[str, ...]
    rules: tuple[ContentRule, ...]
    shared_by: tuple[int, ...]
    is_protected: bool


class SheetPlan(msgspec.Struct, frozen=True, kw_only=True):
    """All that is done with the rows of one sheet.

    ``used``: places of columns that some rule or field reads; ``ignored``: place → why.
    """

    names: tuple[str, ...]
    used: frozenset[int]
    ignored: dict[int, str]
    unknown: tuple[int, ...]
    leave: tuple[tuple[RowTest, str], ...]
    same: tuple[tuple[RowTest, tuple[int, ...], str], ...]
    records: tuple[RecordPlan, ...]


def plan_sheet(layout: Layout, grid: Grid, *, file: str) -> SheetPlan | list[Issue]:
    """Return how a sheet is read, or what keeps it from being read with this layout.

    Columns that are optional and missing are added to ``grid.issues``.
    """
    places, issues = _places(layout, grid, file)
    if issues:
        return issues
    used = frozenset(place for place in places.values() if place != NO_COLUMN)
    reasons = {folded(name): why for name, why in layout.ignore.items()}
    ignored = {
        place: reasons[folded(name)]
        for place, name in enumerate(grid.header)
        if place not in used and folded(name) in reasons
    }
    others = (place for place in range(len(grid.header)) if place not in used)
    return SheetPlan(
        names=tuple(name or f"(column {n})" for n, name in enumerate(grid.header, start=1)),
        used=used,
        ignored=ignored,
        unknown=tuple(place for place in others if place not in ignored),
        leave=tuple((_test(layout, one.where, places), one.why) for one in layout.leave),
        same=tuple(
            (_test(layout, one.where, places), tuple(places[c] for c in one.columns), one.why)
            for one in layout.same
        ),
        records=tuple(_record(layout, form, places) for form in layout.records),
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
        at = [n for n, name in enumerate(header) if name in set(map(folded, form.names))]
        if form.at is not None:
            at = [form.at - 1]
        if len(at) > 1 and len({header[n] for n in at}) < len(at):
            said = f"{sheet}has two columns named {shown(grid.header[at[0]])}"
            kind = layout_kinds.LAYOUT_COLUMN_TWICE
            issues.append(file_issue(kind, said, file=file, column=grid.header[at[0]]))
        if not at and not form.optional:
            missing.append(form.names[0])
        found[short] = at[0] if at else NO_COLUMN
        if not at and form.optional:
            said = f"{sheet}has no column {shown(form.names[0])}; read as empty: not recorded"
            kind = layout_kinds.OPTIONAL_MISSING
            grid.issues.append(file_issue(kind, said, file=file, column=form.names[0]))
    if missing:
        issues.append(_missing_issue(missing, grid, file, sheet))
    return found, issues


def _missing_issue(missing: list[str], grid: Grid, file: str, sheet: str) -> Issue:
    listed = ", ".join(map(shown, missing))
    said = f"{sheet}has no column {listed}, which the layout {'reads' if missing else ''}"
    held = ", ".join(shown(name) for name in grid.header[:N_SHOWN] if name) or "nothing"
    near = nearest(missing[0], grid.header)
    hint = f"is {shown(near)} meant? " if near else ""
    hint += f"where the layout looks for the header stands: {held}"
    if len(grid.header) > N_SHOWN:
        hint += f" and {len(grid.header) - N_SHOWN} more"
    kind = layout_kinds.NO_LAYOUT_COLUMN
    return file_issue(kind, said, file=file, column=missing[0], hint=hint)


# --- what a row must be -----------------------------------------------------------------------


def _test(layout: Layout, where: Where, places: Mapping[str, int]) -> RowTest:
    """Return the question whether a row meets all conditions; equal cells are asked once."""
    asked = [
        (places[short], _cell_test(test, split=layout.column(short).split), dict[RawCell, bool]())
        for short, test in where.items()
    ]

    def holds(cells: list[RawCell]) -> bool:
        for place, test, remembered in asked:
            cell = cells[place] if place != NO_COLUMN else None
            known = remembered.get(cell)
            if known is None:
                known = remembered[cell] = test(cell)
            if not known:
                return False
        return True

    return holds


def _cell_test(test: tuple[str, ...] | Test, *, split: str) -> Callable[[RawCell], bool]:
    if not isinstance(test, Test):
        test = Test(among=test)
    asked: list[Callable[[RawCell], bool]] = []
    if test.among is not None:
        among = frozenset(map(folded, test.among))
        asked.append(lambda cell: folded(text_of(cell)) in among)
    if test.none_of is not None:
        none_of = frozenset(map(folded, test.none_of))
        asked.append(lambda cell: folded(text_of(cell)) not in none_of)
    if test.has is not None:
        has = frozenset(map(folded, test.has))
        asked.append(lambda cell: not has.isdisjoint(_parts(cell, split)))
    if test.pattern is not None:
        pattern = test.pattern
        asked.append(lambda cell: is_found(pattern, text_of(cell)))
    if test.unlike is not None:
        unlike = test.unlike
        asked.append(lambda cell: not is_found(unlike, text_of(cell)))
    if test.empty is not None:
        is_empty = test.empty
        asked.append(lambda cell: is_filled(cell) is not is_empty)
    return lambda cell: all(one(cell) for one in asked)


def _parts(cell: RawCell, split: str) -> set[str]:
    text = text_of(cell)
    return {folded(part) for part in (text.split(split) if split else [text])}


# --- what a row gives -------------------------------------------------------------------------


def _record(layout: Layout, form: RecordForm, places: Mapping[str, int]) -> RecordPlan:
    schema = package_schema()[form.table]
    columns = {column.name: column for column in schema.columns}
    fields = {name: field for name, field in form.fields.items() if isinstance(field, FieldForm)}
    constants = {
        name: _constant(field, columns[name])
        for name, field in form.fields.items()
        if isinstance(field, str)
    }
    if COMMON_SOURCE in columns and form.table != "sources" and COMMON_SOURCE not in fields:
        constants.setdefault(COMMON_SOURCE, layout.source)
    refs = {name: field.record for name, field in fields.items() if field.record is not None}
    return RecordPlan(
        form=form,
        schema=schema,
        id_column=schema.id[0],
        test=_test(layout, form.where, places),
        needs=tuple(places[short] for short in form.needs),
        constants=constants,
        fields=tuple(
            FieldPlan(
                name=name,
                places=tuple(places[short] for short in field.sources),
                join=field.join,
                read=compile_field(field, columns[name], layout),
                remembered={},
            )
            for name, field in fields.items()
            if field.record is None
        ),
        refs=tuple(refs.items()),
        required=tuple(c.name for c in schema.columns if c.required and c.name != schema.id[0]),
        rules=CONTENT_RULES.get(form.table, ()),
        shared_by=() if isinstance(form.id, str) else tuple(places[short] for short in form.id),
        is_protected="sensitivity" in form.fields,
    )


def _constant(text: str, column: Column) -> Value:
    found = compile_field(FieldForm(column="-"), column, _ANY)(text)
    assert isinstance(found, str | int | list)  # open_layout has refused any other.
    return found


_ANY = Layout(
    name="any",
    title="",
    source="",
    notation="headstamp",
    file=FileForm(format="csv"),
    columns={},
    records=(),
)

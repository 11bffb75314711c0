"""How is one record of a row made? Its fields, references and rules, worked out once per sheet."""

from collections.abc import Iterator, Mapping

import msgspec

from headstamp.intake.cells import Value, compile_reader
from headstamp.intake.contents import CONTENT_RULES, ContentRule
from headstamp.intake.layout import FieldForm, Layout, RecordForm
from headstamp.intake.layout_cells import (
    CellReader,
    JoinedReader,
    Read,
    compile_field,
    compile_joined,
)
from headstamp.intake.layout_where import NO_COLUMN, RowTest, compile_where
from headstamp.intake.schema import REF_TYPES, REFS_ONLY, Column, layout_schema
from headstamp.intake.trouble import Troubled, printable

COMMON_SOURCE = "source_id"

Remembered = dict[object, Read]
FieldPlan = tuple[str, int, CellReader, Remembered]
"""A field of one column: its name, the place, how it is read, and what equal cells gave."""
JoinedPlan = tuple[str, tuple[int, ...], JoinedReader]
"""A field of several columns: its name, their places, and how they are read."""


class RecordPlan(msgspec.Struct, frozen=True, kw_only=True):
    """One record of a row: when it is made, of what, and what it cannot be without.

    ``any_of``: sets of places, in each of which something must stand for it to be made.
    ``id_columns``: where there are several, they are its id. ``shared_by``: places whose
    cells make the id of a record that rows share. ``refs``: field, label
    of the record it names, and whether the field is a list. ``column_names``: what the file
    calls the columns of a field. ``cell_refs``: fields that are
    read from cells and hold ids, with their places. ``read``: places that are read where
    the record is made. Every row makes a record that ``is_always_same``, and the same.
    """

    form: RecordForm
    label: str
    id_columns: tuple[str, ...]
    test: RowTest | None
    any_of: tuple[tuple[int, ...], ...]
    constants: dict[str, Value]
    fields: tuple[FieldPlan, ...]
    joined: tuple[JoinedPlan, ...]
    refs: tuple[tuple[str, str, bool], ...]
    cell_refs: tuple[tuple[Column, tuple[int, ...]], ...]
    required: tuple[str, ...]
    column_names: dict[str, str]
    rules: tuple[ContentRule, ...]
    shared_by: tuple[int, ...]
    read: tuple[int, ...]
    is_always_same: bool
    is_protected: bool


def plan_record(
    layout: Layout,
    form: RecordForm,
    places: Mapping[str, int],
    own_ids: Mapping[str, str | None],
    header: tuple[str, ...] = (),
) -> RecordPlan:
    """Return how a record is made, given the places of the columns on the sheet.

    Args:
        header: Their names there, for what is said of a cell.
        own_ids: What records with an id of their own are called; None: nobody knows one.
    """
    schema = layout_schema()[form.table]
    columns = {column.name: column for column in schema.columns}
    fields = {name: field for name, field in form.fields.items() if isinstance(field, FieldForm)}
    constants = _constants(layout, form, columns, own_ids)
    refs = [(name, field.record) for name, field in fields.items() if field.record is not None]
    read = [places[short] for field in fields.values() for short in field.sources]
    read += [places[short] for short in form.needs]
    needs = _present(form.needs, places)
    shared = None if isinstance(form.id, str) else _present(form.id, places)
    is_single = len(schema.id) == 1
    required = {column.name for column in schema.columns if column.required}
    required = required - set(schema.id) if is_single else required | set(schema.id)
    return RecordPlan(
        form=form,
        label=form.label,
        id_columns=schema.id,
        test=compile_where(layout, form.where, places),
        any_of=tuple(dict.fromkeys(at for at in (needs, shared) if at is not None)),
        constants=constants,
        fields=tuple(_single_fields(layout, fields, columns, places)),
        joined=tuple(_joined_fields(layout, fields, columns, places)),
        refs=tuple((name, label, columns[name].is_list) for name, label in refs),
        cell_refs=tuple(
            (columns[name], tuple(places[short] for short in field.sources))
            for name, field in fields.items()
            if field.sources and columns[name].type in REFS_ONLY
        ),
        required=tuple(name for name in columns if name in required),
        column_names={
            name: ", ".join(column_label(places[short], header) for short in field.sources)
            for name, field in fields.items()
        },
        rules=_rules(form),
        shared_by=shared or (),
        read=tuple(sorted({*read, *(shared or ())} - {NO_COLUMN})),
        is_always_same=bool(form.id) and not (read or shared or refs or form.where or form.needs),
        is_protected="sensitivity" in form.fields,
    )


def column_label(place: int, header: tuple[str, ...]) -> str:
    """Return the name of a column, or its place where it has none."""
    name = header[place] if 0 <= place < len(header) else ""
    return printable(name) or f"(column {place + 1})"


def _present(shorts: tuple[str, ...], places: Mapping[str, int]) -> tuple[int, ...] | None:
    """Return where columns stand that the sheet has; None where none are named."""
    return (
        tuple(places[short] for short in shorts if places[short] != NO_COLUMN) if shorts else None
    )


def _constants(
    layout: Layout,
    form: RecordForm,
    columns: Mapping[str, Column],
    own_ids: Mapping[str, str | None],
) -> dict[str, Value]:
    """Return the fields with a fixed text; ids of the layout's own records as they are called."""
    given = {name: field for name, field in form.fields.items() if isinstance(field, str)}
    if COMMON_SOURCE in columns and form.table != "sources" and COMMON_SOURCE not in form.fields:
        given[COMMON_SOURCE] = layout.source
    constants: dict[str, Value] = {}
    for name, text in given.items():
        value = _constant(text, columns[name])
        if columns[name].type in REF_TYPES:
            ids = value if isinstance(value, list) else [str(value)]
            found = [named for one in ids if (named := own_ids.get(one, one)) is not None]
            if not found:
                continue
            value = found if isinstance(value, list) else found[0]
        constants[name] = value
    return constants


def _constant(text: str, column: Column) -> Value:
    found = compile_reader(column)(text)
    value = found.value if isinstance(found, Troubled) else found
    assert value is not None  # open_layout has refused what cannot be read.
    return value


def _single_fields(
    layout: Layout,
    fields: Mapping[str, FieldForm],
    columns: Mapping[str, Column],
    places: Mapping[str, int],
) -> Iterator[FieldPlan]:
    for name, field in fields.items():
        if field.column is not None and places[field.column] != NO_COLUMN:
            yield name, places[field.column], compile_field(field, columns[name], layout), {}


def _joined_fields(
    layout: Layout,
    fields: Mapping[str, FieldForm],
    columns: Mapping[str, Column],
    places: Mapping[str, int],
) -> Iterator[JoinedPlan]:
    for name, field in fields.items():
        at = tuple(places[short] for short in field.columns if places[short] != NO_COLUMN)
        if at:
            yield name, at, compile_joined(field, columns[name], layout)


def _rules(form: RecordForm) -> tuple[ContentRule, ...]:
    common = CONTENT_RULES["(all)"] if "relays" in form.fields else ()
    return (*common, *CONTENT_RULES.get(form.table, ()))

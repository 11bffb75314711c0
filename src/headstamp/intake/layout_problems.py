"""Does a layout agree with itself? What is wrong, and the remedy, before any file is read."""

import re
from collections.abc import Iterable, Iterator, Mapping

from headstamp.intake.cells import compile_reader, id_problem
from headstamp.intake.layout import FieldForm, Layout, RecordForm, Test, Where, columns_used
from headstamp.intake.layout_dates import date_format_problem
from headstamp.intake.nearest import nearest
from headstamp.intake.patterns import require_pattern
from headstamp.intake.schema import Column, TableSchema, layout_schema
from headstamp.intake.trouble import Troubled
from headstamp.terms.errors import MisuseError

Problem = tuple[str, str]
"""What is wrong, and the remedy."""

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
_LABEL = re.compile(r"[A-Za-z0-9_-]{0,40}")
_NO_SEPARATORS = frozenset('"\r\n')
_WITH_HEADER = frozenset({"csv", "tsv", "xlsx"})


def layout_problems(layout: Layout) -> Iterator[Problem]:
    """Yield everything by which a layout contradicts itself, or names what is not there."""
    if not _NAME.fullmatch(layout.name):
        yield f"name = {layout.name!r} is no name", "write 2 to 40 of a-z, 0-9 and -"
    if not layout.records:
        yield "it makes no record", "add a [[records]] table"
    yield from _file_problems(layout)
    yield from _column_problems(layout)
    yield from _where_problems(layout)
    for number, record in enumerate(layout.records, start=1):
        yield from _record_problems(layout, record, number)
    yield from _label_problems(layout)
    yield from _pattern_problems(layout)


def _file_problems(layout: Layout) -> Iterator[Problem]:
    form = layout.file
    if form.header_row < 0:
        yield f"file.header_row = {form.header_row}", "write 0 where there is no header"
    if len(form.separator) != 1 or form.separator in _NO_SEPARATORS:
        yield f"file.separator = {form.separator!r}", "write one character, such as ; or \\t"
    for encoding in form.encodings:
        try:
            "".encode(encoding)
        except (LookupError, ValueError):
            yield f"file.encoding names {encoding!r}, which nobody knows", "such as utf-8, cp1252"
    for name in form.skip_sheets.keys() & set(form.sheets):
        yield (
            f"the sheet {name!r} is in file.sheets and in file.skip_sheets",
            "leave one of them out",
        )
    for name, spans in (("rows", layout.expect.rows), ("taken", layout.expect.taken)):
        if spans is not None and not 0 <= spans[0] <= spans[1]:
            yield f"expect.{name} = {list(spans)}", "write the least, then the most"


# --- columns ----------------------------------------------------------------------------------


def _column_problems(layout: Layout) -> Iterator[Problem]:
    for short in layout.columns:
        column = layout.column(short)
        if not column.names and column.at is None:
            yield f"columns.{short} says neither name nor place", "give name = or at ="
        if column.at is not None and column.at < 1:
            yield f"columns.{short}: at = {column.at}", "the first column is 1"
        if layout.file.header_row == 0 and column.at is None and _has_header(layout):
            yield f"columns.{short} has a name and the file has no header", "give at ="
    used = set(columns_used(layout))
    for short in sorted(used - layout.columns.keys()):
        near = nearest(short, layout.columns)
        meant = f"is {near} meant?" if near else f"one of {', '.join(layout.columns)}"
        yield f"the column {short!r} is used and not among [columns]", meant
    for short in sorted(layout.columns.keys() - used):
        hint = "use it, or move its name in the file to [ignore] with the reason"
        yield f"columns.{short} is named and never used", hint


def _has_header(layout: Layout) -> bool:
    return any(form in _WITH_HEADER for form in layout.file.formats)


def _where_problems(layout: Layout) -> Iterator[Problem]:
    for leave in layout.leave:
        if not leave.where:
            yield f"the [[leave]] rule ({leave.why}) leaves every row", "give where ="
    yield from _same_problems(layout)
    for where in _wheres(layout):
        for short, test in where.items():
            if test == Test():
                yield f"the test of {short!r} asks nothing", "such as is = [...] or empty = true"


def _same_problems(layout: Layout) -> Iterator[Problem]:
    has_items = any(one.table == "items" and not one.id for one in layout.records)
    for same in layout.same:
        if not same.columns:
            yield f"the [[same]] rule ({same.why}) names no columns", "give columns ="
        if not has_items:
            hint = 'add [[records]] with table = "items", or take [[same]] out'
            yield "[[same]] is for items, and no record is one", hint


def _wheres(layout: Layout) -> list[Where]:
    wheres = [one.where for one in layout.leave]
    wheres += [one.where for one in layout.same]
    return wheres + [one.where for one in layout.records]


# --- records ----------------------------------------------------------------------------------


def _record_problems(layout: Layout, record: RecordForm, number: int) -> Iterator[Problem]:
    place = f"records {number} ({record.label})"
    schema = layout_schema().get(record.table)
    if schema is None:
        yield f"{place}: there is no table {record.table!r}", _meant(record.table, layout_schema())
        return
    yield from _id_problems(place, record, schema)
    known = {column.name: column for column in schema.columns}
    earlier = {one.label: one for one in layout.records[: number - 1]}
    for name, field in record.fields.items():
        if name not in known:
            yield f"{place}: {record.table} has no column {name!r}", _meant(name, known)
        elif isinstance(field, str):
            yield from _constant_problems(f"{place}: {name}", field, known[name])
        else:
            yield from _field_problems(f"{place}: {name}", field, known[name])
            yield from _ref_problems(
                f"{place}: {name}", field, _tables(known[name], record), earlier
            )


def _meant(word: str, known: Mapping[str, object]) -> str:
    near = nearest(word, known)
    return f"is {near} meant?" if near else f"one of {', '.join(known)}"


def _id_problems(place: str, record: RecordForm, schema: TableSchema) -> Iterator[Problem]:
    if not _LABEL.fullmatch(record.name):
        yield f"{place}: name = {record.name!r}", "write up to 40 of A-Z, a-z, 0-9, _ and -"
    if len(schema.id) > 1 and record.id:
        made = " and ".join(schema.id)
        yield f"{place}: the id of {record.table} is made of {made}", "take id = out"
    if isinstance(record.id, str) and (problem := id_problem(record.id)):
        yield (
            f"{place}: id = {record.id!r} {problem}",
            "write a short id of letters, digits, _ and -",
        )
    if len(schema.id) == 1 and schema.id[0] in record.fields:
        yield f"{place}: {schema.id[0]} is made by the layout", "say it with id ="


def _constant_problems(place: str, value: str, column: Column) -> Iterator[Problem]:
    if not value.strip():
        yield f"{place}: the text is empty", "take the field out: empty means not recorded"
        return
    found = compile_reader(column)(value)
    if isinstance(found, Troubled) and any(trouble.is_refusal for trouble in found.troubles):
        trouble = next(trouble for trouble in found.troubles if trouble.is_refusal)
        yield f"{place}: {value!r} {trouble.said}", trouble.hint or trouble.kind.remedy


def _field_problems(place: str, field: FieldForm, column: Column) -> Iterator[Problem]:
    given = [bool(field.column), bool(field.columns), bool(field.record)]
    if sum(given) != 1:
        yield f"{place} is filled from {sum(given)} things", "give one: column, columns or record"
    for written, meant in field.values.items():
        if meant:
            yield from _constant_problems(f"{place}: values {written!r}", meant, column)
    for form in field.dates:
        if problem := date_format_problem(form):
            yield f"{place}: the format {form!r} {problem}", "such as %d/%m/%Y"
    signs = (field.decimal, field.thousands)
    if len(field.decimal) != 1 or len(field.thousands) > 1 or signs[0] == signs[1]:
        hint = "write one sign for each, such as decimal = ',' and thousands = '.'"
        yield f"{place}: decimal = {field.decimal!r} and thousands = {field.thousands!r}", hint


def _tables(column: Column, record: RecordForm) -> tuple[str, ...]:
    """Return the tables that a column may refer to, as far as the layout tells."""
    if column.by is None:
        return column.refs
    by = record.fields.get(column.by)
    refs = column.refs_by
    return (refs[by],) if isinstance(by, str) and by in refs else tuple(refs.values())


def _ref_problems(
    place: str, field: FieldForm, tables: tuple[str, ...], earlier: Mapping[str, RecordForm]
) -> Iterator[Problem]:
    """Yield what is wrong with a reference: it goes to a record above, of a table that may be."""
    if field.record is None:
        return
    named = earlier.get(field.record)
    if named is None:
        near = nearest(field.record, earlier)
        above = f"records above it: {', '.join(earlier) or 'none'}"
        hint = f"is {near} meant? {above}" if near else f"{above}; put the one it names before it"
        yield f"{place}: no record above it is called {field.record!r}", hint
    elif named.table not in tables:
        allowed = f"an id of {' or '.join(tables)}" if tables else "no id"
        yield f"{place}: {field.record!r} is of {named.table}, and it holds {allowed}", ""


def _label_problems(layout: Layout) -> Iterator[Problem]:
    labels = [record.label for record in layout.records]
    for label in sorted({label for label in labels if labels.count(label) > 1}):
        yield f"two records are called {label!r}", "give each a name ="
    sources = [one for one in layout.records if one.table == "sources"]
    if not any(one.id == layout.source for one in sources):
        hint = 'add [[records]] with table = "sources" and id = the same text'
        yield f"source = {layout.source!r} is no record of this layout", hint


# --- patterns ---------------------------------------------------------------------------------


def _pattern_problems(layout: Layout) -> Iterator[Problem]:
    tests = [test for where in _wheres(layout) for test in where.values()]
    tested = [(one.pattern, one.unlike) for one in tests if isinstance(one, Test)]
    fields = [field for one in layout.records for field in one.fields.values()]
    patterns = [(text, False) for pair in tested for text in pair]
    patterns += [(one.pattern, True) for one in fields if isinstance(one, FieldForm)]
    yield from _bad_patterns((text, is_value) for text, is_value in patterns if text is not None)


def _bad_patterns(patterns: Iterable[tuple[str, bool]]) -> Iterator[Problem]:
    for pattern, takes_value in patterns:
        try:
            require_pattern(pattern, takes_value=takes_value)
        except MisuseError as error:
            yield error.message, error.hint

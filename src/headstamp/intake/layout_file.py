"""Is this a layout? TOML to a checked ``Layout``, or what is wrong with it and the remedy."""

import re
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path

import msgspec

from headstamp.intake.cells import compile_reader
from headstamp.intake.layout import FieldForm, Layout, RecordForm, Test, Where
from headstamp.intake.nearest import nearest
from headstamp.intake.patterns import require_pattern
from headstamp.intake.schema import Column, package_schema
from headstamp.intake.trouble import Troubled
from headstamp.terms.errors import MisuseError

SUFFIX = ".toml"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
_UNKNOWN = re.compile(r"unknown field `([^`]*)`(?: - at `\$?\.?([^`]*)`)?")
_DOCS = "docs/how-to/write-a-layout.md"


class LayoutFile(msgspec.Struct, frozen=True, kw_only=True):
    """A layout with the bytes that say it, which are sealed beside what was read with them."""

    layout: Layout
    data: bytes

    @property
    def file_name(self) -> str:
        """The name under which the layout is sealed."""
        return f"{self.layout.name}{SUFFIX}"

    @property
    def is_protected(self) -> bool:
        """Whether some record may be protected, and so the whole file must be."""
        return any("sensitivity" in record.fields for record in self.layout.records)


def shipped_layouts() -> tuple[str, ...]:
    """Return the names of the layouts that come with Headstamp."""
    folder = resources.files("headstamp.intake").joinpath("layouts")
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX)))


def open_layout(name: str) -> LayoutFile:
    """Return a shipped layout by its name, or the one in a file by its path.

    Raises:
        MisuseError: There is none, or it is not a layout: file, place, value and remedy.
    """
    if name in shipped_layouts():
        folder = resources.files("headstamp.intake").joinpath("layouts")
        return read_layout(folder.joinpath(name + SUFFIX).read_bytes(), name=name + SUFFIX)
    path = Path(name)
    try:
        data = path.read_bytes()
    except OSError as error:
        near = nearest(name, shipped_layouts())
        meant = f"{near} is one; " if near else ""
        message = f"--layout {name}: no shipped layout of this name, and no file that can be read"
        hint = f"{meant}shipped: {', '.join(shipped_layouts())}; or give the path of a .toml file"
        raise MisuseError(message, hint=hint) from error
    return read_layout(data, name=path.name)


def read_layout(data: bytes, *, name: str) -> LayoutFile:
    """Return the layout that TOML says.

    Raises:
        MisuseError: It is no TOML, has a field that no layout has, or contradicts itself.
    """
    try:
        layout = msgspec.toml.decode(data, type=Layout)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise MisuseError(f"{name}: {_said(error)}", hint=_remedy(error)) from error
    for problem, hint in _problems(layout):
        raise MisuseError(f"{name}: {problem}", hint=hint)
    return LayoutFile(layout=layout, data=data)


def _said(error: Exception) -> str:
    unknown = _UNKNOWN.search(str(error))
    if unknown is None:
        return f"is no layout: {error}"
    where = f" in {unknown[2]}" if unknown[2] else ""
    return f"the field {unknown[1]!r}{where} is none that a layout has"


def _remedy(error: Exception) -> str:
    unknown = _UNKNOWN.search(str(error))
    near = nearest(unknown[1], _field_names()) if unknown else ""
    return f"is {near} meant? {_DOCS} lists them all" if near else f"see {_DOCS}"


def _field_names() -> set[str]:
    """Return every field that some part of a layout has."""
    names: set[str] = set()
    todo: list[type[msgspec.Struct]] = [Layout]
    from_types = _parts_of_layout()
    todo += from_types
    for part in todo:
        names |= {field.encode_name for field in msgspec.structs.fields(part)}
    return names


def _parts_of_layout() -> list[type[msgspec.Struct]]:
    from headstamp.intake import layout as room  # noqa: PLC0415  only for a message

    parts = (vars(room)[name] for name in sorted(vars(room)))
    return [part for part in parts if isinstance(part, type) and issubclass(part, msgspec.Struct)]


# --- does it agree with itself? ---------------------------------------------------------------

_Problem = tuple[str, str]
"""What is wrong, and the remedy."""


def _problems(layout: Layout) -> Iterator[_Problem]:
    if not _NAME.fullmatch(layout.name):
        yield f"name = {layout.name!r} is no name", "write 2 to 40 of a-z, 0-9 and -"
    if not layout.records:
        yield "it makes no record", "add a [[records]] table"
    yield from _file_problems(layout)
    yield from _column_problems(layout)
    for number, record in enumerate(layout.records, start=1):
        yield from _record_problems(layout, record, number)
    yield from _label_problems(layout)


def _file_problems(layout: Layout) -> Iterator[_Problem]:
    form = layout.file
    if form.header_row < 0:
        yield f"file.header_row = {form.header_row}", "write 0 where there is no header"
    if len(form.separator) != 1:
        yield f"file.separator = {form.separator!r}", "write one character, such as ; or \\t"
    for encoding in form.encoding:
        try:
            "".encode(encoding)
        except LookupError:
            yield f"file.encoding names {encoding!r}, which nobody knows", "such as utf-8, cp1252"
    for name, spans in (("rows", layout.expect.rows), ("taken", layout.expect.taken)):
        if spans is not None and not 0 <= spans[0] <= spans[1]:
            yield f"expect.{name} = {list(spans)}", "write the least, then the most"


def _column_problems(layout: Layout) -> Iterator[_Problem]:
    for short in layout.columns:
        column = layout.column(short)
        if not column.names and column.at is None:
            yield f"columns.{short} says neither name nor place", "give name = or at ="
        if layout.file.header_row == 0 and column.at is None and _has_header(layout):
            yield f"columns.{short} has a name and the file has no header", "give at ="
    used = set(_columns_used(layout))
    for short in used - layout.columns.keys():
        near = nearest(short, layout.columns)
        meant = f"is {near} meant?" if near else f"one of {', '.join(layout.columns)}"
        yield f"the column {short!r} is used and not among [columns]", meant
    for short in sorted(layout.columns.keys() - used):
        hint = "use it, or move its name in the file to [ignore] with the reason"
        yield f"columns.{short} is named and never used", hint


def _has_header(layout: Layout) -> bool:
    return layout.file.format in {"csv", "tsv", "xlsx"}


def _columns_used(layout: Layout) -> Iterator[str]:
    for leave in layout.leave:
        yield from leave.where
    for same in layout.same:
        yield from (*same.where, *same.columns)
    for record in layout.records:
        yield from (*record.where, *record.needs)
        if not isinstance(record.id, str):
            yield from record.id
        for field in record.fields.values():
            yield from field.sources if isinstance(field, FieldForm) else ()


def _record_problems(layout: Layout, record: RecordForm, number: int) -> Iterator[_Problem]:
    place = f"records {number} ({record.label})"
    schema = package_schema().get(record.table)
    if schema is None:
        near = nearest(record.table, package_schema())
        meant = f"is {near} meant?" if near else f"one of {', '.join(package_schema())}"
        yield f"{place}: there is no table {record.table!r}", meant
        return
    known = {column.name: column for column in schema.columns}
    for name, field in record.fields.items():
        if name not in known:
            near = nearest(name, known)
            meant = f"is {near} meant?" if near else f"one of {', '.join(known)}"
            yield f"{place}: {record.table} has no column {name!r}", meant
        elif isinstance(field, str):
            yield from _constant_problems(f"{place}: {name}", field, known[name])
        else:
            yield from _field_problems(layout, f"{place}: {name}", field, known[name])
    if len(schema.id) == 1 and schema.id[0] in record.fields:
        yield f"{place}: {schema.id[0]} is made by the layout", "say it with id ="


def _constant_problems(place: str, value: str, column: Column) -> Iterator[_Problem]:
    found = compile_reader(column)(value)
    if isinstance(found, Troubled) and any(trouble.is_refusal for trouble in found.troubles):
        trouble = found.troubles[0]
        yield f"{place}: {value!r} {trouble.said}", trouble.hint or trouble.kind.remedy


def _field_problems(
    layout: Layout, place: str, field: FieldForm, column: Column
) -> Iterator[_Problem]:
    given = [bool(field.column), bool(field.columns), bool(field.record)]
    if sum(given) != 1:
        yield f"{place} is filled from {sum(given)} things", "give one: column, columns or record"
    if field.record is not None and field.record not in {one.label for one in layout.records}:
        near = nearest(field.record, [one.label for one in layout.records])
        yield f"{place}: no record is called {field.record!r}", f"is {near} meant?" if near else ""
    for written, meant in field.values.items():
        yield from _constant_problems(f"{place}: values {written!r}", meant, column)


def _label_problems(layout: Layout) -> Iterator[_Problem]:
    labels = [record.label for record in layout.records]
    for label in sorted({label for label in labels if labels.count(label) > 1}):
        yield f"two records are called {label!r}", "give each a name ="
    sources = [one for one in layout.records if one.table == "sources"]
    if not any(one.id == layout.source for one in sources):
        hint = 'add [[records]] with table = "sources" and id = the same text'
        yield f"source = {layout.source!r} is no record of this layout", hint
    yield from _pattern_problems(layout)


def _pattern_problems(layout: Layout) -> Iterator[_Problem]:
    wheres: list[Where] = [leave.where for leave in layout.leave]
    wheres += [same.where for same in layout.same]
    wheres += [record.where for record in layout.records]
    tests = (test for where in wheres for test in where.values())
    fields = [field for one in layout.records for field in one.fields.values()]
    patterns = [
        (pattern, False)
        for test in tests
        if isinstance(test, Test)
        for pattern in (test.pattern, test.unlike)
    ]
    patterns += [(one.pattern, True) for one in fields if isinstance(one, FieldForm)]
    yield from _bad_patterns((text, is_value) for text, is_value in patterns if text)


def _bad_patterns(patterns: Iterable[tuple[str, bool]]) -> Iterator[_Problem]:
    for pattern, takes_value in patterns:
        try:
            require_pattern(pattern, takes_value=takes_value)
        except MisuseError as error:
            yield error.message, error.hint

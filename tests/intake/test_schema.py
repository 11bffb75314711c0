"""Our schema against the typed rows, the contract's words, the documents, and frictionless."""

import csv
import io
import re
import warnings
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec
import pytest

from headstamp.intake.cells import Value
from headstamp.intake.schema import Column, TableSchema, package_schema
from headstamp.terms.dates import DateSpan
from headstamp.terms.evidence import ID_COLUMNS, TABLES
from headstamp.terms.mark import MarkState
from headstamp.terms.row import read_row

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs/reference/case-package.md"
EXAMPLES: dict[str, Value] = {
    "date": "2015-12-12",
    "integer": 3,
    "decimal": "3.5",
    "quantity": "?",
    "country": "RO",
}
COLUMNS = [(t, c) for t in package_schema().values() for c in t.columns]


def test_tables_and_ids_are_those_of_the_terms() -> None:
    """The same tables in the same order, with the same ids."""
    assert list(package_schema()) == list(TABLES)
    assert {name: table.id for name, table in package_schema().items()} == ID_COLUMNS


@pytest.mark.parametrize("table", package_schema().values(), ids=lambda table: table.name)
def test_columns_are_the_fields_of_the_row(table: TableSchema) -> None:
    """Each column is a field and each field a column; what is required is so in both."""
    fields = {field.name: field for field in msgspec.structs.fields(TABLES[table.name])}
    unread = {"relays", "credibility", "sensitivity"} if table.name == "sources" else set()

    assert {column.name for column in table.columns} == fields.keys() - unread
    required = {name for name, field in fields.items() if field.required}
    assert {column.name for column in table.columns if column.required} == required


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda v: getattr(v, "name", v))
def test_a_column_and_its_field_hold_the_same(table: TableSchema, column: Column) -> None:
    """Codes are the field's codes, lists are tuples, dates are spans."""
    field = next(f for f in msgspec.structs.fields(TABLES[table.name]) if f.name == column.name)
    types = {kind for kind in get_args(field.type) if kind is not type(None)} or {field.type}
    codes = {code for kind in types if get_origin(kind) is Literal for code in get_args(kind)}
    literals = field.type if get_origin(field.type) is Literal else None

    if column.type == "code":
        assert set(column.codes) == (set(get_args(literals)) if literals else codes or types)
    assert column.is_list == (get_origin(field.type) is tuple)
    assert (column.type == "date") == (DateSpan in types)


@pytest.mark.parametrize("table", package_schema().values(), ids=lambda table: table.name)
def test_a_full_row_is_a_typed_row(table: TableSchema) -> None:
    """A value of each column's type is accepted by the typed row, and by the one with codes."""
    values = {column.name: _example(column) for column in table.columns}

    row = read_row(values, TABLES[table.name])

    assert all(getattr(row, name) is not None for name in values)


def test_references_lead_to_tables() -> None:
    """What a column refers to exists, and a column refers or it does not."""
    for _, column in COLUMNS:
        named = {*column.refs, *column.refs_by.values()}
        assert named <= set(package_schema())
        assert bool(named) == (column.type in {"ref", "ref_or_text", "refs", "receivers"})


def test_the_document_lists_every_column_as_the_schema_has_it() -> None:
    """docs/reference/case-package.md and the schema say the same of each column."""
    sections = re.split(r"^## ", DOCUMENT.read_text(encoding="utf-8"), flags=re.MULTILINE)
    by_table = {section.partition("\n")[0]: section for section in sections}

    for name, table in package_schema().items():
        told = _told(by_table[name])
        assert told == {c.name: (_is_told_required(c), c.about) for c in table.own}
        for column in table.own:
            line = next(
                x for x in by_table[name].splitlines() if x.startswith(f"| `{column.name}`")
            )
            assert all(f"`{code}`" in line for code in column.codes if column.type == "code")
    common = _told(by_table["Columns of every table but `sources`"])
    assert common == {c.name: ("", c.about) for c in package_schema()["parties"].common}


@pytest.mark.slow
def test_frictionless_accepts_the_shipped_case(shipped: Path, tmp_path: Path) -> None:
    """An independent reader finds the case valid under our schema, and a spoilt one not."""
    assert _frictionless_errors(shipped) == []

    spoilt = tmp_path / "spoilt"
    spoilt.mkdir()
    for path in shipped.glob("*.csv"):
        data = path.read_bytes()
        if path.name == "sites.csv":
            data = data.replace(b"33.42", b"95")
        if path.name == "sources.csv":
            data = data.replace(b",C,open", b",G,open", 1)
        (spoilt / path.name).write_bytes(data)
    assert {error["type"] for error in _frictionless_errors(spoilt)} == {"constraint-error"}


def _told(section: str) -> dict[str, tuple[str, str]]:
    rows = [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in section.splitlines()
        if line.startswith("| `")
    ]
    return {row[0].strip("`"): (row[1], row[3]) for row in rows}


def _is_told_required(column: Column) -> str:
    return "yes" if column.required else ""


def _example(column: Column) -> Value:
    if column.codes and column.type in {"code", "codes"}:
        return list(column.codes) if column.is_list else column.codes[0]
    return ["a"] if column.is_list else EXAMPLES.get(column.type, "a")


def _frictionless_errors(folder: Path) -> list[dict[str, Any]]:
    """Validate with frictionless, whose import warns of things that are not ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import frictionless

        resources = []
        present = {path.stem for path in folder.glob("*.csv")}
        for name in package_schema():
            if name in present:
                path = folder / f"{name}.csv"
                schema = _table_schema(package_schema()[name], _header(path), present)
                resources.append(
                    {"name": name, "path": path.name, "schema": schema, "format": "csv"}
                )
        package = frictionless.Package.from_descriptor(
            {"name": "case", "resources": resources}, basepath=str(folder)
        )
        report = package.validate()
    return [dict(error.to_descriptor()) for task in report.tasks for error in task.errors]


def _table_schema(table: TableSchema, header: list[str], present: set[str]) -> dict[str, Any]:
    """Write one table as a Frictionless Table Schema, of the columns that the file has."""
    columns = {column.name: column for column in table.columns}
    keys = [
        {"fields": [name], "reference": {"resource": columns[name].refs[0], "fields": [key]}}
        for name in header
        if columns[name].type == "ref"
        and len(columns[name].refs) == 1
        and (key := ID_COLUMNS[columns[name].refs[0]][0])
        and columns[name].refs[0] in present - {table.name}
    ]
    return {
        "fields": [_field(columns[name]) for name in header],
        "primaryKey": list(table.id),
        "foreignKeys": keys,
        "missingValues": [""],
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": column.required}
    if column.type == "code":
        constraints["enum"] = list(column.codes)
    kind = {"integer": "integer", "decimal": "number"}.get(column.type, "string")
    if kind != "string":
        bounds = {"minimum": column.minimum, "maximum": column.maximum}
        constraints |= {name: bound for name, bound in bounds.items() if bound is not None}
    return {"name": column.name, "type": kind, "constraints": constraints}


def _header(path: Path) -> list[str]:
    return next(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_states_of_marks_are_the_terms() -> None:
    """The schema's states are those that the rules of `marks` know."""
    column = next(c for c in package_schema()["marks"].own if c.name == "state")

    assert column.codes == get_args(MarkState)

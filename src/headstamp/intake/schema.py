"""Which tables and columns has a case package? Our schema, as data: package_schema.json."""

from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

ColumnType = Literal[
    "id",
    "ref",
    "ref_or_text",
    "refs",
    "text",
    "texts",
    "statement",
    "date",
    "integer",
    "decimal",
    "quantity",
    "code",
    "codes",
    "country",
    "countries",
    "country_stated",
    "receivers",
    "notation",
    "script",
    "file",
]
REF_TYPES: frozenset[ColumnType] = frozenset({"ref", "ref_or_text", "refs", "receivers"})
REFS_ONLY: frozenset[ColumnType] = frozenset({"ref", "refs"})
"""Types whose cells hold ids and nothing else."""
LIST_TYPES: frozenset[ColumnType] = frozenset({"refs", "texts", "codes", "countries", "receivers"})


class Column(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One column: its type, what it may hold and what it refers to.

    ``refs_by`` maps a value of the column ``by`` to the table that this one refers to; a
    value that it does not name refers to nothing that a package holds. An ``is_extension``
    column is ours beside the published contract, and not missed where a table lacks it.
    """

    name: str
    type: ColumnType
    about: str
    required: bool = False
    codes: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    by: str | None = None
    refs_by: dict[str, str] = {}
    minimum: int | None = None
    maximum: int | None = None
    max_words: int | None = None
    is_acyclic: bool = False
    is_extension: bool = False

    @property
    def is_list(self) -> bool:
        """Whether a cell holds several values, separated by ``;``."""
        return self.type in LIST_TYPES


class TableSchema(msgspec.Struct, frozen=True, kw_only=True):
    """One table: the columns that make its id, its own columns, then those common to all."""

    name: str
    id: tuple[str, ...]
    own: tuple[Column, ...]
    common: tuple[Column, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns, in the order in which they are documented."""
        return self.own + self.common


class _WrittenTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    id: tuple[str, ...]
    columns: tuple[Column, ...]
    has_common: bool = True
    required_common: tuple[str, ...] = ()


class _WrittenSchema(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    common: tuple[Column, ...]
    tables: tuple[_WrittenTable, ...]


@cache
def package_schema() -> dict[str, TableSchema]:
    """Return the tables of a case package by name, in the order in which they are read."""
    data = files("headstamp.intake").joinpath("package_schema.json").read_bytes()
    written = msgspec.json.decode(data, type=_WrittenSchema)
    return {table.name: _table_schema(table, written.common) for table in written.tables}


@cache
def layout_schema() -> dict[str, TableSchema]:
    """Return the tables that a layout can fill: those of a package, and entries of a register."""
    data = files("headstamp.intake").joinpath("register_schema.json").read_bytes()
    written = msgspec.json.decode(data, type=_WrittenSchema)
    entries = {table.name: _table_schema(table, written.common) for table in written.tables}
    return package_schema() | entries


def _table_schema(table: _WrittenTable, common: tuple[Column, ...]) -> TableSchema:
    carried = tuple(
        msgspec.structs.replace(column, required=column.name in table.required_common)
        for column in common
        if table.has_common
    )
    return TableSchema(name=table.name, id=table.id, own=table.columns, common=carried)

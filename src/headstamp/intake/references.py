"""To which rows does a row refer? Columns that hold ids, as the schema declares them."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal

import msgspec

from headstamp.intake.cells import Value
from headstamp.intake.schema import REF_TYPES, Column, package_schema

Otherwise = Literal["unknown", "text", "receiver"]
_OTHERWISE: dict[str, Otherwise] = {"ref_or_text": "text", "receivers": "receiver"}


class RefColumn(msgspec.Struct, frozen=True, kw_only=True):
    """One column of ids; ``otherwise`` says what a value is that is no id on record."""

    name: str
    tables: tuple[str, ...]
    by: str | None
    refs_by: dict[str, str]
    codes: tuple[str, ...]
    otherwise: Otherwise

    def tables_for(self, values: Mapping[str, Value]) -> tuple[str, ...]:
        """Return the table that a column with ``by`` refers to here; none: nothing to look up."""
        table = self.refs_by.get(str(values.get(self.by or "")))
        return () if table is None else (table,)


@cache
def ref_columns(table: str) -> tuple[RefColumn, ...]:
    """Return the columns of a table that hold ids of rows."""
    return tuple(
        _ref_column(column) for column in package_schema()[table].columns if _refers(column)
    )


def references(
    table: str, values: Mapping[str, Value]
) -> Iterator[tuple[RefColumn, tuple[str, ...], str]]:
    """Yield (column, tables that may hold it, id) for every id that a row names."""
    for column in ref_columns(table):
        value = values.get(column.name)
        if value is None:
            continue
        tables = column.tables if column.by is None else column.tables_for(values)
        if not tables:
            continue
        if isinstance(value, list):
            for one in value:
                yield column, tables, one
        else:
            yield column, tables, str(value)


def _refers(column: Column) -> bool:
    return column.type in REF_TYPES


def _ref_column(column: Column) -> RefColumn:
    return RefColumn(
        name=column.name,
        tables=column.refs,
        by=column.by,
        refs_by=column.refs_by,
        codes=column.codes,
        otherwise=_OTHERWISE.get(column.type, "unknown"),
    )

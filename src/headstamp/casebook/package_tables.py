"""What is on record? The tables of the packages, as recorded, one row per id."""

from functools import cache
from typing import Any

from headstamp.casebook.columns import CLAIMS_ADDED
from headstamp.casebook.kept import keep, kept
from headstamp.casebook.opening import Casebook
from headstamp.casebook.protection import veiled_row
from headstamp.casebook.recorded import RecordedRow
from headstamp.intake.schema import package_schema
from headstamp.terms.conclusions import Graded
from headstamp.terms.table import Cell, Table

LIST_SEPARATOR = ";"


@cache
def package_columns(table: str) -> tuple[str, ...]:
    """Return the columns of a package table, in the order of EXCHANGE.md section 1."""
    return tuple(column.name for column in package_schema()[table].columns)


def package_table(casebook: Casebook, table: str) -> Table:
    """Return one package table: exactly what was recorded, in the order of recording."""
    return keep(casebook, f"package-{table}", lambda: _package_table(casebook, table))


def extension_columns(table: str) -> tuple[str, ...]:
    """Return the columns by which a package table has grown beyond the contract."""
    return tuple(column.name for column in package_schema()[table].own if column.is_extension)


def _package_table(casebook: Casebook, table: str) -> Table:
    rows = tuple(_shown(row) for row in rows_of(casebook, table))
    return Table(name=table, columns=package_columns(table), rows=rows)


def rows_of(casebook: Casebook, table: str) -> tuple[RecordedRow, ...]:
    """Return the recorded rows of one table, in the order of recording."""
    return tuple(casebook.tables[table].values())


def package_cells(row: RecordedRow) -> dict[str, Cell]:
    """Return a row's cells as a package writes them; empty is None."""
    cells: dict[str, Cell] = dict.fromkeys(package_columns(row.table))
    for column, value in row.values.items():
        if column in cells:
            cells[column] = cell_of(value)
    return cells


def cell_of(value: Any) -> Cell:  # noqa: ANN401 - whatever canonical JSON may hold
    """Return a recorded value as one cell; a list as a package writes it."""
    if value is None or type(value) is str:
        return value or None
    if isinstance(value, list | tuple):
        return LIST_SEPARATOR.join(str(member) for member in value) or None
    return value if isinstance(value, bool | int) else str(value) or None


def _shown(row: RecordedRow) -> dict[str, Cell]:
    cells = package_cells(row)
    return cells if row.key_id is None else veiled_row(row.table, cells)


def sources(casebook: Casebook) -> Table:
    """Return every source; a reliability that was not given is empty, and counts as F."""
    return package_table(casebook, "sources")


def parties(casebook: Casebook) -> Table:
    """Return every party as the sources name it."""
    return package_table(casebook, "parties")


def sites(casebook: Casebook) -> Table:
    """Return every place; degrees as written."""
    return package_table(casebook, "sites")


def documents(casebook: Casebook) -> Table:
    """Return every document, seen or only described."""
    return package_table(casebook, "documents")


def consignments(casebook: Casebook) -> Table:
    """Return every consignment as some source describes it."""
    return package_table(casebook, "consignments")


def consignment_lines(casebook: Casebook) -> Table:
    """Return every line of every consignment."""
    return package_table(casebook, "consignment_lines")


def undertakings(casebook: Casebook) -> Table:
    """Return every undertaking, with the words of its clause."""
    return package_table(casebook, "undertakings")


def consents(casebook: Casebook) -> Table:
    """Return every consent given under an undertaking."""
    return package_table(casebook, "consents")


def requests(casebook: Casebook) -> Table:
    """Return every trace request, silence included."""
    return package_table(casebook, "requests")


@kept()
def claims(casebook: Casebook) -> Table:
    """Return every claim with its origin, lineage, class, and whether it still counts."""
    columns = (*package_columns("claims"), *CLAIMS_ADDED)
    rows = []
    for row in rows_of(casebook, "claims"):
        cells = package_cells(row) | _grading(casebook.graded["claims", row.row_id])
        rows.append(cells if row.key_id is None else veiled_row("claims", cells))
    return Table(name="claims", columns=columns, rows=tuple(rows))


def _grading(graded: Graded) -> dict[str, Cell]:
    return {
        "origin": graded.origin,
        "lineage": LIST_SEPARATOR.join(graded.lineage),
        "class": graded.grade,
        "live": graded.is_live,
    }

"""Which items and marks are on record, and what do the marks say?"""

from headstamp.casebook.columns import ITEMS_ADDED, MARKS_ADDED
from headstamp.casebook.identification import (
    ItemReading,
    read_items,
    read_without,
    withdrawn_reference,
)
from headstamp.casebook.kept import kept
from headstamp.casebook.opening import Casebook
from headstamp.casebook.package_tables import (
    extension_columns,
    package_cells,
    package_columns,
    rows_of,
)
from headstamp.casebook.protection import veiled_row
from headstamp.casebook.recorded import RecordedRow
from headstamp.terms.mark import Mark
from headstamp.terms.row import Row
from headstamp.terms.table import Cell, Table


@kept()
def marks(casebook: Casebook) -> Table:
    """Return every mark as it was recorded, with its readings, best first, and its key.

    ``state``: where nobody stated one, what the text shows by the tables of today.
    """
    # A column that the contract has grown stands last, whatever its place in a package.
    grown = extension_columns("marks")
    agreed = tuple(name for name in package_columns("marks") if name not in grown)
    columns = (*agreed, *MARKS_ADDED, *grown)
    typed, gone = casebook.typed("marks"), withdrawn_reference(casebook)
    rows = tuple(
        _mark_row(row, typed[row.row_id], gone, columns) for row in rows_of(casebook, "marks")
    )
    return Table(name="marks", columns=columns, rows=rows)


def _mark_row(
    row: RecordedRow, mark: Row, gone: frozenset[str], columns: tuple[str, ...]
) -> dict[str, Cell]:
    assert isinstance(mark, Mark)
    read = read_without(mark, gone)
    told = package_cells(row)
    told |= {"state": read.state, "readings": list(read.readings), "key": read.key}
    cells = {column: told[column] for column in columns}
    return cells if row.key_id is None else veiled_row("marks", cells)


@kept()
def items(casebook: Casebook) -> Table:
    """Return every item with its place in the file and, where it is determined, what it is."""
    columns = (*package_columns("items"), *ITEMS_ADDED)
    read = read_items(casebook)
    rows = tuple(_item_row(row, read[row.row_id]) for row in rows_of(casebook, "items"))
    return Table(name="items", columns=columns, rows=rows)


def _item_row(row: RecordedRow, read: ItemReading) -> dict[str, Cell]:
    found = read.identified
    added: dict[str, Cell] = {
        "file": row.whereabouts.file,
        "row": row.whereabouts.row,
        "maker": found.maker,
        "maker_country": found.maker_country,
        "year_from": found.year_from,
        "year_to": found.year_to,
        "calibre_family": found.calibre_family,
        "serial_key": read.serial_key,
    }
    cells = package_cells(row) | added
    return cells if row.key_id is None else veiled_row("items", cells)

"""Which items and marks are on record, and what do the marks say?"""

from headstamp.casebook.columns import ITEMS_ADDED, MARKS_ADDED
from headstamp.casebook.kept import kept
from headstamp.casebook.opening import Casebook
from headstamp.casebook.package_tables import package_cells, package_columns, rows_of
from headstamp.casebook.protection import veiled_row
from headstamp.casebook.recorded import RecordedRow
from headstamp.marks.notation import mark_key, readings
from headstamp.terms.errors import UnreadableMarkError
from headstamp.terms.mark import Mark
from headstamp.terms.table import Cell, Table

_MAIN_POSITIONS = ("frame", "receiver")


@kept()
def marks(casebook: Casebook) -> Table:
    """Return every mark as it was recorded, with its readings, best first, and its key."""
    columns = (*package_columns("marks"), *MARKS_ADDED)
    rows = tuple(_mark_row(row) for row in rows_of(casebook, "marks"))
    return Table(name="marks", columns=columns, rows=rows)


def _mark_row(row: RecordedRow) -> dict[str, Cell]:
    cells = package_cells(row)
    text = cells["text"]
    cells["readings"] = list(_readings(text)) if isinstance(text, str) else []
    cells["key"] = _key(text) if isinstance(text, str) else None
    return cells if row.key_id is None else veiled_row("marks", cells)


@kept()
def items(casebook: Casebook) -> Table:
    """Return every item with its place in the file and, as far as known, what its marks say.

    Maker, years and calibre family are empty until marks are identified.
    """
    columns = (*package_columns("items"), *ITEMS_ADDED)
    keys = _serial_keys(casebook)
    rows = tuple(_item_row(row, keys.get(row.row_id)) for row in rows_of(casebook, "items"))
    return Table(name="items", columns=columns, rows=rows)


def _item_row(row: RecordedRow, serial_key: str | None) -> dict[str, Cell]:
    added: dict[str, Cell] = dict.fromkeys(ITEMS_ADDED)
    added |= {
        "file": row.whereabouts.file,
        "row": row.whereabouts.row,
        "serial_key": serial_key,
    }
    cells = package_cells(row) | added
    return cells if row.key_id is None else veiled_row("items", cells)


def _serial_keys(casebook: Casebook) -> dict[str, str]:
    """Return the key of each item's serial: of the frame or receiver, else the first."""
    found: dict[str, tuple[int, str]] = {}
    for mark in casebook.evidence.marks.values():
        key = _key(mark.text) if mark.kind == "serial" and mark.text else None
        if key is None or not _counts(casebook, mark):
            continue
        rank = 0 if mark.position and mark.position.lower().startswith(_MAIN_POSITIONS) else 1
        if mark.item_id not in found or rank < found[mark.item_id][0]:
            found[mark.item_id] = (rank, key)
    return {item_id: key for item_id, (_, key) in found.items()}


def _counts(casebook: Casebook, mark: Mark) -> bool:
    """Whether a mark stands and may be shown."""
    if casebook.is_protected("marks", mark.mark_id):
        return False
    return casebook.graded["marks", mark.mark_id].is_live


def _readings(text: str) -> tuple[str, ...]:
    """Return the readings; none of a text that breaks the notation, which intake reported."""
    try:
        return readings(text)
    except UnreadableMarkError:
        return ()


def _key(text: str) -> str | None:
    try:
        return mark_key(text)
    except UnreadableMarkError:
        return None

"""What does each row of a table say? Values by column, notes, and what is wrong with them."""

from typing import Literal

import msgspec

from headstamp.intake import kinds, row_kinds
from headstamp.intake.cells import Reader, Value, compile_reader, may_repeat
from headstamp.intake.contents import CONTENT_RULES, ContentRule
from headstamp.intake.nearest import nearest
from headstamp.intake.schema import Column, TableSchema
from headstamp.intake.tabular import RawRow, TableText, is_refused_with_table
from headstamp.intake.trouble import Trouble, Troubled, file_issue
from headstamp.terms.issue import Issue

RowState = Literal["read", "same", "refused"]
_N_REMEMBERED = 100_000


class ReadRow(msgspec.Struct, eq=False, gc=False):
    """One row on its way in; ``n_rows`` > 1 where one stands for lines nobody could split.

    ``row_id`` is None where no id could be read. ``n_cells`` counts cells that are not empty.
    """

    table: str
    file: str
    number: int
    row_id: str | None = None
    values: dict[str, Value] = {}
    notes: dict[str, str] = {}
    troubles: list[Trouble] = []
    is_protected: bool = False
    n_rows: int = 1
    n_cells: int = 0
    state: RowState = "read"
    is_said_elsewhere: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """The table and the id, under which other rows refer to it."""
        return self.table, self.row_id or ""

    def refuse(self, trouble: Trouble) -> None:
        """Refuse the row and say why."""
        self.troubles.append(trouble)
        self.state = "refused"


_Slot = tuple[int, str, Reader, dict[str, Value | Troubled] | None]
"""Where a column stands in the file, its name, how it is read, what was read before."""


class _Plan(msgspec.Struct):
    """How the rows of one table are read, worked out once from its header.

    ``extra`` names the columns, by place, whose cells become notes.
    """

    schema: TableSchema
    slots: tuple[_Slot, ...]
    extra: dict[int, str]
    required: tuple[str, ...]
    rules: tuple[ContentRule, ...]


def read_table(text: TableText, schema: TableSchema) -> list[ReadRow]:
    """Return every row of a table, read or refused; unknown columns become notes.

    Columns unknown are added to ``text.issues``, columns missing to ``text.missing``.
    """
    plan = _plan(text.header, schema)
    rows = [_read_row(raw, text.file, plan) for raw in text.rows]
    if text.header:
        text.missing = tuple(
            column.name
            for column in schema.own
            if column.name not in text.header and not column.is_extension
        )
        for name in plan.extra.values():
            text.issues.extend(_unknown_column(name, text, rows))
    return rows


def row_id_of(schema: TableSchema, values: dict[str, Value]) -> str | None:
    """Return the id of a row, its parts joined by a colon; None where a part is missing."""
    parts = [values.get(name) for name in schema.id]
    return None if None in parts else ":".join(str(part) for part in parts)


def _plan(header: tuple[str, ...], schema: TableSchema) -> _Plan:
    known = {column.name: column for column in schema.columns}
    return _Plan(
        schema=schema,
        slots=tuple(_slot(n, known[name]) for n, name in enumerate(header) if name in known),
        extra={
            n: name or f"(column {n + 1})" for n, name in enumerate(header) if name not in known
        },
        required=tuple(column.name for column in schema.columns if column.required),
        rules=CONTENT_RULES.get(schema.name, ()) + CONTENT_RULES["(all)"],
    )


def _slot(index: int, column: Column) -> _Slot:
    remembered: dict[str, Value | Troubled] | None = {} if may_repeat(column) else None
    return index, column.name, compile_reader(column), remembered


def _read_row(raw: RawRow, file: str, plan: _Plan) -> ReadRow:
    row = ReadRow(plan.schema.name, file, raw.number, n_rows=raw.n_rows)
    if raw.trouble is not None:
        row.n_cells = sum(1 for cell in raw.cells if cell)
        row.is_said_elsewhere = is_refused_with_table(raw)
        row.is_protected = any(_is_sensitive(cell) for cell in raw.cells)
        row.refuse(raw.trouble)
        return row
    _read_cells(raw.cells, row, plan.slots)
    for index, name in plan.extra.items():
        if raw.cells[index]:
            row.notes[name] = raw.cells[index]
            row.n_cells += 1
    row.row_id = row_id_of(plan.schema, row.values)
    _finish(row, plan)
    return row


def _read_cells(cells: list[str], row: ReadRow, slots: tuple[_Slot, ...]) -> None:
    """Read the cells of one row; the loop that every cell of every package passes through."""
    values = row.values
    n_cells = 0
    for index, name, read, remembered in slots:
        cell = cells[index]
        if not cell:
            continue
        n_cells += 1
        found = remembered.get(cell) if remembered is not None else None
        if found is None:
            found = read(cell)
            if remembered is not None and len(remembered) < _N_REMEMBERED:
                remembered[cell] = found
        if isinstance(found, Troubled):
            row.troubles.extend(found.troubles)
            if found.value is not None:
                values[name] = found.value
            # Also a sensitivity that cannot be read means that somebody wanted one.
            row.is_protected |= name == "sensitivity" and bool(cell.strip())
        else:
            values[name] = found
    row.n_cells = n_cells
    row.is_protected |= "sensitivity" in values


def _finish(row: ReadRow, plan: _Plan) -> None:
    """Apply what concerns the row as a whole, and settle whether it may go on."""
    for name in plan.required:
        if name not in row.values and not _was_refused(row, name):
            row.troubles.append(
                Trouble(kind=row_kinds.EMPTY_REQUIRED, column=name, said="is empty")
            )
    for rule in plan.rules:
        row.troubles.extend(rule(row.values))
    if row.notes.get("sensitivity", "").strip():
        row.is_protected = True
        said = "is none of this table's columns; the row was sealed as protected"
        kind = row_kinds.PROTECTED_SOURCE
        row.troubles.append(Trouble(kind=kind, column="sensitivity", raw=None, said=said))
    if any(trouble.is_refusal for trouble in row.troubles):
        row.state = "refused"


def _was_refused(row: ReadRow, column: str) -> bool:
    return any(trouble.is_refusal and trouble.column == column for trouble in row.troubles)


def _is_sensitive(cell: str) -> bool:
    return cell.strip().casefold() == "protected"


def _unknown_column(name: str, text: TableText, rows: list[ReadRow]) -> list[Issue]:
    n_cells = sum(1 for row in rows if name in row.notes)
    if not n_cells and name.startswith("("):
        return []
    said = f"the column {name!r} is none of ours; {n_cells} cells were kept as notes"
    meant = nearest(name, text.missing)
    hint = f"rename it to {meant}, if that is meant" if meant else ""
    kind = kinds.UNKNOWN_COLUMN
    return [file_issue(kind, said, file=text.file, raw=name, hint=hint, column=name)]

"""Which record does a row give? Its fields read, its id made, what many rows name made once."""

from collections.abc import Mapping

import msgspec

from headstamp.intake import layout_kinds
from headstamp.intake.cells import Value
from headstamp.intake.grids import RawCell
from headstamp.intake.layout_cells import text_of
from headstamp.intake.layout_ids import RowIds
from headstamp.intake.layout_issues import IssueBook
from headstamp.intake.layout_record_plan import JoinedPlan, RecordPlan
from headstamp.intake.reading import Known, Record, TableCounts
from headstamp.intake.schema import Column
from headstamp.intake.trouble import Trouble, Troubled

_N_REMEMBERED = 50_000


class RowInHand(msgspec.Struct, gc=False):
    """One row being read: its cells, the ids made from it, and what must be reported.

    ``filled``: the places of cells in which something stands. ``ids`` by the label of the
    record: None where it was refused. ``made``: a bit for each record that the layout makes
    of it. ``reported``: places of cells that no field could use. ``n_troubles``: how much
    was wrong with it, values that were taken included.
    """

    number: int
    cells: list[RawCell]
    row_id: str
    filled: tuple[int, ...]
    ids: dict[str, str | None] = {}
    made: int = 0
    reported: frozenset[int] = frozenset()
    n_troubles: int = 0
    records: list[Record] = []
    is_refused: bool = False


class RecordMaker:
    """Makes the records of one file's rows; of those that many rows name, one."""

    def __init__(
        self,
        file: str,
        *,
        ids: RowIds,
        known: Known,
        own_ids: Mapping[str, str | None],
        issues: IssueBook,
    ) -> None:
        self.counts: dict[str, TableCounts] = {}
        self.labels_made: set[str] = set()
        self._file = file
        self._ids = ids
        self._known = known
        self._own_ids = own_ids
        self._issues = issues
        self._shared: dict[tuple[str, str], dict[str, Value]] = {}
        self._again: dict[tuple[object, ...], str] = {}

    def add(self, plan: RecordPlan, row: RowInHand) -> None:
        """Add one record to a row; what it lacks, or what it refers to, may refuse it."""
        again = _key_of(plan, row) if plan.form.id else None
        if again is not None and again in self._again:
            row.ids[plan.label] = self._again[again]
            return
        n_before = row.n_troubles
        self.labels_made.add(plan.label)
        record = self._made(plan, row)
        row.ids[plan.label] = None if record is None else record.row_id
        if record is None:
            return
        if again is not None and row.n_troubles == n_before:
            self._again[again] = record.row_id
        is_own = not plan.form.id and len(plan.id_columns) == 1
        if self.is_new(record) if is_own else self._is_first(record):
            row.records.append(record)

    def is_shared(self, record: Record) -> bool:
        """Whether other rows may name a record, so that it stands without its row."""
        return (record.table, record.row_id) in self._shared

    def is_new(self, record: Record) -> bool:
        """Whether a record is not on record; one that is there is counted, as what it is."""
        on_record = self._known.digests.get((record.table, record.row_id))
        if on_record is None:
            return True
        count = self.count(record.table)
        count.n_rows += 1
        if on_record == self._known.digest_of(record):
            count.n_same += 1
        else:
            count.n_refused += 1
            self._report_other(record, "is on record with other content")
        return False

    def count(self, table: str) -> TableCounts:
        """Return the counts of one table."""
        return self.counts.setdefault(table, TableCounts())

    def _is_first(self, record: Record) -> bool:
        """Whether a record that many rows name is new; another content of it is reported."""
        key = (record.table, record.row_id)
        first = self._shared.get(key)
        if first is None:
            self._shared[key] = record.values
            return self.is_new(record)
        if first != record.values:
            self._report_other(record, "stands in an earlier row with other content")
        return False

    def _report_other(self, record: Record, said: str) -> None:
        trouble = Trouble(kind=layout_kinds.SHARED_DIFFERS, said=said, raw=record.row_id)
        self._issues.add(trouble, record.row, is_protected=record.is_protected)

    # --- one record ---------------------------------------------------------------------------

    def _made(self, plan: RecordPlan, row: RowInHand) -> Record | None:
        values = self._values(plan, row)
        if not _refer(plan, values, row):
            return None  # The record that it names was refused, which was said.
        for name in plan.required:
            if name not in values:
                said = f"is empty, and {plan.form.table} cannot be without it"
                kind = layout_kinds.FIELD_MISSING
                self._note(Trouble(kind=kind, column=name, said=said), plan, row)
                row.is_refused = True
                return None
        record = Record(
            table=plan.form.table,
            row_id=self._id_of(plan, values, row),
            file=self._file,
            row=row.number,
            values=values,
            is_protected=plan.is_protected,
        )
        return self._ids.named(record, known=self._known)

    def _values(self, plan: RecordPlan, row: RowInHand) -> dict[str, Value]:
        """Return the fields that could be read, and say what is wrong with the others."""
        values = dict(plan.constants)
        self._fill(plan, values, row)
        for joined in plan.joined:
            self._fill_joined(joined, values, plan, row)
        for column, places in plan.cell_refs:
            self._require_known(column, places, values, plan, row)
        for rule in plan.rules:
            for trouble in rule(values):
                self._note(trouble, plan, row)
        return values

    def _fill(self, plan: RecordPlan, values: dict[str, Value], row: RowInHand) -> None:
        """Read the fields of one column each; equal cells are read once."""
        cells = row.cells
        for name, place, read, remembered in plan.fields:
            cell = cells[place]
            if cell is None or cell == "":
                continue
            # Python holds 1, 1.0 and True for equal; a reader need not.
            key = cell if isinstance(cell, str) else (cell.__class__, cell)
            try:
                found = remembered[key]
            except KeyError:
                found = read(cell)
                if len(remembered) < _N_REMEMBERED:
                    remembered[key] = found
            if isinstance(found, Troubled):
                found = self._told(found, (place,), plan, row)
            if found is not None:
                values[name] = found

    def _fill_joined(
        self, field: JoinedPlan, values: dict[str, Value], plan: RecordPlan, row: RowInHand
    ) -> None:
        name, places, read = field
        found = read([row.cells[place] for place in places])
        value = self._told(found, places, plan, row) if isinstance(found, Troubled) else found
        if value is not None:
            values[name] = value

    def _require_known(
        self,
        column: Column,
        places: tuple[int, ...],
        values: dict[str, Value],
        plan: RecordPlan,
        row: RowInHand,
    ) -> None:
        """Leave a field out that names what nobody knows."""
        if column.name not in values:
            return
        given = values[column.name]
        tables = column.refs or tuple(column.refs_by.values())
        named = [self._name_of(str(one), tables) for one in _as_list(given)]
        if None not in named:
            values[column.name] = [str(one) for one in named] if column.is_list else str(named[0])
            return
        del values[column.name]
        row.reported |= {place for place in places if place >= 0}
        raw = ";".join(map(str, _as_list(given)))
        said = f"is the id of no record of {' or '.join(tables)} here or in the casebook"
        kind = layout_kinds.VALUE_REFUSED
        self._note(Trouble(kind=kind, column=column.name, raw=raw, said=said), plan, row)

    def _name_of(self, row_id: str, tables: tuple[str, ...]) -> str | None:
        """Return what a record is called that a cell names, or None if nobody knows it."""
        called = self._own_ids.get(row_id) or row_id
        keys = [(table, called) for table in tables]
        is_there = any(key in self._shared or key in self._known.digests for key in keys)
        return called if is_there else None

    def _told(
        self, found: Troubled, places: tuple[int, ...], plan: RecordPlan, row: RowInHand
    ) -> Value | None:
        """Say what is wrong with a field, and return what could be read all the same."""
        for trouble in found.troubles:
            self._note(trouble, plan, row)
        if found.value is None:
            row.reported |= set(places)
        return found.value

    def _note(self, trouble: Trouble, plan: RecordPlan, row: RowInHand) -> None:
        row.n_troubles += 1
        named = plan.column_names.get(trouble.column or "", "")
        if named not in {"", trouble.column}:
            trouble = msgspec.structs.replace(trouble, as_named=named)
        self._issues.add(trouble, row.number, is_protected=plan.is_protected)

    def _id_of(self, plan: RecordPlan, values: dict[str, Value], row: RowInHand) -> str:
        """Return the id of a record, and put it among its values."""
        form = plan.form
        if len(plan.id_columns) > 1:
            return ":".join(str(values[column]) for column in plan.id_columns)
        if not form.id:
            row_id = f"{row.row_id}.{form.name}" if form.name else row.row_id
        elif isinstance(form.id, str):
            row_id = form.id
        else:
            row_id = self._ids.shared(plan.label, [text_of(row.cells[at]) for at in plan.shared_by])
        values[plan.id_columns[0]] = row_id
        return row_id


def _refer(plan: RecordPlan, values: dict[str, Value], row: RowInHand) -> bool:
    """Put the ids of other records of the row in; answer whether none of them was refused."""
    for name, other, is_list in plan.refs:
        named = row.ids.get(other)
        if named is not None:
            values[name] = [named] if is_list else named
        elif other in row.ids:
            return False
    return True


def _as_list(value: Value) -> list[str]:
    return value if isinstance(value, list) else [str(value)]


def _key_of(plan: RecordPlan, row: RowInHand) -> tuple[object, ...] | None:
    """Return what a record that many rows name is made of, if its cells are all texts.

    Rows in which it is equal make the same, which need not be made again.
    """
    cells = [row.cells[place] for place in plan.read]
    if not all([cell.__class__ is str for cell in cells]):  # noqa: C419  a list is faster here
        return None
    return (plan.label, *cells, *[row.ids.get(other) for _, other, _ in plan.refs])

"""What does a row of a foreign sheet give? Records; every cell is read, ignored or reported."""

from collections.abc import Iterator

import msgspec

from headstamp.intake import layout_kinds
from headstamp.intake.cells import Value
from headstamp.intake.grids import Grid, GridRow, RawCell, is_filled
from headstamp.intake.layout import Layout
from headstamp.intake.layout_account import FileAccount
from headstamp.intake.layout_cells import Read, text_of
from headstamp.intake.layout_ids import RowIds
from headstamp.intake.layout_issues import IssueBook
from headstamp.intake.layout_plan import FieldPlan, RecordPlan, SheetPlan
from headstamp.intake.reading import Known, Record, TableCounts
from headstamp.intake.trouble import Trouble, Troubled

_N_REMEMBERED = 50_000


class _Row(msgspec.Struct, gc=False):
    """One row being read: its cells, the ids made from it, and what must be reported.

    ``ids`` by the label of the record: None where it was refused. ``reported``: places of
    cells that no field could use.
    """

    number: int
    cells: list[RawCell]
    row_id: str
    ids: dict[str, str | None] = {}
    reported: set[int] = set()
    records: list[Record] = []
    is_refused: bool = False


class RowReader:
    """Reads the rows of the sheets of one file, keeping count of every cell."""

    def __init__(self, layout: Layout, *, file: str, ids: RowIds, known: Known) -> None:
        self.counts: dict[str, TableCounts] = {}
        self.account = FileAccount()
        self.issues = IssueBook(file)
        self.labels_made: set[str] = set()
        self._layout = layout
        self._file = file
        self._ids = ids
        self._known = known
        self._shared: dict[tuple[str, str], dict[str, Value]] = {}
        self._firsts: dict[tuple[str, ...], str] = {}

    def read(self, grid: Grid, plan: SheetPlan) -> Iterator[Record]:
        """Yield the records of a sheet's rows in order; what is to be said of them is kept."""
        self.account.add_above(grid.n_above)
        for row in grid.rows:
            yield from self._read_row(row, grid.sheet, plan)

    def _read_row(self, raw: GridRow, sheet: str, plan: SheetPlan) -> list[Record]:
        filled = [place for place, cell in enumerate(raw.cells) if is_filled(cell)]
        if raw.trouble is not None:
            self.account.refuse(raw.n_rows, len(filled))
            self.issues.add(raw.trouble, raw.number)
            return []
        n_missing = len(plan.names) - len(raw.cells)
        cells = raw.cells + [None] * n_missing if n_missing > 0 else raw.cells
        for test, why in plan.leave:
            if test(cells):
                self.account.leave(why, len(filled))
                return []
        row = _Row(raw.number, cells, self._ids.row_id(sheet, raw.number))
        for record in plan.records:
            if record.test(cells) and _has_needed(record, cells):
                self._add_record(record, row)
        self._add_same(plan, row)
        return self._settled(row, filled, plan)

    def _settled(self, row: _Row, filled: list[int], plan: SheetPlan) -> list[Record]:
        """Count a row; of a refused one only what other rows may name goes in."""
        if row.is_refused:
            self.account.refuse(1, len(filled))
            row.records = [one for one in row.records if (one.table, one.row_id) in self._shared]
        else:
            self.account.take(filled, row.reported, plan)
        for record in row.records:
            count = self._count(record.table)
            count.n_rows += 1
            count.n_read += 1
        return row.records

    # --- records ----------------------------------------------------------------------------

    def _add_record(self, plan: RecordPlan, row: _Row) -> None:
        """Make one record of a row; what it lacks, or what it refers to, may refuse it."""
        label = plan.form.label
        self.labels_made.add(label)
        values, troubles = _values(plan, row)
        for trouble in troubles:
            self.issues.add(trouble, row.number, is_protected=plan.is_protected)
        for name, other in plan.refs:
            if other in row.ids and row.ids[other] is None:
                row.ids[label] = None
                return
            if row.ids.get(other) is not None:
                values[name] = str(row.ids[other])
        missing = next((name for name in plan.required if name not in values), None)
        if missing is not None:
            said = f"is empty, and {plan.form.table} cannot be without it"
            trouble = Trouble(kind=layout_kinds.FIELD_MISSING, column=missing, said=said)
            self.issues.add(trouble, row.number)
            row.ids[label] = None
            row.is_refused = True
            return
        record = self._record(plan, values, row)
        row.ids[label] = record.row_id
        if not plan.form.id or self._is_first(record):
            row.records.append(record)

    def _record(self, plan: RecordPlan, values: dict[str, Value], row: _Row) -> Record:
        form = plan.form
        if not form.id:
            record_id = f"{row.row_id}.{form.name}" if form.name else row.row_id
        elif isinstance(form.id, str):
            record_id = self._ids.fixed(form.id)
        else:
            named = [text_of(row.cells[place]) for place in plan.shared_by if place >= 0]
            record_id = self._ids.shared(form.label, named)
        return Record(
            table=form.table,
            row_id=record_id,
            file=self._file,
            row=row.number,
            values={plan.id_column: record_id, **values},
            is_protected=plan.is_protected,
        )

    def _is_first(self, record: Record) -> bool:
        """Whether a record that many rows name is new; another content of it is reported."""
        key = (record.table, record.row_id)
        first = self._shared.get(key)
        if first is not None:
            if first != record.values:
                self._report_other(record, "stands in an earlier row with other content")
            return False
        self._shared[key] = dict(record.values)
        on_record = self._known.digests.get(key)
        if on_record is None:
            return True
        count = self._count(record.table)
        count.n_rows += 1
        if on_record == self._known.digest_of(record):
            count.n_same += 1
        else:
            count.n_refused += 1
            self._report_other(record, "is on record with other content")
        return False

    def _report_other(self, record: Record, said: str) -> None:
        raw = None if record.is_protected else record.row_id
        trouble = Trouble(kind=layout_kinds.SHARED_DIFFERS, said=said, raw=raw)
        self.issues.add(trouble, record.row, is_protected=record.is_protected)

    def _count(self, table: str) -> TableCounts:
        return self.counts.setdefault(table, TableCounts())

    # --- one object documented again ----------------------------------------------------------

    def _add_same(self, plan: SheetPlan, row: _Row) -> None:
        """Add the judgement that a row documents an object again, where the layout says so."""
        labels = [one.form.label for one in plan.records if one.form.table == "items"]
        item_id = next((row.ids[label] for label in labels if row.ids.get(label)), None)
        if item_id is None:
            return
        for test, places, why in plan.same:
            key = (why, *(text_of(row.cells[place]).strip() for place in places))
            if not all(key) or not test(row.cells):
                continue
            first = self._firsts.setdefault(key, item_id)
            if first != item_id:
                row.records.append(self._same_link(item_id, first, why, row.number))
                return

    def _same_link(self, item_id: str, first: str, why: str, number: int) -> Record:
        values: dict[str, Value] = {
            "item_id": item_id,
            "other_kind": "item",
            "other_id": first,
            "verdict": "same",
            "judged_by": f"layout:{self._layout.name}",
            "reason": why,
            "source_id": self._layout.source,
            "credibility": 2,
        }
        row_id = f"{item_id}:item:{first}"
        return Record(table="links", row_id=row_id, file=self._file, row=number, values=values)


def _values(plan: RecordPlan, row: _Row) -> tuple[dict[str, Value], list[Trouble]]:
    """Return the fields of a record that could be read, and what is wrong with the others."""
    values = dict(plan.constants)
    troubles: list[Trouble] = []
    for field in plan.fields:
        found = _read_field(field, row.cells)
        if isinstance(found, Troubled):
            troubles.extend(found.troubles)
            if found.value is None:
                filled = (p for p in field.places if p >= 0 and is_filled(row.cells[p]))
                row.reported.update(filled)
            else:
                values[field.name] = found.value
        elif found is not None:
            values[field.name] = found
    for rule in plan.rules:
        troubles.extend(rule(values))
    return values, troubles


def _read_field(field: FieldPlan, cells: list[RawCell]) -> Read:
    cell = _cell_of(field, cells)
    if cell is None or cell == "":
        return None
    # Python holds 1, 1.0 and True for equal; a reader need not.
    key = cell if isinstance(cell, str) else (type(cell), cell)
    remembered = field.remembered
    if key in remembered:
        return remembered[key]
    found = field.read(cell)
    if len(remembered) < _N_REMEMBERED:
        remembered[key] = found
    return found


def _cell_of(field: FieldPlan, cells: list[RawCell]) -> RawCell:
    if len(field.places) == 1:
        place = field.places[0]
        return cells[place] if place >= 0 else None
    texts = (text_of(cells[place]).strip() for place in field.places if place >= 0)
    return field.join.join(text for text in texts if text)


def _has_needed(plan: RecordPlan, cells: list[RawCell]) -> bool:
    return not plan.needs or any(place >= 0 and is_filled(cells[place]) for place in plan.needs)

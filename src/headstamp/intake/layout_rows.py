"""What does a row of a foreign sheet give? Records; every cell is read, ignored or reported."""

from collections.abc import Iterator, Mapping

from headstamp.intake.cells import Value
from headstamp.intake.grids import Grid, GridRow
from headstamp.intake.layout import Layout
from headstamp.intake.layout_account import CellCounter, FileAccount
from headstamp.intake.layout_cells import text_of
from headstamp.intake.layout_ids import RowIds
from headstamp.intake.layout_issues import IssueBook
from headstamp.intake.layout_plan import SheetPlan
from headstamp.intake.layout_record_plan import RecordPlan
from headstamp.intake.layout_records import RecordMaker, RowInHand
from headstamp.intake.reading import Known, Record


class RowReader:
    """Reads the rows of the sheets of one file, keeping count of every cell."""

    def __init__(
        self,
        layout: Layout,
        *,
        file: str,
        ids: RowIds,
        known: Known,
        own_ids: Mapping[str, str | None],
    ) -> None:
        self.account = FileAccount()
        self.issues = IssueBook(file)
        self.maker = RecordMaker(file, ids=ids, known=known, own_ids=own_ids, issues=self.issues)
        self.rules_applied: set[int] = set()
        self._layout = layout
        self._file = file
        self._ids = ids
        self._source = own_ids.get(layout.source) or layout.source
        self._firsts: dict[tuple[str, ...], str] = {}
        self._is_protected = layout.is_protected

    def read(self, grid: Grid, plan: SheetPlan) -> Iterator[Record]:
        """Yield the records of a sheet's rows in order; what is to be said of them is kept."""
        self.account.add_above(grid.n_above)
        counter = CellCounter(self.account, plan)
        # What every row makes the same is made by the first, and then only named.
        named: dict[str, str | None] = {}
        todo = list(enumerate(plan.records))
        made = 0
        for raw in grid.rows:
            row = self._row_in_hand(raw, grid.sheet, plan)
            if row is None:
                continue
            row.ids.update(named)
            row.made = made
            for number, record in todo:
                if _is_made(record, plan, row):
                    row.made |= 1 << number
                    self.maker.add(record, row)
            if not named:
                always = [(n, one) for n, one in todo if one.is_always_same]
                named = {one.label: row.ids[one.label] for _, one in always}
                made = sum(1 << n for n, _ in always)
                todo = [one for one in todo if one not in always]
            yield from self._settled(row, plan, counter)
        counter.settle()

    def _row_in_hand(self, raw: GridRow, sheet: str, plan: SheetPlan) -> RowInHand | None:
        """Return a row of which records are to be made; one that is not was counted."""
        cells = raw.cells
        # `is_filled`, written out: it is asked of every cell of the file.
        filled = [
            place
            for place, cell in enumerate(cells)
            if cell is not None and (not isinstance(cell, str) or cell.strip())
        ]
        row_id = self._ids.row_id(sheet, raw.number)
        if raw.trouble is not None:
            self.account.refuse(raw.n_rows, len(filled))
            self.issues.add(raw.trouble, raw.number, is_protected=self._is_protected)
            return None
        if len(cells) < plan.n_columns:
            cells = cells + [None] * (plan.n_columns - len(cells))
        for number, (test, why) in enumerate(plan.leave):
            if test is None or test(cells):
                self.rules_applied.add(number)
                self.account.leave(why, len(filled))
                return None
        return RowInHand(raw.number, cells, row_id, tuple(filled))

    def _settled(self, row: RowInHand, plan: SheetPlan, counter: CellCounter) -> list[Record]:
        """Count a row; of a refused one only what other rows may name goes in."""
        if row.is_refused:
            self.account.refuse(1, len(row.filled))
            row.records = [one for one in row.records if self.maker.is_shared(one)]
        else:
            counter.take(row.filled, row.made, row.reported)
            if plan.same:
                self._add_same(plan, row)
        for record in row.records:
            count = self.maker.count(record.table)
            count.n_rows += 1
            count.n_read += 1
        return row.records

    # --- one object documented again ----------------------------------------------------------

    def _add_same(self, plan: SheetPlan, row: RowInHand) -> None:
        """Add the judgement that a row documents an object again, where the layout says so."""
        item = next((one for one in plan.items if row.ids.get(one.label)), None)
        if item is None:
            return
        item_id = str(row.ids[item.label])
        for test, places, why in plan.same:
            cells = [row.cells[place] if place >= 0 else "" for place in places]
            texts = [cell.strip() if isinstance(cell, str) else text_of(cell) for cell in cells]
            if "" in texts or (plan.has_empty_words and not all(map(plan.is_filled, cells))):
                continue
            if test is not None and not test(row.cells):
                continue
            first = self._firsts.setdefault((why, *texts), item_id)
            if first != item_id:
                link = self._same_link(item_id, first, why, row.number, item)
                if self.maker.is_new(link):
                    row.records.append(link)
                return

    def _same_link(
        self, item_id: str, first: str, why: str, number: int, item: RecordPlan
    ) -> Record:
        values: dict[str, Value] = {
            "item_id": item_id,
            "other_kind": "item",
            "other_id": first,
            "verdict": "same",
            "judged_by": f"layout:{self._layout.name}",
            "reason": why,
            "source_id": self._source,
            "credibility": 2,
        }
        return Record(
            table="links",
            row_id=f"{item_id}:item:{first}",
            file=self._file,
            row=number,
            values=values,
            is_protected=item.is_protected,
        )


def _is_made(record: RecordPlan, plan: SheetPlan, row: RowInHand) -> bool:
    """Whether a row gives a record: its ``where`` holds, and something that it needs is there.

    A record that columns name is not made of a row in which all of them are empty: what is
    not known would become one thing that many rows share.
    """
    cells = row.cells
    if record.test is not None and not record.test(cells):
        return False
    for places in record.any_of:
        for place in places:
            if plan.is_filled(cells[place]):
                break
        else:
            return False
    return True

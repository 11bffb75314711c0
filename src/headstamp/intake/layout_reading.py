"""What is in a file, read with a layout? Records that stream, then counts, account and issues."""

from collections.abc import Iterator

from headstamp.intake import layout_kinds
from headstamp.intake.formats import open_grids
from headstamp.intake.grids import Grid
from headstamp.intake.layout import Layout
from headstamp.intake.layout_account import FileAccount
from headstamp.intake.layout_ids import RowIds
from headstamp.intake.layout_plan import SheetPlan, plan_sheet
from headstamp.intake.layout_rows import RowReader
from headstamp.intake.reading import Known, Record, TableCounts
from headstamp.intake.trouble import file_issue, printable
from headstamp.ledger.canonical import sha256_hex
from headstamp.terms.issue import Issue

READER = "layout/1"


class LayoutReading:
    """One file on its way in: ``records`` once, to the end; only then is the rest complete.

    A file of which no sheet can be read is not ``is_readable``: it gives no record, and its
    ``issues`` say why. Memory follows the file and the distinct values in it, not the
    records.
    """

    def __init__(
        self, layout: Layout, data: bytes, *, file: str, known: Known, prefix: str = ""
    ) -> None:
        """Open the file and find its columns; no row is read yet.

        Args:
            file: The file's name, for places and for what is said of it.
            known: What the casebook holds: records that many rows name may be there.
            prefix: Put before every id.
        """
        self._layout = layout
        self._file = printable(file)
        ids = RowIds(layout.name, digest=sha256_hex(data), prefix=prefix, known=known.digests)
        self._reader = RowReader(layout, file=self._file, ids=ids, known=known)
        opened = open_grids(self._file, data, layout.file)
        self._before = opened.issues
        self._sheets: list[tuple[Grid, SheetPlan]] = []
        for grid in opened.grids:
            plan = plan_sheet(layout, grid, file=self._file)
            if isinstance(plan, SheetPlan):
                self._sheets.append((grid, plan))
                self._before.extend(grid.issues)
            else:
                self._before.extend(plan)
        self._after: list[Issue] = []

    @property
    def is_readable(self) -> bool:
        """Whether there is a sheet that the layout reads."""
        return bool(self._sheets)

    @property
    def counts(self) -> dict[str, TableCounts]:
        """Records by table."""
        return self._reader.counts

    @property
    def account(self) -> FileAccount:
        """What became of every row and cell."""
        return self._reader.account

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What is to be said of the file, then of its rows, then of the layout."""
        return (*self._before, *self._reader.issues.all(), *self._after)

    def records(self) -> Iterator[Record]:
        """Yield every record, in the order of the rows."""
        for grid, plan in self._sheets:
            yield from self._reader.read(grid, plan)
            self._after.extend(self._unknown_columns(plan))
        self._after.extend(self._unexpected())

    def _unknown_columns(self, plan: SheetPlan) -> Iterator[Issue]:
        for place in plan.unknown:
            name = plan.names[place]
            column = self.account.columns.get(name)
            if column is not None and column.n_reported:
                said = f"the column {name!r} is not in the layout: {column.n_reported:,} cells"
                kind = layout_kinds.COLUMN_NOT_IN_LAYOUT
                yield file_issue(kind, f"{said} were not read", file=self._file, column=name)

    def _unexpected(self) -> Iterator[Issue]:
        account, expect = self.account, self._layout.expect
        for what, n_found, span in (
            ("rows", account.n_rows, expect.rows),
            ("rows taken", account.n_taken, expect.taken),
        ):
            if span is not None and not span[0] <= n_found <= span[1]:
                said = f"holds {n_found:,} {what}; the layout expects {span[0]:,} to {span[1]:,}"
                yield file_issue(layout_kinds.ROWS_UNEXPECTED, said, file=self._file)
        if account.n_rows:
            yield from self._idle()

    def _idle(self) -> Iterator[Issue]:
        applied = {one.why for one in self.account.left}
        for leave in self._layout.leave:
            if leave.why not in applied:
                said = f"the rule that leaves rows ({leave.why}) applied to none"
                yield file_issue(layout_kinds.RULE_IDLE, said, file=self._file)
        for record in self._layout.records:
            if record.where and record.label not in self._reader.labels_made:
                said = f"the rule for the records {record.label!r} applied to no row"
                yield file_issue(layout_kinds.RULE_IDLE, said, file=self._file)

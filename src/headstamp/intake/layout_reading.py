"""What is in a file, read with a layout? Records that stream, then counts, account and issues."""

from collections.abc import Callable, Iterator, Mapping

from headstamp.intake import layout_kinds
from headstamp.intake.formats import open_grids
from headstamp.intake.grids import Grid, Grids
from headstamp.intake.layout import Layout
from headstamp.intake.layout_account import FileAccount
from headstamp.intake.layout_ids import RowIds
from headstamp.intake.layout_issues import IssueBook
from headstamp.intake.layout_own import settle_own, unknown_refs
from headstamp.intake.layout_plan import SheetPlan, plan_sheet
from headstamp.intake.layout_record_plan import RecordPlan
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
        self,
        layout: Layout,
        data: bytes | Callable[[], Grids],
        *,
        file: str,
        known: Known,
        prefix: str = "",
        digest: str = "",
    ) -> None:
        """Open the file and find its columns; no row is read yet.

        Args:
            data: The file's bytes; or what gives its sheets, and then the ``digest`` too.
            file: The file's name, for places and for what is said of it.
            known: What the casebook holds: records that many rows name may be there.
            prefix: Put before every id of what is not on record as it is.
            digest: What ids are made from; else the digest of the bytes.
        """
        self._layout = layout
        self._file = printable(file)
        own = [(one.table, one.name) for one in layout.records if not one.id]
        if isinstance(data, bytes):
            digest = digest or sha256_hex(data)
        ids = RowIds(layout.name, digest=digest, prefix=prefix, own=own, known=known)
        own_ids, clashes = settle_own(layout, ids=ids, known=known, file=self._file)
        self._reader = RowReader(layout, file=self._file, ids=ids, known=known, own_ids=own_ids)
        self._before = clashes
        self._before.extend(unknown_refs(layout, own_ids, known, file=self._file))
        self._sheets: list[tuple[Grid, SheetPlan]] = []
        self._after: list[Issue] = []
        if not any(issue.severity == "error" for issue in clashes):
            self._open(data, own_ids)

    def _open(self, data: bytes | Callable[[], Grids], own_ids: Mapping[str, str | None]) -> None:
        if isinstance(data, bytes):
            opened = open_grids(self._file, data, self._layout.file)
        else:
            opened = data()
        self._before.extend(opened.issues)
        for grid in opened.grids:
            plan = plan_sheet(self._layout, grid, file=self._file, own_ids=own_ids)
            if isinstance(plan, SheetPlan):
                self._sheets.append((grid, plan))
                self._before.extend(grid.issues)
            else:
                self._before.extend(plan)

    @property
    def is_readable(self) -> bool:
        """Whether there is a sheet that the layout reads."""
        return bool(self._sheets)

    @property
    def counts(self) -> dict[str, TableCounts]:
        """Records by table."""
        return self._reader.maker.counts

    @property
    def account(self) -> FileAccount:
        """What became of every row and cell."""
        return self._reader.account

    @property
    def book(self) -> IssueBook:
        """The issues of the rows, to which who writes the records may add."""
        return self._reader.issues

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What is to be said of the file, then of its rows, then of the layout."""
        return (*self._before, *self._reader.issues.all(), *self._after)

    def records(self) -> Iterator[Record]:
        """Yield every record, in the order of the rows."""
        for grid, plan in self._sheets:
            self._reader.issues.sheet = grid.sheet if len(self._sheets) > 1 else ""
            yield from self._reader.read(grid, plan)
        self._after = [*self._unread(), *self._unexpected()]

    def _unread(self) -> Iterator[Issue]:
        """Yield what is to be said of columns, or of cells, that nothing reads."""
        for name, column in self.account.columns.items():
            if column.n_unknown:
                said = f"the column {name!r} is not in the layout: {column.n_unknown:,} cells"
                kind = layout_kinds.COLUMN_NOT_IN_LAYOUT
                yield file_issue(kind, f"{said} were not read", file=self._file, column=name)
            if column.n_unread:
                said = f"{column.n_unread:,} cells of the column {name!r} stand in rows of which "
                said += "no record of the layout reads them"
                kind = layout_kinds.CELL_NOT_READ
                yield file_issue(kind, said, file=self._file, column=name)

    def _unexpected(self) -> Iterator[Issue]:
        account, expect = self.account, self._layout.expect
        for what, n_found, span in (
            ("rows", account.n_rows, expect.rows),
            ("rows taken", account.n_taken, expect.taken),
        ):
            if span is not None and not span[0] <= n_found <= span[1]:
                said = f"holds {n_found:,} {what}; the layout expects {span[0]:,} to {span[1]:,}"
                kind = layout_kinds.ROWS_UNEXPECTED
                yield file_issue(kind, said, file=self._file, raw=str(n_found))
        if account.n_rows:
            yield from self._idle()

    def _idle(self) -> Iterator[Issue]:
        for number, leave in enumerate(self._layout.leave):
            if number not in self._reader.rules_applied:
                said = f"the rule that leaves rows ({leave.why}) applied to none"
                yield file_issue(layout_kinds.RULE_IDLE, said, file=self._file)
        made = self._reader.maker.labels_made
        for number, record in enumerate(self._layout.records):
            may_be = any(_may_be_made(plan.records[number]) for _, plan in self._sheets)
            if may_be and record.label not in made:
                said = f"no row gave a record {record.label!r} of {record.table}"
                yield file_issue(layout_kinds.RULE_IDLE, said, file=self._file)


def _may_be_made(record: RecordPlan) -> bool:
    """Whether a sheet has a column of those that a record needs; if not, that was said."""
    return all(record.any_of)

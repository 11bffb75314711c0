"""What became of every cell of a file? Read, ignored for a reason, or reported; nothing else."""

import msgspec

from headstamp.intake.layout_plan import SheetPlan

ABOVE = "stands above the header"
_MOST_PATTERNS = 10_000

Filled = tuple[int, ...]
"""The places of the filled cells of a row."""


class Ignored(msgspec.Struct, kw_only=True):
    """What was not read, and the layout's reason: rows left, or cells of one column."""

    why: str
    n_rows: int = 0
    n_cells: int = 0


class ColumnAccount(msgspec.Struct, kw_only=True):
    """What became of the cells of one column, in the rows that were taken.

    n_filled = n_read + n_ignored + n_reported; ``why`` where it was ignored. Of those
    reported, ``n_unknown`` stand in a column that the layout does not name, and
    ``n_unread`` in one that it names and no record of the row reads.
    """

    n_filled: int = 0
    n_read: int = 0
    n_ignored: int = 0
    n_reported: int = 0
    n_unknown: int = 0
    n_unread: int = 0
    why: str = ""


class FileAccount(msgspec.Struct, kw_only=True):
    """What became of the rows and the filled cells of one file, sheets that were read.

    n_rows = n_taken + n_left + n_refused, and n_cells = n_read + n_ignored + n_reported;
    cells of the header are names, and not counted. Cells of spaces alone are not filled.
    """

    n_rows: int = 0
    n_taken: int = 0
    n_left: int = 0
    n_refused: int = 0
    n_cells: int = 0
    n_read: int = 0
    n_ignored: int = 0
    n_reported: int = 0
    left: list[Ignored] = []
    columns: dict[str, ColumnAccount] = {}

    def add_above(self, n_cells: int) -> None:
        """Count the filled cells above a header: titles, which the layout passes over."""
        if n_cells:
            self.n_cells += n_cells
            self.n_ignored += n_cells
            self._left(ABOVE).n_cells += n_cells

    def leave(self, why: str, n_cells: int) -> None:
        """Count a row that the layout leaves."""
        self.n_rows += 1
        self.n_left += 1
        self.n_cells += n_cells
        self.n_ignored += n_cells
        one = self._left(why)
        one.n_rows += 1
        one.n_cells += n_cells

    def refuse(self, n_rows: int, n_cells: int) -> None:
        """Count rows that were refused: all their cells are told of by their issue."""
        self.n_rows += n_rows
        self.n_refused += n_rows
        self.n_cells += n_cells
        self.n_reported += n_cells

    def _left(self, why: str) -> Ignored:
        for one in self.left:
            if one.why == why:
                return one
        self.left.append(Ignored(why=why))
        return self.left[-1]


class CellCounter:
    """Counts the cells of the taken rows of one sheet: rows alike are counted together."""

    def __init__(self, account: FileAccount, plan: SheetPlan) -> None:
        self._account = account
        self._plan = plan
        self._alike: dict[tuple[Filled, int, frozenset[int]], int] = {}

    def take(self, filled: Filled, made: int, reported: frozenset[int]) -> None:
        """Count a row that was taken, each of its filled cells in one way.

        Args:
            made: The records that it gave, a bit for each: other cells nobody read.
            reported: Places of cells that no field could use.
        """
        key = (filled, made, reported)
        self._alike[key] = self._alike.get(key, 0) + 1
        if len(self._alike) > _MOST_PATTERNS:
            self.settle()

    def settle(self) -> None:
        """Bring what was counted into the account; it is complete only then."""
        account = self._account
        for (filled, made, reported), n_rows in self._alike.items():
            account.n_rows += n_rows
            account.n_taken += n_rows
            account.n_cells += n_rows * len(filled)
            read = self._plan.read_by(made) - reported
            for place in filled:
                self._count(place, n_rows, is_read=place in read, is_bad=place in reported)
        self._alike.clear()

    def _count(self, place: int, n: int, *, is_read: bool, is_bad: bool) -> None:
        account, plan = self._account, self._plan
        name = plan.name_of(place)
        column = account.columns.setdefault(name, ColumnAccount())
        column.n_filled += n
        if is_read:
            column.n_read += n
            account.n_read += n
            return
        why = None if place in plan.used else plan.reason_of(place)
        if why is not None:
            column.why = why
            column.n_ignored += n
            account.n_ignored += n
            return
        column.n_reported += n
        account.n_reported += n
        if place not in plan.used:
            column.n_unknown += n
        elif not is_bad:
            column.n_unread += n

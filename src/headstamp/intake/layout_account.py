"""What became of every cell of a file? Read, ignored for a reason, or reported; nothing else."""

import msgspec

from headstamp.intake.layout_plan import SheetPlan

ABOVE = "stands above the header"


class Ignored(msgspec.Struct, kw_only=True):
    """What was not read, and the layout's reason: rows left, or cells of one column."""

    why: str
    n_rows: int = 0
    n_cells: int = 0


class ColumnAccount(msgspec.Struct, kw_only=True):
    """What became of the cells of one column, in the rows that were taken.

    n_filled = n_read + n_ignored + n_reported; ``why`` where it was ignored.
    """

    n_filled: int = 0
    n_read: int = 0
    n_ignored: int = 0
    n_reported: int = 0
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

    def take(self, filled: list[int], reported: set[int], plan: SheetPlan) -> None:
        """Count a row that was taken, each of its filled cells in one way."""
        self.n_rows += 1
        self.n_taken += 1
        self.n_cells += len(filled)
        for place in filled:
            self._count_cell(place, reported, plan)

    def _count_cell(self, place: int, reported: set[int], plan: SheetPlan) -> None:
        name = plan.names[place] if place < len(plan.names) else f"(column {place + 1})"
        column = self.columns.get(name)
        if column is None:
            column = self.columns[name] = ColumnAccount(why=plan.ignored.get(place, ""))
        column.n_filled += 1
        if place in plan.used and place not in reported:
            column.n_read += 1
            self.n_read += 1
        elif place in plan.ignored:
            column.n_ignored += 1
            self.n_ignored += 1
        else:
            column.n_reported += 1
            self.n_reported += 1

    def _left(self, why: str) -> Ignored:
        for one in self.left:
            if one.why == why:
                return one
        self.left.append(Ignored(why=why))
        return self.left[-1]

"""Which rows has a foreign file? Sheets of numbered rows with a header, in six formats."""

from collections.abc import Iterator
from datetime import date, time, timedelta

import msgspec

from headstamp.intake.kinds import IssueKind
from headstamp.intake.trouble import Trouble, file_issue
from headstamp.terms.issue import Issue

RawCell = str | int | float | bool | date | time | timedelta | None
"""A cell as the file's format knows it; ``date`` also stands for an instant of a day."""

MAX_FILE_BYTES = 2 * 1024 * 1024 * 1024
N_SHOWN = 12


class GridRow(msgspec.Struct, gc=False):
    """One row: its number as a person sees it, its cells; with ``trouble`` nobody could split it.

    ``n_rows`` > 1 where it stands for lines that could not be told apart.
    """

    number: int
    cells: list[RawCell]
    trouble: Trouble | None = None
    n_rows: int = 1


class Grid(msgspec.Struct, kw_only=True):
    """One sheet, or a whole file that has none (``sheet`` is empty then).

    ``header`` holds the names of the columns in order, empty where they go by their place.
    ``n_above`` counts the filled cells above the header. Rows stream, once.
    """

    sheet: str
    header: tuple[str, ...]
    n_above: int = 0
    rows: Iterator[GridRow]
    issues: list[Issue] = []


class Grids(msgspec.Struct, kw_only=True):
    """What was found in a file: its sheets, and what is to be said of it as a whole."""

    grids: list[Grid] = []
    issues: list[Issue] = []

    def refuse(self, kind: IssueKind, said: str, *, file: str, hint: str = "") -> "Grids":
        """Add what is wrong with the file, and return what was found."""
        self.issues.append(file_issue(kind, said, file=file, hint=hint))
        return self


def is_filled(cell: RawCell) -> bool:
    """Whether anything stands in a cell; spaces alone are nothing."""
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))

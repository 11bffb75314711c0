"""What came in, and what became of it? One row per intake, with its tables, columns and reasons."""

from collections.abc import Iterator

import msgspec

from headstamp.casebook.columns import (
    INTAKE_COLUMNS,
    INTAKE_LEFT,
    INTAKE_TABLES,
    INTAKES,
    ISSUE_KINDS,
)
from headstamp.casebook.derived_tables import issues
from headstamp.casebook.kept import kept
from headstamp.casebook.opening import Casebook
from headstamp.casebook.recorded import Intake
from headstamp.intake.layout_account import FileAccount
from headstamp.intake.reading import TableCounts
from headstamp.intake.row_kinds import ALL_KINDS
from headstamp.terms.table import Cell, Table

WITHHELD = "something of this intake does not leave the casebook; nothing of it is counted here"


def intakes(casebook: Casebook, *, withheld: frozenset[int] = frozenset()) -> Table:
    """Return one row per intake, in the order of the journal.

    Rows add up: ``rows = taken + same + left + refused``; and so do filled cells:
    ``cells = read + noted + cells_same + ignored + reported``.

    Args:
        withheld: Intakes of which nothing is told but that they were, and when.
    """
    when = {entry.seq: entry.recorded_at for entry in casebook.entries}
    superseded_by = {one.supersedes: seq for seq, one in casebook.intakes.items()}
    rows = []
    for seq, intake in casebook.intakes.items():
        told: dict[str, Cell] = dict.fromkeys(INTAKES)
        told |= {"entry": seq, "recorded_at": when[seq], "superseded_by": superseded_by.get(seq)}
        told |= {"note": WITHHELD} if seq in withheld else _told(intake)
        rows.append(told)
    return Table(name="intakes", columns=INTAKES, rows=tuple(rows))


def intake_tables(casebook: Casebook, *, withheld: frozenset[int] = frozenset()) -> Table:
    """Return what each intake brought to each table: read, the same as on record, refused."""
    rows: tuple[dict[str, Cell], ...] = tuple(
        {
            "entry": seq,
            "table": table,
            "rows": count.n_rows,
            "read": count.n_read,
            "same": count.n_same,
            "refused": count.n_refused,
        }
        for seq, intake in _open(casebook, withheld)
        for table, count in _counts(intake).items()
    )
    return Table(name="intake_tables", columns=INTAKE_TABLES, rows=rows)


def intake_columns(casebook: Casebook, *, withheld: frozenset[int] = frozenset()) -> Table:
    """Return what became of each column of each file that a layout read, in rows taken.

    ``filled = read + ignored + reported``; ``why`` is the layout's reason to ignore it.
    """
    rows: tuple[dict[str, Cell], ...] = tuple(
        {
            "entry": seq,
            "column": name,
            "filled": column.n_filled,
            "read": column.n_read,
            "ignored": column.n_ignored,
            "reported": column.n_reported,
            "why": column.why or None,
        }
        for seq, intake in _open(casebook, withheld)
        for name, column in _account(intake).columns.items()
    )
    return Table(name="intake_columns", columns=INTAKE_COLUMNS, rows=rows)


def intake_left(casebook: Casebook, *, withheld: frozenset[int] = frozenset()) -> Table:
    """Return the rows and cells that a layout left, by its reason; ``cells`` are filled ones."""
    rows: tuple[dict[str, Cell], ...] = tuple(
        {"entry": seq, "why": left.why, "rows": left.n_rows, "cells": left.n_cells}
        for seq, intake in _open(casebook, withheld)
        for left in _account(intake).left
    )
    return Table(name="intake_left", columns=INTAKE_LEFT, rows=rows)


@kept()
def issue_kinds(casebook: Casebook) -> Table:
    """Return what the codes of intake that occur here mean, and what can be done."""
    codes = {row["code"] for row in issues(casebook).rows}
    rows: tuple[dict[str, Cell], ...] = tuple(
        {
            "code": kind.code,
            "severity": kind.severity,
            "meaning": kind.when,
            "remedy": kind.remedy,
        }
        for kind in ALL_KINDS
        if kind.code in codes
    )
    return Table(name="issue_kinds", columns=ISSUE_KINDS, rows=rows)


def _open(casebook: Casebook, withheld: frozenset[int]) -> Iterator[tuple[int, Intake]]:
    return ((seq, one) for seq, one in casebook.intakes.items() if seq not in withheld)


def _told(intake: Intake) -> dict[str, Cell]:
    told: dict[str, Cell] = {"name": intake.path_name, "layout": intake.layout}
    if intake.layout is None:
        return told | {"kind": "package"} | _of_package(_counts(intake))
    kind = "file" if intake.register is None else "register"
    return told | {"kind": kind} | _of_file(_account(intake))


def _of_package(counts: dict[str, TableCounts]) -> dict[str, Cell]:
    """Return the counts of all tables of a package, put together."""
    found = list(counts.values())
    return {
        "rows": sum(one.n_rows for one in found),
        "taken": sum(one.n_read for one in found),
        "same": sum(one.n_same for one in found),
        "left": 0,
        "refused": sum(one.n_refused for one in found),
        "cells": sum(one.n_cells for one in found),
        "read": sum(one.n_cells_read for one in found),
        "noted": sum(one.n_cells_noted for one in found),
        "cells_same": sum(one.n_cells_same for one in found),
        "ignored": 0,
        "reported": sum(one.n_cells_reported for one in found),
    }


def _of_file(account: FileAccount) -> dict[str, Cell]:
    """Return the account of a file; a file read with a layout is never partly on record."""
    return {
        "rows": account.n_rows,
        "taken": account.n_taken,
        "same": 0,
        "left": account.n_left,
        "refused": account.n_refused,
        "cells": account.n_cells,
        "read": account.n_read,
        "noted": 0,
        "cells_same": 0,
        "ignored": account.n_ignored,
        "reported": account.n_reported,
    }


def _counts(intake: Intake) -> dict[str, TableCounts]:
    return msgspec.convert(intake.counts, dict[str, TableCounts])


def _account(intake: Intake) -> FileAccount:
    return msgspec.convert(intake.account, FileAccount)

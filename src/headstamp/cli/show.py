"""Where does a result go, and how? Tables to standard output or a file, talk to standard error."""

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec

from headstamp.cli.layout import (
    columns_that_fit,
    is_filled,
    printable,
    readable,
    terminal_width,
)
from headstamp.cli.options import Format, View
from headstamp.cli.written import csv_texts, json_texts
from headstamp.ledger.storage import storage_trouble
from headstamp.reports.csv_files import csv_cell
from headstamp.terms.coded import Coded, coded_rows
from headstamp.terms.errors import MisuseError, StorageError
from headstamp.terms.table import Cell, Table

N_TO_READ = 200
"""So many rows of a table are shown to be read, unless ``--limit`` says how many."""
_FEW = 12


def show(
    table: Table,
    view: View,
    *,
    columns: Sequence[str] = (),
    detail: str | None = None,
    yields: str = "",
) -> None:
    """Write a table as asked; what follows ``view`` is for a person who reads it.

    Args:
        columns: What is read first; none: all.
        detail: Columns that stand beneath their row.
        yields: Columns that give way first where all do not fit side by side: beneath the
            row, if they are in ``detail`` too, else to ``--wide``.

    Raises:
        MisuseError: A filter names no column of the table.
        StorageError: The output file cannot be written.
    """
    rows = _first(filtered(table, view.where), view)
    if view.form is Format.JSON:
        write_all(json_texts(rows), view.output)
    elif view.form is Format.CSV:
        write_all(csv_texts(rows), view.output)
    else:
        write(_table_text(rows, view, columns or table.columns, detail, yields), view.output)


def _first(table: Table, view: View) -> Table:
    """Return as many rows as are to be shown; of a table to read, say how many are not.

    Nobody reads thousands of rows; who works with them asks for another format.
    """
    is_cut = view.limit is None and view.form is Format.TABLE
    limit = N_TO_READ if is_cut else view.limit
    n_more = len(table.rows) - (limit or len(table.rows))
    if n_more <= 0:
        return table
    if is_cut:
        rows = f"{n_more:,} more row{'' if n_more == 1 else 's'}"
        say(f"… {rows}: narrow with --where, or see them with --limit N, --format csv or json")
    return msgspec.structs.replace(table, rows=table.rows[:limit])


def filtered(table: Table, where: Iterable[str]) -> Table:
    """Return the rows in which every named column has the value, as CSV prints it.

    A column may be written as a table to read heads it (``from party``); what is true or
    false as ``yes`` or ``no``, as it is shown there.
    """
    for condition in where:
        heading, is_condition, value = condition.partition("=")
        column = heading.strip().replace(" ", "_")
        if not is_condition or column not in table.columns:
            message = f"--where {condition!r} names no column of {table.name}"
            hint = f"write COLUMN=VALUE with one of: {' '.join(table.columns)}"
            raise MisuseError(message, hint=hint)
        rows = coded_rows(table.columns, table.rows)
        is_wanted = _is_printed(_as_printed(rows.columns[column], column, value))
        _say_values(rows.columns[column], column, is_wanted)
        table = msgspec.structs.replace(table, rows=rows.where(column, is_wanted))
    return table


def _say_values(column: Coded, name: str, is_wanted: Callable[[Cell], bool]) -> None:
    """Where no row has the value, say which there are, if they are few: it may be misspelt."""
    if any(map(is_wanted, column.cells)):
        return
    printed = sorted({csv_cell(cell) for cell in column.cells if cell is not None})
    if 0 < len(printed) <= _FEW:
        say(f"  {name} here is: {'  '.join(printed)}")


def _is_printed(wanted: str) -> Callable[[Cell], bool]:
    return lambda cell: csv_cell(cell) == wanted


_TRUTH = {"yes": "true", "true": "true", "no": "false", "false": "false", "": ""}


def _as_printed(column: Coded, name: str, value: str) -> str:
    """Return the value as CSV prints it; of a truth column any spelling of yes and no."""
    if not any(isinstance(cell, bool) for cell in column.cells):
        return value
    if value.lower() not in _TRUTH:
        message = f"--where {name}={value}: {name} is yes or no"
        raise MisuseError(message, hint=f"write {name}=yes or {name}=no")
    return _TRUTH[value.lower()]


def write(text: str, output: Path | None) -> None:
    """Write a result to standard output, or to a file, whole."""
    write_all((text,), output)


def write_all(texts: Iterable[str], output: Path | None) -> None:
    """Write a result that comes in pieces; a file is there when all of it is."""
    if output is None or str(output) == "-":
        _write_out(texts)
        return
    beside = output.with_name(f".{output.name}.part")
    with storage_trouble(output):
        try:
            with beside.open("w", encoding="utf-8", newline="") as file:
                file.writelines(texts)
            beside.replace(output)
        finally:
            beside.unlink(missing_ok=True)


def _write_out(texts: Iterable[str]) -> None:
    """Write to standard output; a reader that left is no trouble, a full disk behind it is."""
    if sys.stdout is None:
        raise StorageError("standard output is closed", hint="give -o FILE, or keep it open")
    try:
        sys.stdout.writelines(texts)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        message = f"standard output cannot be written: {error.strerror}"
        raise StorageError(message, hint="free some room where it leads to, or give -o") from error


def say(text: str) -> None:
    """Say something to the person at the terminal: never a result."""
    for line in text.splitlines():
        indent = " " * (len(line) - len(line.lstrip(" ")))
        print(indent + printable(line), file=sys.stderr)  # noqa: T201


def _table_text(
    table: Table, view: View, columns: Sequence[str], detail: str | None, yields: str
) -> str:
    if not table.rows:
        return f"(no {table.name.replace('_', ' ')})\n"
    if view.wide:
        lines = readable(table, table.columns, width=None)
    else:
        width = terminal_width()
        kept = columns_that_fit(table, columns, yields=yields, width=width)
        beneath = (detail or "").split()
        if any(is_filled(table, column) for column in columns if column not in (*kept, *beneath)):
            n_more = len(set(table.columns) - set(kept) - set(beneath))
            say(f"… --wide shows {n_more} more column{'' if n_more == 1 else 's'}")
        lines = readable(table, kept, detail=detail, width=width)
    return "".join(f"{line}\n" for line in lines)

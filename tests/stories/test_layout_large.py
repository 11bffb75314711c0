"""Is every cell of a large file accounted for, and the memory bounded? Told by other readers."""

import csv
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from headstamp.actions.init_casebook import init_casebook
from headstamp.intake.layout_file import open_layout
from headstamp.intake.layout_reading import LayoutReading
from headstamp.intake.reading import Known
from headstamp.ledger.verify import verify_casebook

from .foreign import HEADER, LAYOUT

N_ROWS = 1_000_000
MOST_MIB = 700
"""A million rows of six cells are a file of 45 MB; 445 MiB were measured."""
N_ENTRIES, MOST_OF_REGISTER_MIB = 300_000, 520
"""They took 453 MiB; a million entries, a file of 70 MB, 628 MiB."""


def take_in_child(folder: Path, file: Path, layout: Path | str, *names: str) -> dict[str, Any]:
    """Take a file in a process of its own, or load it into a register; return what it came to."""
    init_casebook(folder / "casebook", actor="Amina")
    program = Path(__file__).with_name("large_file.py")
    words = [sys.executable, str(program), str(folder / "casebook"), str(file), str(layout), *names]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=1_200)
    assert done.returncode == 0, done.stderr[-2_000:]
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.slow
def test_a_million_rows_are_read_in_bounded_memory(tmp_path: Path) -> None:
    """Every row gives its records, every cell is accounted for, and memory follows the file."""
    file, layout = tmp_path / "book.csv", tmp_path / "harbour.toml"
    layout.write_text(LAYOUT, encoding="utf-8")
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(HEADER)
        for n in range(N_ROWS):
            kind, on = ("Rifle", "Pistol")[n % 2], f"20{n % 20:02}-01-{n % 28 + 1:02}"
            writer.writerow((n, kind, f"Maker {n % 500}", f"RA-{n:07}", on, n % 3))
    told = take_in_child(tmp_path, file, layout)

    assert told["records"] == {"sources": 1, "items": N_ROWS, "marks": N_ROWS}
    assert (told["rows"], told["cells"]) == (N_ROWS, 6 * N_ROWS)
    assert (told["read"], told["ignored"], told["reported"]) == (5 * N_ROWS, N_ROWS, 0)
    assert told["peak_mib"] < MOST_MIB, told
    assert verify_casebook(tmp_path / "casebook").problem is None


@pytest.mark.slow
def test_a_long_register_is_loaded_in_bounded_memory(tmp_path: Path) -> None:
    """Every row is an entry, and memory follows the file and the ids in it."""
    file = tmp_path / "book.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("entry_id", "kind", "maker", "serial", "on"))
        for n in range(N_ENTRIES):
            writer.writerow(
                (f"e{n}", "holding", f"Maker {n % 500}", f"RA-{n:07}", f"20{n % 20:02}")
            )
    told = take_in_child(tmp_path, file, "common", "armoury")

    assert told["records"] == {"sources": 1, "entries": N_ENTRIES}
    assert (told["read"], told["reported"]) == (5 * N_ENTRIES, 0)
    assert told["peak_mib"] < MOST_OF_REGISTER_MIB, told
    assert verify_casebook(tmp_path / "casebook").problem is None


# --- files of other institutions, read where they are -------------------------------------------

Rows = Iterator[tuple[str, list[object]]]


def filled(cells: Iterable[object]) -> int:
    """Return how many cells hold something."""
    return sum(cell is not None and str(cell).strip() != "" for cell in cells)


def by_openpyxl(path: Path, header_row: int) -> dict[str, list[list[object]]]:
    """Return the rows below the header of every visible sheet, as another library reads them."""
    book = load_workbook(path, read_only=True, data_only=True)
    return {
        sheet.title: [list(row) for row in sheet.iter_rows(min_row=header_row, values_only=True)]
        for sheet in book.worksheets
        if sheet.sheet_state == "visible"
    }


def column(rows: list[list[object]], name: str) -> list[object]:
    """Return the cells below a name."""
    names = [str(cell).strip() for cell in rows[0]]
    place = names.index(name)
    return [row[place] if place < len(row) else None for row in rows[1:]]


def is_left_of_rio(rows: list[list[object]]) -> list[bool]:
    """Say of each row whether it was never examined."""
    return [str(cell).strip().casefold() == "não" for cell in column(rows, "Laudo")]


def is_left_of_leso(rows: list[list[object]]) -> list[bool]:
    """Say of each row whether it is of another supply class than 1005."""
    return [not str(cell or "").startswith("1005") for cell in column(rows, "NSN")]


IGNORED_OF_RIO = {
    "Plataforma",
    "País Importador",
    "Restrita",
    "Origem Arma",
    "Patrimoniada",
    "Bairro",
    "Acautelamento",
    "Número Lacre",
}
IGNORED_OF_LESO = {"Acquisition Value", "DEMIL Code", "DEMIL IC", "Station Type"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "pattern", "header_row", "is_left", "ignored"),
    [
        ("rio-recoveries", "rio_seized_arms/*.xlsx", 3, is_left_of_rio, IGNORED_OF_RIO),
        ("us-leso", "us_leso/*.xlsx", 1, is_left_of_leso, IGNORED_OF_LESO),
    ],
    ids=["rio", "leso"],
)
def test_every_cell_of_an_institutions_file_is_accounted_for(
    name: str,
    pattern: str,
    header_row: int,
    is_left: Callable[[list[list[object]]], list[bool]],
    ignored: set[str],
    shared_files: Callable[[str], list[Path]],
) -> None:
    """Read, ignored and reported are the sums that openpyxl comes to, column by column."""
    path = shared_files(pattern)[0]
    reading = LayoutReading(
        open_layout(name).layout, path.read_bytes(), file=path.name, known=Known()
    )
    n_items = sum(record.table == "items" for record in reading.records())
    account = reading.account

    n_rows = n_left = n_cells = n_ignored = 0
    for rows in by_openpyxl(path, header_row).values():
        names = [str(cell).strip() for cell in rows[0]]
        for row, is_out in zip(rows[1:], is_left(rows), strict=True):
            n_filled = filled(row)
            if not n_filled:
                continue
            n_rows += 1
            n_left += is_out
            n_cells += n_filled
            n_ignored += (
                n_filled
                if is_out
                else filled(cell for cell, one in zip(row, names, strict=False) if one in ignored)
            )
    assert (account.n_rows, account.n_left, account.n_cells) == (n_rows, n_left, n_cells)
    assert account.n_ignored == n_ignored
    assert account.n_read == n_cells - n_ignored - account.n_reported
    assert n_items == account.n_taken == n_rows - n_left - account.n_refused
    told = {issue.row for issue in reading.issues if issue.row and issue.severity == "warning"}
    assert account.n_reported <= len(told) * 3

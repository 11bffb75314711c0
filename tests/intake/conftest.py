"""The shipped case as a folder that a test may spoil, and ways to spoil it."""

import csv
import io
import shutil
import zipfile
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from headstamp.intake.package import read_package
from headstamp.intake.reading import Known, PackageReading
from headstamp.terms.issue import Issue

Edit = Callable[..., None]
Read = Callable[..., PackageReading]
Pack = Callable[..., Path]


@pytest.fixture(scope="session")
def shipped() -> Path:
    """Return the folder of the shipped case."""
    with as_file(files("headstamp.cases") / "islamic_state_2017") as path:
        return path


@pytest.fixture
def case(tmp_path: Path, shipped: Path) -> Path:
    """Return a copy of the shipped case, without its README."""
    folder = tmp_path / "case"
    shutil.copytree(shipped, folder, ignore=shutil.ignore_patterns("README.md"))
    return folder


@pytest.fixture
def read(case: Path) -> Read:
    """Return what reads the copied case, or another path."""

    def read_it(
        path: Path | None = None, *, known: Known | None = None, prefix: str | None = None
    ) -> PackageReading:
        return read_package(path or case, known=known or Known(), prefix=prefix)

    return read_it


@pytest.fixture
def set_cell(case: Path) -> Edit:
    """Return what writes one cell; rows are numbered as a person sees them."""

    def write(table: str, row: int, column: str, value: str) -> None:
        rows = _load(case / f"{table}.csv")
        if column not in rows[0]:
            for cells in rows:
                cells.append("")
            rows[0][-1] = column
        rows[row - 1][rows[0].index(column)] = value
        _save(case / f"{table}.csv", rows)

    return write


@pytest.fixture
def add_row(case: Path) -> Edit:
    """Return what adds a row to a table, which is made if the case has it not."""

    def write(table: str, **cells: str) -> None:
        path = case / f"{table}.csv"
        rows = _load(path) if path.exists() else [list(cells)]
        rows.append([cells.get(name, "") for name in rows[0]])
        _save(path, rows)

    return write


@pytest.fixture
def pack(case: Path, tmp_path: Path) -> Pack:
    """Return what zips the copied case: under ``top``, with ``extra`` entries beside it."""

    def zip_it(*, top: str = "", extra: dict[str, bytes] | None = None) -> Path:
        path = tmp_path / "case.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(case.iterdir()):
                archive.write(file, top + file.name)
            for name, data in (extra or {}).items():
                archive.writestr(name, data)
        return path

    return zip_it


@pytest.fixture
def only() -> Callable[[PackageReading, str], Issue]:
    """Return what picks the one issue with a code."""

    def pick(reading: PackageReading, code: str) -> Issue:
        found = [issue for issue in reading.issues if issue.code == code]
        assert len(found) == 1, [issue.message for issue in reading.issues]
        return found[0]

    return pick


def _load(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def _save(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)

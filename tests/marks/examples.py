"""The worked tables beside this file, which a monitor can read and extend, row by row."""

import csv
from pathlib import Path

FOLDER = Path(__file__).parent / "examples"


def examples(name: str) -> list[dict[str, str]]:
    """Return the rows of one worked table."""
    return list(csv.DictReader((FOLDER / name).read_text(encoding="utf-8").splitlines()))


def expected(row: dict[str, str]) -> list[str]:
    """Return the ids that a row expects, in order; a word in brackets is what the cell says."""
    return [one for one in row["expected"].split(";") if one]

"""Which later recoveries meet an earlier loss by a plain rule of ten lines? A yardstick, no truth.

    .venv/bin/python bench/plain_rule.py ../shared/data

It shares nothing with the package: rows as calamine yields them, and the rule of `pairs`. It gives
the three counts of the data folder's README (1,216 losses, 18,767 recoveries, 163 recovered later)
if its words are taken so, which nobody wrote down at the time:

- *firearm*: the class is ARMA DE FOGO; a cartridge has no serial of its own.
- *loss*: not examined, and one of the offences is robbery, theft, loss or misappropriation of a
  firearm. *Recovery*: examined.
- *normalised*: accents folded, capitals, and only A-Z and 0-9 kept. *Make*: the same of the make.
- *usable*: no ``?``, 4 to 13 characters when normalised, a digit among them.
- *later*: the instant of registration is later, to the second. Only so does it come to 163;
  with *later day* it would be 161, with *not earlier* 165.
- the 163 are recoveries; one of them meets two losses, so that there are 164 pairs.
"""

import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import python_calamine

HEADER_ROW = 3
LOST = {f"{how} De Arma De Fogo" for how in ("Roubo", "Furto", "Extravio", "Apropriação Indébita")}

Row = dict[str, Any]
Place = tuple[str, int]
"""A file's name and the number of the row that a person sees in its sheet."""


def rows(data: Path) -> Iterator[Row]:
    """Yield each row of the three workbooks with its place."""
    for path in sorted((data / "rio_seized_arms").glob("rj_*.xlsx")):
        header, *body = python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()
        for n, row in enumerate(body, HEADER_ROW + 1):
            yield dict(zip(map(str, header), row, strict=True)) | {"place": (path.name, n)}


def plain(text: str) -> str:
    """Return capitals A-Z and digits, accents folded, all else left out."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub("[^A-Z0-9]", "", folded.upper())


def is_usable(row: Row) -> bool:
    """Whether the row is a firearm's, with a serial of which every character was read."""
    serial = plain(row["Número de Série"])
    has_form = 4 <= len(serial) <= 13 and re.search("[0-9]", serial) is not None
    return has_form and row["Classe"] == "ARMA DE FOGO" and "?" not in row["Número de Série"]


def losses_and_recoveries(data: Path) -> tuple[list[Row], list[Row]]:
    """Return the rows of losses and those of recoveries, with usable serials."""
    usable = [row for row in rows(data) if is_usable(row)]
    offences = ({part.strip() for part in row["Tipo Delito"].split("///")} for row in usable)
    lost = [r for r, told in zip(usable, offences, strict=True) if told & LOST]
    return (
        [row for row in lost if row["Laudo"] == "Não"],
        [row for row in usable if row["Laudo"] == "Sim"],
    )


def pairs(losses: list[Row], recoveries: list[Row]) -> list[tuple[Place, Place]]:
    """Return the places of (loss, later recovery) of one normalised serial and make."""
    lost: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in losses:
        lost[plain(row["Número de Série"]), plain(row["Marca"])].append(row)
    return [
        (loss["place"], row["place"])
        for row in recoveries
        for loss in lost[plain(row["Número de Série"]), plain(row["Marca"])]
        if _on(loss) < _on(row)
    ]


def _on(row: Row) -> datetime:
    on: datetime = row["Data Registro"]
    return on


def main(data: Path) -> None:
    """Print the three counts, and the number of pairs."""
    losses, recoveries = losses_and_recoveries(data)
    found = pairs(losses, recoveries)
    n_later = len({recovery for _, recovery in found})
    print(f"{len(losses):,} losses and {len(recoveries):,} recoveries with a usable serial")
    print(f"{n_later:,} later recoveries meet an earlier loss, in {len(found):,} pairs")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Do the shipped tables agree with a human clean-up of the same cells? Counts only.

    .venv/bin/python bench/rio_agreement.py ../shared/data

Reads the Rio workbooks and the clean-up tables of `rio_reference` where they are; neither is
part of this repository. Each spelling is read by us, and so is the human's canonical name
for it; they agree where both come to one meaning. Cells are counted, not spellings.
"""

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import python_calamine

from headstamp.intake.layout_cells import text_of
from headstamp.marks.calibres import identify_calibre
from headstamp.marks.countries import identify_country
from headstamp.marks.identify import Candidates, Identified, determined
from headstamp.marks.makers import identify_maker, maker_countries
from headstamp.marks.types import identify_type

Reader = Callable[[str], Candidates]
Told = dict[str, str]
N_SHOWN = 20


def main(data: Path) -> None:
    """Print, for makes, calibres, types and states, how the readings compare."""
    cells = _cells(data / "rio_seized_arms")
    gold = python_calamine.load_workbook(data / "rio_reference" / "br_make_calibre_type_gold.xlsx")
    makes, states = _told(gold, "marca", 1), _told(gold, "marca", 2)
    for what, column, told, ours, theirs in (
        ("make", "Marca", makes, identify_maker, identify_maker),
        ("calibre", "Calibre", _told(gold, "calibre", 1), identify_calibre, identify_calibre),
        ("type", "Tipo", _told(gold, "tipo", 1), identify_type, identify_type),
        ("state, by make", "Marca", states, _state_of_maker, identify_country),
    ):
        _compare(what, cells[column], told, ours, theirs)
    _coverage("state, as written", cells["País"], identify_country)


def _cells(folder: Path) -> dict[str, Counter[str]]:
    """Return the cells of every column of the rows that were examined, header in row 3."""
    found: dict[str, Counter[str]] = {}
    for path in sorted(folder.glob("rj_*.xlsx")):
        sheet = python_calamine.load_workbook(path).get_sheet_by_index(0)
        rows = sheet.to_python()
        header = [str(name) for name in rows[0]]
        for row in rows[1:]:
            if row[0] == "Sim":
                for name, cell in zip(header, row, strict=True):
                    found.setdefault(name, Counter())[text_of(cell).strip()] += 1
    return found


def _told(gold: python_calamine.CalamineWorkbook, sheet: str, column: int) -> Told:
    """Return spelling → what the human made of it."""
    rows = gold.get_sheet_by_name(sheet).to_python()[1:]
    return {text_of(row[0]).strip().casefold(): text_of(row[column]).strip() for row in rows}


def _state_of_maker(text: str) -> Candidates:
    maker = determined(identify_maker(text))
    return maker_countries(maker) if maker else ()


def _compare(what: str, cells: Counter[str], told: Told, ours: Reader, theirs: Reader) -> None:
    fates: Counter[str] = Counter()
    differing: Counter[tuple[str, str, str]] = Counter()
    for cell, n in cells.items():
        human = told.get(cell.casefold())
        if not cell or not human:
            fates["not in the clean-up table, or empty there"] += n
            continue
        fate, ours_says = _fate(ours(cell), theirs(human))
        fates[fate] += n
        if fate != "agree":
            differing[fate, human, ours_says] += n
    print(f"\n{what}: {cells.total():,} cells")
    for fate, n in fates.most_common():
        print(f"  {n:>7,}  {n / cells.total():6.1%}  {fate}")
    for (fate, human, ours_says), n in differing.most_common(N_SHOWN):
        print(f"      {n:>6,}  {fate}: theirs {human!r}, ours {ours_says}")


def _fate(ours: Candidates, theirs: Candidates) -> tuple[str, str]:
    one, other = _settled(ours), _settled(theirs)
    meanings = {found.meaning for found in ours}
    said = one or (f"one of {sorted(meanings)}" if meanings else "nothing")
    if not theirs:
        return "their name is not in our tables", said
    if one is not None and one == other:
        return "agree", said
    if one is None and meanings & {found.meaning for found in theirs}:
        return "ours leaves open what theirs settles", said
    if one is None and not meanings:
        return "ours reads nothing", said
    if other is None and one in {found.meaning for found in theirs}:
        return "ours is one of what theirs may mean", said
    return "disagree", said


def _settled(found: Candidates) -> str | None:
    """Return the one meaning, of a calibre only where no other is possible."""
    is_calibre = any(one.kind == "calibre" for one in found)
    return Identified(calibres=found).calibre if is_calibre else determined(found)


def _coverage(what: str, cells: Counter[str], ours: Reader) -> None:
    n_one = sum(n for cell, n in cells.items() if determined(ours(cell)))
    print(f"\n{what}: {n_one:,} of {cells.total():,} cells name one state")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""How fast are cells of marks read, in passes of `str.upper` over the same cells? Not a test.

Run from the repository: ``PYTHONPATH=src python bench/marks.py``. Cells are invented from a seed.
"""

import random
import sys
import time
from collections.abc import Callable, Sequence

from headstamp.marks.calibres import identify_calibre
from headstamp.marks.countries import identify_country
from headstamp.marks.makers import identify_maker
from headstamp.marks.models import identify_model
from headstamp.marks.serials import read_serial
from headstamp.marks.types import identify_type
from headstamp.reference.caches import forget_answers

N_CELLS, N_ROWS, N_RUNS = 30_000, 75_000, 3
LETTERS, DIGITS = "ABCDEFGHJKLMNPRSTUVWXYZ", "0123456789"
ODD = ("{a}-{n}", "{a} {n}", "{n}/{m}", "{n} {m}", "nº {n}", "{n} (ilegível)", "А{n}", "{n}.0")
WORDS = ("raspado", "sem número", "", "não consta", "suprimida")
COLUMNS: dict[str, tuple[Callable[[str], object], tuple[str, ...]]] = {
    "identify_maker": (
        identify_maker,
        ("TAURUS", "Rossi", "S&W", "Smith & Wesson", "CBC", "não identificada", "COLT / FN", "Zxq"),
    ),
    "identify_type": (
        identify_type,
        ("Revólver", "PISTOLA", "Espingarda cal 12", "arma artesanal"),
    ),
    "identify_calibre": (
        identify_calibre,
        (".38 SPL", "9 mm Luger (9x19 mm)", "12", ".380", "7,62"),
    ),
    "identify_country": (identify_country, ("Brasil", "EUA", "Rússia/URSS", "ignorado", "Áustria")),
    "identify_model": (identify_model, ("82", "PT 92 AF", "AK-47", "Glock 17", "não informado")),
}


def serial_cells(n_cells: int) -> list[str]:
    """Return different cells as registers have them: four in five plain letters and digits."""
    chosen = random.Random(20261125)
    cells: dict[str, None] = {}
    while len(cells) < n_cells:
        letters = "".join(chosen.choices(LETTERS, k=chosen.randrange(4)))
        number, other = ("".join(chosen.choices(DIGITS, k=chosen.randrange(4, 9))) for _ in "ab")
        draw = chosen.random()
        if draw < 0.8:
            cells[letters + number] = None
        elif draw < 0.98:
            cells[chosen.choice(ODD).format(a=letters or "A", n=number, m=other)] = None
        else:
            cells[f"{chosen.choice(WORDS)} {letters}".strip()] = None
    return list(cells)


def seconds(read: Callable[[str], object], cells: Sequence[str]) -> float:
    """Return the time to read all cells, the best of some runs, each with loaded tables only."""
    taken = []
    for _ in range(N_RUNS):
        loading_seconds(read)
        start = time.process_time()
        for cell in cells:
            read(cell)
        taken.append(time.process_time() - start)
    return min(taken)


def loading_seconds(read: Callable[[str], object]) -> float:
    """Forget every answer, and return the time that the first cell takes: tables are loaded."""
    forget_answers()
    start = time.process_time()
    read("zxqwv 1 zxqwv")
    return time.process_time() - start


def compare() -> str:
    """Return one line per reader: seconds, microseconds a cell, and times a pass of `str.upper`."""
    lines = [f"best of {N_RUNS} runs, each with the tables loaded and no cell remembered"]
    cells = serial_cells(N_CELLS)
    lines.append(_line("read_serial", read_serial, cells, "different cells"))
    chosen = random.Random(1)
    for name, (read, texts) in COLUMNS.items():
        rows = [f"{chosen.choice(texts)}{' ' * chosen.randrange(40)}" for _ in range(N_ROWS)]
        lines.append(_line(name, read, rows, f"rows, {len(set(rows))} different"))
    return "\n".join(lines)


def _line(name: str, read: Callable[[str], object], cells: list[str], told: str) -> str:
    loading = min(loading_seconds(read) for _ in range(N_RUNS))
    ours, upper = seconds(read, cells), seconds(str.upper, cells)
    return (
        f"{name:18}{len(cells):7} {told:24}{ours:8.3f} s{ours / len(cells) * 1e6:9.2f} us a cell"
        f"{ours / upper:9.0f} x{loading:9.3f} s to load"
    )


if __name__ == "__main__":
    sys.stdout.write(compare() + "\n")

"""How much longer than opening a workbook does it take to read it with a layout? Not a test.

It prints times as ratios to calamine alone (which opens the workbook and yields its rows), for
an invented workbook of 10,000, 30,000 and 100,000 rows, and for files that are named.

Run from the repository: ``PYTHONPATH=src python bench/layouts.py [LAYOUT FILE…]``, for example
``python bench/layouts.py rio-recoveries rj_2018.xlsx``.
"""

import io
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import python_calamine
from openpyxl import Workbook

from headstamp.intake.layout import Layout
from headstamp.intake.layout_file import open_layout, read_layout
from headstamp.intake.layout_reading import LayoutReading
from headstamp.intake.reading import Known

N_ROWS = 10_000
TIMES = (1, 3, 10)
N_RUNS = 3
LAYOUT = """
name = "bench"
title = "An invented register"
source = "bench"
file.format = "xlsx"
ignore = { "Noise 1" = "noise", "Noise 2" = "noise", "Noise 3" = "noise" }

[columns]
kind = "Kind"
maker = "Maker"
model = "Model"
serial = "Serial"
place = "Place"
date = "Date"
count = "Count"

[[leave]]
where = { kind = ["Vest"] }
why = "no weapon"

[[records]]
table = "sources"
id = "bench"
fields.kind = "register"

[[records]]
table = "sites"
id = ["place"]
needs = ["place"]
fields.name = { column = "place" }

[[records]]
table = "items"
fields.category = "weapon"
fields.type = { column = "kind" }
fields.maker_stated = { column = "maker" }
fields.model = { column = "model" }
fields.site_id = { record = "sites" }
fields.documented_on = { column = "date" }
fields.quantity = { column = "count" }

[[records]]
table = "marks"
name = "serial"
needs = ["serial"]
fields.item_id = { record = "items" }
fields.kind = "serial"
fields.text = { column = "serial" }
fields.reader = "cell"
"""
HEADER = ("Kind", "Maker", "Model", "Serial", "Place", "Date", "Count")
NOISE = ("Noise 1", "Noise 2", "Noise 3")


def workbook(n_rows: int) -> bytes:
    """Return an invented register: few makers and places, a serial for nearly every row."""
    chance = random.Random(59)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Register")
    sheet.append((*HEADER, *NOISE))
    for n in range(n_rows):
        kind = chance.choice(("Rifle", "Pistol", "Revolver", "Vest"))
        maker, model = f"Maker {chance.randrange(40)}", f"Model {chance.randrange(200)}"
        serial = f"RA-{n:07}" if chance.random() < 0.9 else None
        on = f"20{chance.randrange(10, 25)}-{chance.randrange(1, 13):02}-11"
        place, count = f"Place {chance.randrange(140)}", chance.randrange(1, 3)
        sheet.append((kind, maker, model, serial, place, on, count, "x", "y", f"noise {n}"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def alone(data: bytes) -> int:
    """Open a workbook, go through its rows, and return how many there are."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = (book.get_sheet_by_name(name) for name in book.sheet_names)
    return sum(1 for sheet in sheets for _ in sheet.iter_rows())


def whole(data: bytes, layout: Layout) -> int:
    """Read a workbook with a layout and return the number of records."""
    reading = LayoutReading(layout, data, file="bench.xlsx", known=Known())
    return sum(1 for _ in reading.records())


def seconds(run: Callable[[], int]) -> float:
    """Return the processor's time for one run, the least of three: others may be at work."""
    took = []
    for _ in range(N_RUNS):
        began = time.process_time()
        run()
        took.append(time.process_time() - began)
    return min(took)


def compare(name: str, data: bytes, layout: Layout) -> str:
    """Return one line: seconds, ratio to calamine alone, microseconds a row beside it."""
    n_rows = alone(data)
    opening, reading = seconds(lambda: alone(data)), seconds(lambda: whole(data, layout))
    beside = (reading - opening) / n_rows * 1e6
    return (
        f"{name:24}{n_rows:10,}{opening:10.2f} s{reading:10.2f} s{reading / opening:8.1f} x"
        f"{beside:8.1f} us a row beside"
    )


def main(words: list[str]) -> None:
    """Print a line for each size of the invented register, and for each file that is named."""
    print(f"{'':24}{'rows':>10}{'calamine':>12}{'with layout':>12}")
    layout = read_layout(LAYOUT.encode(), name="bench.toml").layout
    for times in TIMES:
        print(compare(f"invented, {times} x", workbook(N_ROWS * times), layout))
    for name in words[1:]:
        path = Path(name)
        print(compare(path.name[:23], path.read_bytes(), open_layout(words[0]).layout))


if __name__ == "__main__":
    main(sys.argv[1:])

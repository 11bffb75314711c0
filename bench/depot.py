"""An invented intake of any size: what monitors bring home from a large store of seized arms.

Everything is made up from a seed: the state XA, its police, sites, models and serials. Per
25,000 items there are 13,300 serials, so that three times as many are 115,000 rows in all.
"""

import csv
import json
import random
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from headstamp.actions.init_casebook import init_casebook
from headstamp.actions.take import take
from headstamp.actions.writing import Writing

N_ITEMS = 25_000
N_SITES = 150
SEED = 7

Row = dict[str, str]

_SOURCES = [
    {"source_id": "xa_list", "kind": "register", "reliability": "B", "title": "List of XA"},
    {"source_id": "xa_visit", "kind": "field_documentation", "reliability": "A"},
    {"source_id": "xa_paper", "kind": "press", "reliability": "C", "publisher": "The Daily"},
]
_PARTIES = [{"party_id": "xa_police", "kind": "state_body", "country": "XA", "name": "Police"}]
_MODELS = [f"Model {letter}{number}" for letter in "ABCDEFGH" for number in range(1, 60)]
_CALIBRES = ["7.62x39mm", "5.56x45mm", "9x19mm", ".38 Special", "12 gauge", "7.62x51mm"]
_TYPES = ["rifle", "pistol", "revolver", "shotgun", "machine gun"]
_COUNTRIES = ["XA", "XB", "XC", "XD", "XE"]


def write_depot(folder: Path, n_items: int, *, seed: int = SEED) -> Path:
    """Write a case package with so many items, about half of them with a serial."""
    folder.mkdir(parents=True)
    chance = random.Random(seed)
    tables: dict[str, Iterable[Row]] = {
        "sources": _SOURCES,
        "parties": _PARTIES,
        "sites": _sites(chance),
        "items": _items(chance, n_items),
        "marks": _marks(chance, n_items),
    }
    for name, rows in tables.items():
        _write(folder / f"{name}.csv", rows)
    resources = [{"name": name, "path": f"{name}.csv"} for name in tables]
    descriptor = json.dumps({"name": folder.name, "resources": resources})
    (folder / "datapackage.json").write_text(descriptor, encoding="utf-8")
    return folder


def make_casebook(folder: Path, times: int) -> Path:
    """Return a casebook that took so many times 25,000 items; one made before is found again."""
    root = folder / f"casebook-{times}"
    if not (root / "made").exists():
        package = write_depot(folder / f"package-{times}", times * N_ITEMS)
        init_casebook(root, actor="Amina", title="The store of XA")
        list(take(root, [package], by=Writing(actor="Amina")))
        (root / "made").touch()
    return root


def _sites(chance: random.Random) -> Iterator[Row]:
    for n in range(N_SITES):
        yield {
            "site_id": f"site_{n}",
            "name": f"Place {n}",
            "country": "XA",
            "latitude": f"{chance.uniform(-5, 5):.4f}",
            "longitude": f"{chance.uniform(20, 30):.4f}",
        }


def _items(chance: random.Random, n_items: int) -> Iterator[Row]:
    for n in range(n_items):
        is_weapon = chance.random() < 0.6
        year = chance.randint(2005, 2019)
        yield {
            "item_id": f"it_{n:06d}",
            "category": "weapon" if is_weapon else "ammunition",
            "type": chance.choice(_TYPES) if is_weapon else "cartridge",
            "model": chance.choice(_MODELS),
            "calibre": chance.choice(_CALIBRES),
            "quantity": "1" if is_weapon else str(chance.randint(1, 400)),
            "unit": "piece" if is_weapon else "round",
            "condition": chance.choice(["complete", "unknown"]),
            "inspection": chance.choice(["document_only", "seen"]),
            "maker_stated": f"Works {chance.randint(1, 90)}",
            "country_stated": chance.choice(_COUNTRIES),
            "site_id": f"site_{chance.randrange(N_SITES)}",
            "recovered_on": f"{year}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
            "recovered_by": "xa_police",
            "circumstances": "seized",
            "source_id": "xa_visit" if chance.random() < 0.2 else "xa_list",
        }


def _marks(chance: random.Random, n_items: int) -> Iterator[Row]:
    for n in sorted(chance.sample(range(n_items), n_items * 133 // 250)):
        yield {
            "mark_id": f"mk_{n:06d}",
            "item_id": f"it_{n:06d}",
            "kind": "serial",
            "position": chance.choice(["frame", "barrel"]),
            "text": _serial(chance),
            "state": "legible",
            "source_id": "xa_list",
        }


def _serial(chance: random.Random) -> str:
    letters = "".join(chance.choices("ABCDEFGH", k=2))
    digits = "".join(chance.choices("0123456789", k=chance.randint(4, 7)))
    return f"{letters}{digits}" + ("?" if chance.random() < 0.05 else "")


def _write(path: Path, rows: Iterable[Row]) -> None:
    listed = list(rows)
    columns = list(dict.fromkeys(column for row in listed for column in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(listed)


if __name__ == "__main__":
    make_casebook(Path(sys.argv[1]), int(sys.argv[2]))

"""Which weapons were written down again, and which as state property in one row only? Counts.

    .venv/bin/python bench/rio_leads.py CASEBOOK

The casebook holds the Rio workbooks, `rio-recoveries` taken and `rio-holdings` loaded as
`holdings`, and was traced. Only counts are printed. They are leads, to be looked at: that a
weapon is on a list of state property in one row and not in another says what was written and
nothing of how it came to be there. Nothing here was judged.
"""

import argparse
import csv
import io
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

SURE = 0.9
HEADSTAMP = Path(sys.executable).with_name("headstamp")

Row = dict[str, str]


def listed(book: Path, *verb: str) -> list[Row]:
    """Return what a listing verb prints as CSV."""
    command = [str(HEADSTAMP), "-C", str(book), *verb, "--format", "csv"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return list(csv.DictReader(io.StringIO(done.stdout)))


def groups(pairs: list[tuple[str, str]]) -> list[set[str]]:
    """Return what is tied together, over however many steps."""
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        beside[one].add(other)
        beside[other].add(one)
    found: list[set[str]] = []
    seen: set[str] = set()
    for first in beside:
        if first in seen:
            continue
        group, waiting = set[str](), [first]
        while waiting:
            here = waiting.pop()
            if here not in group:
                group.add(here)
                waiting += beside[here]
        seen |= group
        found.append(group)
    return found


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("casebook", type=Path)
    book = parser.parse_args().casebook
    items = {row["item_id"]: row for row in listed(book, "items")}
    held = {row["entry_id"]: row for row in listed(book, "entries", "holdings")}
    sure = [row for row in listed(book, "links") if float(row["probability"] or 0) >= SURE]
    pairs = [(row["item_id"], row["other_id"]) for row in sure if row["other_kind"] == "item"]
    _print_again(pairs, items)
    with_holding = [row for row in sure if row["register"] == "holdings"]
    _print_property(with_holding, items, held)


def _print_again(pairs: list[tuple[str, str]], items: dict[str, Row]) -> None:
    again = groups(pairs)
    n_files = Counter(len({items[one]["file"] for one in group}) for group in again)
    sizes = Counter(len(group) for group in again)
    print(f"proposed as documented more than once, at {SURE} or more:")
    print(f"  {len(pairs):,} pairs of {sum(map(len, again)):,} rows, {len(again):,} weapons")
    print("  rows a weapon: " + ", ".join(f"{n} {size}x" for size, n in sorted(sizes.items())))
    print(
        "  in so many years' files: " + ", ".join(f"{k}: {n:,}" for k, n in sorted(n_files.items()))
    )


def _print_property(links: list[Row], items: dict[str, Row], held: dict[str, Row]) -> None:
    """Print how many weapons stand as state property in one row and not in another."""
    own = {(row["file"], row["row"]) for row in held.values()}
    plain = [
        row
        for row in links
        if (items[row["item_id"]]["file"], items[row["item_id"]]["row"]) not in own
    ]
    when: defaultdict[str, set[str]] = defaultdict(set)
    for row in plain:
        year, other = items[row["item_id"]]["file"], held[row["other_id"]]["file"]
        order = "the same" if year == other else "an earlier" if other < year else "a later"
        when[order].add(row["item_id"])
    n_items = len(set().union(*when.values()))
    print(f"proposed as state property in another row but not in its own: {n_items:,} weapons")
    for order, some in sorted(when.items()):
        print(f"  state property in {order} year: {len(some):,}")


if __name__ == "__main__":
    main()

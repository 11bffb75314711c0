"""How much faster do we read dates than the library `edtf`? Not a test: it prints a ratio.

Run from the repository: ``PYTHONPATH=src python bench/dates.py``.
"""

import sys
import timeit
import tomllib
from collections.abc import Callable
from pathlib import Path

import edtf

from headstamp.terms import dates

EXAMPLES = Path(__file__).parents[1] / "tests" / "terms" / "edtf_examples.toml"
N_ROUNDS = 200


def seconds_per_date(read: Callable[[str], object], texts: list[str], n_rounds: int) -> float:
    """Return the mean time to read one text, the best of three runs."""
    runs = timeit.repeat(lambda: [read(text) for text in texts], number=n_rounds, repeat=3)
    return min(runs) / n_rounds / len(texts)


def compare() -> str:
    """Return one line per reader: microseconds a date, and times faster than `edtf`."""
    groups = tomllib.loads(EXAMPLES.read_text(encoding="utf-8"))["example"]
    texts = [text for group in groups if "refused" not in group for text in group["texts"]]
    # Past the cache: a register has many dates, and each is read for the first time once.
    readers = {
        "headstamp, first time": dates._parse_cached.__wrapped__,  # noqa: SLF001 - as said above
        "headstamp, again": dates.parse_date_span,
    }
    theirs = seconds_per_date(edtf.parse_edtf, texts, 1)
    lines = [f"{len(texts)} published examples", f"{'edtf':24}{theirs * 1e6:10.1f} us"]
    for name, read in readers.items():
        ours = seconds_per_date(read, texts, N_ROUNDS)
        lines.append(f"{name:24}{ours * 1e6:10.1f} us{theirs / ours:10.0f} x")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(compare() + "\n")

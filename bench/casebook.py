"""How quick is a casebook of 25,000, 75,000 and 250,000 items, and what does it hold in memory?

    python bench/casebook.py [FOLDER [TIMES …]]

Casebooks are made in FOLDER (else a temporary one, and removed), TIMES 25,000 items each
(else 1 3 10). Every figure is the median of five processes: seconds of processor, times the
floor, megabytes at most. *Floor* is what reading the records costs anybody: unpack, hash, decode.
"""

import gzip
import hashlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

N_RUNS = 5
VERBS = [
    *(f"items --format {form}" for form in ("csv", "json", "table")),
    *(f"items --format {form} --where site_id=site_7" for form in ("csv", "json", "table")),
    *(f"marks --format {form}" for form in ("csv", "json")),
    "sites --format csv",
    *(f"issues --format {form}" for form in ("csv", "table")),
    *(f"{verb} --format csv" for verb in ("claims", "links", "findings", "figures")),
    "figures --by model --format csv",
    "figures --by site_id --format table",
    "chain it_000007",
]


class Cost(NamedTuple):
    """What a process took: seconds of processor, and megabytes at most."""

    seconds: float
    megabytes: float


# --- steps: what stands before the yield is not measured ---------------------------------------


def floor(root: Path) -> Iterator[None]:
    """Unpack, hash and decode the records, and make nothing of them."""
    import msgspec

    (path,) = root.glob("records/*/*.gz")
    yield
    stored = path.read_bytes()
    plain = gzip.decompress(stored)
    hashlib.sha256(stored).hexdigest()
    hashlib.sha256(plain).hexdigest()
    msgspec.json.Decoder(dict[str, object]).decode_lines(plain)


def replay(root: Path) -> Iterator[None]:
    """Open the casebook, all digests checked, and have every row."""
    from headstamp.casebook.opening import open_casebook

    yield
    assert open_casebook(root, today=date(2026, 1, 1)).rows


def conclude(root: Path) -> Iterator[None]:
    """Have every row as a term, and derive all there is to derive."""
    from headstamp.casebook.opening import open_casebook

    casebook = open_casebook(root, today=date(2026, 1, 1))
    assert casebook.rows
    yield
    assert casebook.conclusions


def figures_unkept(root: Path) -> Iterator[None]:
    """Open the casebook and count, nothing being kept."""
    from headstamp.casebook import kept
    from headstamp.casebook.figures import figures
    from headstamp.casebook.opening import open_casebook

    kept.forget(root)
    yield
    assert figures(open_casebook(root, today=date(2026, 1, 1))).rows


def seal(root: Path) -> Iterator[None]:
    """Seal the same lines again."""
    import msgspec

    from headstamp.ledger.seal import seal_records

    (path,) = root.glob("records/*/*.gz")
    plain = gzip.decompress(path.read_bytes())
    lines = msgspec.json.Decoder(dict[str, object]).decode_lines(plain)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "journal.sqlite").touch()
        yield
        seal_records(Path(folder), lines)


STEPS: dict[str, Callable[[Path], Iterator[None]]] = {
    step.__name__: step for step in (floor, replay, conclude, figures_unkept, seal)
}


def run_step(name: str, root: Path) -> None:
    """Run one step here and print what the measured part of it took."""
    step = STEPS[name](root)
    next(step)
    start = time.process_time()
    next(step, None)
    print("took", time.process_time() - start)


# --- processes ---------------------------------------------------------------------------------


def cost_of(words: list[str]) -> Cost:
    """Run a process to its end and return what it took; a step says so itself."""
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    last = b""
    while piece := process.stdout.read(1 << 20):
        last = piece
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"failed: {words}")
    said = last.removeprefix(b"took ") if last.startswith(b"took ") else None
    seconds = float(said) if said else used.ru_utime + used.ru_stime
    return Cost(seconds, used.ru_maxrss / 1024)


def median(words: list[str]) -> Cost:
    """Return the median of so many processes, of seconds and of megabytes."""
    runs = [cost_of(words) for _ in range(N_RUNS)]
    return Cost(*(statistics.median(one) for one in zip(*runs, strict=True)))


def measure(folder: Path, times: int) -> dict[str, Cost]:
    """Return every measure of a casebook of so many times 25,000 items."""
    depot = str(Path(__file__).with_name("depot.py"))
    # In a process of its own: what this one once held would be counted with those it starts.
    subprocess.run([sys.executable, depot, str(folder), str(times)], check=True)
    root = folder / f"casebook-{times}"
    found = {name: median([sys.executable, __file__, "--step", name, str(root)]) for name in STEPS}
    for words in VERBS:
        run = "from headstamp.cli.main import run; run()"
        line = [sys.executable, "-c", run, "-C", str(root), *words.split()]
        cost_of(line)  # Its table is kept from here on.
        found[words] = median(line)
    return found


def show(found: dict[int, dict[str, Cost]]) -> None:
    """Print a line to each measure: seconds, times the floor, megabytes, and how it grows."""
    print(f"{'':44}" + "".join(f"{f'{times}x':>23}" for times in found) + "  growth")
    first = found[min(found)]
    for name in first:
        cells = "".join(
            f"{costs[name].seconds:6.2f} s {costs[name].seconds / costs['floor'].seconds:5.1f}"
            f" {costs[name].megabytes:5.0f} MB"
            for costs in found.values()
        )
        growth = (costs[name].seconds / first[name].seconds for costs in found.values())
        print(f"{name:44}{cells}  {' '.join(f'{one:.1f}' for one in growth)}")


def main() -> None:
    """Measure casebooks of all sizes asked for, and print what came out."""
    given = sys.argv[1:]
    if given[:1] == ["--step"]:
        run_step(given[1], Path(given[2]))
        return
    folder = Path(given[0]) if given else Path(tempfile.mkdtemp())
    try:
        show({times: measure(folder, times) for times in map(int, given[1:] or ["1", "3", "10"])})
    finally:
        if not given:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()

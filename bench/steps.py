"""What does each step take, of ours and of the peer? Every one is a process of its own.

A step that is not there, or that is refused, is told as such and measured as nothing.
"""

import csv
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Took:
    """What a step took, as it measured itself; ``is_done``: it exists and did its work."""

    step: str
    seconds: float
    peak_mib: float
    is_done: bool = True


class Bench:
    """A casebook in a folder of its own, and what each step on it took."""

    def __init__(self, folder: Path) -> None:
        """Start with nothing; the casebook is made by the first step."""
        self.folder, self.took = folder, list[Took]()

    def ours(self, *words: str | Path) -> bool:
        """Run one command of ours; tell whether there is such a command and it was not refused."""
        told = self.folder / "told.json"
        told.unlink(missing_ok=True)
        asked = [str(word) for word in words]
        program = [sys.executable, str(HERE / "measured.py"), str(told)]
        casebook = ["-C", str(self.folder / "book")]
        done = subprocess.run([*program, *casebook, *asked], capture_output=True, check=False)
        figures = json.loads(told.read_text()) if told.exists() else {}
        is_done = done.returncode in {0, 1} and bool(figures)
        if not is_done:
            last = done.stderr.decode().strip().splitlines()[-1:]
            print(f"headstamp {asked[0]}: not done (exit {done.returncode}) {' '.join(last)}")
        self._note(f"headstamp {asked[0]}", figures, is_done=is_done)
        return is_done

    def peer(self, python: str, items: Path, entries: Path, *, variant: str) -> Path | None:
        """Run Splink, and return the file with its pairs."""
        out = self.folder / f"splink-{variant}.parquet"
        words = [str(items), str(entries), str(out), variant]
        program = [python, str(HERE / "splink_peer.py"), *words]
        done = subprocess.run(program, capture_output=True, check=False)
        is_done = done.returncode == 0
        if not is_done:
            print(f"splink {variant}: not done\n{done.stderr.decode()[-800:]}")
        figures = json.loads(done.stdout.splitlines()[-1]) if is_done else {}
        self._note(f"splink {variant}", figures, is_done=is_done)
        return out if is_done else None

    def listed(self, verb: str, *words: str) -> list[dict[str, str]] | None:
        """Return the rows of a listing of ours, or None where it is not there."""
        out = self.folder / f"{verb}.csv"
        if not self.ours(verb, *words, "--format", "csv", "-o", out):
            return None
        with out.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def print_took(self, floor: float, *, what: str) -> None:
        """Print each step as a ratio to the floor that was measured in this run."""
        print(f"\nfloor: {what}, {floor:.3f} s")
        print(f"{'step':24}{'of floor':>10}{'s':>9}{'MiB':>8}")
        for one in self.took:
            if one.is_done:
                ratio = one.seconds / floor
                print(f"{one.step:24}{ratio:9.1f}x{one.seconds:9.2f}{one.peak_mib:8.0f}")
            else:
                print(f"{one.step:24}{'not done':>10}")

    def _note(self, step: str, figures: dict[str, float], *, is_done: bool) -> None:
        seconds, peak = figures.get("seconds", 0.0), figures.get("peak_mib", 0.0)
        self.took.append(Took(step=step, seconds=seconds, peak_mib=peak, is_done=is_done))

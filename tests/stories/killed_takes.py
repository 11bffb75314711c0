"""Take packages in a child that is killed at a random moment, many times over.

Run as a program: ``python killed_takes.py FOLDER KILLS SEED``. It prints one JSON object a
casebook: the sequence numbers that children printed as acknowledged, and how often they
were killed while at work.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from headstamp.actions.init_casebook import init_casebook
from headstamp.actions.take import take
from headstamp.actions.writing import Writing

KILLS_A_CASEBOOK = 20
PACKAGES_A_CHILD = 30
LONGEST_S = 0.3
BY = Writing(actor="Amina")


def make_packages(folder: Path, first: int) -> list[Path]:
    """Write small packages with ids that nobody else has."""
    packages = []
    for n in range(first, first + PACKAGES_A_CHILD):
        package = folder / f"package_{n:05d}"
        package.mkdir()
        (package / "sources.csv").write_text(
            f"source_id,kind,note\ns{n},field_documentation,{'x' * 4000}\n", encoding="utf-8"
        )
        packages.append(package)
    return packages


def take_and_acknowledge(casebook: Path, packages: list[Path], acknowledged: int) -> None:
    """Take the packages, writing each seq to the pipe once ``take`` says that it is recorded."""
    for taken in take(casebook, packages, by=BY):
        os.write(acknowledged, f"{taken.seq}\n".encode())


def kill_one(casebook: Path, packages: list[Path], wait_s: float) -> tuple[list[int], bool]:
    """Return what one child acknowledged before it was killed, and whether it was at work."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        take_and_acknowledge(casebook, packages, writing)
        os._exit(0)
    os.close(writing)
    time.sleep(wait_s)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading) as lines:
        seqs = [int(line) for line in lines]
    return seqs, os.WIFSIGNALED(status)


def main(folder: Path, kills: int, seed: int) -> None:
    """Kill children at random moments and print what they had acknowledged."""
    moments = random.Random(seed)
    for number in range(kills // KILLS_A_CASEBOOK):
        casebook = folder / f"casebook_{number}"
        init_casebook(casebook, actor="Amina")
        acknowledged: list[int] = []
        at_work = 0
        for kill in range(KILLS_A_CASEBOOK):
            first = (number * KILLS_A_CASEBOOK + kill) * PACKAGES_A_CHILD
            packages = make_packages(folder, first)
            seqs, was_killed = kill_one(casebook, packages, moments.uniform(0, LONGEST_S))
            acknowledged += seqs
            at_work += was_killed
        told = {"casebook": str(casebook), "acknowledged": acknowledged, "killed": at_work}
        sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

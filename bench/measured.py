"""Run one command of ours in this process, and say what it took: time, and its own peak of memory.

    python bench/measured.py TOLD.json VERB…

`ru_maxrss` of a child begins at the peak of its parent; `VmHWM` of a process that was just started
does not. So the command measures itself, and whoever started it reads what it left.
"""

import json
import re
import sys
import time
from pathlib import Path


def peak_mib() -> float:
    """Return the most memory that this process has had."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"^VmHWM:\s*(\d+) kB$", status, flags=re.MULTILINE)
    assert found is not None
    return int(found[1]) / 1024


def main(told: Path, words: list[str]) -> None:
    """Run the command as the user would, and leave its figures in a file."""
    began = time.perf_counter()
    from headstamp.cli.main import run

    sys.argv = ["headstamp", *words]
    try:
        run()
    finally:
        took = {"seconds": time.perf_counter() - began, "peak_mib": peak_mib()}
        told.write_text(json.dumps(took), encoding="ascii")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])

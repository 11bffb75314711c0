"""Take a large file with a layout in a process of its own, and print how much memory it took.

Run as a program: ``python large_file.py CASEBOOK FILE LAYOUT [REGISTER]``; with a register's
name it is loaded into that. It prints one JSON object: the counts of rows and cells, and the
peak of the memory in MiB, before and after.
"""

import json
import re
import resource
import sys
from pathlib import Path

from headstamp.actions.load_register import Loaded, load_register
from headstamp.actions.take import Taken
from headstamp.actions.take_files import take_files
from headstamp.actions.writing import Writing


def peak_mib() -> int:
    """Return the most memory that this process has had so far.

    Linux keeps it as ``VmHWM``. Its ``ru_maxrss`` is no measure here: it begins at the peak of
    the process that started this one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (peak,) = re.findall(r"^VmHWM:\s*(\d+) kB$", status.read_text(), flags=re.MULTILINE)
        return int(peak) // 1024
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used // (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main(casebook: Path, file: Path, layout: str, register: str | None) -> None:
    """Take or load the file and print what it came to."""
    before, by = peak_mib(), Writing(actor="Amina")
    taken: Taken | Loaded
    if register is None:
        (taken,) = take_files(casebook, [file], layout=layout, by=by)
    else:
        (taken,) = load_register(casebook, [file], layout=layout, name=register, by=by)
    assert taken.account is not None
    told = {
        "rows": taken.account.n_rows,
        "cells": taken.account.n_cells,
        "read": taken.account.n_read,
        "ignored": taken.account.n_ignored,
        "reported": taken.account.n_reported,
        "records": {table: count.n_read for table, count in taken.counts.items()},
        "before_mib": before,
        "peak_mib": peak_mib(),
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], (*sys.argv[4:], None)[0])

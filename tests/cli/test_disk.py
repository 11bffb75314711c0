import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HEADSTAMP = str(Path(sys.executable).with_name("headstamp"))
FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="this machine has no /dev/full")
def test_a_full_disk_behind_standard_output_is_told(made: Callable[..., Path]) -> None:
    """Exit 3 and a remedy: it is no fault of the program and none of the data."""
    with FULL.open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [HEADSTAMP, "-C", str(made()), "claims"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env=os.environ | {"COLUMNS": "100"},
        )

    assert done.returncode == 3
    assert "standard output cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_table_that_cannot_be_written_leaves_the_old_one(made: Callable[..., Path]) -> None:
    """A limit on the file's size: exit 3, the older table whole, nothing half-written beside it."""
    book = made()
    output = book.parent / "claims.csv"
    output.write_text("the older table\n", encoding="utf-8")
    command = f"ulimit -f 0; trap '' XFSZ; exec {HEADSTAMP} -C {book} claims -o {output}"

    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)

    assert done.returncode == 3, done.stderr
    assert output.read_text(encoding="utf-8") == "the older table\n"
    assert not list(output.parent.glob(".claims.csv.part"))

"""Killed at any moment, ``take`` loses nothing that it acknowledged."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from headstamp.casebook.opening import open_casebook
from headstamp.ledger.entries import read_entries
from headstamp.ledger.verify import verify_casebook

KILLS = 200


@pytest.mark.slow
def test_what_was_acknowledged_is_there_after_200_kills(tmp_path: Path) -> None:
    """Every seq that a killed child printed is an intake in the journal, and verify holds."""
    program = Path(__file__).with_name("killed_takes.py")

    done = subprocess.run(
        [sys.executable, str(program), str(tmp_path), str(KILLS), "59"],
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    casebooks = [json.loads(line) for line in done.stdout.splitlines()]

    assert sum(told["killed"] for told in casebooks) >= KILLS * 3 // 4
    assert sum(len(told["acknowledged"]) for told in casebooks) >= KILLS // 2
    for told in casebooks:
        folder = Path(told["casebook"])
        intakes = {entry.seq for entry in read_entries(folder) if entry.kind == "intake"}
        assert set(told["acknowledged"]) <= intakes
        assert verify_casebook(folder).problem is None
        assert len(open_casebook(folder).evidence.sources) == len(intakes)

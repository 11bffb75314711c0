"""Killed at any moment, nothing acknowledged is lost and nothing half-written is visible."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from headstamp.ledger.layout import exhibit_path
from headstamp.ledger.replay import replay
from headstamp.ledger.verify import verify_casebook

# One process forks another 200 times and kills it: no second start of Python each time.
KILLER = """
import os, random, signal, sys, time
from pathlib import Path
import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from headstamp.ledger.append import append_entry
from headstamp.ledger.replay import replay
from headstamp.ledger.seal import seal_exhibit, seal_records

root, told = Path(sys.argv[1]), os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT | os.O_APPEND)

def write_for_ever(number):
    step = 0
    while True:
        step += 1
        data = f"{number} {step}".encode() * 2000
        exhibit = seal_exhibit(root, data, protected=step % 3 == 0)
        records = seal_records(root, [{"number": number, "step": step}] * 50)
        payload = {
            "exhibits": [{"name": "x", **msgspec.to_builtins(exhibit)}],
            "records": msgspec.to_builtins(records),
        }
        entry = append_entry(root, kind="intake", payload=payload, actor="Amina")
        os.write(told, f"{entry.seq} {entry.hash}\\n".encode())

chance = random.Random(417)
for number in range(200):
    process = os.fork()
    if process == 0:
        write_for_ever(number)
    time.sleep(chance.uniform(0.0, 0.12))
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    replay(root)
print("killed", number + 1)
"""


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_by_200_kills(
    casebook: Path, tmp_path: Path, child: Callable[..., CompletedProcess[str]]
) -> None:
    """Each acknowledged entry is there with its files, and the casebook verifies."""
    result = child(KILLER, casebook, tmp_path / "told")
    told = dict(line.split() for line in (tmp_path / "told").read_text().splitlines())
    there = {str(entry.seq): entry for entry in replay(casebook)}
    verification = verify_casebook(casebook)

    assert result.stdout == "killed 200\n", result.stderr
    assert len(told) > 200
    assert {seq: there[seq].hash for seq in told} == told
    assert verification.problem is None
    assert verification.n_exhibits > 200
    assert all(
        exhibit_path(casebook, exhibit["digest"]).stat().st_size == exhibit["size_bytes"]
        for entry in there.values()
        for exhibit in json.loads(entry.payload)["exhibits"]
    )

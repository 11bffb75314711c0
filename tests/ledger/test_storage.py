"""What happens when the medium refuses, and in which order files become durable."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Protocol

import pytest

from headstamp.ledger.append import append_entry
from headstamp.ledger.entries import read_entries
from headstamp.ledger.seal import seal_exhibit
from headstamp.ledger.verify import verify_casebook

IMPORTS = """
import os, resource, sys
from pathlib import Path
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from headstamp.ledger import append, entries, keys, replay, seal, verify
from headstamp.terms.errors import HeadstampError
root = Path(sys.argv[1])
def tell(what, *arguments, **named):
    try:
        result = what(*arguments, **named)
    except HeadstampError as error:
        print(type(error).__name__, error.message)
    else:
        print("done", result)
def write(size):
    payload = {"text": "x" * size}
    tell(append.append_entry, root, kind="opened", payload=payload, actor="Amina")
"""
HOLDING = """
import shutil
from headstamp.ledger.database import connect
held = connect(root / "journal.sqlite", query="mode=rw")
held.execute("SELECT count(*) FROM entries").fetchall()
write(10)
for name in ("with", "without"):
    shutil.copytree(root, root / name, ignore=shutil.ignore_patterns("with"))
(root / "without/journal.sqlite-shm").unlink()
"""
UNPRIVILEGED = "if os.getuid() == 0: os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"


class Child(Protocol):
    """Runs Python text in a process of its own."""

    def __call__(self, text: str, *arguments: object) -> CompletedProcess[str]:
        """Return its output."""


@pytest.fixture
def reachable(full: Path) -> Iterator[Path]:
    """Copy a casebook to where another user can get at it."""
    folder = Path(tempfile.mkdtemp(prefix="headstamp-"))
    folder.chmod(0o755)
    shutil.copytree(full, folder / "case", ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    yield folder / "case"
    for path in [folder / "case", *(folder / "case").rglob("*")]:
        path.chmod(0o700)
    shutil.rmtree(folder)


def frozen(root: Path) -> None:
    """Take away every right to write, as a read-only medium does."""
    for path in [*root.rglob("*"), root]:
        path.chmod(0o555 if path.is_dir() else 0o444)


def test_full_disk_is_said_and_leaves_nothing(full: Path, child: Child) -> None:
    """No file may grow: exhibits, records, keys and entries are refused, with the remedy."""
    before = {path: path.read_bytes() for path in full.rglob("*") if path.is_file()}
    text = IMPORTS + (
        "resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))\n"
        "tell(seal.seal_exhibit, root, os.urandom(200_000))\n"
        "tell(seal.seal_exhibit, root, os.urandom(200_000), protected=True)\n"
        "tell(seal.seal_records, root, [{'a': os.urandom(100_000).hex()}])\n"
        "write(400_000)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 65536))\n"
        "tell(keys.seal_envelope, root, b'secret')\n"
    )
    told = child(text, full).stdout.splitlines()
    after = {path for path in full.rglob("*") if path.is_file()}

    assert len(told) == 5
    assert all(line.startswith(f"StorageError {full}") for line in told), told
    assert all("full" in line for line in told), told
    new = {path.relative_to(full).parts[0] for path in after - before.keys()}
    assert new <= {"keys", "journal.sqlite-wal", "journal.sqlite-shm"}
    assert len(read_entries(full)) == 6
    assert verify_casebook(full).problem is None


def test_writing_goes_on_once_there_is_room(full: Path, child: Child) -> None:
    """A refusal leaves nothing in the way of the next attempt."""
    text = IMPORTS + (
        "resource.setrlimit(resource.RLIMIT_FSIZE, (65536, resource.RLIM_INFINITY))\n"
        "write(400_000)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)\n"
        "write(400_000)\n"
    )
    told = child(text, full).stdout.splitlines()

    assert [line.split()[0] for line in told] == ["StorageError", "done"]
    assert [entry.seq for entry in read_entries(full)] == [1, 2, 3, 4, 5, 6, 7]
    assert verify_casebook(full).problem is None


def test_folder_that_may_not_be_written_is_said(reachable: Path, child: Child) -> None:
    """Every writing function names the path and what to do; nothing changes."""
    frozen(reachable)
    text = (
        IMPORTS
        + UNPRIVILEGED
        + (
            "tell(seal.seal_exhibit, root, b'new')\n"
            "tell(seal.seal_records, root, [{'a': 'new'}])\n"
            "write(10)\n"
            "tell(keys.seal_envelope, root, b'secret')\n"
            "tell(append.create_journal, root / 'new')\n"
        )
    )
    told = child(text, reachable).stdout.splitlines()

    assert len(told) == 5
    assert all(line.startswith(f"StorageError {reachable}") for line in told), told
    assert all("mend its rights" in line for line in told), told


def test_read_only_medium_is_read(reachable: Path, child: Child) -> None:
    """Without any right to write, entries, replay and verify say what they say elsewhere."""
    for key in (reachable / "keys").iterdir():
        key.chmod(0o444)
    frozen(reachable)
    text = (
        IMPORTS
        + UNPRIVILEGED
        + (
            "print(len(entries.read_entries(root)), entries.head(root).seq)\n"
            "print(len(replay.replay(root)), entries.seq_at(root, '9999-12-31'))\n"
            "print(verify.verify_casebook(root).problem)\n"
        )
    )
    result = child(text, reachable)

    assert result.stdout.splitlines() == ["6 6", "6 6", "None"], result.stderr


def test_log_on_a_read_only_medium_is_not_left_out(reachable: Path, child: Child) -> None:
    """Entries that stand in the write-ahead log are read, or the medium is said to bar it."""
    held = child(IMPORTS + HOLDING, reachable)
    assert held.returncode == 0, held.stderr
    frozen(reachable)
    text = (
        IMPORTS
        + UNPRIVILEGED
        + (
            "tell(lambda: len(entries.read_entries(root / 'with')))\n"
            "tell(entries.read_entries, root / 'without')\n"
        )
    )
    told = child(text, reachable).stdout.splitlines()

    assert told[0] == "done 7"
    assert told[1].startswith("StorageError")


def test_file_is_durable_before_it_is_visible(
    casebook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written, fsynced, renamed; then its folder, and each folder above, up to the casebook."""
    order: list[str] = []
    sync, replace = os.fsync, Path.replace

    def recorded_sync(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        size = f" {path.stat().st_size}" if path.is_file() else ""
        order.append("fsync " + ("part" + size if path.suffix == ".part" else path.name))
        sync(descriptor)

    def recorded_replace(path: Path, target: Path) -> Path:
        order.append("rename")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", recorded_sync)
    monkeypatch.setattr(Path, "replace", recorded_replace)
    digest = seal_exhibit(casebook, b"seven b").digest

    assert order == [
        "fsync part 7",
        "rename",
        f"fsync {digest[:2]}",
        "fsync exhibits",
        "fsync case é #1",
    ]


def test_entry_is_not_seen_before_it_is_whole(casebook: Path) -> None:
    """A large entry is there whole as soon as it is there."""
    append_entry(casebook, kind="opened", payload={"text": "x" * 3_000_000}, actor="Amina")

    assert len(read_entries(casebook)[0].payload) == 3_000_011

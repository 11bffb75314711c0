"""Under what was something derived? Which software, on which machine, in which folder."""

import hashlib
import sys
from collections.abc import Iterator
from functools import cache
from os import DirEntry, scandir
from pathlib import Path

import msgspec

PACKAGE = Path(__file__).parents[1]
NOT_DERIVING = frozenset({"actions", "cases", "cli", "reports", "synthetic", "web"})
"""Rooms from which no table can come: all stand to the right of those that make tables."""

_MACHINE_ID = Path("/etc/machine-id")


@cache
def software_digest() -> str:
    """Return the digest of everything that a table follows from beside the casebook.

    That is every file of the rooms that derive, reference tables included; the version of
    Python; and the names, with versions, of what is installed beside us. Some 5 ms, once.
    """
    digest = hashlib.sha256(sys.version.encode())
    for file in sorted(files_that_derive(), key=lambda one: one.path):
        digest.update(f"\n{file.path[len(str(PACKAGE)) :]}\n".encode())
        digest.update(hashlib.sha256(Path(file.path).read_bytes()).digest())
    for name in sorted(path.name for path in Path(msgspec.__file__).parents[1].glob("*-info")):
        digest.update(f"\n{name}".encode())
    return digest.hexdigest()


def files_that_derive() -> Iterator[DirEntry[str]]:
    """Yield the files of this package that a table may follow from."""
    for entry in scandir(PACKAGE):
        if entry.name not in NOT_DERIVING:
            yield from _files(entry)


def folder_digest(root: Path) -> str:
    """Return what a folder is known by on this machine; a copy of it is another one.

    What somebody hands over in ``derived/`` beside a sound journal is so never believed.
    """
    try:
        machine = _MACHINE_ID.read_bytes()
    except OSError:
        machine = b""
    return hashlib.sha256(machine + b"\n%d" % root.stat().st_ino).hexdigest()


def _files(entry: DirEntry[str]) -> Iterator[DirEntry[str]]:
    if entry.is_file():
        yield entry
    elif entry.is_dir() and entry.name != "__pycache__":
        for within in scandir(entry.path):
            yield from _files(within)

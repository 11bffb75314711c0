"""Whose turn is it to write? One process at a time reads, decides and appends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from headstamp.ledger.layout import require_casebook
from headstamp.ledger.storage import storage_trouble

LOCK_NAME = "turn.lock"


@contextmanager
def turn_to_write(root: Path) -> Iterator[None]:
    """Hold the casebook for one action; whoever comes meanwhile waits.

    What an action decides (is this id new? was this withdrawn already?) it decides from
    what it read, so nobody may append between its reading and its appending. The lock is
    the operating system's: a killed process holds nothing. It is not on the journal's own
    file, where closing it would drop SQLite's locks.

    Raises:
        NoCasebookError: The folder holds none.
        StorageError: The folder cannot be written.
    """
    require_casebook(root)
    path = root / LOCK_NAME
    with storage_trouble(path):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        except OSError:
            os.close(descriptor)
            raise
    try:
        yield
    finally:
        os.close(descriptor)

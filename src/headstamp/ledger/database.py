"""How is the journal's database opened, and what do its errors mean to a person?"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from headstamp.ledger.layout import journal_path, require_casebook
from headstamp.ledger.storage import BARRED, FAILING, FULL, storage_trouble
from headstamp.terms.errors import BrokenJournalError, StorageError

COLUMNS: Final = (
    "seq, entry_id, kind, recorded_at, actor, "
    "payload, payload_digest, derived_from, prev_hash, hash"
)
BUSY_TIMEOUT_S = 120.0

_BUSY = "another program has held it for too long; wait until it is done and repeat the command"
_REMEDIES = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: BARRED,
    sqlite3.SQLITE_CANTOPEN: BARRED,
    sqlite3.SQLITE_PERM: BARRED,
    sqlite3.SQLITE_IOERR: f"{FAILING}; or it is full",
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_PROTOCOL: _BUSY,
}


@contextmanager
def reading(root: Path) -> Iterator[sqlite3.Connection]:
    """Open the journal for reading, as it stands at this moment, also on a read-only medium.

    Raises:
        NoCasebookError: The folder holds no casebook.
        BrokenJournalError: The file is no journal.
        StorageError: The medium refuses.
    """
    require_casebook(root)
    path = journal_path(root)
    with sqlite_trouble(path), closing(connect(path, query=_query(path))) as connection:
        connection.execute("BEGIN")
        _require_table(connection, path)
        yield connection


def connect(path: Path, *, query: str) -> sqlite3.Connection:
    """Open a database by URI, without implicit transactions."""
    uri = f"{path.absolute().as_uri()}?{query}"
    return sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None)


@contextmanager
def sqlite_trouble(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into a StorageError (medium) or a BrokenJournalError (content)."""
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:
        # Without a code it is Python's own: text, even of SQLite's message, is not UTF-8.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code in _REMEDIES:
            raise StorageError(f"{path}: {_REMEDIES[code]} ({error})") from error
        raise BrokenJournalError(f"{path}: not readable as a journal ({error})") from error


def _query(path: Path) -> str:
    """Return how to open: a folder that cannot be written leaves no place for SQLite's locks.

    ``immutable`` makes SQLite ignore a write-ahead log, so it is only for when none is there.
    """
    if os.access(path.parent, os.W_OK) or _has_log(path):
        return "mode=ro"
    return "mode=ro&immutable=1"


def _has_log(path: Path) -> bool:
    """Whether entries may stand in the write-ahead log; an empty one holds none."""
    log = path.with_name(path.name + "-wal")
    with storage_trouble(log):
        try:
            return log.stat().st_size > 0
        except FileNotFoundError:
            return False


def _require_table(connection: sqlite3.Connection, path: Path) -> None:
    """Raise unless there is a table of entries; its rows are not touched."""
    try:
        connection.execute(f"SELECT {COLUMNS} FROM entries LIMIT 0")  # noqa: S608  a constant
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) != sqlite3.SQLITE_ERROR:
            raise
        message = f"{path}: has no table of entries ({error})"
        raise BrokenJournalError(
            message, hint="if `headstamp init` was cut short, repeat it"
        ) from error

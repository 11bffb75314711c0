"""How does a line enter the journal? At the end, once, and for ever."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from headstamp.ledger.canonical import canonical_json
from headstamp.ledger.database import COLUMNS, connect, sqlite_trouble
from headstamp.ledger.digests import (
    ZERO_HASH,
    entry_id_of,
    hash_of,
    is_instant,
    payload_digest_of,
)
from headstamp.ledger.entries import KINDS, Entry, instant_text, last_entry
from headstamp.ledger.keys import create_secret
from headstamp.ledger.layout import is_digest, journal_path, require_casebook
from headstamp.ledger.storage import storage_trouble, sync_folder
from headstamp.terms.errors import BrokenJournalError, MisuseError, NoActorError

_SCHEMA = (
    """CREATE TABLE entries (
    seq INTEGER PRIMARY KEY,
    entry_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    payload TEXT NOT NULL,
    payload_digest TEXT NOT NULL,
    derived_from TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL
)""",
    """CREATE TRIGGER entries_are_not_updated BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'the journal is append-only: no update'); END""",
    """CREATE TRIGGER entries_are_not_deleted BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'the journal is append-only: no delete'); END""",
    # Before the insert, so that REPLACE, which deletes without a trigger, is met as well.
    """CREATE TRIGGER entries_follow_the_last BEFORE INSERT ON entries
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entries)
  OR NEW.prev_hash IS NOT coalesce(
    (SELECT hash FROM entries ORDER BY seq DESC LIMIT 1), printf('%064d', 0))
BEGIN SELECT RAISE(ABORT, 'the journal is append-only: an entry follows the last one'); END""",
)
_VALUES = ", ".join(f":{name}" for name in COLUMNS.split(", "))
_INSERT = f"INSERT INTO entries ({COLUMNS}) VALUES ({_VALUES})"  # noqa: S608  constants


def create_journal(root: Path) -> None:
    """Make an empty journal, and the casebook's secret, in a folder that has none.

    Killed half-way it leaves a journal without a table; repeating it completes it.

    Raises:
        MisuseError: The folder holds a casebook already.
        StorageError: The folder cannot be made or written.
    """
    path = journal_path(root)
    with storage_trouble(root):
        root.mkdir(parents=True, exist_ok=True)
    with sqlite_trouble(path), closing(connect(path, query="mode=rwc")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        with _transaction(connection):
            _require_empty(connection, root)
            create_secret(root)
            for statement in _SCHEMA:
                connection.execute(statement)
    with storage_trouble(root):
        sync_folder(root)


def append_entry(
    root: Path,
    *,
    kind: str,
    payload: Mapping[str, object],
    actor: str,
    derived_from: Iterable[str] = (),
    recorded_at: str | None = None,
) -> Entry:
    """Record one entry after the last and return it; when it returns, it is on the disk.

    Any number of processes may append at once; each waits for its turn. Where the clock,
    or ``recorded_at``, is before the last entry, the last entry's time is taken.

    Args:
        payload: What is recorded; see ``canonical_json`` for what it may hold.
        derived_from: Entry ids, in any order.
        recorded_at: UTC, ``YYYY-MM-DDTHH:MM:SS.ffffffZ``; None is now.

    Raises:
        NoActorError: The actor is empty.
        MisuseError: A kind, id, time or payload that the journal does not take.
        BrokenJournalError: The last entry is not what was recorded.
        StorageError: The medium refuses; nothing was recorded.
    """
    require_casebook(root)
    draft = _draft(kind, canonical_json(dict(payload)).decode(), actor, tuple(derived_from))
    if recorded_at is not None and not is_instant(recorded_at):
        raise MisuseError(f"recorded_at {recorded_at!r} is not like 2026-03-01T12:00:00.000000Z")
    with writing(root) as connection:
        last = last_entry(connection)
        entry = _placed(draft, last, recorded_at or instant_text(datetime.now(UTC)))
        derived_text = canonical_json(entry.derived_from).decode()
        row = msgspec.structs.asdict(entry) | {"derived_from": derived_text}
        connection.execute(_INSERT, row)
    return entry


@contextmanager
def writing(root: Path) -> Iterator[sqlite3.Connection]:
    """Hold the journal for one write: committed and fsynced on leaving, or not at all."""
    path = journal_path(root)
    with sqlite_trouble(path), closing(connect(path, query="mode=rw")) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        with _transaction(connection):
            yield connection


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _require_empty(connection: sqlite3.Connection, root: Path) -> None:
    if connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None:
        raise MisuseError(f"{root}: there is a casebook here already", hint="choose another folder")


def _draft(kind: str, payload: str, actor: str, derived_from: tuple[str, ...]) -> Entry:
    """Return the entry but for its place, its time and its hash."""
    if not actor.strip():
        raise NoActorError(
            "nobody is named as the one who writes", hint="set the actor, or init --actor"
        )
    if kind not in KINDS:
        raise MisuseError(f"{kind!r} is no kind of entry", hint=f"one of: {' '.join(KINDS)}")
    for entry_id in derived_from:
        if not is_digest(entry_id):
            raise MisuseError(f"derived_from {entry_id!r} is no entry id: 64 lower-case hex digits")
    draft = Entry(
        seq=0,
        entry_id="",
        kind=kind,
        recorded_at="",
        actor=actor,
        payload=payload,
        payload_digest=payload_digest_of(payload),
        derived_from=tuple(sorted(set(derived_from))),
        prev_hash=ZERO_HASH,
        hash="",
    )
    return msgspec.structs.replace(draft, entry_id=entry_id_of(draft))


def _placed(draft: Entry, last: Entry | None, recorded_at: str) -> Entry:
    """Return the entry in its place after the last one."""
    if last is None:
        placed = msgspec.structs.replace(draft, seq=1, recorded_at=recorded_at)
    elif hash_of(last) != last.hash:
        message = f"entry {last.seq}: its fields do not have the hash recorded; nothing was added"
        raise BrokenJournalError(message, hint="`headstamp verify` says what is wrong first")
    else:
        placed = msgspec.structs.replace(
            draft,
            seq=last.seq + 1,
            recorded_at=max(recorded_at, last.recorded_at),
            prev_hash=last.hash,
        )
    return msgspec.structs.replace(placed, hash=hash_of(placed))

"""What does one line of the journal say, and which lines are there?"""

import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import msgspec

from headstamp.ledger.canonical import canonical_json
from headstamp.ledger.database import COLUMNS, reading
from headstamp.ledger.layout import JOURNAL
from headstamp.terms.errors import BrokenJournalError, MisuseError

KINDS: Final = (
    "opened",
    "intake",
    "record",
    "correction",
    "register",
    "trace",
    "judgement",
    "withdrawal",
    "restoration",
    "request",
    "release",
    "erasure",
    "merge",
    "skipped",
)

_NEXT = f"SELECT {COLUMNS} FROM entries WHERE seq >= ? ORDER BY seq LIMIT 1"  # noqa: S608  a constant
_LAST = f"SELECT {COLUMNS} FROM entries ORDER BY seq DESC LIMIT 1"  # noqa: S608  a constant
_LEAST = -(2**63)  # SQLite's least integer, so that no row stands before the first
_NAMES = COLUMNS.split(", ")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the journal, as stored.

    ``seq`` counts from 1 without gaps and is the key; an ``entry_id`` may recur.
    ``recorded_at`` is UTC, ``YYYY-MM-DDTHH:MM:SS.ffffffZ``, never before the entry before.
    """

    seq: int
    entry_id: str
    kind: str
    recorded_at: str
    actor: str
    payload: str
    payload_digest: str
    derived_from: tuple[str, ...]
    prev_hash: str
    hash: str

    def content(self) -> dict[str, object]:
        """Return the payload, decoded."""
        return msgspec.json.decode(self.payload, type=dict[str, object])


def read_entries(root: Path, *, upto: int | None = None) -> tuple[Entry, ...]:
    """Return the entries in order, up to and with seq ``upto``; their hashes are not checked."""
    with reading(root) as connection:
        return tuple(entries_in(connection, upto=upto))


def head(root: Path) -> Entry | None:
    """Return the last entry; None in a journal that has none."""
    with reading(root) as connection:
        return last_entry(connection)


def seq_at(root: Path, moment: str) -> int:
    """Return the last seq recorded on or before a moment; 0 when nothing was recorded yet.

    Args:
        moment: A civil date ``YYYY-MM-DD``, meaning to the end of that day in UTC, or an
            instant with its zone, such as ``2026-03-01T12:00:00Z``.

    Raises:
        MisuseError: The text is neither.
    """
    latest = _latest_instant(moment)
    with reading(root) as connection:
        query = "SELECT coalesce(max(seq), 0) FROM entries WHERE recorded_at <= ?"
        row: tuple[int] = connection.execute(query, (latest,)).fetchone()
    return row[0]


def instant_text(instant: datetime) -> str:
    """Write an instant as the journal does: UTC, six digits after the second."""
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def entries_in(connection: sqlite3.Connection, *, upto: int | None = None) -> Iterator[Entry]:
    """Give the entries in order, up to and with seq ``upto``, unchecked but whole.

    One statement per row, because a cursor reads a row ahead: with a damaged file, what
    it raises would be blamed on the wrong entry.

    Raises:
        BrokenJournalError: A row is no entry, or rows are there that no seq leads to.
    """
    n_read, start = 0, _LEAST
    while (entry := _next_entry(connection, start)) is not None:
        if upto is not None and entry.seq > upto:
            return
        yield entry
        n_read, start = n_read + 1, entry.seq + 1
    n_rows: int = connection.execute("SELECT count(*) FROM entries").fetchone()[0]
    if n_rows != n_read:
        raise BrokenJournalError(f"{JOURNAL}: of {n_rows} rows {n_read} can be read in order")


def last_entry(connection: sqlite3.Connection) -> Entry | None:
    """Return the entry with the highest seq."""
    row: tuple[object, ...] | None = connection.execute(_LAST).fetchone()
    return None if row is None else _entry(row)


def _next_entry(connection: sqlite3.Connection, start: int) -> Entry | None:
    """Return the first entry from a seq on; None past the last."""
    row: tuple[object, ...] | None = connection.execute(_NEXT, (start,)).fetchone()
    return None if row is None else _entry(row)


def _entry(row: tuple[object, ...]) -> Entry:
    """Take a row as an entry, or raise naming its seq."""
    seq, *texts = row
    if not isinstance(seq, int) or not all(isinstance(text, str) for text in texts):
        raise BrokenJournalError(f"entry {seq}: a field is not text")
    fields = dict(zip(_NAMES, row, strict=True))
    return msgspec.convert(fields | {"derived_from": _entry_ids(str(row[7]), seq=seq)}, Entry)


def _entry_ids(text: str, *, seq: object) -> tuple[str, ...]:
    """Decode derived_from, whose own spelling the hash does not cover."""
    if text == "[]":
        return ()
    try:
        ids = msgspec.json.decode(text, type=tuple[str, ...])
    except msgspec.MsgspecError as error:
        message = f"entry {seq}: derived_from is no list of entry ids: {text!r}"
        raise BrokenJournalError(message) from error
    if canonical_json(ids).decode() != text:
        raise BrokenJournalError(f"entry {seq}: derived_from is not canonical JSON: {text!r}")
    return ids


def _latest_instant(moment: str) -> str:
    try:
        if _DAY.fullmatch(moment):
            return f"{date.fromisoformat(moment)}T23:59:59.999999Z"
        instant = datetime.fromisoformat(moment)
        if instant.tzinfo is not None:
            return instant_text(instant)
    except (ValueError, OverflowError) as error:
        raise _unreadable_moment(moment) from error
    raise _unreadable_moment(moment)


def _unreadable_moment(moment: str) -> MisuseError:
    message = f"{moment!r} is neither a date nor an instant with its zone"
    return MisuseError(message, hint="write 2026-03-01 or 2026-03-01T12:00:00Z")

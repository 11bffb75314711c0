"""Every digest of a fixed journal, worked out apart from the code."""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from headstamp.ledger.append import append_entry
from headstamp.ledger.replay import replay
from headstamp.ledger.verify import verify_casebook

# Made with printf and sha256sum; see docs/reference/journal.md.
GOLDEN = (
    (
        1,
        "9b67daad075e92dd99d03141dbf90ef53b030026f320a063440424f3e4f44833",
        "opened",
        "2026-03-01T08:00:00.000000Z",
        "Amina",
        '{"name":"Zirkon é","number":7}',
        "ce5f2479ddbcfe6641e9020414fa7944476c434a3494a3e2a8ee643359cf8bf9",
        "[]",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "5a0a43e9aa9ce7611e9a71e28fe6898405703c3d72abf5bea362e145cf690cf9",
    ),
    (
        2,
        "062aa3d217391597747199c33e3bee76457150eabd90e44a63dc61d4cb56b299",
        "skipped",
        "2026-03-01T08:00:00.000001Z",
        "Борис",
        "{}",
        "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
        '["9b67daad075e92dd99d03141dbf90ef53b030026f320a063440424f3e4f44833"]',
        "5a0a43e9aa9ce7611e9a71e28fe6898405703c3d72abf5bea362e145cf690cf9",
        "3f02e649791fa2661df5823f350ec30b2cd0e584b0b35deb579f2d5ced8181a9",
    ),
)


def rows_of(root: Path) -> list[tuple[object, ...]]:
    """Return the table as SQLite gives it."""
    database = sqlite3.connect(root / "journal.sqlite")
    rows = database.execute("SELECT * FROM entries ORDER BY seq").fetchall()
    database.close()
    return rows


def test_bytes_of_the_journal_are_for_ever(casebook: Path) -> None:
    """Two fixed entries are stored as rows that were worked out with printf and sha256sum."""
    first = append_entry(
        casebook,
        kind="opened",
        payload={"number": 7, "name": "Zirkon é"},
        actor="Amina",
        recorded_at="2026-03-01T08:00:00.000000Z",
    )
    append_entry(
        casebook,
        kind="skipped",
        payload={},
        actor="Борис",
        derived_from=[first.entry_id, first.entry_id],
        recorded_at="2026-03-01T08:00:00.000001Z",
    )

    assert rows_of(casebook) == list(GOLDEN)


def test_rows_written_by_hand_are_a_journal(
    casebook: Path, stranger: Callable[[Path], tuple[int, str]]
) -> None:
    """Whoever writes these rows has written a sound journal, for us and for a stranger."""
    database = sqlite3.connect(casebook / "journal.sqlite")
    with database:
        database.executemany(f"INSERT INTO entries VALUES ({','.join('?' * 10)})", GOLDEN)  # noqa: S608
    database.close()

    assert verify_casebook(casebook).problem is None
    assert verify_casebook(casebook).head_hash == GOLDEN[1][-1]
    assert replay(casebook)[1].derived_from == (GOLDEN[0][1],)
    assert stranger(casebook) == (
        0,
        f"as recorded: 2 entries, 0 files, 0 keys erased, head {GOLDEN[1][-1]}\n",
    )


def test_every_digest_follows_from_the_row(full: Path) -> None:
    """Payload digest, entry id, previous hash and hash, by hashlib and json alone."""
    last = "0" * 64
    for row in rows_of(full):
        seq, entry_id, kind, recorded_at, actor, payload, payload_digest, derived, prev, mark = row
        ids = json.loads(str(derived))
        assert payload_digest == hashlib.sha256(str(payload).encode()).hexdigest()
        assert entry_id == array_digest([kind, actor, payload_digest, ids])
        assert prev == last
        assert mark == array_digest(
            [seq, entry_id, kind, recorded_at, actor, payload_digest, ids, prev]
        )
        last = str(mark)


def test_same_words_have_the_same_id_and_another_hash(casebook: Path) -> None:
    """An entry id may recur; seq is the key."""
    first = append_entry(casebook, kind="opened", payload={"a": 1}, actor="Amina")
    again = append_entry(casebook, kind="opened", payload={"a": 1}, actor="Amina")

    assert first.entry_id == again.entry_id
    assert first.hash != again.hash


@pytest.mark.parametrize("kind", ["opened", "skipped"])
@pytest.mark.parametrize("actor", ["Amina", "Boris"])
def test_every_word_counts_in_the_id(casebook: Path, kind: str, actor: str) -> None:
    """Another kind, actor, payload or origin is another id."""
    base = append_entry(casebook, kind=kind, payload={"a": 1}, actor=actor)
    others = [
        append_entry(casebook, kind="trace", payload={"a": 1}, actor=actor),
        append_entry(casebook, kind=kind, payload={"a": 1}, actor="Chen"),
        append_entry(casebook, kind=kind, payload={"a": "1"}, actor=actor),
        append_entry(
            casebook, kind=kind, payload={"a": 1}, actor=actor, derived_from=[base.entry_id]
        ),
    ]

    assert base.entry_id not in {other.entry_id for other in others}


def array_digest(values: list[object]) -> str:
    """Return the digest of a compact array; its texts need no more than json escapes."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

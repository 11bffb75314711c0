import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from headstamp.ledger import append
from headstamp.ledger.append import append_entry, create_journal, writing
from headstamp.ledger.entries import instant_text, read_entries
from headstamp.ledger.replay import replay
from headstamp.terms.errors import (
    BrokenJournalError,
    MisuseError,
    NoActorError,
    NoCasebookError,
    StorageError,
)

COLUMNS = (
    "seq, entry_id, kind, recorded_at, actor, "
    "payload, payload_digest, derived_from, prev_hash, hash"
)
APPENDER = """
import sys
from pathlib import Path
from headstamp.ledger.append import append_entry
for number in range(int(sys.argv[2])):
    payload = {"number": number}
    entry = append_entry(Path(sys.argv[1]), kind="opened", payload=payload, actor=sys.argv[3])
    print(entry.seq, flush=True)
"""


def opened(root: Path, *, recorded_at: str | None = None) -> int:
    """Append something and return its seq."""
    entry = append_entry(root, kind="opened", payload={}, actor="Amina", recorded_at=recorded_at)
    return entry.seq


def half_written(root: Path) -> None:
    """Insert a row and raise before it is committed."""
    with writing(root) as connection:
        row = "SELECT 2,'','','','','','','[]',hash,'' FROM entries"
        connection.execute(f"INSERT INTO entries {row}")
        raise ZeroDivisionError


def test_new_journal_keeps_its_promises(casebook: Path) -> None:
    """Write-ahead log, the columns in their order, and full synchronisation while writing."""
    opened(casebook)
    with writing(casebook) as connection:
        settings = [
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous")
        ]
        columns = [row[1] for row in connection.execute("PRAGMA table_info(entries)")]

    assert settings == ["wal", 2]
    assert ", ".join(columns) == COLUMNS


def test_casebook_is_made_once(casebook: Path) -> None:
    """A second init leaves everything as it was."""
    opened(casebook)

    with pytest.raises(MisuseError, match="already"):
        create_journal(casebook)

    assert len(read_entries(casebook)) == 1


def test_init_that_was_cut_short_is_completed(tmp_path: Path) -> None:
    """A journal without a table is what a kill in the middle of init leaves."""
    (tmp_path / "journal.sqlite").touch()
    with pytest.raises(BrokenJournalError):
        opened(tmp_path)

    create_journal(tmp_path)

    assert opened(tmp_path) == 1


def test_nothing_is_appended_to_no_casebook(tmp_path: Path) -> None:
    """Appending makes no journal."""
    with pytest.raises(NoCasebookError):
        opened(tmp_path)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("actor", ["", "  ", "\t\n"])
def test_nobody_writes_nothing(casebook: Path, actor: str) -> None:
    """A casebook that does not know who writes refuses to write."""
    with pytest.raises(NoActorError):
        append_entry(casebook, kind="opened", payload={}, actor=actor)

    assert read_entries(casebook) == ()


@pytest.mark.parametrize(
    "odd",
    [
        {"kind": "rumour"},
        {"payload": {"p": 0.5}},
        {"derived_from": ["short"]},
        {"derived_from": "a" * 64},
        {"recorded_at": "2026-03-01"},
        {"recorded_at": "2026-13-01T00:00:00.000000Z"},
        {"actor": "\ud800"},
    ],
    ids=str,
)
def test_what_the_journal_does_not_take_is_refused(casebook: Path, odd: dict[str, object]) -> None:
    """Nothing odd is recorded, and the next entry is as if it had not been tried."""
    good: dict[str, object] = {"kind": "opened", "payload": {}, "actor": "Amina"}
    with pytest.raises(MisuseError):
        append_entry(casebook, **(good | odd))  # type: ignore[arg-type]

    assert opened(casebook) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET actor = 'Chen'",
        "UPDATE entries SET actor = actor WHERE seq = 1",
        "UPDATE OR REPLACE entries SET seq = 1 WHERE seq = 2",
        "DELETE FROM entries",
        "DELETE FROM entries WHERE seq = 2",
        "INSERT INTO entries SELECT 9,'','','','','','','[]',hash,'' FROM entries WHERE seq = 2",
        "INSERT INTO entries SELECT NULL,'','','','','','','[]',hash,'' FROM entries WHERE seq = 2",
        "INSERT INTO entries VALUES (3,'','','','','','','[]','another','')",
        "REPLACE INTO entries SELECT 2,'','','','','','','[]',prev_hash,'' FROM entries",
        "INSERT OR REPLACE INTO entries SELECT * FROM entries WHERE seq = 1",
        "INSERT OR IGNORE INTO entries SELECT * FROM entries WHERE seq = 1",
        "INSERT INTO entries SELECT * FROM entries WHERE seq > 1 ON CONFLICT DO UPDATE SET seq = 1",
    ],
)
def test_table_refuses_whatever_is_not_appending(casebook: Path, statement: str) -> None:
    """Triggers stand in the way of every other statement, whoever runs it."""
    opened(casebook)
    opened(casebook)
    before = read_entries(casebook)

    with (
        closing(sqlite3.connect(casebook / "journal.sqlite")) as database,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
        database,
    ):
        database.execute(statement)

    assert read_entries(casebook) == before


def test_clock_set_back_takes_the_time_of_the_last_entry(casebook: Path) -> None:
    """Time in the journal never runs backwards, neither as given nor by the clock."""
    late = instant_text(datetime.now(UTC) + timedelta(days=400))
    opened(casebook, recorded_at=late)
    opened(casebook, recorded_at="2001-01-01T00:00:00.000000Z")
    opened(casebook)

    assert [entry.recorded_at for entry in replay(casebook)] == [late] * 3


def test_time_is_that_of_the_clock(casebook: Path) -> None:
    """Where nothing is given, the entry bears the instant at which it was recorded."""
    before = instant_text(datetime.now(UTC))
    opened(casebook)
    after = instant_text(datetime.now(UTC))

    assert before <= read_entries(casebook)[0].recorded_at <= after


def test_nothing_is_built_on_a_broken_head(casebook: Path) -> None:
    """An altered last entry is not covered up by a sound one after it."""
    opened(casebook)
    with closing(sqlite3.connect(casebook / "journal.sqlite")) as database, database:
        database.execute("DROP TRIGGER entries_are_not_updated")
        database.execute("UPDATE entries SET actor = 'Chen'")

    with pytest.raises(BrokenJournalError, match="entry 1"):
        opened(casebook)


@pytest.mark.parametrize("n_processes", [2, pytest.param(20, marks=pytest.mark.slow)])
def test_many_processes_append_at_once(casebook: Path, n_processes: int) -> None:
    """Every process gets its turn: seqs without gap or double, and a sound chain."""
    source = str(Path(append.__file__).parents[2])
    running = [
        subprocess.Popen(
            [sys.executable, "-c", APPENDER, casebook, "10", f"process {number}"],
            env={"PYTHONPATH": source},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(n_processes)
    ]
    results = [process.communicate(timeout=120) for process in running]

    assert [errors for _, errors in results if errors] == []
    acknowledged = sorted(int(seq) for out, _ in results for seq in out.split())
    assert acknowledged == list(range(1, 10 * n_processes + 1))
    assert [entry.seq for entry in replay(casebook)] == acknowledged
    numbers = [entry.content()["number"] for entry in replay(casebook)]
    assert sorted(numbers, key=str) == sorted(list(range(10)) * n_processes, key=str)


def test_lock_held_too_long_is_said(casebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits in vain is told why, and nothing was recorded."""
    monkeypatch.setattr("headstamp.ledger.database.BUSY_TIMEOUT_S", 0.1)

    with writing(casebook), pytest.raises(StorageError, match="another program"):
        opened(casebook)

    assert read_entries(casebook) == ()


def test_failure_inside_a_write_records_nothing(casebook: Path) -> None:
    """What raises between begin and commit leaves the journal as it was."""
    opened(casebook)
    with pytest.raises(ZeroDivisionError):
        half_written(casebook)

    assert len(read_entries(casebook)) == 1


def test_copied_journal_goes_on_elsewhere(casebook: Path, tmp_path: Path) -> None:
    """A casebook is a folder: a copy of it is a casebook that takes the next entry."""
    opened(casebook)
    shutil.copytree(casebook, tmp_path / "copy")

    assert opened(tmp_path / "copy") == 2
    assert len(read_entries(casebook)) == 1

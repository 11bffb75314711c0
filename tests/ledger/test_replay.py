from collections.abc import Callable
from pathlib import Path

import pytest

from headstamp.ledger.entries import read_entries
from headstamp.ledger.replay import replay
from headstamp.terms.errors import BrokenJournalError

Alter = Callable[..., None]


def test_replay_gives_what_was_recorded(full: Path) -> None:
    """A sound journal is read whole, or up to a seq."""
    assert replay(full) == read_entries(full)
    assert replay(full, upto=3) == read_entries(full)[:3]
    assert replay(full, upto=0) == ()


@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        ("UPDATE entries SET payload = payload || ' ' WHERE seq = 2", 2),
        ("UPDATE entries SET actor = 'Chen' WHERE seq = 3", 3),
        ("UPDATE entries SET recorded_at = '2026-01-01T00:00:00.000000Z' WHERE seq = 4", 4),
        ("UPDATE entries SET kind = 'merge' WHERE seq = 1", 1),
        ("UPDATE entries SET derived_from = replace(derived_from, '[', '[ ') WHERE seq = 3", 3),
        ("UPDATE entries SET derived_from = '[]' WHERE seq = 3", 3),
        ("UPDATE entries SET derived_from = 'none' WHERE seq = 3", 3),
        ("UPDATE entries SET prev_hash = hash WHERE seq = 6", 6),
        ("UPDATE entries SET hash = prev_hash WHERE seq = 6", 6),
        ("UPDATE entries SET payload = CAST(payload AS BLOB) WHERE seq = 5", 5),
        ("UPDATE entries SET actor = CAST(x'ff' AS TEXT) WHERE seq = 1", None),
        ("DELETE FROM entries WHERE seq = 1", 1),
        ("DELETE FROM entries WHERE seq = 4", 4),
        ("UPDATE entries SET seq = 40 WHERE seq = 6", 6),
        ("INSERT INTO entries SELECT -5,'','','','','','','[]','',''", 1),
    ],
)
def test_altered_entry_is_named(full: Path, alter: Alter, statement: str, seq: int | None) -> None:
    """Whatever is changed in a row, replay stops there and says which entry it is."""
    alter(full, statement)

    with pytest.raises(BrokenJournalError, match=f"entry {seq}" if seq else "not readable"):
        replay(full)


def test_entries_before_the_altered_one_can_be_read(full: Path, alter: Alter) -> None:
    """Evidence as it stood before the damage is still evidence."""
    alter(full, "UPDATE entries SET actor = 'Chen' WHERE seq = 4")

    assert len(replay(full, upto=3)) == 3
    with pytest.raises(BrokenJournalError):
        replay(full, upto=4)

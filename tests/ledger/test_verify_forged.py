"""Entries whose digests hold, and which no program of ours would have written."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from headstamp.ledger.entries import read_entries
from headstamp.ledger.replay import replay
from headstamp.ledger.verify import verify_casebook
from headstamp.terms.errors import BrokenJournalError

Alter = Callable[..., None]
Forge = Callable[..., None]
Place = Callable[[Path], str | None]


@pytest.fixture
def forge(alter: Alter) -> Forge:
    """Append an entry by hand, as one can who knows the chain and not the rest."""

    def run(
        root: Path,
        payload: str,
        *,
        kind: str = "intake",
        recorded_at: str | None = None,
        derived_from: tuple[str, ...] = (),
        entry_id: str | None = None,
        prev_hash: str | None = None,
    ) -> None:
        last = read_entries(root)[-1]
        ids: list[object] = list(derived_from)
        when = recorded_at or last.recorded_at
        payload_digest = hashlib.sha256(payload.encode()).hexdigest()
        own_id = entry_id or array_digest([kind, "Dana", payload_digest, ids])
        place = [last.seq + 1, own_id, kind, when, "Dana"]
        before = prev_hash or last.hash
        mark = array_digest([*place, payload_digest, ids, before])
        row = (*place, payload, payload_digest, spelled(ids), before, mark)
        alter(root, "INSERT INTO entries VALUES (?,?,?,?,?,?,?,?,?,?)", row)

    return run


def spelled(values: list[object]) -> str:
    """Return an array as compact JSON."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def array_digest(values: list[object]) -> str:
    """Return the digest of an array as compact JSON."""
    return hashlib.sha256(spelled(values).encode()).hexdigest()


DIGEST = '"' + "a" * 64 + '"'


@pytest.mark.parametrize(
    "payload",
    [
        '{"b":1,"a":2}',
        '{"a": 1}',
        '{"a":1,"a":1}',
        '{"a":1.0}',
        '{"a":1e2}',
        '{"a":NaN}',
        '{"a":-0}',
        '{"a":9007199254740992}',
        '{"a":"\\u0041"}',
        '{"a":"\\ud800"}',
        '{"a":' + "9" * 5000 + "}",
        "[" * 100_000,
        '{"a":' + "[" * 70 + "]" * 70 + "}",
        "[]",
        "7",
        "",
        "null",
        '{"exhibits":7}',
        '{"exhibits":null}',
        '{"exhibits":[7]}',
        '{"exhibits":[{}]}',
        '{"exhibits":[{"digest":"../x","key_id":null,"plain_digest":"../x"}]}',
        f'{{"exhibits":[{{"digest":{DIGEST},"plain_digest":{DIGEST}}}]}}',
        f'{{"exhibits":[{{"digest":{DIGEST},"key_id":"../a","plain_digest":{DIGEST}}}]}}',
        f'{{"exhibits":[{{"digest":{DIGEST},"key_id":7,"plain_digest":{DIGEST}}}]}}',
        '{"records":[]}',
        '{"records":{}}',
        f'{{"records":{{"stored_digest":{DIGEST}}}}}',
        '{"key_id":"x","sealed":"aes-256-gcm"}',
    ],
    ids=lambda payload: f"{payload[:30]}{hashlib.sha256(payload.encode()).hexdigest()[:6]}",
)
def test_payload_that_is_not_as_it_must_be_is_named(
    full: Path, forge: Forge, wrong_place: Place, payload: str
) -> None:
    """An entry whose digests hold and whose payload no program of ours writes."""
    forge(full, payload)

    assert wrong_place(full) == "entry 7"


@pytest.mark.parametrize(
    "fields",
    [
        {"recorded_at": "2001-01-01T00:00:00.000000Z"},
        {"recorded_at": "9999-01-01"},
        {"recorded_at": "9999-01-01T00:00:00.000000Z\n"},
        {"derived_from": ("b", "a")},
        {"derived_from": ("a", "a")},
        {"entry_id": "a" * 64},
        {"prev_hash": "a" * 64},
    ],
    ids=str,
)
def test_time_and_origins_are_checked_too(
    full: Path, forge: Forge, wrong_place: Place, fields: dict[str, str]
) -> None:
    """Digests that hold do not make up for time running backwards or unsorted origins."""
    forge(full, "{}", **fields)

    assert wrong_place(full) == "entry 7"


def test_entry_written_anew_is_told_by_the_next(
    full: Path, alter: Alter, forge: Forge, wrong_place: Place
) -> None:
    """Making an altered entry's own digests anew moves the blame to the entry after it."""
    last = read_entries(full)[-1]
    forge(full, "{}")
    forge(full, '{"after":"it"}')
    alter(full, "DELETE FROM entries WHERE seq = 7")
    again = full.with_name("again")
    shutil.copytree(full, again)
    alter(again, "DELETE FROM entries WHERE seq = 8")
    forge(again, '{"another":"payload"}')
    anew = read_entries(again)[-1]
    row = msgspec.structs.asdict(anew) | {"derived_from": "[]"}
    alter(full, "INSERT INTO entries VALUES (?,?,?,?,?,?,?,?,?,?)", tuple(row.values()))

    assert anew.prev_hash == last.hash
    assert wrong_place(again) is None
    assert wrong_place(full) == "entry 8"
    with pytest.raises(BrokenJournalError, match="entry 8: prev_hash"):
        replay(full)


def test_kind_of_a_later_version_is_noted(full: Path, forge: Forge, wrong_place: Place) -> None:
    """What we do not know is said, and is not wrong."""
    forge(full, '{"records":7}', kind="prophecy")

    assert wrong_place(full) is None
    assert "entry 7: 'prophecy' is no kind we know" in verify_casebook(full).notes


def test_erasures_with_odd_keys_are_named(full: Path, forge: Forge, wrong_place: Place) -> None:
    """Only key ids can be erased."""
    forge(full, '{"keys":["secret"]}', kind="erasure")

    assert wrong_place(full) == "entry 7"

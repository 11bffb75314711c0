import json
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from headstamp.ledger.append import append_entry
from headstamp.ledger.entries import Entry, read_entries
from headstamp.ledger.keys import destroy_key, has_key
from headstamp.ledger.layout import exhibit_path, key_path, records_path
from headstamp.ledger.seal import seal_exhibit, seal_records
from headstamp.ledger.verify import verify_casebook
from headstamp.terms.errors import NoCasebookError

Alter = Callable[..., None]
Place = Callable[[Path], str | None]
FIELDS = (
    *("entry_id", "kind", "recorded_at", "actor", "payload"),
    *("payload_digest", "derived_from", "prev_hash", "hash"),
)


def flipped(path: Path, position: int, mask: int) -> None:
    """Change one byte of a file."""
    data = bytearray(path.read_bytes())
    data[position % len(data)] ^= mask
    path.write_bytes(data)


def intake(root: Path) -> Entry:
    """Return the entry that names exhibits."""
    return next(entry for entry in read_entries(root) if entry.kind == "intake")


def exhibits(root: Path) -> list[dict[str, str]]:
    """Return what the intake says of its exhibits."""
    named: list[dict[str, str]] = json.loads(intake(root).payload)["exhibits"]
    return named


def test_sound_casebook_is_as_recorded(full: Path, wrong_place: Place) -> None:
    """Everything is counted, what was erased is noted with its entry, and the head is given."""
    verification = verify_casebook(full)
    erased = exhibits(full)[1]["digest"]

    assert wrong_place(full) is None
    assert verification.problem is None
    assert verification.n_entries == 6
    assert (verification.n_exhibits, verification.n_records, verification.n_erased) == (3, 2, 1)
    assert verification.notes == (f"exhibit {erased}: erased by entry 6",)
    assert verification.head_hash == read_entries(full)[-1].hash


def test_new_casebook_is_as_recorded(casebook: Path, wrong_place: Place) -> None:
    """Nothing recorded is nothing wrong."""
    assert wrong_place(casebook) is None
    assert verify_casebook(casebook).head_hash is None


def test_folder_without_journal_is_misuse(tmp_path: Path) -> None:
    """It is not a broken casebook: it is none."""
    with pytest.raises(NoCasebookError):
        verify_casebook(tmp_path)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("seq", [1, 3, 6])
def test_changed_field_is_named(
    full: Path, alter: Alter, wrong_place: Place, field: str, seq: int
) -> None:
    """One character of any field of any entry: both verifiers name that entry."""
    for position in (1, -2):
        copy = full.with_name(f"copy {position}")
        shutil.copytree(full, copy)
        text: str = str(getattr(read_entries(full)[seq - 1], field))
        if field == "derived_from":
            text = json.dumps(read_entries(full)[seq - 1].derived_from, separators=(",", ":"))
        characters = list(text)
        characters[position] = "x" if characters[position] != "x" else "y"
        change = f"UPDATE entries SET {field} = ? WHERE seq = ?"  # noqa: S608 - a column's name
        alter(copy, change, ("".join(characters), seq))

        assert wrong_place(copy) == f"entry {seq}"


@pytest.mark.parametrize("seed", range(8))
def test_byte_changed_in_the_database_is_named(
    full: Path, wrong_place: Place, tmp_path: Path, seed: int
) -> None:
    """One bit anywhere in the file: both verifiers agree, and no altered entry passes."""
    chance = random.Random(seed)
    sound = read_entries(full)
    size = (full / "journal.sqlite").stat().st_size
    for number in range(25):
        copy = tmp_path / f"flip {number}"
        shutil.copytree(full, copy, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
        flipped(copy / "journal.sqlite", chance.randrange(size), 1 << chance.randrange(8))

        if wrong_place(copy) is None:
            assert read_entries(copy) == sound[: len(read_entries(copy))]


def test_byte_changed_in_the_text_of_an_entry_is_named(
    full: Path, wrong_place: Place, tmp_path: Path
) -> None:
    """One bit in the stored bytes of any payload, id, time, actor or hash is that entry's."""
    chance = random.Random(417)
    data = (full / "journal.sqlite").read_bytes()
    for entry in read_entries(full):
        for field in ("payload", "recorded_at", "hash", "entry_id", "payload_digest"):
            text = str(getattr(entry, field)).encode()
            start = data.index(entry.entry_id.encode() + entry.kind.encode())
            position = data.index(text, start) + chance.randrange(len(text))
            copy = tmp_path / f"{entry.seq} {field}"
            shutil.copytree(full, copy, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
            flipped(copy / "journal.sqlite", position, 1 << chance.randrange(8))

            assert wrong_place(copy) == f"entry {entry.seq}"


@pytest.mark.parametrize("seed", range(10))
def test_byte_changed_in_a_sealed_file_is_named(full: Path, wrong_place: Place, seed: int) -> None:
    """One bit of any exhibit or records file: that file is named."""
    chance = random.Random(seed)
    files = sorted(p for n in ("exhibits", "records") for p in (full / n).rglob("*") if p.is_file())
    path = chance.choice(files)
    flipped(path, chance.randrange(path.stat().st_size), 1 << chance.randrange(8))
    kind = "exhibit" if "exhibits" in path.parts else "records"
    digest = path.parent.name + path.name.removesuffix(".jsonl.gz")

    assert wrong_place(full) == f"{kind} {digest}"


def test_first_of_many_wrong_things_is_named(full: Path, alter: Alter, wrong_place: Place) -> None:
    """Journal before files, earlier before later."""
    first, last = exhibits(full)[0]["digest"], exhibits(full)[2]["digest"]
    exhibit_path(full, last).unlink()
    assert wrong_place(full) == f"exhibit {last}"

    exhibit_path(full, first).write_bytes(b"")
    assert wrong_place(full) == f"exhibit {first}"

    alter(full, "UPDATE entries SET actor = 'Chen' WHERE seq >= 4")
    assert wrong_place(full) == "entry 4"


def test_missing_records_are_named(full: Path, wrong_place: Place) -> None:
    """A trace's table counts as an intake's does."""
    digest = json.loads(read_entries(full)[2].payload)["records"]["stored_digest"]
    records_path(full, digest).unlink()

    assert wrong_place(full) == f"records {digest}"


def test_key_missing_without_an_erasure_is_wrong(full: Path, wrong_place: Place) -> None:
    """Losing a key is not erasing: only an entry makes it so."""
    letter = exhibits(full)[2]
    destroy_key(full, letter["key_id"])
    assert wrong_place(full) == f"exhibit {letter['digest']}"

    append_entry(full, kind="erasure", payload={"keys": [letter["key_id"]]}, actor="Boris")
    assert wrong_place(full) is None
    assert verify_casebook(full).n_erased == 2


def test_key_of_a_sealed_payload_counts(full: Path, wrong_place: Place) -> None:
    """A payload that is an envelope needs its key, or the entry that destroyed it."""
    key_id = json.loads(read_entries(full)[4].payload)["key_id"]
    destroy_key(full, key_id)
    assert wrong_place(full) == "entry 5"

    append_entry(full, kind="erasure", payload={"keys": [key_id]}, actor="Boris")
    assert wrong_place(full) is None
    assert "entry 5: erased by entry 7" in verify_casebook(full).notes


def test_erasure_that_was_cut_short_is_noted(full: Path, wrong_place: Place) -> None:
    """The entry is there and the key still is: not wrong, and to be done again."""
    letter = exhibits(full)[2]
    append_entry(full, kind="erasure", payload={"keys": [letter["key_id"]]}, actor="Boris")

    assert wrong_place(full) is None
    assert has_key(full, letter["key_id"])
    assert any("erase it again" in note for note in verify_casebook(full).notes)


def test_key_erased_of_a_row_is_noted(full: Path) -> None:
    """Keys of rows inside sealed records are known by their id alone."""
    append_entry(full, kind="erasure", payload={"keys": ["ab" * 16]}, actor="Boris")

    assert f"key {'ab' * 16}: erased by entry 7" in verify_casebook(full).notes


def test_files_that_no_entry_names_are_noted(full: Path, wrong_place: Place) -> None:
    """A kill between sealing and recording leaves them; they are not wrong."""
    digest = seal_exhibit(full, b"never recorded").digest
    (full / "records/.0123.part").write_bytes(b"half")

    assert wrong_place(full) is None
    assert verify_casebook(full).notes[-2:] == (
        f"exhibits/{digest[:2]}/{digest[2:]}: no entry names it",
        "records/.0123.part: no entry names it",
    )


def test_entries_cut_off_the_end_show_in_the_head_only(
    full: Path, alter: Alter, wrong_place: Place
) -> None:
    """Nothing inside can tell: the head kept elsewhere does."""
    before = verify_casebook(full).head_hash
    alter(full, "DELETE FROM entries WHERE seq = 6")
    destroyed = exhibits(full)[1]

    assert wrong_place(full) == f"exhibit {destroyed['digest']}"
    key_path(full, destroyed["key_id"]).write_bytes(b"k" * 32)
    assert wrong_place(full) is None
    assert verify_casebook(full).head_hash != before


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE entries",
        "ALTER TABLE entries RENAME TO entry",
        "ALTER TABLE entries RENAME COLUMN hash TO digest",
    ],
)
def test_missing_table_is_said(
    full: Path, alter: Alter, wrong_place: Place, statement: str
) -> None:
    """It is the journal that is wrong, and no traceback."""
    alter(full, statement)

    assert wrong_place(full) == "journal.sqlite"
    assert "no table of entries" in str(verify_casebook(full).problem)


@pytest.mark.parametrize("seq", ["NULL", "6", "-9", "'x'", "8"])
def test_rows_beside_the_chain_are_named(
    full: Path, alter: Alter, wrong_place: Place, seq: str
) -> None:
    """A table made anew without its key hides no row, whatever its seq."""
    alter(full, "CREATE TABLE rows AS SELECT * FROM entries")
    alter(full, "DROP TABLE entries")
    alter(full, "ALTER TABLE rows RENAME TO entries")
    assert wrong_place(full) is None

    alter(full, f"INSERT INTO entries SELECT {seq},'','','','','','','[]','',''")

    assert wrong_place(full) in {"entry 1", "entry 7"}


def test_truncated_or_foreign_file_is_said(full: Path, wrong_place: Place) -> None:
    """Any length of the file, and any other file, is an answer and no traceback."""
    path = full / "journal.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = path.read_bytes()
    for length in [*range(0, len(data), 997), len(data) - 1]:
        path.write_bytes(data[:length])
        assert wrong_place(full) is not None

    for other in (
        b"",
        b"not a database",
        b"\x00" * 8192,
        data[:4096] + b"\xff" * (len(data) - 4096),
    ):
        path.write_bytes(other)
        assert wrong_place(full) is not None


def test_plain_digest_of_an_open_exhibit_is_its_name(full: Path, wrong_place: Place) -> None:
    """An exhibit without a key cannot have another plaintext."""
    digest = exhibits(full)[0]["digest"]
    told = {"digest": digest, "key_id": None, "name": "n", "plain_digest": "a" * 64}
    append_entry(full, kind="intake", payload={"exhibits": [told]}, actor="Amina")

    assert wrong_place(full) == f"exhibit {digest}"


def test_lines_with_another_digest_are_named(full: Path, wrong_place: Place) -> None:
    """The stored bytes hold and the recorded digest of their lines does not."""
    sealed = seal_records(full, [{"a": 1}])
    told = {"stored_digest": sealed.stored_digest, "plain_digest": "a" * 64}
    append_entry(full, kind="trace", payload={"records": told}, actor="Amina")

    assert wrong_place(full) == f"records {sealed.stored_digest}"


def test_records_that_are_no_gzip_are_named(full: Path, wrong_place: Place) -> None:
    """A file with the right digest that does not unpack."""
    digest = seal_exhibit(full, b"\x1f\x8b\x08 no more").digest
    path = records_path(full, digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\x1f\x8b\x08 no more")
    told = {"stored_digest": digest, "plain_digest": "a" * 64}
    append_entry(full, kind="trace", payload={"records": told}, actor="Amina")

    assert wrong_place(full) == f"records {digest}"


def test_stranger_needs_python_alone(full: Path) -> None:
    """The script runs without site packages and stays short enough to be read."""
    script = Path(__file__).parents[2] / "docs/reference/verify_casebook.py"

    def run(*arguments: object) -> tuple[int, str]:
        command = [sys.executable, "-I", "-S", str(script), *map(str, arguments)]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        return result.returncode, result.stdout

    assert len(script.read_text(encoding="utf-8").splitlines()) <= 200
    code, out = run(full)
    assert code == 0
    assert str(verify_casebook(full).head_hash) in out
    assert run()[0] == run(full.parent)[0] == 2
    exhibit_path(full, exhibits(full)[0]["digest"]).unlink()
    assert run(full)[0] == 3

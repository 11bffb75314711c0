import gzip
import hashlib
import hmac
import json
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.ledger.keys import destroy_key
from headstamp.ledger.layout import exhibit_path, records_path
from headstamp.ledger.seal import (
    read_exhibit,
    read_records,
    require_stored,
    seal_exhibit,
    seal_records,
)
from headstamp.terms.errors import (
    BrokenJournalError,
    ErasedError,
    MisuseError,
    NoCasebookError,
)

PHOTO = b"\xff\xd8 a photo \x00" * 40
LINES: list[dict[str, object]] = [
    {"serial": "0417", "b": None, "a": [True, 1]},
    {"text": "line\u2028separator\x85 \n"},
]


def files_in(root: Path) -> list[Path]:
    """Return the sealed files of a casebook."""
    return [p for name in ("exhibits", "records") for p in (root / name).rglob("*") if p.is_file()]


def test_exhibit_is_kept_under_its_digest(casebook: Path) -> None:
    """The file is the bytes, unaltered, and its name their SHA-256."""
    sealed = seal_exhibit(casebook, PHOTO)
    digest = hashlib.sha256(PHOTO).hexdigest()

    assert (sealed.digest, sealed.plain_digest, sealed.key_id) == (digest, digest, None)
    assert sealed.size_bytes == len(PHOTO)
    assert (casebook / "exhibits" / digest[:2] / digest[2:]).read_bytes() == PHOTO
    assert read_exhibit(casebook, digest) == PHOTO


def test_same_bytes_are_not_written_twice(casebook: Path) -> None:
    """Sealing again finds the file and leaves it alone."""
    path = exhibit_path(casebook, seal_exhibit(casebook, PHOTO).digest)
    before = path.stat()

    seal_exhibit(casebook, PHOTO)

    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert files_in(casebook) == [path]


def test_empty_bytes_are_an_exhibit(casebook: Path) -> None:
    """An empty file is a thing that came in."""
    assert read_exhibit(casebook, seal_exhibit(casebook, b"").digest) == b""


def test_protected_exhibit_is_sealed_encrypted(casebook: Path) -> None:
    """Its file is a canonical envelope, its plain digest is keyed, and its key opens it."""
    sealed = seal_exhibit(casebook, PHOTO, protected=True)
    stored = exhibit_path(casebook, sealed.digest).read_bytes()
    secret = (casebook / "keys/secret").read_bytes()

    assert hashlib.sha256(stored).hexdigest() == sealed.digest
    assert len(stored) == sealed.size_bytes
    assert list(json.loads(stored)) == ["ciphertext", "key_id", "nonce", "sealed"]
    assert sealed.plain_digest == hmac.new(secret, PHOTO, hashlib.sha256).hexdigest()
    assert read_exhibit(casebook, sealed.digest, key_id=sealed.key_id) == PHOTO


def test_each_protected_exhibit_has_a_key_of_its_own(casebook: Path) -> None:
    """The same photo sealed twice can be erased once."""
    one = seal_exhibit(casebook, PHOTO, protected=True)
    two = seal_exhibit(casebook, PHOTO, protected=True)

    destroy_key(casebook, str(one.key_id))

    assert one.digest != two.digest
    assert one.plain_digest == two.plain_digest
    assert read_exhibit(casebook, two.digest, key_id=two.key_id) == PHOTO
    with pytest.raises(ErasedError):
        read_exhibit(casebook, one.digest, key_id=one.key_id)


def test_nothing_is_left_of_what_was_erased(casebook: Path) -> None:
    """After the key is destroyed no file of the casebook holds the plaintext or its digest."""
    sealed = seal_exhibit(casebook, PHOTO, protected=True)
    destroy_key(casebook, str(sealed.key_id))
    traces = (
        PHOTO[:20],
        hashlib.sha256(PHOTO).digest(),
        hashlib.sha256(PHOTO).hexdigest().encode(),
    )
    everything = [p.read_bytes() for p in casebook.rglob("*") if p.is_file()]

    assert len(everything) >= 3
    assert not any(trace in data for data in everything for trace in traces)


@pytest.mark.parametrize("damage", [b"", b"\xff\xd8 another", PHOTO + b"\x00"])
def test_altered_exhibit_is_named(casebook: Path, damage: bytes) -> None:
    """Reading refuses it, and sealing the true bytes again does not cover it up."""
    digest = seal_exhibit(casebook, PHOTO).digest
    exhibit_path(casebook, digest).write_bytes(damage)

    with pytest.raises(BrokenJournalError, match=digest):
        read_exhibit(casebook, digest)
    with pytest.raises(BrokenJournalError, match=digest):
        seal_exhibit(casebook, PHOTO)


def test_missing_exhibit_is_named(casebook: Path) -> None:
    """A digest without a file is said to be missing."""
    digest = seal_exhibit(casebook, PHOTO).digest
    exhibit_path(casebook, digest).unlink()

    with pytest.raises(BrokenJournalError, match=f"{digest}: is missing"):
        read_exhibit(casebook, digest)


def test_exhibit_under_another_key_is_refused(casebook: Path) -> None:
    """A key id that is not the exhibit's is a broken reference, not erased content."""
    plain, sealed = seal_exhibit(casebook, PHOTO), seal_exhibit(casebook, PHOTO, protected=True)

    for digest in (plain.digest, sealed.digest):
        with pytest.raises(BrokenJournalError, match="not sealed under"):
            read_exhibit(casebook, digest, key_id="0" * 32)


def test_records_are_canonical_lines(casebook: Path) -> None:
    """The file is gzip of one canonical object a line; both digests are by hashlib."""
    sealed = seal_records(casebook, LINES)
    stored = records_path(casebook, sealed.stored_digest).read_bytes()
    plain = '{"a":[true,1],"b":null,"serial":"0417"}\n{"text":"line\u2028separator\x85 \\n"}\n'

    assert gzip.decompress(stored) == plain.encode()
    assert sealed.plain_digest == hashlib.sha256(plain.encode()).hexdigest()
    assert sealed.stored_digest == hashlib.sha256(stored).hexdigest()
    assert (sealed.size_bytes, sealed.n_lines) == (len(stored), 2)
    assert stored[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


def test_same_lines_are_the_same_file(casebook: Path) -> None:
    """Neither the time nor the order of keys shows in the bytes."""
    one = seal_records(casebook, LINES)
    two = seal_records(casebook, ({key: row[key] for key in reversed(row)} for row in LINES))

    assert one == two
    assert len(files_in(casebook)) == 1


def test_records_are_read_back(casebook: Path) -> None:
    """Every line, in order."""
    sealed = seal_records(casebook, LINES)
    found = read_records(casebook, sealed.stored_digest, plain_digest=sealed.plain_digest)

    assert list(found) == LINES


def test_very_many_lines_are_all_there(casebook: Path) -> None:
    """Lines are packed many at a time; none is lost or doubled where one lot ends."""
    lines: list[dict[str, object]] = [{"n": n} for n in range(2_501)]
    sealed = seal_records(casebook, iter(lines))

    found = read_records(casebook, sealed.stored_digest, plain_digest=sealed.plain_digest)
    assert list(found) == lines
    assert sealed.n_lines == 2_501


def test_a_sealed_table_is_told_from_a_changed_one_without_unpacking_it(casebook: Path) -> None:
    """Whole it passes; changed or gone it is named."""
    sealed = seal_records(casebook, LINES)
    path = records_path(casebook, sealed.stored_digest)

    require_stored(casebook, sealed.stored_digest)
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(BrokenJournalError, match=f"{sealed.stored_digest}: its bytes"):
        require_stored(casebook, sealed.stored_digest)
    path.unlink()
    with pytest.raises(BrokenJournalError, match=f"{sealed.stored_digest}: is missing"):
        require_stored(casebook, sealed.stored_digest)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)


@given(lines=st.lists(st.dictionaries(texts, texts | st.none() | st.booleans(), max_size=3)))
def test_any_lines_are_read_back(
    lines: list[dict[str, object]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """No text in a line is taken for the end of the line."""
    root = tmp_path_factory.mktemp("case")
    (root / "journal.sqlite").touch()
    sealed = seal_records(root, lines)
    found = read_records(root, sealed.stored_digest, plain_digest=sealed.plain_digest)

    assert list(found) == lines
    assert sealed.n_lines == len(lines)


def test_both_digests_of_records_are_checked(casebook: Path) -> None:
    """Another file, or the right file with another plain digest, is refused by name."""
    sealed = seal_records(casebook, LINES)
    with pytest.raises(BrokenJournalError, match=sealed.stored_digest):
        read_records(casebook, sealed.stored_digest, plain_digest="0" * 64)

    records_path(casebook, sealed.stored_digest).write_bytes(gzip.compress(b"{}\n"))
    with pytest.raises(BrokenJournalError, match=sealed.stored_digest):
        read_records(casebook, sealed.stored_digest, plain_digest=sealed.plain_digest)


@pytest.mark.parametrize(
    "stored",
    [b"", b"no gzip", gzip.compress(b"{}\n")[:-9], zlib.compress(b"{}\n"), gzip.compress(b"[1]\n")],
    ids=["empty", "text", "cut", "zlib", "array"],
)
def test_what_is_no_table_is_named(casebook: Path, stored: bytes) -> None:
    """A file that has its digest and yet is no table is broken, not a crash."""
    digest = hashlib.sha256(stored).hexdigest()
    path = records_path(casebook, digest)
    path.parent.mkdir(parents=True)
    path.write_bytes(stored)

    with pytest.raises(BrokenJournalError, match=digest):
        read_records(casebook, digest, plain_digest=hashlib.sha256(b"[1]\n").hexdigest())


def test_line_that_cannot_be_recorded_leaves_no_file(casebook: Path) -> None:
    """All lines or none."""
    with pytest.raises(MisuseError):
        seal_records(casebook, [{"a": 1}, {"p": 0.5}])

    assert files_in(casebook) == []


def test_nothing_is_sealed_in_no_casebook(tmp_path: Path) -> None:
    """Sealing makes no folders where there is no casebook."""
    with pytest.raises(NoCasebookError):
        seal_exhibit(tmp_path, PHOTO)
    with pytest.raises(NoCasebookError):
        seal_records(tmp_path, LINES)

    assert list(tmp_path.iterdir()) == []


def test_cryptography_is_loaded_only_for_what_is_protected(
    casebook: Path, child: Callable[..., "object"]
) -> None:
    """Sealing, appending, replaying and verifying open matters do without it."""
    text = (
        "import sys; from pathlib import Path; root = Path(sys.argv[1])\n"
        "from headstamp.ledger import append, entries, keys, replay, seal, verify\n"
        "seal.seal_exhibit(root, b'open'); seal.seal_records(root, [{}])\n"
        "append.append_entry(root, kind='opened', payload={}, actor='Amina')\n"
        "replay.replay(root); verify.verify_casebook(root)\n"
        "print('cryptography' in sys.modules)\n"
        "seal.seal_exhibit(root, b'closed', protected=True)\n"
        "print('cryptography' in sys.modules)\n"
    )
    result = child(text, casebook)

    assert getattr(result, "stdout", "") == "False\nTrue\n"

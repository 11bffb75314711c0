import hashlib
import hmac
import os
import stat
from base64 import b64decode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from headstamp.ledger import keys
from headstamp.terms.errors import BrokenJournalError, ErasedError, MisuseError, StorageError

PLAIN = "Dana saw it on the 3rd — حلب".encode()


def test_sealed_content_is_opened(casebook: Path) -> None:
    """Sealing and opening give the same bytes; two sealings have nothing in common."""
    one, two = keys.seal_envelope(casebook, PLAIN), keys.seal_envelope(casebook, PLAIN)

    assert keys.open_envelope(casebook, one) == keys.open_envelope(casebook, two) == PLAIN
    assert all(one[name] != two[name] for name in ("key_id", "nonce", "ciphertext"))
    assert PLAIN not in b64decode(one["ciphertext"])


def test_envelope_is_what_the_reference_says(casebook: Path) -> None:
    """Anybody with the key file and AES-256-GCM opens it: no associated data, tag at the end."""
    envelope = keys.seal_envelope(casebook, PLAIN)
    key = (casebook / "keys" / envelope["key_id"]).read_bytes()
    nonce, ciphertext = bytes.fromhex(envelope["nonce"]), b64decode(envelope["ciphertext"])

    assert list(envelope) == ["sealed", "key_id", "nonce", "ciphertext"]
    assert envelope["sealed"] == "aes-256-gcm"
    assert (len(key), len(nonce), len(ciphertext)) == (32, 12, len(PLAIN) + 16)
    assert AESGCM(key).decrypt(nonce, ciphertext, None) == PLAIN


def test_the_keys_that_are_there_are_told_by_name(casebook: Path) -> None:
    """Not one that is destroyed, or whose destruction was cut short, nor what is no key."""
    one, two, three = (keys.seal_envelope(casebook, PLAIN)["key_id"] for _ in range(3))
    keys.destroy_key(casebook, two)
    (casebook / "keys" / three).write_bytes(bytes(32))
    (casebook / "keys" / "folder").mkdir()
    (casebook / "keys" / "short").write_bytes(b"key")

    assert keys.keys_there(casebook) == tuple(sorted((one, "secret")))
    assert keys.keys_there(casebook / "nowhere") == ()


def test_destroyed_key_ends_the_content(casebook: Path) -> None:
    """After destroying, nothing opens it; destroying again changes nothing."""
    envelope = keys.seal_envelope(casebook, PLAIN)
    assert keys.has_key(casebook, envelope["key_id"])

    keys.destroy_key(casebook, envelope["key_id"])
    keys.destroy_key(casebook, envelope["key_id"])

    assert not keys.has_key(casebook, envelope["key_id"])
    assert not (casebook / "keys" / envelope["key_id"]).exists()
    with pytest.raises(ErasedError):
        keys.open_envelope(casebook, envelope)


def test_key_is_overwritten_before_it_is_unlinked(casebook: Path) -> None:
    """Whoever holds the file open, or finds its blocks, finds zeros."""
    key_id = keys.seal_envelope(casebook, PLAIN)["key_id"]
    with (casebook / "keys" / key_id).open("rb") as held:
        keys.destroy_key(casebook, key_id)

        assert held.read() == bytes(32)


def test_destruction_cut_short_counts_as_done(casebook: Path) -> None:
    """A key of zeros is what a kill between overwriting and unlinking leaves."""
    envelope = keys.seal_envelope(casebook, PLAIN)
    (casebook / "keys" / envelope["key_id"]).write_bytes(bytes(32))

    assert not keys.has_key(casebook, envelope["key_id"])
    with pytest.raises(ErasedError):
        keys.open_envelope(casebook, envelope)


def test_keys_are_for_their_owner_alone(casebook: Path) -> None:
    """The folder is 0700 and every file in it 0600, whatever the umask."""
    before = os.umask(0)
    try:
        keys.seal_envelope(casebook, PLAIN)
    finally:
        os.umask(before)

    assert stat.S_IMODE((casebook / "keys").stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (casebook / "keys").iterdir()} == {0o600}


@pytest.mark.parametrize(
    "change",
    [
        {"sealed": "rot13"},
        {"key_id": "../secret"},
        {"nonce": "no hex"},
        {"nonce": "00"},
        {"ciphertext": "!"},
        {"ciphertext": "QUJD" * 9},
        {"nonce": None},
    ],
    ids=str,
)
def test_altered_envelopes_are_named(casebook: Path, change: dict[str, object]) -> None:
    """An envelope that was changed is broken, and never opens to something else."""
    envelope: dict[str, object] = {**keys.seal_envelope(casebook, PLAIN)}

    with pytest.raises(BrokenJournalError):
        keys.open_envelope(casebook, envelope | change)


def test_keyed_digest_is_hmac_with_the_secret(casebook: Path) -> None:
    """The same content has the same digest in one casebook, and another in the next."""
    secret = (casebook / "keys/secret").read_bytes()
    expected = hmac.new(secret, PLAIN, hashlib.sha256).hexdigest()

    assert len(secret) == 32
    assert keys.keyed_digest(casebook, PLAIN) == expected


def test_secret_stays(casebook: Path) -> None:
    """Making it again keeps it: every keyed digest rests on it."""
    before = (casebook / "keys/secret").read_bytes()

    keys.create_secret(casebook)

    assert (casebook / "keys/secret").read_bytes() == before


def test_missing_secret_is_said(casebook: Path) -> None:
    """No new one is made in silence."""
    (casebook / "keys/secret").unlink()

    with pytest.raises(StorageError, match="secret is missing"):
        keys.keyed_digest(casebook, PLAIN)


def test_odd_key_id_is_misuse(casebook: Path) -> None:
    """A key id never leads out of the folder."""
    with pytest.raises(MisuseError):
        keys.destroy_key(casebook, "../journal.sqlite")

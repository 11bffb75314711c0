"""How is content kept so that it can be made unreadable? Sealed under a key of its own.

Destroying the key file makes the content unreadable while every digest stands.
"""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from headstamp.ledger.layout import KEYS, is_key_id, key_path, secret_path
from headstamp.ledger.storage import storage_trouble, sync_folder, write_durably
from headstamp.terms.errors import BrokenJournalError, ErasedError, StorageError

SEALED = "aes-256-gcm"
KEY_BYTES = 32
NONCE_BYTES = 12


def seal_envelope(root: Path, plaintext: bytes) -> dict[str, str]:
    """Encrypt bytes under a fresh key, keep the key, and return the envelope.

    Returns:
        ``sealed`` (the method), ``key_id`` and ``nonce`` in hex, ``ciphertext`` (with the
        16 bytes of the tag at its end) in base64; no associated data.

    Raises:
        StorageError: The key cannot be written; nothing was sealed.
    """
    # Imported late: most casebooks never touch a protected row, and it costs a start-up.
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    key_id, key, nonce = secrets.token_hex(16), os.urandom(KEY_BYTES), os.urandom(NONCE_BYTES)
    _write_key(root, key_path(root, key_id), key)
    ciphertext = AESGCM(key).encrypt(nonce, plaintext, None)
    return {
        "sealed": SEALED,
        "key_id": key_id,
        "nonce": nonce.hex(),
        "ciphertext": base64.b64encode(ciphertext).decode(),
    }


def open_envelope(root: Path, envelope: Mapping[str, object]) -> bytes:
    """Return what an envelope holds.

    Raises:
        ErasedError: Its key was destroyed.
        BrokenJournalError: It is no envelope, or not the one that was sealed.
    """
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415  late, as above
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    key_id, nonce, ciphertext = _parts(envelope)
    key = _read_key(key_path(root, key_id))
    if key is None:
        raise ErasedError(f"the content sealed under key {key_id} was erased; its digest stands")
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, None)
    except InvalidTag as error:
        message = f"the content sealed under key {key_id} is not what was sealed"
        raise BrokenJournalError(message) from error


def destroy_key(root: Path, key_id: str) -> None:
    """Make everything sealed under a key unreadable, for ever; done twice is done once.

    The key is overwritten before it is unlinked. On flash and on copy-on-write file systems
    old blocks may outlive that; only an encrypted disk helps there. So do backups.
    """
    path = key_path(root, key_id)
    with storage_trouble(path):
        try:
            descriptor = os.open(path, os.O_WRONLY)
        except FileNotFoundError:
            return
        with os.fdopen(descriptor, "wb") as file:
            file.write(bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        path.unlink(missing_ok=True)
        sync_folder(path.parent)


def has_key(root: Path, key_id: str) -> bool:
    """Whether a key is there; one overwritten by a destruction that was cut short is not."""
    return _read_key(key_path(root, key_id)) is not None


def keys_there(root: Path) -> tuple[str, ...]:
    """Return the names of the keys that can be read, the secret among them, in order.

    What can still be read of protected rows and files depends on these, and on nothing else
    beside the journal. Whoever may not look into the folder has none. Cost: O(keys).
    """
    try:
        paths = sorted((root / KEYS).iterdir())
    except OSError:
        return ()
    return tuple(path.name for path in paths if _is_readable_key(path))


def _is_readable_key(path: Path) -> bool:
    try:
        return _read_key(path) is not None
    except StorageError:
        return False


def keyed_digest(root: Path, data: bytes) -> str:
    """Return the HMAC-SHA256 under the casebook's secret.

    With a plain digest, whoever holds a list of names or the same photo could confirm a
    source by hashing it.

    Raises:
        StorageError: The secret is not there.
    """
    path = secret_path(root)
    secret = _read_key(path)
    if secret is None:
        raise StorageError(f"{path}: the casebook's secret is missing; restore it from a copy")
    return hmac.new(secret, data, hashlib.sha256).hexdigest()


def create_secret(root: Path) -> None:
    """Give a casebook its secret, once; one that is there stays."""
    if _read_key(secret_path(root)) is None:
        _write_key(root, secret_path(root), os.urandom(KEY_BYTES))


def _write_key(root: Path, path: Path, key: bytes) -> None:
    with storage_trouble(path):
        (root / KEYS).mkdir(mode=0o700, exist_ok=True)
    write_durably(path, key, top=root, mode=0o600)


def _read_key(path: Path) -> bytes | None:
    """Return a key, or None when it is gone or overwritten."""
    with storage_trouble(path):
        try:
            key = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
    return key if len(key) == KEY_BYTES and any(key) else None


def _parts(envelope: Mapping[str, object]) -> tuple[str, bytes, bytes]:
    """Return key id, nonce and ciphertext of what must be an envelope."""
    if envelope.get("sealed") != SEALED:
        raise BrokenJournalError(
            f"no envelope: sealed is {envelope.get('sealed')!r}, not {SEALED!r}"
        )
    key_id = str(envelope.get("key_id"))
    try:
        nonce = bytes.fromhex(str(envelope.get("nonce")))
        ciphertext = base64.b64decode(str(envelope.get("ciphertext")), validate=True)
    except ValueError as error:
        raise BrokenJournalError(
            f"the envelope under key {key_id!r} is not hex and base64"
        ) from error
    if not is_key_id(key_id) or len(nonce) != NONCE_BYTES:
        raise BrokenJournalError(f"the envelope under key {key_id!r} has an odd key id or nonce")
    return key_id, nonce, ciphertext

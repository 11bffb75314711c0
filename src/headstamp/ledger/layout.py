"""Where does a casebook keep what? The paths inside its folder."""

import re
from pathlib import Path

from headstamp.ledger.storage import storage_trouble
from headstamp.terms.errors import BrokenJournalError, MisuseError, NoCasebookError

JOURNAL = "journal.sqlite"
EXHIBITS = "exhibits"
RECORDS = "records"
KEYS = "keys"
SECRET = "secret"  # noqa: S105  a file name, not a secret
DERIVED = "derived"
REGISTERS = "registers"
RECORDS_SUFFIX = ".jsonl.gz"

_DIGEST = re.compile(r"[0-9a-f]{64}")
_KEY_ID = re.compile(r"[0-9a-f]{32}")


def require_casebook(root: Path) -> None:
    """Raise unless the folder holds a casebook.

    Raises:
        NoCasebookError: There is no journal in the folder.
        StorageError: The folder may not be looked into.
    """
    with storage_trouble(root):
        if journal_path(root).is_file():
            return
    message = f"{root}: no casebook here (there is no {JOURNAL})"
    raise NoCasebookError(message, hint="run `headstamp init` there, or name a casebook with -C")


def journal_path(root: Path) -> Path:
    """Return where the journal is."""
    return root / JOURNAL


def exhibit_path(root: Path, digest: str) -> Path:
    """Return where the exhibit of this name is; its name is the digest of its stored bytes."""
    _require_digest(digest)
    return root / EXHIBITS / digest[:2] / digest[2:]


def records_path(root: Path, digest: str) -> Path:
    """Return where the records file of this stored digest is."""
    _require_digest(digest)
    return root / RECORDS / digest[:2] / (digest[2:] + RECORDS_SUFFIX)


def key_path(root: Path, key_id: str) -> Path:
    """Return where the key of this id is, or was."""
    if not is_key_id(key_id):
        raise MisuseError(f"{key_id!r} is no key id: 32 lower-case hex digits")
    return root / KEYS / key_id


def secret_path(root: Path) -> Path:
    """Return where the casebook's secret is."""
    return root / KEYS / SECRET


def derived_path(root: Path) -> Path:
    """Return where what can be made again is kept; deleting it loses nothing."""
    return root / DERIVED


def register_folder(root: Path, name: str) -> Path:
    """Return where the Parquet files of a register are, in a folder for each of its files."""
    return root / REGISTERS / name


def is_digest(text: str) -> bool:
    """Whether a text has the shape of a SHA-256: 64 lower-case hex digits."""
    return _DIGEST.fullmatch(text) is not None


def is_key_id(text: str) -> bool:
    """Whether a text has the shape of a key id: 32 lower-case hex digits."""
    return _KEY_ID.fullmatch(text) is not None


def _require_digest(digest: str) -> None:
    if not is_digest(digest):
        raise BrokenJournalError(f"{digest!r} is no digest: 64 lower-case hex digits")

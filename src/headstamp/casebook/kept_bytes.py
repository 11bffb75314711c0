"""How is a file of the cache written and read? Whole or not at all, its digest before it."""

import hashlib
import secrets
from pathlib import Path

_N_DIGEST = hashlib.sha256().digest_size


def read_kept(path: Path) -> memoryview | None:
    """Return what was kept in a file; None where there is none, and where it is torn."""
    try:
        data = memoryview(path.read_bytes())
    except OSError:
        return None
    held = data[_N_DIGEST:]
    return held if hashlib.sha256(held).digest() == data[:_N_DIGEST] else None


def write_kept(path: Path, data: bytes) -> None:
    """Keep bytes in a file, and make its folder; nothing is left of what fails.

    Raises:
        OSError: It cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        part.write_bytes(hashlib.sha256(data).digest())
        with part.open("ab") as file:
            file.write(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def remove_others(path: Path, pattern: str) -> None:
    """Remove the files beside one that a pattern names.

    Raises:
        OSError: One of them cannot be removed.
    """
    for other in path.parent.glob(pattern):
        if other != path:
            other.unlink(missing_ok=True)

"""How is a file written so that it stays, and what is said when the medium refuses?"""

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from headstamp.terms.errors import StorageError

FULL = "the disk, or what you may use of it, is full; free some space and repeat the command"
BARRED = "it may not be written or read; mend its rights, or copy the casebook where you may write"
FAILING = "the disk reports an error; copy the casebook to another disk and run `headstamp verify`"

_REMEDIES = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EACCES: BARRED,
    errno.EPERM: BARRED,
    errno.EROFS: BARRED,
    errno.EIO: FAILING,
}


@contextmanager
def storage_trouble(path: Path) -> Iterator[None]:
    """Turn what the operating system refuses into a StorageError with path and remedy."""
    try:
        yield
    except OSError as error:
        remedy = _REMEDIES.get(error.errno or 0, error.strerror or str(error))
        raise StorageError(f"{path}: {remedy}") from error


def write_durably(path: Path, data: bytes, *, top: Path, mode: int = 0o666) -> None:
    """Write a whole file or nothing, and return only when it would survive a power cut.

    A temporary file in the same folder is written, fsynced and renamed; then every folder
    from there up to ``top`` is fsynced, also those that were there before: an earlier run
    may have been killed between making one and fsyncing it.

    Raises:
        StorageError: The medium refused; nothing is visible under ``path``.
    """
    with storage_trouble(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{secrets.token_hex(8)}.part")
        try:
            _write_new(part, data, mode=mode)
            part.replace(path)
        except OSError:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise
        sync_folders(path.parent, top=top)


def sync_folders(folder: Path, *, top: Path) -> None:
    """Make the names in a folder durable, and the folder's own name, up to ``top``."""
    sync_folder(folder)
    while folder != top:
        folder = folder.parent
        sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_new(path: Path, data: bytes, *, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def keep_folder(made: Path, folder: Path, *, top: Path) -> None:
    """Make a folder of finished files durable and give it its name, whole or not at all.

    A folder of this name that is there was left by a run that was killed before it was
    recorded; it is replaced.

    Raises:
        StorageError: The medium refused; nothing is visible under ``folder``.
    """
    with storage_trouble(folder):
        for path in made.iterdir():
            sync_folder(path)  # A file is opened and fsynced as a folder is.
        sync_folder(made)
        shutil.rmtree(folder, ignore_errors=True)
        made.replace(folder)
        sync_folders(folder.parent, top=top)

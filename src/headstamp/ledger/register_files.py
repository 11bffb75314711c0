"""Are the files of a register still what was recorded? Named with their digests by its entry."""

import hashlib
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from headstamp.ledger.seal import CHUNK_BYTES
from headstamp.ledger.storage import keep_folder, storage_trouble
from headstamp.terms.errors import BrokenJournalError
from headstamp.terms.register import RegisterFile

UNFINISHED = ".part"
"""How the name of a folder ends in which files are being made."""

REMEDY = (
    "give `headstamp register` the same file, layout and --name again: it is made anew; or restore "
    "it from a copy of the casebook"
)
"""What mends a file of a register that is missing or was changed."""


def keep_register(
    root: Path, made: Path, folder: Path, names: Iterable[str]
) -> dict[str, RegisterFile]:
    """Keep the finished files of one part of a register, and return what its entry says of them."""
    with storage_trouble(made):
        found = {name: (_digest_of(made / name), (made / name).stat().st_size) for name in names}
    keep_folder(made, folder, top=root)
    return {
        name: RegisterFile(
            path=(folder / name).relative_to(root).as_posix(), digest=digest, size_bytes=size
        )
        for name, (digest, size) in found.items()
    }


def require_register(root: Path, files: Mapping[str, RegisterFile]) -> None:
    """Raise unless every file of a part is there, with the bytes that were recorded.

    Raises:
        BrokenJournalError: One is missing or was changed: it answers nothing.
    """
    for file in files.values():
        problem = register_file_problem(root, file)
        if problem is not None:
            message = f"{file.path}: {problem}"
            raise BrokenJournalError(message, hint=REMEDY)


def is_unchanged(root: Path, files: Mapping[str, RegisterFile]) -> bool:
    """Whether every file of a part is there, with the bytes that were recorded."""
    return all(register_file_problem(root, file) is None for file in files.values())


def restore_register(root: Path, made: Path, files: Mapping[str, RegisterFile]) -> None:
    """Put files that were made anew where the recorded ones should be.

    Raises:
        BrokenJournalError: They are not the recorded ones: another version made those.
    """
    with storage_trouble(made):
        for name, file in files.items():
            if _digest_of(made / name) != file.digest:
                message = f"{file.path}: made anew, it does not have the digest that was recorded"
                hint = "another version of Headstamp made it: restore it from a copy of the "
                hint += "casebook, or load the file under another --name"
                raise BrokenJournalError(message, hint=hint)
    folders = {(root / file.path).parent for file in files.values()}
    for folder in folders:
        keep_folder(made, folder, top=root)


def drop_unfinished(folder: Path) -> None:
    """Delete what runs that were killed left unfinished; only whose turn it is to write may."""
    for path in folder.glob(f".*{UNFINISHED}"):
        shutil.rmtree(path)


def register_file_problem(root: Path, file: RegisterFile) -> str | None:
    """Return what is wrong with a file of a register, or None."""
    path = root / file.path
    with storage_trouble(path):
        if not path.is_file():
            return "is missing"
        if path.stat().st_size != file.size_bytes:
            return "does not have the size that was recorded"
        return None if _digest_of(path) == file.digest else "its bytes do not have their digest"


def _digest_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()

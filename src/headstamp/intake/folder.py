"""Which files has a package that is a folder? Regular files inside it, links out refused."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from headstamp.intake import kinds
from headstamp.intake.trouble import file_issue, printable
from headstamp.terms.issue import Issue

MAX_BYTES = 512 * 1024 * 1024
"""The most that is read of one package, all its files together, unpacked."""

_MAX_FILES = 10_000


class Container(Protocol):
    """A package opened: names of its files, relative, with ``/``; bytes on demand."""

    names: tuple[str, ...]
    issues: list[Issue]

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file; None where they cannot be read, which is an issue."""


class Folder:
    """A package that is a folder of the file system."""

    def __init__(self, path: Path) -> None:
        """List the folder; a folder that cannot be listed is an issue."""
        self._root = path.resolve()
        self._n_left = MAX_BYTES
        self.issues: list[Issue] = []
        self.names = tuple(sorted(self._list()))

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file, all files together no more than MAX_BYTES."""
        try:
            path = (self._root / name).resolve()
            if not (path.is_relative_to(self._root) and stat.S_ISREG(path.stat().st_mode)):
                self._refuse(name, "is no regular file inside the package")
                return None
            with path.open("rb") as file:
                data = file.read(self._n_left + 1)
        except (OSError, ValueError) as error:
            self._refuse(name, f"cannot be read: {_reason(error)}")
            return None
        if len(data) > self._n_left:
            said = f"with it the package is larger than {MAX_BYTES:,} bytes; it was not read"
            self.issues.append(file_issue(kinds.TOO_LARGE, said, file=name))
            return None
        self._n_left -= len(data)
        return data

    def _list(self) -> Iterator[str]:
        n_files = 0
        for folder, inner, files in os.walk(self._root, onerror=self._note_error):
            here = Path(folder)
            inner.sort()
            for name in (*inner, *sorted(files)):
                path = here / name
                is_folder = name in inner and not path.is_symlink()
                if is_folder or not self._is_ours(path):
                    continue
                n_files += 1
                yield path.relative_to(self._root).as_posix()
            if n_files > _MAX_FILES:
                said = f"holds more than {_MAX_FILES:,} files; those after {here.name} were missed"
                self.issues.append(file_issue(kinds.TOO_LARGE, said, file=self._root.name))
                return

    def _is_ours(self, path: Path) -> bool:
        name = path.relative_to(self._root).as_posix()
        if printable(name) != name:
            self._refuse(name, "has a name that is not UTF-8")
            return False
        if not path.is_symlink():
            return True
        is_inside = path.resolve().is_relative_to(self._root)
        if not is_inside or path.is_dir():
            where = "to a folder" if is_inside else "out of the package"
            self._refuse(name, f"is a link that leads {where}; it was not followed")
            return False
        return True

    def _refuse(self, name: str, said: str) -> None:
        self.issues.append(file_issue(kinds.FILE_REFUSED, said, file=name))

    def _note_error(self, error: OSError) -> None:
        name = os.path.relpath(str(error.filename), self._root)
        self._refuse(name, f"cannot be listed: {_reason(error)}")


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)

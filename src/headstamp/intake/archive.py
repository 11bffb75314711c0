"""Which files has a package that is a zip? Read in memory, bounded, and never written to disk.

Sizes in a zip's headers are not trusted: what is unpacked is counted as it streams.
"""

import io
import lzma
import stat
import zipfile
import zlib
from collections import Counter
from pathlib import PurePosixPath

from headstamp.intake import kinds
from headstamp.intake.folder import MAX_BYTES
from headstamp.intake.paths import escape_reason
from headstamp.intake.trouble import file_issue
from headstamp.terms.issue import Issue

_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
_CHUNK = 1024 * 1024
_MAX_RATIO = 250
_RATIO_COUNTS_FROM = 64 * 1024 * 1024
_MAX_ENTRIES = 10_000
_MAC_FOLDER = "__MACOSX/"
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)


def is_zip(data: bytes) -> bool:
    """Answer whether bytes begin as a zip does, whole or broken off."""
    return data.startswith(_SIGNATURES)


class Archive:
    """A package that is a zip; one folder around everything in it is looked through."""

    def __init__(self, name: str, data: bytes) -> None:
        """Read the table of contents; entries that may do harm are issues and left out."""
        self._file = name
        self._data = data
        self._n_left = MAX_BYTES
        self._twice: set[str] = set()
        self.issues: list[Issue] = []
        entries = {info.filename: info for info in self._open() if self._may_read(info)}
        root = _top_folder(entries)
        self._entries = {name.removeprefix(root): info for name, info in entries.items()}
        self.names = tuple(sorted(self._entries))

    def read(self, name: str) -> bytes | None:
        """Return the unpacked bytes of an entry; all entries together no more than MAX_BYTES."""
        info = self._entries.get(name)
        if info is None:
            self._note(kinds.FILE_REFUSED, name, "is not in the zip")
            return None
        if info.file_size > self._n_left:
            self._note(kinds.TOO_LARGE, name, f"unpacks to {info.file_size:,} bytes; not read")
            return None
        try:
            return self._unpack(name, info)
        except (*_DAMAGE, NotImplementedError, RuntimeError) as error:
            self._note(kinds.ZIP_DAMAGED, name, f"cannot be unpacked: {error}")
            return None

    def _open(self) -> list[zipfile.ZipInfo]:
        try:
            with zipfile.ZipFile(io.BytesIO(self._data)) as archive:
                infos = archive.infolist()
        except (*_DAMAGE, NotImplementedError) as error:
            said = f"cannot be read as a zip: {error}"
            self.issues.append(file_issue(kinds.ZIP_DAMAGED, said, file=self._file))
            return []
        if len(infos) > _MAX_ENTRIES:
            said = f"has {len(infos):,} entries, more than {_MAX_ENTRIES:,}; none was read"
            self.issues.append(file_issue(kinds.TOO_LARGE, said, file=self._file))
            return []
        counted = Counter(info.filename for info in infos)
        self._twice = {name for name, n in counted.items() if n > 1}
        for name in sorted(self._twice):
            self._note(kinds.ZIP_NAME_TWICE, name, "stands twice in the zip; neither was read")
        return [info for info in infos if not info.is_dir()]

    def _may_read(self, info: zipfile.ZipInfo) -> bool:
        """Say what keeps an entry from being read; every entry is asked, also unused ones."""
        name = info.filename
        if reason := escape_reason(info.orig_filename) or escape_reason(name):
            return self._note(kinds.ZIP_UNSAFE_NAME, name, f"its name {reason}")
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in {0, stat.S_IFREG}:
            return self._note(kinds.ZIP_LINK, name, "is a link or another special file")
        if info.flag_bits & 0x1:
            return self._note(kinds.ZIP_ENCRYPTED, name, "is encrypted")
        if info.file_size > MAX_BYTES:
            said = f"unpacks to {info.file_size:,} bytes, more than {MAX_BYTES:,}; not read"
            return self._note(kinds.TOO_LARGE, name, said)
        return name not in self._twice

    def _unpack(self, name: str, info: zipfile.ZipInfo) -> bytes | None:
        found = bytearray()
        with zipfile.ZipFile(io.BytesIO(self._data)) as archive, archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                found += chunk
                is_odd = len(found) > max(_RATIO_COUNTS_FROM, _MAX_RATIO * info.compress_size)
                if len(found) > self._n_left or is_odd:
                    said = f"unpacks to more than {len(found) - 1:,} bytes; not read"
                    self._note(kinds.TOO_LARGE, name, said)
                    return None
        self._n_left -= len(found)
        return bytes(found)

    def _note(self, kind: kinds.IssueKind, name: str, said: str) -> bool:
        """Add an issue and return False: the entry may not be read."""
        self.issues.append(file_issue(kind, said, file=name, raw=name))
        return False


def _top_folder(names: dict[str, zipfile.ZipInfo]) -> str:
    """Return the one folder that holds everything, with its slash; else an empty text."""
    tops = {PurePosixPath(name).parts[0] for name in names if not name.startswith(_MAC_FOLDER)}
    if len(tops) != 1:
        return ""
    top = tops.pop() + "/"
    return top if all(name.startswith((top, _MAC_FOLDER)) for name in names) else ""

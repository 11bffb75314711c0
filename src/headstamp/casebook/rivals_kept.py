"""What came into question before, and still holds? The cache in ``derived/rivals``.

What an item's number meets on a register follows from the item, the register's files, the
tables and this software alone. So an item that is as it was when the register was last asked
need not be looked up again. Deleting the folder loses nothing.
"""

from contextlib import suppress
from pathlib import Path

import msgspec

from headstamp.casebook.kept import RIVALS
from headstamp.casebook.kept_bytes import read_kept, remove_others, write_kept
from headstamp.ledger.layout import derived_path
from headstamp.linkage.rivals import Rival
from headstamp.linkage.variants import Question

_N_SHOWN = 24

Found = dict[str, tuple[Rival, ...]]


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """Digest of an item as it was looked for, and what came into question for it."""

    digest: bytes
    rivals: tuple[Rival, ...]


class _File(msgspec.Struct, frozen=True, array_like=True):
    """What is kept in one file; ``place`` is the register and the whole key it was kept under."""

    place: str
    items: dict[str, _Kept]


_DECODER = msgspec.msgpack.Decoder(_File)


class KeptRivals:
    """What is kept of one register in one state; ``key`` is the digest of all it rests on."""

    def __init__(self, root: Path, register: str, key: str) -> None:
        self._path = derived_path(root) / RIVALS / f"{register}-{key[:_N_SHOWN]}"
        self._register = register
        self._place = f"{register}-{key}"
        self._digests: dict[str, bytes] = {}
        self._kept = self._read()

    def known(self, question: Question) -> Found:
        """Return what is kept of those of the items that are as they were."""
        self._digests = question.digests
        found: Found = {}
        for item_id, digest in self._digests.items():
            kept = self._kept.get(item_id)
            if kept is not None and kept.digest == digest:
                found[item_id] = kept.rivals
        return found

    def keep(self, found: Found) -> None:
        """Keep what was found for all items, also that nothing was; or not if it cannot be."""
        kept = {
            item_id: _Kept(digest, found.get(item_id, ()))
            for item_id, digest in self._digests.items()
        }
        if kept == self._kept:
            return
        data = msgspec.msgpack.encode(_File(self._place, kept))
        with suppress(OSError):
            write_kept(self._path, data)
            remove_others(self._path, f"{self._register}-{'?' * _N_SHOWN}")

    def _read(self) -> dict[str, _Kept]:
        data = read_kept(self._path)
        if data is None:
            return {}
        with suppress(msgspec.MsgspecError):
            found = _DECODER.decode(data)
            return found.items if found.place == self._place else {}
        return {}

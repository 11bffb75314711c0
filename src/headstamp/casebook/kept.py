"""Which finished tables were made before, and still hold? The cache in ``derived/tables``.

A table is a function of few things: the entries up to one, the keys that are there, this
software, and of some the civil day. It is kept under a digest of all of them, so that what
was kept for anything else is never found. Deleting the folder loses nothing. Decision
record 0007 says why it is as it is.
"""

import re
import secrets
import shutil
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import Any

import msgspec
from typing_extensions import override

from headstamp.casebook.collecting import not_collecting
from headstamp.casebook.environment import folder_digest, software_digest
from headstamp.casebook.kept_bytes import read_kept, remove_others, write_kept
from headstamp.casebook.opening import Casebook
from headstamp.casebook.proposals import proposals_digest
from headstamp.ledger.canonical import canonical_json, sha256_hex
from headstamp.ledger.entries import Entry
from headstamp.ledger.keys import keys_there
from headstamp.ledger.layout import derived_path
from headstamp.ledger.storage import storage_trouble
from headstamp.reference.tables import own_bytes
from headstamp.terms.coded import Coded, CodedRows, code_for, coded_rows
from headstamp.terms.table import Table

N_STATES = 3
"""So many states of a casebook are kept: as it is now, and as of two earlier entries."""

RIVALS = "rivals"
"""The folder of what came into question; ``rivals_kept`` says what that is."""

ROWS = "rows"
"""The folder of rows to be read one by one; ``near`` says what that is."""

_TABLES = "tables"
_WITHOUT_EFFECT = frozenset({"trace"})
"""Kinds of entries after which every table reads as it did before, but for proposals."""
_BY_DAY, _BY_PROPOSALS = "@", "+"
_STATE = re.compile(r"[0-9a-f]{16}-[0-9a-f]{16}")
_N_SHOWN = 16

Reader = Callable[[Casebook], Table]


class _Column(msgspec.Struct, frozen=True, array_like=True):
    """One column as it is kept; ``at`` is empty where every row has a cell of its own."""

    cells: list[Any]
    at: bytes


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """One table as it is kept; ``place`` is the folder and file that it was kept in."""

    place: str
    name: str
    n_rows: int
    columns: dict[str, _Column]


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(_Kept)


def kept(*, by_day: bool = False, by_proposals: bool = False) -> Callable[[Reader], Reader]:
    """Make a function that returns a table of a casebook look first whether it is kept.

    Args:
        by_day: The table also depends on the civil day: on whether periods are over.
        by_proposals: It also shows what the last trace proposed, on which no other depends.
    """

    def wrap(derive: Reader) -> Reader:
        @wraps(derive)
        def read(casebook: Casebook) -> Table:
            beside = _BY_DAY + str(casebook.on) if by_day else ""
            if by_proposals:
                beside = f"{_BY_PROPOSALS}{proposals_digest(casebook.entries)}{beside}"
            return keep(casebook, derive.__name__, lambda: derive(casebook), beside=beside)

        return read

    return wrap


def keep(casebook: Casebook, name: str, derive: Callable[[], Table], *, beside: str = "") -> Table:
    """Return a table of this name as it is kept; else derive it, and keep it for next time.

    A file that is torn, or was not kept for just this, counts as none. Where nothing can be
    written nothing is kept. ``beside`` is what it depends on beside the casebook's state: of
    several only the last is kept.
    """
    if not casebook.is_kept:
        return derive()
    place = _Place.of(casebook, name, beside=beside)
    found = _read(place)
    if found is None:
        with not_collecting():
            found = derive()
        waiting = _WAITING.get()
        if waiting is None:
            _write(place, found, casebook)
        else:
            waiting.append((place, found, casebook))
    return found


@contextmanager
def keeping_at_the_end() -> Iterator[None]:
    """Keep what is derived meanwhile when all went well, and nothing where it did not.

    A question that cannot be meant changes nothing on the disk, also not in the cache.
    """
    waiting: list[tuple[_Place, Table, Casebook]] = []
    before = _WAITING.set(waiting)
    try:
        yield
    finally:
        _WAITING.reset(before)
    for place, table, casebook in waiting:
        _write(place, table, casebook)


def forget(root: Path) -> None:
    """Remove every table that is kept of a casebook: what was erased must be in none.

    Raises:
        StorageError: They cannot be removed.
    """
    derived = derived_path(root)
    with storage_trouble(derived):
        # Moved away first: who is about to keep a table then finds no folder to put it in.
        for folder in (_TABLES, RIVALS, ROWS):
            with suppress(FileNotFoundError):
                (derived / folder).rename(derived / f".{secrets.token_hex(8)}.part")
        for left in derived.glob(".*.part"):
            shutil.rmtree(left)


class _Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a table is kept, and what for: ``around`` and ``upto`` are whole digests."""

    root: Path
    around: str
    upto: str
    file: str

    @classmethod
    def of(cls, casebook: Casebook, name: str, *, beside: str) -> "_Place":
        """Return the place of one table of just these entries, keys, software and machine."""
        around = [software_digest(), folder_digest(casebook.root), _own_digests(), casebook.keys]
        entries = (entry for entry in reversed(casebook.entries) if _has_effect(entry))
        return cls(
            root=casebook.root,
            around=sha256_hex(canonical_json(around)),
            upto=next(entries).hash,
            file=f"{casebook.part}-{name}{beside}",
        )

    @property
    def path(self) -> Path:
        """The file; its folder is named by the beginnings of both digests."""
        state = f"{self.around[:_N_SHOWN]}-{self.upto[:_N_SHOWN]}"
        return derived_path(self.root) / _TABLES / state / self.file

    @override
    def __str__(self) -> str:
        return f"{self.around}-{self.upto}/{self.file}"


def _own_digests() -> dict[str, str]:
    """Return what the user's own reference tables are, by name: they say what items may be."""
    return {name: sha256_hex(data) for name, data in sorted(own_bytes().items())}


def _has_effect(entry: Entry) -> bool:
    return entry.kind not in _WITHOUT_EFFECT


def _read(place: _Place) -> Table | None:
    """Return the table that was kept for this place, or None where there is none."""
    data = read_kept(place.path)
    if data is None:
        return None
    try:
        with not_collecting():
            found = _DECODER.decode(data)
    except msgspec.MsgspecError:
        return None
    if found.place != str(place):
        return None
    rows = CodedRows({name: _coded(one) for name, one in found.columns.items()}, found.n_rows)
    return Table(name=found.name, columns=tuple(found.columns), rows=rows)


def _coded(column: _Column) -> Coded:
    if not column.at:
        return Coded(cells=column.cells, at=range(len(column.cells)))
    at = array(code_for(len(column.cells)))
    at.frombytes(column.at)
    return Coded(cells=column.cells, at=at)


def _column(one: Coded) -> _Column:
    at = b"" if one.has_own else array(code_for(len(one.cells)), one.at).tobytes()
    return _Column(one.cells, at)


_WAITING: ContextVar[list[tuple[_Place, Table, Casebook]] | None] = ContextVar(
    "waiting", default=None
)


def _write(place: _Place, table: Table, casebook: Casebook) -> None:
    """Keep a table, or not where nothing can be written."""
    with suppress(OSError):
        _write_whole(place, table, casebook)


def _write_whole(place: _Place, table: Table, casebook: Casebook) -> None:
    """Keep a table, whole or not at all, unless a key went while it was derived.

    An erasure destroys keys first and then all that is kept. So either this sees that a key
    is gone, or what was written is removed there.
    """
    rows = coded_rows(table.columns, table.rows)
    columns = {name: _column(one) for name, one in rows.columns.items()}
    path = place.path
    write_kept(path, _ENCODER.encode(_Kept(str(place), table.name, len(rows), columns)))
    if keys_there(casebook.root) == casebook.keys:
        _tidy(path)
    else:
        path.unlink(missing_ok=True)


def _tidy(path: Path) -> None:
    """Remove what no longer applies: other days and proposals, surroundings, oldest states."""
    for sign in (_BY_DAY, _BY_PROPOSALS):
        name, is_beside, _ = path.name.partition(sign)
        if is_beside:
            remove_others(path, f"{name}{sign}*")
    around = path.parent.name[:_N_SHOWN]
    states = [one for one in path.parents[1].iterdir() if _STATE.fullmatch(one.name)]
    alike = [one for one in states if one.name.startswith(around) and one != path.parent]
    alike.sort(key=lambda one: one.stat().st_mtime_ns, reverse=True)
    for other in {*states} - {path.parent, *alike[: N_STATES - 1]}:
        shutil.rmtree(other, ignore_errors=True)

"""Which registers are loaded, and what do they hold? Their parts, checked, and their entries."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol

import msgspec

from headstamp.casebook.recorded import Intake
from headstamp.ledger.register_files import is_unchanged, require_register
from headstamp.terms.errors import StorageError, UnknownIdError
from headstamp.terms.register import RegisterEntry, RegisterFile

ROWS = "rows.parquet"


class Casebook(Protocol):
    """What a casebook has in which registers were loaded."""

    @property
    def root(self) -> Path:
        """Its folder."""

    @property
    def intakes(self) -> dict[int, Intake]:
        """What came in, by the entry that brought it."""


class RegisterPart(msgspec.Struct, frozen=True, kw_only=True):
    """What one file brought to a register: the entry that loaded it, and its Parquet files.

    ``source_id`` is who says what the entries say.
    """

    register: str
    seq: int
    source_id: str | None
    unread: str
    files: dict[str, RegisterFile]
    loaded: Intake

    def path(self, root: Path, name: str) -> Path:
        """Return where one of the part's files is, ``rows.parquet`` and its like."""
        return root / self.files[name].path


def registers(casebook: Casebook) -> dict[str, tuple[RegisterPart, ...]]:
    """Return the parts of every register that stand, in the order in which they were loaded.

    A part that a later reading of the same bytes superseded is left out.
    """
    superseded = {intake.supersedes for intake in casebook.intakes.values()}
    found: dict[str, list[RegisterPart]] = {}
    for seq, intake in casebook.intakes.items():
        if intake.register is None or seq in superseded:
            continue
        part = RegisterPart(
            register=intake.register,
            seq=seq,
            source_id=intake.source_id,
            unread=intake.unread,
            files=intake.files,
            loaded=intake,
        )
        found.setdefault(intake.register, []).append(part)
    return {name: tuple(parts) for name, parts in sorted(found.items())}


def parts_of(casebook: Casebook, name: str) -> tuple[RegisterPart, ...]:
    """Return the parts of one register, their files compared with the digests of the journal.

    Raises:
        UnknownIdError: No register of this name is loaded.
        BrokenJournalError: A file is missing or was changed: the register answers nothing.
    """
    known = registers(casebook)
    if name not in known:
        named = "  ".join(known) or "none"
        hint = f"loaded are: {named}; `headstamp register` loads one"
        raise UnknownIdError(f"{name!r}: no register of this name is loaded", hint=hint)
    for part in known[name]:
        _require_unchanged(casebook.root, part)
    return known[name]


def entries_named(
    casebook: Casebook, name: str, entry_ids: Iterable[str]
) -> dict[str, tuple[RegisterPart, RegisterEntry]]:
    """Return the entries of one register with these ids, each with its part, that stand.

    Where two parts have an entry of one id, that of the part loaded first is returned. An id
    that no entry has is left out; so are all where the register is not loaded.
    """
    if name not in registers(casebook):
        return {}
    wanted = sorted(set(entry_ids))
    parts = parts_of(casebook, name)
    found: dict[str, tuple[RegisterPart, RegisterEntry]] = {}
    for part, entries in zip(parts, _entries_in(casebook.root, parts, wanted), strict=True):
        for entry in entries:
            found.setdefault(entry.entry_id, (part, entry))
    return found


def entry_ids(casebook: Casebook, name: str, *, without: int | None) -> frozenset[str]:
    """Return the ids that entries of a register have, those of one part left out.

    Parts of which a file is missing or was changed are passed over: they answer nothing.
    """
    from headstamp.engines.duckdb import read_columns  # noqa: PLC0415  few listings need it

    found: set[str] = set()
    for part in registers(casebook).get(name, ()):
        if part.seq != without and is_unchanged(casebook.root, part.files):
            held = read_columns(part.path(casebook.root, ROWS), ["entry_id"])
            found.update(held.column("entry_id").to_pylist())
    return frozenset(found)


def _entries_in(
    root: Path, parts: Sequence[RegisterPart], entry_ids: Sequence[str]
) -> list[list[RegisterEntry]]:
    """Return the entries of each part with these ids, in the part's order.

    Raises:
        BrokenJournalError: A file of one was changed since it was looked at.
    """
    from headstamp.engines.lookup import rows_with  # noqa: PLC0415  few listings need it

    paths = [part.path(root, ROWS) for part in parts]
    with ExitStack() as stack:
        for part in parts:
            stack.enter_context(unchanged_meanwhile(root, part))
        found = rows_with(paths, "entry_id", entry_ids, order="place")
    return [
        [entry_of(part.register, row) for row in rows]
        for part, rows in zip(parts, found, strict=True)
    ]


@contextmanager
def unchanged_meanwhile(root: Path, part: RegisterPart) -> Iterator[None]:
    """Say of a part that cannot be read what is wrong with it, where its files changed."""
    try:
        yield
    except StorageError:
        require_register(root, part.files)
        raise


def entry_of(register: str, row: dict[str, object]) -> RegisterEntry:
    """Return the entry that a row of ``rows.parquet`` holds."""
    told = {name: cell for name, cell in row.items() if name != "place"}
    return msgspec.convert({"register": register, **told}, RegisterEntry)


_CHECKED: set[tuple[object, ...]] = set()
"""Parts that were compared with their digests in this process: once is enough, until a file is
written to."""


def _require_unchanged(root: Path, part: RegisterPart) -> None:
    key = (root.resolve(), *(_stamp(root, file) for file in part.files.values()))
    if key not in _CHECKED:
        require_register(root, part.files)
        _CHECKED.add(key)


def _stamp(root: Path, file: RegisterFile) -> tuple[object, ...]:
    """Return what a file is known by, and what changes when it is written to."""
    try:
        status = (root / file.path).stat()
    except OSError:
        return (file.digest, None)
    return (file.digest, status.st_ino, status.st_size, status.st_mtime_ns)

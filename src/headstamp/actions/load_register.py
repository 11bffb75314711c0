"""``headstamp register``: loads an institution's table, sealed, into a register that is asked."""

import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import msgspec

from headstamp.actions.on_record import OnRecord
from headstamp.actions.read_ahead import ReadAhead
from headstamp.actions.take import issue_line, record_line
from headstamp.actions.take_files import Sought, earlier_reading, require_not_erased
from headstamp.actions.turn import turn_to_write
from headstamp.actions.writing import Writing
from headstamp.casebook.opening import Casebook, open_casebook
from headstamp.casebook.registers import entry_ids
from headstamp.intake.layout import Layout
from headstamp.intake.layout_account import FileAccount
from headstamp.intake.layout_file import LayoutFile, open_layout
from headstamp.intake.layout_reading import READER, LayoutReading
from headstamp.intake.reading import Record, TableCounts
from headstamp.intake.register_layout import BESIDE, ENTRIES, for_register, gives_ids, reads_serials
from headstamp.intake.register_store import FILES, RegisterStore
from headstamp.ledger.append import append_entry
from headstamp.ledger.canonical import sha256_hex
from headstamp.ledger.keys import keyed_digest
from headstamp.ledger.layout import register_folder, require_casebook
from headstamp.ledger.register_files import (
    UNFINISHED,
    drop_unfinished,
    is_unchanged,
    keep_register,
    restore_register,
)
from headstamp.ledger.seal import seal_exhibit, seal_records
from headstamp.ledger.storage import storage_trouble
from headstamp.terms.errors import MisuseError
from headstamp.terms.issue import Issue
from headstamp.terms.register import RegisterProfile, is_register_name

_N_HEX = 12
_LOOKED_AT = frozenset({"error", "warning"})


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file; ``seq`` is None where nothing was recorded.

    ``same_as`` is the entry that loaded these very bytes before; its Parquet files were made
    anew from them where ``is_restored``.
    """

    path: Path
    register: str
    seq: int | None = None
    same_as: int | None = None
    supersedes: int | None = None
    is_readable: bool = True
    is_restored: bool = False
    counts: dict[str, TableCounts] = {}
    account: FileAccount | None = None
    profile: RegisterProfile | None = None
    issues: tuple[Issue, ...] = ()

    @property
    def needs_look(self) -> bool:
        """Whether a row or value was refused, or should be looked at."""
        return any(issue.severity in _LOOKED_AT for issue in self.issues)


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be loaded how: the layout as it is sealed, and what a register reads of it."""

    root: Path
    register: str
    opened: LayoutFile
    form: Layout
    by: Writing
    on_record: OnRecord


class _FileRead(msgspec.Struct, frozen=True, kw_only=True):
    """One file that was read to the end: what it brought ``beside`` its entries is few."""

    path: Path
    data: bytes
    digests: dict[str, str]
    reading: LayoutReading
    beside: list[Record]
    profile: RegisterProfile
    supersedes: int | None


def load_register(
    root: Path, paths: Sequence[Path], *, layout: str, name: str, by: Writing
) -> Iterator[Loaded]:
    """Load files one after the other into a register, yielding each when it is on the disk.

    The Parquet files are made in a hidden folder and renamed; then the journal's entry
    describes them: killed at any moment, a file is in the register whole or not at all. The
    same bytes again are not loaded again, but files of the register that are missing or were
    changed are made anew from them; read with a changed layout, they take the place of what
    was read before.

    Raises:
        MisuseError: The name is none, or the layout makes no entries.
        RefusedError: Of the file a row was erased.
        BrokenJournalError: What is made anew is not what was recorded.
        StorageError: The medium refuses; what was yielded before stands.
    """
    require_casebook(root)
    if not is_register_name(name):
        message = f"--name {name!r} cannot name a register"
        raise MisuseError(message, hint="write 2 to 40 of a-z, 0-9 and -, a letter first")
    opened = open_layout(layout)
    form = for_register(opened, name)
    asked = _Asked(
        root=root, register=name, opened=opened, form=form, by=by, on_record=OnRecord(tables=BESIDE)
    )
    with closing(ReadAhead(paths, form.file)) as files:
        for path in paths:
            with turn_to_write(root):
                loaded = _load_file(path, files, asked)
            yield loaded


def _load_file(path: Path, files: ReadAhead, asked: _Asked) -> Loaded:
    data = files.data(path)
    if isinstance(data, Issue):
        return _unreadable(path, asked, (data,))
    casebook = open_casebook(asked.root)
    require_not_erased(casebook, keyed_digest(asked.root, data), path)
    digests = {
        "source_digest": sha256_hex(data),
        "layout": asked.form.name,
        "layout_digest": sha256_hex(asked.opened.data),
    }
    plain = frozenset({digests["source_digest"]})
    sought = Sought(**digests, register=asked.register, digests=plain)
    same_as, supersedes = earlier_reading(casebook, sought)
    if same_as is not None and is_unchanged(asked.root, casebook.intakes[same_as].files):
        return Loaded(path=path, register=asked.register, same_as=same_as)
    files.begin(path, data)  # While it is opened, what is on record is read.
    earlier = supersedes if same_as is None else same_as
    known = asked.on_record.known(casebook, without=earlier)
    opened = partial(files.grids, path, data)
    digest = digests["source_digest"]
    reading = LayoutReading(asked.form, opened, file=path.name, known=known, digest=digest)
    if not reading.is_readable:
        return _unreadable(path, asked, reading.issues)
    with _unfinished(asked) as made:
        beside: list[Record] = []
        held = entry_ids(casebook, asked.register, without=earlier) if gives_ids(asked.form) else ()
        store = _store(made, asked, reading, frozenset(held))
        profile = store.write(_entries(reading, beside))
        read = _FileRead(
            path=path,
            data=data,
            digests=digests,
            reading=reading,
            beside=beside,
            profile=profile,
            supersedes=supersedes,
        )
        if same_as is not None:
            return _restored(casebook, same_as, made, read, asked)
        loaded = _loaded(read, asked)
        return loaded if asked.by.dry_run else _recorded(loaded, made, read, asked)


def _unreadable(path: Path, asked: _Asked, issues: tuple[Issue, ...]) -> Loaded:
    return Loaded(path=path, register=asked.register, is_readable=False, issues=issues)


@contextmanager
def _unfinished(asked: _Asked) -> Iterator[Path]:
    """Yield a hidden folder for files in the making, gone at the end; so are earlier ones."""
    top = register_folder(asked.root, asked.register)
    made = top / f".{secrets.token_hex(8)}{UNFINISHED}"
    try:
        with storage_trouble(made):
            drop_unfinished(top)
            made.mkdir(parents=True)
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _store(
    made: Path, asked: _Asked, reading: LayoutReading, held_ids: frozenset[str]
) -> RegisterStore:
    return RegisterStore(
        made,
        unread=asked.form.unread,
        is_padded=asked.form.serials == "padded",
        has_serials=reads_serials(asked.form),
        held_ids=held_ids,
        issues=reading.book,
    )


def _entries(reading: LayoutReading, beside: list[Record]) -> Iterator[Record]:
    """Yield the entries of the file; what it brings beside them is few, and is kept."""
    for record in reading.records():
        if record.table == ENTRIES:
            yield record
        else:
            beside.append(record)


def _loaded(read: _FileRead, asked: _Asked) -> Loaded:
    return Loaded(
        path=read.path,
        register=asked.register,
        supersedes=read.supersedes,
        counts=read.reading.counts,
        account=read.reading.account,
        profile=read.profile,
        issues=read.reading.issues,
    )


def _restored(casebook: Casebook, seq: int, made: Path, read: _FileRead, asked: _Asked) -> Loaded:
    """Put files that were missing or changed back, where they are made just as they were."""
    if not asked.by.dry_run:
        restore_register(asked.root, made, casebook.intakes[seq].files)
    return Loaded(path=read.path, register=asked.register, same_as=seq, is_restored=True)


def _recorded(loaded: Loaded, made: Path, read: _FileRead, asked: _Asked) -> Loaded:
    """Keep the finished files and record them; return what was loaded, with its entry."""
    shorts = [read.digests[key][:_N_HEX] for key in ("source_digest", "layout_digest")]
    folder = register_folder(asked.root, asked.register) / "-".join(shorts)
    files = keep_register(asked.root, made, folder, FILES)
    payload = _sealed(read, asked) | read.digests
    payload |= {
        "register": asked.register,
        "source_id": asked.form.source,
        "unread": asked.form.unread,
        "supersedes": read.supersedes,
        "prefix": None,
        "files": {key: msgspec.structs.asdict(files[key]) for key in FILES},
        "profile": msgspec.to_builtins(read.profile),
    }
    entry = append_entry(asked.root, kind="register", payload=payload, actor=asked.by.actor)
    asked.on_record.add(entry.seq, read.beside)
    return msgspec.structs.replace(loaded, seq=entry.seq)


def _sealed(read: _FileRead, asked: _Asked) -> dict[str, object]:
    """Seal file, layout, and what the file brought beside entries; return what is said of them."""
    root, reading = asked.root, read.reading
    file, layout = seal_exhibit(root, read.data), seal_exhibit(root, asked.opened.data)
    lines = [record_line(root, record) for record in read.beside]
    lines += [issue_line(issue) for issue in reading.issues]
    records = msgspec.structs.asdict(seal_records(root, lines)) if lines else None
    return {
        "path_name": read.path.resolve().name,
        "reader": READER,
        "exhibits": [
            {"name": read.path.name, **msgspec.structs.asdict(file)},
            {"name": asked.opened.file_name, **msgspec.structs.asdict(layout)},
        ],
        "records": records,
        "counts": {table: msgspec.structs.asdict(one) for table, one in reading.counts.items()},
        "account": msgspec.to_builtins(reading.account),
    }

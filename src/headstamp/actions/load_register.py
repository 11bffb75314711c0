"""``headstamp register``: loads an institution's table, sealed, into a register that is asked."""

import secrets
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from headstamp.actions.known import known_to
from headstamp.actions.take import issue_line, record_line
from headstamp.actions.take_files import Sought, bytes_of, earlier_reading
from headstamp.actions.turn import turn_to_write
from headstamp.actions.writing import Writing
from headstamp.casebook.opening import open_casebook
from headstamp.intake.layout import Layout
from headstamp.intake.layout_account import FileAccount
from headstamp.intake.layout_file import LayoutFile, open_layout
from headstamp.intake.layout_reading import READER, LayoutReading
from headstamp.intake.reading import Record, TableCounts
from headstamp.intake.register_layout import ENTRIES, for_register
from headstamp.intake.register_store import FILES, RegisterStore
from headstamp.ledger.append import append_entry
from headstamp.ledger.canonical import sha256_hex
from headstamp.ledger.layout import register_folder, require_casebook
from headstamp.ledger.register_files import keep_register
from headstamp.ledger.seal import seal_exhibit, seal_records
from headstamp.ledger.storage import storage_trouble
from headstamp.terms.errors import MisuseError
from headstamp.terms.issue import Issue
from headstamp.terms.register import RegisterProfile, is_register_name

_N_HEX = 12


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file; ``seq`` is None where nothing was recorded."""

    path: Path
    register: str
    seq: int | None = None
    same_as: int | None = None
    supersedes: int | None = None
    is_readable: bool = True
    counts: dict[str, TableCounts] = {}
    account: FileAccount | None = None
    profile: RegisterProfile | None = None
    issues: tuple[Issue, ...] = ()


def load_register(
    root: Path, paths: Sequence[Path], *, layout: str, name: str, by: Writing
) -> Iterator[Loaded]:
    """Load files one after the other into a register, yielding each when it is on the disk.

    The Parquet files are made in a hidden folder and renamed; then the journal's entry
    describes them: killed at any moment, a file is in the register whole or not at all. The
    same bytes again are not loaded again; read with a changed layout, they take the place of
    what was read before.

    Raises:
        MisuseError: The name is none, or the layout makes no entries.
        StorageError: The medium refuses; what was yielded before stands.
    """
    require_casebook(root)
    if not is_register_name(name):
        message = f"--name {name!r} cannot name a register"
        raise MisuseError(message, hint="write 2 to 40 of a-z, 0-9 and -, a letter first")
    opened = open_layout(layout)
    form = for_register(opened, name)
    for path in paths:
        with turn_to_write(root):
            loaded = _load_file(root, path, opened, form, name=name, by=by)
        yield loaded


def _load_file(
    root: Path, path: Path, opened: LayoutFile, form: Layout, *, name: str, by: Writing
) -> Loaded:
    data = bytes_of(path)
    if isinstance(data, Issue):
        return Loaded(path=path, register=name, is_readable=False, issues=(data,))
    casebook = open_casebook(root)
    digests = {
        "source_digest": sha256_hex(data),
        "layout": form.name,
        "layout_digest": sha256_hex(opened.data),
    }
    sought = Sought(**digests, register=name, digests=frozenset({digests["source_digest"]}))
    same_as, supersedes = earlier_reading(casebook, sought)
    if same_as is not None:
        return Loaded(path=path, register=name, same_as=same_as)
    reading = LayoutReading(
        form, data, file=path.name, known=known_to(casebook, without=supersedes)
    )
    if not reading.is_readable:
        return Loaded(path=path, register=name, is_readable=False, issues=reading.issues)
    folder = register_folder(root, name) / (
        f"{digests['source_digest'][:_N_HEX]}-{digests['layout_digest'][:_N_HEX]}"
    )
    made = folder.with_name(f".{secrets.token_hex(8)}.part")
    beside: list[Record] = []
    try:
        with storage_trouble(made):
            made.mkdir(parents=True)
        store = RegisterStore(
            made, unread=form.unread, is_padded=form.serials == "padded", issues=reading.book
        )
        profile = store.write(_entries(reading, beside))
        loaded = _loaded(path, name, reading, profile, supersedes)
        if by.dry_run:
            return loaded
        files = keep_register(root, made, folder, FILES)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    payload = _payload(root, path, data, opened, (reading, beside)) | digests
    payload |= {
        "register": name,
        "source_id": form.source,
        "unread": form.unread,
        "supersedes": supersedes,
        "prefix": None,
        "files": {key: msgspec.structs.asdict(files[key]) for key in FILES},
        "profile": msgspec.to_builtins(profile),
    }
    entry = append_entry(root, kind="register", payload=payload, actor=by.actor)
    return msgspec.structs.replace(loaded, seq=entry.seq)


def _entries(reading: LayoutReading, beside: list[Record]) -> Iterator[Record]:
    """Yield the entries of the file; what it brings beside them is few, and is kept."""
    for record in reading.records():
        if record.table == ENTRIES:
            yield record
        else:
            beside.append(record)


def _loaded(
    path: Path,
    name: str,
    reading: LayoutReading,
    profile: RegisterProfile,
    supersedes: int | None,
) -> Loaded:
    return Loaded(
        path=path,
        register=name,
        supersedes=supersedes,
        counts=reading.counts,
        account=reading.account,
        profile=profile,
        issues=reading.issues,
    )


def _payload(
    root: Path,
    path: Path,
    data: bytes,
    opened: LayoutFile,
    read: tuple[LayoutReading, list[Record]],
) -> dict[str, object]:
    """Seal file, layout, and what the file brought beside entries; return what is said of them."""
    reading, beside = read
    file, layout = seal_exhibit(root, data), seal_exhibit(root, opened.data)
    lines = [record_line(root, record) for record in beside]
    lines += [issue_line(issue) for issue in reading.issues]
    records = msgspec.structs.asdict(seal_records(root, lines)) if lines else None
    return {
        "path_name": path.resolve().name,
        "reader": READER,
        "exhibits": [
            {"name": path.name, **msgspec.structs.asdict(file)},
            {"name": opened.file_name, **msgspec.structs.asdict(layout)},
        ],
        "records": records,
        "counts": {table: msgspec.structs.asdict(one) for table, one in reading.counts.items()},
        "account": msgspec.to_builtins(reading.account),
    }

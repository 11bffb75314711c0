"""``headstamp take --layout``: seals foreign files and records what a layout reads in them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from headstamp.actions.known import known_to
from headstamp.actions.take import Taken, issue_line, record_line
from headstamp.actions.turn import turn_to_write
from headstamp.actions.writing import Writing
from headstamp.casebook.opening import Casebook, open_casebook
from headstamp.intake.grids import MAX_FILE_BYTES
from headstamp.intake.layout_file import LayoutFile, open_layout
from headstamp.intake.layout_kinds import NO_LAYOUT_FILE
from headstamp.intake.layout_reading import READER, LayoutReading
from headstamp.intake.prefix import require_prefix
from headstamp.intake.register_layout import for_taking
from headstamp.intake.trouble import file_issue
from headstamp.ledger.append import append_entry
from headstamp.ledger.canonical import sha256_hex
from headstamp.ledger.keys import keyed_digest
from headstamp.ledger.layout import require_casebook
from headstamp.ledger.seal import seal_exhibit, seal_records
from headstamp.terms.errors import RefusedError
from headstamp.terms.issue import Issue


def take_files(
    root: Path,
    paths: Sequence[Path],
    *,
    layout: str,
    prefix: str | None = None,
    by: Writing,
) -> Iterator[Taken]:
    """Take files one after the other, yielding each when it is recorded and on the disk.

    The file and the layout are sealed, then the records, then the journal's entry: killed
    at any moment, a file is recorded whole or not at all. The same bytes under another name
    are the same file. Read again with a layout that was changed, they supersede what the
    earlier one read: ids stay, and nobody sees both.

    Raises:
        MisuseError: The layout is none, or makes nothing to take, or the prefix cannot begin an id.
        StorageError: The medium refuses; what was yielded before stands.
    """
    require_casebook(root)
    if prefix is not None:
        require_prefix(prefix)
    opened = for_taking(open_layout(layout))
    for path in paths:
        with turn_to_write(root):
            taken = _take_file(root, path, opened, prefix=prefix, by=by)
        yield taken


def _take_file(
    root: Path, path: Path, opened: LayoutFile, *, prefix: str | None, by: Writing
) -> Taken:
    data = bytes_of(path)
    if isinstance(data, Issue):
        return Taken(path=path, is_package=False, issues=(data,))
    casebook = open_casebook(root)
    keyed, plain = keyed_digest(root, data), sha256_hex(data)
    require_not_erased(casebook, keyed, path)
    digests = {
        "source_digest": keyed if opened.layout.is_protected else plain,
        "layout": opened.layout.name,
        "layout_digest": sha256_hex(opened.data),
    }
    sought = Sought(**digests, digests=frozenset({keyed, plain}), prefix=prefix)
    same_as, supersedes = earlier_reading(casebook, sought)
    if same_as is not None:
        return Taken(path=path, same_as=same_as)
    reading = LayoutReading(
        opened.layout,
        data,
        file=path.name,
        known=known_to(casebook, without=supersedes),
        prefix=prefix or "",
        digest=digests["source_digest"],
    )
    if not reading.is_readable:
        return Taken(path=path, is_package=False, issues=reading.issues)
    if by.dry_run:
        for _ in reading.records():
            pass
        return _taken(path, reading, supersedes)
    payload = _sealed(root, path, data, opened, reading)
    payload |= digests | {"prefix": prefix, "supersedes": supersedes}
    entry = append_entry(root, kind="intake", payload=payload, actor=by.actor)
    return msgspec.structs.replace(_taken(path, reading, supersedes), seq=entry.seq)


def _taken(path: Path, reading: LayoutReading, supersedes: int | None) -> Taken:
    return Taken(
        path=path,
        counts=reading.counts,
        issues=reading.issues,
        account=reading.account,
        supersedes=supersedes,
    )


def bytes_of(path: Path) -> bytes | Issue:
    """Return what is in the file, or why nothing can be read there."""
    said = "is no file"
    try:
        if path.is_file():
            if path.stat().st_size <= MAX_FILE_BYTES:
                return path.read_bytes()
            said = f"is larger than {MAX_FILE_BYTES:,} bytes; it was not read"
        elif not path.exists():
            said = "is not there"
    except OSError as error:
        said = f"cannot be read: {error.strerror}"
    return file_issue(NO_LAYOUT_FILE, said, file=path.name or str(path))


def require_not_erased(casebook: Casebook, keyed: str, path: Path) -> None:
    """Refuse a file of which a row was erased, with whatever layout and prefix.

    Raises:
        RefusedError: It was taken before, and its key was destroyed with a row's.
    """
    for seq, intake in casebook.intakes.items():
        if intake.source_digest != keyed:
            continue
        gone = [one.digest for one in intake.exhibits if one.digest in casebook.erased_files]
        if gone:
            erased = casebook.erased_files[gone[0]]
            message = f"{path.name}: it is the file of entry {seq}, of which a row was erased"
            message += f" by entry {erased}" if erased is not None else ""
            raise RefusedError(message, hint="take a file in which this row no longer stands")


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """Which reading of which bytes is sought: ``digests`` are all that the bytes may have.

    Bytes have two, as the layout protects some row or none: a layout that protects what an
    earlier version of it did not is a changed layout all the same.
    """

    source_digest: str
    layout: str
    layout_digest: str
    digests: frozenset[str]
    prefix: str | None = None
    register: str | None = None


def earlier_reading(casebook: Casebook, sought: Sought) -> tuple[int | None, int | None]:
    """Return the entry that read these bytes just so, else the one that this supersedes."""
    superseded = {intake.supersedes for intake in casebook.intakes.values()}
    wanted = (sought.layout, sought.prefix, sought.register)
    for seq, intake in casebook.intakes.items():
        is_like = (intake.layout, intake.prefix, intake.register) == wanted
        if seq in superseded or not is_like or intake.source_digest not in sought.digests:
            continue
        is_same = (intake.reader, intake.layout_digest) == (READER, sought.layout_digest)
        return (seq, None) if is_same else (None, seq)
    return None, None


def _sealed(
    root: Path, path: Path, data: bytes, opened: LayoutFile, reading: LayoutReading
) -> dict[str, object]:
    """Seal file, layout and records, and return what the entry says of them."""
    file = seal_exhibit(root, data, protected=opened.layout.is_protected)
    layout = seal_exhibit(root, opened.data)
    records = seal_records(root, _lines(root, reading))
    return {
        "path_name": path.resolve().name,
        "reader": READER,
        "exhibits": [
            {"name": path.name, **msgspec.structs.asdict(file)},
            {"name": opened.file_name, **msgspec.structs.asdict(layout)},
        ],
        "records": msgspec.structs.asdict(records),
        "counts": {table: msgspec.structs.asdict(count) for table, count in reading.counts.items()},
        "account": msgspec.to_builtins(reading.account),
    }


def _lines(root: Path, reading: LayoutReading) -> Iterator[dict[str, object]]:
    for record in reading.records():
        yield record_line(root, record)
    for issue in reading.issues:
        yield issue_line(issue)

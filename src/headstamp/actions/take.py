"""``headstamp take``: seals the files of case packages and records what they say."""

from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import msgspec

from headstamp.actions.known import known_to
from headstamp.actions.turn import turn_to_write
from headstamp.actions.writing import Writing
from headstamp.casebook.opening import Casebook, open_casebook
from headstamp.casebook.recorded import row_digest
from headstamp.intake.layout_account import FileAccount
from headstamp.intake.package import read_package
from headstamp.intake.reading import PackageFile, PackageReading, Record, TableCounts
from headstamp.ledger.append import append_entry
from headstamp.ledger.canonical import canonical_json, sha256_hex
from headstamp.ledger.keys import keyed_digest, seal_envelope
from headstamp.ledger.layout import require_casebook
from headstamp.ledger.seal import seal_exhibit, seal_records
from headstamp.terms.errors import RefusedError
from headstamp.terms.evidence import ID_COLUMNS
from headstamp.terms.issue import Issue

READER = "case-package/1"
_LOOKED_AT = frozenset({"error", "warning"})


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one path; ``seq`` is None where nothing was recorded.

    ``same_as`` is the entry that took these very bytes before; ``is_package`` is false
    where the path held nothing to take, and ``issues`` says why. Of a file that a layout
    read, ``account`` says what became of its cells, and ``supersedes`` is the entry that
    had read the same bytes with an earlier version of the layout.
    """

    path: Path
    seq: int | None = None
    same_as: int | None = None
    is_package: bool = True
    counts: dict[str, TableCounts] = {}
    issues: tuple[Issue, ...] = ()
    account: FileAccount | None = None
    supersedes: int | None = None

    @property
    def needs_look(self) -> bool:
        """Whether a row or value was refused, or should be looked at."""
        return any(issue.severity in _LOOKED_AT for issue in self.issues)


def take(
    root: Path,
    paths: Sequence[Path],
    *,
    prefix: str | None = None,
    by: Writing,
) -> Iterator[Taken]:
    """Take packages one after the other, yielding each when it is recorded and on the disk.

    Files are sealed first, then the records, then the journal's entry: killed at any
    moment, either the package is recorded whole or there is no trace of it in the journal.
    The same bytes again are not recorded, unless a ``prefix`` is given: then rows that
    were refused before may be taken under another id.

    Raises:
        MisuseError: A path holds no case package.
        StorageError: The medium refuses; what was yielded before stands.
    """
    require_casebook(root)
    for path in paths:
        with turn_to_write(root):
            taken = _take_one(root, path, prefix=prefix, by=by)
        yield taken


def _take_one(root: Path, path: Path, *, prefix: str | None, by: Writing) -> Taken:
    casebook = open_casebook(root)
    reading = read_package(path, known=known_to(casebook), prefix=prefix)
    read = Taken(path=path, counts=reading.counts, issues=reading.issues)
    if not reading.files:
        return msgspec.structs.replace(read, is_package=False)
    digest = _source_digest(root, reading.files)
    same_as = _same_bytes(casebook, digest, prefix)
    if same_as is not None:
        return Taken(path=path, same_as=same_as)
    _require_not_erased(casebook, reading.records, prefix)
    if by.dry_run:
        return read
    payload = _sealed(root, path, reading) | {"prefix": prefix, "source_digest": digest}
    entry = append_entry(root, kind="intake", payload=payload, actor=by.actor)
    return msgspec.structs.replace(read, seq=entry.seq)


def _require_not_erased(casebook: Casebook, records: Sequence[Record], prefix: str | None) -> None:
    """Refuse a package that would bring back what was erased, under whatever prefix."""
    erased = casebook.decisions.erased
    if not erased:
        return
    earlier = {intake.prefix for intake in casebook.intakes.values() if intake.prefix}
    for record in records:
        if (record.table, record.row_id) in casebook.rows:
            continue
        for row_id in _ids_of(record, prefix, earlier):
            seq = erased.get(row_digest(casebook.root, record.table, row_id))
            if seq is not None:
                message = f"{record.file} row {record.row}: this id was erased by entry {seq}"
                hint = "leave the row out of the package; a prefix does not bring it back"
                raise RefusedError(message, hint=hint)


def _ids_of(record: Record, prefix: str | None, earlier: set[str]) -> set[str]:
    """Return every id that the row has, has without its prefix, or had under an earlier one.

    An id of several parts carries the prefix in any of them: each is tried with and without.
    """
    parts = [str(record.values[column]) for column in ID_COLUMNS[record.table]]
    bare = [(part, part.removeprefix(prefix or "")) for part in parts]
    spelled = [{*both, *(before + part for before in earlier for part in both)} for both in bare]
    return {":".join(chosen) for chosen in product(*spelled)}


def _source_digest(root: Path, files: Sequence[PackageFile]) -> str:
    """Return the digest of all files by name; of protected ones their keyed digest counts."""
    listed = sorted(
        [
            file.name,
            keyed_digest(root, file.data) if file.is_protected else sha256_hex(file.data),
        ]
        for file in files
    )
    return sha256_hex(canonical_json(listed))


def _same_bytes(casebook: Casebook, digest: str, prefix: str | None) -> int | None:
    """Return the entry that took these very bytes already, under this prefix."""
    for seq, intake in casebook.intakes.items():
        if (intake.source_digest, intake.prefix, intake.reader) == (digest, prefix, READER):
            return seq
    return None


def _sealed(root: Path, path: Path, reading: PackageReading) -> dict[str, object]:
    """Seal files and records, and return what the entry says of them."""
    exhibits = []
    for file in reading.files:
        sealed = seal_exhibit(root, file.data, protected=file.is_protected)
        exhibits.append({"name": file.name, **msgspec.structs.asdict(sealed)})
    lines = [record_line(root, record) for record in (*reading.records, *reading.photos)]
    lines += [issue_line(issue) for issue in reading.issues]
    records = msgspec.structs.asdict(seal_records(root, lines)) if lines else None
    return {
        "path_name": path.resolve().name,
        "reader": READER,
        "layout": None,
        "exhibits": exhibits,
        "records": records,
        "counts": {table: msgspec.structs.asdict(count) for table, count in reading.counts.items()},
    }


def record_line(root: Path, record: Record) -> dict[str, object]:
    """Return a record as its line; a protected one sealed under a key of its own."""
    line: dict[str, object] = {
        "type": "row",
        "table": record.table,
        "row_id": record.row_id,
        "file": record.file,
        "row": record.row,
        "values": dict(record.values),
        "notes": dict(record.notes),
    }
    if not record.is_protected:
        return line
    return {
        "type": "sealed",
        "table": record.table,
        "file": record.file,
        "row": record.row,
        "row_digest": row_digest(root, record.table, record.row_id),
        "envelope": seal_envelope(root, canonical_json(line)),
    }


def issue_line(issue: Issue) -> dict[str, object]:
    """Return an issue as its line among the sealed records."""
    return {"type": "issue", **msgspec.structs.asdict(issue)}

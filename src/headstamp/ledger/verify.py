"""Is everything in the casebook still what was recorded? If not, what is wrong first?"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from headstamp.ledger.database import reading
from headstamp.ledger.digests import Fault, fault_in
from headstamp.ledger.entries import KINDS, Entry, entries_in
from headstamp.ledger.keys import has_key
from headstamp.ledger.layout import (
    EXHIBITS,
    JOURNAL,
    RECORDS,
    REGISTERS,
    exhibit_path,
    records_path,
)
from headstamp.ledger.named import Named, NamedExhibit, NamedFile, NamedRecords, named_by
from headstamp.ledger.register_files import register_file_problem
from headstamp.ledger.seal import exhibit_problem, records_problem, row_keys
from headstamp.ledger.storage import storage_trouble
from headstamp.terms.errors import BrokenJournalError
from headstamp.terms.register import RegisterFile


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """What a verification found, up to the first thing that is wrong.

    ``problem`` and ``place`` are None when nothing is; a place is ``journal.sqlite``,
    ``entry 7``, ``exhibit`` or ``records`` and a digest. ``n_erased`` counts the keys that
    erasure entries destroyed. ``head_hash`` is the last sound entry's: kept elsewhere, it
    shows later that no entries were cut off the end, which nothing inside can show.
    """

    n_entries: int
    n_exhibits: int
    n_records: int
    n_erased: int
    problem: str | None
    place: str | None
    notes: tuple[str, ...]
    head_hash: str | None


class _Findings(msgspec.Struct, kw_only=True):
    """What has been found so far; ``erased`` and ``sealed_under`` are by key id."""

    place: str = JOURNAL
    entries: list[tuple[Entry, Named]] = msgspec.field(default_factory=list)
    erased: dict[str, int] = msgspec.field(default_factory=dict)
    sealed_under: dict[str, str] = msgspec.field(default_factory=dict)
    exhibits: set[NamedExhibit] = msgspec.field(default_factory=set)
    records: set[NamedRecords] = msgspec.field(default_factory=set)
    files: set[str] = msgspec.field(default_factory=set)
    notes: list[str] = msgspec.field(default_factory=list)


def verify_casebook(root: Path) -> Verification:
    """Return whether the journal and every file it names are as recorded.

    First the chain, entry by entry; then keys, exhibits and records in journal order.
    Files that no entry names are noted and not wrong: a program killed between sealing
    and recording leaves them. Nor is content wrong whose key an erasure destroyed.

    Raises:
        NoCasebookError: The folder holds no casebook.
        StorageError: The medium refuses to be read.
    """
    findings = _Findings()
    fault = _fault_in_journal(root, findings) or _fault_in_sealed(root, findings)
    if fault is None:
        findings.notes += [*_erasures(root, findings), *_unnamed(root, findings)]
    return Verification(
        n_entries=len(findings.entries),
        n_exhibits=len({exhibit.digest for exhibit in findings.exhibits}),
        n_records=len({records.stored_digest for records in findings.records}),
        n_erased=len(findings.erased),
        problem=None if fault is None else fault.problem,
        place=None if fault is None else fault.place,
        notes=tuple(findings.notes),
        head_hash=findings.entries[-1][0].hash if findings.entries else None,
    )


def _fault_in_journal(root: Path, findings: _Findings) -> Fault | None:
    """Return the first wrong entry; what cannot be read at all is wrong where it stands."""
    try:
        with reading(root) as connection:
            findings.place = "entry 1"
            for entry in entries_in(connection):
                previous = findings.entries[-1][0] if findings.entries else None
                named = fault_in(entry, previous=previous) or named_by(entry)
                if isinstance(named, Fault):
                    return named
                _gather(entry, named, findings)
    except BrokenJournalError as error:
        problem = error.message.removeprefix(f"{findings.place}: ")
        return Fault(place=findings.place, problem=problem)
    return None


def _gather(entry: Entry, named: Named, findings: _Findings) -> None:
    findings.entries.append((entry, named))
    findings.place = f"entry {entry.seq + 1}"
    for key_id in named.keys:
        findings.erased.setdefault(key_id, entry.seq)
    if entry.kind not in KINDS:
        findings.notes.append(f"entry {entry.seq}: {entry.kind!r} is no kind we know")


def _fault_in_sealed(root: Path, findings: _Findings) -> Fault | None:
    """Return the first key, exhibit or records file that is not as its entry says."""
    for entry, named in findings.entries:
        place = f"entry {entry.seq}"
        fault = _key_fault(root, named.key_id, place, findings)
        for exhibit in named.exhibits:
            fault = fault or _exhibit_fault(root, exhibit, findings)
        fault = fault or _records_fault(root, named.records, findings)
        for file in named.files.values():
            fault = fault or _file_fault(root, file, findings)
        if fault is not None:
            return fault
    return None


def _exhibit_fault(root: Path, exhibit: NamedExhibit, findings: _Findings) -> Fault | None:
    if exhibit in findings.exhibits:
        return None
    findings.exhibits.add(exhibit)
    place = f"exhibit {exhibit.digest}"
    problem = exhibit_problem(root, exhibit.digest)
    if problem is None and exhibit.key_id is None and exhibit.plain_digest != exhibit.digest:
        problem = "is not protected, yet its entry gives another plain_digest"
    if problem is not None:
        return Fault(place=place, problem=problem)
    return _key_fault(root, exhibit.key_id, place, findings)


def _records_fault(root: Path, records: NamedRecords | None, findings: _Findings) -> Fault | None:
    if records is None or records in findings.records:
        return None
    findings.records.add(records)
    place = f"records {records.stored_digest}"
    problem = records_problem(root, records.stored_digest, plain_digest=records.plain_digest)
    if problem is not None:
        return Fault(place=place, problem=problem)
    faults = (
        _key_fault(root, key_id, place, findings)
        for key_id in row_keys(root, records.stored_digest, plain_digest=records.plain_digest)
    )
    return next((fault for fault in faults if fault is not None), None)


def _file_fault(root: Path, file: NamedFile, findings: _Findings) -> Fault | None:
    findings.files.add(file.path)
    held = RegisterFile(path=file.path, digest=file.digest, size_bytes=file.size_bytes)
    problem = register_file_problem(root, held)
    return None if problem is None else Fault(place=file.path, problem=problem)


def _key_fault(root: Path, key_id: str | None, place: str, findings: _Findings) -> Fault | None:
    if key_id is None:
        return None
    findings.sealed_under.setdefault(key_id, place)
    if key_id in findings.erased or has_key(root, key_id):
        return None
    return Fault(place=place, problem=f"key {key_id} is missing, and no erasure entry says why")


def _erasures(root: Path, findings: _Findings) -> Iterator[str]:
    """Say of each destroyed key what it made unreadable, and which entry says so."""
    for key_id, seq in findings.erased.items():
        place = findings.sealed_under.get(key_id, f"key {key_id}")
        if has_key(root, key_id):
            yield f"{place}: entry {seq} erases it, but key {key_id} is there; erase it again"
        else:
            yield f"{place}: erased by entry {seq}"


def _unnamed(root: Path, findings: _Findings) -> Iterator[str]:
    """Name the files among the sealed ones that no entry speaks of."""
    named = {exhibit_path(root, exhibit.digest) for exhibit in findings.exhibits}
    named |= {records_path(root, records.stored_digest) for records in findings.records}
    named |= {root / path for path in findings.files}
    with storage_trouble(root):
        for folder in (root / EXHIBITS, root / RECORDS, root / REGISTERS):
            for path in sorted(folder.rglob("*")):
                if path not in named and not path.is_dir():
                    yield f"{path.relative_to(root).as_posix()}: no entry names it"

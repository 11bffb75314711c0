"""``headstamp erase``: destroys the keys of a protected row; the chain stands."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from headstamp.actions.turn import turn_to_write
from headstamp.actions.wording import require_text
from headstamp.actions.writing import Writing
from headstamp.casebook.difference import difference
from headstamp.casebook.kept import forget
from headstamp.casebook.names import Named, name_of
from headstamp.casebook.opening import Casebook, conclude_from, open_casebook
from headstamp.casebook.recorded import Intake, RecordedRow, SealedExhibit, row_digest
from headstamp.ledger.append import append_entry
from headstamp.ledger.keys import destroy_key, has_key
from headstamp.ledger.seal import read_exhibit
from headstamp.terms.errors import RefusedError, UnknownIdError
from headstamp.terms.evidence import ID_COLUMNS, TABLES, Evidence
from headstamp.terms.table import Table

EXHIBITS = "exhibits"


class ErasedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A sealed file whose key goes, and how many rows that stay on record lose it."""

    name: str
    seq: int
    n_rows: int


class Erased(msgspec.Struct, frozen=True, kw_only=True):
    """What was erased (``seq`` None: a dry run): keys, files, and what follows from it."""

    seq: int | None
    n_keys: int
    files: tuple[ErasedFile, ...]
    changes: Table


class _Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What is to go: the row by table and id for the journal, its key, and sealed files."""

    table: str
    journal_id: str
    row_key: str | None
    files: tuple[tuple[int, SealedExhibit], ...]
    named: Named | None

    @property
    def keys(self) -> set[str]:
        found = {self.row_key} | {exhibit.key_id for _, exhibit in self.files}
        return {key_id for key_id in found if key_id is not None}


def erase_row(
    root: Path,
    text: str,
    *,
    reason: str,
    by: Writing,
) -> Erased:
    """Destroy the key of a protected row and of every sealed file that holds its id.

    The entry is written first, so that a run that is killed can be completed by any later
    ``erase``; the row's id stands in the journal as a keyed digest only. ``text`` may also
    be the digest of a protected exhibit.

    Raises:
        RefusedError: The row or exhibit is not protected, or was erased before.
        UnknownIdError: Nothing on record has this id.
    """
    require_text(reason, option="--reason")
    with turn_to_write(root):
        casebook = open_casebook(root, today=by.today)
        _complete(casebook)
        plan = _plan(casebook, text)
        after = _without(casebook.evidence, plan.named)
        changes = difference(casebook, conclude_from(after))
        files = tuple(_erased_file(casebook, plan, *sealed) for sealed in plan.files)
        seq = None
        if not by.dry_run:
            payload = {
                "table": plan.table,
                "id": plan.journal_id,
                "reason": reason,
                "keys": sorted(plan.keys),
            }
            seq = append_entry(root, kind="erasure", payload=payload, actor=by.actor).seq
            for key_id in plan.keys:
                destroy_key(root, key_id)
            forget(root)
    return Erased(seq=seq, n_keys=len(plan.keys), files=files, changes=changes)


def _complete(casebook: Casebook) -> None:
    """Destroy what an earlier erasure recorded and was killed before destroying."""
    for entry in casebook.entries:
        if entry.kind == "erasure":
            forget(casebook.root)
            for key_id in msgspec.convert(entry.content()["keys"], tuple[str, ...]):
                if has_key(casebook.root, key_id):
                    destroy_key(casebook.root, key_id)


def _plan(casebook: Casebook, text: str) -> _Plan:
    """Return what goes with a row, or with the digest of a protected file."""
    for seq, exhibit in _exhibits(casebook):
        if text == exhibit.digest:
            _key_of(exhibit.key_id, f"exhibit {text}")
            return _Plan(
                table=EXHIBITS,
                journal_id=exhibit.digest,
                row_key=None,
                files=((seq, exhibit),),
                named=None,
            )
    named = _named(casebook, text)
    row = casebook.rows.get((named.table, named.row_id))
    key_id = _key_of(None if row is None else row.key_id, repr(text))
    return _Plan(
        table=named.table,
        journal_id=row_digest(casebook.root, named.table, named.row_id),
        row_key=key_id,
        files=tuple(_files_of(casebook, named)),
        named=named,
    )


def _erased_file(casebook: Casebook, plan: _Plan, seq: int, exhibit: SealedExhibit) -> ErasedFile:
    own = None if plan.named is None else (plan.named.table, plan.named.row_id)
    losing = [
        row
        for key, row in casebook.rows.items()
        if key != own and (row.whereabouts.exhibit == exhibit.digest or _shows(row, seq, exhibit))
    ]
    return ErasedFile(name=exhibit.name, seq=seq, n_rows=len(losing))


def _shows(row: RecordedRow, seq: int, exhibit: SealedExhibit) -> bool:
    return (row.whereabouts.seq, row.values.get("exhibit")) == (seq, exhibit.name)


def _named(casebook: Casebook, text: str) -> Named:
    try:
        return name_of(casebook, text)
    except UnknownIdError as error:
        for table in TABLES:
            seq = casebook.decisions.erased.get(row_digest(casebook.root, table, text))
            if seq is not None:
                message = f"{text!r} was erased by entry {seq}; nothing is left to erase"
                raise RefusedError(message, hint="`headstamp verify` shows it") from error
        raise


def _key_of(key_id: str | None, what: str) -> str:
    if key_id is None:
        message = f"{what} is not protected: it was sealed for good and cannot be erased"
        raise RefusedError(message, hint="`headstamp withdraw` makes it not count")
    return key_id


def _exhibits(casebook: Casebook) -> Iterator[tuple[int, SealedExhibit]]:
    for seq, intake in casebook.intakes.items():
        yield from ((seq, exhibit) for exhibit in intake.exhibits)


def _files_of(casebook: Casebook, named: Named) -> Iterator[tuple[int, SealedExhibit]]:
    """Yield all protected files that may hold the row, in whichever intake.

    A file taken again beside a changed package is sealed again, so every protected file
    is opened and searched for the id, as it was written there. One file too many loses
    nothing but its bytes: its other rows live on in the sealed records.
    """
    row = casebook.rows[named.table, named.row_id]
    parts = [str(row.values[column]) for column in ID_COLUMNS[named.table]]
    for seq, exhibit in _exhibits(casebook):
        if exhibit.key_id is None or not has_key(casebook.root, exhibit.key_id):
            continue
        intake = casebook.intakes[seq]
        if _shows(row, seq, exhibit) or _holds(casebook.root, exhibit, intake, parts):
            yield seq, exhibit


def _holds(root: Path, exhibit: SealedExhibit, intake: Intake, parts: list[str]) -> bool:
    data = read_exhibit(root, exhibit.digest, key_id=exhibit.key_id)
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            texts = [archive.read(name) for name in archive.namelist()]
    else:
        texts = [data]
    prefix = intake.prefix or ""
    wanted = [part.removeprefix(prefix).encode() for part in parts]
    return any(all(part in text for part in wanted) for text in texts)


def _without(evidence: Evidence, named: Named | None) -> Evidence:
    if named is None:
        return evidence
    rows = {
        row_id: row for row_id, row in evidence.rows(named.table).items() if row_id != named.row_id
    }
    gone = evidence.withdrawn
    if named.table == "sources":
        gone |= {("sources", named.row_id)}
    changed = msgspec.structs.replace(evidence, withdrawn=gone)
    return msgspec.structs.replace(changed, **{named.table: rows})

"""``headstamp erase``: destroys the keys of a protected row; the chain stands."""

from pathlib import Path

import msgspec

from headstamp.actions.sealed_copies import Place, copies_of, exhibit_named, files_of, shows
from headstamp.actions.turn import turn_to_write
from headstamp.actions.wording import require_text
from headstamp.actions.writing import Writing
from headstamp.casebook.difference import difference
from headstamp.casebook.kept import forget
from headstamp.casebook.names import Named, name_of
from headstamp.casebook.opening import Casebook, conclude_from, open_casebook
from headstamp.casebook.recorded import SealedExhibit, row_digest
from headstamp.ledger.append import append_entry
from headstamp.ledger.keys import destroy_key, has_key
from headstamp.terms.errors import RefusedError, UnknownIdError
from headstamp.terms.evidence import TABLES, Evidence
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
    """What is to go: the row by table and id for the journal, sealed files, and all keys."""

    table: str
    journal_id: str
    files: tuple[Place, ...]
    keys: frozenset[str]
    named: Named | None


def erase_row(
    root: Path,
    text: str,
    *,
    reason: str,
    by: Writing,
) -> Erased:
    """Destroy the key of a protected row and of every sealed file that holds or shows it.

    The entry is written first, so that a run that is killed can be completed by any later
    ``erase``; the row's id stands in the journal as a keyed digest only. ``text`` may also
    be the digest of a protected exhibit, or its first 12 digits: then every copy of it goes,
    and with a photo what was read in it.

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
    found = exhibit_named(casebook, text)
    if found is not None:
        return _plan_of_exhibit(casebook, found)
    named = _named(casebook, text)
    row = casebook.rows.get((named.table, named.row_id))
    if row is None or row.key_id is None:
        raise _not_protected(repr(text))
    files = tuple(files_of(casebook, row))
    return _Plan(
        table=named.table,
        journal_id=row_digest(casebook.root, named.table, named.row_id),
        files=files,
        keys=_keys_of(casebook, files) | {row.key_id},
        named=named,
    )


def _plan_of_exhibit(casebook: Casebook, exhibit: SealedExhibit) -> _Plan:
    if exhibit.key_id is None:
        raise _not_protected(f"exhibit {exhibit.digest}")
    if exhibit.digest in casebook.erased_files:
        message = f"exhibit {exhibit.digest} was erased; nothing is left to erase"
        raise RefusedError(message, hint="`headstamp verify` shows by which entry")
    files = tuple(copies_of(casebook, exhibit))
    keys = _keys_of(casebook, files)
    return _Plan(table=EXHIBITS, journal_id=exhibit.digest, files=files, keys=keys, named=None)


def _keys_of(casebook: Casebook, files: tuple[Place, ...]) -> frozenset[str]:
    """Return the keys of sealed files, and of what was read in the photos among them."""
    keys = {exhibit.key_id for _, exhibit in files if exhibit.key_id is not None}
    digests = {exhibit.digest for _, exhibit in files}
    keys |= {photo.key_id for photo in casebook.photos if photo.exhibit in digests}
    return frozenset(keys)


def _erased_file(casebook: Casebook, plan: _Plan, seq: int, exhibit: SealedExhibit) -> ErasedFile:
    own = None if plan.named is None else (plan.named.table, plan.named.row_id)
    losing = [
        row
        for key, row in casebook.rows.items()
        if key != own and (row.whereabouts.exhibit == exhibit.digest or shows(row, seq, exhibit))
    ]
    return ErasedFile(name=exhibit.name, seq=seq, n_rows=len(losing))


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


def _not_protected(what: str) -> RefusedError:
    message = f"{what} is not protected: it was sealed for good and cannot be erased"
    return RefusedError(message, hint="`headstamp withdraw` makes it not count")


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

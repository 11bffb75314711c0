"""Which rows were taken? The sealed records of every intake, opened and in order."""

from pathlib import Path
from typing import Any

import msgspec

from headstamp.intake.reading import PHOTO_DETAILS
from headstamp.ledger.canonical import canonical_json
from headstamp.ledger.entries import Entry
from headstamp.ledger.keys import keyed_digest, open_envelope
from headstamp.ledger.seal import read_records
from headstamp.terms.errors import ErasedError
from headstamp.terms.issue import Issue
from headstamp.terms.row import Whereabouts

RowKey = tuple[str, str]
"""(table, id)"""


class SealedExhibit(msgspec.Struct, frozen=True, kw_only=True):
    """One file of one intake, as its entry names it; ``key_id`` only where it is protected."""

    name: str
    digest: str
    size_bytes: int
    plain_digest: str
    key_id: str | None = None


class SealedLines(msgspec.Struct, frozen=True, kw_only=True):
    """The sealed records of one intake, as its entry names them."""

    stored_digest: str
    plain_digest: str
    size_bytes: int
    n_lines: int


class Intake(msgspec.Struct, frozen=True, kw_only=True):
    """The payload of an ``intake`` entry: one package, or one file read with a layout.

    ``layout`` is the layout's name; ``supersedes`` the entry whose rows no longer stand.
    ``account`` says what became of the file's rows and cells.
    """

    path_name: str
    reader: str
    source_digest: str
    exhibits: tuple[SealedExhibit, ...] = ()
    records: SealedLines | None = None
    layout: str | None = None
    layout_digest: str | None = None
    prefix: str | None = None
    supersedes: int | None = None
    counts: dict[str, Any] = {}
    account: dict[str, Any] = {}


class RecordedRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row as it was taken: exact values, unknown columns as notes, and its place.

    ``key_id`` is of the envelope that holds the row, where it is protected.
    """

    table: str
    row_id: str
    values: dict[str, Any]
    whereabouts: Whereabouts
    notes: dict[str, str] = {}
    key_id: str | None = None


class SealedPhoto(msgspec.Struct, frozen=True, kw_only=True):
    """What a device wrote into a photo, as sealed: opened by ``photo_details`` and nowhere else.

    ``file`` is its name in the package, ``exhibit`` the digest of the sealed file, which is
    the whole zip where the package was one.
    """

    file: str
    exhibit: str
    seq: int
    key_id: str
    envelope: dict[str, object]


class Recorded(msgspec.Struct, kw_only=True):
    """All that the intakes brought, rows in the order in which they were first recorded."""

    rows: dict[RowKey, RecordedRow] = {}
    issues: list[tuple[int, Issue]] = []
    intakes: dict[int, Intake] = {}
    photos: list[SealedPhoto] = []
    n_erased: int = 0


def intake_of(entry: Entry) -> Intake:
    """Return what an ``intake`` entry says."""
    return msgspec.convert(entry.content(), Intake)


def row_digest(root: Path, table: str, row_id: str) -> str:
    """Return the keyed digest by which a protected row is known once its content is gone."""
    return keyed_digest(root, canonical_json([table, row_id]))


def id_for_journal(root: Path, table: str, row_id: str, *, is_protected: bool) -> str:
    """Return how the journal names a row: its id, or the keyed digest of a protected row's."""
    return row_digest(root, table, row_id) if is_protected else row_id


def read_recorded(root: Path, entries: tuple[Entry, ...], *, erased: frozenset[str]) -> Recorded:
    """Return the rows and issues of all intakes; erased rows are counted and left out.

    The first content of an id stands: intake refuses another one, and the journal's
    order decides between two writers.

    Raises:
        BrokenJournalError: Records are missing or are not what was sealed.
    """
    recorded = Recorded()
    recorded.intakes = {e.seq: intake_of(e) for e in entries if e.kind == "intake"}
    superseded = {intake.supersedes for intake in recorded.intakes.values()}
    for seq, intake in recorded.intakes.items():
        if seq not in superseded:
            _read_intake(root, intake, seq=seq, erased=erased, recorded=recorded)
    return recorded


def _read_intake(
    root: Path, intake: Intake, *, seq: int, erased: frozenset[str], recorded: Recorded
) -> None:
    if intake.records is None:
        return
    exhibits = {exhibit.name: exhibit.digest for exhibit in intake.exhibits}
    lines = read_records(
        root, intake.records.stored_digest, plain_digest=intake.records.plain_digest
    )
    for line in lines:
        if line["type"] == "issue":
            recorded.issues.append((seq, _issue_of(line)))
            continue
        if line["table"] == PHOTO_DETAILS:
            recorded.photos.append(_photo_of(line, exhibits=exhibits, seq=seq))
            continue
        opened = _opened(root, line, erased=erased)
        if opened is None:
            recorded.n_erased += 1
            continue
        row = _row_of(opened, exhibits=exhibits, seq=seq, key_id=_key_id(line))
        recorded.rows.setdefault((row.table, row.row_id), row)


def _opened(
    root: Path, line: dict[str, object], *, erased: frozenset[str]
) -> dict[str, object] | None:
    """Return the row line, out of its envelope where it is protected; None where erased."""
    if line["type"] != "sealed":
        return line
    if line["row_digest"] in erased:
        return None
    try:
        plain = open_envelope(root, _envelope(line))
    except ErasedError:
        return None
    return msgspec.json.decode(plain, type=dict[str, object])


def _envelope(line: dict[str, object]) -> dict[str, object]:
    return msgspec.convert(line["envelope"], dict[str, object])


def _key_id(line: dict[str, object]) -> str | None:
    return str(_envelope(line)["key_id"]) if line["type"] == "sealed" else None


def _row_of(
    line: dict[str, object], *, exhibits: dict[str, str], seq: int, key_id: str | None
) -> RecordedRow:
    file, row = str(line["file"]), msgspec.convert(line["row"], int)
    whereabouts = Whereabouts(file=file, row=row, exhibit=_digest_of(file, exhibits), seq=seq)
    return RecordedRow(
        table=str(line["table"]),
        row_id=str(line["row_id"]),
        values=msgspec.convert(line["values"], dict[str, Any]),
        notes=msgspec.convert(line.get("notes") or {}, dict[str, str]),
        whereabouts=whereabouts,
        key_id=key_id,
    )


def _photo_of(line: dict[str, object], *, exhibits: dict[str, str], seq: int) -> SealedPhoto:
    file, envelope = str(line["file"]), _envelope(line)
    return SealedPhoto(
        file=file,
        exhibit=_digest_of(file, exhibits),
        seq=seq,
        key_id=str(envelope["key_id"]),
        envelope=envelope,
    )


def _digest_of(file: str, exhibits: dict[str, str]) -> str:
    """Return the digest of a file; of a zip the whole is the one exhibit, its files within."""
    return exhibits.get(file) or (next(iter(exhibits.values())) if len(exhibits) == 1 else "")


def _issue_of(line: dict[str, object]) -> Issue:
    return msgspec.convert({name: cell for name, cell in line.items() if name != "type"}, Issue)

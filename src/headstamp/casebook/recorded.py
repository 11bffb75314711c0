"""Which rows were taken? The sealed records of every intake, opened and in order."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from headstamp.intake.reading import PHOTO_DETAILS
from headstamp.ledger.canonical import canonical_json
from headstamp.ledger.entries import Entry
from headstamp.ledger.keys import keyed_digest, open_envelope
from headstamp.ledger.seal import read_lines, require_stored
from headstamp.terms.errors import BrokenJournalError, ErasedError
from headstamp.terms.issue import Issue, Severity
from headstamp.terms.register import RegisterFile, RegisterProfile
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
    ``account`` says what became of the file's rows and cells. Of an entry that loaded a
    file into a ``register``, ``files`` are its Parquet files.
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
    register: str | None = None
    source_id: str | None = None
    unread: str = ""
    files: dict[str, RegisterFile] = {}
    profile: RegisterProfile | None = None
    counts: dict[str, Any] = {}
    account: dict[str, Any] = {}


class RecordedRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
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
    envelope: dict[str, str]


class Recorded(msgspec.Struct, kw_only=True):
    """All that the intakes brought, rows in the order in which they were first recorded."""

    rows: dict[RowKey, RecordedRow] = {}
    issues: list[tuple[int, Issue]] = []
    photos: list[SealedPhoto] = []
    n_erased: int = 0


class _RowLine(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag_field="type", tag="row"):
    """A line that holds a row."""

    table: str
    row_id: str
    file: str
    row: int
    values: dict[str, Any]
    notes: dict[str, str] | None = None


class _SealedLine(
    msgspec.Struct, frozen=True, kw_only=True, gc=False, tag_field="type", tag="sealed"
):
    """A line that holds a protected row, or what a photo tells, under a key of its own."""

    table: str
    file: str
    row_digest: str
    envelope: dict[str, str]


class _IssueLine(
    msgspec.Struct, frozen=True, kw_only=True, gc=False, tag_field="type", tag="issue"
):
    """A line that holds what the intake reported."""

    code: str
    severity: Severity
    message: str
    hint: str = ""
    file: str | None = None
    row: int | None = None
    column: str | None = None
    raw: str | None = None


_Line = _RowLine | _SealedLine | _IssueLine
_LINES = msgspec.json.Decoder(_Line)
_ROW = msgspec.json.Decoder(_RowLine)


BRINGING = frozenset({"intake", "register"})
"""Kinds of entries that bring rows: a package or file taken, a table loaded."""


def intake_of(entry: Entry) -> Intake:
    """Return what an ``intake`` entry says."""
    return msgspec.convert(entry.content(), Intake)


def row_digest(root: Path, table: str, row_id: str) -> str:
    """Return the keyed digest by which a protected row is known once its content is gone."""
    return keyed_digest(root, canonical_json([table, row_id]))


def id_for_journal(root: Path, table: str, row_id: str, *, is_protected: bool) -> str:
    """Return how the journal names a row: its id, or the keyed digest of a protected row's."""
    return row_digest(root, table, row_id) if is_protected else row_id


def read_intakes(root: Path, entries: tuple[Entry, ...]) -> dict[int, Intake]:
    """Return what the ``intake`` entries say, by seq; their sealed records are what was sealed.

    The records are hashed as they are stored and not read: that is for whoever needs rows.

    Raises:
        BrokenJournalError: Records are missing or are not what was sealed.
    """
    intakes = {entry.seq: intake_of(entry) for entry in entries if entry.kind in BRINGING}
    for intake in intakes.values():
        if intake.records is not None:
            require_stored(root, intake.records.stored_digest)
    return intakes


def read_recorded(
    root: Path,
    intakes: dict[int, Intake],
    *,
    erased: frozenset[str],
    tables: frozenset[str] = frozenset(),
) -> Recorded:
    """Return the rows and issues of all intakes; erased rows are counted and left out.

    Args:
        tables: Only rows of these tables are read, and no issues; none: everything is.

    The first content of an id stands: intake refuses another one, and the journal's
    order decides between two writers.

    Raises:
        BrokenJournalError: Records are missing or are not what was sealed.
    """
    recorded = Recorded()
    superseded = {intake.supersedes for intake in intakes.values()}
    for seq, intake in intakes.items():
        if seq not in superseded:
            lines = _lines_of(root, intake, tables)
            _read_intake(root, intake, lines, seq=seq, erased=erased, recorded=recorded)
    return recorded


def _lines_of(root: Path, intake: Intake, tables: frozenset[str]) -> list[_Line]:
    if intake.records is None:
        return []
    return read_lines(
        root,
        intake.records.stored_digest,
        plain_digest=intake.records.plain_digest,
        decoder=_LINES,
        only=[b'"table":"%s"' % table.encode() for table in sorted(tables)],
    )


def _read_intake(
    root: Path,
    intake: Intake,
    lines: Iterable[_Line],
    *,
    seq: int,
    erased: frozenset[str],
    recorded: Recorded,
) -> None:
    places = _Places(intake, seq)
    for line in lines:
        if isinstance(line, _RowLine):
            row: RecordedRow | None = places.row_of(line)
        elif isinstance(line, _SealedLine) and line.table == PHOTO_DETAILS:
            recorded.photos.append(places.photo_of(line))
            continue
        elif isinstance(line, _SealedLine):
            row = _opened(root, line, erased=erased, places=places)
            recorded.n_erased += row is None
        else:
            recorded.issues.append((seq, Issue(**msgspec.structs.asdict(line))))
            continue
        if row is not None:
            recorded.rows.setdefault((row.table, row.row_id), row)


class _Places:
    """Where the rows of one intake were read, by the file that each names."""

    def __init__(self, intake: Intake, seq: int) -> None:
        self._seq = seq
        self._exhibits = {exhibit.name: exhibit.digest for exhibit in intake.exhibits}
        # Of a zip the whole file is the one exhibit; its rows name the table's file within.
        whole = next(iter(self._exhibits.values())) if len(self._exhibits) == 1 else ""
        self._otherwise = whole

    def row_of(self, line: _RowLine, *, key_id: str | None = None) -> RecordedRow:
        """Return the row of a line, with its place."""
        exhibit = self._digest_of(line.file)
        return RecordedRow(
            table=line.table,
            row_id=line.row_id,
            values=line.values,
            notes=line.notes or {},
            whereabouts=Whereabouts(file=line.file, row=line.row, exhibit=exhibit, seq=self._seq),
            key_id=key_id,
        )

    def photo_of(self, line: _SealedLine) -> SealedPhoto:
        """Return what a photo tells, as it is sealed."""
        return SealedPhoto(
            file=line.file,
            exhibit=self._digest_of(line.file),
            seq=self._seq,
            key_id=line.envelope["key_id"],
            envelope=line.envelope,
        )

    def _digest_of(self, file: str) -> str:
        return self._exhibits.get(file) or self._otherwise


def _opened(
    root: Path, line: _SealedLine, *, erased: frozenset[str], places: _Places
) -> RecordedRow | None:
    """Return the row out of its envelope; None where it was erased.

    Raises:
        BrokenJournalError: What the envelope holds is no row.
    """
    if line.row_digest in erased:
        return None
    try:
        plain = open_envelope(root, line.envelope)
    except ErasedError:
        return None
    try:
        return places.row_of(_ROW.decode(plain), key_id=line.envelope["key_id"])
    except msgspec.MsgspecError as error:
        message = f"the content sealed under key {line.envelope['key_id']} is no row"
        raise BrokenJournalError(message) from error

"""What stands at entry N? Opens a casebook's folder, replays it, and derives once."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import msgspec

from headstamp.casebook.decisions import JUDGEMENTS, Decisions, read_decisions
from headstamp.casebook.recorded import (
    Intake,
    Recorded,
    RecordedRow,
    RowKey,
    SealedPhoto,
    read_recorded,
    row_digest,
)
from headstamp.ledger.entries import Entry, seq_at
from headstamp.ledger.keys import has_key
from headstamp.ledger.replay import replay
from headstamp.terms.conclusions import Conclusions
from headstamp.terms.errors import BrokenJournalError, MisuseError, UnreadableDateError
from headstamp.terms.evidence import TABLES, Evidence
from headstamp.terms.issue import Issue
from headstamp.terms.row import Row, read_row

_SEQ = re.compile(r"[0-9]{1,15}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, kw_only=True)
class Casebook:
    """All that stands at one entry: rows, decisions, and what follows from them.

    ``rows`` stand in the order in which they were first recorded; ``issues_taken`` has the
    seq of the intake beside each issue; ``as_of`` is what the user asked for, None when
    everything counts.
    """

    root: Path
    entries: tuple[Entry, ...]
    rows: dict[RowKey, RecordedRow]
    evidence: Evidence
    issues_taken: tuple[tuple[int, Issue], ...]
    intakes: dict[int, Intake]
    decisions: Decisions
    n_erased: int
    as_of: str | None
    photos: tuple[SealedPhoto, ...] = ()

    @property
    def at_seq(self) -> int:
        """The entry up to which this casebook was read."""
        return self.entries[-1].seq

    @cached_property
    def conclusions(self) -> Conclusions:
        """What follows from the evidence; derived once, never stored."""
        return conclude_from(self.evidence)

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """Issues of all intakes, then those that came out in deriving."""
        return self.taken_issues + self.conclusions.issues

    @property
    def taken_issues(self) -> tuple[Issue, ...]:
        """Issues of all intakes, in the order of the journal."""
        return tuple(issue for _, issue in self.issues_taken)

    @cached_property
    def erased_files(self) -> dict[str, int | None]:
        """Digests of the sealed files whose key is gone, by the entry that erased them.

        None: by an entry later than this casebook was read to.
        """
        keys = self.decisions.erased_keys
        return {
            exhibit.digest: keys.get(exhibit.key_id)
            for intake in self.intakes.values()
            for exhibit in intake.exhibits
            if exhibit.key_id is not None and not has_key(self.root, exhibit.key_id)
        }

    def is_protected(self, table: str, row_id: str) -> bool:
        """Whether a row's content never leaves the casebook."""
        row = self.rows.get((table, row_id))
        return row is not None and row.key_id is not None


def conclude_from(evidence: Evidence) -> Conclusions:
    """Derive; imported when first needed, as most listings need no conclusion."""
    from headstamp.custody.conclude import conclude  # noqa: PLC0415

    return conclude(evidence)


def open_casebook(root: Path, *, as_of: str | None = None, today: date | None = None) -> Casebook:
    """Return the casebook in a folder as it stands, or stood at an entry or a date.

    Rules are always today's. Cost: O(entries + rows); conclusions only when asked for.

    Args:
        as_of: A seq (``12``), a civil day (to its end in UTC) or an instant with its zone.
        today: The civil day for which reply periods are reckoned, unless ``as_of`` is a
            day; None: none is reckoned as over.

    Raises:
        NoCasebookError: The folder holds none.
        MisuseError: Nothing was recorded by then, or the entry is not there.
        BrokenJournalError: The journal or the records are not what was recorded.
    """
    entries = _entries(root, as_of)
    decisions = read_decisions(entries)
    recorded = read_recorded(root, entries, erased=frozenset(decisions.erased))
    return Casebook(
        root=root,
        entries=entries,
        rows=recorded.rows,
        evidence=_evidence(root, recorded, decisions, on=_civil_day(as_of, today)),
        issues_taken=tuple(recorded.issues),
        intakes=recorded.intakes,
        decisions=decisions,
        n_erased=recorded.n_erased,
        as_of=as_of,
        photos=tuple(recorded.photos),
    )


def _entries(root: Path, as_of: str | None) -> tuple[Entry, ...]:
    if as_of is None:
        entries = replay(root)
    else:
        seq = int(as_of) if _SEQ.fullmatch(as_of) else seq_at(root, as_of)
        entries = replay(root, upto=seq)
        if _SEQ.fullmatch(as_of) and (not entries or entries[-1].seq != seq):
            last = replay(root)[-1].seq
            message = f"--as-of {as_of}: there is no such entry; the last one is {last}"
            raise MisuseError(message, hint=f"name an entry from 1 to {last}, or a date")
        if not entries:
            message = f"--as-of {as_of}: nothing was recorded by then"
            raise MisuseError(message, hint="name a later date, or an entry by its number")
    if not entries:
        message = f"{root}: the journal is empty; `headstamp init` was cut short"
        raise BrokenJournalError(message, hint="repeat `headstamp init` there")
    return entries


def _civil_day(as_of: str | None, today: date | None) -> date | None:
    if as_of is not None and _DAY.fullmatch(as_of):
        return date.fromisoformat(as_of)
    return today


def _evidence(root: Path, recorded: Recorded, decisions: Decisions, *, on: date | None) -> Evidence:
    tables: dict[str, dict[str, Row]] = {table: {} for table in TABLES}
    for row in recorded.rows.values():
        tables[row.table][row.row_id] = _typed(row)
    return msgspec.structs.replace(
        Evidence(),
        **tables,
        judgements=tuple(decisions.judgements),
        withdrawn=_withdrawn(root, recorded, decisions) | _erased_sources(recorded, tables),
        whereabouts={key: row.whereabouts for key, row in recorded.rows.items()},
        on=on,
    )


def _typed(row: RecordedRow) -> Row:
    try:
        return read_row(row.values, TABLES[row.table])
    except (msgspec.ValidationError, UnreadableDateError) as error:
        at = f"{row.whereabouts.file} row {row.whereabouts.row}"
        message = f"{at}: a recorded row of {row.table} cannot be read by this version"
        raise BrokenJournalError(message, hint="read it with the version that took it") from error


def _withdrawn(root: Path, recorded: Recorded, decisions: Decisions) -> frozenset[RowKey]:
    named = set(decisions.withdrawn)
    if not named:
        return frozenset()
    found = {key for key in named if key in recorded.rows or key[0] == JUDGEMENTS}
    for key, row in recorded.rows.items():
        if row.key_id is not None and (row.table, row_digest(root, *key)) in named:
            found.add(key)
    return frozenset(found)


def _erased_sources(recorded: Recorded, tables: dict[str, dict[str, Row]]) -> frozenset[RowKey]:
    """Return sources that rows name and that are erased: what came through them falls."""
    if not recorded.n_erased:
        return frozenset()
    named = {
        source_id
        for rows in tables.values()
        for row in rows.values()
        for source_id in (row.source_id, *row.relays)
        if source_id is not None
    }
    return frozenset(("sources", source_id) for source_id in named - tables["sources"].keys())

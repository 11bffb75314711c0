"""What stands at entry N? Opens a casebook's folder, replays it, and derives once."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import msgspec

from headstamp.casebook.collecting import not_collecting
from headstamp.casebook.decisions import JUDGEMENTS, Decisions, read_decisions
from headstamp.casebook.judged_entries import judged_entries
from headstamp.casebook.judgements import read_judgements, ruling_of
from headstamp.casebook.proposals import proposals_on
from headstamp.casebook.recorded import (
    Intake,
    Recorded,
    RecordedRow,
    RowKey,
    SealedPhoto,
    read_intakes,
    read_recorded,
    row_digest,
)
from headstamp.ledger.entries import Entry, seq_at
from headstamp.ledger.keys import has_key, keys_there
from headstamp.ledger.replay import replay
from headstamp.ledger.seal import require_stored
from headstamp.reference.tables import own_bytes
from headstamp.terms.conclusions import Conclusions, Graded, LinkState
from headstamp.terms.errors import BrokenJournalError, MisuseError, UnreadableDateError
from headstamp.terms.evidence import ENTRIES, RULES, TABLES, Evidence
from headstamp.terms.issue import Issue
from headstamp.terms.link import Judgement
from headstamp.terms.proposal import Proposal
from headstamp.terms.row import Row, read_row

if TYPE_CHECKING:  # Most listings need no conclusion, and never import what draws them.
    from headstamp.custody.linking import Links

OWN_TABLES = "reference"
"""The folder, in a casebook's own, of the user's reference tables."""

_NO_ROWS = frozenset({JUDGEMENTS, RULES, ENTRIES})
"""What is withdrawn by its id and stands in no package."""

_SEQ = re.compile(r"[0-9]{1,15}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, kw_only=True, eq=False)
class Casebook:
    """All that stands at one entry: rows, decisions, and what follows from them.

    Opened, it has the journal; rows, evidence and conclusions are read and derived when they
    are first asked for, and once. ``keys`` has the names of the keys that were there then;
    ``on`` is the civil day for which reply periods are reckoned; ``as_of`` is what the user
    asked for, None when everything counts.
    """

    part: ClassVar[str] = "whole"
    """Which part of the casebook this is, for the names of tables that are kept."""
    is_kept: ClassVar[bool] = True
    """Whether tables of this part are kept: not where it is another part for every question."""

    root: Path
    entries: tuple[Entry, ...]
    intakes: dict[int, Intake]
    decisions: Decisions
    keys: tuple[str, ...]
    on: date | None
    as_of: str | None
    _typed: dict[str, dict[str, Row]] = field(default_factory=dict, repr=False)

    @property
    def at_seq(self) -> int:
        """The entry up to which this casebook was read."""
        return self.entries[-1].seq

    @cached_property
    def recorded(self) -> Recorded:
        """Rows and issues, out of the sealed records, both of whose digests are checked."""
        with not_collecting():
            erased = frozenset(self.decisions.erased)
            return read_recorded(self.root, self.intakes, erased=erased)

    @property
    def rows(self) -> dict[RowKey, RecordedRow]:
        """All rows, in the order in which they were first recorded."""
        return self.recorded.rows

    @property
    def issues_taken(self) -> tuple[tuple[int, Issue], ...]:
        """Issues of all intakes, each beside the seq of its intake."""
        return tuple(self.recorded.issues)

    @property
    def photos(self) -> tuple[SealedPhoto, ...]:
        """What devices wrote into photos, as sealed."""
        return tuple(self.recorded.photos)

    @property
    def n_erased(self) -> int:
        """How many rows were erased."""
        return self.recorded.n_erased

    @cached_property
    def tables(self) -> dict[str, dict[str, RecordedRow]]:
        """Rows by table and id.

        Raises:
            BrokenJournalError: A row is of a table that this version does not know.
        """
        found: dict[str, dict[str, RecordedRow]] = {table: {} for table in TABLES}
        for (table, row_id), row in self.rows.items():
            if table not in found:
                raise _unreadable(row)
            found[table][row_id] = row
        return found

    def typed(self, table: str) -> dict[str, Row]:
        """Return the rows of one table as terms, by id, withdrawn ones included.

        Raises:
            BrokenJournalError: A row is not what this version reads.
        """
        if table not in self._typed:
            with not_collecting():
                rows = self.tables[table].items()
                self._typed[table] = {row_id: _typed(row) for row_id, row in rows}
        return self._typed[table]

    @cached_property
    def judgements(self) -> tuple[Judgement, ...]:
        """All judgements, in the order in which they were made."""
        with not_collecting():
            return read_judgements(self.root, self.decisions.judged)

    @cached_property
    def proposals(self) -> dict[str, Proposal]:
        """What the last trace proposed, by id."""
        return proposals_on(self)

    @cached_property
    def evidence(self) -> Evidence:
        """Every row as a term, and what was withdrawn, judged or erased since."""
        with not_collecting():
            return evidence_on(self)

    @cached_property
    def _links(self) -> "Links":
        """The grades of all rows, and the links in force."""
        from headstamp.custody.conclude import links_on  # noqa: PLC0415  as above

        with not_collecting():
            return links_on(self.evidence)

    @property
    def graded(self) -> dict[RowKey, Graded]:
        """How each row is known: less than a second's work, where conclusions are many."""
        return self._links.grading.graded

    @property
    def links(self) -> tuple[LinkState, ...]:
        """All links with what is in force, derived without the chains."""
        return self._links.states

    def is_standing(self, proposal: Proposal) -> bool:
        """Whether all that a proposal rests on counts, so that it may be judged."""
        from headstamp.custody.link_states import is_standing  # noqa: PLC0415  as above

        return is_standing(proposal, self._links.grading)

    @cached_property
    def conclusions(self) -> Conclusions:
        """What follows from the evidence; derived once, never journalled."""
        return conclude_from(self.evidence, self._links)

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """Issues of all intakes, then those that came out in deriving."""
        return self.taken_issues + self.conclusions.issues

    @property
    def taken_issues(self) -> tuple[Issue, ...]:
        """Issues of all intakes, in the order of the journal."""
        return tuple(issue for _, issue in self.issues_taken)

    @cached_property
    def protected(self) -> frozenset[RowKey]:
        """The rows whose content never leaves the casebook."""
        return frozenset(key for key, row in self.rows.items() if row.key_id is not None)

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
        return (table, row_id) in self.protected


def conclude_from(evidence: Evidence, links: "Links | None" = None) -> Conclusions:
    """Derive; imported when first needed, as most listings need no conclusion."""
    from headstamp.custody.conclude import conclude  # noqa: PLC0415

    with not_collecting():
        return conclude(evidence, links)


def open_casebook(root: Path, *, as_of: str | None = None, today: date | None = None) -> Casebook:
    """Return the casebook in a folder as it stands, or stood at an entry or a date.

    Rules are always today's. Every entry is checked against the chain, and every sealed
    table against its digest; what they hold is read when it is asked for. Cost: O(entries
    and bytes of records); then O(rows), and conclusions only when they are asked for.

    Args:
        as_of: A seq (``12``), a civil day (to its end in UTC) or an instant with its zone.
        today: The civil day for which reply periods are reckoned, unless ``as_of`` is a
            day; None: none is reckoned as over.

    Raises:
        NoCasebookError: The folder holds none.
        TableError: A reference table of the user's own cannot be meant.
        MisuseError: Nothing was recorded by then, or the entry is not there.
        BrokenJournalError: The journal or the records are not what was recorded.
    """
    _use_own_tables(root)
    entries = _entries(root, as_of)
    decisions = read_decisions(entries)
    for ruling in map(ruling_of, decisions.judged):
        if ruling is not None:
            require_stored(root, ruling.records.stored_digest)
    return Casebook(
        root=root,
        entries=entries,
        intakes=read_intakes(root, entries),
        decisions=decisions,
        keys=keys_there(root),  # Before any row is read: they say what could be read.
        on=_civil_day(as_of, today),
        as_of=as_of,
    )


def _use_own_tables(root: Path) -> None:
    """Make the reference tables in the casebook's folder the active ones beside ours, or none."""
    folder = root / OWN_TABLES
    if own_bytes() or folder.is_dir():
        from headstamp.reference.own import own_tables  # noqa: PLC0415  few casebooks have any

        own_tables(folder)


def as_of_note(casebook: Casebook) -> str | None:
    """Return what must be said of a reading in the past; None of one of today."""
    if casebook.as_of is None:
        return None
    last = casebook.entries[-1]
    return (
        f"The evidence as it stood at entry {last.seq} ({last.recorded_at[:10]}), asked for as of "
        f"{casebook.as_of}, under today's rules."
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


def evidence_on(casebook: Casebook) -> Evidence:
    """Return every row of a casebook as a term, and what was withdrawn, judged or erased since."""
    tables = {table: casebook.typed(table) for table in TABLES}
    judgements = casebook.judgements
    judged = judged_entries(casebook, judgements, tables["links"].values(), tables["parties"])
    whereabouts = {key: row.whereabouts for key, row in casebook.rows.items()}
    return msgspec.structs.replace(
        Evidence(),
        **tables,
        entries=judged.entries,
        proposals=casebook.proposals,
        judgements=judgements,
        withdrawn=_withdrawn(casebook) | _erased_sources(casebook, tables),
        whereabouts=whereabouts | {(ENTRIES, k): at for k, at in judged.whereabouts.items()},
        on=casebook.on,
    )


def _typed(row: RecordedRow) -> Row:
    try:
        return read_row(row.values, TABLES[row.table])
    except (msgspec.ValidationError, UnreadableDateError) as error:
        raise _unreadable(row) from error


def _unreadable(row: RecordedRow) -> BrokenJournalError:
    at = f"{row.whereabouts.file} row {row.whereabouts.row}"
    message = f"{at}: a recorded row of {row.table} cannot be read by this version"
    return BrokenJournalError(message, hint="read it with the version that took it")


def _withdrawn(casebook: Casebook) -> frozenset[RowKey]:
    named = set(casebook.decisions.withdrawn)
    if not named:
        return frozenset()
    found = {key for key in named if key in casebook.rows or key[0] in _NO_ROWS}
    for key in casebook.protected:
        if (key[0], row_digest(casebook.root, *key)) in named:
            found.add(key)
    return frozenset(found)


def _erased_sources(casebook: Casebook, tables: dict[str, dict[str, Row]]) -> frozenset[RowKey]:
    """Return sources that rows name and that are erased: what came through them falls."""
    if not casebook.n_erased:
        return frozenset()
    named = {
        source_id
        for rows in tables.values()
        for row in rows.values()
        for source_id in (row.source_id, *row.relays)
        if source_id is not None
    }
    return frozenset(("sources", source_id) for source_id in named - tables["sources"].keys())

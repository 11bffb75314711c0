"""Which entries of registers do judgements name, and what does each say as a row among others?"""

from collections.abc import Iterable, Mapping

import msgspec

from headstamp.casebook.registers import Casebook, RegisterPart, entries_named
from headstamp.terms.dates import DateSpan, parse_date_span
from headstamp.terms.errors import UnreadableDateError
from headstamp.terms.link import Judgement, Link
from headstamp.terms.party import Party
from headstamp.terms.register import RecordedEntry, RegisterEntry
from headstamp.terms.row import Row, Whereabouts

ENTRY_KIND = "register_entry"
_CREDIBILITY = 2
"""Of an entry, which says no other (REASONING.md section 1)."""


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """Entries by ``REGISTER:ENTRY``, and where each stands in its file."""

    entries: dict[str, RecordedEntry] = {}
    whereabouts: dict[str, Whereabouts] = {}


def judged_entries(
    casebook: Casebook,
    judgements: Iterable[Judgement],
    links: Iterable[Row],
    parties: Mapping[str, Row],
) -> Judged:
    """Return the entries on record that judgements name, withdrawn ones too; few of many.

    No register is opened where no judgement, and no link of a package, names an entry of it.

    Raises:
        BrokenJournalError: A file of a register is missing or was changed.
    """
    wanted: dict[str, set[str]] = {}
    for register, entry_id in _named(judgements, links):
        wanted.setdefault(register, set()).add(entry_id)
    names = _ids_by_name(parties) if wanted else {}
    found = Judged()
    for register, entry_ids in sorted(wanted.items()):
        for part, entry in entries_named(casebook, register, entry_ids).values():
            recorded = recorded_entry(part, entry, names)
            found.entries[recorded.entry_key] = recorded
            found.whereabouts[recorded.entry_key] = whereabouts_of(part, entry)
    return found


def _named(judgements: Iterable[Judgement], links: Iterable[Row]) -> Iterable[tuple[str, str]]:
    for judgement in judgements:
        if judgement.seen is not None and judgement.seen.register:
            for entry_id in judgement.seen.entry_ids:
                yield judgement.seen.register, entry_id
    for link in links:
        if isinstance(link, Link) and link.other_kind == ENTRY_KIND:
            register, _, entry_id = link.other_id.partition(":")
            yield register, entry_id


def recorded_entry(
    part: RegisterPart, entry: RegisterEntry, names: Mapping[str, str | None]
) -> RecordedEntry:
    """Return an entry as a row among others.

    Args:
        names: Party ids by what a text may name them.
    """
    return RecordedEntry(
        source_id=part.source_id,
        credibility=_CREDIBILITY,
        kind=entry.kind,
        maker=_party(entry.maker, names),
        from_party=_party(entry.from_party, names),
        to_party=_party(entry.to_party, names),
        on=_span(entry.on),
        written=entry,
    )


def as_written(entry: RegisterEntry) -> RecordedEntry:
    """Return an entry that is on no record here, as its institution wrote it, to be said."""
    return RecordedEntry(kind=entry.kind, on=_span(entry.on), written=entry)


def _ids_by_name(parties: Mapping[str, Row]) -> dict[str, str | None]:
    """Return party ids by id, name and alias; None where several parties have a name."""
    found: dict[str, str | None] = {}
    for party_id, party in parties.items():
        if isinstance(party, Party):
            for name in {party.name, *party.aliases} - {None}:
                found[str(name)] = party_id if found.get(str(name), party_id) == party_id else None
    return found | {party_id: party_id for party_id in parties}


def _party(written: str | None, names: Mapping[str, str | None]) -> str | None:
    """Return the party on record that a text names, else the text as written."""
    return None if written is None else names.get(written) or written


def _span(written: str | None) -> DateSpan | None:
    """Return the days of a date; one that a register of another version wrote is not known."""
    try:
        return parse_date_span(written) if written else None
    except UnreadableDateError:
        return None


def whereabouts_of(part: RegisterPart, entry: RegisterEntry) -> Whereabouts:
    """Return the row of the sealed file that an entry was read from."""
    exhibit = next(
        (one.digest for one in part.loaded.exhibits if one.name == entry.file),
        part.loaded.exhibits[0].digest if part.loaded.exhibits else "",
    )
    return Whereabouts(file=entry.file, row=entry.row, exhibit=exhibit, seq=part.seq)

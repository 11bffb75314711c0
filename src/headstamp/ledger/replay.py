"""What does the journal say, once its hash chain has been checked?"""

from pathlib import Path

from headstamp.ledger.database import reading
from headstamp.ledger.digests import fault_in
from headstamp.ledger.entries import Entry, entries_in
from headstamp.terms.errors import BrokenJournalError


def replay(root: Path, *, upto: int | None = None) -> tuple[Entry, ...]:
    """Return the entries in order, up to and with seq ``upto``, each checked against the chain.

    Every reading verb comes through here, so that nothing is concluded from an altered
    journal. Sealed files are checked when they are read. Cost: O(entries), about 50 µs each.

    Raises:
        BrokenJournalError: An entry is not what was recorded; the message names its seq.
    """
    entries: list[Entry] = []
    with reading(root) as connection:
        for entry in entries_in(connection, upto=upto):
            fault = fault_in(entry, previous=entries[-1] if entries else None)
            if fault is not None:
                message = f"{fault.place}: {fault.problem}"
                raise BrokenJournalError(message, hint="restore the casebook from a copy")
            entries.append(entry)
    return tuple(entries)

"""What is looked for? An item's serials as they may read, and what else is known of it."""

import msgspec

from headstamp.marks.keys import as_ascii, fold
from headstamp.marks.notation import mark_key
from headstamp.marks.recorded import MarkReading


class Described(msgspec.Struct, frozen=True, kw_only=True):
    """What one record says of an object, as ids of our tables; empty: not stated, not known.

    A name that no table knows stands as ``text:`` and its folded words: equal words agree.
    """

    makers: frozenset[str] = frozenset()
    models: frozenset[str] = frozenset()
    calibres: frozenset[str] = frozenset()


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One serial that an item may bear: its folded key with ``?`` for what nobody could read.

    ``exact`` is the key in ASCII, look-alikes not folded; ``n_unread`` counts the ``?``;
    ``is_folded``: letters of another script were read as Latin; ``rank`` 0 is the best.
    """

    text: str
    folded: str
    exact: str
    n_unread: int
    is_folded: bool
    rank: int


class Probe(msgspec.Struct, frozen=True, kw_only=True):
    """One item as it is looked for."""

    item_id: str
    readings: tuple[Reading, ...]
    lots: tuple[str, ...]
    described: Described


def readings_of(read: MarkReading) -> tuple[Reading, ...]:
    """Return the readings of a mark that can be looked up, each key once, best first.

    A gap of unknown length (``*``) is looked up by nobody: too many would match.
    """
    found: dict[str, Reading] = {}
    for rank, text in enumerate(read.readings):
        folded, key = fold(text), mark_key(text)
        if folded is None or key is None or "*" in folded:
            continue
        reading = Reading(
            text=text,
            folded=folded,
            exact=as_ascii(key),
            n_unread=folded.count("?"),
            is_folded=as_ascii(key) != key,
            rank=rank,
        )
        found.setdefault(reading.folded, reading)
    return tuple(found.values())

"""What is looked for? An item's serials and lots as they may read, and what it may be."""

import msgspec

from headstamp.marks.keys import as_ascii, fold
from headstamp.marks.notation import mark_key
from headstamp.marks.recorded import MarkReading


class Described(msgspec.Struct, frozen=True, kw_only=True):
    """What one record says of an object, as ids of our tables; empty: not stated, not known.

    A name that no table knows stands as ``text:`` and its letters and digits: equal ones
    agree. ``is_craft``: made by nobody who numbers what he makes.
    """

    makers: frozenset[str] = frozenset()
    models: frozenset[str] = frozenset()
    calibres: frozenset[str] = frozenset()
    is_craft: bool = False

    @property
    def maker_key(self) -> str:
        """The makers as one text."""
        return "|".join(sorted(self.makers))


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One serial that an item may bear: its folded key with ``?`` for what nobody could read.

    ``key`` has its own script, ``exact`` is the same in ASCII, look-alikes not folded;
    ``n_unread`` counts the ``?``; ``rank`` 0 is the best. ``is_doubtful``: the mark is said to
    be removed, overstamped or illegible, and yet there is a text.
    """

    mark_id: str
    key: str
    folded: str
    exact: str
    n_unread: int
    rank: int
    is_doubtful: bool = False


class Lot(msgspec.Struct, frozen=True, kw_only=True):
    """One lot that an item may bear, by its folded key."""

    mark_id: str
    key: str


class Place(msgspec.Struct, frozen=True):
    """The row of a sealed file from which a record was read: the same row is no other record."""

    exhibit: str
    row: int


class Probe(msgspec.Struct, frozen=True, kw_only=True):
    """One item as it is looked for; ``place`` is where it was read."""

    item_id: str
    readings: tuple[Reading, ...] = ()
    lots: tuple[Lot, ...] = ()
    described: Described = Described()
    place: Place | None = None


_DOUBTFUL = frozenset({"removed", "overstamped", "illegible"})


def readings_of(mark_id: str, read: MarkReading) -> tuple[Reading, ...]:
    """Return the readings of a mark that can be looked up, each key once, best first.

    A gap of unknown length (``*``) is looked up by nobody: too many would match.
    """
    found: dict[str, Reading] = {}
    for rank, text in enumerate(read.readings):
        folded, key = fold(text), mark_key(text)
        if folded is None or key is None or "*" in folded:
            continue
        reading = Reading(
            mark_id=mark_id,
            key=key,
            folded=folded,
            exact=as_ascii(key),
            n_unread=folded.count("?"),
            rank=rank,
            is_doubtful=read.state in _DOUBTFUL,
        )
        found.setdefault(key, reading)
    return tuple(found.values())


def lots_of(mark_id: str, read: MarkReading) -> tuple[Lot, ...]:
    """Return the lots of a mark that can be looked up: those that were read in full."""
    keys = dict.fromkeys(filter(None, map(fold, read.readings)))
    return tuple(Lot(mark_id=mark_id, key=key) for key in keys if not {"?", "*"} & set(key))

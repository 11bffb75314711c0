"""What is a register? An institution's table, each row an entry about objects that it counted."""

import re
from typing import Literal

import msgspec

from headstamp.terms.dates import DateSpan
from headstamp.terms.row import Row

_NAME = re.compile(r"[a-z][a-z0-9-]{1,39}")

EntryKind = Literal[
    "production", "transfer", "delivery", "holding", "loss", "theft", "recovery", "destruction"
]


class RegisterEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a register, in the shape common to all (EXCHANGE.md section 2), as written there.

    ``serial`` stands for one object, ``serial_from`` and ``serial_to`` for all between them;
    texts are the institution's own. ``file`` and ``row`` lead back to the sealed file;
    ``unread`` are the signs that the institution uses for a character it could not read.
    """

    register: str
    entry_id: str
    kind: EntryKind | None = None
    maker: str | None = None
    model: str | None = None
    calibre: str | None = None
    country: str | None = None
    year: str | None = None
    serial: str | None = None
    serial_from: str | None = None
    serial_to: str | None = None
    lot: str | None = None
    quantity: str | None = None
    consignment_id: str | None = None
    from_party: str | None = None
    to_party: str | None = None
    on: str | None = None
    source_row: str | None = None
    file: str = ""
    row: int = 0


class RecordedEntry(Row, frozen=True, kw_only=True):
    """An entry that somebody judged, as a row among others: its source says what it says.

    ``maker`` and the parties are ids where they name a party on record, else as written;
    ``written`` is the entry itself.
    """

    kind: EntryKind | None = None
    maker: str | None = None
    from_party: str | None = None
    to_party: str | None = None
    on: DateSpan | None = None
    written: RegisterEntry

    @property
    def entry_key(self) -> str:
        """``REGISTER:ENTRY``, by which it is told apart from entries of other registers."""
        return f"{self.written.register}:{self.written.entry_id}"


class RegisterFile(msgspec.Struct, frozen=True, kw_only=True):
    """One Parquet file of a register: its place in the casebook and the digest of its bytes."""

    path: str
    digest: str
    size_bytes: int


class RegisterProfile(msgspec.Struct, frozen=True, kw_only=True):
    """What a part of a register holds, so that a reader knows what it can answer.

    ``n_serials``: entries with a serial that can be looked up, ``n_ranges`` with a range,
    ``n_lots`` with a lot; ``n_unkeyed`` entries have a serial of which nothing could be made.
    ``n_distinct`` counts different serials. ``first_on`` and ``last_on`` are the first and the
    last day that some entry's date may mean, ends that are not known left aside.
    """

    n_rows: int = 0
    n_serials: int = 0
    n_unkeyed: int = 0
    n_distinct: int = 0
    n_ranges: int = 0
    n_lots: int = 0
    n_makers: int = 0
    kinds: dict[str, int] = {}
    first_on: str | None = None
    last_on: str | None = None


def is_register_name(name: str) -> bool:
    """Whether a register may be called so: it names a folder, and stands in ids.

    >>> is_register_name("losses"), is_register_name("../x"), is_register_name("Losses")
    (True, False, False)
    """
    return _NAME.fullmatch(name) is not None

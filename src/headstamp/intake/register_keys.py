"""Under which keys is each entry of a register found? Folded, packed, and as ranges and lots."""

from unicodedata import name

import msgspec

from headstamp.marks.keys import as_ascii, fold
from headstamp.marks.notation import mark_key, transcribed
from headstamp.marks.ranges import SerialRange, read_range, read_unpadded
from headstamp.marks.serials import read_serial
from headstamp.reference.caches import remembered

MOST_NUMBERS = 10_000_000
"""A wider range is no consignment and no year's production: it would hold every number."""
_UNREAD = frozenset("?*")


class SerialKeys(msgspec.Struct, frozen=True, kw_only=True):
    """What a serial cell is looked up by: (folded key, exact key as ASCII, penalty), best first.

    Readings with unread characters have no key; ``is_mixed``: letters of more than one script.
    """

    keys: tuple[tuple[str, str, int], ...]
    is_mixed: bool


@remembered(16_384)
def serial_keys(written: str, *, unread: str = "") -> SerialKeys:
    """Return the keys of a serial cell: of each serial that it may hold, look-alikes folded."""
    found: dict[str, tuple[str, str, int]] = {}
    for serial in read_serial(written, unread_signs=unread).serials:
        if serial.folded is None or serial.key is None or not _UNREAD.isdisjoint(serial.folded):
            continue
        found.setdefault(serial.folded, (serial.folded, as_ascii(serial.key), serial.penalty))
    return SerialKeys(keys=tuple(found.values()), is_mixed=_is_mixed(written))


def range_keys(
    first: str, last: str, *, unread: str = "", is_padded: bool = True
) -> tuple[SerialRange, ...] | str:
    """Return the ranges of an entry, one for each length, or why it has none, in words."""
    if not frozenset(unread).isdisjoint(first + last):
        return "an end has a character that could not be read"
    found = read_range(first, last) if is_padded else read_unpadded(first, last)
    ranges = (found,) if isinstance(found, SerialRange) else found
    if isinstance(ranges, str):
        return ranges
    n_numbers = sum(one.n_numbers for one in ranges)
    return f"it holds {n_numbers:,} numbers" if n_numbers > MOST_NUMBERS else ranges


def lot_key(written: str, *, unread: str = "") -> str | None:
    """Return the folded key of a lot as written; None where it cannot be read, or not wholly."""
    if not frozenset(unread).isdisjoint(written):
        return None
    folded = fold(transcribed(written))
    return folded if folded and mark_key(transcribed(written)) else None


def _is_mixed(written: str) -> bool:
    if written.isascii():
        return False
    letters = [letter for letter in written if letter.isalpha()]
    # An accent makes no other script: notes beside a serial are written with them.
    n_latin = sum(name(letter, "").startswith("LATIN") for letter in letters)
    return 0 < n_latin < len(letters)

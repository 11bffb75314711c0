"""What did a camera write into a photo? One EXIF block read as text, bounded at every step.

Pillow has the names of the tags. Its reader is not used here: it writes every value to its
debug log and warns on standard error, and what a photo tells of its maker goes nowhere.
"""

import re
import struct
from collections import deque
from fractions import Fraction
from typing import Final

import msgspec

_ORDERS: Final = {b"II*\0": "<", b"MM\0*": ">"}
_TEXT, _USER_COMMENT, _XP_TAGS = 2, 0x9286, range(0x9C9B, 0x9CA0)
_BYTES: Final = frozenset({1, 6, 7})
_NUMBERS: Final = {3: "H", 4: "L", 5: "LL", 8: "h", 9: "l", 10: "ll", 11: "f", 12: "d", 13: "L"}
"""Types of fields that hold numbers, as ``struct`` writes one; two of them are a fraction."""
_POINTERS: Final = {0x8769: "Exif", 0x8825: "GPS", 0xA005: "Interop", 0x014A: "SubIFD"}
_MAX_ENTRIES = 4_000
_MAX_VALUE_BYTES = 64 * 1024
_MAX_NUMBERS = 16
_MAX_CHARACTERS = 2_000
_RUN = re.compile("[^\x00-\x1f\x7f-\x9f\ufffd]{4,}")
_RATIONAL = re.compile("[0-9]{1,10}/[0-9]{1,10}")


class Exif(msgspec.Struct, kw_only=True):
    """Values as text by directory and tag, such as ``IFD0.Make``; why others were not read."""

    values: dict[str, str] = {}
    problem: str = ""


class _Directory(msgspec.Struct, frozen=True):
    name: str
    at: int


class _Field(msgspec.Struct, frozen=True):
    """One entry of a directory: its tag, its type, and where its bytes begin and end."""

    tag: int
    type: int
    start: int
    end: int


class _Block:
    """An EXIF block with its byte order; what lies outside it raises ``struct.error``."""

    def __init__(self, data: bytes, order: str) -> None:
        self.data, self._order = data, order

    def numbers(self, at: int, shape: str) -> tuple[int | float, ...]:
        return struct.unpack_from(self._order + shape, self.data, at)

    def number(self, at: int, shape: str) -> int:
        return int(self.numbers(at, shape)[0])


def read_exif(data: bytes) -> Exif:
    """Return what an EXIF block, or a TIFF file, says; it begins with ``II*`` or ``MM``.

    Each directory is read once, so that a circle ends; together they may have 4,000
    entries. A value that is longer than 64 KiB is told by its length alone.
    """
    exif = Exif()
    order = _ORDERS.get(data[:4])
    if order is None:
        exif.problem = "does not begin as EXIF does"
        return exif
    block = _Block(data, order)
    try:
        _read_directories(block, exif)
    except struct.error:
        exif.problem = "breaks off"
    return exif


def _read_directories(block: _Block, exif: Exif) -> None:
    waiting = deque([_Directory("IFD0", block.number(4, "L"))])
    seen: set[int] = set()
    n_left = _MAX_ENTRIES
    while waiting:
        directory = waiting.popleft()
        if directory.at in seen:
            exif.problem = "a directory leads back to one before it"
            continue
        seen.add(directory.at)
        n_fields = block.number(directory.at, "H")
        n_left -= n_fields + 1  # A directory counts as well: empty ones may be chained.
        if n_left < 0:
            exif.problem = f"has more than {_MAX_ENTRIES:,} entries"
            return
        for index in range(n_fields):
            waiting.extend(_read_field(block, directory, directory.at + 2 + 12 * index, exif))
        following = block.number(directory.at + 2 + 12 * n_fields, "L")
        if following:
            waiting.append(_Directory(_name_after(directory.name), following))


def _name_after(name: str) -> str:
    """Return how the directory is called that follows one: after IFD0 comes the thumbnail's."""
    return f"IFD{int(name[3:]) + 1}" if name[3:].isdecimal() else f"{name}+"


def _read_field(block: _Block, directory: _Directory, at: int, exif: Exif) -> list[_Directory]:
    """Add one field to the values; return the directories that it leads to."""
    tag, kind, count = (int(number) for number in block.numbers(at, "HHL"))
    size = count * _size_of(kind)
    start = at + 8 if size <= 4 else block.number(at + 8, "L")
    if not size or start + size > len(block.data):
        exif.problem = "a value lies outside, or is of no known type"
        return []
    field = _Field(tag, kind, start, start + size)
    if tag in _POINTERS and kind in {4, 13}:
        n_named = min(count, _MAX_NUMBERS)
        places = block.numbers(start, f"{n_named}L")
        return [_Directory(_POINTERS[tag], int(place)) for place in places]
    exif.values[_name_of(directory.name, tag)] = _text_of(block, field)
    return []


def _size_of(kind: int) -> int:
    """Return how many bytes one value of a type has; 0: no type that we know."""
    if kind == _TEXT or kind in _BYTES:
        return 1
    return struct.calcsize("<" + _NUMBERS[kind]) if kind in _NUMBERS else 0


def _name_of(directory: str, tag: int) -> str:
    # Imported late: most packages hold no photo, and the tables cost a start-up.
    from PIL import ExifTags  # noqa: PLC0415

    names = ExifTags.GPSTAGS if directory == "GPS" else ExifTags.TAGS
    return f"{directory}.{names.get(tag, f'{tag:#06x}')}"


def _text_of(block: _Block, field: _Field) -> str:
    if field.end - field.start > _MAX_VALUE_BYTES:
        return f"({field.end - field.start:,} bytes)"
    data = block.data[field.start : field.end]
    if field.type in _NUMBERS:
        return _numbers_text(block, field)
    if field.type == _TEXT:
        return data.rstrip(b"\0").decode("utf-8", "replace")[:_MAX_CHARACTERS]
    if field.tag in _XP_TAGS:
        return data.decode("utf-16-le", "replace").rstrip("\0")[:_MAX_CHARACTERS]
    if field.tag == _USER_COMMENT and data.startswith(b"UNICODE\0"):
        encoding = "utf-16-le" if block.data.startswith(b"II") else "utf-16-be"
        return data[8:].decode(encoding, "replace").rstrip("\0")[:_MAX_CHARACTERS]
    return legible(data) or f"({len(data):,} bytes)"


def _numbers_text(block: _Block, field: _Field) -> str:
    shape = _NUMBERS[field.type]
    n_values = min((field.end - field.start) // _size_of(field.type), _MAX_NUMBERS)
    found = block.numbers(field.start, shape * n_values)
    if len(shape) == 2:
        return " ".join(f"{found[i]}/{found[i + 1]}" for i in range(0, len(found), 2))
    return " ".join(str(number) for number in found)


def degrees(values: dict[str, str], name: str) -> str | None:
    """Return a latitude or longitude in degrees, as text with 7 decimals; None: not told.

    >>> told = {"GPS.GPSLatitude": "12/1 20/1 4416/100", "GPS.GPSLatitudeRef": "S"}
    >>> degrees(told, "GPSLatitude")
    '-12.3456000'
    """
    parts = values.get(f"GPS.{name}", "").split()
    if len(parts) != 3 or not all(_RATIONAL.fullmatch(part) for part in parts):
        return None
    pairs = [part.split("/") for part in parts]
    if not all(int(below) for _, below in pairs):
        return None
    whole, minutes, seconds = (Fraction(int(above), int(below)) for above, below in pairs)
    shifted = round((whole + minutes / 60 + seconds / 3600) * 10**7)
    sign = "-" if values.get(f"GPS.{name}Ref") in {"S", "W"} else ""
    return f"{sign}{shifted // 10**7}.{shifted % 10**7:07}"


def legible(data: bytes) -> str:
    """Return what of some bytes is text: runs of at least four characters.

    >>> legible(bytes([0, 1, 2]) + b"Amina" + bytes(2) + b"abc")
    'Amina'
    """
    text = data[: 4 * _MAX_CHARACTERS].decode("utf-8", "replace")
    return " ".join(_RUN.findall(text))[:_MAX_CHARACTERS]

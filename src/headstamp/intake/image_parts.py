"""What stands in an image file beside the picture? Its container walked; no pixel is decoded.

A file counts as nothing but a picture only where every byte of its container is known to
serve the picture. That is shorter to say, and safer, than a list of all that may betray
whoever took it: what is not known here is told as beside the picture.
"""

import re
import zlib
from collections.abc import Callable
from typing import Final

import msgspec

BREAKS_OFF: Final = "breaks off or is damaged"
_TOO_MANY = "has more parts than a picture has"
_NOT_WALKED = "not looked into"
_MAX_PARTS = 100_000
_MAX_BESIDE = 1_000

_JPEG_NEXT = re.compile(rb"\xff++([^\x00\xff])")
_JPEG_AFTER_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_JPEG_END, _JPEG_SCAN = 0xD9, 0xDA
_NO_TABLE: Final = 2**16  # Longer than any segment.
_JPEG_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_JPEG_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_PICTURE: Final[dict[bytes, range]] = {
    b"IHDR": range(13, 14),
    b"PLTE": range(3, 769),
    b"IDAT": range(2**31),
    b"IEND": range(1),
    b"tRNS": range(1, 257),
    b"gAMA": range(4, 5),
    b"cHRM": range(32, 33),
    b"sRGB": range(1, 2),
    b"sBIT": range(1, 5),
    b"bKGD": range(1, 7),
    b"pHYs": range(9, 10),
    b"hIST": range(2, 513),
}
"""Chunks that serve the picture, and how long they may be."""
_WEBP_HEAD, _WEBP_HEAD_BYTES = b"VP8X", 10
_WEBP_PICTURE: Final = re.compile(rb"VP8 [\s\S]{7}\x9d\x01\x2a|VP8L[\s\S]{4}\x2f")
"""How the one chunk that holds the picture begins, its name and length included."""


class Part(msgspec.Struct, frozen=True):
    """One part of an image file that is no picture, under the name that its format gives it."""

    name: str
    data: bytes


class ImageParts(msgspec.Struct, frozen=True, kw_only=True):
    """What stands beside the picture, and what is wrong with the container; empty: nothing."""

    kind: str
    beside: tuple[Part, ...] = ()
    problem: str = ""


def image_parts(data: bytes) -> ImageParts | None:
    """Return what a file holds beside its picture, told by its bytes; None: no image we know.

    Only JPEG, PNG and WebP are walked far enough to find nothing. Cost: O(bytes).
    """
    kind = image_kind(data)
    return None if kind is None else _WALKERS[kind](data)


def image_kind(data: bytes) -> str | None:
    """Return which kind of image, or of film, the first bytes announce."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(_PNG_SIGNATURE):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[:4] in {b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"}:
        return "tiff"
    if data[4:8] == b"ftyp":
        return "iso_media"
    return "gif" if data[:4] == b"GIF8" else None


def _walk_jpeg(data: bytes) -> ImageParts:
    beside: list[Part] = []
    at, n_scans = 2, 0
    for _ in range(_MAX_PARTS):
        found = _JPEG_NEXT.match(data, at)
        code = found[1][0] if found else 0
        if found is None or code in _JPEG_ALONE:
            return _told("jpeg", beside, BREAKS_OFF)
        at = found.end()
        if code == _JPEG_END:
            return _told("jpeg", [*beside, *_trailing(data, at)], "" if n_scans else BREAKS_OFF)
        length = int.from_bytes(data[at : at + 2])
        payload = data[at + 2 : at + length]
        if length < 2 or len(payload) != length - 2:
            return _told("jpeg", [*beside, Part(_jpeg_name(code), data[at:])], BREAKS_OFF)
        if not _is_jpeg_picture(code, payload):
            beside.append(Part(_jpeg_name(code), payload))
        at += length
        if code == _JPEG_SCAN:
            after = _JPEG_AFTER_SCAN.search(data, at)
            if after is None:
                return _told("jpeg", beside, BREAKS_OFF)
            at, n_scans = after.start(), n_scans + 1
    return _told("jpeg", beside, _TOO_MANY)


def _is_jpeg_picture(code: int, payload: bytes) -> bool:
    """Whether a segment serves the picture and holds nothing but what it must."""
    rule = _is_frame if code in _JPEG_FRAMES else _JPEG_PICTURE.get(code)
    return rule is not None and rule(payload)


def _is_jfif(payload: bytes) -> bool:
    has_no_thumbnail = len(payload) == 14 and payload[12:] == b"\0\0"
    return has_no_thumbnail and payload.startswith(b"JFIF\0")


def _is_adobe(payload: bytes) -> bool:
    return len(payload) == 12 and payload.startswith(b"Adobe")


def _is_frame(payload: bytes) -> bool:
    return len(payload) > 5 and len(payload) == 6 + 3 * payload[5]


def _is_scan(payload: bytes) -> bool:
    return len(payload) > 0 and len(payload) == 4 + 2 * payload[0]


def _is_restart(payload: bytes) -> bool:
    return len(payload) == 2


def _are_quantisation_tables(payload: bytes) -> bool:
    return _is_filled(payload, _quantisation_bytes)


def _are_huffman_tables(payload: bytes) -> bool:
    return _is_filled(payload, _huffman_bytes)


def _is_filled(payload: bytes, table_bytes: Callable[[bytes], int]) -> bool:
    """Whether a segment is tables end to end, each as long as its head says."""
    at = 0
    while at < len(payload):
        at += table_bytes(payload[at : at + 17])
    return at == len(payload) > 0


def _quantisation_bytes(head: bytes) -> int:
    precision, number = divmod(head[0], 16)
    return (65, 129)[precision] if precision < 2 and number < 4 else _NO_TABLE


def _huffman_bytes(head: bytes) -> int:
    table_class, number = divmod(head[0], 16)
    return 17 + sum(head[1:17]) if table_class < 2 and number < 4 else _NO_TABLE


def _jpeg_name(code: int) -> str:
    if 0xE0 <= code <= 0xEF:
        return f"APP{code - 0xE0}"
    return "COM" if code == 0xFE else f"segment {code:02X}"


def _walk_png(data: bytes) -> ImageParts:
    beside: list[Part] = []
    at, has_picture = len(_PNG_SIGNATURE), False
    for _ in range(_MAX_PARTS):
        length, name = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        payload = data[at + 8 : at + 8 + length]
        end = at + 12 + length
        check = zlib.crc32(payload, zlib.crc32(name)).to_bytes(4)
        if end > len(data) or data[end - 4 : end] != check:
            return _told("png", [*beside, Part(_chunk_name(name), payload)], BREAKS_OFF)
        if length not in _PNG_PICTURE.get(name, ()):
            beside.append(Part(_chunk_name(name), payload))
        at, has_picture = end, has_picture or name == b"IDAT"
        if name == b"IEND":
            problem = "" if has_picture else BREAKS_OFF
            return _told("png", [*beside, *_trailing(data, at)], problem)
    return _told("png", beside, _TOO_MANY)


def _walk_webp(data: bytes) -> ImageParts:
    beside: list[Part] = []
    end = 8 + int.from_bytes(data[4:8], "little")
    at, has_picture = 12, False
    for _ in range(_MAX_PARTS):
        if at >= end:
            problem = "" if has_picture else BREAKS_OFF
            return _told("webp", [*beside, *_trailing(data, end)], problem)
        start, name = at, data[at : at + 4]
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        payload = data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
        if at > min(end, len(data)):
            return _told("webp", [*beside, Part(_chunk_name(name), payload)], BREAKS_OFF)
        is_head = (name, length) == (_WEBP_HEAD, _WEBP_HEAD_BYTES)
        is_picture = _WEBP_PICTURE.match(data, start) is not None
        has_picture = has_picture or is_picture
        if not is_head and not is_picture:
            beside.append(Part(_chunk_name(name), payload))
    return _told("webp", beside, _TOO_MANY)


def _walk_iso_media(data: bytes) -> ImageParts:
    """Say whether the boxes of a HEIF image, or of a film, fill the file."""
    at = 0
    for _ in range(_MAX_PARTS):
        length, head = int.from_bytes(data[at : at + 4]), 8
        if length == 1:
            length, head = int.from_bytes(data[at + 8 : at + 16]), 16
        at = len(data) if length == 0 else at + length
        if at > len(data) or 0 < length < head:
            return _told("iso_media", [Part(_NOT_WALKED, b"")], BREAKS_OFF)
        if at == len(data):
            break
    return _told("iso_media", [Part(_NOT_WALKED, b"")])


def _walk_tiff(_data: bytes) -> ImageParts:
    return _told("tiff", [Part(_NOT_WALKED, b"")])


def _walk_gif(_data: bytes) -> ImageParts:
    return _told("gif", [Part(_NOT_WALKED, b"")])


def _trailing(data: bytes, at: int) -> list[Part]:
    return [Part("after the picture", data[at:])] if at < len(data) else []


def _chunk_name(name: bytes) -> str:
    return repr(name)[2:-1]


def _told(kind: str, beside: list[Part], problem: str = "") -> ImageParts:
    return ImageParts(kind=kind, beside=tuple(beside[:_MAX_BESIDE]), problem=problem)


_JPEG_PICTURE: Final[dict[int, Callable[[bytes], bool]]] = {
    0xC4: _are_huffman_tables,
    _JPEG_SCAN: _is_scan,
    0xDB: _are_quantisation_tables,
    0xDD: _is_restart,
    0xE0: _is_jfif,
    0xEE: _is_adobe,
}
"""Segments that serve the picture, frames apart, and what each must be."""

_WALKERS: Final[dict[str, Callable[[bytes], ImageParts]]] = {
    "jpeg": _walk_jpeg,
    "png": _walk_png,
    "webp": _walk_webp,
    "tiff": _walk_tiff,
    "iso_media": _walk_iso_media,
    "gif": _walk_gif,
}

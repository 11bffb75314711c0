"""Does a photo betray whoever took it, and by what? Looked into, never decoded or changed."""

import re
from itertools import islice
from typing import Final

import msgspec

from headstamp.intake.cells import Value
from headstamp.intake.exif import Exif, degrees, legible, read_exif
from headstamp.intake.image_parts import ImageParts, Part, image_kind, image_parts

MAX_PHOTO_BYTES = 64 * 1024 * 1024
"""The largest photo that is looked into; one that is larger is sealed as if it told much."""

NO_IMAGE = "is no image that we know"
_SUFFIXES: Final = (
    *(".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".tif", ".tiff", ".webp", ".gif", ".bmp"),
    *(".heic", ".heif", ".avif", ".dng", ".cr2", ".cr3", ".nef", ".arw", ".orf", ".rw2", ".raf"),
    *(".mp4", ".m4v", ".mov", ".3gp"),
)
_EXIF_MARK = b"Exif\0\0"
_EXIF = re.compile(rb"(?:Exif\0\0|eXIf|EXIF[\s\S]{4})(?=II\*\0|MM\0\*)")
_EXIF_PARTS: Final = frozenset({"eXIf", "EXIF"})
_XMP_BEGINS, _XMP_ENDS = b"<x:xmpmeta", b"</x:xmpmeta>"
_MAX_BLOCKS = 4
_MAX_BLOCK_BYTES = 1024 * 1024
_MAX_XMP_BYTES = 64 * 1024
_MAX_TEXTS = 40
_MAX_TAGS = 400


class PhotoLook(msgspec.Struct, frozen=True, kw_only=True):
    """What looking into a photo gave.

    ``is_bare``: nothing but a picture, proven; all others are sealed under a key.
    ``told`` is what it says of device, place and person; ``problem`` what is wrong with
    the image, and ``is_unread`` whether what the camera wrote could not be read in full.
    """

    is_bare: bool = False
    told: dict[str, Value] = {}
    problem: str = ""
    is_large: bool = False
    is_unread: bool = False


def is_photo(name: str, data: bytes) -> bool:
    """Whether a file is, or calls itself, an image or a film."""
    return image_kind(data) is not None or name.lower().endswith(_SUFFIXES)


def holds_exif(data: bytes) -> bool:
    """Whether a photo with EXIF lies unpacked in another file, as scans do in a PDF."""
    return _EXIF_MARK in data


def look_into(data: bytes) -> PhotoLook:
    """Return what a photo tells, whatever its name says it is; cost: O(bytes).

    Nothing is decoded, so that a picture of any size in pixels costs no more than its file.
    """
    if len(data) > MAX_PHOTO_BYTES:
        return PhotoLook(is_large=True)
    parts = image_parts(data)
    if parts is None:
        parts = ImageParts(kind="", problem=NO_IMAGE)
    elif not parts.beside and not parts.problem:
        return PhotoLook(is_bare=True)
    blocks = [read_exif(block) for block in _exif_blocks(parts.kind, data)]
    is_missed = not blocks and any(map(_is_exif, parts.beside))
    return PhotoLook(
        told=_told(parts, blocks, data),
        problem=parts.problem,
        is_unread=is_missed or any(block.problem for block in blocks),
    )


def _exif_blocks(kind: str, data: bytes) -> list[bytes]:
    if kind == "tiff":
        return [data]
    starts = [found.end() for found in islice(_EXIF.finditer(data), _MAX_BLOCKS)]
    return [data[start : start + _MAX_BLOCK_BYTES] for start in starts]


def _is_exif(part: Part) -> bool:
    return part.name in _EXIF_PARTS or part.data.startswith(b"Exif")


def _told(parts: ImageParts, blocks: list[Exif], data: bytes) -> dict[str, Value]:
    """Return what is told, empty where it is not; the texts of other parts by their names."""
    values: dict[str, str] = {}
    for block in reversed(blocks):  # The first block is the photo's own, and stands.
        values |= block.values
    texts = [f"XMP: {text}" for text in _xmp_texts(data)]
    texts += [f"{part.name}: {legible(part.data)}" for part in parts.beside if not _is_exif(part)]
    told: dict[str, Value | None] = {
        "kind": parts.kind,
        "latitude": degrees(values, "GPSLatitude"),
        "longitude": degrees(values, "GPSLongitude"),
        "taken_at": values.get("Exif.DateTimeOriginal") or values.get("IFD0.DateTime"),
        "device": " ".join(filter(None, (values.get("IFD0.Make"), values.get("IFD0.Model")))),
        "device_serial": values.get("Exif.BodySerialNumber"),
        "owner": values.get("Exif.CameraOwnerName") or values.get("IFD0.Artist"),
        "thumbnail_bytes": values.get("IFD1.JpegIFByteCount"),
        "tags": [f"{name}: {value}" for name, value in values.items()][:_MAX_TAGS],
        "texts": texts[:_MAX_TEXTS],
    }
    return {name: value for name, value in told.items() if value}


def _xmp_texts(data: bytes) -> list[str]:
    texts: list[str] = []
    at = data.find(_XMP_BEGINS)
    while at >= 0 and len(texts) < _MAX_BLOCKS:
        end = data.find(_XMP_ENDS, at, at + _MAX_XMP_BYTES)
        packet = data[at : end if end >= 0 else at + _MAX_XMP_BYTES]
        texts.append(packet.decode("utf-8", "replace"))
        at = data.find(_XMP_BEGINS, at + len(packet) + 1)
    return texts

"""Photos built from nothing, with secrets planted in them; no test of its own.

Pillow writes the EXIF blocks, so that what reads them is compared with something independent.
"""

import base64
import io
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

OWNER = "Canary Owner"
BODY = "CANARY-BODY-77"
MAKE = "Canary Optics"
COMMENT = "canary comment, behind the mill"
PERSON = "Canary Xmpname"
CAPTION = "canary caption by iptc"
TAKEN_AT = "2017:03:04 05:06:07"
THUMBNAIL = b"\xff\xd8\xff\xe0canary-thumbnail\xff\xd9"
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>{PERSON}</dc:creator></x:xmpmeta>'
IPTC = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + b"\x1c\x02\x78\0\x16" + CAPTION.encode()
RATIONALS = ((12, 1), (20, 1), (4416, 100)), ((45, 1), (40, 1), (4080, 100))
"""Latitude 12.3456 and longitude 45.678 as degrees, minutes and seconds."""

WORDS = (OWNER, BODY, MAKE, COMMENT, PERSON, CAPTION, TAKEN_AT, "12.3456", "45.678")


def exif_block(order: str = "<") -> bytes:
    """Return an EXIF block with everything planted, a thumbnail last; no ``Exif`` before it."""
    exif = Image.Exif()
    exif.endian = order
    exif[0x010F], exif[0x0110], exif[0x013B] = MAKE, "Model 1", OWNER
    exif.get_ifd(0x8769).update(
        {0x9003: TAKEN_AT, 0x9286: b"ASCII\0\0\0" + COMMENT.encode(), 0xA430: OWNER, 0xA431: BODY}
    )
    latitude, longitude = (tuple(a / b for a, b in parts) for parts in RATIONALS)
    exif.get_ifd(0x8825).update({1: "N", 2: latitude, 3: "E", 4: longitude})
    block = bytearray(exif.tobytes().removeprefix(b"Exif\0\0"))
    n_fields = struct.unpack_from(order + "H", block, 8)[0]
    struct.pack_into(order + "L", block, 10 + 12 * n_fields, len(block))
    at = len(block) + 30
    block += struct.pack(order + "HHHLLHHLLL", 2, 0x201, 4, 1, at, 0x202, 4, 1, len(THUMBNAIL), 0)
    return bytes(block) + THUMBNAIL


def picture(kind: str) -> bytes:
    """Return a small picture and nothing beside it."""
    image = Image.new("RGB", (24, 16))
    image.putdata([(x * 9 % 256, x * x % 251, x * 31 % 255) for x in range(24 * 16)])
    out = io.BytesIO()
    image.save(out, kind.upper())
    return out.getvalue()


def segment(code: int, payload: bytes) -> bytes:
    """Return one segment of a JPEG."""
    return bytes([0xFF, code]) + (len(payload) + 2).to_bytes(2) + payload


def jpeg(*parts: bytes) -> bytes:
    """Return a JPEG with segments put after its start."""
    bare = picture("jpeg")
    return bare[:2] + b"".join(parts) + bare[2:]


def chunk(name: bytes, payload: bytes) -> bytes:
    """Return one chunk of a PNG, its check right."""
    return len(payload).to_bytes(4) + name + payload + zlib.crc32(name + payload).to_bytes(4)


def png(*chunks: bytes) -> bytes:
    """Return a PNG with chunks put after its head."""
    bare = picture("png")
    return bare[:33] + b"".join(chunks) + bare[33:]


def webp(*chunks: tuple[bytes, bytes]) -> bytes:
    """Return a WebP with chunks put after its picture."""
    body = picture("webp")[12:]
    for name, payload in chunks:
        body += name + len(payload).to_bytes(4, "little") + payload + b"\0" * (len(payload) % 2)
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body


def box(name: bytes, payload: bytes) -> bytes:
    """Return one box of a HEIF image."""
    return (len(payload) + 8).to_bytes(4) + name + payload


def planted_jpeg() -> bytes:
    """Return a JPEG as a phone and a desk write it: EXIF, XMP, IPTC and a comment."""
    return jpeg(
        segment(0xE1, b"Exif\0\0" + exif_block()),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP.encode()),
        segment(0xED, IPTC),
        segment(0xFE, COMMENT.encode()),
    )


def planted() -> dict[str, bytes]:
    """Return a photo of each kind, by name, each with the whole EXIF block in it."""
    text = b"Comment\0" + COMMENT.encode()
    tiff = exif_block(">")
    heif = box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(
        b"mdat", b"\0\0\0\x06Exif\0\0" + exif_block(">") + XMP.encode()
    )
    return {
        "one.jpg": planted_jpeg(),
        "two.png": png(chunk(b"eXIf", exif_block()), chunk(b"tEXt", text)),
        "three.webp": webp((b"EXIF", exif_block()), (b"XMP ", XMP.encode())),
        "four.tif": tiff,
        "five.heic": heif,
    }


def needles() -> tuple[bytes, ...]:
    """Return what must be found nowhere in clear: every secret in every usual spelling."""
    raw = [word.encode() for word in WORDS] + [THUMBNAIL[4:20]]
    raw += [
        struct.pack(f"{order}6L", *(number for part in parts for number in part))
        for order in "<>"
        for parts in RATIONALS
    ]
    return tuple({spelled for secret in raw for spelled in _spellings(secret)})


def _spellings(secret: bytes) -> Iterator[bytes]:
    yield secret
    yield secret.hex().encode()
    for shift in range(3):  # Only the characters that no neighbour has a part in.
        coded = base64.b64encode(b"\0" * shift + secret)
        yield coded[(8 * shift + 5) // 6 : 8 * (shift + len(secret)) // 6]
    if secret.isascii() and secret.decode().isprintable():
        yield secret.decode().encode("utf-16-le")
        yield secret.decode().encode("utf-16-be")

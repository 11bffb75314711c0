"""An EXIF block is read as text, as another program reads it, and never leads astray."""

import struct
import time
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from headstamp.intake.exif import degrees, read_exif

from . import photo_files as made


@pytest.mark.parametrize("order", ["<", ">"])
def test_what_was_planted_is_read(order: str) -> None:
    """Whoever made the photo, with what, when, where, and what they wrote beside it."""
    exif = read_exif(made.exif_block(order))

    assert exif.problem == ""
    assert exif.values["IFD0.Make"] == made.MAKE
    assert exif.values["Exif.DateTimeOriginal"] == made.TAKEN_AT
    assert exif.values["Exif.CameraOwnerName"] == made.OWNER
    assert exif.values["Exif.BodySerialNumber"] == made.BODY
    assert made.COMMENT in exif.values["Exif.UserComment"]
    assert exif.values["IFD1.JpegIFByteCount"] == str(len(made.THUMBNAIL))
    assert degrees(exif.values, "GPSLatitude") == "12.3456000"
    assert degrees(exif.values, "GPSLongitude") == "45.6780000"


@given(
    st.dictionaries(
        st.sampled_from([0x010E, 0x010F, 0x0110, 0x0131, 0x0132, 0x013B, 0x8298]),
        st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=40),
        min_size=1,
    ),
    st.sampled_from("<>"),
)
def test_texts_are_read_as_another_program_writes_them(texts: dict[int, str], order: str) -> None:
    """Pillow writes the block; every text comes back under its tag, and nothing else does."""
    exif = Image.Exif()
    exif.endian = order
    exif.update(texts)

    read = read_exif(exif.tobytes().removeprefix(b"Exif\0\0"))

    assert (sorted(read.values.values()), read.problem) == (sorted(texts.values()), "")


@pytest.mark.parametrize(("order", "encoding"), [("<", "utf-16-le"), (">", "utf-16-be")])
def test_words_of_windows_are_read(order: str, encoding: str) -> None:
    """Its tags hold UTF-16, low byte first in either order; a comment follows the block's."""
    exif = Image.Exif()
    exif.endian = order
    exif[0x9C9D] = "Канарейка".encode("utf-16-le") + b"\0\0"
    exif.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + "أمينة".encode(encoding)

    values = read_exif(exif.tobytes().removeprefix(b"Exif\0\0")).values

    assert values["IFD0.XPAuthor"] == "Канарейка"
    assert values["Exif.UserComment"] == "أمينة"


@pytest.mark.parametrize(
    ("parts", "reference", "expected"),
    [
        ("12/1 30/1 0/1", "S", "-12.5000000"),
        ("0/1 0/1 1/1", "E", "0.0002778"),
        ("12/0 30/1 0/1", "N", None),
        ("12/1 30/1", "N", None),
        ("", "N", None),
        ("-12/1 30/1 0/1", "N", None),
    ],
)
def test_degrees_are_told_or_not_known(parts: str, reference: str, expected: str | None) -> None:
    """A position that is not whole is none; it is never nought."""
    values = {"GPS.GPSLatitude": parts, "GPS.GPSLatitudeRef": reference}

    assert degrees(values, "GPSLatitude") == expected


def _directory(*fields: tuple[int, int, int, int], following: int = 0) -> bytes:
    packed = b"".join(struct.pack("<HHLL", *field) for field in fields)
    return struct.pack("<H", len(fields)) + packed + struct.pack("<L", following)


HEAD = b"II*\0\x08\0\0\0"


@pytest.mark.parametrize(
    ("block", "problem"),
    [
        (HEAD + _directory(following=8), "leads back"),
        (HEAD + _directory((0x8769, 4, 1, 8)), "leads back"),
        (
            HEAD + _directory((0x014A, 4, 1, 26), following=26) + _directory(following=8),
            "leads back",
        ),
        (HEAD + _directory((0x010F, 2, 2**32 - 1, 8)), "outside"),
        (HEAD + _directory((0x010F, 2, 9, 2**32 - 1)), "outside"),
        (HEAD + _directory((0x010F, 99, 1, 8)), "no known type"),
        (HEAD + _directory((0x010F, 2, 0, 8)), "no known type"),
        (HEAD + _directory((0x8769, 4, 1, 2**32 - 1)), "breaks off"),
        (HEAD + struct.pack("<H", 5_000) + bytes(60_004), "more than 4,000"),
        (HEAD, "breaks off"),
        (b"II*\0", "breaks off"),
        (b"", "does not begin"),
        (b"II+\0\x08\0\0\0", "does not begin"),
    ],
)
def test_a_block_that_leads_astray_is_said_to(block: bytes, problem: str) -> None:
    """Circles, values outside, too many entries, ends too early: each is told, none is followed."""
    assert problem in read_exif(block).problem


def test_a_good_value_beside_a_bad_one_is_read() -> None:
    """What can be read is."""
    block = HEAD + _directory((0x010F, 2, 9, 2**31), (0x0112, 3, 1, 6))

    assert read_exif(block).values == {"IFD0.Orientation": "6"}


@pytest.mark.parametrize(
    "block",
    [
        HEAD
        + struct.pack("<H", 3_999)
        + struct.pack("<HHLL", 1, 2, 65_000, 8) * 3_999
        + bytes(9**5),
        HEAD
        + struct.pack("<H", 3_999)
        + struct.pack("<HHLL", 1, 5, 2**20, 8) * 3_999
        + bytes(2**24),
        HEAD + b"".join(_directory(following=14 + 6 * n) for n in range(2_000_000)),
    ],
    ids=["one text 4,000 times", "long lists", "empty directories in a chain"],
)
def test_no_block_swells(block: bytes) -> None:
    """Fields that share their bytes and directories without fields cost no more than a moment."""
    started = time.monotonic()
    exif = read_exif(block)

    assert time.monotonic() - started < 3
    assert sum(map(len, exif.values.values())) < 10_000_000


@given(st.data())
@settings(max_examples=300)
def test_no_change_of_bytes_crashes(data: st.DataObject) -> None:
    """A block that was hit by anything is read as far as it goes, without a warning."""
    block = bytearray(made.exif_block(data.draw(st.sampled_from("<>"))))
    for _ in range(data.draw(st.integers(1, 6))):
        block[data.draw(st.integers(0, len(block) - 1))] = data.draw(st.integers(0, 255))

    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        read_exif(bytes(block[: data.draw(st.integers(0, len(block)))]))

    assert warned == []

"""A photo tells what stands beside its picture, and is bare only where nothing does."""

import struct

import pytest

from headstamp.intake import photo as module
from headstamp.intake.photo import holds_exif, is_photo, look_into

from . import photo_files as made

PLANTED = made.planted()
PLACE = {"latitude": "12.3456000", "longitude": "45.6780000"}


@pytest.mark.parametrize("name", PLANTED)
def test_what_a_photo_of_each_kind_tells_is_read(name: str) -> None:
    """Place, time, device, its serial, its owner, and that a small picture lies within."""
    look = look_into(PLANTED[name])

    assert (look.is_bare, look.problem, look.is_unread) == (False, "", False)
    told = {key: look.told[key] for key in (*PLACE, "taken_at", "device", "device_serial", "owner")}
    assert told == PLACE | {
        "taken_at": made.TAKEN_AT,
        "device": f"{made.MAKE} Model 1",
        "device_serial": made.BODY,
        "owner": made.OWNER,
    }
    assert look.told["thumbnail_bytes"] == str(len(made.THUMBNAIL))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("one.jpg", [made.PERSON, made.CAPTION, made.COMMENT]),
        ("two.png", [made.COMMENT]),
        ("three.webp", [made.PERSON]),
        ("five.heic", [made.PERSON]),
    ],
)
def test_texts_beside_the_picture_are_read(name: str, words: list[str]) -> None:
    """XMP, IPTC and comments are kept as the words they hold."""
    texts = str(look_into(PLANTED[name]).told["texts"])

    assert [word for word in words if word not in texts] == []


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_a_picture_alone_is_bare_and_tells_nothing(kind: str) -> None:
    """It may be sealed open, as other exhibits are."""
    look = look_into(made.picture(kind))

    assert (look.is_bare, look.told, look.problem) == (True, {}, "")


@pytest.mark.parametrize(
    "data",
    [
        made.jpeg(made.segment(0xE1, b"Exif\0\0" + b"no such thing")),
        made.jpeg(made.segment(0xE1, b"Exif\0\0II*\0\xff\xff\xff\xff")),
        made.png(made.chunk(b"eXIf", b"neither of both")),
        made.webp((b"EXIF", b"neither of both")),
        b"II*\0\x08\0\0\0" + struct.pack("<HHHLLL", 1, 0x10F, 2, 9, 2**31, 0),
    ],
)
def test_details_that_cannot_be_read_are_said_to_be_there(data: bytes) -> None:
    """The photo counts as telling much."""
    look = look_into(data)

    assert (look.is_bare, look.is_unread) == (False, True)


@pytest.mark.parametrize("data", [b"", b"a letter, not a photo", b"PK\x03\x04", b"BM1234"])
def test_what_is_no_image_is_not_bare(data: bytes) -> None:
    """Nothing was shown of it."""
    look = look_into(data)

    assert (look.is_bare, look.problem) == (False, module.NO_IMAGE)


def test_a_photo_that_breaks_off_still_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands at its beginning was read."""
    look = look_into(made.planted_jpeg()[:-40])

    assert "breaks off" in look.problem
    assert look.told["owner"] == made.OWNER


def test_a_photo_that_is_too_large_is_not_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    """And so is not bare."""
    data = made.picture("jpeg")
    monkeypatch.setattr(module, "MAX_PHOTO_BYTES", len(data) - 1)

    look = look_into(data)

    assert (look.is_bare, look.is_large, look.told) == (False, True, {})


def test_what_is_kept_of_a_photo_is_bounded() -> None:
    """However much was put into it."""
    many = [made.segment(0xFE, b"canary " * 9_000)] * 300
    xmp = [made.segment(0xE1, b"<x:xmpmeta" + b"x" * 60_000)] * 60
    look = look_into(made.jpeg(*many, *xmp))

    assert len(str(look.told)) < 1_000_000


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.JPG", b"not one", True),
        ("a.heic", b"", True),
        ("scan", made.picture("png"), True),
        ("letter.pdf", made.picture("jpeg"), True),
        ("letter.pdf", b"%PDF", False),
        ("table.csv", b"a,b", False),
    ],
)
def test_photos_are_told_by_bytes_and_by_name(name: str, data: bytes, *, expected: bool) -> None:
    """Either suffices: a wrong name hides nothing, nor does a damaged beginning."""
    assert is_photo(name, data) is expected


def test_a_photo_within_another_file_is_noticed() -> None:
    """As a scanner puts photos into a PDF."""
    assert holds_exif(b"%PDF stream " + made.planted_jpeg())
    assert not holds_exif(b"%PDF stream " + made.picture("jpeg"))

"""What stands beside a picture is found, wherever it stands; a bare picture is told as bare."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.intake.image_parts import BREAKS_OFF, image_kind, image_parts

from . import photo_files as made

BARE = {kind: made.picture(kind) for kind in ("jpeg", "png", "webp")}


@pytest.mark.parametrize("kind", BARE)
def test_a_bare_picture_has_nothing_beside_it(kind: str) -> None:
    """As another program writes it, without anything that tells of its maker."""
    parts = image_parts(BARE[kind])

    assert parts is not None
    assert (parts.kind, parts.beside, parts.problem) == (kind, (), "")


@pytest.mark.parametrize("code", [*range(0xE1, 0xEF), 0xEF, 0xFE, 0xF0, 0xC8, 0xCC])
def test_every_other_segment_of_a_jpeg_is_beside(code: int) -> None:
    """Also those that nobody has given a meaning yet."""
    parts = image_parts(made.jpeg(made.segment(code, b"canary")))

    assert parts is not None
    assert [part.data for part in parts.beside] == [b"canary"]


@pytest.mark.parametrize("code", [0xC0, 0xC4, 0xDA, 0xDB, 0xDD, 0xE0, 0xEE])
@pytest.mark.parametrize("text", [b"canary", b"JFIF\0canary67\1\1", b"Adobe and more canaries"])
def test_a_segment_of_the_picture_holds_nothing_else(code: int, text: bytes) -> None:
    """A text that calls itself a table, a frame or a scan is beside the picture all the same."""
    parts = image_parts(made.jpeg(made.segment(code, text)))

    assert parts is not None
    assert [part.data for part in parts.beside] == [text]


def test_a_table_of_a_number_that_no_jpeg_has_is_beside() -> None:
    """Long enough for a table, and yet none."""
    payload = b"\x0f" + b"canary, " * 8
    parts = image_parts(made.jpeg(made.segment(0xDB, payload)))

    assert parts is not None
    assert [part.data for part in parts.beside] == [payload]


@pytest.mark.parametrize("kind", BARE)
def test_what_follows_the_picture_is_beside_it(kind: str) -> None:
    """Phones put a film, a map or a second picture there."""
    parts = image_parts(BARE[kind] + b"canary")

    assert parts is not None
    assert [part.data for part in parts.beside] == [b"canary"]


def test_a_comment_between_two_scans_is_found() -> None:
    """A JPEG may go on with segments after picture data."""
    bare = BARE["jpeg"]
    data = bare[:-2] + made.segment(0xFE, b"canary") + bare[-2:]

    parts = image_parts(data)

    assert parts is not None
    assert [part.name for part in parts.beside] == ["COM"]


@pytest.mark.parametrize("name", [b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"iCCP", b"cnRy"])
def test_chunks_of_a_png_that_are_no_picture_are_beside(name: bytes) -> None:
    """Texts, times, profiles, and what is private to some program."""
    parts = image_parts(made.png(made.chunk(name, b"canary")))

    assert parts is not None
    assert [part.data for part in parts.beside] == [b"canary"]


@pytest.mark.parametrize("name", [b"gAMA", b"pHYs", b"tRNS", b"sRGB"])
def test_a_chunk_of_the_picture_is_no_longer_than_it_may_be(name: bytes) -> None:
    """A text of 300 bytes is no gamma."""
    parts = image_parts(made.png(made.chunk(name, b"canary" * 50)))

    assert parts is not None
    assert len(parts.beside) == 1


@pytest.mark.parametrize("name", [b"EXIF", b"XMP ", b"ICCP", b"ANMF", b"VP8 ", b"VP8L", b"VP8X"])
def test_chunks_of_a_webp_that_are_no_picture_are_beside(name: bytes) -> None:
    """Also those that only bear the name of a picture's chunk."""
    parts = image_parts(made.webp((name, b"a canary, by name")))

    assert parts is not None
    assert [part.data for part in parts.beside] == [b"a canary, by name"]


@pytest.mark.parametrize("kind", BARE)
def test_a_picture_cut_short_anywhere_is_said_to_break_off(kind: str) -> None:
    """And is never told as bare."""
    data = BARE[kind]
    cuts = [image_parts(data[:length]) for length in range(16, len(data))]

    assert {parts.problem for parts in cuts if parts is not None} == {BREAKS_OFF}
    assert None not in cuts


@pytest.mark.parametrize("data", [b"\xff\xd8\xff\xd9", b"\xff\xd8\xff", made.picture("png")[:8]])
def test_a_file_without_a_picture_is_damaged(data: bytes) -> None:
    """A beginning and an end make no photo."""
    parts = image_parts(data)

    assert parts is not None
    assert parts.problem == BREAKS_OFF


def test_a_changed_byte_of_a_png_is_seen() -> None:
    """By its own checks, so that a text cannot pass for a chunk of the picture."""
    data = made.png(made.chunk(b"tEXt", b"canary"))
    parts = image_parts(data.replace(b"tEXt", b"tRNS"))

    assert parts is not None
    assert parts.problem == BREAKS_OFF


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"II*\0\x08\0\0\0", "tiff"),
        (b"MM\0+\0\x08\0\0", "tiff"),
        (made.box(b"ftyp", b"heic") + made.box(b"mdat", b"x"), "iso_media"),
        (b"GIF89a", "gif"),
    ],
)
def test_kinds_that_are_not_walked_are_never_bare(data: bytes, kind: str) -> None:
    """What cannot be shown to be a picture alone is taken to tell more."""
    parts = image_parts(data)

    assert parts is not None
    assert (parts.kind, len(parts.beside), parts.problem) == (kind, 1, "")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04", b"\xff\xd8", b"RIFF1234WAVE"])
def test_other_files_are_no_images(data: bytes) -> None:
    """By their bytes, whatever they are called."""
    assert image_parts(data) is None
    assert image_kind(data) is None


@pytest.mark.parametrize("cut", [1, 9, 20])
def test_a_heif_whose_boxes_do_not_fill_the_file_breaks_off(cut: int) -> None:
    """As one that was fetched in part."""
    whole = made.box(b"ftyp", b"heic") + made.box(b"mdat", b"x" * 20)
    parts = image_parts(whole[:-cut])

    assert parts is not None
    assert parts.problem == BREAKS_OFF


@given(st.lists(st.sampled_from([*BARE["jpeg"][:40], 0xFF, 0xD9, 0x00, 0xE1]), max_size=80))
def test_no_bytes_crash_the_walk(data: list[int]) -> None:
    """Any bytes may follow any signature."""
    for start in (
        b"\xff\xd8\xff",
        made.picture("png")[:8],
        b"RIFF\x40\0\0\0WEBP",
        b"\0\0\0\x08ftyp",
    ):
        parts = image_parts(start + bytes(data))
        assert parts is not None


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8" + b"\xff" * 8_000_000,
        made.picture("jpeg")[:-2] + b"\xff" * 8_000_000,
        b"\xff\xd8" + b"\xff\xfe\x00\x02" * 2_000_000,
        made.picture("png")[:33] + made.chunk(b"tEXt", b"") * 600_000,
        b"RIFF\xf8\x24\xf4\0WEBP" + b"abcd\0\0\0\0" * 2_000_000,
        b"\0\0\0\x08ftyp" + b"\0\0\0\x08free" * 1_000_000,
    ],
    ids=["fill", "fill in a scan", "segments", "chunks", "riff chunks", "boxes"],
)
def test_no_file_of_some_megabytes_takes_more_than_a_moment(data: bytes) -> None:
    """Time grows with the bytes, and millions of parts are not walked to their end."""
    started = time.monotonic()
    parts = image_parts(data)

    assert parts is not None
    assert parts.problem or parts.beside
    assert time.monotonic() - started < 3


def test_a_picture_of_huge_dimensions_costs_nothing() -> None:
    """No pixel is decoded: 65,535 by 65,535 is a number like another."""
    bare = BARE["jpeg"]
    at = bare.index(b"\xff\xc0")
    huge = bare[: at + 5] + b"\xff\xff\xff\xff" + bare[at + 9 :]

    parts = image_parts(huge)

    assert parts is not None
    assert (parts.beside, parts.problem) == ((), "")

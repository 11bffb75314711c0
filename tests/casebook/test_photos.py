"""What a photo tells stays under its key; explain says that it is sealed, and where."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from headstamp.actions.erase_row import erase_row
from headstamp.actions.init_casebook import init_casebook
from headstamp.actions.take import take
from headstamp.actions.writing import Writing
from headstamp.casebook.explain import explain
from headstamp.casebook.opening import open_casebook
from headstamp.casebook.photos import photo_details
from headstamp.ledger.seal import read_exhibit
from headstamp.terms.table import Cell


@pytest.fixture
def taken(
    tmp_path: Path, cast: ModuleType, photos: ModuleType, amina: Writing
) -> Callable[..., Path]:
    """Return what makes a casebook whose mark m1 has two photos, one of them bare."""

    def take_it(**cells: str) -> Path:
        marks = [dict(row) for row in cast.WORLD["marks"]]
        marks[0] |= {"photos": "full.jpg;bare.jpg;IMG_7"} | cells
        folder = cast.write_package(tmp_path / "package", cast.world(marks=marks))
        (folder / "full.jpg").write_bytes(photos.planted_jpeg())
        (folder / "bare.jpg").write_bytes(photos.picture("jpeg"))
        init_casebook(tmp_path / "book", actor="Amina")
        list(take(tmp_path / "book", [folder], by=amina))
        return tmp_path / "book"

    return take_it


def _photo_rows(root: Path) -> list[dict[str, Cell]]:
    rows = explain(open_casebook(root), "mark:m1").rows
    return [row for row in rows if str(row["text"]).startswith("photo")]


def test_explain_leads_from_a_mark_to_its_photos(taken: Callable[..., Path]) -> None:
    """By file and digest; that what the camera wrote is sealed is all that is said of it."""
    root = taken()
    digests = {e.name: e.digest for e in open_casebook(root).intakes[2].exhibits}

    rows = [(row["file"], row["exhibit"], row["text"]) for row in _photo_rows(root)]

    assert rows == [
        ("full.jpg", digests["full.jpg"][:12], "photo, sealed under a key; EXIF: sealed"),
        ("bare.jpg", digests["bare.jpg"][:12], "photo, sealed"),
    ]


def test_photos_of_a_protected_mark_are_not_explained(taken: Callable[..., Path]) -> None:
    """Not even that there are any."""
    assert _photo_rows(taken(sensitivity="protected")) == []


def test_explain_says_when_a_photo_is_gone(taken: Callable[..., Path], amina: Writing) -> None:
    """The entry that erased it is named, and no digest leads anywhere."""
    root = taken()
    erase_row(root, str(_photo_rows(root)[0]["exhibit"]), reason="asked", by=amina)

    row = _photo_rows(root)[0]

    assert row["text"] == "photo; its sealed file was erased by entry 3"
    assert row["exhibit"] is None


def test_whoever_holds_the_keys_can_read_what_a_photo_tells(
    taken: Callable[..., Path], photos: ModuleType
) -> None:
    """From Python, by name; and the photo itself, byte for byte."""
    casebook = open_casebook(taken())
    (exhibit,) = (e for e in casebook.intakes[2].exhibits if e.name == "full.jpg")

    (details,) = photo_details(casebook)

    assert (details.file, details.exhibit, details.seq) == ("full.jpg", exhibit.digest, 2)
    assert details.values["owner"] == photos.OWNER
    data = read_exhibit(casebook.root, exhibit.digest, key_id=exhibit.key_id)
    assert data == photos.planted_jpeg()


def test_what_photos_tell_is_no_row(taken: Callable[..., Path]) -> None:
    """It takes no part in reasoning and is in no table."""
    casebook = open_casebook(taken())

    assert {table for table, _ in casebook.rows} & {"photo_details"} == set()
    assert casebook.n_erased == 0
    assert len(casebook.photos) == 1

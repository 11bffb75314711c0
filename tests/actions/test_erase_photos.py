"""Erasing a photo, or the row that shows it, leaves no copy of it and nothing of what it told."""

import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from headstamp.actions import sealed_copies
from headstamp.actions.erase_row import erase_row
from headstamp.actions.init_casebook import init_casebook
from headstamp.actions.sealed_copies import exhibit_named
from headstamp.actions.take import take
from headstamp.actions.writing import Writing
from headstamp.casebook.opening import open_casebook
from headstamp.casebook.photos import photo_details
from headstamp.ledger.entries import read_entries
from headstamp.ledger.keys import has_key
from headstamp.ledger.verify import verify_casebook
from headstamp.terms.errors import RefusedError

STRANGER = Path(__file__).parents[2] / "docs" / "reference" / "verify_casebook.py"
Package = Callable[..., Path]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return an empty casebook."""
    init_casebook(tmp_path / "book", actor="Amina")
    return tmp_path / "book"


@pytest.fixture
def package(tmp_path: Path, cast: ModuleType, photos: ModuleType) -> Package:
    """Return what writes a package whose mark m1 shows a photo, and m2 another one."""

    def write(name: str, *, site: str = "", is_zip: bool = False, **cells: str) -> Path:
        marks = [dict(row) for row in cast.WORLD["marks"]]
        marks[0] |= {"photos": "full.jpg", "sensitivity": ""} | cells
        marks[1] |= {"photos": "other.png"}
        sites = [*cast.WORLD["sites"], *([{"site_id": site}] if site else [])]
        folder: Path = cast.write_package(tmp_path / name, cast.world(marks=marks, sites=sites))
        (folder / "full.jpg").write_bytes(photos.planted_jpeg())
        (folder / "other.png").write_bytes(photos.planted()["two.png"])
        if not is_zip:
            return folder
        path = tmp_path / f"{name}.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in folder.iterdir():
                archive.write(file, f"{name}/{file.name}")
        return path

    return write


def _key_there(root: Path, name: str) -> list[bool]:
    return [
        has_key(root, str(exhibit.key_id))
        for intake in open_casebook(root).intakes.values()
        for exhibit in intake.exhibits
        if exhibit.name == name
    ]


def _digest(root: Path, name: str) -> str:
    exhibits = open_casebook(root).intakes[2].exhibits
    return next(exhibit.digest for exhibit in exhibits if exhibit.name == name)


def _details(root: Path) -> list[str]:
    return sorted(details.file for details in photo_details(open_casebook(root)))


def _verified(root: Path) -> tuple[str | None, int]:
    done = subprocess.run(
        [sys.executable, str(STRANGER), str(root)], capture_output=True, text=True, check=False
    )
    return verify_casebook(root).problem, done.returncode


def test_a_photo_is_erased_with_what_it_told(root: Path, package: Package, amina: Writing) -> None:
    """Two keys go, the mark stays, the other photo too, and both verifiers are content."""
    list(take(root, [package("one")], by=amina))

    erased = erase_row(root, _digest(root, "full.jpg"), reason="asked", by=amina)

    assert erased.n_keys == 2
    assert [(file.name, file.n_rows) for file in erased.files] == [("full.jpg", 1)]
    assert _key_there(root, "full.jpg") == [False]
    assert _details(root) == ["other.png"]
    assert "m1" in open_casebook(root).evidence.marks
    assert _verified(root) == (None, 0)


def test_a_key_of_what_a_photo_told_that_is_lost_is_wrong(
    root: Path, package: Package, amina: Writing
) -> None:
    """As of any protected row, both verifiers say so."""
    list(take(root, [package("one")], by=amina))
    (root / "keys" / open_casebook(root).photos[0].key_id).unlink()

    problem, code = _verified(root)

    assert "is missing" in str(problem)
    assert code == 3


def test_a_protected_mark_takes_its_photo_along_and_no_other(
    root: Path, package: Package, amina: Writing
) -> None:
    """The row's key, its table's, its photo's, and that of what the photo told."""
    list(take(root, [package("one", sensitivity="protected")], by=amina))

    erased = erase_row(root, "mark:m1", reason="asked", by=amina)

    assert {file.name for file in erased.files} == {"marks.csv", "full.jpg"}
    assert erased.n_keys == 4
    assert _details(root) == ["other.png"]
    assert _verified(root) == (None, 0)


@pytest.mark.parametrize("what", ["full.jpg", "mark:m1"])
@pytest.mark.parametrize("is_zip", [False, True])
def test_every_copy_of_a_photo_goes(
    root: Path, package: Package, amina: Writing, what: str, *, is_zip: bool
) -> None:
    """Also one that came again, in a folder or a zip, beside tables that had changed."""
    first = package("one", sensitivity="protected")
    later = package("two", sensitivity="protected", site="hill", is_zip=is_zip)
    list(take(root, [first, later], by=amina))
    text = what if what.startswith("mark") else _digest(root, what)

    erased = erase_row(root, text, reason="asked", by=amina)

    gone = [False] if is_zip else [False, False]
    assert _key_there(root, "full.jpg") == gone
    assert _key_there(root, "two.zip") == ([False] if is_zip else [])
    assert "full.jpg" not in _details(root)
    assert {file.seq for file in erased.files} == {2, 3}
    assert _verified(root) == (None, 0)


def test_a_photo_that_first_came_in_a_zip_goes_with_its_mark_everywhere(
    root: Path, package: Package, amina: Writing
) -> None:
    """Its bytes are looked up within the zip, and found again in the folder."""
    first = package("one", sensitivity="protected", is_zip=True)
    later = package("two", site="hill", text="0098", sensitivity="protected", mark_id="m9")
    list(take(root, [first, later], by=amina))

    erase_row(root, "mark:m1", reason="asked", by=amina)

    assert _key_there(root, "one.zip") == [False]
    assert _key_there(root, "full.jpg") == [False]
    assert _key_there(root, "other.png") == [True]


def test_a_short_id_does_not_take_pictures_along(
    root: Path, tmp_path: Path, cast: ModuleType, photos: ModuleType, amina: Writing
) -> None:
    """Two letters stand in every large picture by chance."""
    marks = [dict(row) for row in cast.WORLD["marks"]]
    marks[0] |= {"photos": "full.jpg"}
    tables = cast.world(marks=marks, claims=[*cast.WORLD["claims"], cast.PROTECTED_CLAIM])
    folder = cast.write_package(tmp_path / "package", tables)
    (folder / "full.jpg").write_bytes(photos.jpeg(photos.segment(0xFE, b"p1 p1")))
    list(take(root, [folder], by=amina))

    erased = erase_row(root, "p1", reason="asked", by=amina)

    assert [file.name for file in erased.files] == ["claims.csv"]


def test_a_short_id_does_not_take_a_zip_of_pictures_along(
    root: Path, tmp_path: Path, cast: ModuleType, photos: ModuleType, amina: Writing
) -> None:
    """Nor within a zip that holds no row of this id."""
    claims = [*cast.WORLD["claims"], cast.PROTECTED_CLAIM]
    first = cast.write_package(tmp_path / "first", cast.world(claims=claims))
    marks = [cast.WORLD["marks"][0] | {"mark_id": "m7", "photos": "full.jpg"}]
    later = cast.write_package(tmp_path / "later", cast.world(marks=marks))
    (later / "full.jpg").write_bytes(photos.jpeg(photos.segment(0xFE, b"p1 p1")))
    with zipfile.ZipFile(tmp_path / "later.zip", "w") as archive:
        for file in later.iterdir():
            archive.write(file, file.name)
    list(take(root, [first, tmp_path / "later.zip"], by=amina))

    erased = erase_row(root, "p1", reason="asked", by=amina)

    assert [file.name for file in erased.files] == ["claims.csv"]
    assert _key_there(root, "later.zip") == [True]


def test_what_a_mark_shows_in_a_later_intake_goes_too(
    root: Path, package: Package, photos: ModuleType, amina: Writing
) -> None:
    """Under the same name there may be another picture; the row shows it all the same."""
    later = package("two", sensitivity="protected", site="hill")
    (later / "full.jpg").write_bytes(photos.planted_jpeg() + b"another")
    list(take(root, [package("one", sensitivity="protected"), later], by=amina))

    erase_row(root, "mark:m1", reason="asked", by=amina)

    assert _key_there(root, "full.jpg") == [False, False]
    assert _key_there(root, "other.png") == [True, True]


@pytest.mark.parametrize("what", ["damaged", "huge"])
def test_a_zip_that_cannot_be_looked_into_goes_with_a_photo(
    root: Path, package: Package, amina: Writing, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """It may hold a copy; one file too many is the lesser harm, and it is told."""
    path = package("two", site="hill", sensitivity="protected", is_zip=True)
    if what == "damaged":
        data = bytearray(path.read_bytes())
        at = data.index(b"two/full.jpg") + 60
        data[at : at + 40] = bytes(40)
        path.write_bytes(data)
    else:
        monkeypatch.setattr(sealed_copies, "MAX_BYTES", 10)
        monkeypatch.setattr(sealed_copies, "keyed_digest", lambda *_: "")
    list(take(root, [package("one"), path], by=amina))

    erased = erase_row(root, _digest(root, "full.jpg"), reason="asked", by=amina)

    assert {file.name for file in erased.files} == {"full.jpg", "two.zip"}


def test_digits_that_begin_two_digests_name_neither(
    root: Path, package: Package, amina: Writing
) -> None:
    """Nothing is erased by guessing."""
    list(take(root, [package("one")], by=amina))
    casebook = open_casebook(root)
    alike = tuple(
        msgspec.structs.replace(exhibit, digest=f"{'ab' * 6}{number:052}")
        for number, exhibit in enumerate(casebook.intakes[2].exhibits)
    )
    intake = msgspec.structs.replace(casebook.intakes[2], exhibits=alike)
    casebook = replace(casebook, intakes={2: intake})

    assert exhibit_named(casebook, "ab" * 6) is None
    assert exhibit_named(casebook, alike[1].digest) == alike[1]
    assert exhibit_named(casebook, alike[1].digest[:11]) is None


def test_twelve_digits_name_an_exhibit(root: Path, package: Package, amina: Writing) -> None:
    """As explain prints them; the journal has the whole digest."""
    list(take(root, [package("one")], by=amina))
    digest = _digest(root, "full.jpg")

    erase_row(root, digest[:12], reason="asked", by=amina)

    assert read_entries(root)[-1].content()["id"] == digest


@pytest.mark.parametrize(("name", "said"), [("full.jpg", "was erased"), ("items.csv", "for good")])
def test_what_is_gone_or_open_is_not_erased(
    root: Path, package: Package, amina: Writing, name: str, said: str
) -> None:
    """A second erasure is refused, as is one of a file that has no key."""
    list(take(root, [package("one")], by=amina))
    erase_row(root, _digest(root, "full.jpg"), reason="asked", by=amina)

    with pytest.raises(RefusedError, match=said):
        erase_row(root, _digest(root, name), reason="asked", by=amina)

    assert len(read_entries(root)) == 3


def test_the_same_photos_again_are_the_same_bytes(
    root: Path, package: Package, amina: Writing
) -> None:
    """Keyed digests are compared: nothing is sealed twice for nothing."""
    folder = package("one")
    _, again = take(root, [folder, folder], by=amina)

    assert (again.seq, again.same_as) == (None, 2)


def test_a_damaged_zip_counts_as_holding_the_row(
    root: Path, package: Package, amina: Writing
) -> None:
    """What cannot be looked into goes too, rather than staying."""
    path = package("one", sensitivity="protected", is_zip=True)
    data = bytearray(path.read_bytes())
    at = data.index(b"one/full.jpg") + 60
    data[at : at + 40] = bytes(40)
    path.write_bytes(data)
    list(take(root, [path], by=amina))

    erased = erase_row(root, "mark:m1", reason="asked", by=amina)

    assert [file.name for file in erased.files] == ["one.zip"]

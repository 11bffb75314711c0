"""What a photo tells of whoever took it is found nowhere in clear: no file, no page, no line."""

import gzip
import random
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

from headstamp.actions.init_casebook import init_casebook
from headstamp.actions.take import take
from headstamp.actions.writing import Writing
from headstamp.intake.photo import look_into
from headstamp.ledger.verify import verify_casebook

Cli = Callable[..., NamedTuple]

LISTINGS = ("claims", "items", "marks", "sources", "parties", "sites", "consignments", "documents",
            "undertakings", "requests", "links", "issues", "findings", "figures")  # fmt: skip


@pytest.fixture
def package(tmp_path: Path, cast: ModuleType, photos: ModuleType) -> Path:
    """Return a package with a photo of each kind, whole, cut short and misnamed."""
    files = dict(photos.planted())
    files |= {f"cut-{name}": data[:-7] for name, data in files.items()}
    files["wrong.png"] = files["one.jpg"]
    files["scan.pdf"] = b"%PDF " + files["one.jpg"]
    marks = [dict(row) for row in cast.WORLD["marks"]]
    marks[0]["photos"] = ";".join(name for name in files if name != "scan.pdf")
    documents = [{"document_id": "d1", "kind": "letter", "exhibit": "scan.pdf",
                  "source_id": "paper"}]  # fmt: skip
    folder: Path = cast.write_package(
        tmp_path / "package", cast.world(marks=marks, documents=documents)
    )
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(params=["folder", "zip"])
def brought(request: pytest.FixtureRequest, package: Path, tmp_path: Path) -> Path:
    """Return the package as a folder and as a zip."""
    if request.param == "folder":
        return package
    path = tmp_path / "package.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in package.iterdir():
            archive.write(file, file.name)
    return path


def test_nothing_that_photos_tell_leaves_them(
    brought: Path, tmp_path: Path, cli: Cli, photos: ModuleType
) -> None:
    """Every file of the casebook and of the report, and every line of every verb, is searched."""
    book, report = tmp_path / "book", tmp_path / "report"
    said = "".join(_said_by_every_verb(cli, book, brought, report))
    stored = _searchable(book) | _searchable(report) | {"said": said.encode()}

    assert _found(photos, {"the package": b"".join(_searchable(brought).values())}) != []
    assert _found(photos, stored) == []
    assert len(said) > 10_000
    assert len(stored) > 30
    assert "EXIF: sealed" in said


def test_what_was_erased_is_told_by_no_verb_either(
    package: Path, tmp_path: Path, cli: Cli, photos: ModuleType, amina: Writing
) -> None:
    """Nor by any file, once the keys of every photo are gone."""
    book = tmp_path / "book"
    cli("init", book, "--actor", "Amina")
    cli("-C", book, "take", package)
    for exhibit in sorted((book / "exhibits").glob("*/*")):
        digest = exhibit.parent.name + exhibit.name
        cli("-C", book, "erase", digest, "--reason", "asked")
    ran = [cli("-C", book, *words) for words in (["verify"], ["explain", "mark:m1"], ["marks"])]

    assert [path.name for path in (book / "keys").iterdir()] == ["secret"]
    assert _found(photos, _searchable(book) | {"said": repr(ran).encode()}) == []
    assert verify_casebook(book).problem is None


def _said_by_every_verb(cli: Cli, book: Path, brought: Path, report: Path) -> Iterator[str]:
    in_book = ("-C", book)
    yield repr(cli("init", book, "--actor", "Amina"))
    yield repr(cli(*in_book, "take", brought, "--dry-run"))
    yield repr(cli(*in_book, "take", brought, "--format", "json"))
    yield repr(cli(*in_book, "take", brought))
    yield repr(cli(*in_book, "trace"))
    for verb in LISTINGS:
        for form in ("json", "csv", "table"):
            yield repr(cli(*in_book, verb, "--format", form))
    for name in ("mark:m1", "document:d1", "item:i1", "c1"):
        yield repr(cli(*in_book, "explain", name))
        yield repr(cli(*in_book, "explain", name, "--format", "json"))
    yield repr(cli(*in_book, "chain", "i1"))
    yield repr(cli(*in_book, "report", "-o", report))
    yield repr(cli(*in_book, "withdraw", "mark:m1", "--reason", "a trial"))
    yield repr(cli(*in_book, "verify"))


def _searchable(path: Path) -> dict[str, bytes]:
    """Return every file as it is, and unpacked where it is packed."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    found = {str(file): file.read_bytes() for file in files}
    unpacked = {name: gzip.decompress(data) for name, data in found.items() if name[-3:] == ".gz"}
    return found | {f"{name} unpacked": data for name, data in unpacked.items()}


def _found(photos: ModuleType, stored: dict[str, bytes]) -> list[tuple[str, bytes]]:
    needles = photos.needles()
    return [(name, needle) for name, data in stored.items() for needle in needles if needle in data]


# --- photos hit by anything ---------------------------------------------------------------------


def test_no_photo_that_was_hit_is_taken_for_a_bare_one(photos: ModuleType) -> None:
    """2,000 changed photos: no crash, no wait, and none that still holds a secret is open."""
    chance, needles = random.Random(7), photos.needles()
    whole = list(photos.planted().values())
    slowest, betrayed = 0.0, []
    for _ in range(2_000):
        data = _hit(chance.choice(whole), chance)
        started = time.perf_counter()
        look = look_into(data)
        slowest = max(slowest, time.perf_counter() - started)
        if look.is_bare and any(needle in data for needle in needles):
            betrayed.append(data)

    assert betrayed == []
    assert slowest < 1


@pytest.mark.slow
def test_no_casebook_holds_a_secret_of_a_photo_that_was_hit(
    tmp_path: Path, cast: ModuleType, photos: ModuleType
) -> None:
    """2,000 changed photos taken, 100 to a package: nothing in clear, and verify is content."""
    chance, whole = random.Random(8), photos.planted()
    init_casebook(tmp_path / "book", actor="Amina")
    for number in range(20):
        names = [f"{n}-{chance.choice(list(whole))}" for n in range(100)]
        marks = [cast.WORLD["marks"][0] | {"mark_id": f"m-{number}", "photos": ";".join(names)}]
        folder = cast.write_package(tmp_path / f"package-{number}", cast.world(marks=marks))
        for name in names:
            (folder / name).write_bytes(_hit(whole[name.partition("-")[2]], chance))
        (taken,) = take(tmp_path / "book", [folder], by=Writing(actor="Amina"))
        assert taken.seq == number + 2

    assert _found(photos, _searchable(tmp_path / "book")) == []
    assert verify_casebook(tmp_path / "book").problem is None


def _hit(data: bytes, chance: random.Random) -> bytes:
    """Return the bytes changed in one to six places: altered, cut, doubled, dropped or mixed."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(changed) + 1)
        length = chance.choice((1, 2, 4, 30))
        match chance.randrange(6):
            case 0:
                changed[at : at + length] = chance.randbytes(length)
            case 1:
                del changed[at : at + length]
            case 2:
                changed[at:at] = changed[at : at + length]
            case 3:
                changed[at : at + 1] = bytes([chance.choice((0xFF, 0xD8, 0xD9, 0xE1, 0x00))])
            case 4:
                del changed[max(at, 12) :]
            case _:
                changed[at : at + 4] = chance.choice((b"IDAT", b"VP8 ", b"tRNS", b"\xff\xda\0\x08"))
    return bytes(changed)

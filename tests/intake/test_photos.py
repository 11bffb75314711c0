"""Photos that a package names are sealed as they came, under a key where they tell much."""

from collections.abc import Callable
from pathlib import Path

import pytest

from headstamp.intake import photo
from headstamp.intake.reading import Known, PackageReading, content_digest
from headstamp.terms.issue import Issue

from . import photo_files as made

Edit = Callable[..., None]
Read = Callable[..., PackageReading]
Pack = Callable[..., Path]
Only = Callable[[PackageReading, str], Issue]

BARE = made.picture("jpeg")


@pytest.fixture
def put(case: Path, set_cell: Edit) -> Callable[..., None]:
    """Return what puts files into the case and names them all as photos of its first mark."""

    def put_them(photos: str | None = None, **files: bytes) -> None:
        for name, data in files.items():
            (case / name.replace("__", ".")).write_bytes(data)
        named = ";".join(name.replace("__", ".") for name in files) if photos is None else photos
        set_cell("marks", 2, "photos", named)

    return put_them


def _held(reading: PackageReading) -> dict[str, bool]:
    return {file.name: file.is_protected for file in reading.files}


def _of_photos(reading: PackageReading) -> list[str]:
    codes = {"INTAKE-017", "INTAKE-019", "INTAKE-020", "INTAKE-021", "INTAKE-022"}
    return [issue.code for issue in reading.issues if issue.code in codes]


def test_photos_are_sealed_with_their_own_bytes(put: Edit, read: Read) -> None:
    """A bare one openly, one that tells of its maker under a key; nothing need be said."""
    put(bare__jpg=BARE, full__jpg=made.planted_jpeg())

    reading = read()

    files = {file.name: file for file in reading.files}
    assert (files["bare.jpg"].data, files["bare.jpg"].is_protected) == (BARE, False)
    assert (files["full.jpg"].data, files["full.jpg"].is_protected) == (made.planted_jpeg(), True)
    assert _of_photos(reading) == []
    assert "INTAKE-007" not in {issue.code for issue in reading.issues}


@pytest.mark.parametrize("name", made.planted())
def test_what_each_photo_tells_becomes_a_protected_record(
    name: str, case: Path, put: Edit, read: Read
) -> None:
    """A record beside those of the package: no row, counted nowhere, protected."""
    put(photos=name)
    before = read()
    (case / name).write_bytes(made.planted()[name])

    reading = read()

    (record,) = reading.photos
    assert (record.table, record.row_id, record.is_protected) == ("photo_details", name, True)
    assert record.values["owner"] == made.OWNER
    assert (reading.records, reading.counts) == (before.records, before.counts)


@pytest.mark.parametrize("name", made.planted())
def test_no_issue_repeats_what_a_photo_tells(name: str, put: Edit, read: Read) -> None:
    """Whole, cut short, or under a wrong name."""
    data = made.planted()[name]
    put(**{name.replace(".", "__"): data, "cut__jpg": data[:-9], "wrong__pdf": data})

    told = repr(read().issues).encode()

    assert [needle for needle in made.needles() if needle in told] == []


@pytest.mark.parametrize("entry", ["./photos//deep/1.jpg", "photos/deep/1.jpg"])
def test_a_path_is_read_as_files_are_named(entry: str, case: Path, put: Edit, read: Read) -> None:
    """In folders within the package, however it is spelled."""
    (case / "photos/deep").mkdir(parents=True)
    (case / "photos/deep/1.jpg").write_bytes(BARE)
    put(photos=entry)

    assert "photos/deep/1.jpg" in _held(read())


@pytest.mark.parametrize(
    "entry", ["../1.jpg", "/etc/hostname", "IMG_1", "https://xa.example/1.jpg"]
)
def test_what_is_no_file_of_the_package_stays_a_reference(
    entry: str, put: Edit, read: Read, only: Only
) -> None:
    """It is kept as written, and counted in one note; nothing outside is opened."""
    put(photos=f"{entry};IMG_2")

    reading = read()

    assert "2 entries" in only(reading, "INTAKE-022").message
    assert only(reading, "INTAKE-022").severity == "note"
    assert next(r for r in reading.records if r.row_id == "m1").values["photos"] == [entry, "IMG_2"]


def test_references_of_protected_rows_are_not_counted(
    put: Edit, set_cell: Edit, read: Read, only: Only
) -> None:
    """Nor named: the note says only what it means."""
    put(photos="IMG_7;IMG_8")
    set_cell("marks", 2, "sensitivity", "protected")

    told = only(read(), "INTAKE-022")

    assert "(protected)" in told.message
    assert "IMG_7" not in repr(told)
    assert "2" not in told.message.replace("INTAKE-022", "")


@pytest.mark.parametrize(
    ("data", "code", "severity"),
    [
        (b"a letter", "INTAKE-019", "warning"),
        (b"", "INTAKE-019", "warning"),
        (made.planted_jpeg()[:-40], "INTAKE-019", "warning"),
        (made.jpeg(made.segment(0xE1, b"Exif\0\0???")), "INTAKE-021", "note"),
    ],
)
def test_a_photo_that_cannot_be_looked_into_is_sealed_under_a_key(
    data: bytes, code: str, severity: str, put: Edit, read: Read, only: Only
) -> None:
    """With its bytes as they came, and an issue that names row and file."""
    put(odd__jpg=data)

    reading = read()

    issue = only(reading, code)
    assert (issue.severity, issue.file, issue.row) == (severity, "marks.csv", 2)
    assert (issue.column, issue.raw) == ("photos", "odd.jpg")
    assert {f.data for f in reading.files if f.name == "odd.jpg" and f.is_protected} == {data}


def test_a_photo_that_is_too_large_is_sealed_under_a_key(
    put: Edit, read: Read, only: Only, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not looked into, and nothing of it is lost."""
    monkeypatch.setattr(photo, "MAX_PHOTO_BYTES", 100)
    put(big__jpg=BARE)

    reading = read()

    assert only(reading, "INTAKE-020").severity == "warning"
    assert _held(reading)["big.jpg"]


def test_trouble_with_a_photo_of_a_protected_row_is_not_told(
    put: Edit, set_cell: Edit, read: Read, only: Only
) -> None:
    """The code says what kind it is; not even the name is repeated."""
    put(canary__jpg=b"a letter")
    set_cell("marks", 2, "sensitivity", "protected")

    issue = only(read(), "INTAKE-019")

    assert "(protected)" in issue.message
    assert "canary" not in repr(issue)


def test_a_bare_photo_of_a_protected_row_is_protected(
    put: Edit, set_cell: Edit, read: Read
) -> None:
    """As its exhibit is; there is nothing to record of it."""
    put(bare__jpg=BARE)
    set_cell("marks", 2, "sensitivity", "protected")

    reading = read()

    assert _held(reading)["bare.jpg"]
    assert reading.photos == ()


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("letter.pdf", b"%PDF", False),
        ("letter.pdf", b"%PDF " + made.planted_jpeg(), True),
        ("scan.jpg", made.planted_jpeg(), True),
        ("scan", made.planted_jpeg(), True),
        ("scan.png", made.picture("png"), False),
    ],
)
def test_an_exhibit_that_is_a_photo_is_treated_as_one(
    name: str, data: bytes, case: Path, add_row: Edit, read: Read, *, expected: bool
) -> None:
    """Also one that lies within another file; a letter stays open."""
    (case / name).write_bytes(data)
    add_row("documents", document_id="zz", kind="letter", exhibit=name)

    assert _held(read())[name] is expected


def test_one_file_named_twice_is_sealed_once(
    case: Path, put: Edit, set_cell: Edit, add_row: Edit, read: Read
) -> None:
    """By two marks and as an exhibit: its trouble is told once."""
    put(odd__jpg=b"a letter")
    set_cell("marks", 3, "photos", "odd.jpg;odd.jpg")
    add_row("documents", document_id="zz", kind="letter", exhibit="odd.jpg")

    reading = read()

    assert [file.name for file in reading.files].count("odd.jpg") == 1
    assert _of_photos(reading) == ["INTAKE-019"]
    assert len(reading.photos) == 1


def test_photos_of_a_refused_row_are_not_sealed(put: Edit, set_cell: Edit, read: Read) -> None:
    """They are told as files that were not read, like any other."""
    put(bare__jpg=BARE)
    set_cell("marks", 2, "item_id", "nobody")

    reading = read()

    assert "bare.jpg" not in _held(reading)
    assert "bare.jpg" in " ".join(i.raw or "" for i in reading.issues if i.code == "INTAKE-007")


def test_a_photo_that_links_out_of_the_package_is_not_read(
    case: Path, put: Edit, read: Read, tmp_path: Path
) -> None:
    """A link is no way to have another file sealed."""
    (tmp_path / "outside.jpg").write_bytes(made.planted_jpeg())
    (case / "in.jpg").symlink_to(tmp_path / "outside.jpg")
    put(photos="in.jpg")

    assert "in.jpg" not in _held(read())


def test_a_photo_that_cannot_be_read_is_said_to_be_missing(
    put: Edit, read: Read, only: Only, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row is taken without it."""
    monkeypatch.setattr("headstamp.intake.folder.MAX_BYTES", 100_000)
    put(big__jpg=bytes(90_000))

    reading = read()

    assert only(reading, "INTAKE-017").column == "photos"
    assert "m1" in {record.row_id for record in reading.records}


def test_a_zip_of_bare_photos_stays_open(put: Edit, read: Read, pack: Pack) -> None:
    """Nothing in it tells more than pictures and tables do."""
    put(bare__jpg=BARE)

    (file,) = read(pack()).files

    assert not file.is_protected


@pytest.mark.parametrize("name", made.planted())
@pytest.mark.parametrize("top", ["", "case/"])
def test_a_zip_with_a_telling_photo_is_protected_whole(
    name: str, top: str, put: Edit, read: Read, pack: Pack
) -> None:
    """It is the one exhibit; what the photo tells is a record all the same."""
    put(**{name.replace(".", "__"): made.planted()[name]})

    reading = read(pack(top=top))

    assert [file.is_protected for file in reading.files] == [True]
    assert [record.file for record in reading.photos] == [name]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("unnamed.jpg", made.planted_jpeg()),
        ("deep/unnamed", made.planted_jpeg()),
        ("unnamed.pdf", b"%PDF " + made.planted_jpeg()),
        ("__MACOSX/._1.jpg", b"\0\x05\x16\x07 canary"),
        ("../out.jpg", made.planted_jpeg()),
    ],
)
def test_a_zip_is_protected_for_what_nobody_names(
    name: str, data: bytes, read: Read, pack: Pack
) -> None:
    """It is sealed with everything in it, also with what was not read."""
    assert not read(pack()).files[0].is_protected

    (file,) = read(pack(extra={name: data})).files

    assert file.is_protected


def test_a_damaged_photo_in_a_zip_protects_it(
    put: Edit, read: Read, pack: Pack, only: Only
) -> None:
    """What cannot be unpacked cannot be shown to tell nothing."""
    put(one__jpg=BARE * 9)
    path = pack()
    data = bytearray(path.read_bytes())
    at = data.index(b"one.jpg") + 200
    data[at : at + 40] = bytes(40)
    path.write_bytes(data)

    reading = read(path)

    assert reading.files[0].is_protected
    assert only(reading, "INTAKE-017").column == "photos"


def test_taking_again_says_nothing_anew(put: Edit, read: Read) -> None:
    """Rows on record already are not told of, their photos neither."""
    put(odd__jpg=b"a letter")
    first = read()
    known = Known(digests={(r.table, r.row_id): content_digest(r) for r in first.records})

    again = read(known=known)

    assert _of_photos(first) == ["INTAKE-019"]
    assert _of_photos(again) == []
    assert _held(again)["odd.jpg"]


def test_trouble_is_told_under_a_row_that_comes_in_now(
    put: Edit, set_cell: Edit, read: Read, only: Only
) -> None:
    """Of a row on record nothing is said; another one that names the photo is there to say it."""
    put(odd__jpg=b"a letter")
    first = next(record for record in read().records if record.row_id == "m1")
    set_cell("marks", 3, "photos", "odd.jpg")

    again = read(known=Known(digests={("marks", "m1"): content_digest(first)}))

    assert only(again, "INTAKE-019").row == 3


def test_an_exhibit_that_cannot_be_read_is_told_once(
    case: Path, add_row: Edit, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not tried again as a photo."""
    monkeypatch.setattr("headstamp.intake.folder.MAX_BYTES", 100_000)
    (case / "big.jpg").write_bytes(bytes(90_000))
    add_row("documents", document_id="zz", kind="letter", exhibit="big.jpg")

    codes = [issue.code for issue in read().issues]

    assert (codes.count("INTAKE-009"), codes.count("INTAKE-017")) == (1, 1)

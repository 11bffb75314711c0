"""Zips that mean harm, or are broken: never unpacked to disk, never beyond the limit."""

import io
import stat
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from headstamp.intake.reading import PackageReading
from headstamp.terms.issue import Issue

Read = Callable[..., PackageReading]
Pack = Callable[..., Path]
Only = Callable[[PackageReading, str], Issue]

N_SHIPPED = 163
N_FIGURES = 28
MIB = 1024 * 1024


@pytest.mark.parametrize("top", ["", "case/"])
def test_a_zip_reads_as_its_folder(top: str, pack: Pack, read: Read) -> None:
    """The same records and issues, with or without one folder around everything."""
    zipped, folder = read(pack(top=top)), read()

    assert (zipped.records, zipped.issues) == (folder.records, folder.issues)
    assert zipped.is_zip


def test_a_zip_is_sealed_whole_and_alone(pack: Pack, read: Read) -> None:
    """The bytes as they came are the exhibit of every row."""
    path = pack()

    reading = read(path)

    assert [file.name for file in reading.files] == ["case.zip"]
    assert reading.files[0].data == path.read_bytes()
    assert reading.file_of(reading.records[0]) is reading.files[0]


@pytest.mark.parametrize(
    "name",
    [
        "../sites.csv",
        "case/../../evil.csv",
        "/etc/passwd",
        "C:evil.csv",
        "..\\evil.csv",
        "\\\\host\\evil.csv",
        "a\x01b",
    ],
)
def test_a_name_that_leads_out_is_refused(name: str, pack: Pack, read: Read, only: Only) -> None:
    """The entry is named and not read; everything else goes in."""
    reading = read(pack(extra={name: b"site_id\nevil\n"}))
    issue = only(reading, "INTAKE-011")

    assert (issue.severity, issue.raw) == ("error", name)
    assert issue.hint
    assert len(reading.records) == N_SHIPPED


def test_nothing_is_written_beside_the_zip(pack: Pack, read: Read, tmp_path: Path) -> None:
    """Reading leaves no file behind, whatever the entries are called."""
    path = pack(extra={"../evil.csv": b"x"})
    before = sorted(tmp_path.rglob("*"))

    read(path)

    assert sorted(tmp_path.rglob("*")) == before


def test_a_link_in_a_zip_is_refused(case: Path, pack: Pack, read: Read, only: Only) -> None:
    """A link is text that some unpackers follow; it is no table and is not followed."""
    (case / "published_figures.csv").unlink()
    path = pack()
    with zipfile.ZipFile(path, "a") as archive:
        info = zipfile.ZipInfo("published_figures.csv")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")

    reading = read(path)

    assert only(reading, "INTAKE-012").file == "published_figures.csv"
    assert only(reading, "INTAKE-005").file == "published_figures.csv"
    assert len(reading.records) == N_SHIPPED - N_FIGURES


def test_an_entry_twice_is_read_neither_time(case: Path, read: Read, only: Only) -> None:
    """Two readers might take two different tables for the same one."""
    path = case.parent / "twice.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(case.iterdir()):
            archive.write(file, file.name)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.write(case / "marks.csv", "published_figures.csv")

    reading = read(path)

    assert only(reading, "INTAKE-014").file == "published_figures.csv"
    assert len(reading.records) == N_SHIPPED - N_FIGURES


def test_an_encrypted_entry_is_refused(pack: Pack, read: Read, only: Only) -> None:
    """Nobody is asked for a password."""
    path = pack()
    data = bytearray(path.read_bytes())
    place = data.rindex(b"published_figures.csv") - 46
    assert data[place : place + 4] == b"PK\x01\x02"
    data[place + 8] |= 1
    path.write_bytes(data)

    reading = read(path)

    assert only(reading, "INTAKE-013").file == "published_figures.csv"
    assert len(reading.records) == N_SHIPPED - N_FIGURES


def test_a_zip_that_breaks_off_is_refused(pack: Pack, read: Read, only: Only) -> None:
    """Without its table of contents, at the end, no entry can be found for certain."""
    path = pack()
    path.write_bytes(path.read_bytes()[:-200])

    reading = read(path)

    assert only(reading, "INTAKE-010").file == "case.zip"
    assert only(reading, "INTAKE-001").severity == "error"
    assert (reading.records, reading.files) == ((), ())


def test_a_damaged_entry_is_refused(pack: Pack, read: Read, only: Only) -> None:
    """An entry whose bytes do not give its checksum is not read."""
    path = pack()
    data = bytearray(path.read_bytes())
    place = data.index(b"published_figures.csv") + 200
    data[place] ^= 0xFF
    path.write_bytes(data)

    reading = read(path)

    assert only(reading, "INTAKE-010").file == "published_figures.csv"
    assert len(reading.records) == N_SHIPPED - N_FIGURES


@pytest.mark.parametrize("name", ["published_figures.csv", "unused.bin"])
def test_ten_gigabytes_of_zeros_are_never_unpacked(
    name: str, case: Path, pack: Pack, read: Read, only: Only
) -> None:
    """An entry that says it is 10 GB is refused at once, whether anybody names it or not."""
    (case / "published_figures.csv").unlink()
    path = pack()
    _add_entry(path, name, _zeros(10 * 1024), size=10 * 1024 * MIB)

    began = time.process_time()
    reading = read(path)

    assert only(reading, "INTAKE-009").file == name
    assert "10,737,418,240 bytes" in only(reading, "INTAKE-009").message
    assert len(reading.records) == N_SHIPPED - N_FIGURES
    assert time.process_time() - began < 5


@pytest.mark.slow
@pytest.mark.parametrize("size", [100, 500 * MIB])
def test_a_size_that_lies_is_not_believed(size: int, case: Path, pack: Pack, read: Read) -> None:
    """10 GB under a smaller declared size stop at a bound on what really came out."""
    (case / "published_figures.csv").unlink()
    path = pack()
    _add_entry(path, "published_figures.csv", _zeros(10 * 1024), size=size)

    began = time.process_time()
    reading = read(path)

    codes = {i.code for i in reading.issues if i.file == "published_figures.csv"}
    assert codes <= {"INTAKE-009", "INTAKE-010"}
    assert codes
    assert len(reading.records) == N_SHIPPED - N_FIGURES
    assert time.process_time() - began < 10


@pytest.mark.slow
def test_a_table_that_is_all_air_is_refused(case: Path, pack: Pack, read: Read, only: Only) -> None:
    """Within the limit, but a thousand times its packed size: no table is like that."""
    (case / "published_figures.csv").unlink()

    reading = read(pack(extra={"published_figures.csv": bytes(100 * MIB)}))

    assert only(reading, "INTAKE-009").file == "published_figures.csv"
    assert len(reading.records) == N_SHIPPED - N_FIGURES


def test_a_zip_beyond_the_limit_is_not_opened(
    pack: Pack, read: Read, only: Only, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What would not be sealed is not read."""
    monkeypatch.setattr("headstamp.intake.package.MAX_BYTES", 1_000)

    reading = read(pack())

    assert only(reading, "INTAKE-009").file == "case.zip"
    assert (reading.files, reading.records) == ((), ())


def test_the_total_is_bounded(
    case: Path, pack: Pack, read: Read, only: Only, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All entries together give no more than the limit; those that fit are read."""
    n_bytes = sum(file.stat().st_size for file in case.iterdir())
    monkeypatch.setattr("headstamp.intake.archive.MAX_BYTES", n_bytes - 1)

    reading = read(pack())

    assert only(reading, "INTAKE-009").file == "published_figures.csv"
    assert len(reading.records) == N_SHIPPED - N_FIGURES


def test_too_many_entries_are_not_read(
    pack: Pack, read: Read, only: Only, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table of contents without end is one more way to exhaust a reader."""
    monkeypatch.setattr("headstamp.intake.archive._MAX_ENTRIES", 5)

    assert only(read(pack()), "INTAKE-009").file == "case.zip"


def test_folders_of_macs_are_no_second_top(pack: Pack, read: Read) -> None:
    """What Macs add beside the one folder is named as not read, and confuses nothing."""
    reading = read(pack(top="case/", extra={"__MACOSX/case/._sites.csv": b"\0\5"}))

    assert len(reading.records) == N_SHIPPED
    assert [i.file for i in reading.issues if i.code == "INTAKE-007"] == [
        "__MACOSX/case/._sites.csv"
    ]


def test_an_empty_zip_is_no_package(tmp_path: Path, read: Read, only: Only) -> None:
    """A zip without a table is told, not taken."""
    path = tmp_path / "empty.zip"
    zipfile.ZipFile(path, "w").close()

    assert only(read(path), "INTAKE-001").file == "empty.zip"


@pytest.mark.slow
def test_no_mutation_of_a_zip_is_a_crash(pack: Pack, read: Read) -> None:
    """Any byte of the contents list may be anything: rows are read or issues told."""
    path = pack()
    data = path.read_bytes()
    start = data.index(b"PK\x01\x02")

    for place in range(start, min(start + 120, len(data))):
        path.write_bytes(data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :])
        reading = read(path)
        assert reading.records or reading.issues


def _zeros(n_mib: int) -> bytes:
    """Deflate that many MiB of zeros, by repeating one block that stands for itself."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(bytes(MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + block * (n_mib - 1) + packer.flush()


def _add_entry(path: Path, name: str, packed: bytes, *, size: int) -> None:
    """Append an entry with these deflated bytes and a size of our choosing."""
    with zipfile.ZipFile(path, "a") as archive:
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_STORED
        archive.writestr(info, packed)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.file_size = size
        info.CRC = 0
    data = bytearray(path.read_bytes())
    local = bytes(data).index(name.encode(), 0) - 30
    assert bytes(data[local : local + 4]) == b"PK\x03\x04"
    struct.pack_into("<H", data, local + 8, zipfile.ZIP_DEFLATED)
    path.write_bytes(data)
    assert zipfile.ZipFile(io.BytesIO(bytes(data))).getinfo(name).file_size == size

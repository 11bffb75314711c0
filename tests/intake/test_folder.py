"""Folders with links, odd names and special files in them."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from headstamp.intake.folder import Folder
from headstamp.intake.reading import PackageReading
from headstamp.terms.issue import Issue

Read = Callable[..., PackageReading]
Edit = Callable[..., None]
Only = Callable[[PackageReading, str], Issue]

N_SHIPPED = 163
N_FIGURES = 28


def test_a_link_that_leads_out_is_not_followed(case: Path, read: Read, only: Only) -> None:
    """A table that is a link to a file elsewhere is refused; the others go in."""
    outside = case.parent / "elsewhere.csv"
    (case / "published_figures.csv").rename(outside)
    (case / "published_figures.csv").symlink_to(outside)

    reading = read()

    assert only(reading, "INTAKE-008").file == "published_figures.csv"
    assert "out of the package" in only(reading, "INTAKE-008").message
    assert len(reading.records) == N_SHIPPED - N_FIGURES
    assert "published_figures.csv" not in {file.name for file in reading.files}


def test_a_link_inside_the_package_is_followed(case: Path, read: Read) -> None:
    """A link to a file of the package is that file."""
    (case / "published_figures.csv").rename(case / "figures-2017.csv")
    (case / "published_figures.csv").symlink_to("figures-2017.csv")

    assert len(read().records) == N_SHIPPED


def test_a_linked_folder_is_not_followed(case: Path, read: Read, only: Only) -> None:
    """A folder behind a link may be anything; it is named and left alone."""
    (case / "photos").symlink_to(case.parent)

    reading = read()

    assert only(reading, "INTAKE-008").file == "photos"
    assert len(reading.records) == N_SHIPPED


def test_a_package_may_itself_be_behind_a_link(case: Path, read: Read) -> None:
    """Whoever gives the path means what it leads to."""
    link = case.parent / "link"
    link.symlink_to(case)

    assert len(read(link).records) == N_SHIPPED


def test_an_exhibit_behind_a_linked_folder_is_not_sealed(
    case: Path, add_row: Edit, read: Read, only: Only
) -> None:
    """A path through a link does not reach outside either."""
    (case.parent / "secret.txt").write_text("secret", encoding="utf-8")
    (case / "photos").symlink_to(case.parent)
    add_row("documents", document_id="zz", exhibit="photos/secret.txt")

    reading = read()

    assert only(reading, "INTAKE-017").raw == "photos/secret.txt"
    assert all(file.data != b"secret" for file in reading.files)


def test_a_path_out_of_the_folder_reads_nothing(case: Path) -> None:
    """Whoever asks, and whatever was listed: bytes come from inside the package only."""
    (case.parent / "secret.txt").write_text("secret", encoding="utf-8")

    assert Folder(case).read("../secret.txt") is None


def test_special_files_are_not_opened(case: Path, read: Read, only: Only) -> None:
    """Opening a pipe would wait for ever."""
    (case / "published_figures.csv").unlink()
    os.mkfifo(case / "published_figures.csv")

    reading = read()

    assert only(reading, "INTAKE-008").file == "published_figures.csv"
    assert len(reading.records) == N_SHIPPED - N_FIGURES


def test_a_name_that_is_no_text_is_refused(case: Path, read: Read, only: Only) -> None:
    """A file name that is not UTF-8 could not be recorded, and is told in a form that can."""
    Path(os.fsdecode(os.fsencode(case) + b"/x\xe9.txt")).write_bytes(b"x")

    issue = only(read(), "INTAKE-008")

    assert issue.file == "x\\udce9.txt"
    assert issue.message.encode("utf-8")


def test_a_folder_beyond_the_limit_reads_what_fits(
    case: Path, read: Read, only: Only, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is read of a package is bounded; the file that did not fit is named."""
    n_bytes = sum(file.stat().st_size for file in case.iterdir())
    monkeypatch.setattr("headstamp.intake.folder.MAX_BYTES", n_bytes - 1)

    reading = read()

    assert only(reading, "INTAKE-009").file == "published_figures.csv"
    assert len(reading.records) == N_SHIPPED - N_FIGURES


def test_a_file_that_goes_away_is_told(case: Path) -> None:
    """Between listing and reading a file may vanish; that is an issue, not a crash."""
    folder = Folder(case)
    (case / "sites.csv").unlink()

    assert folder.read("sites.csv") is None
    assert [(issue.code, issue.file) for issue in folder.issues] == [("INTAKE-008", "sites.csv")]


def test_a_path_that_no_file_system_takes(tmp_path: Path, read: Read, only: Only) -> None:
    """A name of 300 characters cannot be looked up, which is told."""
    assert only(read(tmp_path / ("x" * 300)), "INTAKE-008").hint


def test_files_without_end_are_not_listed_for_ever(
    case: Path, read: Read, only: Only, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A whole disk given by mistake is not searched to its end, and that is said."""
    (case / "deep" / "deeper").mkdir(parents=True)
    (case / "deep" / "deeper" / "x.txt").write_text("x", encoding="utf-8")
    monkeypatch.setattr("headstamp.intake.folder._MAX_FILES", 5)

    assert "more than 5 files" in only(read(), "INTAKE-009").message


@pytest.mark.parametrize("what", ["missing", "text", "folder", "pipe", "socket"])
def test_a_path_that_is_no_package(what: str, tmp_path: Path, read: Read, only: Only) -> None:
    """Nothing there, another file, a folder without tables: told, and nothing to seal."""
    path = tmp_path / "thing"
    if what == "text":
        path.write_text("hello", encoding="utf-8")
    elif what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    elif what == "socket":
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(path))

    reading = read(path)

    assert only(reading, "INTAKE-001").file == "thing"
    assert only(reading, "INTAKE-001").hint
    assert (reading.files, reading.records) == ((), ())

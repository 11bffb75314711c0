"""Packages come in whole, once, and by turns."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from headstamp.actions.init_casebook import init_casebook
from headstamp.actions.take import Taken, take
from headstamp.actions.writing import Writing
from headstamp.casebook.opening import open_casebook
from headstamp.ledger.entries import read_entries
from headstamp.ledger.seal import read_exhibit, read_records
from headstamp.ledger.verify import verify_casebook
from headstamp.terms.errors import NoCasebookError


def _take(root: Path, *packages: Path, by: Writing, prefix: str | None = None) -> list[Taken]:
    return list(take(root, packages, by=by, prefix=prefix))


def _files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """Return a casebook in which nothing was taken yet."""
    init_casebook(tmp_path / "empty", actor="Amina")
    return tmp_path / "empty"


@pytest.fixture
def package(tmp_path: Path, cast: ModuleType) -> Path:
    """Return the invented case as a package."""
    folder: Path = cast.write_package(tmp_path / "ten-rifles", cast.world())
    return folder


def test_the_entry_names_files_records_and_counts(
    empty: Path, package: Path, amina: Writing
) -> None:
    """Everything a stranger needs to find what was read."""
    (taken,) = _take(empty, package, by=amina)

    content = read_entries(empty)[1].content()
    assert taken.seq == 2
    assert set(content) == {
        "path_name", "reader", "layout", "prefix", "source_digest", "exhibits", "records", "counts",
    }  # fmt: skip
    assert (content["path_name"], content["reader"]) == ("ten-rifles", "case-package/1")
    assert (content["layout"], content["prefix"]) == (None, None)
    assert taken.counts["claims"].n_read == 3


def test_exhibits_hold_the_very_bytes(empty: Path, package: Path, amina: Writing) -> None:
    """Unaltered, under the name of their digest."""
    _take(empty, package, by=amina)

    for exhibit in open_casebook(empty).intakes[2].exhibits:
        assert read_exhibit(empty, exhibit.digest) == (package / exhibit.name).read_bytes()


def test_records_hold_rows_and_issues(empty: Path, package: Path, amina: Writing) -> None:
    """One line each, with table, id, file, row and values."""
    _take(empty, package, by=amina)
    records = open_casebook(empty).intakes[2].records
    assert records is not None

    lines = read_records(empty, records.stored_digest, plain_digest=records.plain_digest)

    claim = next(line for line in lines if line.get("row_id") == "c2")
    assert {key: claim[key] for key in ("type", "table", "file", "row")} == {
        "type": "row", "table": "claims", "file": "claims.csv", "row": 3,
    }  # fmt: skip
    assert {line["type"] for line in lines} == {"row", "issue"}


def test_the_same_bytes_again_are_not_recorded(empty: Path, package: Path, amina: Writing) -> None:
    """Also from another folder; the entry that has them is named."""
    _take(empty, package, by=amina)
    shutil.copytree(package, package.with_name("copy"))

    (again,) = _take(empty, package.with_name("copy"), by=amina)

    assert (again.seq, again.same_as) == (None, 2)
    assert len(read_entries(empty)) == 2


def test_a_row_of_another_package_that_says_the_same_is_the_same(
    empty: Path, tmp_path: Path, cast: ModuleType, package: Path, amina: Writing
) -> None:
    """Only what is new is read."""
    more = cast.world(sites=[*cast.WORLD["sites"], {"site_id": "hill", "country": "XC"}])
    _take(empty, package, by=amina)
    (again,) = _take(empty, cast.write_package(tmp_path / "more", more), by=amina)

    assert (again.counts["sites"].n_same, again.counts["sites"].n_read) == (1, 1)
    assert (again.counts["claims"].n_same, again.counts["claims"].n_read) == (3, 0)
    assert ("sites", "hill") in open_casebook(empty).rows


def test_one_id_with_two_contents_is_refused_and_a_prefix_takes_it(
    empty: Path, tmp_path: Path, cast: ModuleType, package: Path, amina: Writing
) -> None:
    """The first content stands; under a prefix the second has an id of its own."""
    other = cast.world(sites=[{"site_id": "town", "name": "Another town", "country": "XD"}])
    folder = cast.write_package(tmp_path / "other", other)
    _take(empty, package, by=amina)

    (refused,) = _take(empty, folder, by=amina)
    (taken,) = _take(empty, folder, by=amina, prefix="b_")

    sites = open_casebook(empty).evidence.sites
    assert refused.needs_look
    assert refused.counts["sites"].n_refused == 1
    assert taken.seq == 4
    assert (sites["town"].name, sites["b_town"].name) == ("Town", "Another town")


def test_good_rows_come_in_beside_a_refused_one(
    empty: Path, tmp_path: Path, cast: ModuleType, amina: Writing
) -> None:
    """One bad date refuses one row, and is told with place, value and remedy."""
    claims = [dict(row) for row in cast.WORLD["claims"]]
    claims[1]["on"] = "31/02/2017"
    folder = cast.write_package(tmp_path / "bad", cast.world(claims=claims))

    (taken,) = _take(empty, folder, by=amina)

    errors = [issue for issue in taken.issues if issue.severity == "error"]
    assert [(i.file, i.row, i.column, i.raw) for i in errors] == [
        ("claims.csv", 3, "on", "31/02/2017")
    ]
    assert set(open_casebook(empty).evidence.claims) == {"c1", "c3"}
    assert errors[0] in open_casebook(empty).taken_issues


def test_several_packages_are_taken_in_order(
    empty: Path, tmp_path: Path, cast: ModuleType, package: Path, amina: Writing
) -> None:
    """Each is an entry of its own, acknowledged when it is on the disk."""
    more = cast.write_package(
        tmp_path / "more", {"sources": cast.WORLD["sources"], "sites": [{"site_id": "hill"}]}
    )

    assert [taken.seq for taken in _take(empty, package, more, by=amina)] == [2, 3]


def test_a_zip_is_one_exhibit_to_which_its_rows_lead(
    empty: Path, package: Path, amina: Writing
) -> None:
    """The zip is sealed as it came."""
    archive = package.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w") as file:
        for path in sorted(package.iterdir()):
            file.write(path, path.name)

    _take(empty, archive, by=amina)

    casebook = open_casebook(empty)
    (exhibit,) = casebook.intakes[2].exhibits
    assert casebook.evidence.whereabouts["claims", "c1"].exhibit == exhibit.digest


@pytest.mark.parametrize("name", ["missing", "folder", "letter.txt"])
def test_what_is_no_package_is_not_recorded(
    empty: Path, tmp_path: Path, amina: Writing, name: str
) -> None:
    """It is said, and there is no entry."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "letter.txt").write_text("dear all", encoding="utf-8")

    (taken,) = _take(empty, tmp_path / name, by=amina)

    assert (taken.seq, taken.is_package) == (None, False)
    assert taken.issues
    assert len(read_entries(empty)) == 1


def test_a_dry_run_reads_and_writes_nothing(empty: Path, package: Path) -> None:
    """Counts and issues are told; no exhibit is sealed."""
    before = sorted(path.name for path in _files(empty))

    (taken,) = _take(empty, package, by=Writing(actor="Amina", dry_run=True))

    assert taken.counts["claims"].n_read == 3
    assert not (empty / "exhibits").exists()
    assert [entry.kind for entry in read_entries(empty)] == ["opened"]
    assert set(before) <= {path.name for path in _files(empty)}


def test_a_protected_word_is_nowhere_in_the_casebook(
    empty: Path, tmp_path: Path, cast: ModuleType, amina: Writing
) -> None:
    """Neither in an exhibit, nor in records or the journal, plain or compressed."""
    tables = cast.world(claims=[*cast.WORLD["claims"], cast.PROTECTED_CLAIM])

    _take(empty, cast.write_package(tmp_path / "guarded", tables), by=amina)

    for path in _files(empty):
        data = path.read_bytes()
        assert not any(word.encode() in data for word in cast.CANARIES), path
    lines = _all_lines(empty)
    assert "(protected)" not in lines
    assert not any(word in lines for word in (*cast.CANARIES, '"p1"'))
    assert ("claims", "p1") in open_casebook(empty).rows


def _all_lines(root: Path) -> str:
    """Return all records and the journal as text: what gzip would hide from a search."""
    casebook = open_casebook(root)
    records = [intake.records for intake in casebook.intakes.values() if intake.records]
    lines = [
        read_records(root, sealed.stored_digest, plain_digest=sealed.plain_digest)
        for sealed in records
    ]
    return json.dumps([lines, [entry.payload for entry in casebook.entries]])


def test_a_protected_package_is_known_again(
    empty: Path, tmp_path: Path, cast: ModuleType, amina: Writing
) -> None:
    """By keyed digests: the same bytes are not recorded twice, nor is the row."""
    tables = cast.world(claims=[*cast.WORLD["claims"], cast.PROTECTED_CLAIM])
    folder = cast.write_package(tmp_path / "guarded", tables)
    tables["sites"].append({"site_id": "hill"})
    more = cast.write_package(tmp_path / "more", tables)
    _take(empty, folder, by=amina)

    (same,) = _take(empty, folder, by=amina)
    (again,) = _take(empty, more, by=amina)

    assert same.same_as == 2
    assert (again.counts["claims"].n_same, again.counts["claims"].n_refused) == (4, 0)


def test_a_folder_without_casebook_is_not_written(tmp_path: Path, amina: Writing) -> None:
    """No lock file, no journal."""
    with pytest.raises(NoCasebookError):
        _take(tmp_path, tmp_path, by=amina)

    assert list(tmp_path.iterdir()) == []


_WORKER = """
import sys
from pathlib import Path
from headstamp.actions.take import take
from headstamp.actions.writing import Writing
root, actor, *packages = sys.argv[1:]
list(take(Path(root), [Path(package) for package in packages], by=Writing(actor=actor)))
"""


def test_two_processes_take_by_turns(empty: Path, tmp_path: Path, cast: ModuleType) -> None:
    """Both bring one id with two contents: one is taken, the other refused, always."""
    workers = []
    for actor in ("Amina", "Boris"):
        packages = []
        for number in range(6):
            sites = [{"site_id": f"s{number}", "name": f"as {actor} saw it"}]
            tables = {"sources": cast.WORLD["sources"], "sites": sites}
            packages.append(cast.write_package(tmp_path / f"{actor}{number}", tables))
        command = [sys.executable, "-c", _WORKER, str(empty), actor, *map(str, packages)]
        workers.append(subprocess.Popen(command))

    assert [worker.wait(60) for worker in workers] == [0, 0]
    casebook = open_casebook(empty)
    n_refused = sum(issue.severity == "error" for issue in casebook.taken_issues)
    n_read = sum(intake.counts["sites"]["n_read"] for intake in casebook.intakes.values())
    assert (len(casebook.evidence.sites), n_refused, n_read) == (6, 6, 6)
    assert verify_casebook(empty).problem is None


_SMALL_DISK = """
import resource, signal, sys
from pathlib import Path
from headstamp.actions.take import take
from headstamp.actions.writing import Writing
from headstamp.terms.errors import StorageError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))
try:
    list(take(Path(sys.argv[1]), [Path(sys.argv[2])], by=Writing(actor="Amina")))
except StorageError as error:
    sys.exit(f"{error.message}")
"""


def test_a_full_disk_leaves_nothing_half_written(
    empty: Path, package: Path, amina: Writing
) -> None:
    """The message says so; the journal is sound; with room the package comes in."""
    command = [sys.executable, "-c", _SMALL_DISK, str(empty), str(package)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)

    assert run.returncode == 1
    assert "full" in run.stderr
    assert (len(read_entries(empty)), verify_casebook(empty).problem) == (1, None)
    (taken,) = _take(empty, package, by=amina)
    assert taken.seq == 2
    assert verify_casebook(empty).problem is None

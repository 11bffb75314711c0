"""Registers from the command line: loaded, listed, refused."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from .running import Ran

HEADER = "entry_id,kind,maker,serial,serial_from,serial_to,on\n"
FILE = f"{HEADER}e1,loss,Redford,RA-1001,,,2019-02\ne2,production,Harbour,,HW100,HW199,2015?\n"
COLUMNS = ["register", "entry_id", "file", "row"]
COLUMNS += ["kind", "maker", "model", "calibre", "country", "year", "serial", "serial_from"]
COLUMNS += ["serial_to", "lot", "quantity", "consignment_id", "from_party", "to_party"]
COLUMNS += ["on", "source_row"]
Door = Callable[..., Ran]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a register's file in the common shape."""
    path = tmp_path / "book.csv"
    path.write_text(FILE, encoding="utf-8")
    return path


@pytest.fixture
def door(cli: Door, tmp_path: Path) -> Door:
    """Return what runs a verb at an empty casebook."""
    root = tmp_path / "casebook"
    cli("-C", root, "init", "--actor", "Amina")
    return lambda *words: cli("-C", root, *words)


@pytest.fixture
def loaded(door: Door, book: Path) -> Door:
    """Return what runs a verb at a casebook with one register."""
    door("register", book, "--layout", "common", "--name", "mine")
    return door


def test_what_was_loaded_is_told(door: Door, book: Path) -> None:
    """The profile on standard output, the account and the entry on standard error."""
    ran = door("register", book, "--layout", "common", "--name", "mine", "--format", "json")

    (row,) = json.loads(ran.out)
    assert ran.code == 0
    assert (row["file"], row["register"], row["seq"]) == ("book.csv", "mine", 2)
    assert (row["rows"], row["entries"], row["n_serials"], row["n_ranges"]) == (2, 2, 1, 1)
    assert (row["n_makers"], row["kinds"]) == (2, ["loss 1", "production 1"])
    assert (row["first_on"], row["last_on"]) == ("2015-01-01", "2019-02-28")
    assert "loaded into 'mine' as entry 2" in ran.err
    assert "11 cells: 11 read, 0 ignored, 0 reported" in ran.err


def test_the_same_bytes_again_end_with_0(loaded: Door, book: Path) -> None:
    """Nothing is recorded, and that is said on standard error alone."""
    ran = loaded("register", book, "--layout", "common", "--name", "mine")

    assert (ran.code, ran.out) == (0, "")
    assert "the same bytes as in entry 2; nothing recorded" in ran.err


def test_issues_to_look_at_end_with_1(door: Door, book: Path) -> None:
    """The good rows are in; the other is told with row, value and remedy."""
    book.write_text(FILE.replace("HW100,HW199", "HW199,HW100"), encoding="utf-8")
    ran = door("register", book, "--layout", "common", "--name", "mine")

    assert ran.code == 1
    assert "INTAKE-140: book.csv row 3, serial_from: 'HW199' to 'HW100'" in ran.err
    assert "swapped" in ran.err
    assert len(json.loads(door("entries", "mine", "--format", "json").out)) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--layout", "common", "--name", "No Name"), "cannot name a register"),
        (("--layout", "commno", "--name", "mine"), "common is one"),
        (("--layout", "rio-recoveries", "--name", "mine"), "it makes no entries"),
    ],
    ids=["name", "layout", "door"],
)
def test_misuse_ends_with_2(door: Door, book: Path, words: tuple[str, ...], said: str) -> None:
    """What cannot be meant is said in one message with its remedy."""
    ran = door("register", book, *words)

    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_a_file_that_cannot_be_read_ends_with_2(door: Door, tmp_path: Path) -> None:
    """Nothing is recorded, and why is told."""
    (tmp_path / "empty.csv").touch()
    ran = door("register", tmp_path / "empty.csv", "--layout", "common", "--name", "mine")

    assert ran.code == 2
    assert "nothing that can be loaded" in ran.err
    assert door("registers", "--format", "json").out == "[]\n"


def test_a_dry_run_records_nothing(door: Door, book: Path) -> None:
    """The profile is printed all the same."""
    ran = door("register", book, "--layout", "common", "--name", "mine", "--dry-run")

    assert "dry run; nothing recorded" in ran.err
    assert "book.csv" in ran.out
    assert door("registers", "--format", "json").out == "[]\n"


def test_entries_have_the_columns_of_the_contract(loaded: Door) -> None:
    """One name once, in this order: other people's tools call them."""
    rows = list(csv.reader(io.StringIO(loaded("entries", "mine", "--format", "csv").out)))

    assert rows[0] == COLUMNS
    told = dict(zip(rows[0], rows[2], strict=True))
    assert (told["register"], told["entry_id"], told["file"], told["row"]) == (
        "mine",
        "e2",
        "book.csv",
        "3",
    )
    assert (told["serial_from"], told["serial_to"], told["on"]) == ("HW100", "HW199", "2015?")


def test_entries_are_filtered_and_cut_as_other_listings(loaded: Door, tmp_path: Path) -> None:
    """--where, --limit and -o do what they do elsewhere."""
    out = tmp_path / "out.json"
    loaded("entries", "mine", "--where", "kind=loss", "--format", "json", "-o", out)

    assert [row["entry_id"] for row in json.loads(out.read_text("utf-8"))] == ["e1"]
    assert len(json.loads(loaded("entries", "mine", "--limit", "1", "--format", "json").out)) == 1
    assert "names no column" in loaded("entries", "mine", "--where", "owner=x").err


def test_what_is_listed_can_be_loaded_again(loaded: Door, tmp_path: Path) -> None:
    """A listing as CSV is in the common shape: another casebook's register, to the last cell."""
    listed = tmp_path / "listed.csv"
    loaded("entries", "mine", "--format", "csv", "-o", listed)
    ran = loaded("register", listed, "--layout", "common", "--name", "again")

    assert ran.code == 0
    one, other = (
        json.loads(loaded("entries", n, "--format", "json").out) for n in ("mine", "again")
    )
    place = {"register", "file", "row"}
    for row, again in zip(one, other, strict=True):
        assert {k: row[k] for k in row.keys() - place} == {
            k: again[k] for k in again.keys() - place
        }


def test_as_of_lists_what_was_loaded_then(loaded: Door) -> None:
    """Before it was loaded there is no register of the name."""
    assert loaded("entries", "mine", "--as-of", "2").code == 0
    assert "no register of this name" in loaded("entries", "mine", "--as-of", "1").err


def test_an_unknown_register_is_misuse_and_names_those_there_are(loaded: Door) -> None:
    """A slip of the pen is corrected from the message."""
    ran = loaded("entries", "mien")

    assert ran.code == 2
    assert "loaded are: mine" in ran.err


def test_a_register_that_changed_is_refused_with_the_remedy(
    loaded: Door, book: Path, tmp_path: Path
) -> None:
    """It ends with 3; the command that loaded it mends it."""
    (path,) = (tmp_path / "casebook" / "registers").rglob("rows.parquet")
    path.unlink()
    ran = loaded("entries", "mine")

    assert ran.code == 3
    assert "rows.parquet: is missing" in ran.err
    assert "same file, layout and --name again" in ran.err
    assert loaded("verify").code == 3
    mended = loaded("register", book, "--layout", "common", "--name", "mine")
    assert "made anew" in mended.err
    assert loaded("entries", "mine").code == loaded("verify").code == 0


def test_registers_and_intakes_list_what_was_loaded(loaded: Door) -> None:
    """What each part can answer, and what became of its rows and cells."""
    (row,) = json.loads(loaded("registers", "--format", "json").out)
    (intake,) = json.loads(loaded("intakes", "--format", "json").out)

    assert (row["register"], row["seq"], row["layout"]) == ("mine", 2, "common")
    assert (row["source_id"], row["state"]) == ("register-mine", "unchanged")
    assert (intake["kind"], intake["rows"], intake["taken"]) == ("register", 2, 2)

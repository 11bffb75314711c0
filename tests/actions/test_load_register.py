"""A register goes in whole, once, and answers only from the files that were recorded."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from headstamp.actions.erase_row import erase_row
from headstamp.actions.init_casebook import init_casebook
from headstamp.actions.load_register import Loaded, load_register
from headstamp.actions.take_files import take_files
from headstamp.actions.writing import Writing
from headstamp.casebook.opening import open_casebook
from headstamp.casebook.register_tables import entries, registers
from headstamp.ledger.entries import read_entries
from headstamp.ledger.verify import verify_casebook
from headstamp.terms.errors import BrokenJournalError, MisuseError, RefusedError, UnknownIdError

HEAD = """\
name = "armoury"
title = "Armoury of the Harbour Guard"
source = "guard"
file = { format = "csv" }
ignore = { "shelf" = "where it stands" }
"""
GUARD = """
[[records]]
table = "sources"
id = "guard"
fields.kind = "register"
"""
ITEMS = """
[[records]]
table = "items"
fields.category = "weapon"
fields.type = { column = "kind" }
"""
ENTRIES = """
[[records]]
table = "entries"
fields.kind = { column = "state" }
fields.maker = { column = "maker" }
fields.serial = { column = "serial" }
"""
OF_ITEMS, OF_ENTRIES = 'kind = "kind"', 'maker = "maker", serial = "serial", state = "state"'
LAYOUT = f"{HEAD}columns = {{ {OF_ITEMS}, {OF_ENTRIES} }}\n{GUARD}{ITEMS}{ENTRIES}"
ONLY_ITEMS = f"{HEAD}columns = {{ {OF_ITEMS} }}\n{GUARD}{ITEMS}"
ONLY_ENTRIES = f"{HEAD}columns = {{ {OF_ENTRIES} }}\n{GUARD}{ENTRIES}"
GUARDED = LAYOUT.replace('"weapon"\n', '"weapon"\nfields.sensitivity = "protected"\n')
FILE = "kind,maker,serial,state,shelf\nRifle,Redford,RA-1001,loss,3\nPistol,Harbour,HW-77,theft,4\n"
Load = Callable[..., Loaded]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return an empty casebook."""
    init_casebook(tmp_path / "book", actor="Amina")
    return tmp_path / "book"


@pytest.fixture
def load(root: Path, tmp_path: Path, amina: Writing) -> Load:
    """Return what loads a text with a layout into a register."""

    def load_it(
        text: str = FILE,
        layout: str = LAYOUT,
        *,
        name: str = "losses",
        file: str = "book.csv",
        by: Writing = amina,
    ) -> Loaded:
        path, toml = tmp_path / file, tmp_path / "armoury.toml"
        path.write_text(text, encoding="utf-8")
        toml.write_text(layout, encoding="utf-8")
        (loaded,) = load_register(root, [path], layout=str(toml), name=name, by=by)
        return loaded

    return load_it


def parquet_of(root: Path) -> list[Path]:
    """Return the files of all registers."""
    return sorted(path for path in (root / "registers").rglob("*") if path.is_file())


def serials(root: Path, name: str = "losses") -> list[object]:
    """Return the serials that a register lists."""
    return [row["serial"] for row in entries(open_casebook(root), name).rows]


# --- in it goes -----------------------------------------------------------------------------------


def test_a_file_is_loaded_and_listed_as_it_was_written(load: Load, root: Path) -> None:
    """Rows come back with file, row and what stood in them, under the register's name."""
    loaded = load()

    assert (loaded.seq, loaded.needs_look) == (2, False)
    rows = entries(open_casebook(root), "losses").rows
    told = [{name: row[name] for name in ("register", "file", "row", "maker")} for row in rows]
    assert told == [
        {"register": "losses", "file": "book.csv", "row": 2, "maker": "Redford"},
        {"register": "losses", "file": "book.csv", "row": 3, "maker": "Harbour"},
    ]
    assert verify_casebook(root).problem is None


def test_the_same_bytes_are_loaded_once(load: Load, root: Path) -> None:
    """Under another file name too; the second time nothing is recorded."""
    first = load()
    again = load(file="copy.csv")

    assert (again.seq, again.same_as) == (None, first.seq)
    assert serials(root) == ["RA-1001", "HW-77"]


def test_the_same_bytes_go_into_two_registers(load: Load, root: Path) -> None:
    """A register is named by who loads it: another name is another register."""
    load()
    load(name="thefts")

    assert serials(root) == serials(root, "thefts")


def test_a_changed_layout_takes_the_place_of_what_was_read(load: Load, root: Path) -> None:
    """The same bytes read another way: only the later reading answers, and ids stay."""
    first = load()
    ids = [row["entry_id"] for row in entries(open_casebook(root), "losses").rows]
    second = load(layout=LAYOUT.replace("fields.maker", "fields.model"))

    assert second.supersedes == first.seq
    rows = entries(open_casebook(root), "losses").rows
    assert [(row["maker"], row["model"]) for row in rows] == [(None, "Redford"), (None, "Harbour")]
    assert [row["entry_id"] for row in rows] == ids
    assert verify_casebook(root).problem is None


def test_a_dry_run_writes_nothing(load: Load, root: Path, amina: Writing) -> None:
    """It reads everything and leaves no file and no entry."""
    loaded = load(by=Writing(actor="Amina", today=amina.today, dry_run=True))

    assert (loaded.seq, loaded.profile is None) == (None, False)
    assert parquet_of(root) == []
    assert len(read_entries(root)) == 1


def test_what_only_the_other_door_reads_is_ignored_with_that_reason(load: Load) -> None:
    """Each filled cell is accounted for at the door that was used."""
    account = load().account

    assert account is not None
    assert account.n_cells == account.n_read + account.n_ignored == 10
    assert "headstamp take" in account.columns["kind"].why
    assert account.columns["shelf"].why == "where it stands"


def test_take_reads_the_same_layout_without_its_entries(
    root: Path, tmp_path: Path, amina: Writing
) -> None:
    """One layout serves both doors; what is for the register is ignored with that reason."""
    path, toml = tmp_path / "book.csv", tmp_path / "armoury.toml"
    path.write_text(FILE, encoding="utf-8")
    toml.write_text(LAYOUT, encoding="utf-8")
    (taken,) = take_files(root, [path], layout=str(toml), by=amina)

    assert {table: count.n_read for table, count in taken.counts.items()} == {
        "sources": 1,
        "items": 2,
    }
    assert taken.account is not None
    assert taken.account.n_reported == 0
    assert "headstamp register" in taken.account.columns["serial"].why


# --- misuse ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Losses", "../losses", "x", "", "9lives", "a" * 41])
def test_a_name_that_is_none_is_misuse(load: Load, root: Path, name: str) -> None:
    """A register's name names a folder: what cannot is refused, with what can."""
    with pytest.raises(MisuseError, match="cannot name a register") as raised:
        load(name=name)
    assert "a-z" in raised.value.hint
    assert parquet_of(root) == []


def test_a_layout_that_is_none_is_misuse(root: Path, amina: Writing) -> None:
    """The names of shipped layouts are told."""
    with pytest.raises(MisuseError) as raised:
        list(load_register(root, [], layout="rio-loses", name="losses", by=amina))
    assert "rio-losses is one" in raised.value.hint


def test_each_door_refuses_a_layout_that_has_nothing_for_it(
    load: Load, root: Path, tmp_path: Path, amina: Writing
) -> None:
    """The remedy names the other door."""
    with pytest.raises(MisuseError) as raised:
        load(layout=ONLY_ITEMS)
    assert "headstamp take" in raised.value.hint
    (tmp_path / "only.toml").write_text(ONLY_ENTRIES, encoding="utf-8")
    with pytest.raises(MisuseError) as raised:
        list(take_files(root, [], layout=str(tmp_path / "only.toml"), by=amina))
    assert "headstamp register" in raised.value.hint


def test_a_layout_that_protects_rows_loads_no_register(load: Load, root: Path) -> None:
    """A register is searched unsealed: nothing that must be protected gets in."""
    with pytest.raises(MisuseError, match="protects rows"):
        load(layout=GUARDED)
    assert parquet_of(root) == []


def test_an_entry_has_no_sensitivity(load: Load) -> None:
    """A layout that says so is none: the column is not there."""
    with pytest.raises(MisuseError, match="entries has no column 'sensitivity'"):
        load(layout=LAYOUT + 'fields.sensitivity = "protected"\n')


def test_a_file_of_which_a_row_was_erased_is_refused(
    load: Load, root: Path, tmp_path: Path, amina: Writing
) -> None:
    """What was erased does not come back as a register."""
    path, toml = tmp_path / "book.csv", tmp_path / "guarded.toml"
    path.write_text(FILE, encoding="utf-8")
    toml.write_text(GUARDED, encoding="utf-8")
    list(take_files(root, [path], layout=str(toml), by=amina))
    first = next(iter(open_casebook(root).evidence.items))
    erase_row(root, first, reason="asked by the witness", by=amina)

    with pytest.raises(RefusedError, match="a row was erased"):
        load()


@pytest.mark.parametrize("text", ["", "kind,maker,serial,state,shelf\n", "a,b\n1,2\n"])
def test_a_file_with_nothing_in_it_gives_nothing(load: Load, root: Path, text: str) -> None:
    """No header is not readable; a header alone is a register of no entries, and says so."""
    loaded = load(text)

    assert loaded.is_readable is (text.startswith("kind"))
    assert (loaded.profile.n_rows if loaded.profile else 0) == 0
    assert bool(loaded.issues) is not loaded.is_readable
    assert verify_casebook(root).problem is None


def test_no_file_is_no_register(root: Path, tmp_path: Path, amina: Writing) -> None:
    """A path with nothing there is told, and the next file goes in."""
    there = tmp_path / "there.csv"
    there.write_text("kind,serial\nloss,AB100\n", encoding="utf-8")
    paths = [tmp_path / "gone.csv", there]
    gone, loaded = load_register(root, paths, layout="common", name="mine", by=amina)

    assert (gone.is_readable, [issue.code for issue in gone.issues]) == (False, ["INTAKE-128"])
    assert loaded.seq is not None


# --- what is wrong with a row ---------------------------------------------------------------------


def test_an_unknown_kind_is_told_and_left_out(load: Load, root: Path) -> None:
    """The entry goes in without a kind: what it records is not known, and never guessed."""
    loaded = load(FILE.replace("loss", "mislaid"))

    (issue,) = loaded.issues
    assert (issue.severity, issue.row, issue.raw) == ("warning", 2, "mislaid")
    assert "loss" in issue.hint
    assert [row["kind"] for row in entries(open_casebook(root), "losses").rows] == [None, "theft"]


def test_one_id_in_two_files_of_a_register_is_refused(
    root: Path, tmp_path: Path, amina: Writing
) -> None:
    """A judgement names an entry by its id: two of one id would be two things under one name."""
    paths = []
    for name, serial in (("old", "AB100"), ("new", "AB200")):
        paths.append(tmp_path / f"{name}.csv")
        text = f"entry_id,kind,serial\ne1,loss,{serial}\n,loss,X{serial}\n"
        paths[-1].write_text(text, encoding="utf-8")
    old, new = load_register(root, paths, layout="common", name="mine", by=amina)

    assert [issue.code for issue in old.issues if issue.severity != "note"] == []
    assert [issue.code for issue in new.issues if issue.severity != "note"] == ["INTAKE-142"]
    assert serials(root, "mine") == ["AB100", "XAB100", "XAB200"]


# --- files that are not what was recorded ---------------------------------------------------------


def spoil_by_a_byte(path: Path) -> None:
    """Change one byte in the middle of a file; its size stays."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("spoil", [Path.unlink, spoil_by_a_byte], ids=["deleted", "changed"])
@pytest.mark.parametrize("which", ["rows", "keys", "ranges", "lots"])
def test_a_register_answers_nothing_from_files_that_changed(
    load: Load, root: Path, which: str, spoil: Callable[[Path], None]
) -> None:
    """It is refused with the remedy, `verify` names the file, and so does the list."""
    load()
    (path,) = (path for path in parquet_of(root) if path.stem == which)
    spoil(path)
    place = path.relative_to(root).as_posix()

    with pytest.raises(BrokenJournalError, match=path.name) as raised:
        entries(open_casebook(root), "losses")
    assert "headstamp register" in raised.value.hint
    assert verify_casebook(root).place == place
    (row,) = registers(open_casebook(root)).rows
    assert str(row["state"]).startswith(place)


@pytest.mark.parametrize("spoil", [Path.unlink, spoil_by_a_byte], ids=["deleted", "changed"])
def test_the_same_file_again_mends_the_register(
    load: Load, root: Path, spoil: Callable[[Path], None]
) -> None:
    """The files are made anew, byte for byte, and nothing is recorded."""
    load()
    before = [path.read_bytes() for path in parquet_of(root)]
    spoil(parquet_of(root)[0])
    again = load()

    assert (again.seq, again.is_restored) == (None, True)
    assert [path.read_bytes() for path in parquet_of(root)] == before
    assert verify_casebook(root).problem is None
    assert serials(root) == ["RA-1001", "HW-77"]


def test_a_register_that_nobody_loaded_is_not_there(load: Load, root: Path) -> None:
    """The message names those that are."""
    load()

    with pytest.raises(UnknownIdError) as raised:
        entries(open_casebook(root), "loses")
    assert "losses" in raised.value.hint


def test_killed_while_loading_a_register_is_whole_or_not_there(
    root: Path, tmp_path: Path, amina: Writing
) -> None:
    """At whatever moment: `verify` holds, what is listed is whole, and loading again goes on."""
    path = tmp_path / "many.csv"
    lines = (f"loss,AB{n:06}\n" for n in range(4_000))
    path.write_text("kind,serial\n" + "".join(lines), encoding="utf-8")
    n_killed = 0
    for wait_s in (0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3):
        child = os.fork()
        if child == 0:
            list(load_register(root, [path], layout="common", name="mine", by=amina))
            os._exit(0)
        time.sleep(wait_s)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        n_killed += os.WIFSIGNALED(status)

        assert verify_casebook(root).problem is None
        rows = registers(open_casebook(root)).rows
        assert [(row["n_rows"], row["state"]) for row in rows] in ([], [(4_000, "unchanged")])

    assert n_killed
    list(load_register(root, [path], layout="common", name="mine", by=amina))
    assert len(entries(open_casebook(root), "mine").rows) == 4_000
    assert not list((root / "registers" / "mine").glob(".*"))


def test_files_of_one_command_and_of_many_are_loaded_alike(tmp_path: Path, amina: Writing) -> None:
    """What the first file brought is on record for the second, whoever wrote in between."""
    toml, paths = tmp_path / "armoury.toml", [tmp_path / f"book-{n}.csv" for n in range(3)]
    toml.write_text(LAYOUT, encoding="utf-8")
    for n, path in enumerate(paths):
        path.write_text(FILE.replace("1001", f"200{n}"), encoding="utf-8")
    told = []
    for name, lots in (("one", [paths]), ("many", [[path] for path in paths])):
        root = tmp_path / name
        init_casebook(root, actor="Amina")
        done = [
            loaded
            for some in lots
            for loaded in load_register(root, some, layout=str(toml), name="losses", by=amina)
        ]
        told.append([(one.seq, one.counts, one.profile) for one in done])

    assert told[0] == told[1]
    assert [one[1]["sources"].n_same for one in told[0]] == [0, 1, 1]

"""Listings of registers, compared with what their files hold."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from headstamp.actions.init_casebook import init_casebook
from headstamp.actions.load_register import load_register
from headstamp.actions.writing import Writing
from headstamp.casebook.opening import Casebook, open_casebook
from headstamp.casebook.register_tables import entries, registers
from headstamp.casebook.registers import entries_named
from headstamp.terms.coded import CodedRows

N_ROWS = 700


@pytest.fixture
def casebook(tmp_path: Path, amina: Writing) -> Casebook:
    """Return a casebook with a register of two files, and another of one."""
    init_casebook(tmp_path / "casebook", actor="Amina")
    paths = [tmp_path / f"part-{n}.csv" for n in range(2)]
    for n, path in enumerate(paths):
        rows = (f"e{n}-{at},loss,RA-{at:05},Maker {at % 9}\n" for at in range(N_ROWS))
        path.write_text("entry_id,kind,serial,maker\n" + "".join(rows), encoding="utf-8")
    for name, some in (("mine", paths), ("other", paths[:1])):
        list(load_register(tmp_path / "casebook", some, layout="common", name=name, by=amina))
    return open_casebook(tmp_path / "casebook")


def test_entries_are_those_of_the_files_in_their_order(casebook: Casebook) -> None:
    """Part after part, row after row, and each cell as the file of rows has it."""
    table = entries(casebook, "mine")
    folders = [part["seq"] for part in registers(casebook).rows if part["register"] == "mine"]
    held = [
        row
        for seq in folders
        for row in pq.read_table(
            casebook.root / casebook.intakes[int(str(seq))].files["rows.parquet"].path
        ).to_pylist()
    ]

    assert isinstance(table.rows, CodedRows)
    assert len(table.rows) == len(held) == 2 * N_ROWS
    for row, found in zip(table.rows, held, strict=True):
        assert row == {"register": "mine"} | {name: found[name] for name in table.columns[1:]}


def test_registers_are_listed_part_by_part(casebook: Casebook) -> None:
    """By name, then in the order of loading, with what each part can answer."""
    told = [(row["register"], row["file"], row["n_serials"]) for row in registers(casebook).rows]

    assert told == [
        ("mine", "part-0.csv", N_ROWS),
        ("mine", "part-1.csv", N_ROWS),
        ("other", "part-0.csv", N_ROWS),
    ]


def test_entries_are_found_by_their_ids(casebook: Casebook) -> None:
    """Of whichever part; an id that no entry has, and a register that is none, give nothing."""
    found = entries_named(casebook, "mine", ["e1-3", "e0-5", "no such"])

    assert {key: entry.serial for key, (_, entry) in found.items()} == {
        "e0-5": "RA-00005",
        "e1-3": "RA-00003",
    }
    assert [part.loaded.path_name for part, _ in found.values()] == ["part-0.csv", "part-1.csv"]
    assert entries_named(casebook, "nobody", ["e1-3"]) == {}

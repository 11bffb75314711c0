"""What do the registers hold? One row per part with its profile, and the entries of one."""

from array import array
from pathlib import Path
from typing import TYPE_CHECKING

from headstamp.casebook.columns import ENTRIES, REGISTERS
from headstamp.casebook.opening import Casebook
from headstamp.casebook.registers import ROWS, RegisterPart, parts_of, unchanged_meanwhile
from headstamp.casebook.registers import registers as loaded_registers
from headstamp.ledger.register_files import register_file_problem
from headstamp.terms.coded import Coded, CodedRows, code_for
from headstamp.terms.register import RegisterProfile
from headstamp.terms.table import Cell, Table

if TYPE_CHECKING:
    import pyarrow as pa

WHOLE = "unchanged"


def registers(casebook: Casebook) -> Table:
    """Return one row per part of a register that stands, by register, then as they were loaded.

    ``state`` is ``unchanged``, or which file of the part is missing or was changed.
    """
    parts = (part for parts in loaded_registers(casebook).values() for part in parts)
    rows = tuple(_part_row(casebook, part) for part in parts)
    return Table(name="registers", columns=REGISTERS, rows=rows)


def _part_row(casebook: Casebook, part: RegisterPart) -> dict[str, Cell]:
    profile = part.loaded.profile or RegisterProfile()
    return {
        "register": part.register,
        "seq": part.seq,
        "file": part.loaded.path_name,
        "layout": part.loaded.layout,
        "source_id": part.source_id,
        "n_rows": profile.n_rows,
        **profile_cells(profile),
        "state": _state(casebook, part),
    }


def profile_cells(profile: RegisterProfile) -> dict[str, Cell]:
    """Return what a part can answer, by column; of each kind of entry, how many there are.

    >>> profile_cells(RegisterProfile(kinds={"loss": 2, "theft": 5}))["kinds"]
    ['loss 2', 'theft 5']
    """
    return {
        "n_serials": profile.n_serials,
        "n_distinct": profile.n_distinct,
        "n_unkeyed": profile.n_unkeyed,
        "n_ranges": profile.n_ranges,
        "n_lots": profile.n_lots,
        "n_makers": profile.n_makers,
        "kinds": [f"{kind} {n}" for kind, n in profile.kinds.items()],
        "first_on": profile.first_on,
        "last_on": profile.last_on,
    }


def _state(casebook: Casebook, part: RegisterPart) -> str:
    for file in part.files.values():
        problem = register_file_problem(casebook.root, file)
        if problem is not None:
            return f"{file.path}: {problem}"
    return WHOLE


def entries(casebook: Casebook, name: str) -> Table:
    """Return the entries of one register: part after part, each in the order of its file.

    They are held by column, each different cell once, so that very many are no trouble.

    Raises:
        UnknownIdError: No register of this name is loaded.
        BrokenJournalError: A file of it is missing or was changed.
    """
    import pyarrow as pa  # noqa: PLC0415  few listings need it

    held = pa.concat_tables([_rows(casebook.root, part) for part in parts_of(casebook, name)])
    columns = {column: _coded(held.column(column)) for column in ENTRIES[1:]}
    named = Coded(cells=[name], at=array("B", bytes(len(held))))
    rows = CodedRows({"register": named, **columns}, len(held))
    return Table(name="entries", columns=ENTRIES, rows=rows)


def _rows(root: Path, part: RegisterPart) -> "pa.Table":
    from headstamp.engines.duckdb import read_columns  # noqa: PLC0415  few listings need it

    with unchanged_meanwhile(root, part):
        return read_columns(part.path(root, ROWS))


def _coded(column: "pa.ChunkedArray") -> Coded:
    """Return a column of Arrow with each different cell held once; None is one of them."""
    found = column.combine_chunks().dictionary_encode()
    cells: list[Cell] = [*found.dictionary.to_pylist(), None]
    at = found.indices.fill_null(len(cells) - 1)
    return Coded(cells=cells, at=array(code_for(len(cells)), at.to_pylist()))

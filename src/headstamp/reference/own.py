"""Which tables has the user added? A folder of CSV files beside ours, checked before it is used.

Rows are added and never replace: a row with the key of a shipped one stands beside it. What is
wrong with a table is told with its file, row, column and value, and then none of it is used.
"""

import csv
import io
import re
from pathlib import Path
from typing import Literal, get_args, get_origin, get_type_hints

import msgspec
import pycountry

from headstamp.reference.calibres import (
    CalibreCompatible,
    CalibreFamily,
    CalibreNames,
    CalibreWord,
)
from headstamp.reference.maker_names import MakerName, MakerWord, NoMaker
from headstamp.reference.makers import FactoryCode, LotFormat, SerialFormat
from headstamp.reference.marking import JoiningWord, NoSerialRule, SerialWord
from headstamp.reference.models import Model
from headstamp.reference.states import FormerState, MadeIn, StateName
from headstamp.reference.tables import activate_own, cells, shipped_names, table_bytes
from headstamp.reference.weapon_types import TypeWord, WeaponType, WeaponTypeName
from headstamp.terms.errors import TableError

ROW_TYPES: dict[str, type[msgspec.Struct]] = {
    "calibre_compatible.csv": CalibreCompatible,
    "calibre_families.csv": CalibreFamily,
    "calibre_words.csv": CalibreWord,
    "calibres.csv": CalibreNames,
    "country_names.csv": StateName,
    "former_states.csv": FormerState,
    "headstamps.csv": FactoryCode,
    "joining_words.csv": JoiningWord,
    "lot_formats.csv": LotFormat,
    "made_in.csv": MadeIn,
    "maker_names.csv": MakerName,
    "maker_words.csv": MakerWord,
    "models.csv": Model,
    "no_maker.csv": NoMaker,
    "no_serial.csv": NoSerialRule,
    "serial_formats.csv": SerialFormat,
    "serial_words.csv": SerialWord,
    "type_words.csv": TypeWord,
    "weapon_type_names.csv": WeaponTypeName,
    "weapon_types.csv": WeaponType,
}
"""The tables to which rows may be added.

Not among them: the rules of evidence (verbs, intervals, verdicts, pathways), which are the same
for everybody; and the look-alikes, by whose keys registers are already stored.
"""

_IDS = {
    "calibre": "calibres.csv",
    "calibres": "calibres.csv",
    "compatible_with": "calibres.csv",
    "weapon_type": "weapon_types.csv",
    "broader": "weapon_types.csv",
    "makers": "maker_names.csv",
    "models": "models.csv",
}
"""Columns that hold ids, and the table whose first column has them."""
_CODED = {"country_names.csv": "code", "former_states.csv": "code"}
"""Tables whose code of a state does not stand in the column ``country``."""
_GROUPS = {
    "serial_formats.csv": {"number"},
    "lot_formats.csv": {"maker", "interfix", "sequence", "suffix"},
}
"""What the pattern of a table must tell apart."""
_PAIRS = (("valid_from", "valid_to"), ("year_from", "year_to"), ("number_from", "number_to"))
_AT = re.compile(r"`\$\.(\w+)")


_Numbered = tuple[int, dict[str, str]]
"""A row and its number in the file; the header is row 1."""


class OwnTables(msgspec.Struct, frozen=True, kw_only=True):
    """What was added: how many rows to which table; and files of the folder that are no tables."""

    rows: dict[str, int]
    ignored: tuple[str, ...]


class _Trouble(msgspec.Struct, frozen=True, kw_only=True):
    where: str
    what: str
    remedy: str


def own_tables(folder: Path | None) -> OwnTables:
    """Make the tables of a folder active beside ours; None, or no such folder, is none.

    All rooms that are asked after this answer from the union; nothing is remembered from before.
    The same files again cost one reading of them.

    Raises:
        TableError: A name, a column or a value cannot be meant; what was active stays so.
    """
    files = sorted(folder.iterdir()) if folder is not None and folder.is_dir() else []
    stored = {file.name: file.read_bytes() for file in files if _is_table(file)}
    rows, troubles = _read(stored)
    troubles += [one for name in rows for one in _unknown_ids(name, rows)]
    if troubles:
        raise _error(troubles)
    activate_own(stored)
    return OwnTables(
        rows={name: len(found) for name, found in rows.items()},
        ignored=tuple(file.name for file in files if not _is_table(file)),
    )


def _is_table(file: Path) -> bool:
    return file.suffix.lower() == ".csv" and file.is_file()


def _error(troubles: list[_Trouble]) -> TableError:
    first, others = troubles[0], len(troubles) - 1
    more = f" (and {others} more)" if others else ""
    return TableError(f"reference/{first.where}: {first.what}{more}", hint=first.remedy)


# --- what a table may hold --------------------------------------------------------------------


def _read(stored: dict[str, bytes]) -> tuple[dict[str, list[_Numbered]], list[_Trouble]]:
    """Return the rows of each table that can be read, and what is wrong with the rest."""
    rows: dict[str, list[_Numbered]] = {}
    troubles: list[_Trouble] = []
    for name, data in stored.items():
        found, wrong = _read_table(name, data)
        rows[name] = found
        troubles += wrong
    return rows, troubles


def _read_table(name: str, data: bytes) -> tuple[list[_Numbered], list[_Trouble]]:
    row_type = ROW_TYPES.get(name)
    if row_type is None:
        return [], [_not_ours(name)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [_Trouble(where=name, what="it is not UTF-8", remedy="save it as CSV UTF-8")]
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        wrong = _columns(name, list(reader.fieldnames or ()), row_type)
        numbered = [] if wrong else list(enumerate(reader, start=2))
    except csv.Error as error:
        return [], [_Trouble(where=name, what=f"it is no CSV: {error}", remedy="save it again")]
    for number, row in numbered:
        wrong += _row(name, number, row, row_type)
    return [] if wrong else numbered, wrong


def _not_ours(name: str) -> _Trouble:
    if name in shipped_names():
        what = "this table is the same for everybody: rows cannot be added to it"
        return _Trouble(where=name, what=what, remedy="take the file out of the folder")
    known = ", ".join(sorted(ROW_TYPES))
    return _Trouble(where=name, what="it is no table of ours", remedy=f"name it one of {known}")


def _columns(name: str, columns: list[str], row_type: type[msgspec.Struct]) -> list[_Trouble]:
    fields = msgspec.structs.fields(row_type)
    known = [field.name for field in fields]
    needed = [field.name for field in fields if field.required]
    where = f"{name} row 1"
    remedy = f"its columns, with commas between, are {','.join(known)}"
    twice = sorted(one for one in set(columns) if columns.count(one) > 1)
    told = [f"column {one!r} stands twice" for one in twice]
    told += [f"column {one!r} is none of its columns" for one in columns if one not in known]
    told += [f"column {one!r} is missing" for one in needed if one not in columns]
    return [_Trouble(where=where, what=what, remedy=remedy) for what in told]


def _row(
    name: str, line: int, row: dict[str, str], row_type: type[msgspec.Struct]
) -> list[_Trouble]:
    where = f"{name} row {line}"
    if None in row or None in row.values():
        what = "it has more or fewer cells than the table has columns"
        remedy = "write every comma, and quotes around a cell that holds one"
        return [_Trouble(where=where, what=what, remedy=remedy)]
    first = next(iter(row))
    if not row[first].strip():
        return [_cell_trouble(where, first, "", "write the name or id that the row is about")]
    if not row["source"].strip():
        remedy = "name where it was read, or write 'project': it is then shown as unsourced"
        return [_cell_trouble(where, "source", "", remedy)]
    try:
        msgspec.convert(cells(row, row_type), row_type, strict=False)
    except msgspec.ValidationError as error:
        at = _AT.search(str(error))
        column = at[1] if at and at[1] in row else first
        return [_cell_trouble(where, column, row[column], _allowed(row_type, column))]
    return [*_countries(name, where, row), *_years(where, row), *_pattern(name, where, row)]


def _cell_trouble(where: str, column: str, value: str, remedy: str) -> _Trouble:
    what = f"column {column} has {value!r}" if value else f"column {column} is empty"
    return _Trouble(where=where, what=what, remedy=remedy)


def _allowed(row_type: type[msgspec.Struct], column: str) -> str:
    """Return in words what a column may hold."""
    kind = get_type_hints(row_type)[column]
    inner = get_args(kind)[0] if get_origin(kind) is tuple else kind
    if get_origin(inner) is Literal:
        values = ", ".join(repr(one) for one in get_args(inner))
        return f"write one of {values}"
    return "write a whole number, or leave the cell empty where it is not known"


def _countries(name: str, where: str, row: dict[str, str]) -> list[_Trouble]:
    """Return codes that no standard has; XA to XZ are for invented states."""
    known = {one.alpha_2 for one in pycountry.countries}
    known |= {one.alpha_4 for one in pycountry.historic_countries}
    known |= {f"X{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    column = _CODED.get(name, "country")
    code = row.get(column, "")
    if not code or code in known:
        return []
    remedy = "write a code of ISO 3166 in capitals, such as BR, or CSHH for a former state"
    return [_cell_trouble(where, column, code, remedy)]


def _years(where: str, row: dict[str, str]) -> list[_Trouble]:
    return [
        _cell_trouble(where, last, row[last], f"it must not be before {first} ({row[first]})")
        for first, last in _PAIRS
        if row.get(first) and row.get(last) and int(row[last]) < int(row[first])
    ]


def _pattern(name: str, where: str, row: dict[str, str]) -> list[_Trouble]:
    needed = _GROUPS.get(name)
    if needed is None:
        return []
    try:
        groups = set(re.compile(row["pattern"]).groupindex)
    except re.error as error:
        remedy = f"it is no regular expression: {error}"
        return [_cell_trouble(where, "pattern", row["pattern"], remedy)]
    if needed <= groups:
        return []
    remedy = f"it must have the groups {', '.join(sorted(needed))}"
    return [_cell_trouble(where, "pattern", row["pattern"], remedy)]


def _unknown_ids(name: str, rows: dict[str, list[_Numbered]]) -> list[_Trouble]:
    """Return ids that neither our tables nor the user's have."""
    troubles: list[_Trouble] = []
    for number, row in rows[name]:
        for column in _IDS.keys() & row.keys():
            table = _IDS[column]
            known = _first_column(table) | {next(iter(r.values())) for _, r in rows.get(table, [])}
            for value in set(filter(None, row[column].split(";"))) - known:
                remedy = f"use an id of {table}, or add it to a {table} of your own"
                troubles.append(_cell_trouble(f"{name} row {number}", column, value, remedy))
    return troubles


def _first_column(table: str) -> set[str]:
    reader = csv.reader(io.StringIO(table_bytes()[table].decode("utf-8"), newline=""))
    return {row[0] for row in list(reader)[1:] if row}

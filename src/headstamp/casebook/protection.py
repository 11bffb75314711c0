"""What of a protected row may be shown? Its id, and nothing else, in no table of any kind.

Protected rows take part in reasoning, in memory. What is handed out names their ids; every
cell that comes from them, or that could only have come from them, is veiled.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import msgspec

from headstamp.casebook.opening import Casebook
from headstamp.terms.dates import DateSpan, date_label
from headstamp.terms.evidence import ID_COLUMNS, TABLES, Evidence, atom_id
from headstamp.terms.row import Row
from headstamp.terms.table import Cell, Table

PROTECTED = "(protected)"
_LEAST_CHARACTERS = 4  # Shorter texts are in every sentence; they are veiled with their row.


@dataclass(frozen=True, kw_only=True)
class Veil:
    """What must not be shown: rows, the atoms that they are in support sets, their words."""

    keys: frozenset[tuple[str, str]]
    atoms: frozenset[str]
    words: tuple[str, ...]

    def hides(self, cell: Cell) -> bool:
        """Whether a text holds words that only a protected row has."""
        return isinstance(cell, str) and any(word in cell for word in self.words)

    def touches(self, sets: Iterable[Iterable[str]]) -> bool:
        """Whether some set of support holds a protected row."""
        return any(atom in self.atoms for atoms in sets for atom in atoms)


_VEILS: WeakKeyDictionary[Casebook, Veil] = WeakKeyDictionary()


def veil_of(casebook: Casebook) -> Veil:
    """Return what is protected in a casebook, found once; cheap where nothing is."""
    if casebook not in _VEILS:
        _VEILS[casebook] = _veil_of(casebook)
    return _VEILS[casebook]


def _veil_of(casebook: Casebook) -> Veil:
    keys = casebook.protected
    if not keys:
        return Veil(keys=frozenset(), atoms=frozenset(), words=())
    secret = {word for key in keys for word in words_of(casebook.evidence, *key)}
    open_words = {
        word
        for key, row in casebook.rows.items()
        if row.key_id is None
        for word in words_of(casebook.evidence, *key)
    }
    ids = {row_id for _, row_id in casebook.rows}
    words = {word for word in secret - open_words - ids if len(word) >= _LEAST_CHARACTERS}
    return Veil(
        keys=keys,
        atoms=frozenset(atom_id(*key) for key in keys),
        words=tuple(sorted(words, key=lambda word: (-len(word), word))),
    )


def veiled_row(table: str, row: dict[str, Cell]) -> dict[str, Cell]:
    """Return a row of a package table with its id alone."""
    shown = {*ID_COLUMNS[table], "file", "row", "live"}
    return {column: cell if column in shown else PROTECTED for column, cell in row.items()}


def without_secret_words(table: Table, veil: Veil) -> Table:
    """Return the table with every cell veiled that repeats a protected row's words."""
    if not veil.words:
        return table
    rows = tuple(
        {column: PROTECTED if veil.hides(cell) else cell for column, cell in row.items()}
        for row in table.rows
    )
    return msgspec.structs.replace(table, rows=rows)


def words_of(evidence: Evidence, table: str, row_id: str) -> Iterable[str]:
    """Return every text of a row: cells, members of lists, days as written and as printed."""
    row: Row = evidence.rows(table)[row_id]
    for name in TABLES[table].__struct_fields__:
        yield from _texts(getattr(row, name))


def _texts(cell: Any) -> Iterable[str]:  # noqa: ANN401 - whatever a row of a package may hold
    if cell is None:
        return
    if isinstance(cell, tuple):
        yield from (text for member in cell for text in _texts(member))
    elif isinstance(cell, DateSpan):
        yield cell.text
        yield date_label(cell)
        yield from (str(day) for day in (cell.earliest, cell.latest) if day is not None)
    else:
        yield str(cell)

"""A case many times over, to see what a report makes of a large one; no test of its own."""

import re
from collections.abc import Mapping

from headstamp.terms.table import Cell, Table

_IDS = (
    *("item_id", "mark_id", "source_id", "party_id", "site_id", "consignment_id", "claim_id"),
    *("undertaking_id", "document_id", "request_id", "figure_id", "finding_id"),
)
_WORD = re.compile(r"[^;:]+")
_KEPT = frozenset({"about", "figures", "issues"})


def crowd(tables: Mapping[str, Table], n_copies: int) -> dict[str, Table]:
    """Return the tables with every row ``n_copies`` times, each copy with ids of its own."""
    ids = {str(row[c]) for one in tables.values() for row in one.rows for c in _IDS if row.get(c)}
    return {
        name: one if name in _KEPT else _crowded(one, n_copies, ids) for name, one in tables.items()
    }


def _crowded(table: Table, n_copies: int, ids: set[str]) -> Table:
    rows = tuple(
        {column: _renamed(cell, copy, ids) for column, cell in row.items()}
        for copy in range(n_copies)
        for row in table.rows
    )
    return Table(name=table.name, columns=table.columns, rows=rows)


def _renamed(cell: Cell, copy: int, ids: set[str]) -> Cell:
    if isinstance(cell, str):
        return _WORD.sub(lambda found: _new_id(found[0], copy, ids), cell)
    if isinstance(cell, list):
        return [_renamed(part, copy, ids) for part in cell]  # type: ignore[return-value]
    return cell


def _new_id(word: str, copy: int, ids: set[str]) -> str:
    return f"{word}_{copy}" if copy and word in ids else word

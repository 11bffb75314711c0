"""How are very many rows held? By column, every different cell once, and which one a row has."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import TypeVar, overload

import msgspec
from typing_extensions import override

from headstamp.terms.table import Cell

Row = dict[str, Cell]
T = TypeVar("T")

_TOLD_APART: tuple[frozenset[type], ...] = tuple(
    frozenset({*kind, type(None)}) for kind in ({str}, {int}, {bool})
)
"""Kinds of cells among which equal ones are the same: 1 equals True, and lists are not held."""


class Coded(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One column: its different ``cells``, and for every row ``at`` which of them it has."""

    cells: list[Cell]
    at: Sequence[int]

    @property
    def has_own(self) -> bool:
        """Whether every row has a cell of its own, in the order of the rows."""
        return isinstance(self.at, range)

    def spread(self, told: Sequence[T]) -> Iterable[T]:
        """Return for every row what is ``told`` of its cell; ``told`` goes by ``cells``."""
        if self.has_own:
            return told
        if len(told) == 1:
            return repeat(told[0], len(self.at))
        return map(told.__getitem__, self.at)


class CodedRows(Sequence[Row]):
    """Rows of one table by column; each row is made when it is looked at."""

    def __init__(self, columns: Mapping[str, Coded], n_rows: int) -> None:
        self.columns = dict(columns)
        self._n_rows = n_rows

    @override
    def __len__(self) -> int:
        return self._n_rows

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...

    @override
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        if isinstance(place, slice):
            return self.picked(range(self._n_rows)[place])
        here = range(self._n_rows)[place]
        return {name: one.cells[one.at[here]] for name, one in self.columns.items()}

    @override
    def __iter__(self) -> Iterator[Row]:
        names = tuple(self.columns)
        cells = [one.spread(one.cells) for one in self.columns.values()]
        for row in zip(*cells, strict=True):
            yield dict(zip(names, row, strict=True))

    @override
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, CodedRows | tuple):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # Rows are dicts, which have none either.

    @override
    def __repr__(self) -> str:
        return repr(tuple(self))

    def only(self, columns: Sequence[str]) -> "CodedRows":
        """Return the rows with these columns alone, in this order."""
        return CodedRows({name: self.columns[name] for name in columns}, len(self))

    def where(self, column: str, is_wanted: Callable[[Cell], bool]) -> "CodedRows":
        """Return the rows whose cell is wanted; each different cell is asked about once."""
        one = self.columns[column]
        wanted = {at for at, cell in enumerate(one.cells) if is_wanted(cell)}
        return self.picked([place for place, at in enumerate(one.at) if at in wanted])

    def picked(self, places: Sequence[int]) -> "CodedRows":
        """Return only these rows, in this order."""
        columns = {
            name: coded([one.cells[one.at[place]] for place in places])
            for name, one in self.columns.items()
        }
        return CodedRows(columns, len(places))


def coded(cells: list[Cell]) -> Coded:
    """Return a column of cells, each different one held once.

    >>> found = coded(["rifle", None, "rifle"])
    >>> found.cells, list(found.at)
    (['rifle', None], [0, 1, 0])
    """
    own = Coded(cells=cells, at=range(len(cells)))
    kinds = set(map(type, cells))
    if len(cells) < 2 or not any(kinds <= alike for alike in _TOLD_APART):
        return own
    different = list(dict.fromkeys(cells))
    if len(different) == len(cells):
        return own
    places = {cell: place for place, cell in enumerate(different)}
    at = array(code_for(len(different)), map(places.__getitem__, cells))
    return Coded(cells=different, at=at)


def code_for(n_cells: int) -> str:
    """Return the type code of the narrowest array that counts so many cells."""
    return "B" if n_cells <= 1 << 8 else "H" if n_cells <= 1 << 16 else "I"


def coded_rows(columns: Sequence[str], rows: Sequence[Row]) -> CodedRows:
    """Return rows by column; those that are so already, as they are."""
    if isinstance(rows, CodedRows):
        return rows
    found = {column: coded([row.get(column) for row in rows]) for column in columns}
    return CodedRows(found, len(rows))

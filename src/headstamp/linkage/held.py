"""What does a register hold? Its keys, its entries, and how densely its numbers stand."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from headstamp.engines.duckdb import Asking
from headstamp.linkage.density import Density
from headstamp.linkage.frequencies import Frequencies, Kind
from headstamp.linkage.probes import Described, Place
from headstamp.linkage.sieve import Sieve
from headstamp.marks.packed import Packed
from headstamp.terms.proposal import OtherKind
from headstamp.terms.register import RegisterEntry

Held: TypeAlias = Path | pa.Table
"""A table of a register: in Parquet, or in memory."""
Describe = Callable[[RegisterEntry], Described]
"""An entry as written → what our tables make of it."""


class HeldPart(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a register: its rows, and the keys, ranges and lots by which they are found.

    Columns are those that ``intake.register_store`` writes. ``exhibit`` is the digest of the
    sealed file that the rows were read from; empty where they come from several.
    """

    rows: Held
    keys: Held
    ranges: Held
    lots: Held
    exhibit: str = ""


class HeldEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry with what our tables make of it, and where it was read."""

    entry: RegisterEntry
    described: Described
    place: Place | None


class HeldRegister:
    """One register, ready to be asked; nothing is loaded before it is needed.

    ``name`` is empty, and ``other_kind`` is not ``register_entry``, where what is held are
    the casebook's own items or consignment lines.
    """

    def __init__(
        self,
        name: str,
        parts: Sequence[HeldPart],
        *,
        describe: Describe,
        other_kind: OtherKind = "register_entry",
        atom: str = "entry",
        own: Mapping[str, int] | None = None,
    ) -> None:
        """Take the parts, and what describes an entry.

        Args:
            atom: What stands before the id of an entry in a set of support.
            own: Item → its own place, where what is held are the items themselves.
        """
        self.name = name
        self.parts = tuple(parts)
        self.describe = describe
        self.other_kind = other_kind
        self.atom = atom
        self.own = own or {}

    def table_of(self, name: str, part: int) -> Held:
        """Return one table of one part: ``rows``, ``keys``, ``ranges`` or ``lots``."""
        held: Held = getattr(self.parts[part], name)
        return held

    @cached_property
    def sieve(self) -> Sieve:
        """Which folded keys the register may hold."""
        return Sieve(self.packed_keys(), n_keys=self.n_keys)

    def packed_keys(self) -> Iterator[Packed]:
        """Yield the folded keys of the register, some at a time."""
        yield from _keys(self.parts)

    @cached_property
    def n_keys(self) -> int:
        """How many keys of serials the register holds."""
        return sum(_n_rows(part.keys) for part in self.parts)

    @cached_property
    def asking(self) -> Asking:
        """One connection for all questions about this register: to make one costs a question."""
        return Asking()

    @cached_property
    def density(self) -> Density:
        """The numbers of all parts, by maker."""
        parts = [part for part in self.parts if _n_rows(part.keys)]
        join = self.asking.join
        tables = [join(_NUMBERS, {"keys": part.keys, "held": part.rows}) for part in parts]
        pairs = {pair for part in parts for pair in _pairs(join(_BESIDE, {"keys": part.keys}))}
        whole = pa.concat_tables(tables) if tables else _NO_NUMBERS
        makers = whole.column("maker").combine_chunks().dictionary_encode()
        named = makers.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
        return Density(
            whole.column("exact").to_numpy(),
            named,
            {n: self._makers(text) for n, text in enumerate(makers.dictionary.to_pylist())},
            beside=Counter(number for number, _ in pairs),
        )

    @cached_property
    def frequencies(self) -> Frequencies:
        """How common each description is."""
        kinds: list[Kind] = []
        for part in self.parts:
            for row in self.asking.join(_KINDS, {"held": part.rows}).to_pylist():
                n = row.pop("n")
                entry = RegisterEntry(register=self.name, entry_id="", **row)
                kinds.append(Kind(self.describe(entry), n))
        return Frequencies(kinds)

    @cached_property
    def makers_of_ranges(self) -> frozenset[str] | None:
        """The makers that ranges of the register may be of; None where one names no maker."""
        found: set[str] = set()
        for part in self.parts:
            held = {"ranges": part.ranges, "held": part.rows}
            for written in self.asking.join(_MAKERS, held).column(0).to_pylist():
                makers = self._makers(written) if written is not None else frozenset()
                if not makers:
                    return None
                found |= makers
        return frozenset(found)

    def _makers(self, written: str) -> frozenset[str]:
        entry = RegisterEntry(register=self.name, entry_id="", maker=written)
        return self.describe(entry).makers

    def entries(
        self, wanted: Iterable[tuple[int, int]], asking: Asking
    ) -> dict[tuple[int, int], HeldEntry]:
        """Return entries by (part, place)."""
        by_part: dict[int, set[int]] = {}
        for part, place in wanted:
            by_part.setdefault(part, set()).add(place)
        found: dict[tuple[int, int], HeldEntry] = {}
        for part, places in by_part.items():
            asked = pa.table({"place": pa.array(sorted(places), pa.int64())})
            rows = asking.join(_ROWS, {"held": self.parts[part].rows, "wanted": asked})
            for row in rows.to_pylist():
                found[part, row["place"]] = self._entry(row, self.parts[part])
        return found

    def _entry(self, row: Mapping[str, Any], part: HeldPart) -> HeldEntry:
        told = {name: cell for name, cell in row.items() if name not in {"place", "exhibit"}}
        entry = msgspec.convert({"register": self.name, **told}, RegisterEntry)
        exhibit = part.exhibit or row.get("exhibit") or ""
        place = Place(exhibit, entry.row) if exhibit else None
        return HeldEntry(entry=entry, described=self.describe(entry), place=place)


def sieve_of(registers: Sequence[HeldRegister]) -> Sieve:
    """Return which folded keys some of the registers may hold."""
    keys = (some for register in registers for some in register.packed_keys())
    return Sieve(keys, n_keys=sum(register.n_keys for register in registers))


def _keys(parts: Iterable[HeldPart]) -> Iterator[Packed]:
    for part in parts:
        if isinstance(part.keys, Path):
            with pq.ParquetFile(part.keys) as file:
                for batch in file.iter_batches(columns=["key"]):
                    yield batch.column(0).to_numpy()
        else:
            yield part.keys.column("key").to_numpy()


def _pairs(table: pa.Table) -> Iterator[tuple[int, int]]:
    return zip(*(column.to_pylist() for column in table.columns), strict=True)


def _n_rows(table: Held) -> int:
    """Return how many rows a table has; of Parquet from its footer alone."""
    if isinstance(table, Path):
        return int(pq.read_metadata(table).num_rows)
    return int(table.num_rows)


_ROWS = "SELECT held.* FROM held JOIN wanted USING (place) ORDER BY place"
_KINDS = """
SELECT maker, model, calibre, count(*) AS n FROM held GROUP BY ALL ORDER BY ALL
"""
_MAKERS = """
SELECT DISTINCT held.maker FROM held JOIN ranges USING (place) ORDER BY held.maker
"""
_NUMBERS = """
SELECT keys.exact, held.maker
FROM keys JOIN held USING (place)
WHERE keys.penalty = 0
ORDER BY place, exact
"""
_BESIDE = """
SELECT DISTINCT later.exact AS number, first.exact AS beside
FROM keys AS later JOIN keys AS first USING (place)
WHERE later.penalty > 0 AND first.penalty = 0 AND later.exact <> first.exact
ORDER BY number, beside
"""
_NO_NUMBERS = pa.table({"exact": pa.array([], pa.int64()), "maker": pa.array([], pa.string())})

"""What does a register hold at these places? Its entries, and the density of its numbers."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from headstamp.engines.duckdb import join_parquet
from headstamp.intake.register_keys import serial_keys
from headstamp.linkage.density import Density
from headstamp.linkage.probe import Described
from headstamp.marks.packed import pack
from headstamp.terms.register import RegisterEntry

Describe = Callable[[str | None, str | None, str | None], Described]
"""(maker, model, calibre as written) → what our tables make of them."""


class HeldPart(msgspec.Struct, frozen=True, kw_only=True):
    """The Parquet files of one part of a register, as ``intake.register_store`` writes them."""

    rows: Path
    keys: Path
    ranges: Path
    lots: Path
    unread: str = ""


class HeldRegister:
    """One register, ready to be asked; nothing is loaded before it is needed."""

    def __init__(self, name: str, parts: Sequence[HeldPart], *, describe: Describe) -> None:
        self.name = name
        self.parts = tuple(parts)
        self.describe = describe

    def entries(self, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], RegisterEntry]:
        """Return entries by (part, place)."""
        by_part: dict[int, set[int]] = {}
        for part, place in wanted:
            by_part.setdefault(part, set()).add(place)
        return {
            (part, place): entry
            for part, places in by_part.items()
            for place, entry in self._entries_of(part, places).items()
        }

    def _entries_of(self, part: int, places: set[int]) -> dict[int, RegisterEntry]:
        wanted = pa.table({"place": pa.array(sorted(places), pa.int64())})
        files = {"held": [self.parts[part].rows]}
        rows = join_parquet(_ROWS, files=files, tables={"wanted": wanted}).to_pylist()
        return {
            row.pop("place"): msgspec.convert({"register": self.name, **row}, RegisterEntry)
            for row in rows
        }

    def exact_of(self, entry: RegisterEntry, part: int, packed: int) -> str:
        """Return, of the serials that an entry's cell may hold, the one that was found."""
        held = serial_keys(entry.serial or "", unread=self.parts[part].unread).keys
        return next((exact for _, exact, _ in held if pack(exact) == packed), "")

    @cached_property
    def density(self) -> Density:
        """The numbers of all parts, by maker."""
        tables = [_numbers(part) for part in self.parts]
        whole = pa.concat_tables(tables) if tables else _NO_NUMBERS
        makers = whole.column("maker").combine_chunks().dictionary_encode()
        written = makers.dictionary.to_pylist()
        named = makers.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
        return Density(
            whole.column("exact").to_numpy(),
            named,
            {code: self.describe(text, None, None).makers for code, text in enumerate(written)},
        )


def _numbers(part: HeldPart) -> pa.Table:
    """Return the exact key of every entry as written, with its maker as written."""
    return join_parquet(_NUMBERS, files={"keys": [part.keys], "held": [part.rows]}, tables={})


def n_rows(path: Path) -> int:
    """Return how many rows a Parquet file has, from its footer alone."""
    return int(pq.ParquetFile(path).metadata.num_rows)


_ROWS = "SELECT held.* FROM held JOIN wanted USING (place) ORDER BY place"
_NUMBERS = """
SELECT keys.exact, held.maker
FROM keys JOIN held USING (place)
WHERE keys.penalty = 0
ORDER BY place, exact
"""
_NO_NUMBERS = pa.table({"exact": pa.array([], pa.int64()), "maker": pa.array([], pa.string())})

"""An invented register of any size, of which the truth is known; rows stream, seeded.

Serials come in consignments of consecutive numbers with gaps between them, so that one wrong
digit lands on another real row, or on a number that was made and is not in the register. About
3 % of the numbers stand under a second maker. Some entries name no maker; a few hold values that
stand in for a serial (`33333`).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq
from numpy.typing import NDArray

from headstamp.synthetic.draws import Draws, Floats, Ints
from headstamp.synthetic.makers import (
    CALIBRES,
    N_MAKERS,
    Form,
    Model,
    form,
    maker_name,
    maker_state,
    models,
)

REGISTER = "planted"
UBIQUITOUS = ("33333", "12345", "00000", "11111", "99999")
SHARE_REUSED = 0.03
SHARE_NO_MAKER = 0.02
SHARE_UBIQUITOUS = 0.002
N_BATCH = 100_000
_N_RUN = 12
"""Consignments in a run of numbers."""
_LARGE = 5_000_000
_FIRST_YEAR = 2010


class Series(NamedTuple):
    """A run of numbers of one model: those from low to high - 1 were made."""

    model: int
    form: Form
    run: int
    low: int
    high: int


class Rows(NamedTuple):
    """Rows of the register as the truth has them, before what was left out of them."""

    row: Ints
    consignment: Ints
    number: Ints
    has_maker: NDArray[np.bool_]
    is_ubiquitous: NDArray[np.bool_]


class RegisterWorld:
    """A register of ``n_rows`` rows, and everything that was made beside it."""

    def __init__(self, n_rows: int, *, seed: int) -> None:
        """Lay out the consignments; rows are made when they are asked for."""
        self.seed, self.n_rows = seed, n_rows
        self.models: tuple[Model, ...] = models(seed)
        laid = _Laying(seed, n_rows, self.models)
        laid.lay_all()
        laid.copy_some()
        order = Draws(seed, 4).order(len(laid.starts))
        self.series: tuple[Series, ...] = tuple(laid.series)
        self.series_of: Ints = np.array(laid.series_of, dtype=np.int64)[order]
        self.start: Ints = np.array(laid.starts, dtype=np.int64)[order]
        size: Ints = np.array(laid.sizes, dtype=np.int64)[order]
        ends = np.minimum(np.cumsum(size), n_rows)
        first: Ints = np.concatenate([np.zeros(1, dtype=np.int64), ends[:-1]])
        # What was laid beyond the last row is left out, consignments that begin there wholly.
        is_in = first < n_rows
        self.series_of, self.start = self.series_of[is_in], self.start[is_in]
        self.first_row: Ints = first[is_in]
        self.size: Ints = (ends - first)[is_in]

    def rows(self, wanted: Ints) -> Rows:
        """Return rows by their places."""
        consignment = np.searchsorted(self.first_row, wanted, side="right") - 1
        number = self.start[consignment] + wanted - self.first_row[consignment]
        no_maker, ubiquitous = self._left_out(wanted)
        return Rows(wanted, consignment.astype(np.int64), number, ~no_maker, ubiquitous)

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the register in the shape common to all (EXCHANGE.md section 2), as text."""
        for first in range(0, self.n_rows, N_BATCH):
            wanted = np.arange(first, min(first + N_BATCH, self.n_rows), dtype=np.int64)
            yield self._batch(self.rows(wanted))

    def entry_id(self, row: int) -> str:
        """Return the id of a row's entry."""
        return f"e{row:09}"

    def consignment_id(self, consignment: int) -> str:
        """Return the id of a consignment."""
        return f"c{consignment:07}"

    def _left_out(self, wanted: Ints) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Return which rows name no maker, and which hold a ubiquitous value."""
        chance: Floats = np.empty(len(wanted))
        batch = wanted // N_BATCH
        for number in np.unique(batch).tolist():
            drawn = Draws(self.seed, 5, number).uniform(N_BATCH)
            of_batch = batch == number
            chance[of_batch] = drawn[wanted[of_batch] % N_BATCH]
        is_ubiquitous = chance < SHARE_UBIQUITOUS
        return (chance > 1 - SHARE_NO_MAKER), is_ubiquitous

    def _batch(self, rows: Rows) -> pa.RecordBatch:
        series = self.series_of[rows.consignment]
        model = np.array([one.model for one in self.series])[series]
        maker = np.array([one.maker for one in self.models])[model]
        names = pa.array([maker_name(n) for n in range(N_MAKERS)])
        told = pc.if_else(pa.array(rows.has_maker), names.take(pa.array(maker)), None)
        states = pa.array([f"state-{maker_state(n).lower()}" for n in range(N_MAKERS)])
        receiver = (maker + 1 + rows.consignment) % N_MAKERS
        years = pa.array([str(_FIRST_YEAR + one.run % 15) for one in self.series])
        calibres = np.array([one.calibre for one in self.models])[model]
        columns: dict[str, pa.Array] = {
            "register": pa.repeat(REGISTER, len(rows.row)),
            "entry_id": _numbered("e", rows.row, 9),
            "kind": pa.repeat("delivery", len(rows.row)),
            "maker": told,
            "model": pa.array([one.name for one in self.models]).take(pa.array(model)),
            "calibre": pa.array([name for name, _ in CALIBRES]).take(pa.array(calibres)),
            "country": pa.array([maker_state(n) for n in range(N_MAKERS)]).take(pa.array(maker)),
            "year": years.take(pa.array(series)),
            "serial": self._serials(rows, series),
            **dict.fromkeys(("serial_from", "serial_to", "lot"), _nothing(len(rows.row))),
            "quantity": pa.repeat("1", len(rows.row)),
            "consignment_id": _numbered("c", rows.consignment, 7),
            "from_party": names.take(pa.array(maker)),
            "to_party": states.take(pa.array(receiver)),
            "on": years.take(pa.array(series)),
            "source_row": pc.cast(pa.array(rows.row + 2), pa.string()),
        }
        return pa.RecordBatch.from_pydict(columns)

    def _serials(self, rows: Rows, series: Ints) -> pa.Array:
        """Return serials as the register writes them, with what stands between their parts."""
        forms = [one.form for one in self.series]
        before = pa.array([one.prefix + one.separator if one.prefix else "" for one in forms])
        after = pa.array([one.suffix for one in forms])
        widths = np.array([one.n_digits for one in forms])[series]
        digits = pa.nulls(len(series), pa.string())
        for width in np.unique(widths).tolist():
            padded = pc.utf8_lpad(pc.cast(pa.array(rows.number), pa.string()), width, "0")
            digits = pc.if_else(pa.array(widths == width), padded, digits)
        places = pa.array(series)
        whole = pc.binary_join_element_wise(before.take(places), digits, after.take(places), "")
        standing_in = pa.array(UBIQUITOUS).take(pa.array(rows.row % len(UBIQUITOUS)))
        return pc.if_else(pa.array(rows.is_ubiquitous), standing_in, whole)


class _Laying:
    """Lays consignments one after the other into runs of numbers."""

    def __init__(self, seed: int, n_rows: int, known: tuple[Model, ...]) -> None:
        self._seed, self._models = seed, known
        self._n_rows, self._n_laid = n_rows, 0
        self._next: dict[Form, int] = {}
        self._draws = Draws(seed, 3)
        self.series: list[Series] = []
        self.series_of: list[int] = []
        self.starts: list[int] = []
        self.sizes: list[int] = []

    def lay_all(self) -> None:
        """Lay what is no copy; makers have shares that fall with their rank."""
        weights = [1 / (model.maker + 4) for model in self._models]
        n_first = self._n_rows * (1 - SHARE_REUSED)
        for place, weight in enumerate(weights):
            wanted, run = n_first * weight / sum(weights), 0
            while wanted > 0:
                wanted -= self._lay_run(place, run, at_most=int(wanted) + 1)
                run += 1

    def copy_some(self) -> None:
        """Give a share of the consignments' numbers to a second maker too, until rows suffice."""
        order = self._draws.order(len(self.starts)).tolist()
        others = self._draws.below(len(self._models), len(order)).tolist()
        for consignment, other in zip(order, others, strict=True):
            series = self.series[self.series_of[consignment]]
            if self._n_laid >= self._n_rows:
                return
            if self._models[other].maker != self._models[series.model].maker:
                start, size = self.starts[consignment], self.sizes[consignment]
                self._add(series._replace(model=other, low=start, high=start + size))
                self._put(start, size)

    def _lay_run(self, model: int, run: int, *, at_most: int) -> int:
        """Lay one run of consignments with gaps, and return how many rows it has."""
        maker = self._models[model].maker
        made = form(self._seed, model, maker=maker, run=run, n_more=int(self._n_rows > _LARGE))
        low, limit = self._next.get(made, 137), 10**made.n_digits
        self._add(Series(model, made, run, low, low))
        start, n_laid = low, 0
        for share, gap in self._draws.uniform(2 * _N_RUN).reshape(-1, 2).tolist():
            size = min(20 + int(480 * share * share), at_most - n_laid, limit - start)
            if size <= 0:
                break
            self._put(start, size)
            n_laid += size
            start += size + (int(200 * gap) if gap < 0.7 else 0)
        self.series[-1] = self.series[-1]._replace(high=min(start, limit))
        self._next[made] = min(start, limit) + 1000
        return n_laid

    def _add(self, series: Series) -> None:
        self.series.append(series)

    def _put(self, start: int, size: int) -> None:
        self.series_of.append(len(self.series) - 1)
        self.starts.append(start)
        self.sizes.append(size)
        self._n_laid += size


def write_parquet(world: RegisterWorld, path: Path) -> None:
    """Write the register as Parquet, a batch at a time."""
    batches = world.batches()
    first = next(batches)
    with pq.ParquetWriter(path, first.schema, compression="zstd") as writer:
        writer.write_batch(first)
        for batch in batches:
            writer.write_batch(batch)


def write_csv(world: RegisterWorld, path: Path) -> None:
    """Write the register as CSV, a batch at a time."""
    batches = world.batches()
    first = next(batches)
    options = pyarrow.csv.WriteOptions(quoting_style="needed")
    with pyarrow.csv.CSVWriter(path, first.schema, write_options=options) as writer:
        writer.write_batch(first)
        for batch in batches:
            writer.write_batch(batch)


def _numbered(letter: str, numbers: Ints, width: int) -> pa.Array:
    digits = pc.utf8_lpad(pc.cast(pa.array(numbers), pa.string()), width, "0")
    return pc.binary_join_element_wise(letter, digits, "")


def _nothing(n: int) -> pa.Array:
    return pa.nulls(n, pa.string())

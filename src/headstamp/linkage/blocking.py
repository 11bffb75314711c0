"""Which entries come into question for an item? The question is expanded, never the register.

LINKAGE.md section 1: look-alikes are folded into one key; positions that nobody could read are
filled on the items' side. Only keys are joined; nothing is compared here.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import msgspec
import pyarrow as pa

from headstamp.engines.duckdb import join_parquet
from headstamp.linkage.probe import Probe, Reading
from headstamp.marks.keys import folded_signs
from headstamp.marks.packed import pack_all
from headstamp.marks.ranges import places_in

MOST_UNREAD = 2
"""More unread characters than these match too many to be told apart."""


class Hit(msgspec.Struct, frozen=True, gc=False):
    """One entry that comes into question: probe and reading by number, entry by part and place."""

    probe: int
    reading: int
    part: int
    place: int
    exact: int


class Blocks(msgspec.Struct, frozen=True, kw_only=True):
    """What came into question, by serial, by range and by lot."""

    serials: tuple[Hit, ...]
    ranges: tuple[Hit, ...]
    lots: tuple[Hit, ...]


def serial_hits(probes: Sequence[Probe], keys: Sequence[Path]) -> tuple[Hit, ...]:
    """Return every entry of the parts whose folded key an item's serial may have."""
    if not keys:
        return ()
    variants = [
        (number, rank, key)
        for number, probe in enumerate(probes)
        for rank, reading in enumerate(probe.readings)
        for key in filled(reading)
    ]
    table = pa.table(
        {
            "probe": pa.array([v[0] for v in variants], pa.int64()),
            "reading": pa.array([v[1] for v in variants], pa.int64()),
            "key": pack_all([v[2] for v in variants]),
        }
    )
    return _hits(_SERIALS, keys, table)


def range_hits(probes: Sequence[Probe], ranges: Sequence[Path]) -> tuple[Hit, ...]:
    """Return every entry whose range of serials an item's serial may lie in."""
    if not ranges:
        return ()
    asked = [
        (number, rank, shape, place)
        for number, probe in enumerate(probes)
        for rank, reading in enumerate(probe.readings)
        if not reading.n_unread
        for shape, place in places_in(reading.exact)
    ]
    table = pa.table(
        {
            "probe": pa.array([a[0] for a in asked], pa.int64()),
            "reading": pa.array([a[1] for a in asked], pa.int64()),
            "shape": pa.array([a[2] for a in asked], pa.string()),
            "number": pa.array([a[3] for a in asked], pa.int64()),
        }
    )
    return _hits(_RANGES, ranges, table)


def lot_hits(probes: Sequence[Probe], lots: Sequence[Path]) -> tuple[Hit, ...]:
    """Return every entry of the same lot as an item."""
    if not lots:
        return ()
    asked = [(n, lot) for n, probe in enumerate(probes) for lot in probe.lots]
    table = pa.table(
        {
            "probe": pa.array([a[0] for a in asked], pa.int64()),
            "lot": pa.array([a[1] for a in asked], pa.string()),
        }
    )
    return _hits(_LOTS, lots, table)


def filled(reading: Reading) -> Iterator[str]:
    """Yield the folded keys that a reading may have, its unread positions filled.

    A position between digits, or beside one and the end, is filled with digits first; any
    sign may stand there.
    """
    if reading.n_unread > MOST_UNREAD:
        return
    parts = reading.folded.split("?")
    for signs in product(folded_signs(), repeat=reading.n_unread):
        yield "".join(part + sign for part, sign in zip(parts, (*signs, ""), strict=True))


def _hits(sql: str, paths: Sequence[Path], asked: pa.Table) -> tuple[Hit, ...]:
    if not asked.num_rows:
        return ()
    found: list[Hit] = []
    for part, path in enumerate(paths):
        rows = join_parquet(sql, files={"held": [path]}, tables={"asked": asked})
        columns = [rows.column(name).to_pylist() for name in ("probe", "reading", "place", "exact")]
        found.extend(
            Hit(probe, reading, part, place, exact)
            for probe, reading, place, exact in zip(*columns, strict=True)
        )
    return tuple(found)


_SERIALS = """
SELECT DISTINCT asked.probe, asked.reading, held.place, held.exact
FROM held JOIN asked ON held.key = asked.key
ORDER BY asked.probe, asked.reading, held.place, held.exact
"""
_RANGES = """
SELECT DISTINCT asked.probe, asked.reading, held.place, CAST(0 AS BIGINT) AS exact
FROM held JOIN asked
  ON held.shape = asked.shape AND asked.number BETWEEN held.first AND held.last
ORDER BY asked.probe, asked.reading, held.place
"""
_LOTS = """
SELECT DISTINCT asked.probe, CAST(0 AS BIGINT) AS reading, held.place, CAST(0 AS BIGINT) AS exact
FROM held JOIN asked ON held.lot = asked.lot
ORDER BY asked.probe, held.place
"""

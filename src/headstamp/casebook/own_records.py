"""How are the casebook's own records asked as a register is? Items and lines, in memory."""

from collections.abc import Sequence

import pyarrow as pa

from headstamp.intake.register_keys import lot_key, range_keys, serial_keys
from headstamp.intake.register_store import (
    KEYS_SCHEMA,
    LOTS_SCHEMA,
    RANGES_SCHEMA,
    ROWS_SCHEMA,
    table_of,
)
from headstamp.linkage.held import HeldPart
from headstamp.linkage.probes import Probe
from headstamp.marks.packed import pack_all
from headstamp.marks.ranges import SerialRange
from headstamp.terms.register import RegisterEntry

BETWEEN = ";"
"""Stands between ids where several may be meant."""


def part_of_items(probes: Sequence[Probe]) -> HeldPart:
    """Return items as a part of a register: the serials that were read in full."""
    rows = [
        {
            "place": place,
            "entry_id": probe.item_id,
            "file": "",
            "row": probe.place.row if probe.place else 0,
            "exhibit": probe.place.exhibit if probe.place else "",
            "maker": _joined(probe.described.makers),
            "model": _joined(probe.described.models),
            "calibre": _joined(probe.described.calibres),
        }
        for place, probe in enumerate(probes)
    ]
    keys = [
        (reading.folded, reading.exact, min(reading.rank, 127), place)
        for place, probe in enumerate(probes)
        for reading in probe.readings
        if not reading.n_unread
    ]
    schema = ROWS_SCHEMA.append(pa.field("exhibit", pa.string()))
    return HeldPart(
        rows=pa.Table.from_pylist(rows, schema=schema),
        keys=_keys(keys),
        ranges=RANGES_SCHEMA.empty_table(),
        lots=LOTS_SCHEMA.empty_table(),
    )


def _joined(ids: frozenset[str]) -> str | None:
    return BETWEEN.join(sorted(ids)) or None


def ids_of(joined: str | None) -> frozenset[str]:
    """Return the ids that stand joined in a row of an item."""
    return frozenset(joined.split(BETWEEN)) if joined else frozenset()


def part_of_lines(entries: Sequence[RegisterEntry]) -> HeldPart:
    """Return lines of consignments as a part of a register.

    A range whose ends make none, or that is as wide as none can be, holds nothing here.
    """
    rows = [
        {name: getattr(entry, name, None) for name in ROWS_SCHEMA.names} | {"place": place}
        for place, entry in enumerate(entries)
    ]
    keys = [
        (folded, exact, penalty, place)
        for place, entry in enumerate(entries)
        if entry.serial
        for folded, exact, penalty in serial_keys(entry.serial).keys
    ]
    ranges = [
        (one.shape, one.first, one.last, place)
        for place, entry in enumerate(entries)
        if entry.serial_from and entry.serial_to
        for one in _ranges(entry.serial_from, entry.serial_to)
    ]
    lots = [
        (key, place)
        for place, entry in enumerate(entries)
        if entry.lot and (key := lot_key(entry.lot))
    ]
    return HeldPart(
        rows=pa.Table.from_pylist(rows, schema=ROWS_SCHEMA),
        keys=_keys(keys),
        ranges=table_of(ranges, RANGES_SCHEMA),
        lots=table_of(lots, LOTS_SCHEMA),
    )


def _ranges(first: str, last: str) -> Sequence[SerialRange]:
    found = range_keys(first, last)
    return () if isinstance(found, str) else found


def _keys(keys: Sequence[tuple[str, str, int, int]]) -> pa.Table:
    return pa.table(
        [
            pack_all([folded for folded, _, _, _ in keys]),
            pack_all([exact for _, exact, _, _ in keys]),
            pa.array([penalty for _, _, penalty, _ in keys], pa.int8()),
            pa.array([place for _, _, _, place in keys], pa.int64()),
        ],
        schema=KEYS_SCHEMA,
    )

"""Which entries come into question for an item? Those that stand under one of its keys.

Only keys are joined; nothing is compared here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
import pyarrow as pa

from headstamp.engines.duckdb import Asking
from headstamp.linkage.held import Held, HeldRegister
from headstamp.linkage.probes import Probe, Reading
from headstamp.linkage.variants import Question, Variants, filled
from headstamp.marks.keys import look_alikes
from headstamp.marks.ranges import places_in

_DIGITS = "0123456789"


class SerialHit(msgspec.Struct, frozen=True, gc=False):
    """An entry whose serial an item's reading may be; ``exact`` is the entry's packed key.

    Probe and reading stand by number, the entry by part and place. ``penalty`` counts the
    steps from the entry's cell to this serial.
    """

    probe: int
    reading: int
    is_edit: bool
    part: int
    place: int
    exact: int
    penalty: int


class RangeHit(msgspec.Struct, frozen=True, gc=False):
    """An entry whose range holds ``n_in`` of the ``n_filled`` numbers that a reading may be.

    ``n_changed`` characters of it were taken for look-alikes.
    """

    probe: int
    reading: int
    n_changed: int
    part: int
    place: int
    n_in: int
    n_filled: int


class LotHit(msgspec.Struct, frozen=True, gc=False):
    """An entry of the same lot as an item's lot of this number."""

    probe: int
    lot: int
    part: int
    place: int


Hit = SerialHit | RangeHit | LotHit


def serial_hits(question: Question, register: HeldRegister, asking: Asking) -> Iterator[SerialHit]:
    """Yield every entry under a folded key that an item's serial may have."""
    yield from _found(question.plain, register, asking)


def edit_hits(
    question: Question, register: HeldRegister, asking: Asking, *, of: Sequence[int]
) -> Iterator[SerialHit]:
    """Yield every entry under a key one edit away, for some probes by their numbers."""
    if register.n_keys:
        yield from _found(question.edited(of), register, asking)


def _found(variants: Variants, register: HeldRegister, asking: Asking) -> Iterator[SerialHit]:
    kept = variants.only(register.sieve.may_hold(variants.key))
    if not len(kept.key):
        return
    asked = pa.table({"probe": kept.probe, "reading": kept.reading, "key": kept.key})
    for part in range(len(register.parts)):
        rows = asking.join(_SERIALS, {"held": register.table_of("keys", part), "asked": asked})
        for probe, reading, place, exact, penalty in _rows(rows):
            yield SerialHit(probe, reading, kept.is_edit, part, place, exact, penalty)


# --- ranges -----------------------------------------------------------------------------------


def range_hits(question: Question, register: HeldRegister, asking: Asking) -> Iterator[RangeHit]:
    """Yield every entry with a range in which an item's serial may lie.

    Unread positions are filled with digits where the range's own numbers have digits. Where
    no range holds a number as it was read, one character of it may be a look-alike.
    """
    held = [(part.ranges, _column(asking, _WIDTHS, part.ranges)) for part in register.parts]
    shapes = frozenset(
        shape for part in register.parts for shape in _column(asking, _SHAPES, part.ranges)
    )
    if not shapes:
        return
    probes, makers = question.probes, register.makers_of_ranges
    asked = [n for n, probe in enumerate(probes) if _may_be_of(probe, makers)]
    found: set[int] = set()
    places = _places(probes, shapes, of=asked, read=_filled)
    for hit in _in_ranges(places, probes, held, asking):
        found.add(hit.probe)
        yield hit
    others = [number for number in asked if number not in found]
    places = _places(probes, shapes, of=others, read=_changing(shapes), n_changed=1)
    yield from _in_ranges(places, probes, held, asking)


def _may_be_of(probe: Probe, makers: frozenset[str] | None) -> bool:
    """Whether a range of these makers may be an item's: of another maker's it says nothing."""
    named = probe.described.makers
    return makers is None or not named or not named.isdisjoint(makers)


def _column(asking: Asking, sql: str, held: Held) -> list[Any]:
    return list(asking.join(sql, {"held": held}).column(0).to_pylist())


class _At(NamedTuple):
    """Where a reading may lie: the shape of a range and a number, under a key of the reading."""

    probe: int
    reading: int
    n_changed: int
    key: str
    shape: str
    number: int


def _places(
    probes: Sequence[Probe],
    shapes: frozenset[str],
    *,
    of: Iterable[int],
    read: Callable[[Reading], Iterable[str]],
    n_changed: int = 0,
) -> list[_At]:
    """Return every place at which a reading may lie in a range of these shapes.

    Args:
        of: The probes that are looked for, by their numbers.
        read: The keys that a reading may be.
    """
    return [
        _At(number, place, n_changed, key, shape, at)
        for number in of
        for place, reading in enumerate(probes[number].readings)
        for key in read(reading)
        for shape, at in places_in(key)
        if shape in shapes
    ]


def _filled(reading: Reading) -> Iterable[str]:
    return filled(reading.exact, _DIGITS) if reading.n_unread else (reading.exact,)


def _changing(shapes: Iterable[str]) -> Callable[[Reading], Iterator[str]]:
    """Return what yields the best reading with one character changed for one that looks like it.

    A letter is put only where a range of these shapes has it, and nowhere else.
    """
    letters = {
        (place, sign)
        for before, width, after in (shape.split("|") for shape in shapes)
        for place, sign in enumerate(before + "0" * int(width) + after)
    }

    def changed(reading: Reading) -> Iterator[str]:
        if reading.n_unread or reading.rank:
            return
        exact = reading.exact
        for place, sign in enumerate(exact):
            for other in look_alikes().get(sign, ()):
                if other in _DIGITS or (place, other) in letters:
                    yield exact[:place] + other + exact[place + 1 :]

    return changed


def _in_ranges(
    places: list[_At],
    probes: Sequence[Probe],
    held: Sequence[tuple[Held, list[int]]],
    asking: Asking,
) -> Iterator[RangeHit]:
    if not places:
        return
    columns = dict(zip(_At._fields, zip(*places, strict=True), strict=True))
    asked = pa.table({name: list(column) for name, column in columns.items()})
    for part, (table, widths) in enumerate(held):
        if not widths:
            continue
        bins = pa.table({"width": pa.array(widths, pa.int64())})
        rows = asking.join(_RANGES, {"held": table, "asked": asked, "widths": bins})
        for number, reading, n_changed, place, n_in in _rows(rows):
            n_filled = 10 ** probes[number].readings[reading].n_unread
            yield RangeHit(number, reading, n_changed, part, place, n_in, n_filled)


# --- lots -------------------------------------------------------------------------------------


def lot_hits(question: Question, register: HeldRegister, asking: Asking) -> Iterator[LotHit]:
    """Yield every entry of the same lot as an item."""
    asked = [
        (number, place, lot.key)
        for number, probe in enumerate(question.probes)
        for place, lot in enumerate(probe.lots)
    ]
    if not asked:
        return
    table = pa.table(
        {
            "probe": pa.array([one[0] for one in asked], pa.int64()),
            "number": pa.array([one[1] for one in asked], pa.int64()),
            "lot": pa.array([one[2] for one in asked], pa.string()),
        }
    )
    yield from (
        LotHit(probe, number, part, place)
        for part in range(len(register.parts))
        for probe, number, place in _rows(
            asking.join(_LOTS, {"held": register.table_of("lots", part), "asked": table})
        )
    )


def _rows(table: pa.Table) -> Iterable[tuple[int, ...]]:
    return zip(*(column.to_pylist() for column in table.columns), strict=True)


# A range of up to 2^width numbers touches at most two bins of that width: the item's number is
# looked up in its own bin and the one before, by equality. Engines join that as they join keys.
_WIDTHS = """
SELECT DISTINCT CAST(length(bin(last - first)) AS BIGINT) AS width FROM held ORDER BY width
"""
_SHAPES = "SELECT DISTINCT shape FROM held ORDER BY shape"
_RANGES = """
WITH binned AS (
    SELECT shape, first, last, place, CAST(length(bin(last - first)) AS BIGINT) AS width,
           first // (CAST(1 AS BIGINT) << length(bin(last - first))) AS bin
    FROM held
),
probed AS (
    SELECT asked.*, widths.width, number // (CAST(1 AS BIGINT) << widths.width) - back.n AS bin
    FROM asked CROSS JOIN widths CROSS JOIN (VALUES (0), (1)) AS back(n)
)
SELECT probed.probe, probed.reading, probed.n_changed, binned.place,
       count(DISTINCT probed.key) AS n_in
FROM binned JOIN probed USING (shape, width, bin)
WHERE probed.number BETWEEN binned.first AND binned.last
GROUP BY ALL
ORDER BY ALL
"""
_SERIALS = """
SELECT DISTINCT asked.probe, asked.reading, held.place, held.exact, CAST(held.penalty AS BIGINT)
FROM held JOIN asked ON held.key = asked.key
ORDER BY ALL
"""
_LOTS = """
SELECT DISTINCT asked.probe, asked.number, held.place
FROM held JOIN asked ON held.lot = asked.lot
ORDER BY ALL
"""

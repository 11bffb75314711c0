"""How is a part of a register kept? Parquet: its rows as written, and sorted keys to find them.

LINKAGE.md section 3: one file of rows for display, in their order; one of keys, sorted by the
folded key; one of ranges and one of lots. Rows stream in; memory follows a batch.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from headstamp.engines.duckdb import join_parquet, sort_parquet
from headstamp.intake import register_kinds
from headstamp.intake.kinds import IssueKind
from headstamp.intake.layout_issues import IssueBook
from headstamp.intake.reading import Record
from headstamp.intake.register_keys import lot_key, range_keys, serial_keys
from headstamp.intake.trouble import Trouble, shown
from headstamp.marks.packed import pack_all
from headstamp.terms.dates import parse_date_span
from headstamp.terms.register import RegisterProfile

ROWS, KEYS, RANGES, LOTS = "rows.parquet", "keys.parquet", "ranges.parquet", "lots.parquet"
FILES = (ROWS, KEYS, RANGES, LOTS)
COLUMNS = (
    "entry_id",
    "kind",
    "maker",
    "model",
    "calibre",
    "country",
    "year",
    "serial",
    "serial_from",
    "serial_to",
    "lot",
    "quantity",
    "consignment_id",
    "from_party",
    "to_party",
    "on",
    "source_row",
)
_N_BATCH = 50_000
_MOST_ALIKE = 20
"""A serial in so many entries, and in more than one of so many, is no serial."""

ROWS_SCHEMA = pa.schema(
    [("place", pa.int64()), ("file", pa.string()), ("row", pa.int64())]
    + [(name, pa.string()) for name in COLUMNS]
)
KEYS_SCHEMA = pa.schema(
    [
        ("key", pa.int64()),
        ("exact", pa.int64()),
        ("penalty", pa.int8()),
        ("place", pa.int64()),
    ]
)
RANGES_SCHEMA = pa.schema(
    [
        ("shape", pa.string()),
        ("first", pa.int64()),
        ("last", pa.int64()),
        ("place", pa.int64()),
    ]
)
LOTS_SCHEMA = pa.schema([("lot", pa.string()), ("place", pa.int64())])


class RegisterStore:
    """Writes the entries of one file into the Parquet files of a folder."""

    def __init__(
        self,
        folder: Path,
        *,
        unread: str = "",
        is_padded: bool = True,
        has_serials: bool = True,
        held_ids: frozenset[str] = frozenset(),
        issues: IssueBook,
    ) -> None:
        """Take the folder, and what the layout says of its serials.

        Args:
            folder: An empty folder, on the disk that the files are to stay on.
            unread: Signs for a character that could not be read.
            is_padded: Whether zeros lead, so that all serials of one range have one length.
            has_serials: Whether the layout reads serials, ranges or lots at all.
            held_ids: Ids that entries of other files of the register have.
            issues: Where what is wrong with the entries is told.
        """
        self._folder = folder
        self._has_serials = has_serials
        self._unread = unread
        self._is_padded = is_padded
        self._held_ids = held_ids
        self._given_ids: set[str] = set()
        self._issues = issues
        self._n_rows = 0
        self._n_unkeyed = 0
        self._kinds: Counter[str] = Counter()
        self._makers: set[str] = set()
        self._span: tuple[date, ...] = ()
        self._n_of = {KEYS: 0, RANGES: 0, LOTS: 0}

    def write(self, entries: Iterable[Record]) -> RegisterProfile:
        """Write all entries and return what they are; files are whole when this returns."""
        writers = {
            name: pq.ParquetWriter(self._folder / f"unsorted-{name}", schema, compression="zstd")
            for name, schema in _UNSORTED.items()
        }
        with pq.ParquetWriter(self._folder / ROWS, ROWS_SCHEMA, compression="zstd") as rows:
            for batch in _batches(filter(self._is_first, entries)):
                self._write_batch(batch, rows, writers)
        for name, writer in writers.items():
            writer.close()
            unsorted = self._folder / f"unsorted-{name}"
            sort_parquet(unsorted, self._folder / name, by=_ORDER[name])
            unsorted.unlink()
        return self._profile()

    def _is_first(self, record: Record) -> bool:
        """Whether no entry before it has the id that the institution gave this one."""
        given = record.values.get("entry_id")
        if given is None:
            return True
        if str(given) in self._given_ids or str(given) in self._held_ids:
            is_here = str(given) in self._given_ids
            said = "is the id of an earlier row" if is_here else "is in the register already"
            self._note(register_kinds.ENTRY_TWICE, "entry_id", str(given), said, record)
            return False
        self._given_ids.add(str(given))
        return True

    def _write_batch(
        self, batch: list[Record], rows: pq.ParquetWriter, writers: dict[str, pq.ParquetWriter]
    ) -> None:
        first = self._n_rows
        self._n_rows += len(batch)
        told: dict[str, list[object]] = {
            name: [record.values.get(name) for record in batch] for name in COLUMNS
        }
        told["entry_id"] = [entry_id_of(record) for record in batch]
        told |= {
            "place": list(range(first, first + len(batch))),
            "file": [record.file for record in batch],
            "row": [record.row for record in batch],
        }
        rows.write_table(pa.table(told, schema=ROWS_SCHEMA))
        self._count(told)
        for name, table in (
            (KEYS, self._keys(batch, first)),
            (RANGES, self._ranges(batch, first)),
            (LOTS, self._lots(batch, first)),
        ):
            self._n_of[name] += len(set(table.column("place").to_pylist()))
            writers[name].write_table(table)

    def _count(self, told: dict[str, list[object]]) -> None:
        self._kinds.update(str(kind) for kind in told["kind"] if kind)
        self._makers.update(str(maker) for maker in told["maker"] if maker)
        for day in {str(day) for day in told["on"] if day}:
            span = parse_date_span(day)
            bounds = [bound for bound in (span.earliest, span.latest, *self._span) if bound]
            self._span = (min(bounds), max(bounds)) if bounds else ()

    def _keys(self, batch: list[Record], first: int) -> pa.Table:
        folded: list[str] = []
        exact: list[str] = []
        penalties: list[int] = []
        places: list[int] = []
        for place, record in enumerate(batch, start=first):
            written = record.values.get("serial")
            if written is None:
                continue
            found = serial_keys(str(written), unread=self._unread)
            if not found.keys:
                self._n_unkeyed += 1
                said = "gives nothing to look up"
                self._note(register_kinds.SERIAL_UNKEYED, "serial", str(written), said, record)
            elif found.is_mixed:
                said = "has letters of more than one script"
                self._note(register_kinds.MIXED_SCRIPTS, "serial", str(written), said, record)
            for key, plain, penalty in found.keys:
                folded.append(key)
                exact.append(plain)
                penalties.append(penalty)
                places.append(place)
        columns = [pack_all(folded), pack_all(exact), penalties, places]
        return pa.table(columns, schema=KEYS_SCHEMA)

    def _ranges(self, batch: list[Record], first: int) -> pa.Table:
        found: list[tuple[str, int, int, int]] = []
        for place, record in enumerate(batch, start=first):
            low, high = (record.values.get(name) for name in ("serial_from", "serial_to"))
            if low is None and high is None:
                continue
            ends = str(low or high), str(high or low)
            read = range_keys(*ends, unread=self._unread, is_padded=self._is_padded)
            if not isinstance(read, str):
                found.extend((one.shape, one.first, one.last, place) for one in read)
                continue
            is_wide = read.startswith("it holds")
            kind = register_kinds.RANGE_WIDE if is_wide else register_kinds.RANGE_REFUSED
            said = f"to {high or low!r} is no range: {read}"
            self._note(kind, "serial_from", str(low or high), said, record)
        return table_of(found, RANGES_SCHEMA)

    def _lots(self, batch: list[Record], first: int) -> pa.Table:
        found = [
            (key, place)
            for place, record in enumerate(batch, start=first)
            if (lot := record.values.get("lot")) and (key := lot_key(str(lot), unread=self._unread))
        ]
        return table_of(found, LOTS_SCHEMA)

    def _note(self, kind: IssueKind, column: str, raw: str, said: str, record: Record) -> None:
        self._issues.add(Trouble(kind=kind, column=column, raw=raw, said=said), record.row)

    def _profile(self) -> RegisterProfile:
        n_found = sum(self._n_of.values())
        if self._n_rows and not n_found:
            kind = register_kinds.NO_SERIALS
            severity = kind.severity if self._has_serials else "note"
            self._issues.tell(msgspec.structs.replace(kind, severity=severity), _NOTHING)
        first_on, last_on = [day.isoformat() for day in self._span] or (None, None)
        return RegisterProfile(
            n_rows=self._n_rows,
            n_serials=self._n_of[KEYS],
            n_unkeyed=self._n_unkeyed,
            n_distinct=self._n_distinct(),
            n_ranges=self._n_of[RANGES],
            n_lots=self._n_of[LOTS],
            n_makers=len(self._makers),
            kinds=dict(sorted(self._kinds.items())),
            first_on=first_on,
            last_on=last_on,
        )

    def _n_distinct(self) -> int:
        """Return how many different serials there are; say of one that stands too often."""
        held = {"held": [self._folder / ROWS], "keys": [self._folder / KEYS]}
        (row,) = join_parquet(_DISTINCT, files=held, tables={}).to_pylist()
        n_most, n_serials = int(row["n_most"] or 0), self._n_of[KEYS]
        is_often = n_most >= _MOST_ALIKE and n_most * _MOST_ALIKE > n_serials
        if is_often or 1 < n_most == n_serials:
            often = f"the serial {shown(str(row['commonest']))} stands in {n_most:,} of "
            said = f"{often}{n_serials:,} entries with a serial"
            self._issues.tell(register_kinds.SERIALS_ALIKE, said)
        return int(row["n_distinct"])


_DISTINCT = """
WITH alike AS (
  SELECT exact, count(DISTINCT place) AS n, min(place) AS place
  FROM keys WHERE penalty = 0 GROUP BY exact
)
SELECT count(*) AS n_distinct, max(n) AS n_most, (
  SELECT serial FROM held WHERE place = (SELECT place FROM alike ORDER BY n DESC, place LIMIT 1)
) AS commonest
FROM alike
"""
_NOTHING = "no entry has a serial, a range or a lot that can be looked up"
_UNSORTED = {KEYS: KEYS_SCHEMA, RANGES: RANGES_SCHEMA, LOTS: LOTS_SCHEMA}
_ORDER = {KEYS: ("key", "place"), RANGES: ("shape", "first", "place"), LOTS: ("lot", "place")}


def entry_id_of(record: Record) -> str:
    """Return the id of an entry: the institution's own, else the row's."""
    return str(record.values.get("entry_id") or record.row_id)


def table_of(rows: Sequence[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    """Return rows as a table of a schema."""
    columns = [[row[n] for row in rows] for n in range(len(schema))]
    return pa.table(columns, schema=schema)


def _batches(entries: Iterable[Record]) -> Iterator[list[Record]]:
    batch: list[Record] = []
    for record in entries:
        batch.append(record)
        if len(batch) == _N_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch

"""Which rows has a Parquet file? Read a batch at a time; members of objects are columns."""

from collections.abc import Iterator
from datetime import date, time, timedelta

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from headstamp.intake import layout_kinds
from headstamp.intake.grids import Grid, GridRow, Grids, RawCell
from headstamp.intake.layout import FileForm
from headstamp.intake.trouble import Trouble

_N_BATCH = 8_192
_PLAIN = (str, int, float, bool, date, time, timedelta)


def read_parquet(file: str, data: bytes, form: FileForm) -> Grids:
    """Return the one grid of a Parquet file; a row's number is its place, the first being 1."""
    del form
    found = Grids()
    try:
        opened = pq.ParquetFile(pa.BufferReader(data))
        header = tuple(_flat(opened.schema_arrow.empty_table()).schema.names)
    except (pa.ArrowException, OSError) as error:
        said = f"cannot be read as Parquet: {error}"
        return found.refuse(layout_kinds.FILE_UNREADABLE, said, file=file)
    found.grids.append(Grid(sheet="", header=header, rows=_rows(opened)))
    return found


def _rows(opened: pq.ParquetFile) -> Iterator[GridRow]:
    """Yield the rows; where the file breaks off, one refused row stands for all that follow."""
    number = 0
    try:
        for batch in opened.iter_batches(batch_size=_N_BATCH):
            for cells in zip(*_columns(batch), strict=True):
                number += 1
                yield GridRow(number, list(cells))
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        n_left = opened.metadata.num_rows - number
        said = f"the file cannot be read from here on: {error}"
        trouble = Trouble(kind=layout_kinds.FILE_UNREADABLE, said=said)
        yield GridRow(number + 1, [], trouble, max(n_left, 1))


def _columns(batch: pa.RecordBatch) -> list[list[RawCell]]:
    table = _flat(pa.Table.from_batches([batch]))
    return [[_cell(value) for value in _readable(column).to_pylist()] for column in table.columns]


def _flat(table: pa.Table) -> pa.Table:
    """Return a table in which the members of objects are columns, named with dots."""
    while any(pa.types.is_struct(column.type) for column in table.schema):
        table = table.flatten()
    return table


def _readable(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column that Python can hold: of an instant only the microseconds are kept."""
    if pa.types.is_timestamp(column.type):
        return column.cast(pa.timestamp("us", column.type.tz), safe=False)
    if pa.types.is_duration(column.type):
        return column.cast(pa.duration("us"), safe=False)
    if pa.types.is_time64(column.type):
        return column.cast(pa.time64("us"), safe=False)
    return column


def _cell(value: object) -> RawCell:
    if value is None or isinstance(value, _PLAIN):
        return value
    if isinstance(value, bytes):
        # Old files hold text as bytes; what is no UTF-8 becomes halves, which are reported.
        return value.decode("utf-8", "surrogateescape")
    if isinstance(value, dict | list):
        return msgspec.json.encode(value).decode() if value else None
    return str(value)

"""Which rows has a Parquet file? Read a batch at a time; nested values stand as JSON text."""

from collections.abc import Iterator
from datetime import date, time, timedelta

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from headstamp.intake import layout_kinds
from headstamp.intake.grids import Grid, GridRow, Grids, RawCell
from headstamp.intake.layout import FileForm

_N_BATCH = 8_192
_PLAIN = (str, int, float, bool, date, time, timedelta)


def read_parquet(file: str, data: bytes, form: FileForm) -> Grids:
    """Return the one grid of a Parquet file; a row's number is its place, the first being 1."""
    del form
    found = Grids()
    try:
        opened = pq.ParquetFile(pa.BufferReader(data))
        header = tuple(opened.schema_arrow.names)
    except (pa.ArrowException, OSError) as error:
        said = f"cannot be read as Parquet: {error}"
        return found.refuse(layout_kinds.FILE_UNREADABLE, said, file=file)
    found.grids.append(Grid(sheet="", header=header, rows=_rows(opened)))
    return found


def _rows(opened: pq.ParquetFile) -> Iterator[GridRow]:
    number = 0
    for batch in opened.iter_batches(batch_size=_N_BATCH):
        columns = [[_cell(value) for value in column.to_pylist()] for column in batch.columns]
        for cells in zip(*columns, strict=True):
            number += 1
            yield GridRow(number, list(cells))


def _cell(value: object) -> RawCell:
    if value is None or isinstance(value, _PLAIN):
        return value
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict | list):
        return msgspec.json.encode(value).decode()
    return str(value)

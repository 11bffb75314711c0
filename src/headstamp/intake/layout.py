"""Which column of a foreign file feeds which field? A layout, as TOML, checked when it is read.

What a layout says of rows and fields is applied in ``layout_plan``; how a file is opened
stands in ``grids``.
"""

from collections.abc import Iterator
from typing import Literal

import msgspec

Format = Literal["csv", "tsv", "xlsx", "json", "jsonl", "parquet"]
Notation = Literal["plain", "headstamp"]
Otherwise = Literal["report", "keep", "empty"]


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a layout: a name that it does not know is a fault of the layout."""


class FileForm(_Part, frozen=True, kw_only=True):
    """How the file is written and where its rows stand.

    ``header_row`` counts as a person sees the sheet; 0: there is none, and columns are named
    by their place. ``sheets``: those that hold rows, none: all that are visible.
    ``skip_sheets``: name → why. ``path``: in JSON, where the list of objects is (``a.b``).
    ``empty``: cells that say that nothing was recorded. ``merged``: what becomes of cells
    that were merged over several rows.
    """

    format: Format | tuple[Format, ...]
    encoding: str | tuple[str, ...] = "utf-8"
    separator: str = ","
    header_row: int = 1
    sheets: tuple[str, ...] = ()
    skip_sheets: dict[str, str] = {}
    path: str = ""
    empty: tuple[str, ...] = ()
    merged: Literal["report", "fill"] = "report"

    @property
    def formats(self) -> tuple[Format, ...]:
        """The formats in which the file may be written; its first bytes tell which it is."""
        return (self.format,) if isinstance(self.format, str) else self.format

    @property
    def encodings(self) -> tuple[str, ...]:
        """The encodings of a text file, in the order in which they are tried."""
        return (self.encoding,) if isinstance(self.encoding, str) else self.encoding


class ColumnForm(_Part, frozen=True, kw_only=True):
    """Where one column is found: by one of its names, or ``at`` its place, the first being 1.

    ``split``: the sign between several values in one cell, for ``has``. An optional column
    may be missing, and then reads as empty.
    """

    name: str | tuple[str, ...] = ()
    at: int | None = None
    optional: bool = False
    split: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names under which the column may stand in the file."""
        return (self.name,) if isinstance(self.name, str) else self.name


class Test(_Part, frozen=True, kw_only=True):
    """What a cell must be for a rule to apply; all that is given must hold.

    Values are compared without regard to case and to runs of spaces. ``has`` looks at each
    value of a column with ``split``. ``pattern`` is RE2, found anywhere in the cell;
    ``unlike`` is one that is not found.
    """

    among: tuple[str, ...] | None = msgspec.field(default=None, name="is")
    none_of: tuple[str, ...] | None = msgspec.field(default=None, name="is_not")
    has: tuple[str, ...] | None = None
    pattern: str | None = None
    unlike: str | None = None
    empty: bool | None = None


Where = dict[str, tuple[str, ...] | Test]
"""Column → values, or a test; a row must meet them all."""


class FieldForm(_Part, frozen=True, kw_only=True):
    """How one field is filled: from a column, from several, or with another record's id.

    Several ``columns``: what stands in them, joined by ``join``. ``values`` maps what is
    written to what is meant; what it does not name is, by ``otherwise``, reported and left
    out, kept as written, or known to mean that nothing was recorded. ``pattern`` (RE2)
    takes the part of the cell that its group ``value`` finds. ``dates``: formats of
    strptime for dates that are text. ``decimal`` and ``thousands``: the signs in numbers.
    ``append``: what is put after the text that was read.
    """

    column: str | None = None
    columns: tuple[str, ...] = ()
    join: str = " "
    values: dict[str, str] = {}
    otherwise: Otherwise = "report"
    pattern: str | None = None
    dates: tuple[str, ...] = ()
    decimal: str = "."
    thousands: str = ""
    append: str = ""
    record: str | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """The columns that the field is read from."""
        return (self.column,) if self.column is not None else self.columns


class RecordForm(_Part, frozen=True, kw_only=True):
    """One record that a row gives: its table, when it gives one, and its fields.

    ``id``: empty, the row's own; a text, this very id; a list of columns, one id for each
    combination of what stands in them. A record whose ``needs`` are all empty is not made.
    """

    table: str
    name: str = ""
    id: str | tuple[str, ...] = ()
    where: Where = {}
    needs: tuple[str, ...] = ()
    fields: dict[str, str | FieldForm] = {}

    @property
    def label(self) -> str:
        """The name by which other records refer to it: its own, else that of its table."""
        return self.name or self.table


class Leave(_Part, frozen=True, kw_only=True):
    """Rows that are not taken, and why."""

    where: Where
    why: str


class Same(_Part, frozen=True, kw_only=True):
    """Rows that document one object again: those equal in all these columns, none empty."""

    columns: tuple[str, ...]
    why: str
    where: Where = {}


class Expect(_Part, frozen=True, kw_only=True):
    """What a file of this kind holds: the least and the most rows, and rows taken."""

    rows: tuple[int, int] | None = None
    taken: tuple[int, int] | None = None


class Layout(_Part, frozen=True, kw_only=True):
    """All that is known of the files of one kind from one institution.

    ``columns``: our short name → how the column is found. ``ignore``: name in the file →
    why it is not read. ``source``: the id of the source that every record names.
    ``notation``: how marks are written; ``unread``: signs for a character that cannot be
    read, where it is ``plain``. ``serials``: whether zeros lead in the serials of ranges, so
    that all of one range have one length.
    """

    name: str
    title: str
    about: str = ""
    notation: Notation = "plain"
    unread: str = ""
    serials: Literal["padded", "unpadded"] = "padded"
    source: str
    file: FileForm
    expect: Expect = Expect()
    columns: dict[str, str | tuple[str, ...] | ColumnForm]
    ignore: dict[str, str] = {}
    leave: tuple[Leave, ...] = ()
    same: tuple[Same, ...] = ()
    records: tuple[RecordForm, ...]

    @property
    def is_protected(self) -> bool:
        """Whether some record may be protected, and so the whole file must be."""
        return any("sensitivity" in record.fields for record in self.records)

    def column(self, short: str) -> ColumnForm:
        """Return how a column is found, however briefly the layout says it."""
        said = self.columns[short]
        return said if isinstance(said, ColumnForm) else ColumnForm(name=said)


def columns_used(layout: Layout) -> Iterator[str]:
    """Yield the short name of every column that some rule or record of a layout reads."""
    for leave in layout.leave:
        yield from leave.where
    for same in layout.same:
        yield from (*same.where, *same.columns)
    for record in layout.records:
        yield from (*record.where, *record.needs)
        if not isinstance(record.id, str):
            yield from record.id
        for field in record.fields.values():
            yield from field.sources if isinstance(field, FieldForm) else ()

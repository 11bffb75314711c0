"""What of a layout is for which door? Entries for a register, all other records for ``take``.

One layout may serve both: each door leaves what is for the other, and says so of the columns
that only the other would read.
"""

from collections.abc import Iterator

import msgspec

from headstamp.intake.layout import ColumnForm, FieldForm, Layout, RecordForm, columns_used
from headstamp.intake.layout_file import LayoutFile
from headstamp.terms.errors import MisuseError

ENTRIES = "entries"
BESIDE = frozenset({"sources", "parties"})
"""What a register may bring beside its entries: who keeps it, and whom it names."""
NAME = "{register}"
"""Stands in a layout for the name under which the register is loaded."""
_LOOKED_UP = frozenset({"serial", "serial_from", "serial_to", "lot"})
_ONLY_TAKE = "only `headstamp take` reads it with this layout"
_ONLY_REGISTER = "only `headstamp register` reads it with this layout"


def for_register(opened: LayoutFile, name: str) -> Layout:
    """Return what of a layout a register reads, the register's name in it.

    Raises:
        MisuseError: It makes no entries; or it protects rows, which no register can.
    """
    layout = opened.layout
    if not any(record.table == ENTRIES for record in layout.records):
        message = f"--layout {layout.name}: it makes no entries, and a register holds entries"
        hint = f"`headstamp take FILE --layout {layout.name}` reads it; a register needs "
        raise MisuseError(message, hint=f'{hint}[[records]] with table = "entries"')
    if layout.is_protected:
        message = f"--layout {layout.name}: it protects rows, and a register is searched unsealed"
        hint = "take the file with `headstamp take`; or load a copy of it without the sensitive "
        raise MisuseError(message, hint=f"{hint}columns, with a layout that protects nothing")
    kept = tuple(one for one in layout.records if one.table in BESIDE or one.table == ENTRIES)
    form = _with_records(layout, kept, why=_ONLY_TAKE)
    return msgspec.structs.replace(
        form,
        source=layout.source.replace(NAME, name),
        records=tuple(_named(record, name) for record in kept),
    )


def reads_serials(layout: Layout) -> bool:
    """Whether the entries of a layout may hold a serial, a range or a lot."""
    return any(not _LOOKED_UP.isdisjoint(record.fields) for record in _entries(layout))


def gives_ids(layout: Layout) -> bool:
    """Whether entries may have an id that the institution gave them."""
    return any("entry_id" in record.fields for record in _entries(layout))


def _entries(layout: Layout) -> list[RecordForm]:
    return [record for record in layout.records if record.table == ENTRIES]


def for_taking(opened: LayoutFile) -> LayoutFile:
    """Return a layout without the entries of registers, which ``take`` does not read.

    Raises:
        MisuseError: It makes nothing else.
    """
    layout = opened.layout
    kept = tuple(one for one in layout.records if one.table != ENTRIES)
    if len(kept) == len(layout.records):
        return opened
    if all(record.table in BESIDE for record in kept):
        message = f"--layout {layout.name}: it makes entries of a register, and nothing to take"
        hint = f"`headstamp register FILE --layout {layout.name} --name NAME` loads them"
        raise MisuseError(message, hint=hint)
    form = _with_records(layout, kept, why=_ONLY_REGISTER)
    return msgspec.structs.replace(opened, layout=form)


def _with_records(layout: Layout, kept: tuple[RecordForm, ...], *, why: str) -> Layout:
    """Return a layout with some of its records, its other columns ignored for a reason."""
    if len(kept) == len(layout.records):
        return layout
    has_items = any(record.table == "items" for record in kept)
    form = msgspec.structs.replace(
        layout,
        records=kept,
        same=layout.same if has_items else (),
        expect=msgspec.structs.replace(layout.expect, taken=None),
    )
    used = set(columns_used(form))
    others = {short: one for short, one in layout.columns.items() if short not in used}
    ignore = {name: why for short in others for name in _names(layout.column(short))}
    return msgspec.structs.replace(
        form,
        columns={short: one for short, one in layout.columns.items() if short in used},
        ignore={**layout.ignore, **ignore},
    )


def _names(column: ColumnForm) -> Iterator[str]:
    """Yield what ``[ignore]`` calls a column: its names, else its place."""
    yield from column.names or [f"(column {column.at})"]


def _named(record: RecordForm, name: str) -> RecordForm:
    fields: dict[str, str | FieldForm] = {
        field: said.replace(NAME, name) if isinstance(said, str) else said
        for field, said in record.fields.items()
    }
    own_id = record.id.replace(NAME, name) if isinstance(record.id, str) else record.id
    return msgspec.structs.replace(record, id=own_id, fields=fields)

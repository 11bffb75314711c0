"""Is this a layout for a register, and what does it say of this one? Its name put in."""

import msgspec

from headstamp.intake.layout import FieldForm, Layout, RecordForm
from headstamp.intake.layout_file import LayoutFile
from headstamp.terms.errors import MisuseError

ENTRIES = "entries"
BESIDE = frozenset({"sources", "parties"})
"""What a register may bring beside its entries: who keeps it, and whom it names."""
NAME = "{register}"
"""Stands in a layout for the name under which the register is loaded."""


def for_register(opened: LayoutFile, name: str) -> Layout:
    """Return the layout with the register's name in it.

    Raises:
        MisuseError: It makes no entries, or records that no register holds.
    """
    layout = opened.layout
    tables = {record.table for record in layout.records}
    others = sorted(tables - BESIDE - {ENTRIES})
    if ENTRIES not in tables or others:
        what = f"makes {', '.join(others)}" if others else "makes no entries"
        message = f"--layout {layout.name}: it {what}, and a register holds entries"
        raise MisuseError(message, hint="`headstamp take` reads items; a register needs entries")
    return msgspec.structs.replace(
        layout,
        source=layout.source.replace(NAME, name),
        records=tuple(_named(record, name) for record in layout.records),
    )


def require_no_entries(opened: LayoutFile) -> None:
    """Raise MisuseError for a layout of a register where items are taken."""
    if any(record.table == ENTRIES for record in opened.layout.records):
        message = f"--layout {opened.layout.name}: it makes entries of a register"
        hint = f"`headstamp register FILE --layout {opened.layout.name} --name NAME` loads them"
        raise MisuseError(message, hint=hint)


def _named(record: RecordForm, name: str) -> RecordForm:
    fields: dict[str, str | FieldForm] = {
        field: said.replace(NAME, name) if isinstance(said, str) else said
        for field, said in record.fields.items()
    }
    own_id = record.id.replace(NAME, name) if isinstance(record.id, str) else record.id
    return msgspec.structs.replace(record, id=own_id, fields=fields)

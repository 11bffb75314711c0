"""What are records with an id of their own called, and is what fixed texts name there at all?"""

from collections.abc import Iterator, Mapping

import msgspec

from headstamp.intake import layout_kinds, row_kinds
from headstamp.intake.layout import Layout, RecordForm
from headstamp.intake.layout_ids import RowIds
from headstamp.intake.layout_record_plan import plan_record
from headstamp.intake.reading import Known, Record
from headstamp.intake.schema import REFS_ONLY, layout_schema
from headstamp.intake.trouble import file_issue, shown
from headstamp.terms.issue import Issue

OwnIds = Mapping[str, str | None]
"""Id as the layout writes it → what it is called here; None: nobody knows it."""


def settle_own(
    layout: Layout, *, ids: RowIds, known: Known, file: str
) -> tuple[dict[str, str | None], list[Issue]]:
    """Return what the layout's own records are called, and which of them cannot stand.

    A record that every row would name must not be another one that has its id already: all
    that the file says would rest on a stranger's source. Then none of it is read.
    """
    own: dict[str, str | None] = {}
    clashes: list[Issue] = []
    for form in layout.records:
        if isinstance(form.id, str) and form.id and _is_fixed(form):
            bare = _record(layout, form, file)
            named = ids.named(bare, known=known)
            own[form.id] = named.row_id
            on_record = known.digests.get((form.table, named.row_id))
            if on_record not in {None, known.digest_of(named)}:
                is_register = any(one.table == "entries" for one in layout.records)
                clashes.append(_clash(form, named.row_id, file, is_register=is_register))
        elif isinstance(form.id, str) and form.id:
            own[form.id] = ids.prefixed(form.id)
    return own, clashes


def _is_fixed(form: RecordForm) -> bool:
    return all(isinstance(field, str) for field in form.fields.values())


def _record(layout: Layout, form: RecordForm, file: str) -> Record:
    assert isinstance(form.id, str)
    alone = msgspec.structs.replace(form, where={}, needs=())
    plan = plan_record(layout, alone, {}, {})
    values = {plan.id_columns[0]: form.id, **plan.constants}
    return Record(table=form.table, row_id=form.id, file=file, row=0, values=values)


def _clash(form: RecordForm, row_id: str, file: str, *, is_register: bool) -> Issue:
    said = f"the casebook holds {row_id!r} among its {form.table} with other content, and every "
    said += "row would name that one; none of the file was read"
    hint = "give it another id in the layout"
    hint += "" if is_register else ", or take the file with --prefix"
    hint += "; where the layout's own words were changed, read the earlier files with it first"
    return file_issue(row_kinds.ID_TAKEN, said, file=file, raw=row_id, hint=hint)


def unknown_refs(
    layout: Layout, own: dict[str, str | None], known: Known, *, file: str
) -> Iterator[Issue]:
    """Yield an issue for every fixed text that names a record which is nowhere; mark it so."""
    for form in layout.records:
        columns = {column.name: column for column in layout_schema()[form.table].columns}
        for name, text in form.fields.items():
            if not isinstance(text, str) or columns[name].type not in REFS_ONLY:
                continue
            for one in text.split(";") if columns[name].is_list else [text]:
                row_id = one.strip()
                tables = columns[name].refs or tuple(columns[name].refs_by.values())
                if own.get(row_id) or any((table, row_id) in known.digests for table in tables):
                    continue
                own[row_id] = None
                said = f"the layout says {form.label}.{name} = {shown(row_id)}, which is the id of "
                said += "no record here or in the casebook; the field was left out"
                hint = "add [[records]] with this id to the layout, or take the field out"
                yield file_issue(layout_kinds.VALUE_REFUSED, said, file=file, raw=row_id, hint=hint)

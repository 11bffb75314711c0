"""The verbs that list one table: ``items``, ``sources``, ``links`` and their like."""

from collections.abc import Callable
from importlib import import_module

import typer

from headstamp.cli.options import (
    AsOfOption,
    Format,
    FormatOption,
    LimitOption,
    OutputOption,
    View,
    WhereOption,
    WideOption,
    root_of,
    view,
)

LISTINGS: dict[str, tuple[str, str, str | None]] = {
    "items": (
        "object_tables",
        "item_id category type model quantity site_id recovered_on circumstances serial_key",
        None,
    ),
    "marks": (
        "object_tables",
        "mark_id item_id kind position text state key",
        None,
    ),
    "sources": (
        "package_tables",
        "source_id kind reliability published_on publisher",
        "title",
    ),
    "parties": (
        "package_tables",
        "party_id kind country part_of name",
        None,
    ),
    "sites": (
        "package_tables",
        "site_id name country latitude longitude precision_m",
        None,
    ),
    "consignments": (
        "package_tables",
        "consignment_id exporter importer description",
        None,
    ),
    "documents": (
        "package_tables",
        "document_id kind issuer issued_on seen authenticity",
        "note",
    ),
    "undertakings": (
        "package_tables",
        "undertaking_id given_by given_to scope consignment_id clause on",
        "clause_text",
    ),
    "requests": (
        "package_tables",
        "request_id asked_by addressee about sent_on due_on outcome right_of_reply_outcome",
        None,
    ),
    "links": (
        "derived_tables",
        "state probability strangers basis register",
        "proposal_id",
    ),
}
"""Verb → file of the casebook room, columns that a person reads first, detail beneath a row."""


def listing(verb: str) -> Callable[..., None]:
    """Return the command that lists one table."""
    module, columns, detail = LISTINGS[verb]

    def command(
        context: typer.Context,
        *,
        form: FormatOption = Format.TABLE,
        output: OutputOption = None,
        as_of: AsOfOption = None,
        where: WhereOption = None,
        wide: WideOption = False,
        limit: LimitOption = None,
    ) -> None:
        asked = view(form, output, as_of=as_of, where=where, wide=wide, limit=limit)
        list_table(context, asked, module, verb, columns.split(), detail=detail)

    return command


def list_table(
    context: typer.Context,
    asked: View,
    module: str,
    name: str,
    columns: list[str],
    *,
    of: str | None = None,
    detail: str | None = None,
    yields: str = "",
) -> None:
    """Open the casebook, read one table of one file of the casebook room, and show it.

    ``of`` names what the table is of, where it is not of the whole casebook.
    """
    from headstamp.cli.opened import open_asked, rows_asked
    from headstamp.cli.show import show

    casebook = open_asked(root_of(context), asked)
    read = getattr(import_module(f"headstamp.casebook.{module}"), name)
    named = () if of is None else (of,)
    table = rows_asked(asked, lambda: read(casebook, *named))
    show(table, asked, columns=columns, detail=detail, yields=yields)

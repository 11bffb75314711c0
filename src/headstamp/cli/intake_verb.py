"""The verb that says what came in: ``intakes``, and what became of it in detail."""

from typing import Annotated

import typer

from headstamp.cli.listings import list_table
from headstamp.cli.options import (
    AsOfOption,
    Format,
    FormatOption,
    OutputOption,
    WhereOption,
    WideOption,
    view,
)

_INTAKES = "entry name layout rows taken same left refused cells read noted ignored reported"
_YIELDS = "noted same reported"
_DETAILS = {
    "tables": ("intake_tables", "entry table rows read same refused", None),
    "columns": ("intake_columns", "entry column filled read ignored reported", "why"),
    "left": ("intake_left", "entry rows cells", "why"),
}
"""Option → table, columns that a person reads first, detail beneath a row."""


def intakes(
    context: typer.Context,
    *,
    entry: Annotated[
        int | None, typer.Option("--entry", metavar="SEQ", help="Only this intake.")
    ] = None,
    tables: Annotated[bool, typer.Option("--tables", help="Its rows, table by table.")] = False,
    columns: Annotated[bool, typer.Option("--columns", help="Its cells, by column.")] = False,
    left: Annotated[bool, typer.Option("--left", help="What a layout left, and why.")] = False,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    as_of: AsOfOption = None,
    where: WhereOption = None,
    wide: WideOption = False,
) -> None:
    """List what came in, and what became of its rows and cells."""
    from headstamp.terms.errors import MisuseError

    asked = {"tables": tables, "columns": columns, "left": left}
    named = [name for name, is_asked in asked.items() if is_asked]
    if len(named) > 1:
        message = f"--{' and --'.join(named)} are {len(named)} tables"
        raise MisuseError(message, hint="ask for one of them")
    conditions = [*(where or ()), *([f"entry={entry}"] if entry is not None else ())]
    shown = view(form, output, as_of=as_of, where=conditions, wide=wide)
    name, first, detail = _DETAILS[named[0]] if named else ("intakes", _INTAKES, "note")
    list_table(context, shown, "intake_tables", name, first.split(), detail=detail, yields=_YIELDS)

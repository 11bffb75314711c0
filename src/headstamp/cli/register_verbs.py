"""The verbs of registers: ``register`` loads one, ``registers`` and ``entries`` list them."""

from pathlib import Path
from typing import Annotated

import typer

from headstamp.cli.options import (
    AsOfOption,
    DryRunOption,
    Format,
    FormatOption,
    LimitOption,
    OutputOption,
    WhereOption,
    WideOption,
    root_of,
    view,
)

_REGISTERS = "register n_rows n_serials n_ranges n_lots first_on last_on state"
_YIELDS = "first_on last_on"
_KINDS = "file kinds source_id"
_ENTRIES = "entry_id row kind maker model calibre serial from_party to_party on"
_BENEATH = "serial_from serial_to lot"


def register(
    context: typer.Context,
    *,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="An institution's files.")],
    layout: Annotated[
        str, typer.Option("--layout", metavar="L", help="How to read them: a name or a path.")
    ],
    name: Annotated[
        str, typer.Option("--name", metavar="N", help="The register that they go into.")
    ],
    dry_run: DryRunOption = False,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """Load an institution's table into a register."""
    from headstamp.actions.load_register import load_register
    from headstamp.cli.acting import writing
    from headstamp.cli.loading import DETAIL, FIRST, exit_code_of, loaded_table, say_loaded
    from headstamp.cli.show import show

    by = writing(root_of(context), dry_run=dry_run)
    done = []
    for loaded in load_register(root_of(context), paths, layout=layout, name=name, by=by):
        say_loaded(loaded, dry_run=dry_run)
        done.append(loaded)
    if form is not Format.TABLE or any(loaded.profile for loaded in done):
        show(loaded_table(done), view(form, output), columns=FIRST.split(), detail=DETAIL)
    code = exit_code_of(done)
    if code:
        raise typer.Exit(code)


def registers(
    context: typer.Context,
    *,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    as_of: AsOfOption = None,
    where: WhereOption = None,
    wide: WideOption = False,
    limit: LimitOption = None,
) -> None:
    """List the registers: what each can answer, and whether its files are unchanged."""
    from headstamp.cli.listings import list_table

    asked = view(form, output, as_of=as_of, where=where, wide=wide, limit=limit)
    first = _REGISTERS.split()
    list_table(context, asked, "register_tables", "registers", first, detail=_KINDS, yields=_YIELDS)


def entries(
    context: typer.Context,
    *,
    name: Annotated[str, typer.Argument(metavar="REGISTER", help="Its name, from `registers`.")],
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    as_of: AsOfOption = None,
    where: WhereOption = None,
    wide: WideOption = False,
    limit: LimitOption = None,
) -> None:
    """List the entries of one register, as the institution wrote them."""
    from headstamp.cli.listings import list_table

    asked = view(form, output, as_of=as_of, where=where, wide=wide, limit=limit)
    first = _ENTRIES.split()
    list_table(context, asked, "register_tables", "entries", first, of=name, detail=_BENEATH)

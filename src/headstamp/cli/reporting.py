"""The verbs that make pages: report, and demo from end to end."""

from pathlib import Path
from typing import Annotated

import typer

from headstamp.cli.options import AsOfOption, View, root_of


def report(
    context: typer.Context,
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="A folder for the pages.")
    ] = Path("report"),
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="Else the casebook's own.")
    ] = None,
    as_of: AsOfOption = None,
) -> None:
    """Write the case report: pages that open from disk, tables as CSV."""
    from headstamp.cli.opened import open_asked
    from headstamp.cli.pages import make_report
    from headstamp.cli.show import write

    casebook = open_asked(root_of(context), View(as_of=as_of))
    write(f"{make_report(casebook, output, title=title)}\n", None)


def demo(
    context: typer.Context,
    *,
    into: Annotated[
        Path, typer.Option("--into", metavar="DIR", help="A folder for casebook and report.")
    ] = Path("demo-out"),
) -> None:
    """Run the shipped real case from tables to report, and sum it up."""
    from headstamp.cli.demonstration import run_demo

    del context  # The demonstration has a casebook of its own, whatever -C names.
    run_demo(into)

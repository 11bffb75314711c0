"""Which options do several verbs share? Their names, their help, and what they come to."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How results are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def _format_of(text: str) -> Format:
    try:
        return Format(text)
    except ValueError:
        forms = ", ".join(Format)
        raise typer.BadParameter(f"'{text}' is none; one of: {forms}") from None


FormatOption = Annotated[
    Format,
    typer.Option(
        "--format",
        parser=_format_of,
        metavar="|".join(Format),
        help="table to read; json or csv to work with.",
    ),
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write there; - is standard output.")
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="SEQ|DATE", help="The evidence as it stood then, under today's rules."
    ),
]
WhereOption = Annotated[
    list[str] | None,
    typer.Option(
        "--where", metavar="COLUMN=VALUE", help="Only rows with this value; may be repeated."
    ),
]
WideOption = Annotated[bool, typer.Option("--wide", help="All columns, nothing wrapped.")]
LimitOption = Annotated[
    int | None, typer.Option("--limit", metavar="N", min=1, help="Only the first N rows.")
]
ALL = 0
"""As a limit: all rows, however many they are."""
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")
]


@dataclass(frozen=True, kw_only=True)
class View:
    """What a reader asked for: how a table is filtered and written.

    ``limit`` is None where a listing was asked for without one: of a table to read, as many
    rows are shown as anybody reads.
    """

    form: Format = Format.TABLE
    output: Path | None = None
    as_of: str | None = None
    where: tuple[str, ...] = ()
    wide: bool = False
    limit: int | None = ALL


def view(
    form: Format,
    output: Path | None,
    *,
    as_of: str | None = None,
    where: list[str] | None = None,
    wide: bool = False,
    limit: int | None = ALL,
) -> View:
    """Return the options of a reading verb as one thing."""
    return View(
        form=form,
        output=output,
        as_of=as_of,
        where=tuple(where or ()),
        wide=wide,
        limit=limit,
    )


def root_of(context: typer.Context) -> Path:
    """Return the casebook's folder that was named before the verb."""
    assert isinstance(context.obj, Path)
    return context.obj

"""The verbs that read with options of their own: claims, findings, chain, figures, explain."""

from typing import Annotated

import typer

from headstamp.cli.listings import list_table
from headstamp.cli.options import (
    AsOfOption,
    Format,
    FormatOption,
    LimitOption,
    OutputOption,
    WhereOption,
    WideOption,
    root_of,
    view,
)

_CLAIMS = ["claim_id", "verb", "subject_id", "from_party", "to_party", "on", "class", "live"]
_FINDINGS = ["finding_id", "kind", "subject_id", "verdict", "standing", "voice"]
_CHAIN = [
    "account",
    "leg",
    "verb",
    "from_party",
    "to_party",
    "on_earliest",
    "on_latest",
    "dated",
    "standing",
    "claims",
]
_SIDES = "from_party to_party"
_BESIDE = "standing claims"
_ISSUES = ["severity", "code", "entry", "file", "row", "column"]
_FIGURES = ["measure", "group", "count", "share", "base", "undetermined", "low", "high"]
_AGAINST = ["figure_id", "measure", "group", "value", "unit", "total", "ours", "difference"]


def claims(
    context: typer.Context,
    *,
    subject: Annotated[
        str | None, typer.Option("--subject", metavar="ID", help="Only of this item or party.")
    ] = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    as_of: AsOfOption = None,
    where: WhereOption = None,
    wide: WideOption = False,
    limit: LimitOption = None,
) -> None:
    """List who says what happened, how well known, and if it counts."""
    conditions = [*(where or ()), *([f"subject_id={subject}"] if subject else ())]
    asked = view(form, output, as_of=as_of, where=conditions, wide=wide, limit=limit)
    list_table(context, asked, "package_tables", "claims", _CLAIMS, detail=_SIDES, yields=_SIDES)


def findings(
    context: typer.Context,
    *,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help="Only of this kind.")
    ] = None,
    subject: Annotated[
        str | None, typer.Option("--subject", metavar="ID", help="Only of this item or party.")
    ] = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    as_of: AsOfOption = None,
    where: WhereOption = None,
    wide: WideOption = False,
    limit: LimitOption = None,
) -> None:
    """List what follows, how well it is known, and who may say it."""
    conditions = [
        *(where or ()),
        *([f"kind={kind}"] if kind else ()),
        *([f"subject_id={subject}"] if subject else ()),
    ]
    asked = view(form, output, as_of=as_of, where=conditions, wide=wide, limit=limit)
    list_table(context, asked, "derived_tables", "findings", _FINDINGS, detail="reason")


def chain(
    context: typer.Context,
    *,
    item: Annotated[str, typer.Argument(metavar="ITEM", help="An item, or a consignment.")],
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    as_of: AsOfOption = None,
    where: WhereOption = None,
    wide: WideOption = False,
    limit: LimitOption = None,
) -> None:
    """Show how an item travelled: every account, with its gaps."""
    from headstamp.casebook.derived_tables import chain as read_chain
    from headstamp.casebook.near import near
    from headstamp.cli.opened import open_asked, rows_asked
    from headstamp.cli.show import show
    from headstamp.cli.telling import with_gaps_named

    asked = view(form, output, as_of=as_of, where=where, wide=wide, limit=limit)
    casebook = near(open_asked(root_of(context), asked), item)
    table = rows_asked(asked, lambda: with_gaps_named(read_chain(casebook, item), asked.form))
    show(
        table,
        asked,
        columns=_CHAIN,
        detail=_BESIDE,
        yields=f"{_BESIDE} leg",
    )


def figures(
    context: typer.Context,
    *,
    by: Annotated[
        str | None, typer.Option("--by", metavar="FIELD", help="Group by a field of the items.")
    ] = None,
    against: Annotated[
        bool, typer.Option("--against", help="Published figures, their sums, and ours.")
    ] = False,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    as_of: AsOfOption = None,
    where: WhereOption = None,
    wide: WideOption = False,
    limit: LimitOption = None,
) -> None:
    """Count, with base, bounds and what is undetermined."""
    from headstamp.casebook.figures import figures as count
    from headstamp.casebook.published import figures_against
    from headstamp.cli.opened import open_asked, rows_asked
    from headstamp.cli.show import say, show
    from headstamp.terms.errors import MisuseError

    if by is not None and against:
        raise MisuseError("--by and --against are two tables", hint="ask for one of them")
    asked = view(form, output, as_of=as_of, where=where, wide=wide, limit=limit)
    casebook = open_asked(root_of(context), asked)
    if against:
        compared = rows_asked(asked, lambda: figures_against(casebook))
        show(compared, asked, columns=_AGAINST, detail="why")
        return
    show(rows_asked(asked, lambda: count(casebook, by=by)), asked, columns=_FIGURES)
    say("Counts of what this casebook records: a sample of opportunity, not random.")


def explain(
    context: typer.Context,
    *,
    id_: Annotated[
        str, typer.Argument(metavar="ID", help="A finding, link, claim, item, figure, source …")
    ],
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    as_of: AsOfOption = None,
    wide: WideOption = False,
) -> None:
    """Say why: what it rests on, down to file, row, exhibit and words."""
    from headstamp.casebook.explain import explain as reasons
    from headstamp.casebook.near import near
    from headstamp.cli.opened import open_asked
    from headstamp.cli.show import show, write
    from headstamp.cli.telling import tree_text

    asked = view(form, output, as_of=as_of, wide=wide)
    table = reasons(near(open_asked(root_of(context), asked), id_), id_)
    if asked.form is Format.TABLE and not wide:
        write(tree_text(table), output)
    else:
        show(table, asked)


def issues(
    context: typer.Context,
    *,
    entry: Annotated[
        int | None, typer.Option("--entry", metavar="SEQ", help="Only of this intake.")
    ] = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    as_of: AsOfOption = None,
    where: WhereOption = None,
    wide: WideOption = False,
    limit: LimitOption = None,
) -> None:
    """List what somebody should look at."""
    conditions = [*(where or ()), *([f"entry={entry}"] if entry is not None else ())]
    asked = view(form, output, as_of=as_of, where=conditions, wide=wide, limit=limit)
    list_table(context, asked, "derived_tables", "issues", _ISSUES, detail="message hint")


def verify(
    context: typer.Context,
    *,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """Check that everything is still what was recorded; else exit 3."""
    from headstamp.cli.checking import remedy_of, verification_table
    from headstamp.cli.show import say, show
    from headstamp.ledger.verify import verify_casebook

    found = verify_casebook(root_of(context))
    show(verification_table(found), view(form, output), detail="head_hash", yields="head_hash")
    for note in found.notes:
        say(f"note: {note}")
    if found.problem is not None:
        say(f"headstamp: {found.place}: {found.problem}")
        say(f"  {remedy_of(found)}")
        raise typer.Exit(3)

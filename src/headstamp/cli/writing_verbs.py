"""The verbs that write: init, take, trace, judge, withdraw, restore, erase."""

from pathlib import Path
from typing import Annotated

import typer

from headstamp.cli.options import (
    DryRunOption,
    Format,
    FormatOption,
    OutputOption,
    root_of,
    view,
)

ReasonOption = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help="Why, in words that stay on record.")
]


def init(
    context: typer.Context,
    *,
    folder: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", help="Where; else -C, else here.")
    ] = None,
    actor: Annotated[
        str | None, typer.Option("--actor", metavar="NAME", help="Who writes: a name or a code.")
    ] = None,
    title: Annotated[
        str, typer.Option("--title", metavar="TEXT", help="What the casebook is about.")
    ] = "",
    dry_run: DryRunOption = False,
) -> None:
    """Make a casebook."""
    from headstamp.actions.init_casebook import init_casebook
    from headstamp.cli.show import say, write

    root = root_of(context) / folder if folder is not None else root_of(context)
    opened = init_casebook(root, actor=actor, title=title, dry_run=dry_run)
    if dry_run:
        say(f"would make a casebook in {root}")
        return
    write(f"{opened.casebook_id}\n", None)
    say(f"casebook made in {root}")
    if opened.actor is None:
        say("nobody is named as the one who writes, so nothing can be written in it yet:")
        say(f'  write actor = "NAME" in {root / "headstamp.toml"}, or set HEADSTAMP_ACTOR;')
        say("  `headstamp init --actor NAME` does it from the start")


def take(
    context: typer.Context,
    *,
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH…", help="Case packages; or, with --layout, files."),
    ],
    layout: Annotated[
        str | None,
        typer.Option("--layout", metavar="L", help="Read files with a layout: its name or path."),
    ] = None,
    prefix: Annotated[
        str | None,
        typer.Option("--prefix", metavar="P", help="Put P before ids that are not on record."),
    ] = None,
    dry_run: DryRunOption = False,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """Seal and read case packages, or files with a layout."""
    from headstamp.cli.acting import writing
    from headstamp.cli.show import show
    from headstamp.cli.taking import COLUMNS, exit_code_of, say_taken, taken_table, taking

    by = writing(root_of(context), dry_run=dry_run)
    done = []
    for taken in taking(root_of(context), paths, layout=layout, prefix=prefix, by=by):
        say_taken(taken, dry_run=dry_run)
        done.append(taken)
    if form is not Format.TABLE or any(taken.counts for taken in done):
        show(taken_table(done), view(form, output), columns=COLUMNS)
    code = exit_code_of(done)
    if code:
        raise typer.Exit(code)


def trace(context: typer.Context, *, dry_run: DryRunOption = False) -> None:
    """Derive chains and findings; journal by which rules."""
    from headstamp.actions.trace import trace as derive
    from headstamp.cli.acting import traced_text, writing
    from headstamp.cli.show import say, write

    traced = derive(root_of(context), by=writing(root_of(context), dry_run=dry_run))
    write(traced_text(traced), None)
    if traced.same_as is not None:
        say(f"nothing has changed since entry {traced.same_as}; nothing recorded")
    elif traced.seq is not None:
        say(f"recorded as entry {traced.seq}")
    if traced.n_issues:
        say(f"{traced.n_issues} issues to look at: headstamp issues")
        raise typer.Exit(1)


def judge(
    context: typer.Context,
    *,
    proposal: Annotated[
        str | None,
        typer.Argument(metavar="[PROPOSAL]", help="link:ITEM:KIND:OTHER, from `links`."),
    ] = None,
    verdict: Annotated[
        str | None,
        typer.Option(
            "--verdict",
            metavar="VERDICT",
            help="same, part_of, same_lot, same_supply, not_same or unsure.",
        ),
    ] = None,
    reason: Annotated[
        str | None,
        typer.Option("--reason", metavar="TEXT", help="Why, in words that stay on record."),
    ] = None,
    rule: Annotated[
        Path | None,
        typer.Option("--rule", metavar="FILE", help="Judge all that a written rule fits."),
    ] = None,
    dry_run: DryRunOption = False,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """Record a person's decision on a proposal or a package's link, or apply a written rule."""
    from headstamp.cli.judging import judge_all, judge_one

    given = (proposal, verdict, reason)
    if rule is not None:
        shown = view(form, output, limit=None)
        judge_all(root_of(context), rule, given, dry_run=dry_run, shown=shown)
    else:
        judge_one(root_of(context), given, dry_run=dry_run)


def withdraw(
    context: typer.Context,
    *,
    id_: Annotated[str, typer.Argument(metavar="ID", help="A source, claim, judgement, row …")],
    reason: ReasonOption,
    because: Annotated[
        str | None,
        typer.Option("--because", metavar="WORD", help="wrong, superseded, terms or unsafe."),
    ] = None,
    dry_run: DryRunOption = False,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """Let a row no longer count; say what falls and what still stands."""
    from headstamp.actions.withdraw_reference import withdraw_reference
    from headstamp.actions.withdraw_row import withdraw_row
    from headstamp.cli.acting import say_recorded, show_changes, writing

    by = writing(root_of(context), dry_run=dry_run)
    act = withdraw_reference if id_.startswith("reference:") else withdraw_row
    done = act(root_of(context), id_, reason=reason, because=because, by=by)
    show_changes(done.changes, form, output)
    say_recorded(f"{done.form} withdrawn", done.seq)


def restore(
    context: typer.Context,
    *,
    id_: Annotated[str, typer.Argument(metavar="ID", help="What was withdrawn.")],
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="Why, if it is to be on record.")
    ] = None,
    dry_run: DryRunOption = False,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """Let what was withdrawn count again: the exact inverse."""
    from headstamp.actions.withdraw_reference import restore_reference
    from headstamp.actions.withdraw_row import restore_row
    from headstamp.cli.acting import say_recorded, show_changes, writing

    by = writing(root_of(context), dry_run=dry_run)
    act = restore_reference if id_.startswith("reference:") else restore_row
    done = act(root_of(context), id_, reason=reason, by=by)
    show_changes(done.changes, form, output)
    say_recorded(f"{done.form} restored", done.seq)


def erase(
    context: typer.Context,
    *,
    id_: Annotated[str, typer.Argument(metavar="ID", help="A protected row, or exhibit's digest.")],
    reason: ReasonOption,
    dry_run: DryRunOption = False,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """Destroy the key of a protected row for ever; the chain stands."""
    from headstamp.actions.erase_row import erase_row
    from headstamp.cli.acting import say_files_gone, say_recorded, show_changes, writing
    from headstamp.cli.telling import counted_words

    by = writing(root_of(context), dry_run=dry_run)
    done = erase_row(root_of(context), id_, reason=reason, by=by)
    show_changes(done.changes, form, output)
    say_recorded(f"{counted_words(done.n_keys, 'key')} destroyed", done.seq)
    say_files_gone(done.files)

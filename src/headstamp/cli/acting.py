"""What do the writing verbs have in common? Who writes, and how it is said what was done."""

from collections.abc import Sequence
from pathlib import Path

from headstamp.actions.erase_row import ErasedFile
from headstamp.actions.settings import read_settings, require_actor
from headstamp.actions.trace import LIKELY, Proposed, Traced
from headstamp.actions.writing import Writing
from headstamp.cli.opened import today
from headstamp.cli.options import Format, view
from headstamp.cli.show import say, show, write
from headstamp.cli.telling import changes_text, counted_words
from headstamp.ledger.layout import require_casebook
from headstamp.terms.table import Table


def writing(root: Path, *, dry_run: bool) -> Writing:
    """Return who writes, by the casebook's settings and the environment.

    Raises:
        NoCasebookError: The folder holds none.
        NoActorError: Nobody is named.
        SettingError: A setting is odd.
    """
    require_casebook(root)
    actor = require_actor(read_settings(root))
    return Writing(actor=actor, today=today(), dry_run=dry_run)


def say_recorded(what: str, seq: int | None) -> None:
    """Say what was done and where it is recorded, or that this was a dry run."""
    is_done = seq is not None
    say(f"{what}: recorded as entry {seq}" if is_done else f"dry run, nothing recorded: {what}")


def say_files_gone(files: Sequence[ErasedFile]) -> None:
    """Say which sealed files can no longer be read, and what that costs other rows."""
    for file in files:
        losing = counted_words(file.n_rows, "other row")
        verb = "loses its" if file.n_rows == 1 else "lose their"
        say(f"  sealed file {file.name} of entry {file.seq} goes: {losing} {verb} exhibit")


def show_changes(changes: Table, form: Format, output: Path | None) -> None:
    """Write what fell and what still stands: in groups to read, or as a table."""
    if form is Format.TABLE:
        write(changes_text(changes), output)
    else:
        show(changes, view(form, output))


def traced_text(traced: Traced) -> str:
    """Return in a few lines what was proposed and derived."""
    lines = [f"links     {traced.n_links:,}, of which {traced.n_proposed:,} only proposed"]
    lines += [f"          {_proposed_text(one)}" for one in traced.proposed]
    lines += [
        f"chains    {_chains_text(traced)}",
        f"findings  {traced.n_findings:,}",
        f"issues    {traced.n_issues:,} to look at",
    ]
    return "".join(f"{line}\n" for line in lines)


def _chains_text(traced: Traced) -> str:
    chains = f"{traced.n_subjects:,} subjects, {traced.n_accounts:,} accounts"
    return f"{chains}, {traced.n_gaps:,} gaps"


_AMONG = {
    "item": "between items",
    "consignment": "with consignments of packages",
    "register_entry": "with register",
}


def _proposed_text(one: Proposed) -> str:
    likely = f"{one.n_likely:,} of them at {LIKELY} or more"
    among = _AMONG[one.other_kind]
    if one.register:
        among = f"with register {one.register}"
        among += ", as a consignment of it" if one.other_kind == "consignment" else ""
    return f"{one.n:,} proposed {among}, {likely}"

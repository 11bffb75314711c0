"""``headstamp demo``: the shipped real case, from a folder of tables to a page."""

import json
from importlib import resources
from pathlib import Path

from headstamp.actions.init_casebook import init_casebook
from headstamp.actions.take import take
from headstamp.actions.trace import trace
from headstamp.actions.writing import Writing
from headstamp.casebook.opening import open_casebook
from headstamp.cli.opened import today
from headstamp.cli.pages import make_report
from headstamp.cli.show import say, write
from headstamp.cli.summary import summary
from headstamp.cli.taking import say_taken
from headstamp.ledger.entries import head
from headstamp.release.hand_out import hand_out
from headstamp.terms.errors import NoCasebookError

ACTOR = "demo"
_CASE = "islamic_state_2017"


def run_demo(into: Path) -> None:
    """Make a casebook, take the shipped case, trace, report, and print a summary.

    Run again it finds everything recorded and draws the same pages.
    """
    root, by = into / "casebook", Writing(actor=ACTOR, today=today())
    with resources.as_file(resources.files("headstamp") / "cases" / _CASE) as package:
        if not _is_there(root):
            init_casebook(root, actor=ACTOR, title=_title_of(package))
            say(f"init    casebook made in {root}")
        for taken in take(root, [package], by=by):
            say_taken(taken, dry_run=False)
    traced = trace(root, by=by)
    say(f"trace   {traced.n_accounts} accounts, {traced.n_gaps} gaps, {traced.n_findings} findings")
    casebook = open_casebook(root, today=today())
    page = make_report(casebook, into / "report")
    write(summary(hand_out(casebook), page, root), None)


def _title_of(package: Path) -> str:
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    return str(descriptor["title"])


def _is_there(root: Path) -> bool:
    try:
        return head(root) is not None
    except NoCasebookError:
        return False

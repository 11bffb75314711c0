"""Which casebook is read, as of when? Opened once, and the past is said to be the past."""

from datetime import UTC, date, datetime
from pathlib import Path

from headstamp.casebook.opening import Casebook, as_of_note, open_casebook
from headstamp.cli.options import View
from headstamp.cli.show import say


def open_asked(root: Path, asked: View) -> Casebook:
    """Open the casebook as asked for; of an earlier state say so on standard error."""
    casebook = open_casebook(root, as_of=asked.as_of, today=today())
    note = as_of_note(casebook)
    if note is not None:
        say(note)
    return casebook


def today() -> date:
    """Return the civil day in UTC: the only clock that reading knows."""
    return datetime.now(UTC).date()

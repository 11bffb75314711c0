"""How does a casebook become a report? Handed out by ``release``, drawn by ``reports``."""

from pathlib import Path

from headstamp.casebook.opening import Casebook
from headstamp.cli.opened import today
from headstamp.release.hand_out import hand_out
from headstamp.reports.site import write_report

_UNTITLED = "Case report"


def make_report(casebook: Casebook, out: Path, *, title: str | None = None) -> Path:
    """Write the report of a casebook and return its first page.

    Raises:
        RefusedError: The folder holds what no report wrote.
        StorageError: The folder cannot be written.
    """
    tables = hand_out(casebook)
    heading = title or str(tables["about"].rows[0]["title"] or _UNTITLED)
    return write_report(tables, out, title=heading, made_on=str(today()))

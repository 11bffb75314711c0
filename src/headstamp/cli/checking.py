"""What does ``verify`` print? One row: what was checked, and the first thing that is wrong."""

from headstamp.ledger.register_files import REMEDY
from headstamp.ledger.verify import Verification
from headstamp.terms.table import Table

_COLUMNS = (
    "result",
    "n_entries",
    "n_exhibits",
    "n_records",
    "n_erased",
    "place",
    "problem",
    "head_hash",
)


def verification_table(found: Verification) -> Table:
    """Return a verification as a table of one row; ``result`` is ``sound`` or ``wrong``."""
    row = {column: getattr(found, column) for column in _COLUMNS if column != "result"}
    result = "sound" if found.problem is None else "wrong"
    return Table(name="verification", columns=_COLUMNS, rows=({"result": result, **row},))


def remedy_of(found: Verification) -> str:
    """Return what to do about the first thing that is wrong."""
    if (found.place or "").startswith("registers/"):
        return REMEDY
    return "take it from a copy of the casebook that `headstamp verify` finds sound"

"""``headstamp withdraw reference:TABLE:ROW``: what a table says no longer counts here."""

from pathlib import Path

from headstamp.actions.turn import turn_to_write
from headstamp.actions.withdraw_row import Withdrawn, require_because
from headstamp.actions.wording import require_text
from headstamp.actions.writing import Writing
from headstamp.casebook.identification import REFERENCE, withdrawn_reference
from headstamp.casebook.opening import Casebook, open_casebook
from headstamp.casebook.reference_rows import PREFIX, reference_difference, rests_on_reference
from headstamp.ledger.append import append_entry
from headstamp.terms.errors import MisuseError, UnknownIdError


def withdraw_reference(
    root: Path, text: str, *, reason: str, because: str | None = None, by: Writing
) -> Withdrawn:
    """Record that a row of the tables identifies nothing in this casebook any more.

    Raises:
        UnknownIdError: Nothing on record rests on such a row.
        MisuseError: It is withdrawn already, or the reason is blank.
    """
    require_text(reason, option="--reason")
    require_because(because)
    row = text.removeprefix(PREFIX)
    with turn_to_write(root):
        casebook = open_casebook(root, today=by.today)
        _require_in_use(casebook, text, row)
        if row in withdrawn_reference(casebook):
            message = f"{text!r} is withdrawn already"
            raise MisuseError(message, hint="`headstamp restore` makes it count again")
        changes = reference_difference(casebook, row, counts=False)
        seq = None
        if not by.dry_run:
            payload = {"table": REFERENCE, "id": row, "reason": reason, "because": because}
            seq = append_entry(root, kind="withdrawal", payload=payload, actor=by.actor).seq
    return Withdrawn(form=PREFIX + row, seq=seq, changes=changes)


def restore_reference(
    root: Path, text: str, *, reason: str | None = None, by: Writing
) -> Withdrawn:
    """Record that a withdrawn row of the tables counts again: the exact inverse.

    Raises:
        MisuseError: It was not withdrawn.
    """
    row = text.removeprefix(PREFIX)
    with turn_to_write(root):
        casebook = open_casebook(root, today=by.today)
        if row not in withdrawn_reference(casebook):
            raise MisuseError(f"{text!r} is not withdrawn: it counts", hint="nothing to restore")
        changes = reference_difference(casebook, row, counts=True)
        seq = None
        if not by.dry_run:
            payload = {"table": REFERENCE, "id": row} | ({"reason": reason} if reason else {})
            seq = append_entry(root, kind="restoration", payload=payload, actor=by.actor).seq
    return Withdrawn(form=PREFIX + row, seq=seq, changes=changes)


def _require_in_use(casebook: Casebook, text: str, row: str) -> None:
    if not rests_on_reference(casebook, row):
        message = f"{text!r}: nothing on record is identified by such a row"
        hint = "`headstamp explain item:…` names the rows that an item's identification rests on"
        raise UnknownIdError(message, hint=hint)

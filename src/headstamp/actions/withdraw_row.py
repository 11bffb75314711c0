"""``headstamp withdraw`` and ``restore``: a row or judgement no longer counts, and again."""

from pathlib import Path
from typing import Literal, get_args

import msgspec

from headstamp.actions.turn import turn_to_write
from headstamp.actions.wording import require_text
from headstamp.actions.writing import Writing
from headstamp.casebook.difference import difference
from headstamp.casebook.names import FINDINGS, LINKS, Named, name_of
from headstamp.casebook.opening import Casebook, conclude_from, open_casebook
from headstamp.casebook.recorded import id_for_journal
from headstamp.ledger.append import append_entry
from headstamp.terms.errors import MisuseError
from headstamp.terms.proposal import PROPOSED
from headstamp.terms.table import Table

Because = Literal["wrong", "superseded", "terms", "unsafe"]
BECAUSE: tuple[str, ...] = get_args(Because)


class Withdrawn(msgspec.Struct, frozen=True, kw_only=True):
    """What was withdrawn or restored (``seq`` None: a dry run), and what follows from it."""

    form: str
    seq: int | None
    changes: Table


def withdraw_row(
    root: Path,
    text: str,
    *,
    reason: str,
    because: str | None = None,
    by: Writing,
) -> Withdrawn:
    """Record that a row or judgement no longer counts; it stays readable.

    Raises:
        UnknownIdError: Nothing on record has this id.
        MisuseError: It is derived, or withdrawn already, or the reason is blank.
    """
    require_text(reason, option="--reason")
    require_because(because)
    with turn_to_write(root):
        casebook = open_casebook(root, today=by.today)
        named = _withdrawable(casebook, text)
        key = (named.table, named.row_id)
        if key in casebook.evidence.withdrawn:
            message = f"{text!r} is withdrawn already{_by_entry(casebook, named)}"
            raise MisuseError(message, hint="`headstamp restore` makes it count again")
        changes = _changes(casebook, casebook.evidence.withdrawn | {key})
        seq = None
        if not by.dry_run:
            payload = _names(casebook, named) | {"reason": reason, "because": because}
            seq = append_entry(root, kind="withdrawal", payload=payload, actor=by.actor).seq
    return Withdrawn(form=named.form, seq=seq, changes=changes)


def restore_row(
    root: Path,
    text: str,
    *,
    reason: str | None = None,
    by: Writing,
) -> Withdrawn:
    """Record that a withdrawn row or judgement counts again: the exact inverse.

    Raises:
        UnknownIdError: Nothing on record has this id.
        MisuseError: It was not withdrawn.
    """
    with turn_to_write(root):
        casebook = open_casebook(root, today=by.today)
        named = _withdrawable(casebook, text)
        key = (named.table, named.row_id)
        if key not in casebook.evidence.withdrawn:
            raise MisuseError(f"{text!r} is not withdrawn: it counts", hint="nothing to restore")
        changes = _changes(casebook, casebook.evidence.withdrawn - {key})
        seq = None
        if not by.dry_run:
            payload = _names(casebook, named) | ({"reason": reason} if reason else {})
            seq = append_entry(root, kind="restoration", payload=payload, actor=by.actor).seq
    return Withdrawn(form=named.form, seq=seq, changes=changes)


def require_because(because: str | None) -> None:
    """Raise MisuseError unless it is one of the words for why something no longer counts."""
    if because is not None and because not in BECAUSE:
        raise MisuseError(f"--because {because!r} is none", hint=f"one of: {' '.join(BECAUSE)}")


def _withdrawable(casebook: Casebook, text: str) -> Named:
    """Return the row or judgement that an id names; what is derived cannot be withdrawn."""
    named = name_of(casebook, text)
    if named.table == FINDINGS:
        message = f"{text!r} is a finding: it is derived, and falls with what it rests on"
        raise MisuseError(message, hint=f"`headstamp explain {text}` says what that is")
    states = {link.proposal_id: link.state for link in casebook.links}
    if named.table == LINKS and states.get(named.form) == PROPOSED:
        message = f"{text!r} is only proposed: it carries nothing that could be withdrawn"
        raise MisuseError(message, hint=f"`headstamp judge {text} --verdict not_same` rejects it")
    if named.table == LINKS and named.row_id not in casebook.evidence.links:
        message = f"{text!r} rests on a judgement made here"
        raise MisuseError(message, hint=f"`headstamp explain {text}` names it; withdraw that")
    return named


def _changes(casebook: Casebook, withdrawn: frozenset[tuple[str, str]]) -> Table:
    evidence = msgspec.structs.replace(casebook.evidence, withdrawn=withdrawn)
    return difference(casebook, conclude_from(evidence))


def _journal_id(casebook: Casebook, named: Named) -> str:
    is_protected = casebook.is_protected(named.table, named.row_id)
    return id_for_journal(casebook.root, named.table, named.row_id, is_protected=is_protected)


def _names(casebook: Casebook, named: Named) -> dict[str, object]:
    return {"table": named.table, "id": _journal_id(casebook, named)}


def _by_entry(casebook: Casebook, named: Named) -> str:
    seq = casebook.decisions.withdrawn.get((named.table, _journal_id(casebook, named)))
    return "" if seq is None else f", by entry {seq}"

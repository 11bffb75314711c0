"""``headstamp judge``: records what a person decided of a proposal or of a package's link."""

from pathlib import Path
from typing import get_args

import msgspec

from headstamp.actions.turn import turn_to_write
from headstamp.actions.wording import require_text
from headstamp.actions.writing import Writing
from headstamp.casebook.difference import difference
from headstamp.casebook.judgements import judgement_id, seen_of
from headstamp.casebook.names import LINKS, Named, name_of
from headstamp.casebook.near import near
from headstamp.casebook.opening import Casebook, conclude_from, open_casebook
from headstamp.casebook.proposals import last_trace
from headstamp.casebook.supposed import is_protected, seen_by, with_judgements
from headstamp.ledger.append import append_entry
from headstamp.terms.conclusions import Conclusions
from headstamp.terms.errors import MisuseError, RefusedError
from headstamp.terms.link import Judgement, LinkVerdict
from headstamp.terms.table import Table

VERDICTS: tuple[str, ...] = get_args(LinkVerdict)
_NOT_RECORDED = "j-(not recorded)"


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """The judgement as recorded (``seq`` None: a dry run), and what follows from it."""

    judgement_id: str
    proposal_id: str
    seq: int | None
    changes: Table


def judge_link(
    root: Path,
    proposal: str,
    *,
    verdict: str,
    reason: str,
    by: Writing,
) -> Judged:
    """Record a person's decision with what the judge saw; earlier judgements stay readable.

    Raises:
        UnknownIdError: There is no such proposal or link.
        MisuseError: The verdict is none, the reason is blank, or nothing proposes it any more.
    """
    if verdict not in VERDICTS:
        raise MisuseError(f"--verdict {verdict!r} is none", hint=f"one of: {' '.join(VERDICTS)}")
    require_text(reason, option="--reason")
    with turn_to_write(root):
        casebook = near(open_casebook(root, today=by.today), proposal)
        named = name_of(casebook, proposal)
        if named.table != LINKS:
            message = f"{proposal!r} is no proposal and no link"
            raise MisuseError(message, hint="`headstamp links` lists them")
        _require_open(casebook, named)
        seen = _seen(casebook, named)
        changes = _changes(casebook, named.form, verdict, reason, by)
        if by.dry_run:
            judged = Judged(
                judgement_id=_NOT_RECORDED, proposal_id=named.form, seq=None, changes=changes
            )
        else:
            payload = {
                "proposal_id": named.form,
                "verdict": verdict,
                "reason": reason,
                "seen": seen,
            }
            entry = append_entry(
                root,
                kind="judgement",
                payload=payload,
                actor=by.actor,
                derived_from=_based_on(casebook, named),
            )
            judged = Judged(
                judgement_id=judgement_id(entry),
                proposal_id=named.form,
                seq=entry.seq,
                changes=_named(changes, judgement_id(entry)),
            )
    return judged


def _require_open(casebook: Casebook, named: Named) -> None:
    """Refuse to judge what is protected: what the judge saw would stand unsealed for ever."""
    row = casebook.rows.get((LINKS, named.row_id))
    proposal = casebook.evidence.proposals.get(named.form)
    is_secret = proposal is not None and is_protected(casebook, proposal)
    if is_secret or (row is not None and row.key_id is not None):
        message = f"{named.form} is protected: a judgement would write of it into the open journal"
        hint = "take a link row of your own that is not protected, and judge that"
        raise RefusedError(message, hint=hint)


def _named(changes: Table, judgement: str) -> Table:
    """Return what follows with the id that the judgement got when it was recorded."""
    rows = tuple(
        {
            column: [
                [judgement if atom == _NOT_RECORDED else atom for atom in atoms] for atoms in cell
            ]
            if isinstance(cell, list)
            else cell
            for column, cell in row.items()
        }
        for row in changes.rows
    )
    return msgspec.structs.replace(changes, rows=rows)


def _seen(casebook: Casebook, named: Named) -> dict[str, object]:
    """Return what the judge sees: of a package's link its state, of a proposal a whole copy.

    Raises:
        MisuseError: Nothing proposes it any more, or its entry is not on record.
    """
    link = next((one for one in casebook.links if one.proposal_id == named.form), None)
    proposal = casebook.evidence.proposals.get(named.form)
    is_of_package = named.row_id in casebook.evidence.links
    told: dict[str, object] = {}
    if is_of_package and link is not None:
        told = {"state": link.state, "basis": list(link.basis), "reason": link.reason}
    if proposal is None:
        if not is_of_package:
            raise _not_proposed(casebook, named.form)
        return told
    if not is_of_package and not casebook.is_standing(proposal):
        message = f"{named.form}: not all that it rests on is on record any more"
        hint = f"`headstamp explain {named.form}` says what; `restore` what was withdrawn first"
        raise MisuseError(message, hint=hint)
    seen = seen_by(casebook, [proposal]).get(named.form)
    if seen is None:
        message = f"{named.form}: register {proposal.register} has no such entry any more"
        raise MisuseError(message, hint="`headstamp trace` proposes anew, from what is there now")
    copied: dict[str, object] = msgspec.to_builtins(seen_of(*seen))
    return told | copied


def _not_proposed(casebook: Casebook, proposal_id: str) -> MisuseError:
    made = (j.judgement_id for j in casebook.evidence.judgements if j.proposal_id == proposal_id)
    hint = "`headstamp trace` proposes anew, from what is on record now; "
    hint += f"`headstamp withdraw {' '.join(list(made)[-1:])}` undoes what was judged of it"
    return MisuseError(f"{proposal_id}: nothing proposes it any more", hint=hint)


def _based_on(casebook: Casebook, named: Named) -> tuple[str, ...]:
    """Return the entries of the intake that brought the link, and of the trace that proposed it."""
    row = casebook.rows.get((LINKS, named.row_id))
    brought = () if row is None else (row.whereabouts.seq,)
    found = [e.entry_id for e in casebook.entries if e.seq in brought]
    traced = last_trace(casebook.entries)
    if traced is not None and named.form in casebook.evidence.proposals:
        found.append(traced.entry_id)
    return tuple(found)


def _changes(casebook: Casebook, proposal_id: str, verdict: str, reason: str, by: Writing) -> Table:
    judgement = msgspec.convert(
        {
            "judgement_id": _NOT_RECORDED,
            "proposal_id": proposal_id,
            "verdict": verdict,
            "reason": reason,
            "judged_by": by.actor,
            "recorded_at": "",
            "seq": casebook.at_seq + 1,
            "seen": casebook.evidence.proposals.get(proposal_id),
        },
        Judgement,
    )
    after = conclude_from(with_judgements(casebook, [judgement]))
    return _about(proposal_id, difference(casebook, after), (casebook.conclusions, after))


def _about(proposal_id: str, changes: Table, states: tuple[Conclusions, Conclusions]) -> Table:
    """Return all that changes; of what stands only what is told of the ends of the link.

    That an entry is a row now, or was one by another judgement, is no change of what it says.
    """
    ends = [link for state in states for link in state.links if link.proposal_id == proposal_id]
    ids = {end for link in ends for end in (link.item_id, link.other_key)}
    told = {one.finding_id for state in states for one in state.findings if one.subject_id in ids}
    kept = tuple(
        row
        for row in changes.rows
        if (row["change"] != "stands" and row["kind"] != "entry")
        or (row["kind"] == "finding" and row["id"] in told)
        or (row["kind"] == "leg" and str(row["id"]).partition(":")[0] in ids)
    )
    return msgspec.structs.replace(changes, rows=kept)

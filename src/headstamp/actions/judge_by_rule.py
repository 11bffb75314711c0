"""``headstamp judge --rule``: judges all that a written rule fits, in one entry of the journal."""

from pathlib import Path

import msgspec

from headstamp.actions.rule_file import RuleFile, open_rule
from headstamp.actions.turn import turn_to_write
from headstamp.actions.writing import Writing
from headstamp.casebook.difference import difference
from headstamp.casebook.judgements import rule_id, ruled_id
from headstamp.casebook.opening import Casebook, conclude_from, open_casebook
from headstamp.casebook.proposals import last_trace
from headstamp.casebook.registers import registers
from headstamp.casebook.supposed import Seen, is_protected, seen_by, with_judgements
from headstamp.ledger.append import append_entry
from headstamp.ledger.canonical import sha256_hex
from headstamp.ledger.entries import Entry
from headstamp.ledger.seal import seal_exhibit, seal_records
from headstamp.terms.errors import RefusedError
from headstamp.terms.evidence import RULES
from headstamp.terms.link import RULE_PREFIX, Judgement
from headstamp.terms.proposal import PROPOSED, Proposal
from headstamp.terms.rule import WrittenRule
from headstamp.terms.table import Cell, Table

JUDGED = ("proposal_id", "verdict", "probability", "strangers", "basis", "kind")
_NOT_RECORDED = "j-(not recorded)"


class Ruled(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule judged; ``seq`` is None where nothing was recorded.

    ``n_open`` proposals nobody had judged; of those that it fits it leaves the
    ``n_protected``, the ``n_gone`` whose entry is not there any more, and the ``n_before``
    that it judged once and of which that judgement was withdrawn. ``not_loaded``: registers
    that it names and that are not loaded here.
    """

    rule: str
    seq: int | None
    judged: Table
    n_open: int
    n_protected: int
    n_gone: int
    n_before: int
    not_loaded: tuple[str, ...]
    changes: Table


class _Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule fits of what is open, and how much it leaves."""

    seen: dict[str, Seen]
    n_open: int
    n_protected: int
    n_gone: int
    n_before: int


def judge_by_rule(root: Path, path: Path, *, by: Writing) -> Ruled:
    """Judge every open proposal that a rule fits and that no person judged, in one entry.

    Run again, it finds nothing left. What a person judged, then or later, is a person's.

    Raises:
        MisuseError: The file is no rule.
        RefusedError: The rule was withdrawn.
    """
    file = open_rule(path)
    rule = rule_id(file.rule.name, sha256_hex(file.data))
    with turn_to_write(root):
        casebook = open_casebook(root, today=by.today)
        _require_in_force(casebook, rule)
        found = _find(casebook, file.rule, rule)
        entry = None
        if found.seen and not by.dry_run:
            entry = _record(root, casebook, file, found.seen, by=by)
        changes = _changes(casebook, file.rule, rule, found.seen, entry)
        loaded = registers(casebook)
    return Ruled(
        rule=rule,
        seq=None if entry is None else entry.seq,
        judged=_table(file.rule, found.seen),
        n_open=found.n_open,
        n_protected=found.n_protected,
        n_gone=found.n_gone,
        n_before=found.n_before,
        not_loaded=tuple(name for name in file.rule.registers if name not in loaded),
        changes=changes,
    )


def _require_in_force(casebook: Casebook, rule: str) -> None:
    if (RULES, rule.removeprefix(RULE_PREFIX)) in casebook.evidence.withdrawn:
        hint = f"`headstamp restore {rule}` lets it count again; or write another rule"
        raise RefusedError(f"{rule} was withdrawn: what it judges would not count", hint=hint)


def _find(casebook: Casebook, rule: WrittenRule, written: str) -> _Found:
    """Return what the rule fits, of what is proposed and of which no person ever judged."""
    made = casebook.evidence.judgements
    by_person = {one.proposal_id for one in made if not one.is_by_rule}
    by_this = {one.proposal_id for one in made if one.judged_by == written}
    proposals = casebook.evidence.proposals
    listed = [link.proposal_id for link in casebook.links if link.state == PROPOSED]
    open_ = [proposals[key] for key in listed if key not in by_person]
    fitting = [proposal for proposal in open_ if rule.fits(proposal)]
    anew = [proposal for proposal in fitting if proposal.proposal_id not in by_this]
    sayable = [proposal for proposal in anew if not is_protected(casebook, proposal)]
    seen = seen_by(casebook, sayable)
    return _Found(
        seen={key: one for key, one in seen.items() if _fits_kind(rule, one)},
        n_open=len(open_),
        n_protected=len(anew) - len(sayable),
        n_gone=len(sayable) - len(seen),
        n_before=len(fitting) - len(anew),
    )


def _fits_kind(rule: WrittenRule, seen: Seen) -> bool:
    entry = seen[1]
    return rule.fits_kind(None if entry is None else entry.kind)


def _record(
    root: Path, casebook: Casebook, file: RuleFile, seen: dict[str, Seen], *, by: Writing
) -> Entry:
    """Seal the rule and the list of what it judged, each with what was seen, and record them."""
    exhibit = seal_exhibit(root, file.data)
    records = seal_records(root, (_line(*one) for _, one in sorted(seen.items())))
    payload = {
        "rule": rule_id(file.rule.name, exhibit.digest),
        "verdict": file.rule.verdict,
        "reason": file.rule.reason,
        "exhibits": [{"name": file.name, **msgspec.structs.asdict(exhibit)}],
        "records": msgspec.structs.asdict(records),
    }
    traced = last_trace(casebook.entries)
    based_on = () if traced is None else (traced.entry_id,)
    return append_entry(
        root, kind="judgement", payload=payload, actor=by.actor, derived_from=based_on
    )


def _line(proposal: Proposal, entry: object) -> dict[str, object]:
    seen = {"proposal": msgspec.to_builtins(proposal)}
    if entry is not None:
        seen["entry"] = msgspec.to_builtins(entry)
    return {"type": "judgement", "proposal_id": proposal.proposal_id, "seen": seen}


def _changes(
    casebook: Casebook, rule: WrittenRule, written: str, seen: dict[str, Seen], entry: Entry | None
) -> Table:
    judgements = [
        Judgement(
            judgement_id=_NOT_RECORDED if entry is None else ruled_id(entry, key),
            proposal_id=key,
            verdict=rule.verdict,
            reason=rule.reason,
            judged_by=written,
            recorded_at="",
            seq=casebook.at_seq + 1,
            seen=proposal,
        )
        for key, (proposal, _) in sorted(seen.items())
    ]
    if not judgements:
        return Table(name="difference", columns=(), rows=())
    return difference(casebook, conclude_from(with_judgements(casebook, judgements)))


def _table(rule: WrittenRule, seen: dict[str, Seen]) -> Table:
    rows: tuple[dict[str, Cell], ...] = tuple(
        {
            "proposal_id": key,
            "verdict": rule.verdict,
            "probability": proposal.probability,
            "strangers": proposal.strangers,
            "basis": ";".join(proposal.basis),
            "kind": None if entry is None else entry.kind,
        }
        for key, (proposal, entry) in sorted(seen.items())
    )
    return Table(name="judged", columns=JUDGED, rows=rows)

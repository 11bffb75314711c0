"""``headstamp judge --rule``: judges all that a written rule fits, in one entry of the journal."""

from pathlib import Path

import msgspec

from headstamp.actions.rule_file import RuleFile, open_rule
from headstamp.actions.turn import turn_to_write
from headstamp.actions.writing import Writing
from headstamp.casebook.difference import difference
from headstamp.casebook.judgements import rule_id, ruled_id, seen_of
from headstamp.casebook.near import near_items
from headstamp.casebook.opening import Casebook, conclude_from, open_casebook
from headstamp.casebook.proposals import last_trace
from headstamp.casebook.registers import registers
from headstamp.casebook.supposed import Seen, is_protected, seen_by, with_judgements
from headstamp.intake.nearest import nearest
from headstamp.ledger.append import append_entry
from headstamp.ledger.canonical import sha256_hex
from headstamp.ledger.entries import Entry
from headstamp.ledger.seal import seal_exhibit, seal_records
from headstamp.terms.errors import MisuseError, RefusedError
from headstamp.terms.evidence import RULES
from headstamp.terms.link import RULE_PREFIX, Judgement
from headstamp.terms.proposal import PROPOSED, Proposal
from headstamp.terms.register import EntryKind, RegisterEntry
from headstamp.terms.rule import WrittenRule
from headstamp.terms.table import Cell, Table

JUDGED = ("proposal_id", "register", "verdict", "probability", "strangers", "basis", "kind")
_NOT_RECORDED = "j-(not recorded)"


class Ruled(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule judged; ``seq`` is None where nothing was recorded.

    ``n_open`` proposals nobody had judged; of those that it fits it leaves the
    ``n_protected``, the ``n_gone`` whose entry is not there any more, and the ``n_before``
    that it judged once and of which that judgement was withdrawn.
    """

    rule: str
    seq: int | None
    judged: Table
    n_open: int
    n_protected: int
    n_gone: int
    n_before: int
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
        MisuseError: The file is no rule, or is for a register that is not loaded.
        RefusedError: The rule was withdrawn.
    """
    file = open_rule(path)
    rule = rule_id(file.rule.name, sha256_hex(file.data))
    with turn_to_write(root):
        casebook = open_casebook(root, today=by.today)
        _require_in_force(casebook, rule)
        _require_loaded(casebook, file)
        found = _find(casebook, file.rule, rule)
        entry = None
        if found.seen and not by.dry_run:
            entry = _record(root, casebook, file, found.seen, by=by)
        changes = _changes(casebook, file.rule, rule, found.seen, entry)
    return Ruled(
        rule=rule,
        seq=None if entry is None else entry.seq,
        judged=_table(file.rule, found.seen),
        n_open=found.n_open,
        n_protected=found.n_protected,
        n_gone=found.n_gone,
        n_before=found.n_before,
        changes=changes,
    )


def _require_in_force(casebook: Casebook, rule: str) -> None:
    if (RULES, rule.removeprefix(RULE_PREFIX)) in casebook.evidence.withdrawn:
        hint = f"`headstamp restore {rule}` lets it count again; or write another rule"
        raise RefusedError(f"{rule} was withdrawn: what it judges would not count", hint=hint)


def _require_loaded(casebook: Casebook, file: RuleFile) -> None:
    """Refuse a rule for a register that is not there: misspelt, it would judge nothing, quietly."""
    loaded = tuple(registers(casebook))
    for name in file.rule.registers:
        if name not in loaded:
            near = nearest(name, loaded)
            hint = f"is {near} meant? " if near else ""
            hint += f"loaded are: {'  '.join(loaded) or 'none'}"
            message = f"{file.name}: registers: no register {name!r} is loaded"
            raise MisuseError(message, hint=hint)


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
    return rule.fits_kind(_kind_of(seen))


def _kind_of(seen: Seen) -> EntryKind | None:
    """Return the kind of the entry, or of all the rows of a consignment; None where they differ."""
    kinds = {entry.kind for entry in seen[1]}
    return kinds.pop() if len(kinds) == 1 else None


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


def _line(proposal: Proposal, entries: tuple[RegisterEntry, ...]) -> dict[str, object]:
    seen = msgspec.to_builtins(seen_of(proposal, entries))
    return {"type": "judgement", "proposal_id": proposal.proposal_id, "seen": seen}


def _changes(
    casebook: Casebook, rule: WrittenRule, written: str, seen: dict[str, Seen], entry: Entry | None
) -> Table:
    """Return what changes by these judgements; nothing but the items judged is derived for it."""
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
    part = near_items(casebook, _ends(seen))
    changes = difference(part, conclude_from(with_judgements(part, judgements)))
    return msgspec.structs.replace(changes, rows=tuple(filter(_is_change, changes.rows)))


def _ends(seen: dict[str, Seen]) -> set[str]:
    """Return the items that are judged, and the items and consignments that they are tied to."""
    tied = {one.other_id for one, _ in seen.values() if not one.register}
    return {one.item_id for one, _ in seen.values()} | tied


def _is_change(row: dict[str, Cell]) -> bool:
    """Whether something changes; that an entry is named by a judgement now is none."""
    return row["change"] != "stands" and row["kind"] != "entry"


def _table(rule: WrittenRule, seen: dict[str, Seen]) -> Table:
    rows: tuple[dict[str, Cell], ...] = tuple(
        {
            "proposal_id": key,
            "register": proposal.register or None,
            "verdict": rule.verdict,
            "probability": proposal.probability,
            "strangers": proposal.strangers,
            "basis": ";".join(proposal.basis),
            "kind": _kind_of((proposal, entries)),
        }
        for key, (proposal, entries) in sorted(seen.items())
    )
    return Table(name="judged", columns=JUDGED, rows=rows)

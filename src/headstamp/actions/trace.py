"""``headstamp trace``: proposes links, derives chains and findings, and journals by what."""

from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import msgspec

from headstamp import __version__
from headstamp.actions.settings import read_settings
from headstamp.actions.turn import turn_to_write
from headstamp.actions.writing import Writing
from headstamp.casebook.collecting import not_collecting
from headstamp.casebook.near import keep_rows
from headstamp.casebook.opening import Casebook, open_casebook
from headstamp.casebook.proposals import proposal_line
from headstamp.casebook.proposing import propose_links
from headstamp.ledger.append import append_entry
from headstamp.ledger.canonical import canonical_json, sha256_hex
from headstamp.ledger.entries import Entry
from headstamp.ledger.seal import seal_records
from headstamp.reference.tables import table_bytes
from headstamp.reference.weights import Weights, weights_with
from headstamp.terms.proposal import PROPOSED, Proposal

SOFTWARE = f"headstamp/{__version__}"
LIKELY = 0.9
"""From where a proposal is counted as likely when it is told how many there are."""
_RULES = ("custody", "linkage", "marks")


class Proposed(msgspec.Struct, frozen=True, kw_only=True):
    """How many links are proposed of one kind, or with one register, and how many are likely."""

    other_kind: str
    register: str
    n: int
    n_likely: int


class Traced(msgspec.Struct, frozen=True, kw_only=True):
    """What was derived; ``seq`` is None where nothing had changed since entry ``same_as``."""

    seq: int | None = None
    same_as: int | None = None
    n_subjects: int
    n_accounts: int
    n_gaps: int
    n_findings: int
    n_links: int
    n_proposed: int
    n_issues: int
    proposed: tuple[Proposed, ...]


def trace(root: Path, *, by: Writing) -> Traced:
    """Propose links, derive everything once, and journal with what; idempotent.

    Proposals are sealed, so that a judgement can be held against what was proposed.
    Conclusions are never journalled: they are derived on reading. The entry says which rows
    (``head``), which software, which tables, which rules and which weights.

    Raises:
        NoCasebookError: The folder holds none.
        SettingError: A weight of the user's own is odd.
        BrokenJournalError: A file of a register is missing or was changed.
        StorageError: The medium refuses.
    """
    own = read_settings(root).weights
    with turn_to_write(root), not_collecting():
        casebook = open_casebook(root, today=by.today)
        weights = weights_with(own)
        payload = _payload(casebook, weights)
        same = _same_trace(casebook.entries[-1], payload)
        if same is not None:
            return same
        proposals = propose_links(casebook, by=weights)
        traced = _traced(casebook, proposals)
        if not by.dry_run:
            payload["counts"] = msgspec.to_builtins(traced)
            payload["records"] = _sealed(root, proposals)
            entry = append_entry(root, kind="trace", payload=payload, actor=by.actor)
            traced = msgspec.structs.replace(traced, seq=entry.seq)
            keep_rows(casebook)  # So that nobody waits who asks for one item next.
    return traced


def _payload(casebook: Casebook, weights: Weights) -> dict[str, object]:
    tables = {name: sha256_hex(data) for name, data in table_bytes().items()}
    used = {name: str(value) for name, value in msgspec.structs.asdict(weights).items()}
    return {
        "head": casebook.at_seq,
        "software": SOFTWARE,
        "reference_digest": sha256_hex(canonical_json(tables)),
        "rules_digest": _rules_digest(),
        "weights_digest": sha256_hex(canonical_json(used)),
        "records": None,
    }


def _sealed(root: Path, proposals: Sequence[Proposal]) -> dict[str, object] | None:
    if not proposals:
        return None
    return msgspec.structs.asdict(seal_records(root, map(proposal_line, proposals)))


def _rules_digest() -> str:
    """Return the digest of the code that proposes and derives: the rules as they are run."""
    files = sorted(
        (f"{room}/{entry.name}", sha256_hex(entry.read_bytes()))
        for room in _RULES
        for entry in resources.files(f"headstamp.{room}").iterdir()
        if entry.name.endswith(".py")
    )
    return sha256_hex(canonical_json([list(file) for file in files]))


def _same_trace(last: Entry, payload: dict[str, object]) -> Traced | None:
    """Return what the last entry counted if it is this very trace, nothing having come after."""
    content = last.content() if last.kind == "trace" else {}
    told = {name: cell for name, cell in payload.items() if name not in {"head", "records"}}
    if "counts" not in content or any(content[name] != cell for name, cell in told.items()):
        return None
    return msgspec.structs.replace(msgspec.convert(content["counts"], Traced), same_as=last.seq)


def _traced(casebook: Casebook, proposals: Sequence[Proposal]) -> Traced:
    conclusions = casebook.conclusions
    accounts = [one for told in conclusions.accounts.values() for one in told]
    decided = {one.proposal_id for one in conclusions.links if one.state != PROPOSED}
    proposed = {one.proposal_id for one in proposals} - decided
    return Traced(
        n_subjects=sum(bool(told) for told in conclusions.accounts.values()),
        n_accounts=len(accounts),
        n_gaps=sum(leg.is_gap for account in accounts for leg in account.legs),
        n_findings=len(conclusions.findings),
        n_links=len(decided) + len(proposed),
        n_proposed=len(proposed),
        n_issues=sum(issue.severity != "note" for issue in conclusions.issues),
        proposed=_counted(proposals),
    )


def _counted(proposals: Sequence[Proposal]) -> tuple[Proposed, ...]:
    """Return how many links are proposed, registers by name, then consignments, then items."""
    by_kind: dict[tuple[bool, str, str], list[Proposal]] = {}
    for one in proposals:
        by_kind.setdefault((not one.register, one.other_kind, one.register), []).append(one)
    return tuple(
        Proposed(
            other_kind=kind,
            register=register,
            n=len(some),
            n_likely=sum(float(one.probability) >= LIKELY for one in some),
        )
        for (_, kind, register), some in sorted(by_kind.items())
    )

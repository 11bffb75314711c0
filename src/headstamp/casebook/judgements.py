"""What was judged, by whom, and what did the judge see? One by one, or by a written rule."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from headstamp.casebook.recorded import SealedExhibit, SealedLines
from headstamp.ledger.entries import Entry
from headstamp.ledger.seal import read_lines
from headstamp.terms.link import RULE_PREFIX, Judgement
from headstamp.terms.proposal import Proposal
from headstamp.terms.register import RegisterEntry

_N_ID = 12
_N_RULE = 12


class Seen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a judge saw of a proposal: a copy of it, and of the entry where it is of one.

    ``entries``: of the rows of a register's consignment one of which the item may be. Of a
    link that a package brought: what was in force, on what basis and why.
    """

    proposal: Proposal | None = None
    entry: RegisterEntry | None = None
    entries: tuple[RegisterEntry, ...] = ()
    state: str | None = None
    basis: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def all_entries(self) -> tuple[RegisterEntry, ...]:
        """The one entry, or the several."""
        return self.entries if self.entry is None else (self.entry, *self.entries)


def seen_of(proposal: Proposal, entries: tuple[RegisterEntry, ...]) -> Seen:
    """Return what is recorded of a proposal and its entries."""
    if proposal.is_of_batch:
        return Seen(proposal=proposal, entries=entries)
    return Seen(proposal=proposal, entry=entries[0] if entries else None)


class RuledLine(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="judgement"):
    """One line of the sealed list of what a written rule judged."""

    proposal_id: str
    seen: Seen


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """The payload of an entry in which a written rule judged: all of one run.

    ``rule`` is ``rule:NAME@DIGEST``; its file is the exhibit.
    """

    rule: str
    verdict: str
    reason: str
    records: SealedLines
    exhibits: tuple[SealedExhibit, ...] = ()


_LINES = msgspec.json.Decoder(RuledLine)


def read_judgements(root: Path, entries: Iterable[Entry]) -> tuple[Judgement, ...]:
    """Return all judgements in the order in which they were made.

    Raises:
        BrokenJournalError: The sealed list of a rule is not what was sealed.
    """
    found: list[Judgement] = []
    for entry in entries:
        content = entry.content()
        found += _ruled(root, entry, content) if "rule" in content else (_judged(entry, content),)
    return tuple(found)


def ruling_of(entry: Entry) -> Ruling | None:
    """Return what an entry says in which a rule judged; None where a person did."""
    content = entry.content()
    return msgspec.convert(content, Ruling) if "rule" in content else None


def seen_in(root: Path, entry: Entry, judgement: Judgement) -> Seen:
    """Return what was seen when a judgement was made, out of the entry that records it.

    Raises:
        BrokenJournalError: The sealed list of a rule is not what was sealed.
    """
    content = entry.content()
    if "rule" not in content:
        return msgspec.convert(content.get("seen") or {}, Seen)
    lines = _lines_of(root, msgspec.convert(content, Ruling))
    return next(line.seen for line in lines if line.proposal_id == judgement.proposal_id)


def judgement_id(entry: Entry) -> str:
    """Return the id of the one judgement that an entry records."""
    return f"j-{entry.hash[:_N_ID]}"


def ruled_id(entry: Entry, proposal_id: str) -> str:
    """Return the id of one judgement of many that an entry records."""
    return f"j-{hashlib.sha256(f'{entry.hash}|{proposal_id}'.encode()).hexdigest()[:_N_ID]}"


def rule_id(name: str, digest: str) -> str:
    """Return how a rule is written: its name, and what its file said when it was applied."""
    return f"{RULE_PREFIX}{name}@{digest[:_N_RULE]}"


def _judged(entry: Entry, content: dict[str, Any]) -> Judgement:
    seen = msgspec.convert(content.get("seen") or {}, Seen)
    fields = {
        "judgement_id": judgement_id(entry),
        "proposal_id": content["proposal_id"],
        "verdict": content["verdict"],
        "reason": content["reason"],
        "judged_by": entry.actor,
        "recorded_at": entry.recorded_at,
        "seq": entry.seq,
        "seen": seen.proposal,
    }
    return msgspec.convert(fields, Judgement)


def _ruled(root: Path, entry: Entry, content: dict[str, Any]) -> Iterable[Judgement]:
    ruling = msgspec.convert(content, Ruling)
    for line in _lines_of(root, ruling):
        yield Judgement(
            judgement_id=ruled_id(entry, line.proposal_id),
            proposal_id=line.proposal_id,
            verdict=ruling.verdict,  # type: ignore[arg-type]  # the rule's was checked
            reason=ruling.reason,
            judged_by=ruling.rule,
            recorded_at=entry.recorded_at,
            seq=entry.seq,
            seen=line.seen.proposal,
        )


def _lines_of(root: Path, ruling: Ruling) -> Iterable[RuledLine]:
    sealed = ruling.records
    return read_lines(root, sealed.stored_digest, plain_digest=sealed.plain_digest, decoder=_LINES)

"""What does the machine propose? The sealed proposals of the last trace."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

import msgspec

from headstamp.casebook.decisions import Decisions
from headstamp.casebook.recorded import Intake, SealedLines
from headstamp.casebook.registers import registers
from headstamp.ledger.entries import Entry
from headstamp.ledger.seal import read_lines
from headstamp.terms.proposal import Proposal

TRACE = "trace"
NONE = "none"


class Traced(Protocol):
    """What a casebook has that was traced."""

    @property
    def root(self) -> Path:
        """Its folder."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Its journal, as far as it was read."""

    @property
    def intakes(self) -> dict[int, Intake]:
        """What came in."""

    @property
    def decisions(self) -> Decisions:
        """What people decided."""


_LINES = msgspec.json.Decoder(Proposal)


def proposal_line(proposal: Proposal) -> dict[str, Any]:
    """Return the line under which a proposal is sealed."""
    return {"type": "proposal", **msgspec.to_builtins(proposal)}


def proposals_on(casebook: Traced, *, of: Iterable[str] | None = None) -> dict[str, Proposal]:
    """Return the proposals of the last trace by id, without those of registers no longer there.

    Args:
        of: Items; only lines that name one of them are read. None: all are.

    Raises:
        BrokenJournalError: They are missing, or are not what was sealed.
    """
    sealed = _last_sealed(casebook.entries)
    items = None if of is None else tuple(of)
    if sealed is None or items == ():
        return {}
    lines = read_lines(
        casebook.root,
        sealed.stored_digest,
        plain_digest=sealed.plain_digest,
        decoder=_LINES,
        only=[b'"item_id":%s' % msgspec.json.encode(one) for one in items or ()],
    )
    standing = _standing_registers(casebook)
    found = (one for one in lines if not one.register or one.register in standing)
    return {proposal.proposal_id: proposal for proposal in found}


def proposals_digest(entries: tuple[Entry, ...]) -> str:
    """Return the digest of what the last trace proposed: tables that show it depend on it."""
    sealed = _last_sealed(entries)
    return NONE if sealed is None else sealed.stored_digest


def last_trace(entries: tuple[Entry, ...]) -> Entry | None:
    """Return the entry of the last trace."""
    return next((entry for entry in reversed(entries) if entry.kind == TRACE), None)


def _last_sealed(entries: tuple[Entry, ...]) -> SealedLines | None:
    entry = last_trace(entries)
    records = entry.content().get("records") if entry is not None else None
    return None if records is None else msgspec.convert(records, SealedLines)


def _standing_registers(casebook: Traced) -> set[str]:
    """Return the registers of which some part stands whose source was not withdrawn."""
    withdrawn = casebook.decisions.withdrawn
    return {
        name
        for name, parts in registers(casebook).items()
        if any(("sources", part.source_id) not in withdrawn for part in parts)
    }

"""What would follow if this were judged too? The evidence with judgements that nobody recorded."""

from collections.abc import Iterable, Sequence

import msgspec

from headstamp.casebook.judged_entries import judged_entries
from headstamp.casebook.opening import Casebook
from headstamp.casebook.protection import veil_of
from headstamp.casebook.registers import entries_named
from headstamp.terms.evidence import Evidence
from headstamp.terms.link import Judgement
from headstamp.terms.proposal import Proposal
from headstamp.terms.register import RegisterEntry

Seen = tuple[Proposal, RegisterEntry | None]
"""What a judge sees of a proposal: itself, and the entry where it is of one."""


def with_judgements(casebook: Casebook, judgements: Sequence[Judgement]) -> Evidence:
    """Return the evidence as it would be with more judgements, the last made being in force.

    Raises:
        BrokenJournalError: A file of a register that they name is missing or was changed.
    """
    evidence = casebook.evidence
    judged = judged_entries(casebook, judgements, (), evidence.parties)
    return msgspec.structs.replace(
        evidence,
        judgements=(*evidence.judgements, *judgements),
        entries=evidence.entries | judged.entries,
    )


def seen_by(casebook: Casebook, proposals: Iterable[Proposal]) -> dict[str, Seen]:
    """Return, by proposal id, what a judge sees; left out are those whose entry is not there.

    Raises:
        BrokenJournalError: A file of a register that they name is missing or was changed.
    """
    wanted: dict[str, list[Proposal]] = {}
    for proposal in proposals:
        is_entry = proposal.other_kind == "register_entry"
        wanted.setdefault(proposal.register if is_entry else "", []).append(proposal)
    found: dict[str, Seen] = {}
    for register, named in wanted.items():
        ids = [proposal.other_id for proposal in named]
        entries = entries_named(casebook, register, ids) if register else {}
        for proposal in named:
            if not register:
                found[proposal.proposal_id] = (proposal, None)
            elif proposal.other_id in entries:
                found[proposal.proposal_id] = (proposal, entries[proposal.other_id][1])
    return found


def is_protected(casebook: Casebook, proposal: Proposal) -> bool:
    """Whether a proposal tells of a protected row: a judgement would write it into the open."""
    atoms = {f"item:{proposal.item_id}", f"{proposal.other_kind}:{proposal.other_id}"}
    return veil_of(casebook).touches([atoms | set(proposal.rests_on)])

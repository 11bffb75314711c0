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

Seen = tuple[Proposal, tuple[RegisterEntry, ...]]
"""What a judge sees of a proposal: itself, and the entry, or entries, that it is of."""


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
    """Return, by proposal id, what a judge sees; left out are those of which an entry is gone.

    Raises:
        BrokenJournalError: A file of a register that they name is missing or was changed.
    """
    wanted: dict[str, list[Proposal]] = {}
    for proposal in proposals:
        wanted.setdefault(proposal.register, []).append(proposal)
    found: dict[str, Seen] = {}
    for register, named in wanted.items():
        ids = [entry_id for proposal in named for entry_id in proposal.entry_ids]
        entries = entries_named(casebook, register, ids) if register else {}
        for proposal in named:
            held = tuple(entries[one][1] for one in proposal.entry_ids if one in entries)
            if len(held) == len(proposal.entry_ids) and (held or not register):
                found[proposal.proposal_id] = (proposal, held)
    return found


def is_protected(casebook: Casebook, proposal: Proposal) -> bool:
    """Whether a proposal tells of a protected row: a judgement would write it into the open."""
    atoms = {f"item:{proposal.item_id}", f"{proposal.other_kind}:{proposal.other_id}"}
    return veil_of(casebook).touches([atoms | set(proposal.rests_on)])

"""Which links does the machine propose on what stands now? For `trace`, and for one item."""

from collections.abc import Sequence

from headstamp.casebook.describing import are_compatible
from headstamp.casebook.opening import Casebook
from headstamp.casebook.probing import held_on, probes_on
from headstamp.linkage.held import HeldRegister
from headstamp.linkage.propose import propose
from headstamp.linkage.variants import Question
from headstamp.reference.weights import Weights
from headstamp.terms.proposal import Proposal


def propose_links(casebook: Casebook, *, by: Weights) -> tuple[Proposal, ...]:
    """Return every proposal, registers by name, then lines of packages, then items.

    Raises:
        BrokenJournalError: A file of a register is missing or was changed.
    """
    question = Question(probes_on(casebook))
    return tuple(
        one
        for register in held_on(casebook, question.probes)
        for one in proposals_in(question, register, by)
    )


def proposals_in(question: Question, register: HeldRegister, by: Weights) -> tuple[Proposal, ...]:
    """Return the proposals in one register; of two items each pair once."""
    found = propose(question, register, by=by, near=are_compatible)
    return _pairs(found) if register.other_kind == "item" else found


def _pairs(found: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """Return each pair of items once, the smaller id first, with the lower probability."""
    pairs: dict[tuple[str, str], Proposal] = {}
    for one in found:
        key = (min(one.item_id, one.other_id), max(one.item_id, one.other_id))
        known = pairs.get(key)
        if known is None or float(one.probability) < float(known.probability):
            pairs[key] = one
    return tuple(pairs[key] for key in sorted(pairs))

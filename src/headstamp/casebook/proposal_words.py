"""How is it said why a link is proposed? Bits and words, what it would rest on, and where."""

from collections.abc import Iterator

from headstamp.casebook.atoms import named_of_atom, row_lines
from headstamp.casebook.judged_entries import recorded_entry, whereabouts_of
from headstamp.casebook.lines import Line
from headstamp.casebook.opening import Casebook
from headstamp.casebook.registers import entries_named
from headstamp.casebook.words import entry_words
from headstamp.terms.conclusions import LinkState
from headstamp.terms.evidence import ATOM_PREFIXES, ENTRIES
from headstamp.terms.proposal import Proposal

BASES = {
    "same_serial": "same maker and serial, all read in full",
    "same_serial_read": "the same serial after allowing for what could not be read for sure",
    "in_line": "a line names this serial, or a range that holds it",
    "same_lot": "same maker and lot: an indication of membership in a consignment, no more",
}
_NOTHING = "nobody has judged it, so nothing crosses it and nothing rests on it"


def proposal_of(casebook: Casebook, link: LinkState) -> Proposal | None:
    """Return what the machine proposes of a link, else what its judge saw of it."""
    proposal = casebook.evidence.proposals.get(link.proposal_id)
    if proposal is not None:
        return proposal
    judged = (one for one in casebook.evidence.judgements if one.proposal_id == link.proposal_id)
    return next((one.seen for one in judged if one.seen is not None), None)


def proposal_lines(casebook: Casebook, proposal: Proposal, *, is_open: bool) -> Iterator[Line]:
    """Yield how the probability came about, and what the link rests on or would rest on.

    Args:
        is_open: Nobody has judged it.
    """
    for basis in proposal.basis:
        yield Line(level=1, text=f"basis {basis}: {BASES.get(basis, basis)}")
    yield Line(
        level=1,
        text=f"probability {proposal.probability} of {proposal.item_id} and "
        f"{proposal.other_kind.replace('_', ' ')} {proposal.other_id}; "
        f"{proposal.strangers} strangers would match as well by chance",
    )
    for weight in proposal.weights:
        bits = f"{weight.bits} bits: " if weight.bits else ""
        yield Line(level=2, text=f"{bits}{weight.words}")
    yield Line(level=2, text=f"{proposal.weight_bits} bits in all, before what follows the sum")
    if not is_open:
        return
    yield Line(level=1, text="it would rest on:")
    for atom in proposal.rests_on:
        yield from _atom_lines(casebook, proposal, atom)
    yield Line(level=1, text=_NOTHING)


def _atom_lines(casebook: Casebook, proposal: Proposal, atom: str) -> Iterator[Line]:
    """Yield one atom; an entry that nobody judged is read from its register."""
    named = named_of_atom(casebook, atom)
    if named.table != ENTRIES or named.row_id in casebook.evidence.rows(ENTRIES):
        yield from row_lines(casebook, named, level=2)
        return
    entry_id = atom.removeprefix(f"{ATOM_PREFIXES[ENTRIES]}{proposal.register}:")
    found = entries_named(casebook, proposal.register, [entry_id])
    if entry_id not in found:
        yield Line(level=2, id=atom, text="(no entry on record)")
        return
    part, entry = found[entry_id]
    where = whereabouts_of(part, entry)
    yield Line(
        level=2,
        id=atom,
        text=entry_words(recorded_entry(part, entry, {})),
        file=where.file,
        row_number=where.row,
        exhibit=where.exhibit,
    )

"""How is it said why a link is proposed? Bits and words, what it would rest on, and where."""

from collections.abc import Iterator

from headstamp.casebook.atoms import named_of_atom, row_lines
from headstamp.casebook.judged_entries import as_written, whereabouts_of
from headstamp.casebook.lines import Line
from headstamp.casebook.opening import Casebook
from headstamp.casebook.registers import RegisterPart, entries_named
from headstamp.casebook.words import entry_words
from headstamp.terms.conclusions import LinkState
from headstamp.terms.evidence import ATOM_PREFIXES, ENTRIES, atom_id
from headstamp.terms.proposal import Proposal
from headstamp.terms.register import RegisterEntry

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
        text=f"probability {proposal.probability}; {proposal.strangers} "
        f"{'stranger' if proposal.strangers == '1' else 'strangers'} would match as well by chance",
    )
    for weight in proposal.weights:
        bits = f"{weight.bits} bits: " if weight.bits else ""
        yield Line(level=2, text=f"{bits}{weight.words}")
    yield Line(level=2, text=f"{proposal.weight_bits} bits in all, before what follows the sum")
    if not is_open:
        return
    yield Line(level=1, text="it would rest on:")
    held = entries_named(casebook, proposal.register, proposal.entry_ids)
    entries = {atom_id(ENTRIES, f"{proposal.register}:{one}"): found for one, found in held.items()}
    for atom in proposal.rests_on:
        if atom in entries:
            yield _entry_line(casebook, atom, *entries[atom])
        else:
            yield from row_lines(casebook, named_of_atom(casebook, atom), level=2)
    yield Line(level=1, text=_NOTHING)


def _entry_line(casebook: Casebook, atom: str, part: RegisterPart, entry: RegisterEntry) -> Line:
    """Return an entry as its register has it, whether or not a judgement of another names it."""
    where = whereabouts_of(part, entry)
    is_gone = (ENTRIES, atom.removeprefix(ATOM_PREFIXES[ENTRIES])) in casebook.evidence.withdrawn
    words = entry_words(as_written(entry))
    return Line(
        level=2,
        id=atom,
        text=f"(no longer counts) {words}" if is_gone else words,
        file=where.file,
        row_number=where.row,
        exhibit=where.exhibit,
    )

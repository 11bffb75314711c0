"""What did a judge see, and where would the judge see something else today?"""

from collections.abc import Iterator

from headstamp.casebook.judged_entries import as_written
from headstamp.casebook.judgements import Seen, seen_in
from headstamp.casebook.lines import Line
from headstamp.casebook.opening import Casebook
from headstamp.casebook.words import entry_words
from headstamp.terms.evidence import ATOM_PREFIXES, ENTRIES
from headstamp.terms.link import Judgement
from headstamp.terms.proposal import Proposal
from headstamp.terms.register import RegisterEntry

_OF_PROPOSAL = ("basis", "probability", "strangers", "weight_bits", "rests_on")
_OF_ENTRY = tuple(
    field for field in RegisterEntry.__struct_fields__ if field not in {"register", "entry_id"}
)


def seen_lines(casebook: Casebook, judgement_id: str) -> Iterator[Line]:
    """Yield what was seen when it was judged: the proposal and entries, then what differs now.

    Of a link that a package brought: what was in force of it then.
    """
    judgement = next(j for j in casebook.judgements if j.judgement_id == judgement_id)
    entry = next(one for one in casebook.entries if one.seq == judgement.seq)
    seen = seen_in(casebook.root, entry, judgement)
    yield Line(level=1, id=judgement.proposal_id, text="is what it is of; then was seen:")
    if seen.state is not None:
        said = [f"a package's link, {seen.state}", *seen.basis, seen.reason or ""]
        yield Line(level=2, text="; ".join(one for one in said if one))
    if seen.proposal is not None:
        yield from _proposal_lines(casebook, judgement, seen.proposal)
    yield from _entry_lines(casebook, seen)


def _proposal_lines(casebook: Casebook, judgement: Judgement, proposal: Proposal) -> Iterator[Line]:
    yield Line(
        level=2,
        text=f"basis {', '.join(proposal.basis)}; probability {proposal.probability}; "
        f"{proposal.strangers} strangers would match as well by chance; "
        f"{proposal.weight_bits} bits in all",
    )
    for weight in proposal.weights:
        bits = f"{weight.bits} bits: " if weight.bits else ""
        yield Line(level=3, text=f"{bits}{weight.words}")
    today = casebook.evidence.proposals.get(judgement.proposal_id)
    if today is None:
        yield Line(level=3, text="today nothing proposes it")
    else:
        yield from _differing(proposal, today, _OF_PROPOSAL)


def _entry_lines(casebook: Casebook, seen: Seen) -> Iterator[Line]:
    """Yield every entry as it was, and where the one that is on record says something else."""
    for entry in seen.all_entries:
        key = f"{entry.register}:{entry.entry_id}"
        yield Line(
            level=2,
            id=ATOM_PREFIXES[ENTRIES] + key,
            text=entry_words(as_written(entry)),
            file=entry.file,
            row_number=entry.row,
        )
        today = casebook.evidence.entries.get(key)
        if today is None:
            yield Line(level=3, text="today the register has no such entry")
            continue
        if (ENTRIES, key) in casebook.evidence.withdrawn:
            yield Line(level=3, text="today it is withdrawn")
        yield from _differing(entry, today.written, _OF_ENTRY)


def _differing(then: object, now: object, fields: tuple[str, ...]) -> Iterator[Line]:
    for field in fields:
        was, is_ = getattr(then, field), getattr(now, field)
        if was != is_:
            text = f"today its {field} is {_plain(is_)}; then it was {_plain(was)}"
            yield Line(level=3, text=text)


def _plain(cell: object) -> str:
    if isinstance(cell, tuple):
        return ", ".join(map(str, cell)) or "empty"
    return "empty" if cell is None else str(cell)

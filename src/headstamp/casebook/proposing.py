"""Which links does the machine propose on what stands now? For `trace`, and for one item."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import msgspec

from headstamp.casebook.collecting import not_collecting
from headstamp.casebook.describing import are_compatible
from headstamp.casebook.environment import software_digest
from headstamp.casebook.identification import withdrawn_reference
from headstamp.casebook.opening import Casebook
from headstamp.casebook.probing import held_on, held_register, party_names, probes_on
from headstamp.casebook.registers import parts_of, registers, unchanged_meanwhile
from headstamp.casebook.rivals_kept import Found, KeptRivals
from headstamp.engines.duckdb import parquet_trouble
from headstamp.ledger.canonical import canonical_json, sha256_hex
from headstamp.linkage.gathering import Weighing
from headstamp.linkage.held import HeldRegister, sieve_of
from headstamp.linkage.probes import Probe
from headstamp.linkage.propose import find_rivals, proposals_of
from headstamp.linkage.variants import Question
from headstamp.reference.tables import own_bytes
from headstamp.reference.weights import Weights
from headstamp.terms.proposal import Proposal


def propose_links(casebook: Casebook, *, by: Weights) -> tuple[Proposal, ...]:
    """Return every proposal, registers by name, then lines of packages, then items.

    Only items that are new, or read otherwise, since a register was last asked are looked up
    in it; the rest is kept in ``derived/``. What comes out is the same.

    Raises:
        BrokenJournalError: A file of a register is missing or was changed, also meanwhile.
    """
    parts = [part for some in registers(casebook).values() for part in some]
    files = [casebook.root / file.path for part in parts for file in part.files.values()]
    with not_collecting(), ExitStack() as stack:
        for part in parts:
            stack.enter_context(unchanged_meanwhile(casebook.root, part))
        with parquet_trouble(files):
            return _propose(casebook, by)


class Desk:
    """One loaded register, of which one item after the other is asked.

    What is needed of the register is read once; then an answer takes milliseconds, however
    many rows it has. The share of items on record is the weights' own: one item tells none.
    """

    def __init__(self, casebook: Casebook, name: str, *, by: Weights) -> None:
        """Open a register.

        Raises:
            UnknownIdError: No register of this name is loaded.
            BrokenJournalError: A file is missing or was changed.
        """
        self._register = held_register(casebook, name)
        self._weighing = Weighing(self._register, by, are_compatible)

    def proposals(self, probe: Probe) -> tuple[Proposal, ...]:
        """Return what is proposed for one item."""
        question = Question([probe], sieve=self._register.sieve)
        rivals = find_rivals(question, self._weighing, self._register.asking)
        return proposals_of(rivals, self._register, n_items=1, by=self._weighing.by)


def _propose(casebook: Casebook, by: Weights) -> tuple[Proposal, ...]:
    probes = probes_on(casebook)
    asked = tuple(held_on(casebook, probes))
    question = Question(probes, sieve=sieve_of(asked))
    found: list[Proposal] = []
    with ThreadPoolExecutor(max_workers=1) as beside:
        # Arithmetic on large arrays, which lets others run: begun now, wanted later.
        beside.submit(lambda: question.nearby)
        for register in asked:
            rivals = _rivals(casebook, question, register, by)
            proposed = proposals_of(rivals, register, n_items=len(question.probes), by=by)
            found += _pairs(proposed) if register.other_kind == "item" else proposed
    return tuple(found)


def _rivals(casebook: Casebook, question: Question, register: HeldRegister, by: Weights) -> Found:
    if not register.name:
        return _found(question, register, by)
    kept = KeptRivals(casebook.root, register.name, _key(casebook, register.name, by))
    known = kept.known(question)
    others = question.without(known)
    found = known | _found(others, register, by) if others.probes else known
    kept.keep(found)
    return {item_id: some for item_id, some in found.items() if some}


def _found(question: Question, register: HeldRegister, by: Weights) -> Found:
    return find_rivals(question, Weighing(register, by, are_compatible), register.asking)


def _key(casebook: Casebook, name: str, by: Weights) -> str:
    """Return the digest of all that what comes into question follows from, but the items."""
    files = [[file.digest for file in part.files.values()] for part in parts_of(casebook, name)]
    withdrawn = sorted(i for table, i in casebook.decisions.withdrawn if table == "sources")
    own = {table: sha256_hex(data) for table, data in sorted(own_bytes().items())}
    rests_on = [
        software_digest(),
        files,
        withdrawn,
        own,
        sorted(withdrawn_reference(casebook)),
        party_names(casebook),
        {field: str(value) for field, value in msgspec.structs.asdict(by).items()},
    ]
    return sha256_hex(canonical_json(rests_on))


def _pairs(found: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """Return each pair of items once, the smaller id first, with the lower probability.

    Which of the two was looked for must not show in the id, or it would change with the data.
    """
    pairs: dict[tuple[str, str], Proposal] = {}
    for one in found:
        key = (min(one.item_id, one.other_id), max(one.item_id, one.other_id))
        known = pairs.get(key)
        if known is None or float(one.probability) < float(known.probability):
            pairs[key] = one
    return tuple(
        msgspec.structs.replace(pairs[key], item_id=key[0], other_id=key[1])
        for key in sorted(pairs)
    )

"""What is a proposal? The machine's word that two records may be of one thing, with its reasons."""

from typing import Literal

import msgspec

PROPOSED = "proposed"
"""The state of a link that the machine proposes and nobody has judged."""

OtherKind = Literal["item", "consignment", "register_entry", "event"]


class Weight(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the sum that a probability comes from: bits for it, or against it."""

    bits: str
    words: str


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """One link that somebody may judge; until then it carries nothing.

    ``probability`` and ``strangers`` are decimal texts; ``strangers``: how many entries
    would match as well by chance. ``weights`` sum to ``weight_bits``, the log2 of the odds
    before the cap of the reading is applied, which the last of them words. ``rests_on``
    are the atoms that the link would rest on: a mark, and an entry or a line.
    """

    item_id: str
    other_kind: OtherKind
    register: str
    other_id: str
    probability: str
    weight_bits: str
    basis: tuple[str, ...]
    strangers: str
    weights: tuple[Weight, ...]
    rests_on: tuple[str, ...] = ()

    @property
    def proposal_id(self) -> str:
        """``link:ITEM:KIND:OTHER``; of a register's record OTHER is ``REGISTER:ID``."""
        return f"link:{self.item_id}:{self.other_kind}:{self.other_key}"

    @property
    def other_key(self) -> str:
        """The id of the other record, told apart from those of other registers."""
        return f"{self.register}:{self.other_id}" if self.register else self.other_id

    @property
    def is_of_batch(self) -> bool:
        """Whether it is of a register's consignment: which row of it is meant cannot be told."""
        return self.other_kind == "consignment" and bool(self.register)

    @property
    def entry_ids(self) -> tuple[str, ...]:
        """The entries of the register that the item may be of: one, or rows of a consignment."""
        if self.other_kind == "register_entry":
            return (self.other_id,)
        before = f"entry:{self.register}:"
        named = [atom for atom in self.rests_on if self.register and atom.startswith(before)]
        return tuple(atom.removeprefix(before) for atom in named)

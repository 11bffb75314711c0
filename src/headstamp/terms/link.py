"""What is a link? A judgement that two records are of one thing, or belong together."""

from typing import Literal

import msgspec

from headstamp.terms.dates import DateSpan
from headstamp.terms.proposal import OtherKind, Proposal
from headstamp.terms.row import Row

LinkVerdict = Literal["same", "not_same", "part_of", "same_lot", "same_supply", "unsure"]

RULE_PREFIX = "rule:"
"""How whoever judged is written where a written rule did: ``rule:NAME@DIGEST``."""

CUSTODY_VERDICTS: frozenset[str] = frozenset({"same", "part_of"})
"""Verdicts through which custody passes; the others are shown and carry none."""

INDICATION_BASES: frozenset[str] = frozenset(
    {"same_lot", "sister_lot", "near_serial", "same_packing"}
)
"""Bases of membership that never give more than an indication (REASONING.md section 4)."""


class Link(Row, frozen=True, kw_only=True):
    """A judgement that people made before, as a package brings it."""

    item_id: str
    other_kind: OtherKind
    other_id: str
    verdict: LinkVerdict
    basis: tuple[str, ...] = ()
    judged_by: str | None = None
    judged_on: DateSpan | None = None
    reason: str | None = None

    @property
    def proposal_id(self) -> str:
        """``link:ITEM:KIND:OTHER``, the id by which it is judged, withdrawn and explained."""
        return f"link:{self.item_id}:{self.other_kind}:{self.other_id}"


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What a person, or a written rule, decided of one proposal; earlier ones stay readable.

    ``seen`` is what the judge saw of a proposal that the machine made: a copy, whatever
    the machine proposes later. Of a link that a package brought it is None.
    """

    judgement_id: str
    proposal_id: str
    verdict: LinkVerdict
    reason: str
    judged_by: str
    recorded_at: str
    seq: int
    seen: Proposal | None = None

    @property
    def is_by_rule(self) -> bool:
        """Whether a written rule decided, and not a person."""
        return self.judged_by.startswith(RULE_PREFIX)

    @property
    def rule(self) -> str | None:
        """The rule that decided, as ``NAME@DIGEST``; None where a person did."""
        return self.judged_by.removeprefix(RULE_PREFIX) if self.is_by_rule else None

"""What is a written rule? Words in a file by which proposals are judged, where a person says so."""

from decimal import Decimal, InvalidOperation

import msgspec

from headstamp.terms.link import LinkVerdict
from headstamp.terms.proposal import Proposal
from headstamp.terms.register import EntryKind


class WrittenRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule: what it judges, and how. Every condition must hold.

    ``basis``: all bases of the proposal are among these. ``most_strangers``: None is any
    number. ``kinds``: of the entry; none is any kind, and links to items and consignments
    too. ``registers``: none is any.
    """

    name: str
    verdict: LinkVerdict
    reason: str
    basis: tuple[str, ...] = ()
    least_probability: float = 0.0
    most_strangers: float | None = None
    kinds: tuple[EntryKind, ...] = ()
    registers: tuple[str, ...] = ()

    def fits(self, proposal: Proposal) -> bool:
        """Whether the rule judges a proposal, the kind of its entry aside.

        A number that cannot be read fits no rule.
        """
        if not proposal.basis or not set(proposal.basis) <= set(self.basis):
            return False
        if self.registers and proposal.register not in self.registers:
            return False
        if self.kinds and proposal.other_kind != "register_entry":
            return False
        probability, strangers = _number(proposal.probability), _number(proposal.strangers)
        if probability is None or probability < Decimal(str(self.least_probability)):
            return False
        if self.most_strangers is None:
            return True
        return strangers is not None and strangers <= Decimal(str(self.most_strangers))

    def fits_kind(self, kind: EntryKind | None) -> bool:
        """Whether the rule judges entries of this kind."""
        return not self.kinds or kind in self.kinds


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None

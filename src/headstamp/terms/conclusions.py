"""What follows from the evidence? Everything `custody` derives on reading, never journalled."""

from typing import Literal

import msgspec

from headstamp.terms.chain import Account
from headstamp.terms.finding import Finding
from headstamp.terms.grade import Class
from headstamp.terms.issue import Issue

Pathway = Literal[
    "state_supply_direct",
    "sale_or_barter",
    "battlefield_capture",
    "defection_or_merger",
    "surrender",
    "leakage_before_delivery",
    "theft_or_loss_from_stock",
    "commercial_purchase",
    "not_this_chain",
    "unknown",
]
PathwayState = Literal["excluded", "supported", "not_excluded"]

UNDISCLOSED = "undisclosed"
"""The origin of a row whose chain of relays ends with a source that names nobody."""


class Graded(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """How one row is known: ``lineage`` nearest first, its end the ``origin``.

    ``grade`` is the class of REASONING.md section 1; ``is_live`` is false when the row,
    or a source in its lineage, was withdrawn.
    """

    lineage: tuple[str, ...]
    origin: str
    grade: Class
    is_live: bool


class LinkState(msgspec.Struct, frozen=True, kw_only=True):
    """One row of ``headstamp links``, with who decided and why.

    ``state`` is ``proposed`` or the verdict in force; ``atoms`` is what a set holds that
    crosses the link. Of a register's consignment such a set holds one of ``one_of`` too, the
    entries that may be the item. Nothing crosses a link that is not ``is_on_record``: one of
    its ends, or of what it rests on, no longer counts.
    """

    proposal_id: str
    item_id: str
    other_kind: str
    other_id: str
    state: str
    register: str | None = None
    probability: str | None = None
    weight_bits: str | None = None
    basis: tuple[str, ...] = ()
    strangers: str | None = None
    judged_by: str | None = None
    reason: str | None = None
    atoms: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    is_on_record: bool = True

    @property
    def other_key(self) -> str:
        """The id of the other record; of a register ``REGISTER:ID``, as a package writes it."""
        return f"{self.register}:{self.other_id}" if self.register else self.other_id


class PathwayJudged(msgspec.Struct, frozen=True, kw_only=True):
    """One pathway of one diversion: excluded, supported or not excluded, and by what."""

    finding_id: str
    item_id: str
    pathway: Pathway
    state: PathwayState
    why: str = ""
    decided_by: str = ""


class Conclusions(msgspec.Struct, frozen=True, kw_only=True):
    """All that stands: grades by (table, id); accounts by (subject kind, subject id)."""

    graded: dict[tuple[str, str], Graded]
    links: tuple[LinkState, ...]
    accounts: dict[tuple[str, str], tuple[Account, ...]]
    findings: tuple[Finding, ...]
    pathways: tuple[PathwayJudged, ...]
    issues: tuple[Issue, ...] = ()

"""What is a party? A state, body, company or group that may hold an item; never a person."""

from typing import Literal

from headstamp.terms.row import Row

PartyKind = Literal[
    "state",
    "state_body",
    "manufacturer",
    "contractor",
    "broker",
    "distributor",
    "retailer",
    "carrier",
    "non_state_group",
    "unnamed",
    "unknown",
]
STATE_KINDS: frozenset[PartyKind] = frozenset({"state", "state_body"})


class Party(Row, frozen=True, kw_only=True):
    """One party as the sources name it; ``country`` is ISO 3166-1, or 3166-3 of a former state."""

    party_id: str
    name: str | None = None
    kind: PartyKind = "unknown"
    country: str | None = None
    part_of: str | None = None
    aliases: tuple[str, ...] = ()

    @property
    def is_state(self) -> bool:
        """Whether it is a state or a body of one."""
        return self.kind in STATE_KINDS

    @property
    def is_named(self) -> bool:
        """Whether it is one party that somebody named, not a description."""
        return self.kind not in {"unnamed", "unknown"}

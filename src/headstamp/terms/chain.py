"""What is a chain? The legs of one account of how an item travelled, gaps included."""

from typing import Literal

import msgspec

from headstamp.terms.dates import DateSpan
from headstamp.terms.finding import Standing

Dating = Literal["own", "derived", "neighbours", "none"]


class Leg(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One leg, or one gap between the two holders it separates (``is_gap``).

    ``claims`` are the live claims that say it; ``derived`` the ``after_claim`` that the
    date follows from; ``dated`` whose days they are: its own, derived, what its neighbours
    leave, or none; ``standing`` is ``None`` for a gap, which nobody claims.
    """

    item_id: str
    account: int
    leg: int
    verb: str | None = None
    from_party: str | None = None
    via_party: str | None = None
    to_party: str | None = None
    span: DateSpan
    place: str | None = None
    standing: Standing | None = None
    is_gap: bool = False
    claims: tuple[str, ...] = ()
    derived: str | None = None
    note: str = ""
    dated: Dating = "own"


class Account(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One consistent telling of an item's chain; accounts are numbered from 1, best first.

    ``decided_by`` says which claim, from whom, would decide between it and the next.
    ``beside`` lists claims of the linked consignment that reach the item only as *may*.
    """

    item_id: str
    account: int
    legs: tuple[Leg, ...]
    decided_by: str = ""
    beside: tuple[str, ...] = ()

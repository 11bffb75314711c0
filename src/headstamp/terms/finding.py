"""What is a finding? A conclusion with its verdict, its standing, who may say it, and why."""

from typing import Literal

import msgspec

FindingKind = Literal[
    "interval",
    "diversion_window",
    "retransfer",
    "unauthorised_end_user",
    "loss",
    "theft",
    "capture",
    "defection",
    "reappearance",
    "same_consignment",
    "contradiction",
    "transmission_discrepancy",
    "impossible_date",
]
Verdict = Literal["contravenes", "may_contravene", "consistent", "cannot_be_determined"]
Standing = Literal["documented", "corroborated", "reported", "doubtful", "unsupported"]
Voice = Literal["ours", "attributed", "internal"]

STANDINGS: tuple[Standing, ...] = (
    "documented",
    "corroborated",
    "reported",
    "doubtful",
    "unsupported",
)
"""Best first."""

CAVEAT = (
    "A place in a chain says where an item was. It does not say that anyone knew of, "
    "intended, or could have prevented what happened later."
)
"""The standing sentence of REASONING.md section 3, on every page that names a party."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One row of ``headstamp findings`` (EXCHANGE.md section 3); ``None`` prints as empty.

    ``rests_on`` holds the minimal sets of ids, any one of which suffices, each sorted;
    ``parties`` stand in order of custody; days count from ``from_event`` to ``to_event``.
    """

    finding_id: str
    kind: FindingKind
    subject_kind: str
    subject_id: str
    verdict: Verdict | None = None
    standing: Standing
    voice: Voice
    contested: bool = False
    replied: str = "not_asked"
    origins: int
    from_event: str | None = None
    to_event: str | None = None
    days_min: int | None = None
    days_max: int | None = None
    window_from: str | None = None
    window_to: str | None = None
    parties: tuple[str, ...] = ()
    rests_on: tuple[tuple[str, ...], ...] = ()
    reason: str = ""

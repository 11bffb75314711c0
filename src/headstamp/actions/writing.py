"""Who writes, on which day, and in earnest? What every action that writes is told."""

from datetime import date

import msgspec


class Writing(msgspec.Struct, frozen=True, kw_only=True):
    """``today``: the civil day for reply periods; ``dry_run``: say what would be, write nothing."""

    actor: str
    today: date | None = None
    dry_run: bool = False

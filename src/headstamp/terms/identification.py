"""What is an identification? What a mark or a word may mean, with what speaks for and against."""

from typing import Literal

import msgspec

IdentificationKind = Literal[
    "maker", "country", "calibre", "model", "type", "year", "lot", "former_state", "part"
]


class Identification(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a reading may mean; several side by side are usual, none is "unknown".

    ``meaning`` is an id of the table that ``row`` names (``TABLE:ROW``, as ``rests_on`` has it);
    ``support`` and ``against`` are sentences; ``source`` is the row's own, ``project`` where
    nobody has opened one. A year is a span of years, CE, both ends included.
    """

    kind: IdentificationKind
    meaning: str
    support: tuple[str, ...]
    against: tuple[str, ...] = ()
    row: str
    source: str
    year_from: int | None = None
    year_to: int | None = None

    @property
    def is_sourced(self) -> bool:
        """Whether the row rests on a source that somebody opened."""
        return self.source != "project"

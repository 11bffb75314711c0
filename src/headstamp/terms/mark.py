"""What is a mark? What is on the metal or the box, transcribed as it was seen."""

from typing import Literal

from headstamp.terms.row import Row

MarkKind = Literal[
    "serial",
    "part_number",
    "maker",
    "year",
    "lot",
    "batch",
    "product_code",
    "headstamp",
    "model",
    "calibre",
    "proof",
    "import",
    "unit",
    "packaging",
    "other",
]
Applied = Literal["original", "added", "unknown"]
MarkState = Literal[
    "legible", "partial", "illegible", "removed", "overstamped", "never_marked", "not_recorded"
]
MarkReader = Literal["cell"]
"""``cell``: the text is a form's cell, which may hold notes, labels or several marks."""


class Mark(Row, frozen=True, kw_only=True):
    """One mark; ``text`` is exactly what was recorded, in the notation of EXCHANGE.md.

    The seven states are seven different things, and none of them is "empty".
    """

    mark_id: str
    item_id: str
    kind: MarkKind = "other"
    position: str | None = None
    applied: Applied | None = None
    text: str | None = None
    state: MarkState | None = None
    script: str | None = None
    photos: tuple[str, ...] = ()
    read_by: str | None = None
    reader: MarkReader | None = None

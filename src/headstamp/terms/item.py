"""What is an item? The physical weapon, round or component, or one group of the like."""

from decimal import Decimal
from typing import Literal

from headstamp.terms.dates import DateSpan
from headstamp.terms.row import Row

Category = Literal["weapon", "ammunition", "component", "other"]
Unit = Literal["piece", "round", "unit", "case", "kg", "l"]
Condition = Literal["complete", "parts_only", "fired", "dismantled", "modified", "unknown"]
Inspection = Literal["handled", "seen", "photo_supplied", "video", "document_only"]
RecoveryBasis = Literal["observed", "told", "inferred"]
Circumstances = Literal[
    "captured",
    "surrendered",
    "cached",
    "held",
    "seized",
    "found",
    "reported_lost",
    "reported_stolen",
    "unknown",
]
Attribution = Literal["attributed", "unattributed"]


class Item(Row, frozen=True, kw_only=True):
    """One object or one homogeneous group, as its documenter wrote it.

    ``quantity`` is ``None`` where it was not recorded (an empty cell is 1 for weapons
    and components only; ``?`` is not recorded whatever the category). The ``…_stated``
    fields are the documenter's words, kept beside what the marks say.
    """

    item_id: str
    category: Category = "other"
    type: str | None = None
    model: str | None = None
    calibre: str | None = None
    quantity: str | None = None
    unit: Unit | None = None
    present: str | None = None
    condition: Condition | None = None
    inspection: Inspection | None = None
    parent_item: str | None = None
    session_id: str | None = None
    maker_stated: str | None = None
    country_stated: str | None = None
    year_stated: str | None = None
    site_id: str | None = None
    recovered_on: DateSpan | None = None
    recovery_basis: RecoveryBasis | None = None
    documented_on: DateSpan | None = None
    recovered_from: str | None = None
    recovered_by: str | None = None
    circumstances: Circumstances | None = None
    attribution: Attribution | None = None
    evidence_ref: str | None = None

    @property
    def is_claim(self) -> bool:
        """Whether the row itself says that the item was recovered, lost, stolen or seen."""
        return not (
            self.recovered_on is None
            and self.documented_on is None
            and self.recovered_from is None
            and self.recovered_by is None
        )

    @property
    def was_inspected(self) -> bool:
        """Whether somebody had the object before them."""
        return self.inspection in {"handled", "seen"}

    @property
    def counted_quantity(self) -> Decimal | None:
        """How many, or ``None`` where it was not recorded and so is in no total."""
        if self.quantity is None:
            return Decimal(1) if self.category in {"weapon", "component"} else None
        return None if self.quantity == "?" else Decimal(self.quantity)

"""What is a published figure? A number somebody printed, kept as a claim."""

from decimal import Decimal
from typing import Literal

from headstamp.terms.row import Row

Measure = Literal["weapons", "ammunition", "components", "as_stated"]
RESERVED_GROUPS = ("(all)", "(other)", "(undetermined)")


class PublishedFigure(Row, frozen=True, kw_only=True):
    """One printed number with its measure, group, base and the printer's own hedge."""

    figure_id: str
    source_id: str
    measure: Measure
    value: Decimal
    statement: str | None = None
    group_by: str | None = None
    group: str | None = None
    unit: str | None = None
    base: str | None = None
    hedge: str | None = None
    quote: str | None = None

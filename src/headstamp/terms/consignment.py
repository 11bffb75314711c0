"""What is a consignment? Goods said to have gone together from an exporter to an importer."""

from decimal import Decimal

from headstamp.terms.item import Unit
from headstamp.terms.row import Row


class Consignment(Row, frozen=True, kw_only=True):
    """One consignment as some source describes it."""

    consignment_id: str
    description: str | None = None
    exporter: str | None = None
    importer: str | None = None
    contract_no: str | None = None


class ConsignmentLine(Row, frozen=True, kw_only=True):
    """One line: a serial range, one serial (``serial_from`` only), a lot, or only a quantity."""

    consignment_id: str
    line: str
    maker: str | None = None
    model: str | None = None
    calibre: str | None = None
    year: str | None = None
    serial_from: str | None = None
    serial_to: str | None = None
    lot: str | None = None
    quantity: Decimal | None = None
    unit: Unit | None = None

"""Which code means which factory, in which years? How do serials and lots tell their year?"""

from typing import Literal

import msgspec

from headstamp.reference.caches import remembered
from headstamp.reference.tables import load_table

StandsOn = Literal["cartridge", "weapon"]


class FactoryCode(msgspec.Struct, frozen=True, kw_only=True):
    """One meaning of one code; codes were reused, so a code alone may have several rows.

    ``valid_from``, ``valid_to``: years of making, both included; None where not known.
    """

    code: str
    stands_on: StandsOn
    country: str
    maker: str
    valid_from: int | None
    valid_to: int | None
    note: str
    source: str


class SerialFormat(msgspec.Struct, frozen=True, kw_only=True):
    """One school's way of reading a year from a serial's key: ``year_base`` plus the number.

    ``applies_to`` says of which weapons in words; ``models`` (ids of models.csv) and the
    ``country`` of making say the same to the rules.
    """

    serial_format: str
    applies_to: str
    models: tuple[str, ...]
    country: str
    pattern: str
    year_base: int
    number_from: int
    number_to: int
    note: str
    source: str


class LotFormat(msgspec.Struct, frozen=True, kw_only=True):
    """How a lot is written; ``?`` is a character that cannot be read."""

    lot_format: str
    pattern: str
    source: str


@remembered()
def factory_codes() -> tuple[FactoryCode, ...]:
    """Return the factory codes, in the order of the table."""
    return load_table("headstamps.csv", FactoryCode)


@remembered()
def serial_formats() -> tuple[SerialFormat, ...]:
    """Return the ways of reading a year from a serial; rival schools are rows of their own."""
    return load_table("serial_formats.csv", SerialFormat)


@remembered()
def lot_formats() -> tuple[LotFormat, ...]:
    """Return the ways in which lots are written."""
    return load_table("lot_formats.csv", LotFormat)

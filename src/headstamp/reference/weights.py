"""How much does it weigh that two records agree? Rates and priors, each with its source."""

from functools import cache

import msgspec

from headstamp.reference.tables import load_table


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """One number of the table, as text: what it is of, and who says so."""

    name: str
    value: str
    about: str
    source: str


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """The numbers that a score is made of; reference/linkage.csv says what each is of."""

    p_read: float
    p_read_folded: float
    p_not_reused: float
    p_used_again: float
    p_look_alike: float
    p_edit: float
    p_other_reading: float
    p_maker_misread: float
    p_on_record: float
    most_without_maker: float
    most_by_edit: float
    least_to_tell: float
    bits_model_agree: float
    bits_model_compatible: float
    bits_model_differ: float
    bits_calibre_agree: float
    bits_calibre_compatible: float
    bits_calibre_differ: float
    least_probability: float
    most_proposals: float


@cache
def rates() -> tuple[Rate, ...]:
    """Return the numbers as the table has them."""
    return load_table("linkage.csv", Rate)


@cache
def weights() -> Weights:
    """Return the numbers, each under its name; a missing or odd one is a fault of the table."""
    return msgspec.convert({rate.name: float(rate.value) for rate in rates()}, Weights)

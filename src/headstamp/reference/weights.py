"""How much does it weigh that two records agree? Rates and priors, each with its source."""

from collections.abc import Mapping
from difflib import get_close_matches

import msgspec

from headstamp.reference.caches import remembered
from headstamp.reference.tables import load_table
from headstamp.terms.errors import SettingError


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """One number of the table, as text: what it is of, between what it lies, who says so."""

    name: str
    value: str
    least: str
    most: str
    about: str
    source: str


class OwnRate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number that a user puts in the place of one of ours, and on what authority."""

    value: float
    source: str


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """The numbers that a score is made of; reference/linkage.csv says what each is of."""

    p_read: float
    p_read_folded: float
    p_read_doubtful: float
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


@remembered()
def rates() -> tuple[Rate, ...]:
    """Return the numbers as the table has them."""
    return load_table("linkage.csv", Rate)


@remembered()
def weights() -> Weights:
    """Return the numbers, each under its name; a missing or odd one is a fault of the table."""
    return msgspec.convert({rate.name: float(rate.value) for rate in rates()}, Weights)


def weights_with(own: Mapping[str, OwnRate]) -> Weights:
    """Return the numbers, those of a user in the place of ours.

    Raises:
        SettingError: There is no such number, it lies outside of what it may be, or nobody is
            named who says so.
    """
    known = {rate.name: rate for rate in rates()}
    for name, rate in own.items():
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known are: {' '.join(known)}"
            raise SettingError(f"weights.{name}: there is no such weight", hint=hint)
        least, most = float(known[name].least), float(known[name].most)
        if not least <= rate.value <= most:
            message = f"weights.{name} = {rate.value:g}: {known[name].about}"
            raise SettingError(message, hint=f"write a number from {least:g} to {most:g}")
        if not rate.source.strip():
            message = f"weights.{name}: no source is named"
            raise SettingError(message, hint='write source = "who measured it, and where"')
    changed = {name: rate.value for name, rate in own.items()}
    return msgspec.structs.replace(weights(), **changed)

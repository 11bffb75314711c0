"""How probable is it that an item and an entry are one? Per item, over all its rivals.

One threshold over pairs is useless: neighbours in a consignment agree on everything but a
digit (LINKAGE.md section 4). Every item is scored over its rivals and *not on record here*;
docs/methods/linkage.md works an example by hand.
"""

from collections.abc import Sequence
from math import log2

import msgspec

from headstamp.linkage.comparisons import Comparison
from headstamp.linkage.probe import Reading
from headstamp.reference.weights import Weights
from headstamp.terms.proposal import Weight

_MANY = 36
"""How many signs an unread position may be."""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One entry for one item: how they compare, and how many strangers would match as well.

    ``alternative`` names the object that the entry is of: entries of one object are no rivals.
    ``ceiling`` is the most that is given, with why.
    """

    comparison: Comparison
    reading: Reading
    strangers: float
    alternative: str
    ceiling: float
    ceiling_words: str
    p_on_record: float


class Scored(msgspec.Struct, frozen=True, kw_only=True):
    """The probability of one candidate, the bits that gave it, and how many strangers."""

    probability: float
    weight_bits: float
    strangers: float
    weights: tuple[Weight, ...]


def score(candidates: Sequence[Candidate], *, by: Weights) -> tuple[Scored, ...]:
    """Return the probability of every candidate of one item, in their order."""
    steps = [_steps(candidate, by) for candidate in candidates]
    bits = [sum(weight for weight, _ in one) for one in steps]
    best: dict[str, float] = {}
    for candidate, total in zip(candidates, bits, strict=True):
        known = best.get(candidate.alternative)
        best[candidate.alternative] = total if known is None else max(known, total)
    whole = 1.0 + sum(2.0**total for total in best.values())
    return tuple(
        _scored(candidate, one, total, whole)
        for candidate, one, total in zip(candidates, steps, bits, strict=True)
    )


def _scored(
    candidate: Candidate, steps: list[tuple[float, str]], bits: float, whole: float
) -> Scored:
    share = 2.0**bits / whole
    weights = [Weight(bits=f"{weight:+.1f}", words=words) for weight, words in steps]
    if candidate.ceiling < 1:
        words = f"at most {candidate.ceiling:.3f}: {candidate.ceiling_words}"
        weights.append(Weight(bits="", words=words))
    return Scored(
        probability=candidate.ceiling * share,
        weight_bits=bits,
        strangers=candidate.strangers,
        weights=tuple(weights),
    )


def _steps(candidate: Candidate, by: Weights) -> list[tuple[float, str]]:
    """Return the bits for and against, in the order in which they are told."""
    comparison = candidate.comparison
    prior = log2(candidate.p_on_record / (1 - candidate.p_on_record))
    rare = -log2(candidate.strangers)
    told = [
        (prior, f"{candidate.p_on_record:.2%} of items are on record here"),
        (rare, f"{candidate.strangers:.2g} strangers would show this number by chance"),
    ]
    if comparison.n_look_alikes:
        misread = comparison.n_look_alikes * log2(by.p_look_alike)
        told.append((misread, f"{comparison.n_look_alikes} taken for a look-alike"))
    if comparison.maker == "differ":
        told.append((log2(by.p_maker_misread), "the makers differ"))
    told += [(bits, words) for bits, words in (_model(comparison, by), _calibre(comparison, by))]
    return [(bits, words) for bits, words in told if words]


def _model(comparison: Comparison, by: Weights) -> tuple[float, str]:
    if comparison.model == "agree":
        return by.bits_model_agree, "the models agree"
    if comparison.model == "differ":
        return by.bits_model_differ, "the models differ"
    return 0.0, ""


def _calibre(comparison: Comparison, by: Weights) -> tuple[float, str]:
    if comparison.calibre == "agree":
        return by.bits_calibre_agree, "the calibres agree"
    if comparison.calibre == "compatible":
        return by.bits_calibre_compatible, "the calibres are compatible"
    if comparison.calibre == "differ":
        return by.bits_calibre_differ, "the calibres differ"
    return 0.0, ""


def n_readings(reading: Reading, comparison: Comparison) -> float:
    """Return how many numbers would match as well as this one does.

    An unread position may be any sign; a look-alike could as well have been another of its
    class.
    """
    return float(_MANY**reading.n_unread * 2**comparison.n_look_alikes)

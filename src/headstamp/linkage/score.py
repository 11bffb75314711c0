"""How probable is it that an item and an entry are one? Per item, over all its rivals.

One threshold over pairs is useless: neighbours in a consignment agree on everything but a
digit (LINKAGE.md section 4). Every item is scored over its rivals and *not on record here*;
docs/methods/linkage.md works an example by hand.
"""

from collections.abc import Mapping, Sequence
from math import log2

import msgspec

from headstamp.linkage.comparisons import Level
from headstamp.linkage.facts import Facts, Step
from headstamp.linkage.strangers import most, strangers
from headstamp.reference.weights import Weights
from headstamp.terms.proposal import Weight


class Scored(msgspec.Struct, frozen=True, kw_only=True):
    """The probability of one candidate, the bits that gave it, and how many strangers.

    ``share`` is its part among all rivals and *not on record here*; ``most`` what is given at
    most, before the reading counts. ``outside`` counts strangers that are not on record here,
    ``best`` has the most bits for each object that is, this one as ``alternative``.
    """

    probability: float
    weight_bits: float
    outside: float
    alternative: str
    best: Mapping[str, float]
    share: float
    most: Step
    steps: tuple[Step, ...]

    @property
    def strangers(self) -> float:
        """How many other objects would fit as well; one here that fits less counts less."""
        others = (bits for name, bits in self.best.items() if name != self.alternative)
        fitting = sum(min(1.0, 2.0 ** (bits - self.weight_bits)) for bits in others)
        return float(self.outside + fitting)


def score(rivals: Sequence[Facts], *, p_on_record: float, by: Weights) -> tuple[Scored, ...]:
    """Return the probability of every rival for one item, in their order.

    Args:
        p_on_record: The share of items that the register holds.
    """
    others = [strangers(one, p_on_record, by) for one in rivals]
    steps = [_steps(one, found, by) for one, found in zip(rivals, others, strict=True)]
    bits = [sum(step.bits for step in one) for one in steps]
    best: dict[str, float] = {}
    for one, total in zip(rivals, bits, strict=True):
        best[one.alternative] = max(best.get(one.alternative, total), total)
    whole = 1.0 + sum(2.0**total for total in best.values())
    # An entry is no rival of another one of the same object, however much better that is told.
    found: list[Scored] = []
    for one, told, total, outside in zip(rivals, steps, bits, others, strict=True):
        rest = whole - 2.0 ** best[one.alternative]
        share, at_most = 2.0**total / (rest + 2.0**total), most(one, by)
        found.append(
            Scored(
                probability=one.p_read * min(share, at_most.bits),
                weight_bits=total,
                outside=outside.bits,
                alternative=one.alternative,
                best=best,
                share=share,
                most=at_most,
                steps=told,
            )
        )
    return tuple(found)


def weights_of(facts: Facts, found: Scored) -> tuple[Weight, ...]:
    """Return how a probability came about, step by step, in words."""
    weights = [Weight(bits=f"{step.bits:+.1f}", words=step.words) for step in found.steps]
    n_rivals = len(found.best) - 1
    if n_rivals:
        weights.append(Weight(bits="", words=f"other numbers here that it may be: {n_rivals}"))
    if found.share > found.most.bits:
        weights.append(Weight(bits="", words=f"at most {found.most.bits:g}: {found.most.words}"))
    weights.append(Weight(bits="", words=f"times {facts.p_read:g}: the reading is right"))
    return tuple(weights)


# --- bits -------------------------------------------------------------------------------------


def _steps(facts: Facts, others: Step, by: Weights) -> tuple[Step, ...]:
    """Return the bits for and against, in the order in which they are told."""
    words = f"{{:.2g}} strangers would fit: {others.template}"
    told = [Step(-log2(others.bits), words, (others.bits, *others.values))]
    if facts.n_steps:
        bits = facts.n_steps * log2(by.p_other_reading)
        told.append(Step(bits, "not the first reading of a cell"))
    if facts.comparison.maker == "differ":
        told.append(Step(log2(by.p_maker_misread), "the makers differ"))
    told += _weighed("models", facts.comparison.model, facts.shares.model, _MODEL, by)
    told += _weighed("calibres", facts.comparison.calibre, facts.shares.calibre, _CALIBRE, by)
    if facts.n_bearing > 1:  # They are alike in these: that one more is says nothing for it.
        told = [*told[:1], *(step for step in told[1:] if step.bits < 0)]
    return tuple(told)


_MODEL: dict[Level, str] = {
    "agree": "bits_model_agree",
    "compatible": "bits_model_compatible",
    "differ": "bits_model_differ",
}
_CALIBRE: dict[Level, str] = {
    "agree": "bits_calibre_agree",
    "compatible": "bits_calibre_compatible",
    "differ": "bits_calibre_differ",
}
_SAID: dict[Level, str] = {"agree": "agree", "compatible": "are compatible", "differ": "differ"}


def _weighed(
    what: str, level: Level, share: float | None, names: Mapping[Level, str], by: Weights
) -> list[Step]:
    """Return what a level weighs; agreement never more than what is common here allows."""
    if level not in names:
        return []
    bits: float = getattr(by, names[level])
    if level != "agree" or share is None:
        return [Step(bits, f"the {what} {_SAID[level]}")]
    words = f"the {what} agree, as {{:.0%}} here would"
    return [Step(min(bits, abs(log2(share))), words, (share,))]

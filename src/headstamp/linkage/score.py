"""How probable is it that an item and an entry are one? Per item, over all its rivals.

One threshold over pairs is useless: neighbours in a consignment agree on everything but a
digit (LINKAGE.md section 4). Every item is scored over its rivals and *not on record here*;
docs/methods/linkage.md works an example by hand.
"""

from collections.abc import Sequence
from math import log2
from typing import NamedTuple

import msgspec

from headstamp.linkage.comparisons import Comparison, Level
from headstamp.reference.weights import Weights
from headstamp.terms.proposal import Weight

_LEAST_STRANGERS = 1e-9


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one entry for one item before anything is weighed.

    ``alternative`` names the object that the entry is of: entries of one object are no rivals.
    ``crowding`` is the share of numbers taken around the number in question; ``is_taken``:
    the number just as it was read is taken here. ``n_free`` counts the other numbers that the
    reading may be and that are not taken here; ``n_taken`` those that are. ``n_steps`` counts
    the steps from what stands in the cells to what was compared. ``is_void``: a number that
    stands where there is none. ``n_bearing``: objects that bear the number beside different
    numbers of their own, as they bear that of a contract or a type. ``share_shared``: of the
    register's numbers, how many several makers have; None where it is too small to tell.
    """

    basis: str
    comparison: Comparison
    alternative: str
    p_read: float
    crowding: float = 0.0
    is_taken: bool = False
    n_free: float = 0.0
    n_taken: int = 1
    n_steps: int = 0
    is_void: bool = False
    is_craft: bool = False
    n_bearing: int = 0
    share_shared: float | None = None


class Step(NamedTuple):
    """One addend of the sum, and how it is told."""

    bits: float
    words: str


class Scored(msgspec.Struct, frozen=True, kw_only=True):
    """The probability of one candidate, the bits that gave it, and how many strangers.

    ``share`` is its part among all rivals and *not on record here*; ``most`` what is given at
    most, before the reading counts.
    """

    probability: float
    weight_bits: float
    strangers: float
    share: float
    most: Step
    n_rivals: int
    steps: tuple[Step, ...]


def score(rivals: Sequence[Facts], *, p_on_record: float, by: Weights) -> tuple[Scored, ...]:
    """Return the probability of every rival for one item, in their order.

    Args:
        p_on_record: The share of items that the register holds.
    """
    strangers = [_strangers(one, p_on_record, by) for one in rivals]
    steps = [_steps(one, found, by) for one, found in zip(rivals, strangers, strict=True)]
    bits = [sum(step.bits for step in one) for one in steps]
    best: dict[str, float] = {}
    for one, total in zip(rivals, bits, strict=True):
        best[one.alternative] = max(best.get(one.alternative, total), total)
    whole = 1.0 + sum(2.0**total for total in best.values())
    # An entry is no rival of another one of the same object, however much better that is told.
    found: list[Scored] = []
    for one, told, total, others in zip(rivals, steps, bits, strangers, strict=True):
        rest = whole - 2.0 ** best[one.alternative]
        share, most = 2.0**total / (rest + 2.0**total), _most(one, by)
        found.append(
            Scored(
                probability=one.p_read * min(share, most.bits),
                weight_bits=total,
                strangers=others.bits,
                share=share,
                most=most,
                n_rivals=len(best) - 1,
                steps=told,
            )
        )
    return tuple(found)


def weights_of(facts: Facts, found: Scored) -> tuple[Weight, ...]:
    """Return how a probability came about, step by step, in words."""
    weights = [Weight(bits=f"{step.bits:+.1f}", words=step.words) for step in found.steps]
    if found.n_rivals:
        weights.append(
            Weight(bits="", words=f"other numbers here that it may be: {found.n_rivals}")
        )
    if found.share > found.most.bits:
        weights.append(Weight(bits="", words=f"at most {found.most.bits:g}: {found.most.words}"))
    weights.append(Weight(bits="", words=f"times {facts.p_read:g}: the reading is right"))
    return tuple(weights)


def _most(facts: Facts, by: Weights) -> Step:
    """Return the most that may be given before the reading counts, and why."""
    comparison = facts.comparison
    if comparison.serial == "edit":
        return Step(by.most_by_edit, "one sign differs; that never outranks *not on record here*")
    if comparison.maker == "differ":
        return Step(by.most_without_maker, "the makers differ")
    if comparison.maker == "agree":
        return Step(by.p_not_reused, "the number may have been used again")
    if facts.share_shared is None:
        words = "no maker on one side, and too few numbers here to tell who shares them"
        return Step(by.most_without_maker, words)
    words = f"no maker on one side; {facts.share_shared:.1%} of numbers here are of several makers"
    return Step(1 - facts.share_shared, words)


# --- strangers --------------------------------------------------------------------------------


def _strangers(facts: Facts, p_on_record: float, by: Weights) -> Step:
    """Return how many others, not on record here, would show this as well; and how that is said.

    Others per number: of a number that is taken here, as many as numbers are used again; of
    one that is free, the crowding here, raised by the share of items that is on record.
    """
    if facts.is_void or facts.is_craft:
        words = "craft-made: its number is of no series" if facts.is_craft else _VOID
        return Step(1 / by.p_on_record, f"{words}; it carries no weight")
    if facts.n_bearing > 1:
        n_others = facts.n_bearing - 1
        words = f"{facts.n_bearing} objects bear it beside numbers of their own"
        return Step(float(n_others), words)
    used_again = _used_again(facts, by)
    per_free = min(facts.crowding * (1 - p_on_record) / p_on_record, 1.0)
    if facts.comparison.maker != "agree":
        used_again = max(used_again, per_free)
    found, words = _by_level(facts, used_again, per_free, by)
    return Step(max(found, _LEAST_STRANGERS), words)


_VOID = "a number that is written where there is none"


def _used_again(facts: Facts, by: Weights) -> float:
    is_agreed = facts.comparison.maker == "agree" or facts.share_shared is None
    return by.p_used_again if is_agreed else max(by.p_used_again, facts.share_shared or 0.0)


def _by_level(facts: Facts, used_again: float, per_free: float, by: Weights) -> tuple[float, str]:
    comparison = facts.comparison
    whose = "of this maker" if comparison.maker == "agree" else "of any maker"
    again = f"{used_again:.2g} others {whose} have this number"
    as_read = used_again if facts.is_taken else per_free
    if comparison.serial == "edit":
        n_as_well = as_read / by.p_edit
        return n_as_well + used_again, (
            f"{as_read:.2g} others {whose} have the number just as it was read, and one sign is "
            f"read as a given other one in {by.p_edit:.2g} of readings"
        )
    if comparison.serial == "in_range" and facts.n_free:
        found = facts.n_free / facts.n_taken + used_again
        return found, f"{facts.n_free:.0f} of the numbers that it may be lie outside of the range"
    found = used_again + per_free * facts.n_free
    words = again
    if facts.n_free:
        words = (
            f"{facts.n_free:.0f} other numbers that it may be are not here, with {per_free:.2g} "
            f"others {whose} to each"
        )
    if comparison.n_look_alikes:
        rate = by.p_look_alike**comparison.n_look_alikes
        found = as_read / rate + found
        words = (
            f"{as_read:.2g} others {whose} have the number just as it was read, and "
            f"{comparison.n_look_alikes} look-alike is taken for another in {rate:.2g} of readings"
        )
    return found, words


# --- bits -------------------------------------------------------------------------------------


def _steps(facts: Facts, strangers: Step, by: Weights) -> tuple[Step, ...]:
    """Return the bits for and against, in the order in which they are told."""
    n_strangers, words = strangers
    told = [Step(-log2(n_strangers), f"{n_strangers:.2g} strangers would fit: {words}")]
    if facts.n_steps:
        told.append(
            Step(facts.n_steps * log2(by.p_other_reading), "not the first reading of a cell")
        )
    if facts.comparison.maker == "differ":
        told.append(Step(log2(by.p_maker_misread), "the makers differ"))
    told += _weighed("models", facts.comparison.model, _MODEL, by)
    told += _weighed("calibres", facts.comparison.calibre, _CALIBRE, by)
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


def _weighed(what: str, level: Level, names: dict[Level, str], by: Weights) -> list[Step]:
    if level not in names:
        return []
    bits: float = getattr(by, names[level])
    return [Step(bits, f"the {what} {_SAID[level]}")]

"""How many others would fit as well as an entry does, and how much may be given at most?

docs/methods/linkage.md, sections 4 and 5.
"""

from headstamp.linkage.facts import Facts, Step
from headstamp.reference.weights import Weights

_LEAST_STRANGERS = 1e-9
_VOID = "a number that is written where there is none; it carries no weight"
_CRAFT = "craft-made: its number is of no series; it carries no weight"
_BEARING = "{:d} objects bear it beside numbers of their own"
_AGAIN = "{:.2g} others {} have this {}"
_EDIT = (
    "{:.2g} others {} have the number just as it was read, and one sign is read as a given other "
    "one in {:.2g} of readings"
)
_OUTSIDE = "{:.0f} of the numbers that it may be lie outside of the range"
_UNREAD = "{:.0f} other numbers that it may be are not here, with {:.2g} others {} to each"
_LOOK_ALIKE = (
    "{:.2g} others {} have the number just as it was read, and {:d} look-alike is taken for "
    "another in {:.2g} of readings"
)


def most(facts: Facts, by: Weights) -> Step:
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
    words = "no maker on one side; {:.1%} of numbers here are of several makers"
    return Step(min(1 - facts.share_shared, by.p_not_reused), words, (facts.share_shared,))


def strangers(facts: Facts, p_on_record: float, by: Weights) -> Step:
    """Return how many others, not on record here, would fit as well; and how that is told.

    Others per number: of a number that is taken here, as many as numbers are used again; of
    one that is free, the crowding here, raised by the share of items that is on record.
    """
    if facts.is_void or facts.is_craft:
        return Step(1 / by.p_on_record, _CRAFT if facts.is_craft else _VOID)
    per_free = min(facts.crowding * (1 - p_on_record) / p_on_record, 1.0)
    again = by.p_used_again
    if facts.comparison.maker != "agree":
        again = max(again, facts.share_shared or 0.0, per_free)
    found = _by_level(facts, again, per_free, by)
    if facts.n_bearing > 1 and facts.n_bearing - 1 > found.bits:
        return Step(float(facts.n_bearing - 1), _BEARING, (facts.n_bearing,))
    return found._replace(bits=max(found.bits, _LEAST_STRANGERS))


def _by_level(facts: Facts, again: float, per_free: float, by: Weights) -> Step:
    comparison = facts.comparison
    whose = "of this maker" if comparison.maker == "agree" else "of any maker"
    as_read = again if facts.is_taken else per_free * max(facts.n_free, 1.0)
    if comparison.serial == "edit":
        return Step(as_read / by.p_edit + again, _EDIT, (as_read, whose, by.p_edit))
    if comparison.serial == "in_range" and facts.n_free:
        return Step(facts.n_free / facts.n_taken + again, _OUTSIDE, (facts.n_free,))
    found = again + per_free * facts.n_free
    if comparison.n_look_alikes:
        rate = by.p_look_alike**comparison.n_look_alikes
        values = (as_read, whose, comparison.n_look_alikes, rate)
        return Step(as_read / rate + found, _LOOK_ALIKE, values)
    if facts.n_free:
        return Step(found, _UNREAD, (facts.n_free, per_free, whose))
    return Step(found, _AGAIN, (again, whose, "lot" if facts.basis == "same_lot" else "number"))

"""What is a grade? Reliability of a source and credibility of a claim, two values, never one."""

from typing import Literal

from headstamp.terms.source import Reliability

Class = Literal["strong", "fair", "weak", "unjudged", "poor"]
CLASSES: tuple[Class, ...] = ("strong", "fair", "weak", "unjudged", "poor")
"""Best first. F and 6 mean *cannot be judged*: unknown, and so above *poor*."""

_BY_RELIABILITY: dict[Reliability, Class] = {
    "A": "strong",
    "B": "strong",
    "C": "fair",
    "D": "weak",
    "E": "poor",
    "F": "unjudged",
}
_BY_CREDIBILITY: dict[int | None, Class] = {
    2: "strong",
    3: "fair",
    4: "weak",
    5: "poor",
    6: "unjudged",
    None: "unjudged",
}


def lowest_reliability(reliabilities: tuple[Reliability, ...]) -> Reliability:
    """Return what counts for a claim: E anywhere makes it E, else F anywhere F, else the worst.

    >>> lowest_reliability(("B", "F", "C"))
    'F'
    """
    for letter in ("E", "F", "D", "C", "B", "A"):
        if letter in reliabilities:
            return letter
    return "F"


def class_of(reliability: Reliability, credibility: int | None) -> Class:
    """Return the class: poor, else unjudged, else the worse of the two (REASONING.md section 1).

    >>> class_of("B", 3), class_of("A", None), class_of("F", 5)
    ('fair', 'unjudged', 'poor')
    """
    return lowest_class((_BY_RELIABILITY[reliability], _BY_CREDIBILITY[credibility]))


def lowest_class(classes: tuple[Class, ...]) -> Class:
    """Return the class of a set; a set of nothing graded is unjudged."""
    return max(classes, key=CLASSES.index, default="unjudged")


def is_at_least(grade: Class, floor: Class) -> bool:
    """Whether ``grade`` ranks no lower than ``floor``."""
    return CLASSES.index(grade) <= CLASSES.index(floor)

from collections import Counter

import pytest

from headstamp.synthetic.channel import (
    CLASSES,
    SHARES,
    Outcomes,
    likelihood,
    mark_of,
    outcomes,
    sources,
)
from headstamp.synthetic.draws import Draws

SERIALS = ("TK001850", "10E00142", "0000111", "F01667U", "ZEN0144")


def _by_hand(serial: str) -> Outcomes:
    """Sum every outcome of every class; a class that cannot be met leaves the serial legible."""
    total: Outcomes = {}
    for error in CLASSES:
        for mark, p_mark in (outcomes(serial, error) or {serial: 1.0}).items():
            total[mark] = total.get(mark, 0.0) + SHARES[error] * p_mark
    return total


def test_the_shares_of_the_classes_are_all_there_is() -> None:
    """Every mark meets exactly one class."""
    assert sum(SHARES.values()) == pytest.approx(1)
    assert set(SHARES) == set(CLASSES)


@pytest.mark.parametrize("serial", SERIALS)
def test_what_may_become_of_a_serial_sums_to_one(serial: str) -> None:
    """A class hands out all of its probability, or none where it cannot be met."""
    sums = [sum(outcomes(serial, error).values()) for error in CLASSES]

    assert all(one == pytest.approx(1) for one in sums if one)


@pytest.mark.parametrize("serial", SERIALS)
def test_the_likelihood_is_what_counting_all_outcomes_gives(serial: str) -> None:
    """The closed form agrees with the sum over every outcome of every class."""
    by_hand = _by_hand(serial)

    assert {mark: likelihood(serial, mark) for mark in by_hand} == pytest.approx(by_hand)
    assert sum(by_hand.values()) == pytest.approx(1)


def test_what_cannot_come_of_a_serial_has_no_likelihood() -> None:
    """Another serial's marks, two wrong characters, or a pair that does not look alike: none."""
    marks = ("ZEN9999", "ZEM0145", "ZEN01{34}", "?EN014?", "ZEN01444", "Z*", "ЖEN0144")

    assert [likelihood("ZEN0144", mark) for mark in marks] == [0.0] * len(marks)


@pytest.mark.parametrize("serial", SERIALS)
def test_the_sources_of_a_mark_hold_the_serial_it_came_from(serial: str) -> None:
    """Going back from any mark, the serial is among the patterns."""
    missed = [mark for mark in _by_hand(serial) if not _is_among(serial, sources(mark))]

    assert missed == []


def test_chance_meets_the_classes_in_their_shares() -> None:
    """Drawn often, each class comes as often as its share says."""
    n_drawn = 20_000
    chances = Draws(7, 0).uniform(2 * n_drawn).reshape(-1, 2).tolist()
    met = Counter(mark_of("TK001850", chance=(one, two))[1] for one, two in chances)

    assert {error: met[error] / n_drawn for error in CLASSES} == pytest.approx(SHARES, abs=0.01)


def test_a_mark_drawn_is_one_that_its_class_makes() -> None:
    """The class that the truth names explains the mark."""
    chances = Draws(8, 0).uniform(2_000).reshape(-1, 2).tolist()
    drawn = [mark_of("F01667U", chance=(one, two)) for one, two in chances]

    assert [one for one in drawn if one[0] not in outcomes("F01667U", one[1])] == []


def _is_among(serial: str, patterns: tuple[str, ...]) -> bool:
    return any(
        len(pattern) == len(serial)
        and all(sign in {"?", one} for sign, one in zip(pattern, serial, strict=True))
        for pattern in patterns
    )

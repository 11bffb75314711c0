"""Probabilities, against worked arithmetic and against what must hold of any."""

from math import log2

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from headstamp.linkage.comparisons import Comparison
from headstamp.linkage.facts import Facts
from headstamp.linkage.frequencies import Shares
from headstamp.linkage.score import Scored, score, weights_of
from headstamp.reference.weights import weights

LEVELS = st.sampled_from(["agree", "compatible", "differ", "not_stated"])
COMPARISONS = st.builds(
    Comparison,
    serial=st.sampled_from(["same", "unread", "look_alike", "edit", "in_range"]),
    n_look_alikes=st.integers(0, 2),
    n_unread=st.integers(0, 3),
    maker=st.sampled_from(["agree", "differ", "not_stated"]),
    model=LEVELS,
    calibre=LEVELS,
)
FACTS = st.builds(
    Facts,
    basis=st.just("same_serial"),
    comparison=COMPARISONS,
    alternative=st.sampled_from("abcde"),
    p_read=st.sampled_from([0.98, 0.95, 0.9]),
    crowding=st.floats(0, 1),
    is_taken=st.booleans(),
    n_free=st.sampled_from([0.0, 1.0, 9.0, 99.0, 999.0]),
    n_taken=st.integers(1, 20),
    n_steps=st.integers(0, 3),
    is_void=st.booleans(),
    is_craft=st.booleans(),
    n_bearing=st.integers(0, 4),
    share_shared=st.one_of(st.none(), st.floats(0, 1)),
    shares=st.builds(
        Shares,
        model=st.one_of(st.none(), st.floats(0.01, 1)),
        calibre=st.one_of(st.none(), st.floats(0.01, 1)),
    ),
)
RIVALS = st.lists(FACTS, min_size=1, max_size=6)
SHARES = st.sampled_from([0.0005, 0.05, 0.2, 0.5])
EXACT = Facts(
    basis="same_serial",
    comparison=Comparison(serial="same", maker="agree"),
    alternative="a",
    p_read=0.98,
)


def scored(*rivals: Facts, p_on_record: float = 0.05) -> tuple[Scored, ...]:
    """Return how these rivals of one item are scored by the numbers of the table."""
    return score(rivals, p_on_record=p_on_record, by=weights())


def compared(facts: Facts, **changed: object) -> Facts:
    """Return the facts with another comparison."""
    comparison = msgspec.structs.replace(facts.comparison, **changed)
    return msgspec.structs.replace(facts, comparison=comparison)


# --- what must hold of any ----------------------------------------------------------------------


@given(RIVALS, SHARES)
def test_probabilities_are_probabilities(rivals: list[Facts], p_on_record: float) -> None:
    """Of each rival, from 0 to what the reading is right with; its share likewise."""
    for facts, one in zip(rivals, scored(*rivals, p_on_record=p_on_record), strict=True):
        assert 0 <= one.probability <= facts.p_read < 1
        assert 0 <= one.share <= 1


@given(RIVALS, SHARES)
def test_an_item_is_one_object_at_most(rivals: list[Facts], p_on_record: float) -> None:
    """The shares of different objects, at their best, leave room for *not on record here*."""
    best: dict[str, float] = {}
    for facts, one in zip(rivals, scored(*rivals, p_on_record=p_on_record), strict=True):
        best[facts.alternative] = max(best.get(facts.alternative, 0.0), one.share)

    assert sum(best.values()) < 1 + 1e-9


@given(RIVALS, SHARES, st.floats(0, 1))
def test_a_denser_crowd_never_raises_a_probability(
    rivals: list[Facts], p_on_record: float, more: float
) -> None:
    """What is taken around a number says that a stranger may have it."""
    first, *others = rivals
    crowded = msgspec.structs.replace(first, crowding=min(1.0, first.crowding + more))

    one = scored(first, *others, p_on_record=p_on_record)[0]
    other = scored(crowded, *others, p_on_record=p_on_record)[0]

    assert other.probability <= one.probability + 1e-12


@given(RIVALS, st.integers(0, 1_000))
def test_more_numbers_that_it_may_be_never_raise_a_probability(
    rivals: list[Facts], more: int
) -> None:
    """They may be somebody's who is not on record here."""
    first, *others = rivals
    is_changed = first.comparison.n_look_alikes > 0
    assume(first.comparison.serial != "in_range" or not is_changed)  # It is read in full.
    freer = msgspec.structs.replace(first, n_free=first.n_free + more)

    assert scored(freer, *others)[0].probability <= scored(*rivals)[0].probability + 1e-12


@given(RIVALS, st.lists(st.integers(0, 5), min_size=2, max_size=2).map(sorted))
def test_more_that_bear_a_number_never_raise_a_probability(
    rivals: list[Facts], n_bearing: list[int]
) -> None:
    """What speaks for it they share, and what speaks against it they do not take away."""
    fewer, more = (
        msgspec.structs.replace(rivals[0], is_void=False, is_craft=False, n_bearing=n)
        for n in n_bearing
    )

    one, other = (scored(first, *rivals[1:])[0] for first in (fewer, more))

    assert other.probability <= one.probability + 1e-12


@given(RIVALS, FACTS)
def test_another_object_never_raises_a_probability(rivals: list[Facts], rival: Facts) -> None:
    """What may be the item as well takes its share from the others."""
    other = msgspec.structs.replace(rival, alternative="another")

    before, after = scored(*rivals), scored(*rivals, other)

    for one, with_other in zip(before, after, strict=False):
        assert with_other.probability <= one.probability + 1e-12
        assert with_other.strangers >= one.strangers - 1e-12


@given(RIVALS, FACTS)
def test_entries_of_one_object_do_not_lower_one_another(rivals: list[Facts], again: Facts) -> None:
    """That an object was entered twice, however well, changes nothing for its first entry."""
    same = msgspec.structs.replace(again, alternative=rivals[0].alternative)

    before, after = scored(*rivals)[0], scored(*rivals, same)[0]

    assert after.probability == pytest.approx(before.probability, abs=1e-12)
    assert after.strangers == before.strangers


@given(RIVALS, st.randoms(use_true_random=False))
def test_the_order_of_rivals_changes_nothing(rivals: list[Facts], random: object) -> None:
    """Each is scored as it would be at any other place."""
    order = list(range(len(rivals)))
    random.shuffle(order)  # type: ignore[attr-defined]

    before, after = scored(*rivals), scored(*(rivals[n] for n in order))

    for place, n in enumerate(order):
        assert after[place].probability == pytest.approx(before[n].probability)


@given(RIVALS, SHARES)
def test_the_bits_that_are_shown_are_the_bits_in_all(
    rivals: list[Facts], p_on_record: float
) -> None:
    """To what is lost in rounding each to a tenth; what has no bits follows after the sum."""
    for facts, one in zip(rivals, scored(*rivals, p_on_record=p_on_record), strict=True):
        bits = [float(weight.bits) for weight in weights_of(facts, one) if weight.bits]

        assert sum(bits) == pytest.approx(one.weight_bits, abs=0.05 * len(bits) + 1e-9)


# --- what is given at most ----------------------------------------------------------------------


@given(RIVALS, SHARES)
def test_most_that_is_given(rivals: list[Facts], p_on_record: float) -> None:
    """One edit away, or by other makers, or by none where nobody can tell: never more than half."""
    for facts, one in zip(rivals, scored(*rivals, p_on_record=p_on_record), strict=True):
        comparison = facts.comparison
        assert one.probability <= 0.99 * facts.p_read + 1e-12
        if comparison.serial == "edit":
            assert one.probability < 0.5
        if comparison.maker == "differ":
            assert one.probability <= 0.5
        if comparison.maker == "not_stated" and comparison.serial != "edit":
            shared = facts.share_shared
            assert one.probability <= (0.5 if shared is None else 1 - shared) + 1e-12


@pytest.mark.parametrize(
    ("changed", "share_shared", "most", "words"),
    [
        ({"serial": "edit"}, None, 0.49, "one sign differs"),
        ({"serial": "edit", "maker": "differ"}, None, 0.49, "one sign differs"),
        ({"maker": "differ"}, 0.001, 0.5, "the makers differ"),
        ({"maker": "agree"}, 0.9, 0.99, "used again"),
        ({"maker": "not_stated"}, None, 0.5, "too few numbers"),
        ({"maker": "not_stated"}, 0.0, 0.99, "0.0% of numbers here"),
        ({"maker": "not_stated"}, 0.25, 0.75, "25.0% of numbers here are of several makers"),
    ],
)
def test_the_most_is_told_with_its_reason(
    changed: dict[str, str], share_shared: float | None, most: float, words: str
) -> None:
    """Where it lowers what the bits would give, it is among the weights."""
    sure = msgspec.structs.replace(weights(), bits_model_agree=20.0)
    facts = compared(
        msgspec.structs.replace(EXACT, share_shared=share_shared), model="agree", **changed
    )

    (one,) = score([facts], p_on_record=0.05, by=sure)

    assert one.probability == pytest.approx(most * 0.98)
    told = [weight.words for weight in weights_of(facts, one) if not weight.bits]
    assert any(said.startswith(f"at most {most:g}: ") and words in said for said in told)


# --- worked by hand -----------------------------------------------------------------------------
#
# With the numbers of reference/linkage.csv: used again .03, look-alike .02, edit .0002, other
# reading .5, maker misread .02, model +1.5 / -2 bits, calibre +1 / -5 bits, never above .99.
# N strangers are odds of 1/N, which bits multiply; p = odds / (1 + odds), times the reading.

BY_HAND: list[tuple[str, Facts, float, float]] = [
    # .03 strangers: odds 33.3333; p = 33.3333 / 34.3333 = .970874; × .98 = .951456
    ("same maker and number", EXACT, 0.03, 0.951456),
    # odds 33.3333 × 2^2.5 (5.656854) = 188.5618; p = .994725 > .99; .99 × .98 = .9702
    ("model and calibre too", compared(EXACT, model="agree", calibre="agree"), 0.03, 0.9702),
    # odds 33.3333 / 4 / 32 = .260417; p = .260417 / 1.260417 = .206612; × .98 = .202479
    ("both differ", compared(EXACT, model="differ", calibre="differ"), 0.03, 0.202479),
    # no maker: max(.03, .2 × .95 / .05 = 3.8 → at most 1) = 1 stranger: odds 1; p .5; × .98 = .49
    (
        "no maker, crowded",
        msgspec.structs.replace(compared(EXACT, maker="not_stated"), crowding=0.2),
        1.0,
        0.49,
    ),
    # no maker, large register of which 4 % share: max(.03, .04) = .04; then with crowding .001:
    # .001 × 19 = .019 < .04; odds 25; p = 25/26 = .961538 > 1 - .04 = .96; .96 × .98 = .9408
    (
        "no maker, one in 25 shared",
        msgspec.structs.replace(
            compared(EXACT, maker="not_stated"), crowding=0.001, share_shared=0.04
        ),
        0.04,
        0.9408,
    ),
    # other maker: odds 33.3333 × .02 = .666667; p = .4; × .98 = .392
    ("another maker", compared(EXACT, maker="differ"), 0.03, 0.392),
    # one unread digit, 9 free, crowding .01: per number .01 × 19 = .19; strangers
    # .03 + 9 × .19 = 1.74; odds .574713; p = .574713 / 1.574713 = .364964; × .98 = .357664
    (
        "one digit unread",
        msgspec.structs.replace(
            compared(EXACT, serial="unread", n_unread=1), crowding=0.01, n_free=9.0
        ),
        1.74,
        0.357664,
    ),
    # one look-alike, the number as read is free: per number .001 × 19 = .019; strangers
    # .019 / .02 + .03 = .98; odds 1.020408; p = .505051; × .95 = .479798
    (
        "one look-alike, free",
        msgspec.structs.replace(
            compared(EXACT, serial="look_alike", n_look_alikes=1), crowding=0.001, p_read=0.95
        ),
        0.98,
        0.479798,
    ),
    # two look-alikes, the number as read is taken: .03 / .02² + .03 = 75.03;
    # odds .013328; p = .013153; × .95 = .012495
    (
        "two look-alikes, taken",
        msgspec.structs.replace(
            compared(EXACT, serial="look_alike", n_look_alikes=2), is_taken=True, p_read=0.95
        ),
        75.03,
        0.012495,
    ),
    # one edit, free, crowding .00001: .00001 × 19 / .0002 + .03 = .95 + .03 = .98;
    # odds 1.020408; p = .505051 > .49; .49 × .98 = .4802
    (
        "one edit, free",
        msgspec.structs.replace(compared(EXACT, serial="edit"), crowding=0.00001),
        0.98,
        0.4802,
    ),
    # one edit, the number as read is taken: .03 / .0002 + .03 = 150.03; odds .006665;
    # p = .006621; × .98 = .006489
    (
        "one edit, taken",
        msgspec.structs.replace(compared(EXACT, serial="edit"), is_taken=True),
        150.03,
        0.006489,
    ),
    # in a range, all numbers that it may be: .03; as the same number: .951456
    (
        "in a range",
        msgspec.structs.replace(compared(EXACT, serial="in_range"), crowding=1.0),
        0.03,
        0.951456,
    ),
    # in a range that holds 2 of 10: 8 / 2 + .03 = 4.03; odds .248139; p = .198807; × .98 = .194831
    (
        "in a range, two of ten",
        msgspec.structs.replace(
            compared(EXACT, serial="in_range"), crowding=1.0, n_free=8.0, n_taken=2
        ),
        4.03,
        0.194831,
    ),
    # second reading of its cell: odds 33.3333 / 2 = 16.6667; p = .943396; × .98 = .924528
    ("another reading", msgspec.structs.replace(EXACT, n_steps=1), 0.03, 0.924528),
    # no number at all: 1 / .05 = 20 strangers; odds .05; p = .047619; × .98 = .046667
    ("33333", msgspec.structs.replace(EXACT, is_void=True), 20.0, 0.046667),
    ("made by hand", msgspec.structs.replace(EXACT, is_craft=True), 20.0, 0.046667),
    # three objects bear it: 2 others; the model that all share says nothing: odds .5;
    # p = .333333; × .98 = .326667
    (
        "the number of a contract",
        compared(msgspec.structs.replace(EXACT, n_bearing=3), model="agree"),
        2.0,
        0.326667,
    ),
    # one edit from it, .03 / .0002 + .03 = 150.03 strangers, and 2 that bear it: 150.03 it stays
    (
        "one edit from the number of a contract",
        compared(msgspec.structs.replace(EXACT, n_bearing=3, is_taken=True), serial="edit"),
        150.03,
        0.006489,
    ),
    # another model still speaks against it: odds .5 / 4 = .125; p = .111111; × .98 = .108889
    (
        "the number of a contract, another model",
        compared(msgspec.structs.replace(EXACT, n_bearing=3), model="differ"),
        2.0,
        0.108889,
    ),
]


@pytest.mark.parametrize(
    ("facts", "strangers", "probability"),
    [case[1:] for case in BY_HAND],
    ids=[case[0] for case in BY_HAND],
)
def test_probabilities_are_those_worked_by_hand(
    facts: Facts, strangers: float, probability: float
) -> None:
    """Strangers, odds, the most that is given, and the reading: as on paper."""
    (one,) = scored(facts)

    assert one.strangers == pytest.approx(strangers)
    assert one.probability == pytest.approx(probability, abs=1e-6)


@pytest.mark.parametrize(
    ("crowding", "strangers", "probability"),
    [(2 / 1_000, 9.93, 0.21), (0.5 / 100_000, 0.055, 0.93)],
    ids=["crowded", "alone"],
)
def test_the_example_of_the_method_comes_out(
    crowding: float, strangers: float, probability: float
) -> None:
    """KO1234 and K01234 of docs/methods/linkage.md, where one in a hundred items is on record."""
    facts = compared(EXACT, serial="look_alike", n_look_alikes=1, model="agree")
    facts = msgspec.structs.replace(facts, crowding=crowding, p_read=0.95)

    (one,) = scored(facts, p_on_record=0.01)

    assert one.strangers == pytest.approx(strangers, abs=0.0006)
    assert one.probability == pytest.approx(probability, abs=0.005)


def test_two_rivals_worked_by_hand() -> None:
    """Odds of 33.3 and .667 beside 1 for *not on record here*: 33.3 / 35 and .667 / 35 (× .98).

    The likelier has .667/33.3 = .02 of an object beside its .03 strangers; the other has a whole.
    """
    first, second = scored(EXACT, compared(msgspec.structs.replace(EXACT, alternative="b"),
                                           maker="differ"))  # fmt: skip

    assert first.probability == pytest.approx(33.333333 / 35 * 0.98)
    assert second.probability == pytest.approx(0.666667 / 35 * 0.98)
    assert first.strangers == pytest.approx(0.03 + 0.02)
    assert second.strangers == pytest.approx(0.03 + 1.0)
    assert any("that it may be: 1" in one.words for one in weights_of(EXACT, second))


@pytest.mark.parametrize(
    ("shares", "bits"),
    [
        # agreement weighs 1.5 and 1 bits, and no more than what is common allows: one half: 1
        (Shares(), (1.5, 1.0)),
        (Shares(model=0.5), (1.0, 1.0)),
        (Shares(model=0.1, calibre=0.25), (1.5, 1.0)),
        (Shares(model=1.0, calibre=1.0), (0.0, 0.0)),
    ],
    ids=["not told", "half", "rare", "all"],
)
def test_what_is_common_weighs_less(shares: Shares, bits: tuple[float, float]) -> None:
    """What everybody here has tells nobody apart; what differs weighs as ever."""
    alike = msgspec.structs.replace(compared(EXACT, model="agree", calibre="agree"), shares=shares)
    apart = msgspec.structs.replace(compared(EXACT, model="differ"), shares=shares)

    agreeing, differing = scored(alike)[0], scored(apart)[0]

    assert [step.bits for step in agreeing.steps[1:]] == pytest.approx(bits)
    assert [step.bits for step in differing.steps[1:]] == [-2.0]


def test_bits_are_told_in_order() -> None:
    """Strangers, the reading of the cell, the maker, the model, the calibre."""
    facts = compared(msgspec.structs.replace(EXACT, n_steps=2),
                     maker="differ", model="agree", calibre="differ")  # fmt: skip
    (one,) = scored(facts)

    bits = [step.bits for step in one.steps]
    assert bits == pytest.approx([-log2(0.03), -2, log2(0.02), 1.5, -5])


@pytest.mark.parametrize(
    "change", [{"p_used_again": 0.3}, {"p_not_reused": 0.5}, {"p_maker_misread": 0.001}], ids=str
)
def test_who_puts_other_numbers_gets_other_probabilities(change: dict[str, float]) -> None:
    """The table is what is reckoned with: nothing stands in the code."""
    rivals = [EXACT, compared(msgspec.structs.replace(EXACT, alternative="b"), maker="differ")]
    own = msgspec.structs.replace(weights(), **change)

    ours, theirs = scored(*rivals), score(rivals, p_on_record=0.05, by=own)

    assert [one.probability for one in theirs] != [one.probability for one in ours]

"""How common descriptions are, against counting entry by entry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.linkage.frequencies import Frequencies, Kind
from headstamp.linkage.probes import Described

from .register_world import entry, register_of

IDS = st.frozensets(st.sampled_from("ab"), max_size=2)
DESCRIBED = st.builds(Described, makers=IDS, models=IDS, calibres=IDS)
KINDS = st.lists(st.builds(Kind, DESCRIBED, st.integers(1, 40)), max_size=8)


@given(KINDS, DESCRIBED, DESCRIBED)
def test_the_share_of_a_model_is_counted_among_the_entries_of_its_makers(
    kinds: list[Kind], one: Described, other: Described
) -> None:
    """Of those that state a model at all; a maker that may be two is counted with each."""
    makers, models = one.makers & other.makers, one.models & other.models
    n_whole = n_alike = 0
    for maker in makers or {None}:
        for kind in kinds:
            if maker is None or maker in kind.described.makers:
                n_whole += kind.n * bool(kind.described.models)
                n_alike += kind.n * len(models & kind.described.models)
    is_told = models and n_whole >= 50 and n_alike

    found = Frequencies(kinds).shares(one, other).model

    assert found == (pytest.approx(min(1, n_alike / n_whole)) if is_told else None)


@given(KINDS, DESCRIBED, DESCRIBED)
def test_the_share_of_a_calibre_is_counted_among_those_of_the_model(
    kinds: list[Kind], one: Described, other: Described
) -> None:
    """Where models agree; else among all of the maker."""
    makers, models = one.makers & other.makers, one.models & other.models
    calibres = one.calibres & other.calibres
    n_whole = n_alike = 0
    for maker in makers or {None}:
        for model in models or {None}:
            for kind in kinds:
                is_of = (maker is None or maker in kind.described.makers) and (
                    model is None or model in kind.described.models
                )
                n_whole += is_of * kind.n * bool(kind.described.calibres)
                n_alike += is_of * kind.n * len(calibres & kind.described.calibres)
    is_told = calibres and n_whole >= 50 and n_alike

    found = Frequencies(kinds).shares(one, other).calibre

    assert found == (pytest.approx(min(1, n_alike / n_whole)) if is_told else None)


def test_a_calibre_that_all_of_a_model_have_is_common_there_alone() -> None:
    """Every R1 is of calibre 9; of all there are, one in four."""
    kinds = [
        Kind(Described(models=frozenset(["R1"]), calibres=frozenset(["9"])), 50),
        Kind(Described(models=frozenset(["R2"]), calibres=frozenset(["7"])), 150),
    ]
    mine = Described(models=frozenset(["R1"]), calibres=frozenset(["9"]))
    unnamed = Described(calibres=frozenset(["9"]))

    found = Frequencies(kinds)

    assert found.shares(mine, mine).calibre == pytest.approx(1.0)
    assert found.shares(unnamed, mine).calibre == pytest.approx(0.25)


def test_a_register_counts_its_rows_in_all_parts() -> None:
    """Sixty entries of one maker, 45 of one model: three in four."""
    rows = [entry(f"e{n}", maker="a", model="R1" if n % 4 else "R2") for n in range(60)]
    mine = Described(makers=frozenset("a"), models=frozenset(["R1"]))

    whole, parted = register_of(rows), register_of(rows[:20], rows[20:])

    assert whole.frequencies.shares(mine, mine).model == pytest.approx(0.75)
    assert parted.frequencies.shares(mine, mine).model == pytest.approx(0.75)

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from headstamp.custody.consistent import MOST_ACCOUNTS, consistent_sets

ATOMS = "abcdefg"
PAIRS = list(combinations(ATOMS, 2))


@given(st.sets(st.sampled_from(PAIRS)))
def test_the_largest_sets_are_those_that_trying_all_finds(clashes: set[tuple[str, str]]) -> None:
    """Every set without a conflict that nothing can be added to is there, and no other."""
    conflicts = {a: {b for b in ATOMS if (a, b) in clashes or (b, a) in clashes} for a in ATOMS}
    fine = [
        frozenset(some)
        for size in range(len(ATOMS) + 1)
        for some in combinations(ATOMS, size)
        if not any(pair in clashes for pair in combinations(some, 2))
    ]

    found = consistent_sets(ATOMS, conflicts)

    assert set(found) == {one for one in fine if not any(one < other for other in fine)}
    assert len(set(found)) == len(found)


def test_too_many_sets_are_cut_so_that_it_can_be_told() -> None:
    """Ten pairs that conflict make 1,024 sets; one more than are listed comes back."""
    conflicts = {f"{n}{side}": {f"{n}{'ba'[side == 'b']}"} for n in range(10) for side in "ab"}

    assert len(consistent_sets(conflicts, conflicts)) == MOST_ACCOUNTS + 1

"""How well does a conclusion stand? Classes, independent origins and standing of a support."""

from itertools import combinations

from headstamp.custody.grading import Atom, Grading
from headstamp.custody.support import AtomSet, Support, shared_part
from headstamp.terms.finding import Standing
from headstamp.terms.grade import CLASSES, Class, is_at_least, lowest_class

EXACT_SETS = 20
"""Up to so many sets the number of independent origins is exact, beyond it is *at least*."""


def class_of_set(atoms: AtomSet, grading: Grading) -> Class:
    """Return the lowest class among the graded atoms of one set."""
    grades = (grading.atoms[atom].grade for atom in atoms)
    return lowest_class(tuple(grade for grade in grades if grade is not None))


def best_class(support: Support, grading: Grading) -> Class:
    """Return the class of the best set; *poor* where there is none."""
    return min((class_of_set(one, grading) for one in support), key=CLASSES.index, default="poor")


def is_sound(atoms: AtomSet, grading: Grading) -> bool:
    """Whether no atom of the set is poor."""
    return class_of_set(atoms, grading) != "poor"


def standing_of(support: Support, grading: Grading) -> Standing:
    """Return the first standing that applies (REASONING.md section 3)."""
    if not support:
        return "unsupported"
    if any(_is_documented(one, grading) for one in support):
        return "documented"
    if _is_corroborated(support, grading):
        return "corroborated"
    if any(is_sound(one, grading) for one in support):
        return "reported"
    return "doubtful"


def n_origins(support: Support, grading: Grading) -> int:
    """Return the largest number of sets with pairwise disjoint lineages (0 without support).

    What every set holds is left out if it is strong and documentary. Exact up to
    ``EXACT_SETS`` sets; beyond, a number that is surely reached.
    """
    lineages = [lineage for _, lineage in _independent_parts(support, grading)]
    if len(lineages) <= 1:
        return len(lineages)
    unique = sorted(set(lineages), key=lambda lineage: (len(lineage), sorted(lineage)))
    if len(unique) > EXACT_SETS:
        return _packed_greedily(unique)
    return max(1, _most_disjoint(unique))


def _is_documented(atoms: AtomSet, grading: Grading) -> bool:
    if class_of_set(atoms, grading) != "strong":
        return False
    known = [grading.atoms[atom] for atom in atoms]
    return all(atom.is_documentary for atom in known) and not _stands_alone(known)


def _stands_alone(known: list[Atom]) -> bool:
    """Whether a party's statement about its own conduct is all that a set has to say."""
    graded = [atom for atom in known if atom.grade is not None]
    speakers = {atom.own_conduct_of for atom in graded}
    return len(speakers) == 1 and None not in speakers


def _is_corroborated(support: Support, grading: Grading) -> bool:
    fair = [
        (lineage, any(grading.atoms[atom].is_first_hand for atom in one))
        for one, lineage in _independent_parts(support, grading)
        if is_at_least(class_of_set(one, grading), "fair") and not _is_by_rule(one, grading)
    ]
    if len(fair) < 2 or frozenset.intersection(*(lineage for lineage, _ in fair)):
        return False
    return any(
        (is_first_hand or other_is) and not lineage & other_lineage
        for (lineage, is_first_hand), (other_lineage, other_is) in combinations(set(fair), 2)
    )


def _is_by_rule(atoms: AtomSet, grading: Grading) -> bool:
    """Whether a set crosses what a written rule judged: it gives no more than *reported*."""
    return any(grading.atoms[atom].is_by_rule for atom in atoms)


def _independent_parts(support: Support, grading: Grading) -> list[tuple[AtomSet, frozenset[str]]]:
    """Return every set with the lineage that counts for its independence."""
    shared = shared_part(support)
    left_out = shared if _may_be_shared(shared, grading) else frozenset()
    return [
        (one, frozenset().union(*(grading.atoms[atom].lineage for atom in one - left_out)))
        for one in sorted(support, key=sorted)
    ]


def _may_be_shared(shared: AtomSet, grading: Grading) -> bool:
    return class_of_set(shared, grading) == "strong" and all(
        grading.atoms[atom].is_documentary for atom in shared
    )


def _most_disjoint(lineages: list[frozenset[str]]) -> int:
    if not lineages:
        return 0
    first, rest = lineages[0], lineages[1:]
    beside = [lineage for lineage in rest if not lineage & first]
    with_first = 1 + _most_disjoint(beside)
    if len(beside) >= len(rest) - 1:  # Leaving it out frees one other at most.
        return with_first
    return max(with_first, _most_disjoint(rest))


def _packed_greedily(lineages: list[frozenset[str]]) -> int:
    taken: set[str] = set()
    n_taken = 0
    for lineage in lineages:
        if not lineage & taken:
            taken |= lineage
            n_taken += 1
    return n_taken

"""Which things can stand together? The largest sets without two that conflict."""

from collections.abc import Iterable, Mapping

MOST_ACCOUNTS = 64
Conflicts = dict[str, set[str]]


def consistent_sets(
    atoms: Iterable[str], conflicts: Mapping[str, set[str]]
) -> tuple[frozenset[str], ...]:
    """Return the sets without a conflict that nothing can be added to.

    At most ``MOST_ACCOUNTS`` + 1 are returned, so that the caller can tell that there are more.
    """
    everything = frozenset(atoms)
    free = frozenset(atom for atom in everything if not conflicts.get(atom))
    found: list[frozenset[str]] = []
    _extend(frozenset(), everything - free, frozenset(), conflicts, found)
    return tuple(sorted((one | free for one in found), key=sorted))


def _extend(
    chosen: frozenset[str],
    open_: frozenset[str],
    closed: frozenset[str],
    conflicts: Mapping[str, set[str]],
    found: list[frozenset[str]],
) -> None:
    """Bron-Kerbosch with a pivot, on the graph of what agrees; stops once there are too many."""
    if len(found) > MOST_ACCOUNTS:
        return
    if not open_ and not closed:
        found.append(chosen)
        return
    if not open_:
        return
    pivot = min(open_ | closed, key=lambda atom: (len(open_ & conflicts[atom]), atom))
    for atom in sorted(open_ & (conflicts[pivot] | {pivot})):
        agreeing = open_ - conflicts[atom] - {atom}
        _extend(chosen | {atom}, agreeing, closed - conflicts[atom], conflicts, found)
        open_ -= {atom}
        closed |= {atom}

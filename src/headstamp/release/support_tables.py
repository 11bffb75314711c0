"""Who relays whom, and what rests on each source? Tables for pages, counted from conclusions."""

from collections import Counter

from headstamp.casebook.columns import LINEAGE, RESTS_ON_SOURCE
from headstamp.casebook.kept import kept
from headstamp.casebook.opening import Casebook
from headstamp.terms.evidence import ENTRIES, TABLES, atom_id
from headstamp.terms.table import Cell, Table


@kept()
def lineage(casebook: Casebook) -> Table:
    """Return who relays whom: one row per pair, with the number of rows that came so."""
    pairs: Counter[tuple[str, str]] = Counter()
    for (table, row_id), graded in casebook.graded.items():
        if graded.is_live and not casebook.is_protected(table, row_id):
            pairs.update(zip(graded.lineage, graded.lineage[1:], strict=False))
    rows: tuple[dict[str, Cell], ...] = tuple(
        {"source_id": teller, "relays_from": told, "n_rows": count}
        for (teller, told), count in sorted(pairs.items())
    )
    return Table(name="lineage", columns=LINEAGE, rows=rows)


@kept()
def rests_on_source(casebook: Casebook) -> Table:
    """Return, for every source, the findings that rest on it and those that fall without it.

    Cost: O(rows + atoms of all sets), whatever the number of sources.
    """
    lineages = _lineages_of_atoms(casebook)
    n_rows = Counter(source for lines in lineages.values() for source in lines)
    resting: dict[str, list[str]] = {}
    falling: dict[str, list[str]] = {}
    for finding in casebook.conclusions.findings:
        sets = [
            frozenset[str]().union(*(lineages.get(atom, frozenset()) for atom in atoms))
            for atoms in finding.rests_on
        ]
        for source_id in frozenset[str]().union(*sets):
            resting.setdefault(source_id, []).append(finding.finding_id)
            if all(source_id in through for through in sets):
                falling.setdefault(source_id, []).append(finding.finding_id)
    rows: tuple[dict[str, Cell], ...] = tuple(
        {
            "source_id": source_id,
            "n_rows": n_rows[source_id],
            "rests_on_it": ";".join(resting.get(source_id, ())) or None,
            "falls_without_it": ";".join(falling.get(source_id, ())) or None,
        }
        for source_id in casebook.evidence.sources
    )
    return Table(name="rests_on_source", columns=RESTS_ON_SOURCE, rows=rows)


def _lineages_of_atoms(casebook: Casebook) -> dict[str, frozenset[str]]:
    graded = casebook.graded
    return {
        atom_id(table, row_id): frozenset(graded[table, row_id].lineage)
        for table in (*TABLES, ENTRIES)
        if table != "sources"
        for row_id in casebook.evidence.rows(table)
        if graded[table, row_id].is_live
    }

"""Who relays whom, and what rests on each source? Tables for pages, counted from conclusions."""

from collections import Counter

from headstamp.casebook.columns import LINEAGE, RESTS_ON_SOURCE
from headstamp.casebook.kept import kept
from headstamp.casebook.opening import Casebook
from headstamp.terms.evidence import TABLES, atom_id
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
    """Return, for every source, the findings that rest on it and those that fall without it."""
    lineages = _lineages_of_atoms(casebook)
    n_rows = Counter(source for lines in lineages.values() for source in lines)
    rows: list[dict[str, Cell]] = []
    for source_id in casebook.evidence.sources:
        resting, falling = _findings_through(source_id, casebook, lineages)
        rows.append(
            {
                "source_id": source_id,
                "n_rows": n_rows[source_id],
                "rests_on_it": ";".join(resting) or None,
                "falls_without_it": ";".join(falling) or None,
            }
        )
    return Table(name="rests_on_source", columns=RESTS_ON_SOURCE, rows=tuple(rows))


def _findings_through(
    source_id: str, casebook: Casebook, lineages: dict[str, frozenset[str]]
) -> tuple[list[str], list[str]]:
    """Return the findings that rest on a source, and those all of whose sets do."""
    resting, falling = [], []
    for finding in casebook.conclusions.findings:
        through = [
            any(source_id in lineages.get(atom, ()) for atom in atoms) for atoms in finding.rests_on
        ]
        if any(through):
            resting.append(finding.finding_id)
        if through and all(through):
            falling.append(finding.finding_id)
    return resting, falling


def _lineages_of_atoms(casebook: Casebook) -> dict[str, frozenset[str]]:
    graded = casebook.graded
    return {
        atom_id(table, row_id): frozenset(graded[table, row_id].lineage)
        for table in TABLES
        if table != "sources"
        for row_id in casebook.evidence.rows(table)
        if graded[table, row_id].is_live
    }

"""By which way did rows come? Every path from an origin to who told us, with its rows.

They are written to tables/report_lineages.csv, so that the numbers beside the tree of
relays are rows of a table.
"""

from collections import Counter
from functools import lru_cache

from headstamp.reports.case import Case, lineage_of
from headstamp.terms.table import Cell, Table

LINEAGES = "report_lineages"
_TABLES = (
    "items",
    "marks",
    "documents",
    "consignments",
    "consignment_lines",
    "claims",
    "undertakings",
    "consents",
    "requests",
    "published_figures",
)


@lru_cache(maxsize=1)
def paths(case: Case) -> Counter[tuple[str, ...]]:
    """Return every path, origin first, with the number of rows that came by it.

    Kept for the case at hand: the page of sources and the table both ask for it.
    """
    found: Counter[tuple[str, ...]] = Counter()
    for table in _TABLES:
        for row in case.rows(table):
            if lineage := lineage_of(row):
                found[lineage[::-1]] += 1
    return found


def lineages_table(case: Case) -> Table:
    """Return one row per path; ``origin_first`` joins its sources by ``;``."""
    rows: tuple[dict[str, Cell], ...] = tuple(
        {"origin_first": ";".join(path), "n_rows": number}
        for path, number in sorted(paths(case).items())
    )
    return Table(name=LINEAGES, columns=("origin_first", "n_rows"), rows=rows)

"""How many rows? Each count of records that a page prints, with the table it is a count of.

They are written to tables/report_counts.csv, so that these numbers too are rows of a table.
"""

from collections.abc import Callable

from headstamp.reports.case import Case, is_bare
from headstamp.reports.cells import Row, is_true, text_of
from headstamp.terms.table import Cell, Table

COUNTS = "report_counts"
ONE_LEG = "without a page: one leg on record, their own documentation"
NO_LEG = "without a page: no leg on record"
TOO_MANY = "without a page: more than there are pages for"


def counts_table(case: Case) -> Table:
    """Return one row per count: how many, of what, in which table."""
    rows: list[dict[str, Cell]] = [
        {"count": sum(of(row) for row in case.rows(table)), "what": what, "of_table": table}
        for what, table, of in _COUNTED
    ]
    rows += [
        {"count": number, "what": what, "of_table": "chains"}
        for what, number in without_page(case).items()
    ]
    rows += [
        {"count": len(table.rows), "what": "rows", "of_table": name}
        for name, table in sorted(case.tables.items())
    ]
    return Table(name=COUNTS, columns=("count", "what", "of_table"), rows=tuple(rows))


def count(case: Case, what: str) -> int:
    """Return one of the counts, by its words."""
    table, of = next((table, of) for words, table, of in _COUNTED if words == what)
    return sum(of(row) for row in case.rows(table))


def without_page(case: Case) -> dict[str, int]:
    """Return how many items and consignments have no page of their own, by the reason."""
    found = dict.fromkeys((ONE_LEG, NO_LEG, TOO_MANY), 0)
    told = frozenset(case.told)
    for subject in case.subjects:
        if case.has_page(*subject):
            continue
        tracks = case.tracks.get(subject, ())
        if subject in told or not is_bare(tracks):
            found[TOO_MANY] += 1
        else:
            found[ONE_LEG if tracks else NO_LEG] += 1
    return found


def _any(_row: Row) -> bool:
    return True


def _is(column: str, value: str) -> Callable[[Row], bool]:
    return lambda row: text_of(row, column) == value


def _is_open_request(row: Row) -> bool:
    return text_of(row, "outcome") in {"open", "silent", "refused", "not_in_records", ""}


_COUNTED: tuple[tuple[str, str, Callable[[Row], bool]], ...] = (
    ("items on record", "items", _any),
    ("consignments on record", "consignments", _any),
    ("claims", "claims", _any),
    ("claims that stand", "claims", lambda row: text_of(row, "live") != "false"),
    ("sources", "sources", _any),
    ("parties", "parties", _any),
    ("sites", "sites", _any),
    ("findings", "findings", _any),
    ("findings that may be said as ours", "findings", _is("voice", "ours")),
    ("findings that may be said as others report them", "findings", _is("voice", "attributed")),
    ("findings for work on the case only", "findings", _is("voice", "internal")),
    ("questions that cannot be determined", "findings", _is("verdict", "cannot_be_determined")),
    ("gaps in all accounts", "chains", lambda row: is_true(row, "gap")),
    ("requests without a full answer", "requests", _is_open_request),
    ("entries of registers that a judgement names", "judged_entries", _any),
    ("links that are only proposed", "links", _is("state", "proposed")),
    ("things to look at in the data", "issues", _any),
)

"""How well was it read? Each count that the page of reading prints, as rows of one table.

They are written to tables/report_reading.csv, with the table that they count. An intake that
was superseded is listed and not counted: the same bytes were read anew.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from headstamp.reports.case import Case
from headstamp.reports.cells import Row, number_of, text_of, texts_of
from headstamp.terms.table import Cell, Table

READING = "report_reading"
_COLUMNS = ("part", "what", "column", "why", "count", "base", "share", "of_table")
ROWS = ("taken", "same", "left", "refused")
CELLS = ("read", "noted", "cells_same", "ignored", "reported")
STATES = (
    *("legible", "partial", "illegible", "removed", "overstamped"),
    *("never_marked", "not_recorded", "not_understood", "not_stated"),
)


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """One count: how many of a base, of what; ``base`` is empty where it is no part of one."""

    part: str
    what: str
    count: int
    of_table: str
    base: int | None = None
    column: str = ""
    why: str = ""

    @property
    def share(self) -> str:
        """The share in per cent, one decimal, halves rounded up; empty without a base."""
        if not self.base:
            return ""
        tenths = (self.count * 2000 + self.base) // (self.base * 2)
        return f"{tenths // 10}.{tenths % 10}"


def reading_table(case: Case) -> Table:
    """Return every count of the page, in its order."""
    rows: tuple[dict[str, Cell], ...] = tuple(
        {
            "part": one.part,
            "what": one.what,
            "column": one.column or None,
            "why": one.why or None,
            "count": one.count,
            "base": one.base,
            "share": one.share or None,
            "of_table": one.of_table,
        }
        for one in _counts(case)
    )
    return Table(name=READING, columns=_COLUMNS, rows=rows)


def _counts(case: Case) -> Iterator[Count]:
    yield from intakes_by_fate(case)
    yield from fates(case, "rows")
    yield from fates(case, "cells")
    yield from left(case)
    yield from ignored(case)
    yield from serial_states(case)
    yield from without_serial(case)
    yield from issues_by_kind(case)


def intakes_by_fate(case: Case) -> tuple[Count, ...]:
    """Return how many intakes stand, were superseded, and are withheld."""
    found = Counter(_fate(row) for row in case.rows("intakes"))
    return tuple(
        Count(part="intakes", what=fate, count=found[fate], of_table="intakes")
        for fate in ("files", "packages", "superseded", "withheld")
    )


def fates(case: Case, part: str) -> tuple[Count, ...]:
    """Return what became of all rows, or of all filled cells, of the intakes that stand."""
    standing = [row for row in case.rows("intakes") if _fate(row) in {"files", "packages"}]
    base = _total(standing, part)
    return tuple(
        Count(part=part, what=fate, count=_total(standing, fate), base=base, of_table="intakes")
        for fate in (ROWS if part == "rows" else CELLS)
    )


def left(case: Case) -> tuple[Count, ...]:
    """Return the rows that layouts left, and the cells that they passed over, by reason."""
    found: dict[tuple[str, str], int] = {}
    for row in _of_standing(case, "intake_left"):
        for part in ("rows", "cells"):
            key = (f"{part} left", text_of(row, "why"))
            found[key] = found.get(key, 0) + (number_of(row, part) or 0)
    return tuple(
        Count(part=part, what="left", why=why, count=number, of_table="intake_left")
        for (part, why), number in sorted(found.items(), key=lambda one: (-one[1], one[0]))
        if number
    )


def ignored(case: Case) -> tuple[Count, ...]:
    """Return the cells that layouts ignore, by column and reason, the most first."""
    found: dict[tuple[str, str], list[int]] = {}
    for row in _of_standing(case, "intake_columns"):
        number = number_of(row, "ignored") or 0
        if number:
            totals = found.setdefault((text_of(row, "column"), text_of(row, "why")), [0, 0])
            totals[0] += number
            totals[1] += number_of(row, "filled") or 0
    return tuple(
        Count(
            part="cells ignored",
            what="ignored",
            column=column,
            why=why,
            count=number,
            base=filled,
            of_table="intake_columns",
        )
        for (column, why), (number, filled) in sorted(
            found.items(), key=lambda one: (-one[1][0], one[0])
        )
    )


def serial_states(case: Case) -> tuple[Count, ...]:
    """Return how many serial marks are in each state that occurs, of all of them."""
    found = Counter(state_of(row) for row in case.rows_where("marks", "kind", "serial"))
    states = [*STATES, *sorted(found.keys() - set(STATES))]
    return tuple(
        Count(
            part="serial marks",
            what=state,
            count=found[state],
            base=found.total(),
            of_table="marks",
        )
        for state in states
        if found[state]
    )


def without_serial(case: Case) -> tuple[Count, ...]:
    """Return how many weapons on record have no serial mark on record at all."""
    marked = {text_of(row, "item_id") for row in case.rows_where("marks", "kind", "serial")}
    weapons = case.rows_where("items", "category", "weapon")
    number = sum(text_of(row, "item_id") not in marked for row in weapons)
    count = Count(
        part="weapons",
        what="no serial mark on record",
        count=number,
        base=len(weapons),
        of_table="items",
    )
    return (count,) if weapons else ()


def issues_by_kind(case: Case) -> tuple[Count, ...]:
    """Return how many issues there are of each code and column, errors first, then by number."""
    found = Counter(issue_key(row) for row in case.rows("issues"))
    return tuple(
        Count(part=f"issues, {severity}", what=code, column=column, count=n, of_table="issues")
        for (severity, code, column), n in sorted(
            found.items(), key=lambda one: (_rank(one[0][0]), -one[1], one[0])
        )
    )


def issue_key(row: Row) -> tuple[str, str, str]:
    """Return what issues are grouped by: severity, code, column."""
    return text_of(row, "severity"), text_of(row, "code"), text_of(row, "column")


def state_of(mark: Row) -> str:
    """Return the state of a mark; of one that states none, why there is none.

    A mark with a text and no reading is one of which we understood nothing.
    """
    state = text_of(mark, "state")
    if state:
        return state
    if not text_of(mark, "text"):
        return "not_recorded"
    return "not_stated" if texts_of(mark, "readings") else "not_understood"


def _fate(intake: Row) -> str:
    if text_of(intake, "superseded_by"):
        return "superseded"
    if not text_of(intake, "kind"):
        return "withheld"
    return "files" if text_of(intake, "kind") == "file" else "packages"


def _of_standing(case: Case, table: str) -> list[Row]:
    gone = {text_of(row, "entry") for row in case.rows("intakes") if text_of(row, "superseded_by")}
    return [row for row in case.rows(table) if text_of(row, "entry") not in gone]


def _total(rows: Iterable[Row], column: str) -> int:
    return sum(number_of(row, column) or 0 for row in rows)


def _rank(severity: str) -> int:
    ranks = ("error", "warning", "note")
    return ranks.index(severity) if severity in ranks else len(ranks)

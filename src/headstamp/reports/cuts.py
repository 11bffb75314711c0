"""How much of a list stands on a page? The first of it, and where the rest is to be found.

A casebook may hold 75,000 items; a page of them all could not be read. Tables are always
whole. What a page leaves out is a row of tables/report_cuts.csv, so that the number which
the page prints is in a table as well.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec

from headstamp.terms.table import Cell, Table

MOST_LISTED = 200
"""Entries of one list on a page."""
MOST_NESTED = 20
"""Entries of a list that stands within an entry of another one."""
MOST_PAGES = 500
"""Pages of single items and consignments; a folder of more is slow to copy and to open."""
CUTS = "report_cuts"
_COLUMNS = ("page", "list", "entries", "shown", "left_out", "in_table")

Entry = TypeVar("Entry")


class Cut(msgspec.Struct, frozen=True, kw_only=True):
    """One list of one page that is longer than what stands there."""

    page: str
    what: str
    n_entries: int
    n_shown: int
    table: str

    @property
    def n_more(self) -> int:
        """How many entries do not stand on the page."""
        return self.n_entries - self.n_shown


class Cuts:
    """Cuts the lists of one page, and keeps what was cut."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._cuts: dict[str, Cut] = {}

    def first(
        self, entries: Sequence[Entry], what: str, *, table: str, most: int = MOST_LISTED
    ) -> tuple[Entry, ...]:
        """Return the first entries of a list; what is left out is kept under ``what``."""
        shown = tuple(entries[:most])
        self.note(len(entries), len(shown), what, table=table)
        return shown

    def note(self, n_entries: int, n_shown: int, what: str, *, table: str) -> None:
        """Keep that of so many entries so many are shown, if that is not all."""
        if n_shown < n_entries:
            self._cuts[what] = Cut(
                page=self._page, what=what, n_entries=n_entries, n_shown=n_shown, table=table
            )

    def get(self, what: str) -> Cut | None:
        """Return what was cut from a list; ``None`` where it stands whole."""
        return self._cuts.get(what)

    @property
    def all(self) -> tuple[Cut, ...]:
        """Every cut of the page, in the order of its lists."""
        return tuple(self._cuts.values())


def cuts_table(cuts: Iterable[Cut]) -> Table:
    """Return one row per list that a page does not hold whole."""
    rows: tuple[dict[str, Cell], ...] = tuple(
        {
            "page": cut.page,
            "list": cut.what,
            "entries": cut.n_entries,
            "shown": cut.n_shown,
            "left_out": cut.n_more,
            "in_table": cut.table,
        }
        for cut in cuts
    )
    return Table(name=CUTS, columns=_COLUMNS, rows=rows)

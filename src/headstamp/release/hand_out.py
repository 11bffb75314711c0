"""What may leave, for whom? (casebook, profile) → tables; nothing else hands any out."""

from collections.abc import Callable
from typing import Protocol

from headstamp.casebook.derived_tables import (
    chains,
    findings,
    issues,
    item_chains,
    links,
    pathways,
)
from headstamp.casebook.entry_table import judged_entry_rows
from headstamp.casebook.figures import figures, figures_by
from headstamp.casebook.identified import identified
from headstamp.casebook.intake_tables import (
    intake_columns,
    intake_left,
    intake_tables,
    intakes,
    issue_kinds,
)
from headstamp.casebook.kept import kept
from headstamp.casebook.object_tables import items, marks
from headstamp.casebook.open_part import counts_left_out, left_out, without_protected
from headstamp.casebook.opening import Casebook, as_of_note
from headstamp.casebook.package_tables import (
    claims,
    consents,
    consignment_lines,
    consignments,
    documents,
    package_table,
    parties,
    requests,
    sites,
    sources,
    undertakings,
)
from headstamp.casebook.published import figures_against
from headstamp.release.support_tables import lineage, rests_on_source
from headstamp.terms.errors import MisuseError
from headstamp.terms.finding import CAVEAT
from headstamp.terms.table import Cell, Table

INTERNAL = "internal"
_NOTHING = {"n_same": 0}
ABOUT_TABLE = "about"
BANNER = (
    "INTERNAL: everything on record but protected rows, and nothing that rests on them. "
    "Not for release: sources that may not be named stand in it."
)
ABOUT = (
    "casebook_id",
    "title",
    "seq",
    "head_hash",
    "as_of",
    "as_of_note",
    "profile",
    "banner",
    "caveat",
    "n_protected",
    "n_erased",
    "n_resting",
)


class _ReadIntakes(Protocol):
    """Reads a table about intakes, those that are withheld told of only as there."""

    def __call__(self, casebook: Casebook, *, withheld: frozenset[int]) -> Table: ...


def hand_out(casebook: Casebook, profile: str = INTERNAL) -> dict[str, Table]:
    """Return every table of a casebook by name, as far as a profile lets it leave.

    Profile ``internal`` is everything but protected rows and what rests on them, under a
    banner: nothing at all about them stands in any table, ``about`` has how many there are.

    Raises:
        MisuseError: There is no such profile.
    """
    if profile != INTERNAL:
        message = f"there is no profile {profile!r}"
        raise MisuseError(message, hint=f"the one profile so far is {INTERNAL!r}")
    handed = without_protected(casebook)
    withheld = frozenset(int(str(row["entry"])) for row in intakes_withheld(casebook).rows)
    tables = {name: read(handed) for name, read in _TABLES.items()}
    told = {name: read(handed, withheld=withheld) for name, read in _INTAKE_TABLES.items()}
    return {ABOUT_TABLE: about(casebook), **tables, **told}


def about(casebook: Casebook) -> Table:
    """Return one row that says what was read: casebook, entry, as-of note, banner, caveat.

    ``n_protected`` rows are left out of every other table, and ``n_resting`` that refer to
    them or to one that was erased.
    """
    opened = casebook.entries[0].content()
    (counts,) = counts_left_out(casebook).rows
    row: dict[str, Cell] = {
        "casebook_id": str(opened.get("casebook_id") or ""),
        "title": str(opened.get("title") or "") or None,
        "seq": casebook.at_seq,
        "head_hash": casebook.entries[-1].hash,
        "as_of": casebook.as_of,
        "as_of_note": as_of_note(casebook),
        "profile": INTERNAL,
        "banner": BANNER,
        "caveat": CAVEAT,
        **{name: counts[name] for name in ("n_protected", "n_erased", "n_resting")},
    }
    return Table(name="about", columns=ABOUT, rows=(row,))


@kept()
def intakes_withheld(casebook: Casebook) -> Table:
    """Return the intakes whose counts would tell of a row that does not leave.

    Those with a protected file, those that brought such a row, and those in which a row of
    its table was on record before: it may have been that one.
    """
    (counts,) = counts_left_out(casebook).rows
    gone = left_out(casebook) if counts["n_protected"] or counts["n_resting"] else frozenset()
    brought = {casebook.rows[key].whereabouts.seq for key in gone}
    touched = {table for table, _ in gone}
    rows: tuple[dict[str, Cell], ...] = tuple(
        {"entry": seq}
        for seq, intake in casebook.intakes.items()
        if seq in brought
        or any(exhibit.key_id is not None for exhibit in intake.exhibits)
        or any(intake.counts.get(table, _NOTHING)["n_same"] for table in touched)
    )
    return Table(name="intakes_withheld", columns=("entry",), rows=rows)


def _figures(casebook: Casebook) -> Table:
    return figures(casebook)


def _package(name: str) -> Callable[[Casebook], Table]:
    def read(casebook: Casebook) -> Table:
        return package_table(casebook, name)

    return read


_TABLES: dict[str, Callable[[Casebook], Table]] = {
    "items": items,
    "marks": marks,
    "sources": sources,
    "parties": parties,
    "sites": sites,
    "sessions": _package("sessions"),
    "documents": documents,
    "consignments": consignments,
    "consignment_lines": consignment_lines,
    "claims": claims,
    "undertakings": undertakings,
    "consents": consents,
    "embargoes": _package("embargoes"),
    "requests": requests,
    "published_figures": _package("published_figures"),
    "links": links,
    "judged_entries": judged_entry_rows,
    "findings": findings,
    "chain": item_chains,
    "chains": chains,
    "pathways": pathways,
    "figures": _figures,
    "figures_by": figures_by,
    "identified": identified,
    "figures_against": figures_against,
    "issues": issues,
    "issue_kinds": issue_kinds,
    "lineage": lineage,
    "rests_on_source": rests_on_source,
}
_INTAKE_TABLES: dict[str, _ReadIntakes] = {
    "intakes": intakes,
    "intake_tables": intake_tables,
    "intake_columns": intake_columns,
    "intake_left": intake_left,
}
TABLE_NAMES = (ABOUT_TABLE, *_TABLES, *_INTAKE_TABLES)
"""Every table that is handed out."""

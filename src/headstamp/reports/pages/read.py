"""What was read, how well, and what could not be? Intakes, marks, identities, issues, tables."""

from headstamp.reports.case import Case
from headstamp.reports.cells import Row, grouped, text_of
from headstamp.reports.cuts import Cuts
from headstamp.reports.pages.counts import COUNTS
from headstamp.reports.pages.issue_groups import issue_groups
from headstamp.reports.pages.page import Page
from headstamp.reports.pages.read_drawings import (
    identified_drawings,
    intake_drawings,
    state_drawings,
)
from headstamp.reports.pages.reading_counts import (
    CELLS,
    READING,
    ROWS,
    Count,
    fates,
    ignored,
    intakes_by_fate,
    left,
    serial_states,
    without_serial,
)
from headstamp.reports.phrases import label

_INTAKE = ("entry", "kind", "name", "layout", "rows", "cells", "superseded_by", "note")


def read_page(case: Case) -> Page:
    """Return the page of what was read."""
    cuts = Cuts("read.html")
    shown = cuts.first(case.rows("intakes"), "intakes", table="intakes")
    states = serial_states(case)
    return Page(
        file="read.html",
        template="read.html",
        title="What was read",
        values={
            "intakes": tuple(_intake(row) for row in shown),
            "row_fates": _columns(case, "rows", ROWS),
            "cell_fates": _columns(case, "cells", CELLS),
            "n": {one.what: one.count for one in intakes_by_fate(case)},
            "totals": {part: fates(case, part) for part in ("rows", "cells")},
            "drawings": intake_drawings(shown),
            "left": cuts.first(_left(case), "reasons to leave", table=READING),
            "ignored": cuts.first(ignored(case), "columns ignored", table=READING),
            "states": tuple(map(_state, states)),
            "state_drawings": state_drawings(states),
            "without_serial": without_serial(case),
            "identified": tuple(_identified(row) for row in case.rows("identified")),
            "identified_drawings": identified_drawings(case),
            "issues": issue_groups(case, cuts),
            "n_issues": len(case.rows("issues")),
            "tables": tuple(
                {"name": name, "n_rows": len(table.rows), "href": f"tables/{name}.csv"}
                for name, table in sorted(case.tables.items())
            ),
            "counts_href": f"tables/{COUNTS}.csv",
            "cuts": cuts,
        },
        cuts=cuts,
    )


def _intake(row: Row) -> dict[str, str]:
    found = {column: text_of(row, column) for column in (*_INTAKE, *ROWS, *CELLS)}
    return found | {"recorded_on": text_of(row, "recorded_at")[:10]}


def _left(case: Case) -> list[dict[str, str]]:
    """Return each reason with its rows and cells; empty where there are none of a kind."""
    found: dict[str, dict[str, str]] = {}
    for one in left(case):
        told = found.setdefault(one.why, {"why": one.why, "rows": "", "cells": ""})
        told[one.part.removesuffix(" left")] = str(one.count)
    return list(found.values())


def _columns(case: Case, part: str, every: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the columns of a table of fates, those that nothing met left out."""
    met = {one.what for one in fates(case, part) if one.count}
    always = {every[0], every[-1]}
    return tuple((fate, label(part, fate)) for fate in every if fate in met | always)


def _state(one: Count) -> dict[str, str]:
    return {
        "key": one.what,
        "count": grouped(one.count),
        "base": grouped(one.base or 0),
        "share": one.share,
    }


def _identified(row: Row) -> dict[str, str]:
    found = {column: text_of(row, column) for column in ("stated", "identified", "base", "share")}
    return found | {
        "measure": label("measure", text_of(row, "measure")),
        "what": label("field", text_of(row, "what")),
    }

"""What could not be read, and what can be done? Issues of one code and column together.

Examples are places, with what is wrong and without the value that stands there: a page may
go further than a casebook. The value is in tables/issues.csv.
"""

from headstamp.reports.case import Case
from headstamp.reports.cells import Row, text_of
from headstamp.reports.cuts import Cuts
from headstamp.reports.pages.reading_counts import Count, issue_key, issues_by_kind
from headstamp.reports.phrases import label

_MOST_EXAMPLES = 3
_SHOWN_CHARACTERS = 60
"""What a message shows of a long value."""
_ELIDED = "…"
_LEAST_ELIDED = 4
"""Shorter values are left out in quotes only: they are in every word."""


def issue_groups(case: Case, cuts: Cuts) -> tuple[dict[str, object], ...]:
    """Return one group per severity, code and column, each with at most three places."""
    rows: dict[tuple[str, str, str], list[Row]] = {}
    for row in case.rows("issues"):
        rows.setdefault(issue_key(row), []).append(row)
    kinds = {text_of(row, "code"): row for row in case.rows("issue_kinds")}
    groups = [(one, rows[_key(one)]) for one in issues_by_kind(case)]
    shown = cuts.first(groups, "kinds of issues", table="issues")
    return tuple(_group(one, alike, kinds.get(one.what, {})) for one, alike in shown)


def _key(one: Count) -> tuple[str, str, str]:
    return one.part.removeprefix("issues, "), one.what, one.column


def _group(one: Count, alike: list[Row], kind: Row) -> dict[str, object]:
    severity, code, column = _key(one)
    return {
        "code": code,
        "severity": label("severity", severity),
        "column": column,
        "count": one.count,
        "meaning": text_of(kind, "meaning"),
        "remedy": text_of(kind, "remedy") or text_of(alike[0], "hint"),
        "examples": tuple(_example(row) for row in alike[:_MOST_EXAMPLES]),
        "has_more": one.count > _MOST_EXAMPLES,
    }


def _example(row: Row) -> dict[str, str]:
    return {"file": text_of(row, "file"), "row": text_of(row, "row"), "message": without_value(row)}


def without_value(row: Row) -> str:
    """Return the message of an issue without its place, and without the value that it shows.

    >>> message = "a.csv row 3, text: 'AB12' is no serial"
    >>> without_value({"message": message, "file": "a.csv", "row": 3, "raw": "AB12"})
    'text: … is no serial'
    """
    message, raw, file = (text_of(row, column) for column in ("message", "raw", "file"))
    for place in (f"{file} row {text_of(row, 'row')}, ", f"{file}: "):
        message = message.removeprefix(place)
    for value in (raw, raw[:_SHOWN_CHARACTERS]):
        message = message.replace(repr(value), _ELIDED)
        if len(value) >= _LEAST_ELIDED:
            message = message.replace(value, _ELIDED)
    return message

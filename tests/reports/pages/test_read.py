import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from headstamp.reports.case import Case
from headstamp.reports.pages.issue_groups import without_value
from headstamp.reports.pages.read_drawings import identified_drawings
from headstamp.reports.pages.reading_counts import (
    fates,
    ignored,
    issues_by_kind,
    reading_table,
    serial_states,
    state_of,
    without_serial,
)
from headstamp.reports.site import write_report
from headstamp.terms.table import Cell, Table

from ..readings import table

Tables = dict[str, Table]


def page(tables: Tables, out: Path) -> str:
    """Write the report and return the page of what was read."""
    write_report(tables, out, title="A case", made_on="today")
    return (out / "read.html").read_text(encoding="utf-8")


def made_of(name: str, *rows: dict[str, Cell]) -> Case:
    """Return a case of one table."""
    return Case({name: Table(name=name, columns=tuple(rows[0]), rows=rows)})


def mark(kind: str, state: str | None, *, item: str = "a") -> dict[str, Cell]:
    """Return a mark with a text that no reading was made of."""
    return {"item_id": item, "kind": kind, "state": state, "text": "x", "readings": []}


def test_what_became_of_rows_and_cells_makes_up_the_whole(case: Case) -> None:
    """Of the intakes that stand: the package and the second reading of the file."""
    rows, cells = fates(case, "rows"), fates(case, "cells")

    assert {one.what: one.count for one in rows} == {
        "taken": 1224, "same": 8, "left": 200, "refused": 8,
    }  # fmt: skip
    assert {one.base for one in rows} == {sum(one.count for one in rows)}
    assert {one.base for one in cells} == {sum(one.count for one in cells)} == {9310}


def test_what_a_superseded_intake_ignored_is_not_counted_again(case: Case) -> None:
    """One reading of the file, its column once."""
    assert [(one.column, one.count, one.base) for one in ignored(case)] == [("Remark", 1900, 1900)]


@pytest.mark.parametrize(
    ("mark", "state"),
    [
        ({"state": "removed", "text": "RASPADO", "readings": []}, "removed"),
        ({"state": None, "text": None, "readings": []}, "not_recorded"),
        ({"state": None, "text": "1.2E+11", "readings": []}, "not_understood"),
        ({"state": None, "text": "AB12", "readings": ["AB12"]}, "not_stated"),
    ],
)
def test_a_mark_has_one_state(mark: dict[str, Cell], state: str) -> None:
    """The one that the record has; else why there is none."""
    assert state_of(mark) == state


def test_states_are_of_serial_marks_and_shares_of_all_of_them() -> None:
    """A lot is no serial; a state that we have no word for is counted too."""
    states = ("legible", "legible", "removed", "worn away", None)
    rows = [mark("serial", state) for state in states]
    case = made_of("marks", *rows, mark("lot", "legible"))

    assert [(one.what, one.count, one.base, one.share) for one in serial_states(case)] == [
        ("legible", 2, 5, "40.0"),
        ("removed", 1, 5, "20.0"),
        ("not_understood", 1, 5, "20.0"),
        ("worn away", 1, 5, "20.0"),
    ]


def test_weapons_without_a_serial_mark_are_told_apart_from_marks() -> None:
    """A weapon nobody wrote a serial of is in no state of a mark."""
    categories = {"a": "weapon", "b": "weapon", "c": "ammunition"}
    items: list[dict[str, Cell]] = [
        {"item_id": ident, "category": category} for ident, category in categories.items()
    ]
    marks = [mark("serial", None), mark("maker", None, item="b")]
    case = Case({**made_of("items", *items).tables, **made_of("marks", *marks).tables})

    assert [(one.count, one.base) for one in without_serial(case)] == [(1, 2)]


def test_issues_stand_by_severity_then_number(case: Case) -> None:
    """Four warnings of one column are one group, the note another, after them."""
    assert [(one.what, one.column, one.count) for one in issues_by_kind(case)] == [
        ("INTAKE-118", "Number", 4),
        ("INTAKE-007", "", 1),
    ]


def test_examples_name_places_and_never_the_value(tables: Tables, tmp_path: Path) -> None:
    """Three of the four rows, what is wrong, what can be done; the values are in the table."""
    text = page(tables, tmp_path / "out")

    assert all(f"row <bdi>{row}</bdi>" in text for row in (14, 25, 36))
    assert "row <bdi>47</bdi>" not in text
    assert "enter it again" in text
    assert "12345678901234" not in text
    assert "12345678901234" in (tmp_path / "out/tables/issues.csv").read_text()


@pytest.mark.parametrize(
    ("raw", "message", "told"),
    [
        ("it's 9", 'b.csv row 3, text: "it\'s 9" is no mark', "text: … is no mark"),
        ("9", "b.csv row 3, text: '9' is 9th of 19", "text: … is 9th of 19"),
        ("Z" * 80, f"b.csv row 3, text: {'Z' * 60!r}… (80 characters)", "text: …… (80 characters)"),
        (None, "b.csv: the sheet has 9 columns", "the sheet has 9 columns"),
    ],
)
def test_a_message_is_told_without_its_value(raw: str | None, message: str, told: str) -> None:
    """However it is quoted, cut or short; other numbers stay."""
    row: dict[str, Cell] = {"message": message, "raw": raw, "file": "b.csv", "row": 3}

    assert without_value(row) == told


def test_superseded_and_withheld_intakes_are_listed(tables: Tables, tmp_path: Path) -> None:
    """The one names its successor, the other says nothing but why."""
    text = page(tables, tmp_path / "out")

    assert "superseded by entry <bdi>4</bdi>, and in no total" in text
    assert "something of this intake does not leave the casebook" in text
    assert "not told" in text


def test_without_intakes_the_page_says_so(tmp_path: Path) -> None:
    """Nothing came in, nothing is wrong, and no item is on record."""
    text = page({}, tmp_path / "out")

    assert "No intake is on record." in text
    assert "Nothing was reported." in text
    assert "No item is on record." in text


def test_shares_of_the_table_are_those_of_its_counts(case: Case) -> None:
    """Per cent with one decimal, halves rounded up; none where there is no base."""
    rows = reading_table(case).rows

    for row in rows:
        if row["base"]:
            exact = 100 * int(str(row["count"])) / int(str(row["base"]))
            assert abs(float(str(row["share"])) - exact) <= 0.05 + 1e-9
        else:
            assert row["share"] is None
    assert any(row["base"] for row in rows)


def test_each_word_of_a_drawing_is_in_the_tables_too(report: Path) -> None:
    """Colour and length never say anything alone."""
    text = (report / "read.html").read_text(encoding="utf-8")
    with (report / "tables/intakes.csv").open(newline="", encoding="utf-8") as stream:
        counted = [row for row in csv.DictReader(stream) if row["rows"]]

    assert text.count('class="drawing shares wide"') == text.count('class="drawing shares narrow"')
    for row in counted:
        assert f"{int(row['taken']):,} taken" in text
        assert f'<td class="num"><bdi>{int(row["taken"]):,}</bdi></td>' in text


def test_shares_of_very_few_are_not_drawn() -> None:
    """One in two is in the table, and no bar makes more of it."""
    columns = "measure what stated identified base share"
    row = ("weapons", "maker", 1, 1, 2, "50.0")
    many = ("ammunition", "maker", 1, 10, 20, "50.0")
    case = Case({"identified": table("identified", columns, row, many)})

    assert list(identified_drawings(case)) == ["ammunition"]


def test_a_hostile_column_of_a_file_is_text(
    with_row: Callable[..., Tables], tmp_path: Path
) -> None:
    """Names of columns, files and reasons were written by somebody else."""
    tables = with_row("intake_columns", where={"column": "Remark"}, column="<b>Remark", why="<i>")
    tables["intakes"] = with_row("intakes", where={"entry": 4}, layout="<script>")["intakes"]
    text = page(tables, tmp_path / "out")

    assert "<bdi>&lt;b&gt;Remark</bdi>" in text
    assert "<bdi>&lt;script&gt;</bdi>" in text
    assert "<script" not in text

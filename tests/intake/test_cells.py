"""One bad cell at a time: the row is refused or kept, told by place and value; the rest goes in."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from headstamp.intake.cells import compile_reader, id_problem
from headstamp.intake.package import read_package
from headstamp.intake.reading import Known, PackageReading
from headstamp.intake.schema import Column
from headstamp.intake.trouble import Troubled
from headstamp.terms.issue import Issue

Edit = Callable[..., None]
Read = Callable[..., PackageReading]
Only = Callable[[PackageReading, str], Issue]

N_SHIPPED = 163
BASES = {
    "sources": {"source_id": "zz", "kind": "press"},
    "parties": {"party_id": "zz"},
    "sites": {"site_id": "zz"},
    "items": {"item_id": "zz"},
    "marks": {"mark_id": "zz", "item_id": "atgw"},
    "consignment_lines": {"consignment_id": "pg9_2014", "line": "9"},
    "claims": {
        "claim_id": "zz",
        "source_id": "star_2017",
        "verb": "held",
        "subject_kind": "item",
        "subject_id": "atgw",
    },
    "documents": {"document_id": "zz"},
    "undertakings": {"undertaking_id": "zz"},
    "published_figures": {
        "figure_id": "zz",
        "source_id": "star_2017",
        "measure": "weapons",
        "value": "1",
    },
}


@pytest.mark.parametrize(
    ("table", "column", "value", "code", "hint"),
    [
        ("sites", "latitude", "95", "INTAKE-057", "correct the number"),
        ("sites", "longitude", "-180.5", "INTAKE-057", "correct the number"),
        ("sites", "precision_m", "-1", "INTAKE-057", "correct the number"),
        ("sites", "latitude", "33,5", "INTAKE-056", "a point before decimals"),
        ("sites", "country", "UK", "INTAKE-053", "GB"),
        ("sites", "country", "gb", "INTAKE-053", "GB"),
        ("sites", "country", "Romania", "INTAKE-053", "RO"),
        ("sites", "country", "QQ", "INTAKE-053", "ISO 3166-1"),
        ("parties", "country", "XX", "INTAKE-054", "leave the cell empty"),
        ("parties", "kind", "person", "INTAKE-052", "state_body"),
        ("claims", "credibility", "7", "INTAKE-057", "correct the number"),
        ("claims", "credibility", "0", "INTAKE-057", "correct the number"),
        ("claims", "credibility", "2.0", "INTAKE-056", "digits"),
        ("sources", "reliability", "G", "INTAKE-052", "A, B, C, D, E, F"),
        ("sources", "reliability", "b", "INTAKE-052", "write B"),
        ("claims", "on", "31/02/2017", "INTAKE-055", "write YYYY-MM-DD"),
        ("claims", "on", "13/14/2018", "INTAKE-055", "write YYYY-MM-DD"),
        ("claims", "on", "2015-02-30", "INTAKE-055", "write YYYY-MM-DD"),
        ("claims", "verb", "", "INTAKE-050", "fill the cell"),
        ("claims", "verb", "Sold", "INTAKE-052", "write sold"),
        ("claims", "quantity", "many", "INTAKE-056", "digits"),
        ("claims", "quantity", "?", "INTAKE-056", "leave the cell empty"),
        ("claims", "after_days", "-3", "INTAKE-057", "correct the number"),
        ("items", "quantity", "a few", "INTAKE-056", "digits"),
        ("published_figures", "value", "1,270", "INTAKE-056", "nothing between thousands"),
        ("claims", "claim_id", "z:z", "INTAKE-051", "short id"),
        ("claims", "claim_id", "z;z", "INTAKE-051", "short id"),
        ("claims", "claim_id", "z\nz", "INTAKE-051", "short id"),
        ("claims", "claim_id", "z\u202ez", "INTAKE-051", "short id"),
        ("claims", "claim_id", "z" * 201, "INTAKE-051", "short id"),
        ("documents", "exhibit", "../contract.pdf", "INTAKE-004", "into the package"),
        ("documents", "exhibit", "/etc/passwd", "INTAKE-004", "into the package"),
        ("documents", "exhibit", "https://example.org/a", "INTAKE-004", "into the package"),
        ("undertakings", "permits", "nobody", "INTAKE-070", "kind of party"),
    ],
)
def test_a_cell_that_cannot_be_read_refuses_its_row(
    *,
    table: str,
    column: str,
    value: str,
    code: str,
    hint: str,
    add_row: Edit,
    read: Read,
    only: Only,
    case: Path,
) -> None:
    """The issue names file, row, column, value and remedy; every other row goes in."""
    add_row(table, **(BASES[table] | {column: value}))
    n_lines = _n_records(case / f"{table}.csv")

    reading = read()
    issue = only(reading, code)

    assert (issue.severity, issue.file, issue.row) == ("error", f"{table}.csv", n_lines)
    assert (issue.column, issue.raw) == (column, value or None)
    assert hint in issue.hint
    assert f"{table}.csv row {n_lines}, {column}" in issue.message
    assert len(reading.records) == N_SHIPPED
    assert reading.counts[table].n_refused == 1


@pytest.mark.parametrize(
    ("table", "column", "value", "code", "severity", "kept"),
    [
        ("claims", "credibility", "1", "INTAKE-058", "warning", 2),
        ("claims", "on", " 2015 ", "INTAKE-059", "warning", "2015"),
        ("claims", "to_party", "us_army ", "INTAKE-059", "warning", "us_army"),
        ("claims", "relays", "car_2017; rt_2017", "INTAKE-059", "warning", ["car_2017", "rt_2017"]),
        ("claims", "relays", "car_2017;", "INTAKE-060", "warning", ["car_2017"]),
        ("claims", "quote", "word " * 26, "INTAKE-061", "warning", "word " * 26),
        ("claims", "place", "x" * 10_000, "INTAKE-062", "note", "x" * 10_000),
        ("items", "country_stated", "UK", "INTAKE-063", "warning", "UK"),
        ("marks", "script", "Latin", "INTAKE-064", "warning", "Latin"),
        ("marks", "text", "12{3", "INTAKE-065", "warning", "12{3"),
        ("claims", "after_days", "3", "INTAKE-069", "warning", 3),
        ("documents", "exhibit", "none.pdf", "INTAKE-017", "warning", "none.pdf"),
    ],
)
def test_an_odd_cell_is_kept_and_told(
    *,
    table: str,
    column: str,
    value: str,
    code: str,
    severity: str,
    kept: object,
    add_row: Edit,
    read: Read,
    only: Only,
) -> None:
    """What can be taken is taken, and the issue says what somebody should look at."""
    add_row(table, **(BASES[table] | {column: value}))

    reading = read()
    issue = only(reading, code)

    assert (issue.severity, issue.column) == (severity, column)
    assert issue.raw == (value if len(value) <= 1_000 else value[:1_000] + "…")
    assert issue.hint
    assert len(issue.message) < 300
    (record,) = [record for record in reading.records if record.row_id == "zz"]
    assert record.values[column] == kept


@pytest.mark.parametrize("value", ["  ", "\t", "\u00a0"])
def test_a_blank_cell_is_empty_and_told(value: str, add_row: Edit, read: Read, only: Only) -> None:
    """Spaces alone are nothing recorded, said by an issue and counted as reported."""
    add_row("claims", **(BASES["claims"] | {"on": value}))

    reading = read()

    assert only(reading, "INTAKE-059").raw == value
    (record,) = [record for record in reading.records if record.row_id == "zz"]
    assert "on" not in record.values
    assert reading.counts["claims"].n_cells_reported == 1


@pytest.mark.parametrize(
    ("state", "text", "is_issue"),
    [
        ("legible", "12?4", True),
        ("never_marked", "1234", True),
        ("legible", "1234", False),
        ("partial", "12?4", False),
    ],
)
def test_state_and_text_of_a_mark(
    state: str, text: str, *, is_issue: bool, add_row: Edit, read: Read
) -> None:
    """A state that the text contradicts is a warning; both stand as recorded."""
    add_row("marks", **(BASES["marks"] | {"state": state, "text": text}))

    reading = read()

    found = [issue.raw for issue in reading.issues if issue.code == "INTAKE-066"]
    assert found == ([state] if is_issue else [])
    (record,) = [record for record in reading.records if record.row_id == "zz"]
    assert (record.values["state"], record.values["text"]) == (state, text)


def test_text_stands_as_the_cell_has_it(add_row: Edit, read: Read) -> None:
    """Spaces, line ends, quotes and every script of a text cell are kept."""
    text = ' a "b",\n\u0436 \u0663 \u5de5\u200f  '
    add_row("claims", **(BASES["claims"] | {"place": text}))

    (record,) = [record for record in read().records if record.row_id == "zz"]

    assert record.values["place"] == text


def test_an_item_may_say_that_its_quantity_is_not_recorded(add_row: Edit, read: Read) -> None:
    """`?` is a quantity of items, and kept."""
    add_row("items", **(BASES["items"] | {"quantity": "?", "present": "?"}))

    (record,) = [record for record in read().records if record.row_id == "zz"]

    assert (record.values["quantity"], record.values["present"]) == ("?", "?")


@pytest.mark.parametrize("code", ["SUHH", "YUCS", "CSHH", "DDDE", "GB", "SY"])
def test_countries_that_are(code: str) -> None:
    """ISO 3166-1, and the four letters of former states."""
    assert _read("country", code) == code


@pytest.mark.parametrize("text", ["a b", "a,b", "é", "工", "-1", "(all)", "a/b", "a" * 200])
def test_ids_that_may_be(text: str) -> None:
    """What breaks no list and no support set may be an id."""
    assert id_problem(text) == ""


@pytest.mark.parametrize("text", ["1e5", "NaN", "+5", ".5", "5.", "٣", "1_000", "0x1", "1" * 31])
def test_numbers_that_are_not(text: str) -> None:
    """Only digits and a point are a number: what Python would read besides is refused."""
    assert isinstance(_read("decimal", text), Troubled)


def _read(kind: str, text: str) -> object:
    return compile_reader(Column(name="c", type=kind, about=""))(text)  # type: ignore[arg-type]


def _n_records(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file))


def test_a_country_of_invented_worlds_is_told_where_the_real_ones_stand(
    set_cell: Edit, read: Read, only: Only
) -> None:
    """Either may be the mistake: the real code is named with its place, and what to do."""
    set_cell("parties", 2, "country", "XX")

    issue = only(read(), "INTAKE-054")

    place = re.search(r"real countries: ([A-Z]{2}) in (\S+) row (\d+), country", issue.message)
    assert place is not None
    assert "if the world is invented, correct " + place[0][len("real countries: ") :] in issue.hint


def test_a_real_country_of_a_protected_row_is_not_told(add_row: Edit, case: Path) -> None:
    """A message about another row must not repeat what a protected one holds."""
    for path in case.glob("*.csv"):
        path.unlink()
    add_row("sites", site_id="port", country="XZ", sensitivity="")
    add_row("sites", site_id="held", country="RO", sensitivity="protected")

    reading = read_package(case, known=Known())
    told = [issue for issue in reading.issues if issue.code == "INTAKE-054"]

    assert [issue.raw for issue in told] == ["XZ"]
    assert "in protected rows" in told[0].message
    assert "RO" not in told[0].message + told[0].hint


@pytest.mark.parametrize(
    ("table", "cells", "said", "hint"),
    [
        ("items", {"quantity": "1.200", "unit": "round"}, "1 thousand 200?", "write 1200"),
        ("items", {"quantity": "1.000", "unit": "piece"}, "was read as 1", "write 1000"),
        ("items", {"present": "2.5"}, "no whole number of pieces", "write whole numbers"),
        ("consignment_lines", {"quantity": "0.5", "unit": "case"}, "of cases", "write whole"),
        ("claims", {"quantity": "12.050"}, "12 thousand 50?", "write 12050"),
    ],
)
def test_parts_of_what_is_counted_are_asked_about(
    *,
    table: str,
    cells: dict[str, str],
    said: str,
    hint: str,
    add_row: Edit,
    read: Read,
    only: Only,
) -> None:
    """Nobody counts parts of a round: the number is kept as written, and the question asked."""
    add_row(table, **(BASES[table] | cells))

    reading = read()
    issue = only(reading, "INTAKE-071")

    ((column, number),) = [(k, v) for k, v in cells.items() if k != "unit"]
    assert (issue.severity, issue.column, issue.raw) == ("warning", column, number)
    assert said in issue.message
    assert hint in issue.hint
    assert [r for r in reading.records if r.table == table][-1].values[column] == number


@pytest.mark.parametrize(
    ("table", "cells"),
    [
        ("items", {"quantity": "1.200", "unit": "kg"}),
        ("items", {"quantity": "2.0", "unit": "case"}),
        ("items", {"quantity": "?", "unit": "case"}),
        ("consignment_lines", {"quantity": "2.5", "unit": "l"}),
        ("claims", {"quantity": "2.5"}),
    ],
)
def test_what_is_measured_may_come_in_parts(
    table: str, cells: dict[str, str], add_row: Edit, read: Read
) -> None:
    """Kilograms and litres have decimals, and 2.0 is whole; a claim has no unit of its own."""
    add_row(table, **(BASES[table] | cells))

    assert "INTAKE-071" not in {issue.code for issue in read().issues}

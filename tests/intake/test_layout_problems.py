from collections.abc import Mapping
from typing import Any

import pytest

from headstamp.intake.layout_problems import layout_problems

from .layout_world import BASE, ITEMS, MARKS, SOURCE, items, layout, table_of

FIELD = {"column": "kind"}


def with_type(**field: object) -> dict[str, object]:
    """Return records in which the type is filled so."""
    return {"records": [SOURCE, items(type=FIELD | field), MARKS]}


def with_file(**file: object) -> dict[str, object]:
    """Return a file that is written so."""
    return {"file": {"format": "csv"} | file}


def with_record(record: Mapping[str, object]) -> dict[str, object]:
    """Return the layout's records and one more."""
    return {"records": [SOURCE, ITEMS, MARKS, record]}


PROBLEMS: dict[str, tuple[dict[str, object], str]] = {
    "name": ({"name": "Harbour"}, "'Harbour' is no name"),
    "name of one letter": ({"name": "h"}, "'h' is no name"),
    "no records": ({"records": []}, "makes no record"),
    "header row": (with_file(header_row=-1), "header_row = -1"),
    "no separator": (with_file(separator=""), "separator = ''"),
    "two separators": (with_file(separator=";;"), "separator = ';;'"),
    "a quote as separator": (with_file(separator='"'), "separator = '\"'"),
    "a line end as separator": (with_file(separator="\n"), "separator = '\\n'"),
    "encoding": (with_file(encoding=["utf-8", "utf-9"]), "'utf-9', which nobody knows"),
    "encoding that is none of text": (with_file(encoding="hex"), "'hex', which nobody knows"),
    "encoding that is never defined": (with_file(encoding="undefined"), "'undefined', which"),
    "a sheet read and skipped": (
        with_file(sheets=["a"], skip_sheets={"a": "old"}),
        "the sheet 'a' is in file.sheets and in file.skip_sheets",
    ),
    "rows upside down": ({"expect": {"rows": [2, 1]}}, "expect.rows = [2, 1]"),
    "rows below zero": ({"expect": {"taken": [-1, 1]}}, "expect.taken = [-1, 1]"),
    "a column without a name": (
        {"columns": {**dict.fromkeys(("maker", "serial", "date", "count"), "x"), "kind": []}},
        "columns.kind says neither name nor place",
    ),
    "a column before the first": (
        {"columns": {"kind": {"at": 0}, "maker": "m", "serial": "s", "date": "d", "count": "c"}},
        "columns.kind: at = 0",
    ),
    "a name where there is no header": (
        with_file(header_row=0),
        "columns.kind has a name and the file has no header",
    ),
    "an unknown column": (with_type(column="knd"), "'knd' is used and not among [columns]"),
    "an unused column": (
        {"records": [SOURCE, ITEMS]},
        "columns.serial is named and never used",
    ),
    "a rule that leaves all": ({"leave": [{"where": {}, "why": "all"}]}, "leaves every row"),
    "a test of nothing": (
        {"leave": [{"where": {"kind": {}}, "why": "x"}]},
        "the test of 'kind' asks nothing",
    ),
    "same without columns": ({"same": [{"columns": [], "why": "x"}]}, "names no columns"),
    "same without items": (
        {
            "records": [SOURCE, {"table": "sites", "fields": {"name": FIELD}}],
            "same": [{"columns": ["maker", "serial", "date", "count"], "why": "x"}],
        },
        "no record is one",
    ),
    "no such table": (with_record({"table": "itmes"}), "no table 'itmes'"),
    "no such field": (
        {"records": [SOURCE, items(maker_sated=FIELD), MARKS]},
        "items has no column 'maker_sated'",
    ),
    "a label with a point": (with_record({"table": "sites", "name": "a.b"}), "name = 'a.b'"),
    "an id with a colon": (with_record({"table": "sites", "id": "a:b"}), "id = 'a:b' holds a :"),
    "an id among the fields": (
        {"records": [SOURCE, items(item_id=FIELD), MARKS]},
        "item_id is made by the layout",
    ),
    "an id of a record that has none": (
        with_record({"table": "consignment_lines", "id": "x"}),
        "is made of consignment_id and line",
    ),
    "a code that is none": (
        {"records": [SOURCE, items(category="wapon"), MARKS]},
        "'wapon' is none of weapon",
    ),
    "an empty text": ({"records": [SOURCE, items(category=" "), MARKS]}, "the text is empty"),
    "a field of nothing": (with_type(column=None), "filled from 0 things"),
    "a field of two things": (with_type(columns=["maker"]), "filled from 2 things"),
    "a value that means no code": (
        {
            "records": [
                SOURCE,
                items(category={"column": "kind", "values": {"Rifle": "wapon"}}),
                MARKS,
            ]
        },
        "values 'Rifle': 'wapon' is none of",
    ),
    "a date without a year": (with_type(dates=["%d/%m"]), "'%d/%m' does not tell the year"),
    "a date that cannot be": (with_type(dates=["%Q"]), "'%Q' is none that dates"),
    "one sign for two things": (with_type(decimal=",", thousands=","), "decimal = ','"),
    "two signs for one": (with_type(decimal=",."), "decimal = ',.'"),
    "no sign for decimals": (with_type(decimal=""), "decimal = ''"),
    "a record below": (
        {"records": [SOURCE, MARKS, ITEMS]},
        "no record above it is called 'items'",
    ),
    "a record that names itself": (
        {"records": [SOURCE, items(parent_item={"record": "items"}), MARKS]},
        "no record above it is called 'items'",
    ),
    "a record of another table": (
        {"records": [SOURCE, ITEMS, table_of(MARKS, fields={"item_id": {"record": "sources"}})]},
        "'sources' is of sources, and it holds an id of items",
    ),
    "a record where an id cannot be": (with_type(column=None, record="sources"), "holds no id"),
    "a record of another kind": (
        with_record(
            {
                "table": "claims",
                "fields": {
                    "verb": "seen",
                    "subject_kind": "consignment",
                    "subject_id": {"record": "items"},
                },
            }
        ),
        "it holds an id of consignments",
    ),
    "two of one name": (with_record(ITEMS), "two records are called 'items'"),
    "no source": ({"source": "port"}, "source = 'port' is no record of this layout"),
    "a pattern that looks back": (
        with_type(pattern=r"(?P<value>a)\1"),
        "cannot be used",
    ),
    "a pattern without its group": (with_type(pattern="[0-9]+"), "does not say which part"),
    "a pattern of a rule": (
        {"leave": [{"where": {"kind": {"unlike": "(?!x)"}}, "why": "x"}]},
        "'(?!x)' cannot be used",
    ),
    "an empty pattern of a field": (with_type(pattern=""), "does not say which part"),
}


@pytest.mark.parametrize(("changed", "said"), PROBLEMS.values(), ids=PROBLEMS)
def test_layout_that_contradicts_itself_is_told(changed: dict[str, object], said: str) -> None:
    """What is wrong is named with the word that is wrong, before any file is opened."""
    problems = list(layout_problems(layout(**changed)))

    assert any(said in problem for problem, _ in problems), problems


def test_layout_that_agrees_with_itself_has_no_problem() -> None:
    """The invented layout is sound, so that each change above is the one thing wrong."""
    assert list(layout_problems(layout())) == []


@pytest.mark.parametrize(
    "record",
    [
        {"table": "sites", "id": "camp"},
        {"table": "sites", "id": ["kind"], "fields": {"name": FIELD}},
        {"table": "requests", "fields": {"item_ids": {"record": "items"}}},
        {"table": "items", "name": "part", "fields": {"parent_item": {"record": "items"}}},
        {"table": "marks", "name": "maker", "fields": {"item_id": {"record": "items"}}},
    ],
    ids=["fixed", "shared", "referring", "part", "second"],
)
def test_sound_records_have_no_problem(record: dict[str, object]) -> None:
    """A fixed, a shared, a second and a referring record may stand in a layout."""
    assert list(layout_problems(layout(**with_record(record)))) == []


def test_nearest_word_is_offered() -> None:
    """A misspelt table, column and record each bring the word that was probably meant."""
    misspelt: list[dict[str, Any]] = [
        with_record({"table": "item"}),
        with_type(column="knid"),
        {"records": [SOURCE, ITEMS, table_of(MARKS, fields={"item_id": {"record": "itmes"}})]},
    ]
    hints = [
        " ".join(hint for _, hint in layout_problems(layout(**changed))) for changed in misspelt
    ]

    assert ["items" in hints[0], "kind" in hints[1], "items" in hints[2]] == [True] * 3


def test_ten_thousand_values_are_looked_at_once() -> None:
    """A long list of spellings is no reason to wait."""
    values = {f"spelling {n}": "weapon" for n in range(10_000)}
    field = {"column": "kind", "values": values}
    changed = {"records": [SOURCE, items(category=field, type=None), MARKS]}

    assert list(layout_problems(layout(**changed))) == []
    assert BASE["name"] == "harbour"

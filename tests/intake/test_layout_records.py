import msgspec
import pytest

from headstamp.intake.layout_reading import LayoutReading
from headstamp.intake.reading import Known, content_digest

from .layout_world import ITEMS, MARKS, ROWS, SOURCE, Got, items, layout, read, read_rows, table_of

PLACE = {"column": "maker"}
SITE = {"table": "sites", "id": ["maker"], "fields": {"name": PLACE}}
AT_SITE = items(site_id={"record": "sites"})


def known(got: Got, *tables: str, **replaced: object) -> Known:
    """Return what a casebook holds that took these records, some values replaced."""
    return Known(
        digests={
            (one.table, one.row_id): content_digest(
                msgspec.structs.replace(one, values=one.values | replaced)
            )
            for one in got.records
            if one.table in tables
        }
    )


# --- a row's own records -----------------------------------------------------------------------


def test_row_gives_its_records_with_their_source() -> None:
    """Fields stand as the layout says; what has no source of its own names the layout's."""
    got = read_rows(ROWS[0])
    (item,), (mark,) = got.of("items"), got.of("marks")

    assert item == {
        "item_id": item["item_id"],
        "category": "weapon",
        "type": "Rifle",
        "maker_stated": "Redford Arms",
        "documented_on": "2019-04-03",
        "quantity": "1",
        "source_id": "guard",
    }
    assert (mark["item_id"], mark["source_id"]) == (item["item_id"], "guard")
    assert mark["mark_id"] == f"{item['item_id']}.serial"
    assert "source_id" not in got.of("sources")[0] or got.of("sources")[0]["source_id"] == "guard"


def test_source_that_the_layout_names_itself_stays() -> None:
    """`fields.source_id` is not overwritten by the layout's own."""
    other = {"table": "sources", "name": "other", "id": "port", "fields": {"kind": "press"}}
    got = read_rows(records=[SOURCE, other, items(source_id="port"), MARKS])

    assert [item["source_id"] for item in got.of("items")] == ["port", "port"]


def test_record_is_made_where_something_needed_is_filled() -> None:
    """One of several is enough; words for empty and spaces are nothing."""
    marks = table_of(MARKS, needs=["serial", "count"])
    rows = [("a", "", "", "", "9"), ("b", "", "X", "", ""), ("c", "", " ", "", "nil")]
    got = read_rows(*rows, records=[SOURCE, ITEMS, marks], file={"format": "csv", "empty": ["NIL"]})

    assert [mark["item_id"] for mark in got.of("marks")] == [
        item["item_id"] for item in got.of("items")[:2]
    ]


def test_row_that_lacks_what_a_record_needs_is_refused() -> None:
    """INTAKE-121 names the field; nothing of the row goes in, and all its cells are reported."""
    claims = {
        "table": "claims",
        "fields": {
            "verb": {"column": "kind", "values": {"Rifle": "seen", "Pistol": ""}},
            "subject_kind": "item",
            "subject_id": {"record": "items"},
        },
    }
    got = read_rows(records=[SOURCE, ITEMS, MARKS, claims])
    told = got.issue("INTAKE-121")

    assert (told.severity, told.row, told.column) == ("error", 3, "verb")
    assert [len(got.of(table)) for table in ("sources", "items", "marks", "claims")] == [1, 1, 1, 1]
    assert (got.account.n_taken, got.account.n_refused, got.account.n_reported) == (1, 1, 5)


def test_record_of_a_refused_record_is_not_made() -> None:
    """A mark of an item that was refused needs no second issue."""
    no_item = items(category={"column": "kind", "values": {"Rifle": "weapon"}})
    claims = {
        "table": "claims",
        "fields": {
            "verb": {"column": "kind", "values": {"Pistol": "seen"}, "otherwise": "empty"},
            "subject_kind": "item",
            "subject_id": {"record": "items"},
        },
    }
    later = {
        "table": "claims",
        "name": "later",
        "fields": {
            "verb": "seen",
            "subject_kind": "item",
            "subject_id": {"record": "items"},
            "after_claim": {"record": "claims"},
        },
    }
    got = read_rows(records=[SOURCE, no_item, MARKS, claims, later])

    assert [issue.code for issue in got.issues if issue.severity == "error"] == ["INTAKE-121"]
    assert len(got.of("claims")) == 2


def test_what_needs_a_refused_record_is_refused_without_a_second_issue() -> None:
    """One thing is wrong with the row, and one issue says it."""
    claims = {
        "table": "claims",
        "fields": {
            "verb": {"column": "kind", "values": {"Rifle": "seen"}, "otherwise": "empty"},
            "subject_kind": "item",
            "subject_id": {"record": "items"},
        },
    }
    link = {
        "table": "links",
        "fields": {
            "item_id": {"record": "claims"},
            "other_kind": "event",
            "other_id": {"record": "claims"},
            "verdict": "same",
        },
    }
    got = read_rows(records=[SOURCE, ITEMS, MARKS, claims, link])

    assert [(issue.code, issue.column) for issue in got.issues] == [("INTAKE-121", "verb")]
    assert len(got.of("links")) == 1


def test_content_of_a_record_is_held_to_the_rules_of_its_table() -> None:
    """INTAKE-071: two and a half rifles are asked about, as in a package."""
    got = read_rows(("Rifle", "M", "1", "", "2.5"))

    assert (got.issue("INTAKE-071").row, got.issue("INTAKE-071").column) == (2, "quantity")
    assert got.of("items")[0]["quantity"] == "2.5"


def test_equal_numbers_of_two_kinds_are_read_apart() -> None:
    """1 and true in one field, one after the other, each as it is shown."""
    records = [SOURCE, {"table": "items", "fields": {"type": {"column": "kind"}}}]
    using = layout(file={"format": "json"}, columns={"kind": "kind"}, records=records)
    got = read(b'[{"kind": 1}, {"kind": true}, {"kind": 1.0}, {"kind": "1"}]', using)

    assert [item["type"] for item in got.of("items")] == ["1", "TRUE", "1", "1"]


def test_reference_to_a_record_that_the_row_has_not_is_left_out() -> None:
    """No site, no id of one; and the item stands."""
    site = table_of(SITE, where={"kind": ["Rifle"]})
    got = read_rows(records=[SOURCE, site, AT_SITE, MARKS])

    assert ["site_id" in item for item in got.of("items")] == [True, False]


def test_list_of_references_is_a_list() -> None:
    """`requests.item_ids` holds a list, also where it names one."""
    request = {"table": "requests", "fields": {"item_ids": {"record": "items"}}}
    got = read_rows(records=[SOURCE, ITEMS, MARKS, request])

    assert [one["item_ids"] for one in got.of("requests")] == [
        [item["item_id"]] for item in got.of("items")
    ]


def test_id_of_several_columns_is_made_of_them() -> None:
    """Lines of a consignment are called by it and their number; a second of one id is told."""
    consignment = {"table": "consignments", "id": ["maker"], "fields": {"description": PLACE}}
    line = {
        "table": "consignment_lines",
        "fields": {
            "consignment_id": {"record": "consignments"},
            "line": {"column": "count"},
            "model": {"column": "kind"},
        },
    }
    rows = [("a", "M", "", "", "1"), ("b", "M", "", "", "2"), ("c", "M", "", "", "2")]
    got = read_rows(
        *rows,
        records=[SOURCE, consignment, line, ITEMS, MARKS],
    )
    lines = [one for one in got.records if one.table == "consignment_lines"]

    assert [one.row_id for one in lines] == [
        f"{one.values['consignment_id']}:{one.values['line']}" for one in lines
    ]
    assert [one.values["model"] for one in lines] == ["a", "b"]
    assert got.issue("INTAKE-122").row == 4


def test_line_without_its_number_refuses_the_row() -> None:
    """Every part of an id must be there."""
    line = {"table": "consignment_lines", "fields": {"line": {"column": "count"}}}
    got = read_rows(records=[SOURCE, line, ITEMS, MARKS])

    assert [issue.column for issue in got.issues if issue.code == "INTAKE-121"] == [
        "consignment_id",
        "consignment_id",
    ]
    assert got.of("items") == []


# --- records that rows share -------------------------------------------------------------------


def test_shared_record_is_made_once_for_each_value() -> None:
    """Runs of spaces make no difference; every row names it."""
    rows = [("a", "M", "", "", ""), ("b", "N", "", "", ""), ("c", "M", "", "", "")]
    got = read_rows(*rows, records=[SOURCE, SITE, AT_SITE, MARKS])
    named = [item["site_id"] for item in got.of("items")]

    assert [site["name"] for site in got.of("sites")] == ["M", "N"]
    assert named == [got.of("sites")[n]["site_id"] for n in (0, 1, 0)]
    assert got.counts["sites"].n_read == 2


def test_shared_record_has_the_same_id_in_every_file() -> None:
    """It comes from what it is, not from where it stands."""
    records = [SOURCE, SITE, AT_SITE, MARKS]
    one = read_rows(("a", "M", "", "", ""), records=records)
    two = read_rows(("b", "N", "", "", ""), ("c", "M", "", "", ""), records=records)

    assert one.of("sites")[0] == two.of("sites")[1]
    assert one.of("items")[0]["item_id"] not in {item["item_id"] for item in two.of("items")}


def test_what_is_not_known_is_no_record_that_rows_share() -> None:
    """Rows without a place have no place, not one place in common."""
    rows = [("a", "", "", "", ""), ("b", " ", "", "", ""), ("c", "nil", "", "", "")]
    got = read_rows(
        *rows,
        records=[SOURCE, SITE, AT_SITE, MARKS],
        file={"format": "csv", "empty": ["nil"]},
    )

    assert got.of("sites") == []
    assert not any("site_id" in item for item in got.of("items"))


def test_other_content_of_a_shared_record_is_told_and_the_first_stands() -> None:
    """INTAKE-122 at each row that says something else; both rows go in."""
    site = table_of(SITE, fields={"name": {"column": "kind"}})
    rows = [("a", "M", "", "", ""), ("b", "M", "", "", ""), ("a", "M", "", "", "")]
    got = read_rows(*rows, records=[SOURCE, site, AT_SITE, MARKS])

    assert got.issue("INTAKE-122").row == 3
    assert got.issue("INTAKE-122").severity == "warning"
    assert [site["name"] for site in got.of("sites")] == ["a"]
    assert len({item["site_id"] for item in got.of("items")}) == 1
    assert len(got.of("items")) == 3


def test_trouble_in_a_shared_record_is_told_in_every_row() -> None:
    """A record that is remembered must not make its issues forgotten."""
    site = table_of(SITE, fields={"latitude": {"column": "count"}})
    rows = [("a", "M", "", "", "x"), ("b", "M", "", "", "x")]
    got = read_rows(*rows, records=[SOURCE, site, items(site_id={"record": "sites"}), MARKS])

    at = [(issue.row, issue.column) for issue in got.issues if issue.code == "INTAKE-117"]
    assert sorted(at) == [(2, "latitude"), (2, "quantity"), (3, "latitude"), (3, "quantity")]


def test_shared_record_of_a_refused_row_stands() -> None:
    """Other rows name it; what is refused is what the row alone gives."""
    marks = table_of(MARKS, where={"kind": ["Rifle"]}, needs=None)
    no_item = table_of(AT_SITE, where={"kind": ["Pistol"]})
    rows = [("Rifle", "M", "X", "", ""), ("Pistol", "M", "Y", "", "")]
    got = read_rows(*rows, records=[SOURCE, SITE, no_item, marks])

    assert [issue.row for issue in got.issues if issue.code == "INTAKE-121"] == [2]
    assert [site["name"] for site in got.of("sites")] == ["M"]
    assert [item["site_id"] for item in got.of("items")] == [got.of("sites")[0]["site_id"]]


def test_shared_record_on_record_is_the_same() -> None:
    """With the same content it is counted as the same; with other content that is told."""
    records = [SOURCE, SITE, AT_SITE, MARKS]
    first = read_rows(ROWS[0], records=records)
    again = read_rows(ROWS[0], records=records, known=known(first, "sites"))
    other = read_rows(ROWS[0], records=records, known=known(first, "sites", note="x"))

    assert (again.counts["sites"].n_same, again.of("sites")) == (1, [])
    assert (other.counts["sites"].n_refused, other.of("sites")) == (1, [])
    assert "on record with other content" in other.issue("INTAKE-122").message
    assert len(again.of("items")) == len(other.of("items")) == 1


def test_shared_record_that_refers_differently_is_other_content() -> None:
    """The same visit at two sites: its own cells are equal, and still it is not the same."""
    site = {"table": "sites", "id": ["kind"], "fields": {"name": {"column": "kind"}}}
    visit = {"table": "sessions", "id": ["maker"], "fields": {"site_id": {"record": "sites"}}}
    rows = [("a", "M", "", "", ""), ("b", "M", "", "", ""), ("a", "M", "", "", "")]
    got = read_rows(*rows, records=[SOURCE, site, visit, ITEMS, MARKS])

    assert got.issue("INTAKE-122").row == 3
    assert [one["site_id"] for one in got.of("sessions")] == [got.of("sites")[0]["site_id"]]


# --- references in cells -----------------------------------------------------------------------


def test_cell_that_names_a_record_must_name_one_that_is_there() -> None:
    """INTAKE-120: a text is no id of a party because it stands where one should."""
    got = read_rows(
        records=[SOURCE, items(maker_stated=None, recovered_by=PLACE), MARKS],
        known=Known(digests={("parties", "Redford Arms"): "0"}),
    )
    told = got.issue("INTAKE-120")

    assert (told.row, told.column, told.raw) == (3, "recovered_by", "Harbour Works")
    assert [item.get("recovered_by") for item in got.of("items")] == ["Redford Arms", None]
    assert got.account.n_reported == 1


def test_cell_may_name_a_record_of_the_layout() -> None:
    """Also under a prefix, where it is called otherwise."""
    party = {"table": "parties", "id": "Redford Arms", "fields": {"kind": "manufacturer"}}
    records = [SOURCE, party, items(maker_stated=None, recovered_by=PLACE), MARKS]
    got = read_rows(ROWS[0], records=records, prefix="b_")

    assert got.of("items")[0]["recovered_by"] == "b_Redford Arms"
    assert got.of("parties")[0]["party_id"] == "b_Redford Arms"


def test_fixed_text_that_names_nothing_is_told_once() -> None:
    """INTAKE-120 of the file, not of each row; the field is left out of all."""
    got = read_rows(records=[SOURCE, items(recovered_by="police"), MARKS])
    told = got.issue("INTAKE-120")

    assert (told.row, told.raw) == (None, "police")
    assert "items.recovered_by = 'police'" in told.message
    assert not any("recovered_by" in item for item in got.of("items"))
    assert len(got.of("items")) == 2


def test_fixed_text_may_name_what_is_on_record() -> None:
    """A party that a package brought can be named by its id."""
    got = read_rows(
        records=[SOURCE, items(recovered_by="police"), MARKS],
        known=Known(digests={("parties", "police"): "0"}),
    )

    assert got.codes() == []
    assert got.of("items")[0]["recovered_by"] == "police"


def test_relays_that_name_their_own_source_are_told() -> None:
    """Rules of the package hold for what a layout makes."""
    got = read_rows(ROWS[0], records=[SOURCE, items(relays="guard"), MARKS])

    assert "INTAKE-085" in got.codes()


# --- prefixes ----------------------------------------------------------------------------------


def test_prefix_stands_before_every_id_and_reference() -> None:
    """Fixed, shared and own ids, and what refers to them."""
    records = [SOURCE, SITE, AT_SITE, MARKS]
    bare, got = read_rows(records=records), read_rows(records=records, prefix="b_")

    for table, column in (("sources", "source_id"), ("sites", "site_id"), ("items", "item_id")):
        assert [row[column] for row in got.of(table)] == [
            f"b_{row[column]}" for row in bare.of(table)
        ]
    assert [row["site_id"] for row in got.of("items")] == [
        row["site_id"] for row in got.of("sites")
    ]
    assert {row["source_id"] for row in got.of("marks")} == {"b_guard"}
    assert all(
        one.row_id == one.values[f"{one.table[:-1]}_id"]
        for one in got.records
        if one.table in {"items", "sites"}
    )


def test_what_is_on_record_as_it_is_keeps_its_id_under_a_prefix() -> None:
    """Nothing is doubled: source, site and item are the same, and only the mark is new."""
    records = [SOURCE, SITE, AT_SITE, MARKS]
    bare = read_rows(records=records)
    got = read_rows(records=records, prefix="b_", known=known(bare, "sources", "sites", "items"))

    assert [one.table for one in got.records] == ["marks", "marks"]
    assert [one["item_id"] for one in got.of("marks")] == [
        one["item_id"] for one in bare.of("items")
    ]
    assert got.of("marks")[0]["mark_id"] == f"b_{bare.of('marks')[0]['mark_id']}"
    assert (got.counts["items"].n_same, got.counts["sites"].n_same) == (2, 2)


def test_source_of_somebody_else_refuses_the_file() -> None:
    """INTAKE-083, an error: no row is read; a prefix gives the source another id."""
    stranger = Known(digests={("sources", "guard"): "0"})
    refused, taken = read_rows(known=stranger), read_rows(known=stranger, prefix="b_")

    assert (refused.codes(), refused.records, refused.is_readable) == (["INTAKE-083"], [], False)
    assert "--prefix" in refused.issues[0].hint
    assert {item["source_id"] for item in taken.of("items")} == {"b_guard"}


def test_source_on_record_as_it_is_stays() -> None:
    """The second file of an institution names the source that the first one brought."""
    got = read_rows(known=known(read_rows(), "sources"))

    assert got.of("sources") == []
    assert got.counts["sources"].n_same == 1
    assert {item["source_id"] for item in got.of("items")} == {"guard"}


# --- one object documented again ---------------------------------------------------------------

SAME = [{"columns": ["maker", "serial"], "why": "the row repeats"}]


def test_equal_rows_are_linked_to_the_first() -> None:
    """Each later one with the first; spaces around do not matter; an empty column makes none."""
    rows = [
        ("a", "M", "1", "", ""),
        ("b", "M", " 1 ", "", ""),
        ("c", "M", "1", "", ""),
        ("d", "M", "", "", ""),
        ("e", "M", "", "", ""),
        ("f", "N", "1", "", ""),
    ]
    got = read_rows(*rows, same=SAME)
    ids = [item["item_id"] for item in got.of("items")]

    assert [(link["item_id"], link["other_id"]) for link in got.of("links")] == [
        (ids[1], ids[0]),
        (ids[2], ids[0]),
    ]
    assert got.of("links")[0] == {
        "item_id": ids[1],
        "other_kind": "item",
        "other_id": ids[0],
        "verdict": "same",
        "judged_by": "layout:harbour",
        "reason": "the row repeats",
        "source_id": "guard",
        "credibility": 2,
    }


def test_word_for_empty_makes_no_two_rows_the_same() -> None:
    """Two rows with `nil` for a serial are two objects."""
    rows = [("a", "M", "nil", "", ""), ("b", "M", "nil", "", "")]
    got = read_rows(*rows, same=SAME, file={"format": "csv", "empty": ["nil"]})

    assert got.of("links") == []


def test_refused_row_is_nobodys_first() -> None:
    """A link never names an item that did not go in."""
    claims = {
        "table": "claims",
        "where": {"kind": ["bad"]},
        "fields": {
            "subject_kind": "item",
            "subject_id": {"record": "items"},
            "verb": {"column": "kind", "values": {"bad": ""}},
        },
    }
    rows = [("bad", "M", "1", "", ""), ("b", "M", "1", "", ""), ("c", "M", "1", "", "")]
    got = read_rows(*rows, same=SAME, records=[SOURCE, ITEMS, MARKS, claims])
    ids = {item["item_id"] for item in got.of("items")}

    assert len(ids) == 2
    assert [{link["item_id"], link["other_id"]} for link in got.of("links")] == [ids]


def test_condition_of_same_must_hold() -> None:
    """`where` says of which rows it can be told."""
    where = [SAME[0] | {"where": {"kind": ["Rifle"]}}]
    rows = [("Rifle", "M", "1", "", ""), ("Pistol", "M", "1", "", ""), ("Rifle", "M", "1", "", "")]
    got = read_rows(*rows, same=where)
    ids = [item["item_id"] for item in got.of("items")]

    assert [(link["item_id"], link["other_id"]) for link in got.of("links")] == [(ids[2], ids[0])]


# --- protection --------------------------------------------------------------------------------


def test_record_with_a_sensitivity_is_protected_and_its_links_with_it() -> None:
    """A link names protected items: it is sealed as they are."""
    rows = [("a", "M", "1", "", ""), ("b", "M", "1", "", "")]
    got = read_rows(*rows, same=SAME, records=[SOURCE, items(sensitivity="protected"), MARKS])

    assert {one.table: one.is_protected for one in got.records} == {
        "sources": False,
        "items": True,
        "marks": False,
        "links": True,
    }


def test_issue_of_a_protected_record_shows_nothing() -> None:
    """Neither a value, nor a refused row, nor a line that could not be split."""
    protected = items(sensitivity="protected", category={"column": "kind"})
    data = b"kind,maker,serial,date,count\nCANARY,M,1,CANARY,CANARY\na,b,c,d,e,CANARY\n"
    got = read(data, layout(records=[SOURCE, protected, MARKS]))

    assert {"INTAKE-120", "INTAKE-113", "INTAKE-117", "INTAKE-038"} <= set(got.codes())
    assert "CANARY" not in str(got.issues)
    assert all("(protected)" in issue.message for issue in got.issues if issue.row)


@pytest.mark.parametrize("cell", ["1", "True"])
def test_what_was_remembered_of_one_type_is_not_read_for_another(cell: str) -> None:
    """Python holds 1 and True for equal: a row of each must give each its own reading."""
    data = b'[{"kind": 1}, {"kind": true}, {"kind": "%s"}]' % cell.encode()
    using = layout(
        file={"format": "json"},
        columns={"kind": "kind"},
        leave=[{"where": {"kind": ["true"]}, "why": "a flag"}],
        records=[SOURCE, {"table": "items", "fields": {"type": {"column": "kind"}}}],
    )
    reading = LayoutReading(using, data, file="a.json", known=Known())
    types = [one.values["type"] for one in reading.records() if one.table == "items"]

    assert types == (["1", "1"] if cell == "1" else ["1"])

import hashlib
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from headstamp.intake.layout_ids import RowIds
from headstamp.intake.reading import Known, Record

from .layout_world import HEADER, ITEMS, MARKS, SOURCE, as_csv, layout, read, read_rows

OWN = [("items", ""), ("marks", "serial")]


def ids(**given_: object) -> RowIds:
    """Return what makes the ids of one file."""
    made: dict[str, object] = {"digest": "d", "own": OWN, "known": Known()} | given_
    return RowIds("harbour", **made)  # type: ignore[arg-type]


def test_row_id_is_made_of_digest_sheet_and_row() -> None:
    """Ten hex digits of SHA-256, as anybody can compute them again."""
    expected = hashlib.sha256(b"d\nSheet 1\n17").hexdigest()[:10]

    assert ids().row_id("Sheet 1", 17) == f"harbour-{expected}"
    assert ids(digest="e").row_id("Sheet 1", 17) != ids().row_id("Sheet 1", 17)
    assert ids().row_id("Sheet 2", 17) != ids().row_id("Sheet 1", 17)


def test_rows_of_a_workbook_are_called_by_their_sheet() -> None:
    """Row 2 of two sheets: each has the id that digest, sheet and row give, and no longer one."""
    book = Workbook()
    for sheet in (book.active, book.create_sheet("2019")):
        sheet.append(list(HEADER))
        sheet.append(["a", "M", "1", "2019", "1"])
    out = io.BytesIO()
    book.save(out)
    got = read(out.getvalue(), layout(file={"format": "xlsx"}))
    digest = hashlib.sha256(out.getvalue()).hexdigest()

    assert [item["item_id"] for item in got.of("items")] == [
        "harbour-" + hashlib.sha256(f"{digest}\n{sheet}\n2".encode()).hexdigest()[:10]
        for sheet in ("Sheet", "2019")
    ]


def test_rows_of_two_sheets_do_not_depend_on_which_is_read_first() -> None:
    """Going back and forth between sheets changes no id."""
    forth, back = ids(), ids()
    one = [forth.row_id(sheet, 2) for sheet in ("a", "b", "a2")]
    two = [back.row_id(sheet, 2) for sheet in ("a2", "b", "a")]

    assert one == two[::-1]
    assert len(set(one)) == 3


def test_rows_that_would_share_an_id_get_longer_ones() -> None:
    """The second gets two more digits, of the same digest."""
    made = ids()
    first = made.row_id("", 2)
    again = made.row_id("", 2)

    assert again.startswith(first)
    assert len(again) == len(first) + 2


@pytest.mark.parametrize(("table", "end"), [("items", ""), ("marks", ".serial")])
def test_id_on_record_of_another_file_is_not_given_again(table: str, end: str) -> None:
    """Whichever record of the row would have it, the row's id is made longer."""
    taken = ids().row_id("", 2)
    made = ids(known=Known(digests={(table, taken + end): "0"})).row_id("", 2)

    assert made.startswith(taken)
    assert len(made) == len(taken) + 2


def test_id_on_record_of_a_table_that_the_layout_does_not_make_is_free() -> None:
    """Tables have ids of their own."""
    taken = ids().row_id("", 2)

    assert ids(known=Known(digests={("claims", taken): "0"})).row_id("", 2) == taken


def test_under_a_prefix_what_is_on_record_without_it_is_no_hindrance() -> None:
    """The same rows were taken before without: their ids must be found, to be the same."""
    taken = ids().row_id("", 2)
    known = Known(digests={("items", taken): "0"})

    assert ids(known=known, prefix="b_").row_id("", 2) == taken


def test_left_rows_take_part_in_making_ids() -> None:
    """Which row gets which id does not hang on the rules: a layout may change them later."""
    rows = [(f"{n}", "M", f"S{n}", "", "") for n in range(50)]
    all_of = read_rows(*rows).of("items")
    leave = [{"where": {"kind": [f"{n}" for n in range(0, 50, 2)]}, "why": "even"}]
    half = read_rows(*rows, leave=leave).of("items")

    assert [item["item_id"] for item in half] == [item["item_id"] for item in all_of[1::2]]


def test_collision_goes_by_the_row_and_not_by_what_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With one hex digit ids collide all the time; leaving rows must not move any of them."""
    from headstamp.intake import layout_ids

    monkeypatch.setattr(layout_ids, "_N_HEX", 1)
    rows = [(f"{n}", "M", f"S{n}", "", "") for n in range(60)]
    whole = {item["type"]: item["item_id"] for item in read_rows(*rows).of("items")}
    leave = [{"where": {"kind": [f"{n}" for n in range(20)]}, "why": "low"}]
    part = {item["type"]: item["item_id"] for item in read_rows(*rows, leave=leave).of("items")}

    assert len(set(whole.values())) == 60
    assert part == {kind: item_id for kind, item_id in whole.items() if int(str(kind)) >= 20}


@given(st.lists(st.text(st.sampled_from("ab \n"), max_size=3), min_size=1, max_size=3))
def test_shared_id_disregards_runs_of_spaces_and_keeps_values_apart(values: list[str]) -> None:
    """Values in another order, or of another record, are another thing."""
    spaced = [f"  {value}  " for value in values]
    plain = [" ".join(value.split()) for value in values]

    assert re.fullmatch("harbour-[0-9a-f]{10}", ids().shared("sites", values))
    assert ids().shared("sites", values) == ids().shared("sites", spaced)
    assert ids().shared("sites", values) != ids().shared("camps", values)
    if plain != plain[::-1]:
        assert ids().shared("sites", values) != ids().shared("sites", values[::-1])


def test_name_of_a_record_gets_the_prefix_unless_it_is_on_record() -> None:
    """The record's id stands in its values too; an id of several parts has it in those."""
    record = Record(
        table="items", row_id="x", file="f", row=2, values={"item_id": "x", "type": "x"}
    )
    link = Record(table="links", row_id="a:item:b", file="f", row=2, values={"item_id": "a"})
    known = Known(digests={("items", "x"): Known().digest_of(record)})
    named = ids(prefix="b_").named(record, known=Known())

    assert (named.row_id, named.values) == ("b_x", {"item_id": "b_x", "type": "x"})
    assert ids(prefix="b_").named(record, known=known) == record
    assert ids(prefix="b_").named(link, known=Known()) == link
    assert ids().named(record, known=Known()) == record


def test_other_bytes_give_other_ids_and_equal_bytes_the_same() -> None:
    """One more row moves every id of the file: a corrected file is another file."""
    records = [SOURCE, ITEMS, MARKS]
    one = read(as_csv([("a", "M", "1", "", "")]), layout(records=records)).of("items")
    same = read(as_csv([("a", "M", "1", "", "")]), layout(records=records, title="x")).of("items")
    more = read(as_csv([("a", "M", "1", "", "")] * 2), layout(records=records)).of("items")

    assert one[0]["item_id"] == same[0]["item_id"]
    assert one[0]["item_id"] not in {item["item_id"] for item in more}

"""What is read of workbooks, JSON, JSON Lines and Parquet, and of what is odd in each?"""

import datetime as dt
import decimal
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook, load_workbook

from ..cli.running import Ran
from .foreign import CSV, HEADER, LAYOUT, ROWS, Desk, accounts, edited, workbook

Cells = Sequence[Sequence[object]]
XLSX = edited(LAYOUT, ('format = "csv"', 'format = "xlsx"'))


def as_format(name: str, *more: str) -> str:
    """Return the layout for another format, with more lines in [file]."""
    return edited(LAYOUT, ('format = "csv"', "\n".join([f'format = "{name}"', *more])))


def write_csv(path: Path, rows: Cells) -> None:
    """Write rows as CSV."""
    path.write_text("".join(",".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")


def write_xlsx(path: Path, rows: Cells) -> None:
    """Write rows as a workbook of one sheet."""
    workbook(path, {"Sheet": rows})


def write_json(path: Path, rows: Cells) -> None:
    """Write rows as a list of objects."""
    path.write_text(json.dumps(objects(rows)), encoding="utf-8")


def write_jsonl(path: Path, rows: Cells) -> None:
    """Write rows as one object to a line."""
    text = "".join(json.dumps(row) + "\n" for row in objects(rows))
    path.write_text(text, encoding="utf-8")


def write_parquet(path: Path, rows: Cells) -> None:
    """Write rows as Parquet."""
    pq.write_table(pa.Table.from_pylist(objects(rows)), path)


def objects(rows: Cells) -> list[dict[str, object]]:
    """Return the rows below the header as objects."""
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


WRITERS: dict[str, Callable[[Path, Cells], None]] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "json": write_json,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
}
CONTENT: Cells = [HEADER, *ROWS, ("3", "Rifle", "", "RA-0007?", "2019", "")]


def take_workbook(desk: Desk, rows: Cells, *changes: tuple[str, str], name: str = "a.xlsx") -> Ran:
    """Take one sheet of rows."""
    write_xlsx(desk.folder / name, rows)
    return desk.take(desk.folder / name, layout=edited(XLSX, *changes))


def without_ids(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return rows without what names the file they came from, and its place in it."""
    return [
        {
            key: value
            for key, value in row.items()
            if key not in {"item_id", "mark_id", "file", "row"}
        }
        for row in rows
    ]


@pytest.mark.parametrize("name", WRITERS)
def test_same_content_gives_the_same_values_in_every_format(name: str, desk: Desk) -> None:
    """Texts, numbers and dates mean what they mean, whatever they came in."""
    WRITERS[name](desk.folder / f"book.{name}", CONTENT)
    WRITERS["csv"](desk.folder / "plain.csv", CONTENT)
    ran = desk.take(desk.folder / f"book.{name}", layout=as_format(name))
    read = without_ids(desk.rows("items")), without_ids(desk.rows("marks"))
    desk.take(desk.folder / "plain.csv", layout=LAYOUT, options=["--prefix", "p-"])
    both = without_ids(desk.rows("items")), without_ids(desk.rows("marks"))

    assert ran.code == 0, ran.err
    assert [row["type"] for row in read[0]] == ["Rifle", "Pistol", "Rifle"]
    for kind, every in zip(read, both, strict=True):
        assert kind
        assert all(row in every for row in kind)
        assert len({json.dumps(row) for row in every}) == len({json.dumps(row) for row in kind})
    (account,) = accounts(ran)
    assert account.n_cells == 16
    assert account.n_reported == 0


def test_format_typed_or_text_gives_the_same_values(desk: Desk) -> None:
    """A date cell is the day, a number cell the number, as if they had been typed as text."""
    typed = (
        1,
        "Rifle",
        "Redford Arms",
        "RA-1",
        dt.datetime.combine(dt.date(2019, 4, 3), dt.time(23, 59)),
        12,
    )
    ran = take_workbook(desk, [HEADER, typed])
    (item,) = desk.rows("items")

    assert ran.code == 0, ran.err
    assert (item["documented_on"], str(item["quantity"])) == ("2019-04-03", "12")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12, "12"),
        (1.5, "1.5"),
        (999_999_999_999_999, "999999999999999"),
        (True, "true"),
        ("0012", "0012"),
        ("'0012", "'0012"),
        ("1e5", "1e5"),
    ],
)
def test_cell_of_a_workbook_is_read_as_it_is_shown(value: object, text: str, desk: Desk) -> None:
    """A number cell 12 is `12`, never `12.0`; text that looks like a number is text."""
    take_workbook(desk, [HEADER, ("1", "Rifle", "", value, None, None)])

    (mark,) = desk.rows("marks")
    assert str(mark["text"]).casefold() == text


def test_number_cells_in_a_mark_are_noted(desk: Desk) -> None:
    """Zeros that stood before are lost, which is said; the rows are taken."""
    rows = [("1", "Rifle", "", number, None, None) for number in (12, 13, 14)]
    ran = take_workbook(desk, [HEADER, *rows])
    told, rest = desk.issue("INTAKE-119"), desk.issue("INTAKE-127")

    assert ran.code == 0
    assert (told["severity"], told["row"], rest["severity"]) == ("note", 2, "note")
    assert "2 more" in str(rest["message"])
    assert [mark["text"] for mark in desk.rows("marks")] == ["12", "13", "14"]


def test_number_of_more_than_15_digits_is_reported_and_left_out(desk: Desk) -> None:
    """The last digits of it are lost, so that it is not the number that was entered."""
    ran = take_workbook(desk, [HEADER, ("1", "Rifle", "", 1234567890123456789, None, None)])
    told = desk.issue("INTAKE-118")

    assert ran.code == 1
    assert told["row"] == 2
    assert [mark["text"] for mark in desk.rows("marks")] in ([], [None])
    assert len(desk.rows("items")) == 1


@pytest.mark.parametrize("day", [dt.date(2022, 10, 22), dt.time(10, 22)])
def test_date_in_a_text_is_reported(day: object, desk: Desk) -> None:
    """`10/22` typed as a model became a day in the spreadsheet; nobody guesses it back."""
    ran = take_workbook(desk, [HEADER, ("1", day, "", "RA-1", None, None)])
    (item,) = desk.rows("items")

    assert ran.code == 1
    assert desk.issue("INTAKE-115")["row"] == 2
    assert item["type"] is None


def test_day_zero_of_a_spreadsheet_is_no_date(desk: Desk) -> None:
    """1899-12-30 is what is left when only a time was entered."""
    book = Workbook()
    for row in (HEADER, ("1", "Rifle", "", "RA-1", 0, None)):
        book.active.append(row)
    book.active["E2"].number_format = "yyyy-mm-dd"
    book.save(desk.folder / "a.xlsx")
    ran = desk.take(desk.folder / "a.xlsx", layout=XLSX)

    assert ran.code == 1
    assert desk.issue("INTAKE-116")["row"] == 2
    assert desk.rows("items")[0]["documented_on"] is None


def test_workbook_that_counts_from_1904_gives_the_same_day(desk: Desk) -> None:
    """The epoch of the workbook is its own affair."""
    book = Workbook()
    book.epoch = dt.datetime.combine(dt.date(1904, 1, 1), dt.time())
    for row in (HEADER, ("1", "Rifle", "", "RA-1", dt.date(2019, 4, 3), None)):
        book.active.append(row)
    book.save(desk.folder / "a.xlsx")
    ran = desk.take(desk.folder / "a.xlsx", layout=XLSX)

    assert ran.code == 0, ran.err
    assert desk.rows("items")[0]["documented_on"] == "2019-04-03"


# --- sheets ----------------------------------------------------------------------------------

GOOD: Cells = [HEADER, *ROWS]


def test_missing_sheet_is_an_error_and_the_others_are_read(desk: Desk) -> None:
    """The sheets that are there are taken; the one that is not is named, with those there are."""
    workbook(desk.folder / "a.xlsx", {"2018": GOOD})
    layout = edited(XLSX, ("[columns]", 'sheets = ["2018", "2019"]\n[columns]'))
    ran = desk.take(desk.folder / "a.xlsx", layout=layout)
    told = desk.issue("INTAKE-104")

    assert ran.code == 1
    assert told["severity"] == "error"
    assert "2019" in str(told["message"])
    assert len(desk.rows("items")) == 2


def test_workbook_without_any_sheet_of_the_layout_ends_with_2(desk: Desk) -> None:
    """Nothing of it can be taken, and the sheets that it has are named."""
    workbook(desk.folder / "a.xlsx", {"2018": GOOD})
    layout = edited(XLSX, ("[columns]", 'sheets = ["2019"]\n[columns]'))
    ran = desk.take(desk.folder / "a.xlsx", layout=layout)

    assert ran.code == 2
    assert "INTAKE-104" in ran.err
    assert "2018" in ran.err
    assert desk.rows("items") == []


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheet_is_told_and_not_read(state: str, desk: Desk) -> None:
    """What somebody hid is not evidence that they gave; it is not passed over in silence."""
    workbook(desk.folder / "a.xlsx", {"2018": GOOD, "Old": GOOD}, Old=state)
    ran = desk.take(desk.folder / "a.xlsx", layout=XLSX)

    assert ran.code == 1
    assert "Old" in str(desk.issue("INTAKE-105")["message"])
    assert len(desk.rows("items")) == 2


def test_sheet_that_the_layout_does_not_name_is_told(desk: Desk) -> None:
    """With `sheets`, any other sheet is an issue, and one in `skip_sheets` a note."""
    workbook(desk.folder / "a.xlsx", {"2018": GOOD, "Codes": [["x"]], "New": GOOD})
    lines = 'sheets = ["2018"]\nskip_sheets = { "Codes" = "a list of codes" }\n[columns]'
    ran = desk.take(desk.folder / "a.xlsx", layout=edited(XLSX, ("[columns]", lines)))

    assert ran.code == 1
    assert "New" in str(desk.issue("INTAKE-105")["message"])
    skipped = desk.issue("INTAKE-106")
    assert (skipped["severity"], "a list of codes" in str(skipped["message"])) == ("note", True)
    assert len(desk.rows("items")) == 2


def test_two_sheets_are_two_sets_of_rows(desk: Desk) -> None:
    """The same row number on two sheets is two objects, and both are told apart."""
    workbook(desk.folder / "a.xlsx", {"2018": GOOD, "2019": GOOD})
    ran = desk.take(desk.folder / "a.xlsx", layout=XLSX)
    items = desk.rows("items")

    assert ran.code == 0, ran.err
    assert [item["row"] for item in items] == [2, 3, 2, 3]
    assert len({item["item_id"] for item in items}) == 4


def test_merged_cells_are_reported_or_filled_as_the_layout_says(desk: Desk) -> None:
    """Only the first of merged cells holds the value; with `fill` all of them do."""
    for name in ("report.xlsx", "fill.xlsx"):
        book = Workbook()
        for row in (HEADER, *ROWS):
            book.active.append(row)
        book.active.merge_cells("C2:C3")
        book.save(desk.folder / name)
    reported = desk.take(desk.folder / "report.xlsx", layout=XLSX)
    makers = [item["maker_stated"] for item in desk.rows("items")]
    told = desk.issue("INTAKE-125")
    filling = edited(XLSX, ("[columns]", 'merged = "fill"\n[columns]'))
    filled = desk.take(desk.folder / "report.xlsx", layout=filling)

    assert (reported.code, filled.code) == (1, 0)
    assert makers == ["Redford Arms", None]
    assert "C2:C3" in str(told["message"])
    assert [item["maker_stated"] for item in desk.rows("items")] == ["Redford Arms"] * 2


def test_title_rows_and_empty_rows_are_accounted_for(desk: Desk) -> None:
    """A title above the header is ignored with the reason; empty rows are no rows."""
    rows: Cells = [("A title",), (), HEADER, (), ROWS[0], (), ROWS[1]]
    ran = take_workbook(desk, rows, ("[columns]", "header_row = 3\n[columns]"))
    (account,) = accounts(ran)

    assert ran.code == 0, ran.err
    assert [item["row"] for item in desk.rows("items")] == [5, 7]
    assert account.n_cells == 1 + 12
    assert account.n_ignored == 1 + 2
    assert "above the header" in ran.err


def test_no_header_and_places_of_columns(desk: Desk) -> None:
    """With header_row = 0 columns are found by their place, and row 1 is a row."""
    changes = [
        ("[columns]", "header_row = 0\n[columns]"),
        ('[ignore]\n"No" = "a running number"', ""),
    ]
    places = dict.fromkeys(HEADER[1:])
    for at, name in enumerate(places, start=2):
        changes.append((f'= "{name}"\n', f"= {{ at = {at} }}\n"))
    ran = desk.take_csv(CSV.split("\n", 1)[1], edited(LAYOUT, *changes))

    assert ran.code == 1, ran.err
    assert [item["row"] for item in desk.rows("items")] == [1, 2]
    assert [item["type"] for item in desk.rows("items")] == ["Rifle", "Pistol"]
    assert accounts(ran)[0].n_reported == 2


def test_one_of_two_columns_of_a_name_is_chosen_by_its_place(desk: Desk) -> None:
    """`at` picks the second; the first is then a column that nobody named."""
    text = CSV.replace("No,", "Serial,")
    changes = [
        ('serial = "Serial"', "serial = { at = 4 }"),
        ('[ignore]\n"No" = "a running number"', ""),
    ]
    ran = desk.take_csv(text, edited(LAYOUT, *changes))

    assert ran.code == 1
    assert desk.issue("INTAKE-111")["column"] == "Serial"
    assert [mark["text"] for mark in desk.rows("marks")] == ["RA-1001", "RA-1002"]


@pytest.mark.parametrize("value", ["=1/0", "=A1", "#N/A", "#REF!"])
def test_formula_and_error_cells_never_end_in_a_fault(value: str, desk: Desk) -> None:
    """A formula without a stored value is empty; an error is no text that anybody entered."""
    ran = take_workbook(desk, [HEADER, ("1", "Rifle", value, "RA-1", None, None)])

    assert ran.code in {0, 1}, ran.err
    assert "Traceback" not in ran.err
    assert len(desk.rows("items")) == 1
    (account,) = accounts(ran)
    assert account.n_cells == account.n_read + account.n_ignored + account.n_reported


# --- files that are not whole, or not what they say --------------------------------------------


def whole(desk: Desk) -> bytes:
    """Return the bytes of a good workbook."""
    write_xlsx(desk.folder / "good.xlsx", GOOD)
    return (desk.folder / "good.xlsx").read_bytes()


def with_entry(data: bytes, name: str, content: bytes) -> bytes:
    """Return a workbook with another content in place of an entry."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, content if entry == name else old.read(entry))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "truncated in the middle": lambda data: data[: len(data) // 2],
    "truncated at the end": lambda data: data[:-10],
    "no workbook": lambda _: CSV.encode(),
    "empty": lambda _: b"",
    "locked with a password": lambda _: (
        bytes.fromhex("d0cf11e0a1b11ae1") + b"EncryptedPackage" * 99
    ),
    "a zip of something else": lambda data: with_entry(data, "xl/workbook.xml", b"<a/>"),
    "broken XML": lambda data: with_entry(data, SHEET, b"<worksheet><sheetData><row>"),
    "no sheet": lambda data: with_entry(data, SHEET, b""),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_damaged_workbook_is_told_and_nothing_taken(
    damage: Callable[[bytes], bytes], desk: Desk
) -> None:
    """INTAKE-100 with the reason in words; exit 2; nothing on record; no fault."""
    ran = desk.take(desk.write("a.xlsx", damage(whole(desk))), layout=XLSX)

    assert ran.code == 2, ran.err
    assert "error INTAKE-100: a.xlsx" in ran.err
    assert "Traceback" not in ran.err
    assert desk.rows("items") == []
    assert desk.run("verify").code == 0


def test_entity_in_a_workbook_reads_nothing_of_this_machine(desk: Desk) -> None:
    """XML may name a file of the reader; it is never opened."""
    secret = desk.write("secret", "CANARY")
    entity = f'<!DOCTYPE a [<!ENTITY e SYSTEM "file://{secret}">]>'
    sheet = f'{entity}<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is>'
    data = with_entry(whole(desk), SHEET, f"{sheet}</c></row></sheetData></worksheet>".encode())
    ran = desk.take(desk.write("a.xlsx", data), layout=XLSX)

    assert ran.code == 2
    assert "CANARY" not in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("name", ["json", "jsonl", "parquet", "tsv"])
@pytest.mark.parametrize(
    "data", [b"", b"\0" * 64, b"PK\3\4", b"{", b"[1,", b"PAR1xxxxPAR1", b"\xff\xfe"]
)
def test_file_that_is_not_in_its_format_never_ends_in_a_fault(
    name: str, data: bytes, desk: Desk
) -> None:
    """Whatever stands in it, there is an issue and an exit code, and nothing is taken."""
    ran = desk.take(desk.write(f"a.{name}", data), layout=as_format(name))

    assert ran.code == 2, ran.err
    assert "error INTAKE-1" in ran.err
    assert "Traceback" not in ran.err
    assert desk.rows("items") == []


def test_zip_bomb_is_not_unpacked(desk: Desk) -> None:
    """A workbook whose sheet unpacks to gigabytes is refused before it fills the memory."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(b" " * (1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH)
    path = desk.folder / "a.xlsx"
    with zipfile.ZipFile(io.BytesIO(whole(desk))) as old, zipfile.ZipFile(path, "w") as new:
        for entry in old.namelist():
            if entry != SHEET:
                new.writestr(entry, old.read(entry))
        new.writestr(SHEET, block * 640 + b"\x03\x00")
        bomb = new.getinfo(SHEET)
        bomb.compress_type, bomb.file_size = zipfile.ZIP_DEFLATED, 640 << 24
    ran = desk.take(path, layout=XLSX)

    assert ran.code == 2
    assert "error INTAKE-" in ran.err
    assert "Traceback" not in ran.err


# --- JSON ------------------------------------------------------------------------------------

JSON_LAYOUT = edited(
    as_format("json", 'path = "data.rows"'),
    ('maker = "Maker"', 'maker = "Maker.name"'),
)


def one(**changed: object) -> dict[str, object]:
    """Return one object of the invented file."""
    return dict(zip(HEADER, ROWS[0], strict=True)) | changed


def test_nested_objects_give_dotted_columns(desk: Desk) -> None:
    """`place.lat` is the column of a member of a member; the list is found by its path."""
    row: dict[str, Any] = one(Maker={"name": "Redford Arms"})
    text = json.dumps({"data": {"rows": [row]}, "about": "x"})
    ran = desk.take(desk.write("a.json", text), layout=JSON_LAYOUT)

    assert ran.code == 0, ran.err
    assert desk.rows("items")[0]["maker_stated"] == "Redford Arms"


def test_json_without_the_path_ends_with_2(desk: Desk) -> None:
    """A file that holds its list elsewhere is another file."""
    ran = desk.take(desk.write("a.json", json.dumps([one()])), layout=JSON_LAYOUT)

    assert ran.code == 2
    assert "data.rows" in ran.err


@pytest.mark.parametrize("broken", ["7", "[1]", "null", '"a"', "{", '{"Kind": }', "\0"])
def test_broken_line_of_json_lines_is_refused_and_the_others_taken(broken: str, desk: Desk) -> None:
    """The line is named by its number; those before and after are in."""
    text = "\n".join([json.dumps(one()), broken, json.dumps(one())]) + "\n"
    ran = desk.take(desk.write("a.jsonl", text), layout=as_format("jsonl"))
    told = desk.issue("INTAKE-126")

    assert ran.code == 1
    assert (told["severity"], told["row"]) == ("error", 2)
    assert [item["row"] for item in desk.rows("items")] == [1, 3]


def test_json_keeps_digits_zeros_and_half_characters(desk: Desk) -> None:
    """Long numbers are whole in JSON, half a character is reported, null is not recorded."""
    rows = [
        one(Serial=12345678901234567890),
        one(Serial=None, Maker=None),
        one(Serial="a"),
        one(Serial=True),
        one(Serial=1.50),
    ]
    text = json.dumps(rows).replace('"a"', '"\\ud83d"')
    ran = desk.take(desk.write("a.json", text), layout=as_format("json"))
    items, marks = desk.rows("items"), desk.rows("marks")

    assert ran.code == 1
    assert desk.issue("INTAKE-129")["row"] == 3
    assert len(items) == 5
    assert "12345678901234567890" in {mark["text"] for mark in marks}
    assert desk.run("verify").code == 0


def test_list_in_a_json_cell_is_never_lost_in_silence(desk: Desk) -> None:
    """A list where a text should be is read, or reported; the row goes in."""
    ran = desk.take(
        desk.write("a.json", json.dumps([one(Maker=["a", "b"])])), layout=as_format("json")
    )

    assert len(desk.rows("items")) == 1
    (account,) = accounts(ran)
    assert account.n_cells == account.n_read + account.n_ignored + account.n_reported >= 6
    assert desk.rows("items")[0]["maker_stated"] is not None or account.n_reported


def test_columns_of_objects_that_differ_are_all_accounted_for(desk: Desk) -> None:
    """A member that only a later object has is a column too."""
    text = "".join(json.dumps(row) + "\n" for row in (one(), one(Extra="later")))
    ran = desk.take(desk.write("a.jsonl", text), layout=as_format("jsonl"))

    assert ran.code == 1
    assert desk.issue("INTAKE-111")["column"] == "Extra"
    assert accounts(ran)[0] == (13, 10, 2, 1)


def test_member_named_twice_is_told(desk: Desk) -> None:
    """Two values under one name in one object: none is dropped in silence."""
    text = json.dumps(one()).replace('"Maker": "Redford Arms"', '"Maker": "A", "Maker": "B"')
    ran = desk.take(desk.write("a.jsonl", text + "\n"), layout=as_format("jsonl"))

    assert ran.code != 0, "one of two values was dropped, and nobody was told"


# --- Parquet ---------------------------------------------------------------------------------


def test_types_of_parquet_are_read_as_what_they_mean(desk: Desk) -> None:
    """Dates, instants, decimals, whole numbers, nested fields and nulls."""
    table = pa.table(
        {
            "No": pa.array([1, None, 3], pa.int8()),
            "Kind": pa.array(["Rifle", None, "Pistol"], pa.large_string()).dictionary_encode(),
            "Maker": pa.array([{"name": "Redford"}, None, {"name": None}]),
            "Serial": pa.array([2**62, 5, None], pa.int64()),
            "Date": pa.array([dt.date(2019, 4, 3), None, dt.date(1850, 1, 1)]),
            "Count": pa.array([decimal.Decimal("2.00"), None, decimal.Decimal("3.50")]),
        }
    )
    pq.write_table(table, desk.folder / "a.parquet")
    layout = edited(as_format("parquet"), ('"Maker"', '"Maker.name"'))
    ran = desk.take(desk.folder / "a.parquet", layout=layout)
    items = desk.rows("items")

    assert ran.code in {0, 1}, ran.err
    assert [item["type"] for item in items] == ["Rifle", None, "Pistol"]
    assert [item["maker_stated"] for item in items] == ["Redford", None, None]
    assert [item["documented_on"] for item in items] == ["2019-04-03", None, "1850-01-01"]
    assert [item["quantity"] for item in items] == ["2.00", None, "3.50"]
    assert [mark["text"] for mark in desk.rows("marks")] == [str(2**62), "5"]


TYPES = {
    "bytes": pa.array([b"\xff\x00"]),
    "instant": pa.array([dt.datetime(2019, 4, 3, tzinfo=dt.UTC)], pa.timestamp("ns", "UTC")),
    "time": pa.array([dt.time(1, 2, 3)]),
    "duration": pa.array([dt.timedelta(days=1)]),
    "list": pa.array([["a", "b"]]),
    "list of objects": pa.array([[{"x": 1}]]),
    "not a number": pa.array([float("nan")]),
    "infinity": pa.array([float("inf")]),
    "float32": pa.array([1.5], pa.float32()),
    "null": pa.nulls(1),
    "map": pa.array([[("k", "v")]], pa.map_(pa.string(), pa.string())),
    "bool": pa.array([False]),
}


@pytest.mark.parametrize(
    "column",
    TYPES.values(),
    ids=TYPES,
)
def test_any_type_of_parquet_is_read_or_reported(column: pa.Array, desk: Desk) -> None:
    """No type ends in a fault, and what is no text, number or date is told."""
    columns = {name: pa.array([value]) for name, value in zip(HEADER, ROWS[0], strict=True)}
    pq.write_table(pa.table(columns | {"Maker": column}), desk.folder / "a.parquet")
    ran = desk.take(desk.folder / "a.parquet", layout=as_format("parquet"))
    (account,) = accounts(ran)

    assert ran.code in {0, 1}, ran.err
    assert "Traceback" not in ran.err
    assert account.n_cells == account.n_read + account.n_ignored + account.n_reported
    filled = column.null_count == 0
    assert account.n_cells >= 5 + filled
    if desk.rows("items")[0]["maker_stated"] is None:
        assert account.n_reported == int(filled), "a value was dropped, and nobody was told"


def test_openpyxl_agrees_on_what_a_workbook_holds(desk: Desk) -> None:
    """Another reader of the workbook counts the cells that the account sums."""
    rows: Cells = [HEADER, *ROWS, ("9", None, " ", "x", None, 0), (None,) * 6, ("10", "a")]
    ran = take_workbook(desk, rows)
    sheet = load_workbook(desk.folder / "a.xlsx", data_only=True).active
    filled = sum(
        str(cell.value).strip() != ""
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if cell.value is not None
    )

    assert accounts(ran)[0].n_cells == filled == 12 + 3 + 2

"""What does a user see whose foreign file, or whose layout for it, is bad? By command line."""

import re
from typing import NamedTuple

import pytest

from .foreign import CSV, HEADER, LAYOUT, Desk, accounts, counted, edited

TEMPLATE = "1,Rifle,Redford Arms,{},{},{}\n"


class Bad(NamedTuple):
    """A bad file, and what must come of it.

    ``items`` are the rows of the file that became items; ``given`` is that item's field which
    the bad cell must not fill.
    """

    text: str | bytes
    code: str
    row: int | None
    column: str | None
    raw: str | None
    changes: tuple[tuple[str, str], ...] = ()
    ends: int = 1
    items: tuple[int, ...] = (2, 3)
    severity: str = "warning"
    lost: tuple[int, str] | None = None


def more(serial: str = "RA-7", on: str = "2019-05-06", count: str = "1") -> str:
    """Return the good file with one more row, the fourth as a person counts."""
    return CSV + TEMPLATE.format(serial, on, count)


MORE = (2, 3, 4)
FORMATS = (
    'fields.documented_on = { column = "date" }',
    'fields.documented_on = { column = "date", dates = ["%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d"] }',
)
BAD = {
    "no header": Bad(
        CSV.split("\n", 1)[1], "INTAKE-108", 1, None, None, ends=2, items=(), severity="error"
    ),
    "a header in another row": Bad(
        CSV,
        "INTAKE-107",
        9,
        None,
        None,
        (("[file]", "[file]\nheader_row = 9"),),
        ends=2,
        items=(),
        severity="error",
    ),
    "nothing at all": Bad(b"", "INTAKE-107", 1, None, None, ends=2, items=(), severity="error"),
    "an encoding that is not named": Bad(
        more("café").encode("latin-1"),
        "INTAKE-101",
        None,
        None,
        "0xE9",
        ends=2,
        items=(),
        severity="error",
    ),
    "the second encoding": Bad(
        more("café").encode("cp1252"),
        "INTAKE-102",
        None,
        None,
        None,
        (("[file]", '[file]\nencoding = ["utf-8", "cp1252"]'),),
        ends=0,
        items=MORE,
        severity="note",
    ),
    "another separator": Bad(
        CSV.replace(",", ";"),
        "INTAKE-103",
        1,
        None,
        None,
        ends=2,
        items=(),
        severity="error",
    ),
    "a column twice": Bad(
        CSV.replace("No,", "Serial,"),
        "INTAKE-109",
        1,
        "Serial",
        None,
        ends=2,
        items=(),
        severity="error",
    ),
    "a column that nobody named": Bad(
        CSV.replace("No,", "Number,"), "INTAKE-111", 1, "Number", None
    ),
    "an optional column that is not there": Bad(
        CSV,
        "INTAKE-110",
        1,
        "Place",
        None,
        (
            ('kind = "Kind"', 'kind = "Kind"\nplace = { name = "Place", optional = true }'),
            ('fields.type = { column = "kind" }', 'fields.type = { columns = ["kind", "place"] }'),
        ),
        ends=0,
        severity="note",
    ),
    "a value that the layout does not know": Bad(
        more(),
        "INTAKE-112",
        3,
        "category",
        "Pistol",
        (('"weapon"', '{ column = "kind", values = { "rifle" = "weapon" } }'),),
        items=MORE,
        lost=(3, "category"),
    ),
    "a date in another format": Bad(
        more(on="3.4.2019"),
        "INTAKE-113",
        4,
        "documented_on",
        "3.4.2019",
        (FORMATS,),
        items=MORE,
        lost=(4, "documented_on"),
    ),
    "31 February": Bad(
        more(on="31/02/2019"),
        "INTAKE-113",
        4,
        "documented_on",
        "31/02/2019",
        (FORMATS,),
        items=MORE,
        lost=(4, "documented_on"),
    ),
    "a date that no format is given for": Bad(
        more(on="03/04/2019"),
        "INTAKE-113",
        4,
        "documented_on",
        "03/04/2019",
        items=MORE,
        lost=(4, "documented_on"),
    ),
    "day first among month first": Bad(
        more(on="03/04/2019"),
        "INTAKE-114",
        4,
        "documented_on",
        "03/04/2019",
        (FORMATS,),
        items=MORE,
    ),
    "a spreadsheet's day zero": Bad(
        more(on="1899-12-30"),
        "INTAKE-116",
        4,
        "documented_on",
        "1899-12-30",
        items=MORE,
        lost=(4, "documented_on"),
    ),
    "a number with the other sign": Bad(
        more(count='"1.000,5"'),
        "INTAKE-117",
        4,
        "quantity",
        "1.000,5",
        items=MORE,
        lost=(4, "quantity"),
    ),
    "a number in words": Bad(
        more(count="two"), "INTAKE-117", 4, "quantity", "two", items=MORE, lost=(4, "quantity")
    ),
    "a number below zero": Bad(
        more(count="-3"), "INTAKE-120", 4, "quantity", "-3", items=MORE, lost=(4, "quantity")
    ),
    "a code that is none": Bad(
        CSV,
        "INTAKE-120",
        2,
        "category",
        "Rifle",
        (('fields.category = "weapon"', 'fields.category = { column = "kind" }'),),
        lost=(2, "category"),
    ),
    "a row without what its record needs": Bad(
        more(),
        "INTAKE-121",
        3,
        "verb",
        None,
        (
            ('name = "serial"\nneeds = ["serial"]\n', 'name = "serial"\n'),
            ('fields.kind = "serial"\n', ""),
            (
                'table = "marks"',
                (
                    'table = "claims"\nfields.verb = { column = "kind", '
                    'values = { "Rifle" = "seen" }, '
                    'otherwise = "empty" }\nfields.subject_kind = "item"'
                ),
            ),
            ("fields.item_id", "fields.subject_id"),
            ('fields.text = { column = "serial" }\nfields.reader = "cell"\n', ""),
            ('serial = "Serial"\n', ""),
            ("[ignore]", '[ignore]\n"Serial" = "not asked here"'),
        ),
        items=(2, 4),
        severity="error",
    ),
    "more rows than expected": Bad(
        CSV, "INTAKE-123", None, None, "2", (("[columns]", "[expect]\nrows = [0, 1]\n[columns]"),)
    ),
    "half the rows that were expected": Bad(
        CSV, "INTAKE-123", None, None, "2", (("[columns]", "[expect]\nrows = [4, 9]\n[columns]"),)
    ),
    "fewer taken than expected": Bad(
        CSV, "INTAKE-123", None, None, "2", (("[columns]", "[expect]\ntaken = [4, 9]\n[columns]"),)
    ),
    "a filter that matches nothing": Bad(
        CSV,
        "INTAKE-124",
        None,
        None,
        None,
        (
            (
                '[[records]]\ntable = "sources"',
                (
                    '[[leave]]\nwhere = { kind = ["Vest"] }\n'
                    'why = "no weapon"\n\n[[records]]\ntable = "sources"'
                ),
            ),
        ),
    ),
    "a record that no row gives": Bad(
        CSV,
        "INTAKE-124",
        None,
        None,
        None,
        (('name = "serial"', 'name = "serial"\nwhere = { kind = ["Cannon"] }'),),
    ),
    "a NUL": Bad(more("RA\0-7"), "INTAKE-129", 4, "text", "RA\0-7", items=MORE),
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_bad_file_is_told_and_the_rest_is_taken(bad: Bad, desk: Desk) -> None:
    """The issue names place, value and remedy; good rows are in; the exit code says it."""
    ran = desk.take_csv(bad.text, edited(LAYOUT, *bad.changes))

    assert ran.code == bad.ends, ran.err
    assert "Traceback" not in ran.err
    assert f"{bad.severity} {bad.code}: book.csv" in ran.err
    assert desk.run("verify").code == 0
    assert tuple(row["row"] for row in desk.rows("items")) == bad.items
    if bad.ends == 2:
        assert "table" not in ran.out
        return
    told = desk.issues(bad.code)[0]
    assert (told["severity"], told["file"], told["row"], told["column"]) == (
        bad.severity,
        "book.csv",
        bad.row,
        bad.column,
    )
    assert (told["raw"] or "") == (bad.raw or "")
    assert str(told["hint"]) in ran.err
    assert str(told["message"])[:60] in ran.err
    if bad.code in {"INTAKE-113", "INTAKE-114", "INTAKE-116"}:
        assert "(column Date)" in str(told["message"])
    if bad.lost is not None:
        row, field = bad.lost
        (item,) = [item for item in desk.rows("items") if item["row"] == row]
        assert item[field] is None


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_every_cell_of_a_bad_file_is_in_the_account(bad: Bad, desk: Desk) -> None:
    """Read, ignored and reported add up to what was there, whatever is wrong with it."""
    ran = desk.take_csv(bad.text, edited(LAYOUT, *bad.changes))

    for account in accounts(ran):
        assert account.n_read + account.n_ignored + account.n_reported == account.n_cells
    for rows in counted(ran):
        assert rows.n_taken + rows.n_left + rows.n_refused == rows.n_rows
    assert len(accounts(ran)) == len(counted(ran)) == (0 if bad.ends == 2 else 1)


# --- files that are sound, though they look bad ------------------------------------------------


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("\ufeff" + CSV, ()),
        (CSV.replace(",", ";"), (("[file]", '[file]\nseparator = ";"'),)),
        (CSV.replace(",", "\t"), (('format = "csv"', 'format = "tsv"'),)),
        (CSV.replace("\n", "\r\n"), ()),
        (CSV.rstrip("\n"), ()),
        (CSV.encode("utf-16"), (("[file]", '[file]\nencoding = "utf-16"'),)),
        (CSV.upper().replace("REDFORD ARMS", "Redford Arms"), ()),
        (CSV.replace("No,Kind", " No ,  Kind  "), ()),
    ],
    ids=["BOM", ";", "TSV", "CRLF", "no last line end", "UTF-16", "capitals", "spaces"],
)
def test_file_written_another_way_gives_the_same_rows(
    text: str | bytes, changes: tuple[tuple[str, str], ...], desk: Desk
) -> None:
    """What differs only in how it is written is read alike, and without a warning."""
    ran = desk.take_csv(text, edited(LAYOUT, *changes))
    items = desk.rows("items")

    assert ran.code == 0, ran.err
    assert [str(item["type"]).casefold() for item in items] == ["rifle", "pistol"]
    assert [item["maker_stated"] for item in items] == ["Redford Arms"] * 2
    assert [mark["text"] for mark in desk.rows("marks")] == ["RA-1001", "RA-1002"]


def test_line_break_in_quotes_is_part_of_its_cell(desk: Desk) -> None:
    """The cell is kept whole and the rows after it are counted as a person counts them."""
    ran = desk.take_csv(
        f'{",".join(HEADER)}\n1,"Rifle\nlong",Redford Arms,"RA ""1""",2019-04-03,1\n2,,,X,,\n'
    )
    items = desk.rows("items")

    assert ran.code == 0, ran.err
    assert [(item["row"], item["type"]) for item in items] == [(2, "Rifle\nlong"), (3, None)]
    assert desk.rows("marks")[0]["text"] == 'RA "1"'


def test_200_columns_are_each_told(desk: Desk) -> None:
    """A wide file costs one issue for each column that the layout does not know."""
    extra = [f"c{n}" for n in range(200)]
    rows = [line + "," + ",".join(extra) for line in CSV.splitlines()]
    ran = desk.take_csv("\n".join(rows) + "\n")

    assert ran.code == 1
    assert [issue["column"] for issue in desk.issues("INTAKE-111")] == extra
    assert accounts(ran)[0].n_reported == 400
    assert accounts(ran)[0].n_cells == 2 * 206


@pytest.mark.parametrize(
    ("serial", "recorded"),
    [
        ("Z" * 200, "Z" * 200),
        ("🔫🔫", "🔫🔫"),
        ("\u202eAB-12\u202c", "\u202eAB-12\u202c"),
        ("A\u0007B", "A\u0007B"),
        ("  RA-9  ", "  RA-9  "),
        ("0007", "0007"),
        ("1E5", "1E5"),
        ("TRUE", "TRUE"),
        ("=1+1", "=1+1"),
        ("AB?C", "AB?C"),
        ("x" * 40_000, "x" * 40_000),
    ],
    ids=["200", "emoji", "RTL", "bell", "spaces around", "zeros", "1E5", "TRUE", "=", "?", "long"],
)
def test_odd_serial_is_recorded_as_the_cell_has_it(serial: str, recorded: str, desk: Desk) -> None:
    """Marks are never cleaned, and no odd one costs its row or ends in a fault."""
    ran = desk.take_csv(more(serial))

    assert ran.code in {0, 1}, ran.err
    assert "Traceback" not in ran.err
    assert [item["row"] for item in desk.rows("items")] == [2, 3, 4]
    (text,) = [mark["text"] for mark in desk.rows("marks") if "RA-100" not in str(mark["text"])]
    assert text == recorded
    assert desk.run("marks").code == 0
    assert desk.run("verify").code == 0


@pytest.mark.parametrize("blank", ["", " ", "\t", "\u00a0", "\u3000  "])
def test_serial_of_spaces_is_not_recorded(blank: str, desk: Desk) -> None:
    """A cell in which nothing can be seen is empty: the row gives its item and no mark."""
    ran = desk.take_csv(more(blank))

    assert ran.code == 0, ran.err
    assert [item["row"] for item in desk.rows("items")] == [2, 3, 4]
    assert len(desk.rows("marks")) == 2
    assert accounts(ran)[0].n_cells == 17


def test_date_that_two_formats_read_differently_is_either(desk: Desk) -> None:
    """3 April or 4 March: the set of both days stands on record, and nothing chose."""
    desk.take_csv(more(on="03/04/2019"), edited(LAYOUT, FORMATS))

    (item,) = [item for item in desk.rows("items") if item["row"] == 4]
    assert item["documented_on"] == "[2019-03-04,2019-04-03]"


@pytest.mark.parametrize(
    ("on", "day"),
    [
        ("2019-04-03T23:30:00", "2019-04-03"),
        ("2019-04-03 23:30", "2019-04-03"),
        ("2019-04-03T23:30:00+09:00", "2019-04-03"),
        ("2019-04-03T23:30:00Z", "2019-04-03"),
        ("2019-04", "2019-04"),
        ("2019", "2019"),
        (" 2019-04-03 ", "2019-04-03"),
    ],
)
def test_only_the_day_of_a_date_is_kept(on: str, day: str, desk: Desk) -> None:
    """Of a time, with or without a zone, the day as written stays."""
    ran = desk.take_csv(more(on=on))

    (item,) = [item for item in desk.rows("items") if item["row"] == 4]
    assert item["documented_on"] == day
    assert ran.code == 0, ran.err


# --- layouts that cannot be meant --------------------------------------------------------------

MISUSE = {
    "a misspelt part": (("[ignore]", "[ignroe]"), "ignroe"),
    "a misspelt part of [file]": (("[file]", '[file]\nseperator = ";"'), "seperator"),
    "a misspelt field": (("fields.maker_stated", "fields.maker_sated"), "maker_sated"),
    "a misspelt table": (('"items"', '"itmes"'), "itmes"),
    "a column that is not in [columns]": (('column = "maker"', 'column = "makr"'), "makr"),
    "a part of a field that is none": (('column = "kind"', 'colum = "kind"'), "colum"),
    "a format that is none": (('"csv"', '"docx"'), "docx"),
    "an encoding that is none": (("[file]", '[file]\nencoding = "utf-9"'), "utf-9"),
    "a separator of two characters": (("[file]", '[file]\nseparator = "||"'), "||"),
    "a notation that is none": (('unread = "?"', 'notation = "plane"'), "plane"),
    "a name with capitals": (('"harbour"', '"Harbour Guard"'), "Harbour Guard"),
    "a name of one letter": (('name = "harbour"', 'name = "h"'), "'h'"),
    "a name of 41 letters": (('name = "harbour"', f'name = "{"h" * 41}"'), "h" * 41),
    "a source that nobody makes": (('source = "harbour-guard"', 'source = "nobody"'), "nobody"),
    "a code that is none": (('"weapon"', '"wapon"'), "wapon"),
    "a record that is none": (('record = "items"', 'record = "item"'), "item"),
    "a record of another table": (('record = "items"', 'record = "sources"'), "sources"),
    "a broken pattern": (
        ('{ column = "kind" }', '{ column = "kind", pattern = "(?P<value>[0-9" }'),
        "(?P<value>[0-9",
    ),
    "a pattern that looks ahead": (
        ('{ column = "kind" }', '{ column = "kind", pattern = "(?P<value>a)(?=b)" }'),
        "(?=b)",
    ),
    "an otherwise that is none": (
        ('{ column = "kind" }', '{ column = "kind", values = { a = "b" }, otherwise = "drop" }'),
        "drop",
    ),
    "TOML that is none": (('title = "', "title = "), "line 2"),
    "no name": (('name = "harbour"\n', ""), "name"),
    "a date format that is none": (
        ('{ column = "date" }', '{ column = "date", dates = ["%Q"] }'),
        "%Q",
    ),
    "needs that are no columns": (('needs = ["serial"]', 'needs = ["serials"]'), "serials"),
    "a where that is no column": (
        ('name = "serial"', 'name = "serial"\nwhere = { klass = ["a"] }'),
        "klass",
    ),
    "expectations upside down": (("[columns]", "[expect]\nrows = [9, 1]\n[columns]"), "9"),
}


@pytest.mark.parametrize("change", MISUSE.values(), ids=MISUSE)
def test_layout_that_cannot_be_meant_is_refused(
    change: tuple[tuple[str, str], str], desk: Desk
) -> None:
    """It ends with 2 before anything is written, naming the layout and the word that is wrong."""
    before = desk.files()
    edit, told = change
    ran = desk.take_csv(CSV, edited(LAYOUT, edit))

    assert ran.code == 2, ran.err
    assert "harbour.toml" in ran.err
    assert told in ran.err
    assert "Traceback" not in ran.err
    assert ran.out == ""
    assert desk.files() == before


def test_misspelt_word_is_answered_with_the_nearest(desk: Desk) -> None:
    """Who misspells a field of a table is told which one may be meant."""
    ran = desk.take_csv(CSV, edited(LAYOUT, ("fields.maker_stated", "fields.maker_sated")))

    assert "maker_stated" in ran.err


@pytest.mark.parametrize("name", ["nowhere.toml", "no-such-layout", "folder", "../escape"])
def test_layout_that_is_not_there_is_misuse(name: str, desk: Desk) -> None:
    """The name is shown, and with it the layouts that are shipped."""
    (desk.folder / "folder").mkdir()
    before = desk.files()
    ran = desk.run("take", desk.write("book.csv", CSV), "--layout", name)

    assert ran.code == 2, ran.err
    assert name in ran.err
    assert "Traceback" not in ran.err
    assert desk.files() == before


def test_binary_layout_is_misuse(desk: Desk) -> None:
    """Somebody who names the workbook as the layout is told so."""
    layout = desk.write("harbour.toml", bytes(range(256)))
    ran = desk.run("take", desk.write("book.csv", CSV), "--layout", layout)

    assert ran.code == 2
    assert "harbour.toml" in ran.err
    assert "Traceback" not in ran.err


def test_pattern_that_would_never_end_ends(desk: Desk) -> None:
    """Nested repetition over a long cell costs no more than the cell is long."""
    changes = (
        '{ column = "kind" }',
        '{ column = "kind", pattern = "^(?P<value>(?:a+)+)$", otherwise = "keep" }',
    )
    text = CSV + f"3,{'a' * 5_000}!,Redford Arms,RA-3,,\n"
    ran = desk.take_csv(text, edited(LAYOUT, changes))

    assert ran.code == 0, ran.err
    assert desk.rows("items")[2]["type"] == "a" * 5_000 + "!"


def test_path_that_is_no_file_ends_with_2_and_the_others_are_taken(desk: Desk) -> None:
    """A folder, a missing path and a good file: the good one is in, the others are named."""
    good = desk.write("book.csv", CSV)
    (desk.folder / "folder.csv").mkdir()
    ran = desk.take(desk.folder / "folder.csv", desk.folder / "none.csv", good, layout=LAYOUT)

    assert ran.code == 2
    assert len(re.findall("INTAKE-128", ran.err)) == 2
    assert "folder.csv" in ran.err
    assert "none.csv" in ran.err
    assert len(desk.rows("items")) == 2


def test_thousands_of_one_issue_are_told_as_a_number(desk: Desk) -> None:
    """After 1,000 issues of a code and column the rest is one issue that counts them."""
    rows = "".join(f"{n},Rifle,Redford Arms,RA-{n},someday,1\n" for n in range(1_500))
    ran = desk.take_csv(",".join(HEADER) + "\n" + rows)
    rest = desk.issue("INTAKE-127")

    assert ran.code == 1
    assert len(desk.issues("INTAKE-113")) == 1_000
    assert rest["column"] == "documented_on"
    assert "500" in str(rest["message"])
    assert accounts(ran)[0].n_reported == 1_500
    assert len(desk.rows("items")) == 1_500
    assert ran.err.count("INTAKE-113") < 50

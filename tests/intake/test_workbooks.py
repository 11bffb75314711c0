import datetime as dt
import io
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from headstamp.intake import layout_extents, workbooks
from headstamp.intake.grids import Grids
from headstamp.intake.layout_extents import column_name, column_number, workbook_problem
from headstamp.intake.workbooks import read_workbook

from .layout_world import HEADER, ROWS, as_workbook, form, layout
from .layout_world import read as read_layout

SHEET = "xl/worksheets/sheet1.xml"
NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
VALUES: st.SearchStrategy[object] = (
    st.none() | st.integers(-999, 999) | st.sampled_from(["a", " ", "é", "=", "12", "x y"])
)
VALUES |= st.dates(dt.date(1950, 1, 1), dt.date(2030, 1, 1)) | st.booleans()
XLSX = layout(file={"format": "xlsx"})


def read(data: bytes, **file: object) -> Grids:
    """Return what a workbook holds."""
    return read_workbook("a.xlsx", data, form(format="xlsx", **file))


def codes(found: Grids) -> list[str]:
    """Return the issue codes of the workbook."""
    return [issue.code for issue in found.issues]


def of_sheets(**sheets: object) -> bytes:
    """Return a workbook of sheets with one cell; the value is the sheet's state."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, state in sheets.items():
        book.create_sheet(title).append(["kind"])
        book[title].sheet_state = state
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def of_xml(sheet: str, *, name: str = SHEET) -> bytes:
    """Return a workbook whose one sheet is this XML."""
    old = zipfile.ZipFile(io.BytesIO(as_workbook([HEADER])))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, sheet if entry == name else old.read(entry))
    return out.getvalue()


def of_cells(*cells: str) -> bytes:
    """Return a workbook whose one sheet has cells of a 1 at these places."""
    rows = "".join(
        f'<row r="{cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{cell}"><v>1</v></c></row>'
        for cell in cells
    )
    return of_xml(f"<worksheet {NS}><sheetData>{rows}</sheetData></worksheet>")


# --- cells ---------------------------------------------------------------------------------------


@given(st.lists(st.lists(VALUES, min_size=1, max_size=5), min_size=1, max_size=6))
def test_filled_cells_are_those_that_another_reader_finds(rows: list[list[object]]) -> None:
    """Openpyxl and we agree on how much stands where, to the row and column."""
    data = as_workbook([["kind", None, "x"], *rows])
    sheet = load_workbook(io.BytesIO(data), data_only=True).active
    theirs = {
        (cell.row, cell.column)
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if cell.value is not None and str(cell.value).strip()
    }
    (grid,) = read(data).grids
    ours = {
        (row.number, place)
        for row in grid.rows
        for place, cell in enumerate(row.cells, start=1)
        if cell is not None and str(cell).strip()
    }

    assert ours == theirs


def test_empty_columns_and_rows_before_the_first_are_counted() -> None:
    """A table that begins at C4 stands at C4."""
    found = read(of_cells("C4", "D6"), header_row=4)
    (grid,) = found.grids

    assert grid.header == ("", "", "1", "")
    assert [(row.number, row.cells) for row in grid.rows] == [(6, ["", "", "", 1.0])]


def test_number_in_a_header_is_a_name_without_decimals() -> None:
    """A column that is called 2018 is found as 2018."""
    assert read(as_workbook([[2018, 1.5, True]])).grids[0].header == ("2018", "1.5", "TRUE")


def test_titles_above_the_header_are_counted() -> None:
    """Their filled cells; an empty row where the header should be is an error."""
    data = as_workbook([["title", None, "x"], [], ["kind"], ["a"]])

    assert read(data, header_row=3).grids[0].n_above == 2
    assert codes(read(data, header_row=2)) == ["INTAKE-107"]
    assert codes(read(data, header_row=9)) == ["INTAKE-107"]


# --- sheets --------------------------------------------------------------------------------------


def test_visible_sheets_are_read_and_hidden_ones_told() -> None:
    """INTAKE-105 for each sheet that nobody asked for."""
    found = read(of_sheets(a="visible", b="hidden", c="veryHidden"))

    assert [grid.sheet for grid in found.grids] == ["a"]
    assert [(issue.code, issue.raw) for issue in found.issues] == [
        ("INTAKE-105", "b"),
        ("INTAKE-105", "c"),
    ]


def test_named_sheets_are_read_in_their_order_once_each() -> None:
    """Also hidden ones; a name given twice is one sheet."""
    found = read(of_sheets(a="visible", b="hidden"), sheets=["b", "a", "b"])

    assert [grid.sheet for grid in found.grids] == ["b", "a"]
    assert codes(found) == []


@pytest.mark.parametrize("why", ["old", ""])
def test_skipped_sheet_is_noted_with_the_reason(why: str) -> None:
    """INTAKE-106, also where every other sheet is read, and where the reason is empty."""
    found = read(of_sheets(a="visible", b="visible"), skip_sheets={"b": why})

    assert [grid.sheet for grid in found.grids] == ["a"]
    assert [(issue.code, issue.severity) for issue in found.issues] == [("INTAKE-106", "note")]
    assert why in found.issues[0].message


def test_missing_sheet_is_named_with_the_nearest() -> None:
    """INTAKE-104 for each; what is there is read."""
    found = read(of_sheets(Armas2018="visible"), sheets=["Armas2019", "Armas2018", "x"])

    assert codes(found) == ["INTAKE-104", "INTAKE-104"]
    assert "is Armas2018 meant?" in found.issues[0].hint
    assert "its sheets are: Armas2018" in found.issues[1].hint
    assert [grid.sheet for grid in found.grids] == ["Armas2018"]


def test_issue_of_a_row_names_the_sheet_where_there_are_two() -> None:
    """Row 2 of which sheet? A stranger could not tell."""
    book = Workbook()
    for sheet in (book.active, book.create_sheet("2019")):
        sheet.append(list(HEADER))
        sheet.append(["a", "b", "c", "soon", 1])
    out = io.BytesIO()
    book.save(out)
    told = [
        one.message for one in read_layout(out.getvalue(), XLSX).issues if one.code == "INTAKE-113"
    ]
    alone = read_layout(as_workbook([HEADER, ["a", "b", "c", "soon", 1]]), XLSX).issue("INTAKE-113")

    assert "row 2 of the sheet 'Sheet', documented_on (column date)" in told[0]
    assert "row 2 of the sheet '2019'" in told[1]
    assert "sheet" not in alone.message


# --- merged cells --------------------------------------------------------------------------------


def test_merged_cells_below_the_header_are_reported_by_their_place() -> None:
    """INTAKE-125; what is merged in titles and header is no matter."""
    rows: list[list[object]] = [
        ["title", None, None],
        ["kind", "x", "y"],
        ["a", 1, 2],
        [None, 3, 4],
    ]
    data = as_workbook(rows, merged=["A1:C1", "A3:A4", "B3:C3"])
    (grid,) = read(data, header_row=2).grids

    assert [issue.code for issue in grid.issues] == ["INTAKE-125"]
    assert grid.issues[0].raw == "A3:A4, B3:C3"


def test_many_merged_cells_are_counted() -> None:
    """Twelve places, and how many more."""
    pairs: list[list[object]] = [["a"], [None]] * 20
    rows: list[list[object]] = [["kind"], *pairs]
    data = as_workbook(rows, merged=[f"A{n}:A{n + 1}" for n in range(2, 42, 2)])
    (grid,) = read(data).grids

    assert "A24:A25 and 8 more" in grid.issues[0].message


def test_merged_cells_are_filled_where_the_layout_says_so() -> None:
    """Down, across, and beyond the last filled column; without an issue."""
    rows: list[list[object]] = [["kind", "x", "y"], ["a", 1, "b"], [None, 3, None], ["c", 4, None]]
    data = as_workbook(rows, merged=["A2:A3", "C2:D3", "F3:G4"])
    (grid,) = read(data, merged="fill").grids
    filled = [row.cells for row in grid.rows]

    assert [row[:4] for row in filled[:2]] == [["a", 1, "b", "b"], ["a", 3, "b", "b"]]
    assert filled[2][:3] == ["c", 4, ""]
    assert grid.issues == []


# --- what cannot be opened -----------------------------------------------------------------------


def test_password_is_told_as_one() -> None:
    """INTAKE-100 with what to do about it."""
    found = read(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"))

    assert codes(found) == ["INTAKE-100"]
    assert "password" in found.issues[0].message


@pytest.mark.parametrize("data", [b"", b"\xd0\xcf\x11\xe0" + b"x" * 600, b"PK\x03\x04", b"a,b\n"])
def test_what_is_no_workbook_is_told(data: bytes) -> None:
    """INTAKE-100, and nothing is read."""
    found = read(data)

    assert (codes(found), found.grids) == (["INTAKE-100"], [])


@pytest.mark.parametrize("n", range(1, 40))
def test_workbook_cut_anywhere_is_told(n: int) -> None:
    """However much of it is there."""
    data = as_workbook([HEADER, *ROWS])

    assert codes(read(data[: len(data) * n // 40])) == ["INTAKE-100"]


def test_broken_sheet_is_told_and_the_other_read() -> None:
    """One sheet that cannot be read does not cost the others."""
    data = of_sheets(a="visible", b="visible")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            new.writestr(
                entry, b"<worksheet><sheetData><row" if entry == SHEET else old.read(entry)
            )
    found = read(out.getvalue())

    assert codes(found) == ["INTAKE-100"]
    assert "the sheet 'a'" in found.issues[0].message
    assert [grid.sheet for grid in found.grids] == ["b"]


def test_entry_with_a_wrong_checksum_is_told() -> None:
    """One changed byte in the sealed workbook is not read as if nothing had happened."""
    old = zipfile.ZipFile(io.BytesIO(as_workbook([HEADER, *ROWS])))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for entry in old.namelist():
            new.writestr(entry, old.read(entry))
    data = out.getvalue().replace(b"Redford", b"Retford")

    assert data != out.getvalue()
    assert codes(read(data)) == ["INTAKE-100"]


def test_locked_entry_of_a_zip_is_told() -> None:
    """A zip that needs a password is no fault of ours."""
    data = bytearray(as_workbook([HEADER]))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(sign, at + 4)

    assert codes(read(bytes(data))) == ["INTAKE-100"]


# --- how large it is -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cells",
    [
        ("A1", "XFD1048576"),
        ("A1", "ZZ1048576"),
        ("A1", "A4294967295"),
        ("BM1048576", "A1"),
        ("A1048576", "XFD1"),
    ],
)
def test_cell_far_off_is_told_before_it_fills_the_memory(cells: tuple[str, ...]) -> None:
    """One stray cell makes a rectangle of thousands of millions: refused, naming its corner."""
    found = read(of_cells(*cells))

    assert codes(found) == ["INTAKE-100"]
    assert "reaches to column" in found.issues[0].message
    assert "delete what stands far off" in found.issues[0].hint


@pytest.mark.parametrize("cells", [("A1", "XFD1"), ("A1", "A1048576"), ("A1", "BL1048576")])
def test_wide_or_long_sheet_is_no_reason_to_refuse(cells: tuple[str, ...]) -> None:
    """16,384 columns, or a million rows of 64, are what spreadsheets allow."""
    assert workbook_problem(of_cells(*cells)) is None


def test_empty_cell_far_off_is_nothing() -> None:
    """A format that reaches to the last row of the sheet is in many files."""
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    data = of_xml(
        f'<worksheet {NS}><sheetData><row r="1"><c r="A1"><v>1</v></c></row>{far}'
        "</sheetData></worksheet>"
    )

    assert codes(read(data)) == []
    assert read(data).grids[0].header == ("1",)


def test_row_far_off_whose_cells_have_no_place_is_told() -> None:
    """Cells stand in their row also where they do not say so."""
    data = of_xml(
        f'<worksheet {NS}><sheetData><row r="4000000000"><c><v>1</v></c></row>'
        "</sheetData></worksheet>"
    )

    assert codes(read(data)) == ["INTAKE-100"]


def test_place_that_is_split_between_two_pieces_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever a piece ends, a cell is found whole."""
    data = of_cells("A1", "XFD1048576")
    for size in range(40, 60):
        monkeypatch.setattr(layout_extents, "_N_PIECE", size)
        assert workbook_problem(data) is not None


@pytest.mark.parametrize("says", [640 << 24, 9])
def test_bomb_is_refused_whatever_it_says_of_its_size(says: int) -> None:
    """10 GB of blanks, declared or not, are refused while unpacking."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(b" " * (1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        new.writestr(SHEET, block * 640 + b"\x03\x00")
        bomb = new.getinfo(SHEET)
        bomb.compress_type, bomb.file_size = zipfile.ZIP_DEFLATED, says

    problem = workbook_problem(out.getvalue())
    assert problem is not None


def test_what_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit counts what all entries hold together."""
    data = as_workbook([HEADER, *ROWS])
    n_bytes = sum(info.file_size for info in zipfile.ZipFile(io.BytesIO(data)).infolist())
    monkeypatch.setattr(layout_extents, "MAX_UNPACKED_BYTES", n_bytes)
    enough = workbook_problem(data)
    monkeypatch.setattr(layout_extents, "MAX_UNPACKED_BYTES", n_bytes - 1)

    assert enough is None
    assert f"more than {n_bytes - 1:,} bytes" in str(workbook_problem(data))


@given(st.integers(0, 16_383))
def test_names_of_columns_go_both_ways(place: int) -> None:
    """A, Z, AA, XFD: a place and its name."""
    assert column_number(column_name(place).encode()) == place + 1
    assert workbooks._area_name(((0, place), (0, place))).startswith(column_name(place) + "1:")

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.intake.delimited import read_delimited
from headstamp.intake.grids import Grids

from .layout_world import form

TEXTS = st.text(st.sampled_from('ab ;,"\n\r\té\0'), max_size=6)


def read(data: bytes, **file: object) -> Grids:
    """Return what a file of separated values holds."""
    return read_delimited("a.csv", data, form(**file))


def cells(found: Grids) -> list[list[object]]:
    """Return the cells of the rows of the one grid."""
    return [list(row.cells) for row in found.grids[0].rows]


def codes(found: Grids) -> list[str]:
    """Return the issue codes of the file."""
    return [issue.code for issue in found.issues]


@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), max_size=8), st.sampled_from(",;\t|"))
def test_cells_are_those_that_pythons_own_reader_finds(
    rows: list[list[str]], separator: str
) -> None:
    """Quotes, line breaks in cells and odd signs, with any separator."""
    text = io.StringIO()
    # The writer quotes a carriage return only where it quotes everything.
    writer = csv.writer(text, delimiter=separator, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows([["x", "y", "z"], *rows])
    found = read(text.getvalue().encode(), separator=separator)

    assert found.grids[0].header == ("x", "y", "z")
    assert cells(found) == [row for row in rows if any(row)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encoding_is_the_one_that_is_named(encoding: str) -> None:
    """A byte order mark is no part of the first name, in whatever encoding."""
    data = "\ufeffNúmero,b\né,2\n" if encoding.endswith("le") else "Número,b\né,2\n"
    found = read(data.encode(encoding), encoding=encoding)

    assert found.grids[0].header == ("Número", "b")
    assert cells(found) == [["é", "2"]]
    assert codes(found) == []


def test_later_encoding_is_noted_with_the_byte() -> None:
    """INTAKE-102 names the encodings that did not fit, and where."""
    found = read("a\né\n".encode("cp1252"), encoding=["ascii", "utf-8", "cp1252"])
    (note,) = found.issues

    assert (note.code, note.severity) == ("INTAKE-102", "note")
    assert "not ascii (byte 0xE9 in line 2), not utf-8 (byte 0xE9 in line 2)" in note.message
    assert "read as cp1252" in note.message


def test_no_encoding_that_fits_reads_nothing() -> None:
    """INTAKE-101; a file that begins like UTF-16 is said to."""
    plain = read("a\né\n".encode("cp1252"))
    sixteen = read("a\né\n".encode("utf-16"))

    assert (codes(plain), plain.grids) == (["INTAKE-101"], [])
    assert "0xE9 in line 2" in plain.issues[0].message
    assert "UTF-16" in sixteen.issues[0].hint
    assert "UTF-16" not in plain.issues[0].hint


@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_other_separator_is_named(sign: str) -> None:
    """INTAKE-103 says what to write; nothing is read."""
    found = read(f"a{sign}b\n1{sign}2\n".encode())

    assert (codes(found), found.grids) == (["INTAKE-103"], [])
    assert repr(sign) in found.issues[0].hint


def test_comma_in_a_file_of_semicolons_is_named() -> None:
    """The layout's separator may be the wrong one both ways."""
    assert codes(read(b"a,b\n1,2\n", separator=";")) == ["INTAKE-103"]


def test_file_of_one_column_is_a_file() -> None:
    """A single name without any sign in it is a header."""
    assert cells(read(b"serial\nA1\n")) == [["A1"]]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"a,b\n"])
def test_header_that_is_not_there_is_an_error(data: bytes) -> None:
    """INTAKE-107 where the file ends before it."""
    found = read(data, header_row=2)

    assert codes(found) == ["INTAKE-107"]
    assert "row 2" in found.issues[0].message


def test_header_row_that_is_empty_is_an_error() -> None:
    """Rows below are not taken for the header."""
    assert codes(read(b"title\n\na,b\n1,2\n", header_row=2)) == ["INTAKE-107"]


def test_rows_are_counted_as_a_person_counts_them() -> None:
    """Blank lines count, a cell of several lines is one row, titles are counted by cell."""
    found = read(b'A title,\n\na,b\n"x\ny",1\n\nz,2\n', header_row=3)
    grid = found.grids[0]

    assert (grid.header, grid.n_above) == (("a", "b"), 1)
    assert [row.number for row in grid.rows] == [4, 6]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("1,2,3,4", "INTAKE-038"),
        ("1,2", "INTAKE-039"),
        ('"open,1,2', "INTAKE-041"),
        ('"a"b,1,2', "INTAKE-042"),
        (f"{'x' * 131_073},1,2", "INTAKE-046"),
    ],
)
def test_row_that_cannot_be_split_is_refused_and_the_rest_read(line: str, code: str) -> None:
    """Which cell belongs to which column would be a guess."""
    found = read(f"a,b,c\n1,2,3\n{line}\n".encode())
    rows = list(found.grids[0].rows)

    assert [row.trouble.kind.code if row.trouble else None for row in rows] == [None, code]
    assert [row.number for row in rows] == [2, 3]


def test_row_with_empty_cells_too_many_is_read() -> None:
    """Spreadsheets write separators beyond the last column; nothing stands there."""
    found = read(b"a,b\n1,2,,\n")

    assert [row.trouble for row in found.grids[0].rows] == [None]


def test_without_a_header_rows_may_be_of_any_length() -> None:
    """Nothing says how many columns there should be."""
    found = read(b"1,2,3\n4\n", header_row=0)

    assert found.grids[0].header == ()
    assert cells(found) == [["1", "2", "3"], ["4"]]


def test_tsv_is_separated_by_tabs() -> None:
    """Whatever the separator of the layout."""
    assert cells(read(b"a\tb\n1,5\t2\n", format="tsv")) == [["1,5", "2"]]

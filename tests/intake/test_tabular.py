"""Tables as text: torn, short, badly quoted or badly encoded; nothing is guessed or lost."""

from collections.abc import Callable
from pathlib import Path

import pytest

from headstamp.intake.reading import PackageReading
from headstamp.intake.schema import package_schema
from headstamp.intake.tabular import split_table
from headstamp.terms.issue import Issue

Read = Callable[..., PackageReading]
Only = Callable[[PackageReading, str], Issue]

N_SHIPPED = 163
N_FIGURES = 28
HEADER = b"party_id,name,kind,country,part_of,aliases\n"


def test_a_row_with_an_extra_cell_is_refused(case: Path, read: Read, only: Only) -> None:
    """Nothing is guessed of a row with a cell too many; the others go in."""
    _append(case, "published_figures", b"zz,,weapons,,,1,,,,star_2017,,,,,one,two\n")

    reading = read()
    issue = only(reading, "INTAKE-038")

    assert (issue.file, issue.row, issue.raw) == ("published_figures.csv", 30, "one,two")
    assert "put quotes around" in issue.hint
    assert len(reading.records) == N_SHIPPED
    assert reading.counts["published_figures"].n_refused == 1


def test_a_short_row_is_refused(case: Path, read: Read, only: Only) -> None:
    """A row with a cell too few may have lost any of them."""
    path = case / "published_figures.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:3], b"zz,,weapons,,,1\n", *lines[3:]]))

    reading = read()
    issue = only(reading, "INTAKE-039")

    assert (issue.row, issue.raw) == (4, None)
    assert "6 cells where the table has 14 columns" in issue.message
    assert len(reading.records) == N_SHIPPED


def test_a_torn_last_line_is_refused(case: Path, read: Read, only: Only) -> None:
    """A file that breaks off in its last line loses that row, and says so."""
    path = case / "published_figures.csv"
    path.write_bytes(path.read_bytes()[:-70].rstrip(b"\r\n"))

    reading = read()
    issue = only(reading, "INTAKE-040")

    assert "the last line breaks off" in issue.message
    assert issue.row == N_FIGURES + 1
    assert len(reading.records) == N_SHIPPED - 1


def test_a_whole_last_line_without_end_is_a_note(case: Path, read: Read, only: Only) -> None:
    """No line end at the end is allowed, but the last cell may be cut: it is said."""
    path = case / "published_figures.csv"
    path.write_bytes(path.read_bytes().rstrip(b"\r\n"))

    reading = read()

    assert only(reading, "INTAKE-044").severity == "note"
    assert len(reading.records) == N_SHIPPED


def test_a_nul_refuses_its_row(case: Path, read: Read, only: Only) -> None:
    """A NUL byte stands in no text: its row is refused, the others go in."""
    _append(case, "published_figures", b"zz,,weapons,,,1,,b\0ase,,star_2017,,,,\n")

    reading = read()
    issue = only(reading, "INTAKE-043")

    assert (issue.file, issue.row) == ("published_figures.csv", 30)
    assert len(reading.records) == N_SHIPPED


def test_a_nul_in_the_header_refuses_the_table(case: Path, read: Read, only: Only) -> None:
    """Columns that cannot be told apart by name give no rows; the rows are counted."""
    path = case / "published_figures.csv"
    path.write_bytes(path.read_bytes().replace(b"hedge", b"hed\0ge", 1))

    reading = read()

    assert only(reading, "INTAKE-043").file == "published_figures.csv"
    assert reading.counts["published_figures"].n_refused == N_FIGURES
    assert len(reading.records) == N_SHIPPED - N_FIGURES


def test_a_byte_order_mark_is_passed_over(case: Path, read: Read, only: Only) -> None:
    """Spreadsheets write one; the first column keeps its name, and a note says it."""
    path = case / "sources.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    reading = read()

    assert only(reading, "INTAKE-031").severity == "note"
    assert len(reading.records) == N_SHIPPED


@pytest.mark.parametrize(
    ("encoding", "hint"), [("cp1252", "Windows-1252"), ("utf-16", "UTF-16"), ("cp1251", "old set")]
)
def test_a_wrong_encoding_refuses_the_table(
    encoding: str, hint: str, case: Path, read: Read, only: Only
) -> None:
    """A table that is not UTF-8 is not guessed at: where it stops being so is named."""
    path = case / "published_figures.csv"
    text = path.read_text(encoding="utf-8").replace("Conflict", "Konflikt")
    letter = "\u0436" if encoding == "cp1251" else "\u00e9"
    path.write_bytes((text[:300] + letter + text[300:]).encode(encoding))

    reading = read()
    issue = only(reading, "INTAKE-030")

    assert issue.file == "published_figures.csv"
    assert issue.raw is not None
    assert issue.raw.startswith("0x")
    assert "at offset" in issue.message
    assert hint in issue.hint
    assert len(reading.records) == N_SHIPPED - N_FIGURES


def test_a_quote_that_is_never_closed_ends_the_table(case: Path, read: Read, only: Only) -> None:
    """Rows before it go in, every line from it on is counted as refused."""
    path = case / "published_figures.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:10]) + b'zz,"never closed\n' + b"".join(lines[10:]))

    reading = read()
    issue = only(reading, "INTAKE-041")

    assert (issue.row, issue.raw) == (11, None)
    assert 'a quote inside a quoted cell is written ""' in issue.hint
    counts = reading.counts["published_figures"]
    assert (counts.n_rows, counts.n_read, counts.n_refused) == (29, 9, 20)


def test_text_after_a_closing_quote_refuses_the_row(case: Path, read: Read, only: Only) -> None:
    """Other readers would glue the parts together; here the row is refused, the next is read."""
    path = case / "published_figures.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    bad = b'zz,"a"b,weapons,,,1,,,,star_2017,,,,\n'
    path.write_bytes(b"".join([*lines[:5], bad, *lines[5:]]))

    reading = read()

    assert only(reading, "INTAKE-042").row == 6
    assert len(reading.records) == N_SHIPPED


def test_a_cell_beyond_all_measure_refuses_the_row(case: Path, read: Read, only: Only) -> None:
    """A cell of more than 131,072 characters is a file that lost its place."""
    text = b"x" * 140_000
    _append(case, "published_figures", b"zz,,weapons,,,1,,%s,,star_2017,,,,\n" % text)

    reading = read()

    assert only(reading, "INTAKE-046").row == 30
    assert len(reading.records) == N_SHIPPED


@pytest.mark.parametrize("separator", [";", "\t", "|"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_other_separators_are_named(
    separator: str, quote: str, case: Path, read: Read, only: Only
) -> None:
    """A table saved with semicolons, tabs or bars is refused, and the issue says which."""
    path = case / "sites.csv"
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    lines = [separator.join(quote + cell + quote for cell in row) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    reading = read()
    issue = only(reading, "INTAKE-033")

    assert (issue.file, issue.raw) == ("sites.csv", separator)
    assert "commas" in issue.hint
    assert reading.counts["sites"].n_refused == 5


def test_a_column_twice_refuses_the_table(case: Path, read: Read, only: Only) -> None:
    """Which of the two is meant cannot be known."""
    path = case / "published_figures.csv"
    path.write_bytes(path.read_bytes().replace(b"hedge", b"unit", 1))

    reading = read()

    assert only(reading, "INTAKE-034").column == "unit"
    assert reading.counts["published_figures"].n_refused == N_FIGURES


def test_a_missing_column_reads_as_empty(case: Path, read: Read, only: Only) -> None:
    """A column that is not there means not recorded; it is said once for the package."""
    path = case / "sites.csv"
    path.write_bytes(path.read_bytes().replace(b"precision_m", b"radius", 1))

    reading = read()

    missing, unknown = only(reading, "INTAKE-036"), only(reading, "INTAKE-037")
    assert unknown.column == "radius"
    assert "2 tables lack optional columns" in missing.message
    assert "sites.csv: precision_m; published_figures.csv: quote" in missing.message
    assert len(reading.records) == N_SHIPPED


@pytest.mark.parametrize("column", [b"claim_id", b"verb", b"source_id"])
def test_a_missing_column_that_must_be_there_refuses_the_table(
    column: bytes, case: Path, read: Read, only: Only
) -> None:
    """Without id, verb or source a claim says nothing: one issue, not one per row."""
    path = case / "claims.csv"
    path.write_bytes(path.read_bytes().replace(column, b"other", 1))

    reading = read()

    assert only(reading, "INTAKE-035").column == column.decode()
    assert reading.counts["claims"].n_refused == 48


def test_an_unknown_column_is_kept_as_notes(case: Path, read: Read, only: Only) -> None:
    """Its cells stay with their rows, verbatim; the nearest column of ours is suggested."""
    path = case / "sites.csv"
    path.write_bytes(path.read_bytes().replace(b"latitude", b"latitud", 1))

    reading = read()
    issue = only(reading, "INTAKE-037")

    assert (issue.severity, issue.column) == ("note", "latitud")
    assert "latitude" in issue.hint
    site = next(r for r in reading.records if r.table == "sites")
    assert site.notes == {"latitud": "33.42"}
    assert reading.counts["sites"].n_cells_noted == 4


def test_spaces_around_a_column_name_are_told(case: Path, read: Read, only: Only) -> None:
    """The column is read under its name without them."""
    path = case / "sites.csv"
    path.write_bytes(path.read_bytes().replace(b"latitude", b" latitude", 1))

    reading = read()

    assert only(reading, "INTAKE-045").raw == " latitude"
    assert any("latitude" in r.values for r in reading.records if r.table == "sites")


@pytest.mark.parametrize("data", [b"", b"\n\n", HEADER, HEADER.rstrip(), HEADER + b",,,,,\n\n"])
def test_a_table_without_rows_is_a_note(data: bytes, case: Path, read: Read) -> None:
    """No rows is nothing to tell: said, and no error."""
    (case / "sessions.csv").write_bytes(data.replace(b"party_id", b"session_id"))

    reading = read()
    codes = {issue.code for issue in reading.issues if issue.file == "sessions.csv"}

    assert "INTAKE-032" in codes
    assert reading.counts["sessions"].n_rows == 0
    assert len(reading.records) == N_SHIPPED


def test_rows_are_numbered_as_a_person_sees_them() -> None:
    """A row over three lines counts once, a blank row counts and is nothing."""
    data = HEADER + b'p1,"a\nb\r\nc",,,,\n\n,,,,,\np2,b,,,,\n'

    table = split_table("parties.csv", data, package_schema()["parties"])

    assert [(row.number, row.cells[1]) for row in table.rows] == [(2, "a\nb\r\nc"), (5, "b")]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_line_ends_of_every_kind(end: bytes) -> None:
    """Files of Unix, Windows and old Macs give the same rows."""
    data = (HEADER + b"p1,a,,,,\np2,b,,,,\n").replace(b"\n", end)

    table = split_table("parties.csv", data, package_schema()["parties"])

    assert [(row.number, row.cells[0]) for row in table.rows] == [(2, "p1"), (3, "p2")]
    assert table.issues == []


def _append(case: Path, table: str, line: bytes) -> None:
    with (case / f"{table}.csv").open("ab") as file:
        file.write(line)

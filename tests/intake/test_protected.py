"""Protected rows: their values stand in no issue, and their files go under a key."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headstamp.intake.package import read_package
from headstamp.intake.reading import Known, PackageReading
from headstamp.intake.schema import package_schema

Read = Callable[..., PackageReading]
Edit = Callable[..., None]
Pack = Callable[..., Path]

SECRET = "zq7x"
COLUMNS = sorted({(t.name, c.name) for t in package_schema().values() for c in t.columns})


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_no_issue_shows_a_value_of_a_protected_row(table: str, column: str, tmp_path: Path) -> None:
    """Whatever is wrong with any cell of a protected row, its values are not told."""
    _write(tmp_path, "sources", {"source_id": "s1", "kind": "press"})
    bad = f" {SECRET}:{{;31/02\u202e"
    cells = dict.fromkeys((c.name for c in package_schema()[table].columns), SECRET)
    _write(tmp_path, table, cells | {column: bad, "sensitivity": "protected"})

    reading = read_package(tmp_path, known=Known())

    assert any(issue.severity == "error" for issue in reading.issues)
    assert not [i for i in reading.issues if SECRET in f"{i.message}{i.hint}{i.raw}{i.column}"]
    assert any("(protected)" in issue.message for issue in reading.issues)


@given(st.lists(st.sampled_from(["", SECRET, '"', ",", ";", "\n", "protected", "\0"]), max_size=30))
@settings(max_examples=200)
def test_no_broken_row_shows_a_value(
    tmp_path_factory: pytest.TempPathFactory, parts: list[str]
) -> None:
    """A row that cannot be split, and is protected, is told without any of its cells."""
    folder = tmp_path_factory.mktemp("broken")
    text = "sensitivity,document_id,kind,number\nprotected," + "".join(parts)
    (folder / "documents.csv").write_text(text, encoding="utf-8")

    reading = read_package(folder, known=Known())

    first = [issue for issue in reading.issues if issue.row == 2]
    assert not [i for i in first if SECRET in f"{i.message}{i.hint}{i.raw}"]
    assert {file.is_protected for file in reading.files} == {True}


def test_a_protected_id_is_never_suggested(add_row: Edit, read: Read) -> None:
    """The nearest id may not be one that somebody protected, of package or casebook."""
    add_row("sites", site_id="depot_north", name="x")
    add_row("sessions", session_id="z1", site_id="depot_nort", sensitivity="")
    known = Known(
        digests={("sites", "depot_norti"): "0"}, protected=frozenset({("sites", "depot_norti")})
    )

    (issue,) = [i for i in read(known=known).issues if i.code == "INTAKE-080"]

    assert "depot_norti" not in issue.hint
    assert "depot_north" in issue.hint


def test_only_files_that_hold_protected_rows_are_protected(
    case: Path, set_cell: Edit, add_row: Edit, read: Read, pack: Pack
) -> None:
    """A table with one protected row, an exhibit it names; or the whole zip."""
    assert not any(file.is_protected for file in read().files)
    assert not read(pack()).files[0].is_protected
    (case / "letter.pdf").write_bytes(b"%PDF")
    add_row("documents", document_id="zz", exhibit="letter.pdf", sensitivity="protected")

    reading = read()

    held = {file.name for file in reading.files if file.is_protected}
    assert held == {"documents.csv", "letter.pdf"}
    assert [r.row_id for r in reading.records if r.is_protected] == ["zz"]
    assert read(pack()).files[0].is_protected


@pytest.mark.parametrize("value", ["Protected", "secret", " protected", "  x"])
def test_an_odd_sensitivity_is_treated_as_protected(value: str, add_row: Edit, read: Read) -> None:
    """Whoever writes something there wants it held; better a file too many under a key."""
    add_row("documents", document_id="zz", number=SECRET, kind=SECRET, sensitivity=value)

    reading = read()

    assert {f.name for f in reading.files if f.is_protected} == {"documents.csv"}
    assert SECRET not in "".join(f"{i.message}{i.hint}{i.raw}" for i in reading.issues)


def test_a_protected_source_is_sealed_and_told(set_cell: Edit, read: Read) -> None:
    """Sources know no sensitivity; one that somebody gave it is obeyed all the same."""
    set_cell("sources", 2, "sensitivity", "protected")

    reading = read()

    assert [i.severity for i in reading.issues if i.code == "INTAKE-068"] == ["warning"]
    assert {f.name for f in reading.files if f.is_protected} == {"sources.csv"}
    assert [r.row for r in reading.records if r.is_protected] == [2]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_a_table_nobody_could_read_may_hold_protected_rows(
    encoding: str, case: Path, set_cell: Edit, read: Read
) -> None:
    """Where the rows could not be told apart, the word alone puts the file under a key."""
    set_cell("documents", 2, "sensitivity", "protected")
    text = (case / "documents.csv").read_text(encoding="utf-8") + "\u00e9"
    (case / "documents.csv").write_bytes(text.encode(encoding))

    assert {f.name for f in read().files if f.is_protected} == {"documents.csv"}


def test_a_protected_row_without_a_header_is_not_shown(case: Path, read: Read) -> None:
    """A first row that is no header may be a protected one: none of it is printed."""
    (case / "documents.csv").write_text(f" {SECRET},{SECRET},protected\n", encoding="utf-8")

    reading = read()

    assert SECRET not in "".join(f"{i.message}{i.hint}{i.raw}{i.column}" for i in reading.issues)
    assert {f.name for f in reading.files if f.is_protected} == {"documents.csv"}


def _write(folder: Path, table: str, cells: dict[str, str]) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(cells)
    writer.writerow(cells.values())
    (folder / f"{table}.csv").write_text(out.getvalue(), encoding="utf-8")

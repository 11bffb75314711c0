"""A whole package: what is read, sealed, counted and said of its files."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from headstamp.intake.package import read_package
from headstamp.intake.reading import Known, PackageReading
from headstamp.terms.evidence import TABLES
from headstamp.terms.issue import Issue
from headstamp.terms.row import read_row

Read = Callable[..., PackageReading]
Edit = Callable[..., None]
Only = Callable[[PackageReading, str], Issue]

N_SHIPPED = 163


def test_the_shipped_case_goes_in_whole(shipped: Path) -> None:
    """Every row of the real case is read, with notes and nothing worse."""
    reading = read_package(shipped, known=Known())

    assert len(reading.records) == N_SHIPPED
    assert {issue.severity for issue in reading.issues} == {"note"}
    assert sum(counts.n_refused for counts in reading.counts.values()) == 0


def test_every_record_is_a_row_of_its_table(read: Read) -> None:
    """What intake accepts, the typed rows accept."""
    records = read().records

    assert all(read_row(record.values, TABLES[record.table]) for record in records)


def test_each_file_is_sealed_once(case: Path, add_row: Edit, read: Read) -> None:
    """datapackage.json, the tables, and each file that an exhibit cell names."""
    (case / "papers").mkdir()
    (case / "papers" / "list.pdf").write_bytes(b"%PDF")
    add_row("documents", document_id="z1", exhibit="papers/list.pdf")
    add_row("documents", document_id="z2", exhibit="./papers//list.pdf")
    add_row("sources", source_id="z3", kind="other", exhibit="sites.csv")
    (case / "unnamed.txt").write_bytes(b"x")

    files = {file.name: file.data for file in read().files}

    assert len(read().files) == len(files)
    assert files["papers/list.pdf"] == b"%PDF"
    assert set(files) == {f.name for f in case.iterdir() if f.suffix in {".csv", ".json"}} | {
        "papers/list.pdf"
    }
    assert files["claims.csv"] == (case / "claims.csv").read_bytes()


def test_files_that_nothing_names_are_told(case: Path, read: Read, only: Only) -> None:
    """Nobody should believe that a photo lying beside the tables was sealed."""
    (case / "photos").mkdir()
    for number in range(12):
        (case / "photos" / f"{number:02}.jpg").write_bytes(b"x")

    issue = only(read(), "INTAKE-007")

    assert (issue.severity, issue.file) == ("note", "photos/00.jpg")
    assert "and 2 more" in issue.message
    assert issue.raw is not None
    assert "photos/11.jpg" in issue.raw


def test_without_datapackage_json_tables_are_found_by_name(
    case: Path, read: Read, only: Only
) -> None:
    """A package has one; one that has none is read, and told."""
    (case / "datapackage.json").unlink()

    reading = read()

    assert only(reading, "INTAKE-002").severity == "warning"
    assert len(reading.records) == N_SHIPPED


def test_tables_that_are_not_listed_are_one_note(case: Path, read: Read, only: Only) -> None:
    """Twelve tables that nobody listed are one thing to look at, and all are named."""
    (case / "datapackage.json").write_text('{"resources": []}', encoding="utf-8")

    reading = read()
    issue = only(reading, "INTAKE-006")

    assert (issue.severity, issue.file) == ("note", "datapackage.json")
    assert "tables are not listed" in issue.message
    assert all(path.name in issue.message for path in case.glob("*.csv"))
    assert len(reading.records) == N_SHIPPED


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"name": "x", "resources": [', "line 1, column 29"),
        ('{"name": "x",\n "resources": {}', "line 2"),
        ("{", "line 1, column 2"),
        ("", "line 1, column 1"),
        ("[]", "lists no resources"),
        ('{"resources": 3}', "lists no resources"),
        ("[" * 100_000, "cannot be read"),
    ],
)
def test_a_datapackage_json_that_is_broken(
    text: str, place: str, case: Path, read: Read, only: Only
) -> None:
    """A brace that is never closed is named by its place; the tables are still read."""
    (case / "datapackage.json").write_text(text, encoding="utf-8")

    reading = read()
    issue = only(reading, "INTAKE-003")

    assert (issue.severity, issue.file) == ("error", "datapackage.json")
    assert place in issue.message
    assert "datapackage.json" in issue.hint
    assert len(reading.records) == N_SHIPPED


def test_a_datapackage_json_in_another_encoding(case: Path, read: Read, only: Only) -> None:
    """It must be UTF-8 as the tables are."""
    (case / "datapackage.json").write_bytes(b'{"title": "x\xe9"}')

    assert "offset 12" in only(read(), "INTAKE-003").message


@pytest.mark.parametrize(
    "path",
    [
        "../sites.csv",
        "/etc/passwd",
        "https://example.org/sites.csv",
        "C:\\sites.csv",
        7,
        ["a", "b"],
    ],
)
def test_a_resource_that_leads_out_is_refused(
    path: object, case: Path, read: Read, only: Only
) -> None:
    """The path is not followed; the table is found by its name, and that is said."""
    _relist(case, "sites", path=path)

    reading = read()
    issue = only(reading, "INTAKE-004")

    assert (issue.file, issue.column) == ("datapackage.json", "path")
    assert issue.raw == (path if isinstance(path, str) else None)
    assert only(reading, "INTAKE-006").raw == "sites.csv"
    assert len(reading.records) == N_SHIPPED


def test_a_resource_that_is_not_there(case: Path, read: Read, only: Only) -> None:
    """What is listed and missing is an error, not silence."""
    (case / "published_figures.csv").unlink()

    assert only(read(), "INTAKE-005").file == "published_figures.csv"


def test_tables_may_lie_in_folders_under_other_names(case: Path, read: Read) -> None:
    """The name of a resource says which table it is; its path, where."""
    (case / "data").mkdir()
    (case / "sites.csv").rename(case / "data" / "places-2017.csv")
    _relist(case, "sites", path="data/places-2017.csv")

    reading = read()

    assert len(reading.records) == N_SHIPPED
    assert {r.file for r in reading.records if r.table == "sites"} == {"data/places-2017.csv"}


def test_one_table_in_two_files(case: Path, read: Read, only: Only) -> None:
    """The second is not read: which of two tables is meant is not guessed."""
    (case / "sites.csv").rename(case / "places.csv")
    _relist(case, "sites", path="places.csv")
    (case / "sites.csv").write_text("site_id\nother\n", encoding="utf-8")

    reading = read()

    assert only(reading, "INTAKE-015").file == "sites.csv"
    assert len(reading.records) == N_SHIPPED


def test_resources_that_name_a_table_or_a_file_twice(case: Path, read: Read) -> None:
    """The first resource of a table stands, and so does the first table of a file."""
    _relist(case, "sites", add={"name": "sites", "path": "parties.csv"})
    _relist(case, "sites", add={"name": "sessions", "path": "sites.csv"})

    reading = read()

    assert [i.file for i in reading.issues if i.code == "INTAKE-015"] == [
        "parties.csv",
        "sites.csv",
    ]
    assert len(reading.records) == N_SHIPPED


def test_one_file_for_two_tables(case: Path, read: Read, only: Only) -> None:
    """A file holds one table."""
    _relist(case, "sites", name="sessions")

    reading = read()

    assert {i.code for i in reading.issues if i.file == "sites.csv"} >= {"INTAKE-035"}
    assert not [r for r in reading.records if r.table == "sites"]


def test_a_resource_that_is_no_table_of_ours(case: Path, read: Read, only: Only) -> None:
    """Somebody else's table in a package is named as not read."""
    (case / "stock.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    _relist(case, "sites", add={"name": "stock", "path": "stock.csv"})

    assert only(read(), "INTAKE-018").raw == "stock"


def test_a_package_without_sources_is_told(case: Path, read: Read, only: Only) -> None:
    """Every row that names a source falls, and it is said why at the top."""
    (case / "sources.csv").unlink()

    assert only(read(), "INTAKE-016").severity == "warning"


def test_counts_add_up(case: Path, set_cell: Edit, add_row: Edit, read: Read) -> None:
    """Rows and cells: what was there is what was read, noted, the same, or reported."""
    set_cell("sites", 2, "latitude", "95")
    set_cell("claims", 5, "extra column", "a remark")
    set_cell("claims", 6, "on", "  ")
    add_row("parties", party_id="bulgaria", name="Another")

    for counts in read().counts.values():
        assert counts.n_rows == counts.n_read + counts.n_same + counts.n_refused
        assert counts.n_cells == (
            counts.n_cells_read
            + counts.n_cells_noted
            + counts.n_cells_same
            + counts.n_cells_reported
        )
        assert counts.n_cells_reported >= 0


def _relist(case: Path, table: str, *, add: object = None, **changed: object) -> None:
    path = case / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        if resource["name"] == table:
            resource.update(changed)
    if add is not None:
        package["resources"].append(add)
    path.write_text(json.dumps(package), encoding="utf-8")

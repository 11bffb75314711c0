from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType

import pytest

from headstamp.actions.init_casebook import init_casebook
from headstamp.actions.take import take
from headstamp.actions.take_files import take_files
from headstamp.actions.writing import Writing
from headstamp.casebook.intake_tables import (
    intake_columns,
    intake_left,
    intake_tables,
    intakes,
    issue_kinds,
)
from headstamp.casebook.opening import Casebook, open_casebook

from .armoury import write_armoury

Row = Mapping[str, object]


@pytest.fixture
def booked(tmp_path: Path, amina: Writing) -> Casebook:
    """Return a casebook of the armoury book alone."""
    book, layout = write_armoury(tmp_path)
    init_casebook(tmp_path / "casebook", actor="Amina")
    list(take_files(tmp_path / "casebook", [book], layout=str(layout), by=amina))
    return open_casebook(tmp_path / "casebook")


def number(row: Row, *columns: str) -> int:
    """Return the sum of these cells."""
    return sum(int(str(row[column])) for column in columns)


def require_sums(row: Row) -> None:
    """Assert that the rows and the cells of an intake add up."""
    assert row["rows"] == number(row, "taken", "same", "left", "refused")
    assert row["cells"] == number(row, "read", "noted", "cells_same", "ignored", "reported")


def test_a_file_is_one_row_that_adds_up(booked: Casebook) -> None:
    """Each row and each filled cell of the armoury book is counted once, as a person counts it."""
    (row,) = intakes(booked).rows

    require_sums(row)
    assert (row["kind"], row["name"], row["layout"]) == ("file", "armoury.csv", "armoury")
    assert (row["rows"], row["taken"], row["left"], row["refused"]) == (4, 3, 1, 0)
    # A title, 6 + 6 + 3 + 3 cells in the rows; "soon" and a shelf are told of.
    assert (row["cells"], row["ignored"], row["reported"]) == (19, 8, 2)


def test_columns_and_what_was_left_make_up_the_file(booked: Casebook) -> None:
    """Cells by column, and cells left by reason, are together the cells of the file."""
    (whole,) = intakes(booked).rows
    columns, left = intake_columns(booked).rows, intake_left(booked).rows

    assert all(row["filled"] == number(row, "read", "ignored", "reported") for row in columns)
    filled = sum(number(row, "filled") for row in columns)
    assert whole["cells"] == filled + sum(number(row, "cells") for row in left)
    assert whole["left"] == sum(number(row, "rows") for row in left)
    assert {row["column"]: row["why"] for row in columns if row["ignored"]} == {
        "No.": "a running number of the page",
        "Remark": "remarks on storage, which are no provenance",
    }
    assert {row["why"] for row in left} == {
        "no weapon and no ammunition",
        "stands above the header",
    }


def test_a_package_adds_up_over_its_tables(
    made: Callable[..., Path], cast: ModuleType, amina: Writing, tmp_path: Path
) -> None:
    """Rows read, the same as before and refused; cells of unknown columns are noted."""
    root = made()
    sites = [
        cast.WORLD["sites"][0],
        {"site_id": "quay", "country": "XC", "keeper": "the guard"},
        {"site_id": "pier", "country": "nowhere"},
    ]
    list(take(root, [cast.write_package(tmp_path / "more", {"sites": sites})], by=amina))
    casebook = open_casebook(root)
    *_, row = intakes(casebook).rows
    (table,) = [row for row in intake_tables(casebook).rows if row["entry"] == 3]

    require_sums(row)
    assert (row["kind"], row["name"], row["layout"]) == ("package", "more", None)
    assert (row["rows"], row["taken"], row["same"], row["refused"]) == (3, 1, 1, 1)
    assert (row["noted"], row["ignored"]) == (1, 0)
    assert table == {"entry": 3, "table": "sites", "rows": 3, "read": 1, "same": 1, "refused": 1}


def test_what_was_read_anew_names_its_successor(
    booked: Casebook, tmp_path: Path, amina: Writing
) -> None:
    """The same bytes under a changed layout: both stay listed, one leads to the other."""
    root, book, layout = booked.root, tmp_path / "armoury.csv", tmp_path / "armoury.toml"
    layout.write_text(layout.read_text().replace('"Remark"', '"Shelf" = "a place"\n"Remark"'))
    list(take_files(root, [book], layout=str(layout), by=amina))
    older, newer = intakes(open_casebook(root)).rows

    assert (older["superseded_by"], newer["superseded_by"]) == (3, None)
    assert (older["reported"], newer["reported"]) == (2, 1)
    assert intakes(open_casebook(root, as_of="2")).rows == (older | {"superseded_by": None},)


def test_what_is_withheld_is_there_and_no_more(booked: Casebook) -> None:
    """Entry and day stand; nothing is counted, and the other tables are silent."""
    withheld = frozenset({2})
    (row,) = intakes(booked, withheld=withheld).rows

    told = {column for column, cell in row.items() if cell is not None}
    assert told == {"entry", "recorded_at", "note"}
    assert intake_columns(booked, withheld=withheld).rows == ()
    assert intake_left(booked, withheld=withheld).rows == ()
    assert intake_tables(booked, withheld=withheld).rows == ()


def test_codes_that_occur_are_explained_and_no_others(booked: Casebook) -> None:
    """Each once, with severity, meaning and remedy, in the order of the codes."""
    kinds = issue_kinds(booked).rows

    assert [row["code"] for row in kinds] == sorted({issue.code for issue in booked.taken_issues})
    assert {"INTAKE-111", "INTAKE-113"} <= {str(row["code"]) for row in kinds}
    assert all(row["meaning"] and row["remedy"] for row in kinds)

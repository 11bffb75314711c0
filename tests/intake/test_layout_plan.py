import pytest

from headstamp.intake.grids import Grid
from headstamp.intake.layout_plan import SheetPlan, plan_sheet
from headstamp.terms.issue import Issue

from .layout_world import HEADER, ROWS, as_csv, layout, read


def grid(*header: str, sheet: str = "") -> Grid:
    """Return a sheet without rows."""
    return Grid(sheet=sheet, header=header, rows=iter(()))


def planned(*header: str, **changed: object) -> SheetPlan:
    """Return how a sheet of this header is read."""
    plan = plan_sheet(layout(**changed), grid(*header), file="a.csv")
    assert isinstance(plan, SheetPlan), plan
    return plan


def refused(*header: str, sheet: str = "", **changed: object) -> list[Issue]:
    """Return what keeps a sheet of this header from being read."""
    plan = plan_sheet(layout(**changed), grid(*header, sheet=sheet), file="a.csv")
    assert isinstance(plan, list)
    return plan


COLUMNS = {name: name for name in map(str, HEADER)}


def test_columns_are_found_by_name_whatever_their_order_and_case() -> None:
    """Case and runs of spaces do not matter, nor does what else stands there."""
    plan = planned("x", " SERIAL ", "Maker", "kind", "DATE", "count")

    assert plan.used == {1, 2, 3, 4, 5}
    assert plan.n_columns == 6


def test_one_of_several_names_is_enough() -> None:
    """The second spelling of a column is found where the first is not."""
    columns = COLUMNS | {"serial": ["Numéro", "No. de série"]}

    assert planned("kind", "maker", "no. de  SÉRIE", "date", "count", columns=columns).used == {
        0,
        1,
        2,
        3,
        4,
    }


def test_missing_columns_are_named_together_with_what_stands_there() -> None:
    """INTAKE-108: all of them, the nearest name, the sheet, and the header found."""
    (told,) = refused("kind", "makr", "x", sheet="2018")

    assert (told.code, told.severity, told.column, told.row) == ("INTAKE-108", "error", "maker", 1)
    assert "the sheet '2018' has no column 'maker', 'serial', 'date', 'count'" in told.message
    assert "is 'makr' meant?" in told.hint
    assert "'kind', 'makr', 'x'" in told.hint


def test_long_header_is_not_told_whole() -> None:
    """Twelve names, and how many more there are."""
    (told,) = refused(*(f"c{n}" for n in range(40)))

    assert "'c11' and 28 more" in told.hint
    assert "'c12'" not in told.hint


def test_two_columns_of_a_name_are_an_error() -> None:
    """INTAKE-109: which one is meant is not guessed."""
    (told,) = refused(*map(str, HEADER), "SERIAL")

    assert (told.code, told.severity, told.column) == ("INTAKE-109", "error", "serial")
    assert "at = 3" in told.hint


def test_two_spellings_of_one_column_both_there_read_the_first() -> None:
    """The other is a column like any: reported if the layout does not ignore it."""
    columns = COLUMNS | {"serial": ["serial", "number"]}
    got = read(
        as_csv([("R", "M", "1", "", "", "2")], header=(*HEADER, "number")), layout(columns=columns)
    )

    assert [mark["text"] for mark in got.of("marks")] == ["1"]
    assert got.issue("INTAKE-111").column == "number"


def test_optional_column_that_is_missing_is_noted() -> None:
    """INTAKE-110, a note; it reads as empty in every rule and field."""
    columns = COLUMNS | {"serial": {"name": "number", "optional": True}}
    leave = [{"where": {"serial": ["x"]}, "why": "x"}]
    got = read(as_csv(ROWS), layout(columns=columns, leave=leave, ignore={"serial": "other"}))
    told = got.issue("INTAKE-110")

    assert (told.severity, told.column) == ("note", "number")
    assert got.of("marks") == []
    assert [issue.code for issue in got.issues if "marks" in issue.message] == []


@pytest.mark.parametrize("at", [1, 3, 5])
def test_column_is_found_by_its_place(at: int) -> None:
    """`at = 3` is the third, whatever its name."""
    columns = COLUMNS | {"serial": {"at": at}}

    assert at - 1 in planned("kind", "maker", "x", "date", "count", columns=columns).used


def test_place_beyond_the_header_is_a_missing_column() -> None:
    """INTAKE-108 names it by its place; an optional one is noted."""
    far, maybe = {"at": 9}, {"at": 9, "optional": True}
    (told,) = refused("kind", "maker", "date", "count", columns=COLUMNS | {"serial": far})
    got = read(as_csv(ROWS), layout(columns=COLUMNS | {"serial": maybe}, ignore={"serial": "x"}))

    assert "'(column 9)'" in told.message
    assert got.issue("INTAKE-110").column == "(column 9)"


def test_without_a_header_short_rows_are_empty_beyond_their_end() -> None:
    """A place that a row does not reach is not recorded, and no fault."""
    columns = {name: {"at": at} for at, name in enumerate(map(str, HEADER), start=1)}
    got = read(
        b"Rifle\nPistol,M,7,,,extra\n",
        layout(columns=columns, file={"format": "csv", "header_row": 0}),
    )

    assert [item.get("maker_stated") for item in got.of("items")] == [None, "M"]
    assert [one.row for one in got.records if one.table == "items"] == [1, 2]
    assert got.issue("INTAKE-111").column == "(column 6)"


def test_column_without_a_name_can_be_ignored_by_its_place() -> None:
    """`"(column 6)"` in [ignore] is what the account calls it."""
    data = as_csv([("R", "M", "1", "", "", "x")], header=(*HEADER, ""))
    got = read(data, layout(ignore={"(Column 6)": "scribbles"}))

    assert got.codes() == []
    assert got.account.columns["(column 6)"].why == "scribbles"


def test_unknown_columns_of_two_sheets_or_of_one_name_are_told_once() -> None:
    """The count is that of the whole file."""
    data = as_csv(
        [("R", "M", "1", "", "", "x", "y"), (*ROWS[0], "", "z")], header=(*HEADER, "free", "free")
    )
    got = read(data)

    assert got.issue("INTAKE-111").message.endswith("3 cells were not read")


def test_unknown_column_without_a_filled_cell_is_not_told() -> None:
    """There was nothing to read in it."""
    assert read(as_csv([(*ROWS[0], " ")], header=(*HEADER, "free"))).codes() == []


def test_used_column_is_read_though_it_is_ignored_as_well() -> None:
    """What a field reads was not ignored."""
    got = read(as_csv(ROWS), layout(ignore={"kind": "no"}))

    assert got.account.columns["kind"].n_read == 2
    assert got.account.n_ignored == 0

from collections.abc import Callable

from headstamp.reports.case import Case
from headstamp.reports.pages.pathways import pathways_page
from headstamp.terms.table import Cell, Table

Tables = dict[str, Table]


def with_windows(tables: Tables, *others: dict[str, Cell]) -> Case:
    """Return the case with further windows, each with the pathways of f-2."""
    findings, pathways = tables["findings"], tables["pathways"]
    (window,) = [row for row in findings.rows if row["finding_id"] == "f-2"]
    rows = tuple(window | other for other in others)
    copied = tuple(row | {"finding_id": new["finding_id"]} for new in rows for row in pathways.rows)
    more = {
        "findings": Table(name="findings", columns=findings.columns, rows=(*findings.rows, *rows)),
        "pathways": Table(
            name="pathways", columns=pathways.columns, rows=(*pathways.rows, *copied)
        ),
    }
    return Case(tables | more)


def groups(case: Case) -> list[dict[str, object]]:
    """Return what the page shows."""
    found = pathways_page(case).values["groups"]
    assert isinstance(found, tuple)
    return list(found)


def test_a_table_names_its_subject_its_days_and_its_account(case: Case) -> None:
    """Nobody need guess to which window of which account a table belongs."""
    (group,) = groups(case)
    windows = group["windows"]
    assert isinstance(windows, tuple)
    (window,) = windows

    assert group["kind"] == "item"
    assert window.when == "between 12 December 2015 and 9 February 2016"
    assert window.accounts == (1,)
    assert "Islamic State" in window.receiver


def test_equal_tables_of_rival_accounts_stand_once(tables: Tables) -> None:
    """Their windows are named, each with a link to its finding."""
    rival: dict[str, Cell] = {"finding_id": "f-9", "window_from": "2015-12-15"}
    rival |= {"rests_on": [["c04", "c05"]]}
    (group,) = groups(with_windows(tables, rival))

    windows = group["windows"]
    assert [window.accounts for window in windows] == [(1,), (2,)]  # type: ignore[attr-defined]
    assert [window.href for window in windows] == [  # type: ignore[attr-defined]
        "findings.html#finding-f-2",
        "findings.html#finding-f-9",
    ]


def test_tables_of_two_subjects_stay_apart(tables: Tables) -> None:
    """Also where they say the same."""
    other: dict[str, Cell] = {"finding_id": "f-9", "subject_id": "pg9_2014"}
    other |= {"subject_kind": "consignment"}
    case = with_windows(tables, other)
    pathways = case.tables["pathways"]
    renamed = tuple(
        row | {"item_id": "pg9_2014"} if row["finding_id"] == "f-9" else row
        for row in pathways.rows
    )
    named = Table(name="pathways", columns=pathways.columns, rows=renamed)

    item, consignment = groups(Case({**case.tables, "pathways": named}))

    assert "how the item passed" in str(item["not_shown"])
    assert "how the goods passed" in str(consignment["not_shown"])


def test_a_window_of_no_account_names_none(with_row: Callable[..., Tables]) -> None:
    """Claims that no one account holds together are put into none."""
    case = Case(with_row("findings", where={"finding_id": "f-2"}, rests_on=[["c01", "c04"]]))
    (group,) = groups(case)

    assert [window.accounts for window in group["windows"]] == [()]  # type: ignore[attr-defined]

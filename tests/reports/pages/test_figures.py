from headstamp.reports.case import Case
from headstamp.reports.cuts import MOST_NESTED
from headstamp.reports.pages.figures import figures_page

from ..readings import table


def shown(case: Case) -> list[dict[str, object]]:
    """Return the groups that the page shows, field by field."""
    found = figures_page(case).values["grouped_ours"]
    assert isinstance(found, tuple)
    return list(found)


def test_what_is_undetermined_stands_last_however_large(case: Case) -> None:
    """It is no group among the others, and never left out."""
    (maker,) = shown(case)
    rows = maker["rows"]
    assert isinstance(rows, tuple)

    assert [row["group"] for row in rows] == ["Redford Arms", "(undetermined)"]


def test_the_largest_groups_are_shown_and_the_others_counted() -> None:
    """By number, and where none stands by how many records there are."""
    columns = "measure group_by group count share base undetermined low high"
    groups = [("weapons", "maker", f"m_{n}", n % 7, None, 99, n, 0, None) for n in range(30)]
    rest = ("weapons", "maker", "(undetermined)", 0, None, 99, 500, 0, None)
    (maker,) = shown(Case({"figures_by": table("figures_by", columns, *groups, rest)}))
    rows = maker["rows"]
    assert isinstance(rows, tuple)

    numbers = [(int(row["count"]), int(row["undetermined"])) for row in rows[:-1]]
    assert numbers == sorted(numbers, reverse=True)
    assert [row["group"] for row in rows][:2] == ["m 27", "m 20"]
    assert (len(rows), maker["more"].n_more) == (MOST_NESTED + 1, 10)  # type: ignore[attr-defined]


def test_a_field_of_which_nothing_is_known_is_not_shown() -> None:
    """A table of one line that says (undetermined) tells nobody anything."""
    columns = "measure group_by group count share base undetermined low high"
    rest = ("weapons", "maker", "(undetermined)", 9, "100.0", 9, 0, 9, 9)

    assert shown(Case({"figures_by": table("figures_by", columns, rest)})) == []

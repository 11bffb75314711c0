import pytest
from tests.custody.worlds import Cells, claim, evidence, item, withdraw

from headstamp.custody.grading import Grading
from headstamp.custody.support import atoms_of
from headstamp.custody.tellings import Telling, all_tellings, live_tellings


def told(*claims: Cells) -> dict[str, Telling]:
    """Return the tellings of these claims."""
    return live_tellings(Grading(evidence(claims=claims)))


@pytest.mark.parametrize(
    ("on", "days", "derived"),
    [
        ("2015-12-12", 59, ("2016-02-09", "2016-02-09")),
        ("2015-12", 59, ("2016-01-29", "2016-02-28")),
        ("2015-12-12", 0, ("2015-12-12", "2015-12-12")),
        ("2015-12-12", None, ("2015-12-12", "None")),
        (None, 59, ("None", "None")),
    ],
)
def test_days_later_are_counted_from_both_ends(
    on: str | None, days: int | None, derived: tuple[str, str]
) -> None:
    """So many days later than one of some days is one of as many; "later" has no end."""
    base = claim("c1", "exported", **({"on": on} if on else {}))
    later = claim(
        "c2", "recovered", after_claim="c1", **({} if days is None else {"after_days": days})
    )

    telling = told(base, later)["c2"]

    assert (str(telling.span.earliest), str(telling.span.latest)) == derived
    assert telling.derived_from == ("c1" if on else None)


def test_the_own_date_is_narrowed_and_only_the_end_that_moved_needs_the_other_claim() -> None:
    """Recovered in 2016, and 59 days after 12 December 2015 or later: each end on its own."""
    telling = told(
        claim("c1", "exported", on="2015-12-12/2015-12-31"),
        claim("c2", "recovered", on="2016-02-01/2016-02-15", after_claim="c1", after_days=59),
    )["c2"]

    assert (str(telling.earliest.day), str(telling.latest.day)) == ("2016-02-09", "2016-02-15")
    assert atoms_of(telling.earliest.support) == {"c1", "c2"}
    assert atoms_of(telling.latest.support) == {"c2"}
    assert telling.derived_from == "c1"


def test_a_date_that_cannot_be_strays() -> None:
    """The own date stands, nothing is derived, and what it strays from is kept."""
    telling = told(
        claim("c1", "exported", on="2015-12-12"),
        claim("c2", "recovered", on="2016-01-01", after_claim="c1", after_days=59),
    )["c2"]

    assert (telling.strays_from, telling.derived_from) == ("c1", None)
    assert str(telling.span.earliest) == "2016-01-01"
    assert atoms_of(telling.earliest.support) == {"c2"}


@pytest.mark.parametrize("first", [0, 1, 2, 3])
def test_a_circle_of_later_claims_dates_none_in_it(first: int) -> None:
    """Each is said to be later than the other: each keeps its own date, whichever is read first."""
    claims = [
        claim("c0", "licensed", after_claim="c1", after_days=5),
        claim("c1", "exported", after_claim="c2", after_days=5, on="2015-06-01/2016-12-31"),
        claim("c2", "recovered", after_claim="c1", after_days=5),
        claim("c3", "seen", after_claim="c3", after_days=5, on="2015"),
    ]
    tellings = told(*claims[first:], *claims[:first])

    assert {name: str(telling.span.earliest) for name, telling in tellings.items()} == {
        "c0": "2015-06-06",
        "c1": "2015-06-01",
        "c2": "None",
        "c3": "2015-01-01",
    }


def test_a_long_line_of_later_claims_is_followed_to_its_end() -> None:
    """Two thousand claims, each a day after the one before, the last of them read first."""
    first = claim("c0", "seen", on="2010-01-01")
    later = [claim(f"c{n}", "seen", after_claim=f"c{n - 1}", after_days=1) for n in range(1, 2000)]

    assert str(told(*later[::-1], first)["c1999"].span.earliest) == "2015-06-23"


def test_a_withdrawn_base_takes_the_derived_date_along() -> None:
    """What was derived from it is undated; the claim itself stays."""
    given = evidence(
        claims=[
            claim("c1", "exported", on="2015-12-12"),
            claim("c2", "recovered", after_claim="c1", after_days=59),
        ]
    )
    gone = withdraw(given, ("claims", "c1"))

    assert set(live_tellings(Grading(gone))) == {"c2"}
    assert live_tellings(Grading(gone))["c2"].span.is_unknown
    assert all_tellings(gone) == all_tellings(given)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"recovered_on": "2015"}, ("recovered", None, None)),
        ({"recovered_from": "xg", "recovered_by": "xb"}, ("recovered", "xg", "xb")),
        ({"recovered_from": "xg", "circumstances": "captured"}, ("recovered", "xg", None)),
        ({"recovered_from": "xb", "circumstances": "reported_lost"}, ("lost", "xb", None)),
        ({"recovered_from": "xb", "circumstances": "reported_stolen"}, ("stolen", "xb", None)),
        ({"documented_on": "2015", "circumstances": "held"}, ("seen", None, None)),
        ({"recovered_from": "xg", "circumstances": "found"}, ("seen", None, "xg")),
        ({"recovered_by": "xb", "circumstances": "cached"}, ("seen", None, "xb")),
    ],
)
def test_what_an_items_row_says(cells: Cells, said: tuple[str, str | None, str | None]) -> None:
    """Circumstances choose the verb; a sighting is with a holder and has no giver."""
    telling = live_tellings(Grading(evidence(items=[item(**cells)])))["item:i1"]

    assert (telling.verb, telling.from_party, telling.to_party) == said


def test_documented_means_recovered_by_then_and_seen_on_the_day() -> None:
    """A recovery is not later than its documentation; a sighting is of that day."""
    rows = [
        item(documented_on="2015-06-01"),
        item("i2", documented_on="2015-06-01", circumstances="held"),
    ]
    tellings = live_tellings(Grading(evidence(items=[*rows, item("i3")])))

    assert (tellings["item:i1"].span.earliest, str(tellings["item:i1"].span.latest)) == (
        None,
        "2015-06-01",
    )
    assert tellings["item:i2"].span.is_single_day
    assert "item:i3" not in tellings

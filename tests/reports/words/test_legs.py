from collections.abc import Callable

import pytest
from markupsafe import Markup

from headstamp.reports.case import Case, Leg
from headstamp.reports.words.legs import is_dated, leg_words
from headstamp.terms.table import Table

Tables = dict[str, Table]


def told(case: Case, leg: Leg) -> str:
    """Return the sentence without its elements."""
    return leg_words(case, leg, subject=Markup("it")).striptags()


def leg_of(case: Case, number: int, *, account: int = 1, **changes: object) -> Leg:
    """Return one leg of the weapon, with some of its values changed."""
    found = case.tracks["item", "atgw"][account - 1].legs[number - 1]
    values = {name: getattr(found, name) for name in found.__struct_fields__}
    return Leg(**(values | changes))


def test_a_reported_leg_names_who_says_so_and_who_relays_it(case: Case) -> None:
    """Reported is worded as reported, with the origin and the nearest relay."""
    assert told(case, leg_of(case, 1)) == (
        "It was reported to have been exported by Bulgaria to United States Army, by way of "
        "Kiesler Police Supply, on 12 December 2015, according to Conflict Armament Research, "
        "as relayed by The Star."
    )


def test_a_leg_that_no_source_dates_says_so(case: Case) -> None:
    """Days that follow from the legs beside it are no date of its own."""
    assert told(case, leg_of(case, 2)).endswith(
        "No source gives its date; the legs beside it leave it between 12 December 2015 and "
        "9 February 2016."
    )
    assert not is_dated(case, leg_of(case, 2))


def test_whose_days_they_are_is_read_where_the_table_says_it(case: Case) -> None:
    """The column ``dated`` decides, whatever the claims behind the leg hold."""
    own = leg_of(case, 1, dated="own")
    beside = leg_of(case, 1, dated="neighbours")

    assert is_dated(case, own)
    assert is_dated(case, leg_of(case, 2, dated="derived"))
    assert not is_dated(case, beside)
    assert "No source gives its date" in told(case, beside)


def test_a_leg_without_any_day_says_so(case: Case) -> None:
    """An empty date is not a date."""
    assert told(case, leg_of(case, 2, earliest="", latest="")).endswith("No source gives its date.")


def test_a_derived_date_says_what_it_follows_from(case: Case) -> None:
    """“59 days later” is told as the source's number, and the date as derived."""
    assert "The date is derived: the source says 59 days after c01, and prints no date." in told(
        case, leg_of(case, 6)
    )


def test_a_giver_who_is_not_named_is_said_not_to_be(case: Case) -> None:
    """A transfer without its giver is not worded as if there were none."""
    assert "transferred to Islamic State (the giver is not named) in Iraq" in told(
        case, leg_of(case, 4)
    )
    assert "sold (neither giver nor receiver is named)" in told(case, leg_of(case, 1, account=2))


def test_a_gap_says_that_nothing_is_said(case: Case) -> None:
    """A gap claims nothing and names the two holders that it separates."""
    assert told(case, leg_of(case, 3)) == (
        "Nothing on record says how it passed from A party involved in the Syrian conflict, "
        "not named to Islamic State."
    )


def test_the_hedge_of_the_source_is_kept_in_its_words(case: Case) -> None:
    """“apparently” stays, as the source's own."""
    leg = case.tracks["consignment", "pg9_2014"][0].legs[1]

    assert "The hedge is the source's own: “apparently”." in told(case, leg)


@pytest.mark.parametrize(
    ("kind", "standing", "expected"),
    [
        ("field_documentation", "documented", "It was exported by Bulgaria"),
        ("trace_response", "documented", "CAR confirmed in writing that it was exported"),
        ("official_document", "documented", "According to CAR, in official documents, it was"),
        ("register", "documented", "According to a register (CAR), it was exported"),
        ("ngo_report", "corroborated", "According to sources independent of each other (CAR), it"),
        ("ngo_report", "reported", "It was reported to have been exported by Bulgaria"),
        ("field_documentation", "reported", "It was reported to have been exported"),
        ("press", "reported", "Who first said so is not disclosed"),
        ("ngo_report", "doubtful", "It was said to have been exported"),
        ("ngo_report", "unsupported", "No source still on record says that it was exported"),
    ],
)
def test_the_words_follow_standing_and_the_kind_of_source(
    with_row: Callable[..., Tables], kind: str, standing: str, expected: str
) -> None:
    """A flat "was" only for what field documentation observed itself, and is documented."""
    tables = with_row("sources", where={"source_id": "car_2017"}, kind=kind, publisher="CAR")
    tables |= {"claims": _own_words_of(tables["claims"], "c01", "car_2017")}
    case = Case(tables)

    assert expected in told(case, leg_of(case, 1, standing=standing))


def test_a_relay_of_field_documentation_is_no_observation(case: Case) -> None:
    """What passes through the press is never a flat "was", whatever its origin."""
    assert told(case, leg_of(case, 1, standing="documented")).startswith("According to")


def _own_words_of(claims: Table, claim_id: str, source_id: str) -> Table:
    """Return the claims, one of them said by its origin itself."""
    own = {"source_id": source_id, "relays": None, "lineage": source_id, "origin": source_id}
    rows = tuple(row | own if row["claim_id"] == claim_id else row for row in claims.rows)
    return Table(name=claims.name, columns=claims.columns, rows=rows)

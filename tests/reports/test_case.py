from collections.abc import Callable

from headstamp.reports.case import Case, lineage_of
from headstamp.terms.table import Table

Tables = dict[str, Table]


def test_chains_are_grouped_by_subject_and_account(case: Case) -> None:
    """Each account of each subject is one track, its legs in order."""
    tracks = case.tracks["item", "atgw"]

    assert [track.account for track in tracks] == [1, 2]
    assert [leg.verb for leg in tracks[0].legs] == [
        "exported",
        "transferred",
        "",
        "transferred",
        "held",
        "recovered",
    ]


def test_every_item_and_consignment_has_a_page(case: Case) -> None:
    """Things without a chain have a page too: that nothing is known is an answer."""
    assert ("item", "pg9_fallujah") in case.subjects
    assert ("consignment", "bg_sa_exports") in case.subjects


def test_country_is_taken_from_what_a_party_is_part_of(
    with_row: Callable[..., Tables],
) -> None:
    """A body without a country of its own has that of its whole."""
    tables = with_row("parties", where={"party_id": "us_army"}, country=None)

    assert Case(tables).country_of("us_army") == "US"


def test_parts_and_wholes_are_one_holder_and_two_parts_are_not(case: Case) -> None:
    """Two parties are one holder when one is part of the other, in either order."""
    assert case.is_same_holder("us_army", "united_states")
    assert case.is_same_holder("united_states", "us_army")
    assert not case.is_same_holder("us_army", "cia")


def test_a_cycle_in_part_of_ends(with_row: Callable[..., Tables]) -> None:
    """Parties that are parts of each other do not hang the report."""
    tables = with_row("parties", where={"party_id": "united_states"}, part_of="us_army")

    assert Case(tables).is_same_holder("us_army", "united_states")


def test_about_reads_keys_and_columns(case: Case) -> None:
    """The table about the casebook may have one row, or one row per key."""
    keyed = Table(name="about", columns=("key", "value"), rows=({"key": "seq", "value": 3},))

    assert case.about["seq"] == "3"
    assert Case({"about": keyed}).about["seq"] == "3"


def test_absent_tables_read_as_empty() -> None:
    """A report of nothing has nothing, and does not fail."""
    assert Case({}).rows("claims") == ()
    assert Case({}).subjects == ()


def test_lineage_is_source_then_relays(case: Case) -> None:
    """Rows without a lineage of their own have their source and its relays."""
    row = case.row("items", "atgw") or {}

    assert lineage_of(row) == ("star_2017", "washpost_2017", "car_2017")

import pytest
from tests.custody.worlds import PARTIES, rows_by_id

from headstamp.custody.holders import (
    ancestry,
    answers_to,
    country_of,
    is_non_state_group,
    is_outside,
    is_same_holder,
    is_same_state,
    name_of,
    state_of,
)
from headstamp.terms.party import Party

MORE = (
    {"party_id": "xb_depot", "kind": "state_body", "part_of": "xb_army"},
    {"party_id": "xd_army", "kind": "state_body", "country": "XD"},
    {"party_id": "xd_police", "kind": "state_body", "country": "XD"},
    {"party_id": "xd_shop", "kind": "retailer", "country": "XD"},
    {"party_id": "nowhere", "kind": "contractor"},
    {"party_id": "ring_a", "part_of": "ring_b"},
    {"party_id": "ring_b", "part_of": "ring_a"},
)
CAST: dict[str, Party] = {
    party_id: row
    for party_id, row in rows_by_id("parties", [*PARTIES, *MORE]).items()
    if isinstance(row, Party)
}


@pytest.mark.parametrize(
    ("one", "other", "holder", "state"),
    [
        ("xb", "xb", True, True),
        ("xb_army", "xb", True, True),
        ("xb_depot", "xb", True, True),
        ("xb_army", "xb_police", False, True),
        ("xb_depot", "xb_police", False, True),
        ("xd_army", "xd_police", False, True),
        ("xd_army", "xd_shop", False, False),
        ("xb", "xb_trade", False, False),
        ("xb", "xc", False, False),
        ("xb_army", "xc_army", False, False),
        ("xg", "xg_wing", True, True),
        ("xg", "xu", False, False),
        ("xb", None, False, False),
        (None, None, False, False),
        ("unheard", "unheard", True, True),
    ],
)
def test_who_is_one_holder_and_one_state(
    one: str | None,
    other: str | None,
    holder: bool,  # noqa: FBT001 - a table
    state: bool,  # noqa: FBT001 - a table
) -> None:
    """Parts and wholes are one holder; bodies of one state are one state only; both ways alike."""
    assert is_same_holder(one, other, CAST) is is_same_holder(other, one, CAST) is holder
    assert is_same_state(one, other, CAST) is is_same_state(other, one, CAST) is state


@pytest.mark.parametrize(
    ("party", "giver", "outside"),
    [
        ("xc", "xb", True),
        ("xg", "xb", True),
        ("nowhere", "xb", True),
        ("xb_trade", "xb", False),
        ("xb_police", "xb_army", False),
        ("xb_trade", "xb_trade", False),
        ("xd_shop", "xd_army", False),
        ("xg_wing", "xg", False),
        ("xg", "nowhere", True),
    ],
)
def test_who_is_outside_a_state(party: str, giver: str, outside: bool) -> None:  # noqa: FBT001 - a table
    """A company of the country is inside; whoever has no country is outside."""
    assert is_outside(party, giver, CAST) is outside


def test_a_circle_of_parts_ends() -> None:
    """Two parties said to be part of each other are each followed once."""
    assert ancestry("ring_a", CAST) == ("ring_a", "ring_b")


def test_states_and_countries_are_found_through_what_a_party_is_part_of() -> None:
    """A depot's state is its army's; a company's is that of its country, if it is on record."""
    assert state_of("xb_depot", CAST) == "xb"
    assert country_of("xb_depot", CAST) == "XB"
    assert state_of("xb_trade", CAST) == "xb"
    assert state_of("xd_army", CAST) is None
    assert state_of(None, CAST) is None


def test_what_a_word_of_a_clause_names() -> None:
    """A party answers to its id, its state's id, its country and its kind, and to nothing else."""
    answered = {
        name
        for name in ("xb", "xb_army", "XB", "state_body", "state", "xc", "XC", "xb_police")
        if answers_to("xb_army", name, CAST)
    }

    assert answered == {"xb", "xb_army", "XB", "state_body"}
    assert not answers_to("unheard", "unheard", CAST)


def test_names_and_groups() -> None:
    """A party without a name goes by its id; only a non-state group is one."""
    assert [name_of(party, CAST) for party in ("xg", "xu", None)] == [
        "Group XG",
        "xu",
        "nobody named",
    ]
    assert [p for p in (*CAST, None) if is_non_state_group(p, CAST)] == ["xg", "xg_wing"]

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.custody.worlds import Cells, Given, casebooks, claim, evidence

from headstamp.custody.events import Event, EventNames, Reach, build_events, event_key
from headstamp.custody.grading import Grading
from headstamp.custody.holders import Parties
from headstamp.custody.order import is_compelled, must_come_first, put_in_order
from headstamp.custody.support import GIVEN
from headstamp.custody.tellings import live_tellings


def events_of(*claims: Cells) -> tuple[tuple[Event, ...], Parties]:
    """Return one event for every claim, and the parties."""
    given = evidence(claims=claims)
    tellings = live_tellings(Grading(given)).values()
    reaches = [Reach(telling=t, crossing=GIVEN, key=event_key(t)) for t in tellings]
    return build_events(reaches, EventNames(reaches, set()), set()), given.parties


def ordered(*claims: Cells) -> list[str]:
    """Return the ids of claims in the order of their events."""
    events, parties = events_of(*claims)
    return [event.claims[0] for event in put_in_order(events, parties)]


@pytest.mark.parametrize(
    ("claims", "order"),
    [
        # The stage orders what nothing else does.
        ([claim("c1", "recovered"), claim("c2", "seen"), claim("c3", "made")], "c3 c2 c1"),
        # Dates come before stages.
        ([claim("c1", "delivered", on="2016"), claim("c2", "seen", on="2015")], "c2 c1"),
        # A doubtful date compels nothing, so that the stage decides.
        ([claim("c1", "delivered", on="2016?"), claim("c2", "seen", on="2015")], "c1 c2"),
        # Where spans meet, whoever hands over comes first.
        ([claim("c1", "transferred", from_party="xb", to_party="xc", on="2015"),
          claim("c2", "transferred", from_party="xa", to_party="xb", on="2015")], "c2 c1"),
        # An army is its state.
        ([claim("c1", "transferred", from_party="xb_army", to_party="xc"),
          claim("c2", "transferred", from_party="xa", to_party="xb")], "c2 c1"),
        # "Later" in a source's own words.
        ([claim("c1", "exported", after_claim="c2"), claim("c2", "seized", on="2015")], "c2 c1"),
        # Made comes first, whatever its date says.
        ([claim("c1", "exported", on="2014"), claim("c2", "made", on="2015?")], "c2 c1"),
        # Latest, then earliest, then the claim's id.
        ([claim("c1", "seen", to_party="xb", on="2015/2017"),
          claim("c2", "seen", to_party="xc", on="2015/2016"),
          claim("c3", "seen", to_party="xg", on="2014/2016")], "c3 c2 c1"),
        ([claim("c2", "seen", to_party="xb"), claim("c1", "seen", to_party="xc")], "c1 c2"),
        # An undated seizure from its receiver's hands stands before what it hands over to.
        ([claim("c1", "transferred", from_party="xb_police", to_party="xc"),
          claim("c2", "seized", from_party="xg", to_party="xb_police")], "c2 c1"),
    ],
)  # fmt: skip
def test_the_order_worked_by_hand(claims: list[Cells], order: str) -> None:
    """Dates that must, then holders, then stages, then the rest of REASONING.md section 5."""
    assert " ".join(ordered(*claims)) == order


@given(casebooks(), st.integers(0, 5))
def test_the_order_does_not_depend_on_that_of_the_rows(given_rows: Given, seed: int) -> None:
    """Every event stands in it once, dates and "later" are kept, and rows may be shuffled."""
    claims = [c for c in given_rows["claims"] if c.get("stance") != "denies"]
    events, parties = events_of(*claims)
    shuffled = random.Random(seed).sample(events, len(events))

    placed = put_in_order(events, parties)

    assert placed == put_in_order(tuple(shuffled), parties)
    assert set(placed) == set(events)


@given(
    st.lists(st.sampled_from(["2013", "2014-06", "2015-02-03", "2014/2016", "2015?"]), max_size=6)
)
def test_what_must_come_first_does(dates: list[str]) -> None:
    """Without holders and "later" every order that dates compel is kept."""
    claims = [claim(f"c{n}", "seen", to_party=f"h{n}", on=on) for n, on in enumerate(dates)]
    events, parties = events_of(*claims)
    placed = put_in_order(events, parties)

    for n, event in enumerate(placed):
        assert not any(later.span.must_precede(event.span) for later in placed[n:])


@pytest.mark.parametrize(
    ("one", "other", "compelled"),
    [
        # Dates, "later" and making.
        (claim("c1", "seen", to_party="xg", on="2014"),
         claim("c2", "held", to_party="xg", on="2015"), True),
        (claim("c1", "seen", to_party="xg"),
         claim("c2", "held", to_party="xg", after_claim="c1"), True),
        (claim("c1", "made", from_party="xa_works"),
         claim("c2", "sold"), True),
        # A hand-over, and a later stage.
        (claim("c1", "transferred", from_party="xa", to_party="xb"),
         claim("c2", "transferred", from_party="xb_army", to_party="xc"), True),
        (claim("c1", "delivered", from_party="xa", to_party="xb"),
         claim("c2", "seen", to_party="xg"), True),
        # Listed one after the other, and no more than that.
        (claim("c1", "transferred", from_party="xa", to_party="xb", on="2014/2016"),
         claim("c2", "transferred", from_party="xc", to_party="xg", on="2015/2016"), False),
        (claim("c1", "seen", to_party="xb", on="2014/2016"),
         claim("c2", "seen", to_party="xg", on="2015"), False),
        (claim("c1", "seen", to_party="xg"),
         claim("c2", "held", to_party="xg"), False),
        (claim("c1", "sold", from_party="xa", to_party="xb"),
         claim("c2", "delivered", to_party="xb"), False),
        (claim("c1", "licensed"),
         claim("c2", "delivered", to_party="xb"), False),
        # A sale comes before the end, and before its buyer hands on.
        (claim("c1", "sold", to_party="xb"), claim("c2", "recovered", from_party="xg"), True),
        (claim("c1", "sold", from_party="xa", to_party="xb"),
         claim("c2", "transferred", from_party="xb", to_party="xc"), True),
    ],
)  # fmt: skip
def test_which_order_is_compelled(
    one: Cells,
    other: Cells,
    compelled: bool,  # noqa: FBT001 - a table
) -> None:
    """Only what dates, holders and stages compel bounds the days of a neighbour."""
    (first, second), parties = events_of(one, other)

    assert is_compelled(first, second, parties) is compelled
    assert must_come_first(second, first) is False

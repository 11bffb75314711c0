from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.custody.test_order import events_of
from tests.custody.worlds import Cells, claim, conclusions_of, item, legs_of, shape_of

from headstamp.custody.chain import is_leg, place_events
from headstamp.custody.support import atoms_of, resting_on

FIRST = date(2015, 1, 1)


def shape(*claims: Cells) -> list[str]:
    """Return the legs of the best account of these claims."""
    return shape_of(conclusions_of(items=[item()], claims=claims))


@pytest.mark.parametrize(
    ("claims", "legs"),
    [
        # Custody goes on.
        ([claim("c1", "transferred", from_party="xa", to_party="xb", on="2014"),
          claim("c2", "recovered", from_party="xb", on="2015")],
         ["transferred xa>xb", "recovered xb>"]),
        # Army and state are one holder, two bodies of one state are not.
        ([claim("c1", "transferred", from_party="xa", to_party="xb_army", on="2014"),
          claim("c2", "recovered", from_party="xb", on="2015")],
         ["transferred xa>xb_army", "recovered xb>"]),
        ([claim("c1", "transferred", from_party="xa", to_party="xb_army", on="2014"),
          claim("c2", "recovered", from_party="xb_police", on="2015")],
         ["transferred xa>xb_army", "gap xb_army>xb_police", "recovered xb_police>"]),
        # No receiver named: the next holder is measured against the last one known.
        ([claim("c1", "transferred", from_party="xa", to_party="xb", on="2013"),
          claim("c2", "stolen", from_party="xb", on="2014"),
          claim("c3", "recovered", from_party="xb", on="2015")],
         ["transferred xa>xb", "stolen xb>", "recovered xb>"]),
        ([claim("c1", "stolen", from_party="xb", on="2014"),
          claim("c2", "seen", to_party="xg", on="2015")],
         ["stolen xb>", "gap xb>xg", "seen >xg"]),
        # A sale without its buyer opens none by itself.
        ([claim("c1", "sold", from_party="xa", on="2014"),
          claim("c2", "seen", to_party="xa", on="2015")],
         ["sold xa>", "seen >xa"]),
        # No giver named: a gap only where the receiver is another than the holder before.
        ([claim("c1", "transferred", from_party="xa", to_party="xb", on="2013"),
          claim("c2", "transferred", to_party="xb_army", on="2014")],
         ["transferred xa>xb", "transferred >xb_army"]),
        ([claim("c1", "transferred", from_party="xa", to_party="xb", on="2013"),
          claim("c2", "transferred", to_party="xg", on="2014")],
         ["transferred xa>xb", "gap xb>xg", "transferred >xg"]),
        ([claim("c1", "transferred", from_party="xa", to_party="xb", on="2013"),
          claim("c2", "recovered", on="2014")],
         ["transferred xa>xb", "recovered >"]),
        # Stages of one supply are several legs and no gap; to another holder they are not one.
        ([claim("c1", "exported", from_party="xa", to_party="xb", on="2013"),
          claim("c2", "delivered", from_party="xa", to_party="xb", on="2014"),
          claim("c3", "received", to_party="xb_army", on="2015")],
         ["exported xa>xb", "delivered xa>xb", "received >xb_army"]),
        ([claim("c1", "exported", from_party="xa", to_party="xb", on="2013"),
          claim("c2", "delivered", from_party="xa", to_party="xc", on="2014")],
         ["exported xa>xb", "gap xb>xa", "delivered xa>xc"]),
        # Whoever carries it takes no custody.
        ([claim("c1", "exported", from_party="xa", via_party="xb_trade", to_party="xb", on="2013"),
          claim("c2", "seen", to_party="xb", on="2014")],
         ["exported xa>xb", "seen >xb"]),
        # Papers and opinions are no legs.
        ([claim("c1", "licensed", to_party="xb"), claim("c2", "assessed", to_party="xg"),
          claim("c3", "verified", to_party="xc"), claim("c4", "seen", to_party="xb")],
         ["seen >xb"]),
    ],
)  # fmt: skip
def test_legs_and_gaps_worked_by_hand(claims: list[Cells], legs: list[str]) -> None:
    """A gap stands just where the next leg begins with another holder."""
    assert shape(*claims) == legs


def test_a_gap_is_as_wide_as_its_neighbours() -> None:
    """From the earliest of the leg before to the latest of the leg after, and nobody claims it."""
    concluded = conclusions_of(
        items=[item()],
        claims=[
            claim("c1", "transferred", from_party="xa", to_party="xb", on="2013-05"),
            claim("c2", "seen", to_party="xg", on="2015-02/2015-03"),
        ],
    )
    _, gap, _ = legs_of(concluded)

    assert (str(gap.span.earliest), str(gap.span.latest)) == ("2013-05-01", "2015-03-31")
    assert (gap.is_gap, gap.verb, gap.claims, gap.standing) == (True, None, (), None)
    assert [leg.leg for leg in legs_of(concluded)] == [1, 2, 3]


def test_the_leg_says_that_a_part_is_the_whole() -> None:
    """Where custody goes on between a part and its whole, the leg says so in words."""
    concluded = conclusions_of(
        items=[item()],
        claims=[
            claim("c1", "transferred", from_party="xa", to_party="xb_army", on="2013"),
            claim("c2", "transferred", from_party="xb", to_party="xc", on="2014"),
        ],
    )

    assert [bool(leg.note) for leg in legs_of(concluded)] == [False, True]


@st.composite
def hand_overs(draw: st.DrawFn) -> list[tuple[int, int]]:
    """Draw the first and last possible day of two to four transfers, one after another."""
    spans = draw(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=4))
    return [(min(span), max(span)) for span in spans]


@given(hand_overs())
def test_narrowing_is_what_trying_every_day_finds(spans: list[tuple[int, int]]) -> None:
    """A leg may be on just those days on which all the others can stand around it."""
    claims = [
        claim(
            f"c{n}",
            "transferred",
            from_party=f"h{n}",
            to_party=f"h{n + 1}",
            on=f"{FIRST + timedelta(days=first)}/{FIRST + timedelta(days=last)}",
        )
        for n, (first, last) in enumerate(spans)
    ]
    events, parties = events_of(*claims)
    possible = [
        days
        for days in product(*(range(first, last + 1) for first, last in spans))
        if list(days) == sorted(days)
    ]

    placed = place_events(events, parties)

    if not possible:
        assert any(here.span is None for here in placed)
        return
    for here, days in zip(placed, zip(*possible, strict=True), strict=True):
        assert here.earliest.day == FIRST + timedelta(days=min(days))
        assert here.latest.day == FIRST + timedelta(days=max(days))


def test_what_narrows_joins_the_set_and_doubtful_dates_narrow_nothing() -> None:
    """The end that a neighbour gives rests on it too; that of a doubtful neighbour does not."""
    later = claim("c2", "recovered", from_party="xb")
    sure, parties = events_of(
        claim("c1", "transferred", from_party="xa", to_party="xb", on="2014-05-01"), later
    )
    doubtful, _ = events_of(
        claim("c1", "transferred", from_party="xa", to_party="xb", on="2014?"), later
    )

    assert atoms_of(place_events(sure, parties)[1].earliest.support) == {"c1"}
    assert str(place_events(sure, parties)[1].earliest.day) == "2014-05-01"
    assert place_events(doubtful, parties)[1].earliest.day is None


def test_a_bound_rests_on_whoever_hands_it_on() -> None:
    """The last of three transfers is dated by the first only because of the one between."""
    events, parties = events_of(
        claim("c1", "transferred", from_party="xa", to_party="xb", on="2014-05-01"),
        claim("c2", "transferred", from_party="xb", to_party="xc"),
        claim("c3", "transferred", from_party="xc", to_party="xg"),
    )

    last = place_events(events, parties)[2]

    assert str(last.earliest.day) == "2014-05-01"
    assert last.earliest.support == resting_on("c1", "c2")


def test_an_order_that_is_only_listed_narrows_nothing() -> None:
    """Two unrelated transfers of one stage bound each other only by their dates."""
    events, parties = events_of(
        claim("c1", "transferred", from_party="xc", to_party="xg", on="2015-06-01"),
        claim("c2", "transferred", from_party="xa", to_party="xb", on="2014/2016"),
    )

    first, second = place_events(events, parties)

    assert str(first.latest.day) == "2015-06-01"
    assert str(second.earliest.day) == "2014-01-01"


def test_which_events_are_legs() -> None:
    """Custody is moved, taken, shown, begun or ended; papers do none of it."""
    verbs = ("made", "licensed", "sold", "exported", "lost", "seen", "recovered", "verified",
             "destroyed", "assessed")  # fmt: skip
    events, _ = events_of(*(claim(f"c{n}", verb) for n, verb in enumerate(verbs)))

    assert [event.verb for event in events if not is_leg(event)] == [
        "licensed",
        "verified",
        "assessed",
    ]

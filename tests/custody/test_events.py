from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from tests.custody.worlds import Cells, claim, evidence

from headstamp.custody.events import EventNames, Reach, agreeing_groups, build_events, event_key
from headstamp.custody.grading import Grading
from headstamp.custody.support import GIVEN, in_order
from headstamp.custody.tellings import live_tellings

FIRST = date(2015, 1, 1)
N_DAYS = 12
NOBODY: set[frozenset[str]] = set()


def reaches(*claims: Cells) -> list[Reach]:
    """Return these claims as they reach their own item."""
    tellings = live_tellings(Grading(evidence(claims=claims)))
    return [Reach(telling=t, crossing=GIVEN, key=event_key(t)) for t in tellings.values()]


def seen(claim_id: str, on: str, **cells: object) -> Cells:
    """Return a sighting with XG."""
    return claim(claim_id, "seen", to_party="xg", on=on, **cells)


def atoms(group: tuple[Reach, ...]) -> frozenset[str]:
    """Return the claims of a group."""
    return frozenset(reach.telling.atom for reach in group)


@st.composite
def sightings(draw: st.DrawFn) -> list[Cells]:
    """Draw a few sightings over some days, some with a number."""
    claims = []
    for n in range(draw(st.integers(1, 5))):
        days = sorted(draw(st.lists(st.integers(0, N_DAYS - 1), min_size=2, max_size=2)))
        first, last = (FIRST + timedelta(days=day) for day in days)
        number = draw(st.sampled_from([{}, {}, {"quantity": 1}, {"quantity": 2}]))
        claims.append(seen(f"c{n}", f"{first}/{last}", **number))
    return claims


@given(sightings(), st.sets(st.sampled_from(list(combinations(["c0", "c1", "c2"], 2))), max_size=1))
def test_groups_are_the_largest_that_share_a_day(
    claims: list[Cells], apart: set[tuple[str, str]]
) -> None:
    """Just the groups that trying every choice of claims and every day finds, none lost."""
    members = reaches(*claims)
    parted = {frozenset(pair) for pair in apart}
    days = [FIRST + timedelta(days=n) for n in range(N_DAYS)]

    def agree(some: tuple[Reach, ...]) -> bool:
        told = [reach.telling for reach in some]
        numbers = {t.quantity for t in told} - {None}
        is_parted = any(frozenset({a.atom, b.atom}) in parted for a, b in combinations(told, 2))
        on_one_day = any(
            all(str(t.span.earliest) <= str(day) <= str(t.span.latest) for t in told)
            for day in days
        )
        return len(numbers) <= 1 and not is_parted and on_one_day

    fine = [
        atoms(some)
        for size in range(1, len(members) + 1)
        for some in combinations(members, size)
        if agree(some)
    ]

    groups = [atoms(group) for group in agreeing_groups(members, parted)]

    assert set(groups) == {one for one in fine if not any(one < other for other in fine)}
    assert len(set(groups)) == len(groups)


def test_a_claim_over_both_of_two_days_supports_both_events() -> None:
    """A telling of the whole year, or of no day, is of each event of that year."""
    groups = agreeing_groups(
        reaches(seen("c1", "2015-03-01"), seen("c2", "2015-06-01"), seen("c3", "2015"),
                claim("c4", "seen", to_party="xg")),
        NOBODY,
    )  # fmt: skip

    assert {atoms(group) for group in groups} == {
        frozenset({"c1", "c3", "c4"}),
        frozenset({"c2", "c3", "c4"}),
    }


def test_two_events_that_share_their_smallest_claim_have_two_names() -> None:
    """The wide claim is the smallest of both groups and names neither."""
    members = reaches(seen("c0", "2015"), seen("c1", "2015-03-01"), seen("c2", "2015-06-01"))

    events = build_events(members, EventNames(members, NOBODY), NOBODY)

    assert sorted(event.event_id for event in events) == [
        "seen|item:i1||xg|c1",
        "seen|item:i1||xg|c2",
    ]


def test_a_name_does_not_change_when_a_support_falls() -> None:
    """Each event keeps its name without the claim it is called by, and one alone needs none."""
    on_record = reaches(
        seen("c1", "2015-03-01"), seen("c3", "2015-03-01"),
        seen("c2", "2015-06-01"), seen("c4", "2015-06-01"),
    )  # fmt: skip
    names = EventNames(on_record, NOBODY)
    left = [reach for reach in on_record if reach.telling.atom not in {"c1", "c2"}]

    events = build_events(left, names, NOBODY)

    named = {event.event_id.rpartition("|")[2]: event.claims for event in events}
    assert named == {"c1": ("c3",), "c2": ("c4",)}
    assert (
        build_events(left[:1], EventNames(left[:1], NOBODY), NOBODY)[0].event_id
        == "seen|item:i1||xg"
    )


@given(sightings(), sightings())
def test_no_two_events_have_one_name(on_record: list[Cells], live: list[Cells]) -> None:
    """Even where the dates on which the names were given are not those that now count."""
    names = EventNames(reaches(*on_record), NOBODY)

    events = build_events(reaches(*live), names, NOBODY)

    assert len({event.event_id for event in events}) == len(events)


def test_an_event_is_as_narrow_as_its_claims_together() -> None:
    """Each end rests on the claims that give it, and the event on any of them."""
    members = reaches(seen("c1", "2015-03"), seen("c2", "2015-03-10/2015-04-30"))

    (event,) = build_events(members, EventNames(members, NOBODY), NOBODY)

    assert (str(event.earliest.day), str(event.latest.day)) == ("2015-03-10", "2015-03-31")
    assert in_order(event.earliest.support) == (("c2",),)
    assert in_order(event.latest.support) == (("c1",),)
    assert in_order(event.exists) == (("c1",), ("c2",))


def test_holders_before_and_after() -> None:
    """The maker begins, a sighting is with its holder, and a recovery names from whom."""
    members = reaches(
        claim("c1", "made", to_party="xa_works"),
        claim("c2", "made", from_party="xa_works"),
        claim("c3", "seen", from_party="xb", to_party="xg"),
        claim("c4", "recovered", from_party="xg", to_party="xc"),
        claim("c5", "lost", from_party="xb"),
    )

    events = build_events(members, EventNames(members, NOBODY), NOBODY)

    assert [(event.holder_before, event.holder_after) for event in events] == [
        ("xa_works", "xa_works"),
        ("xa_works", "xa_works"),
        ("xg", "xg"),
        ("xg", "xc"),
        ("xb", None),
    ]

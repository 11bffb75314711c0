import pytest
from tests.custody.worlds import Cells, claim, conclusions_of, evidence, findings_of, item

from headstamp.custody.drafts import Disputes, Draft, finish
from headstamp.custody.grading import Grading
from headstamp.custody.support import either, resting_on
from headstamp.terms.finding import Finding

TOLD = [claim("c1", "seen"), claim("c2", "seen"), claim("c3", "seen", hedge="at worst")]


def draft(*claims: str, **cells: object) -> Draft:
    """Return a draft of one interval that rests on each of the claims."""
    known: Cells = {
        "kind": "interval",
        "subject": ("item", "i1"),
        "identity": ("a", "b"),
        "reason": "Said.",
    }
    return Draft(**{**known, "support": either(resting_on(c) for c in claims), **cells})


def finished(*drafts: Draft) -> tuple[Finding, ...]:
    """Return the findings of drafts that nothing disputes."""
    grading = Grading(evidence(items=[item()], claims=TOLD))
    return finish(drafts, Disputes((), grading), grading)[0]


def test_drafts_of_one_identity_and_outcome_are_one_finding() -> None:
    """Each account brings its sets, of which the minimal ones are kept."""
    (found,) = finished(draft("c1", days=(1, 2)), draft("c2", days=(1, 2)))

    assert found.rests_on == (("c1",), ("c2",))
    assert either([resting_on("c1"), resting_on("c1", "c2")]) == resting_on("c1")


def test_versions_with_another_outcome_keep_their_own_ids() -> None:
    """The best account has the plain id, other relays add their names to it."""
    one, other = (
        draft("c1", days=(1, 1), version=("p1",)),
        draft("c2", days=(2, 2), version=("p2",)),
    )
    both = finished(one, other)

    assert [found.days_min for found in both] == [1, 2]
    assert both[0].finding_id == finished(one)[0].finding_id
    assert len({found.finding_id for found in both}) == 2


def test_an_identity_is_told_once_where_no_relays_tell_accounts_apart() -> None:
    """The best account's outcome stands; no two findings ever have one id."""
    found = finished(draft("c1", days=(1, 1)), draft("c2", days=(2, 2)), draft("c3", days=(3, 3)))

    assert [(one.days_min, one.rests_on) for one in found] == [(1, (("c1",),))]


def test_a_draft_on_nothing_is_no_finding() -> None:
    """What nothing supports is not said."""
    assert finished(draft()) == ()


def test_the_identity_is_never_the_verdict_or_the_dates() -> None:
    """Another verdict, other days: the same id; another event or subject: another."""
    (plain,) = finished(draft("c1"))

    same = [draft("c1", days=(5, 6)), draft("c2"), draft("c1", verdict="consistent")]
    other = [draft("c1", identity=("a", "c")), draft("c1", subject=("item", "i2"))]

    assert {finished(one)[0].finding_id for one in same} == {plain.finding_id}
    assert plain.finding_id not in {finished(one)[0].finding_id for one in other}


def test_the_sources_own_hedge_is_always_kept() -> None:
    """In the words, or after them."""
    (kept,) = finished(draft("c3"))
    (there,) = finished(draft("c3", reason='Seen ("at worst").'))

    assert 'c3 "at worst"' in kept.reason
    assert there.reason.count("at worst") == 1


@pytest.mark.parametrize(
    ("denial", "contested"),
    [
        ({"credibility": 2}, True),
        ({"credibility": 3}, True),
        ({"credibility": 4}, False),
        ({"source_id": "e1"}, False),
        ({"credibility": 3, "source_id": "s1"}, True),
        ({"credibility": 5, "source_id": "s1"}, False),
        ({"verb": "lost", "credibility": 2}, False),
    ],
)
def test_contested_by_what_is_at_least_as_good(denial: Cells, contested: bool) -> None:  # noqa: FBT001 - a table
    """A poor denial is shown beside the finding all the same."""
    cells = {"verb": "stolen", "stance": "denies", **denial}
    concluded = conclusions_of(
        items=[item()],
        claims=[
            claim("c1", "stolen", from_party="xb", source_id="n1", credibility=3),
            claim("c2", **cells),
        ],
    )
    (theft,) = findings_of(concluded, "theft")

    assert theft.contested is contested
    assert ("Denied: c2" in theft.reason) is (cells["verb"] == "stolen")


def test_an_incompatible_affirmation_contests_too() -> None:
    """Two receivers on one day: each account's finding is contested by the other's claim."""
    concluded = conclusions_of(
        items=[item()],
        claims=[
            claim("c0", "exported", from_party="xa", to_party="xb", on="2014"),
            claim("c1", "transferred", from_party="xb", to_party="xg", on="2015-06-01"),
            claim("c2", "transferred", from_party="xb", to_party="xc", on="2015-06-01"),
        ],
    )

    assert [f.contested for f in findings_of(concluded, "diversion_window")] == [True]


def test_more_ways_than_are_kept_are_said_to_be_more() -> None:
    """Beyond twenty sets the number of origins is one that is surely reached, and says so."""
    many = [claim(f"m{n:03}", "stolen") for n in range(21)]
    (theft,) = findings_of(conclusions_of(items=[item()], claims=many), "theft")
    (few,) = findings_of(conclusions_of(items=[item()], claims=many[:20]), "theft")

    assert "at least" in theft.reason
    assert "at least" not in few.reason

import pytest
from tests.custody.worlds import Cells, claim, conclusions_of, evidence, findings_of, item, link

from headstamp.custody.accounts import denies, find_incompatible
from headstamp.custody.events import Reach, event_key
from headstamp.custody.grading import Grading
from headstamp.custody.holders import Parties
from headstamp.custody.support import GIVEN
from headstamp.custody.tellings import live_tellings


def pair(one: Cells, other: Cells) -> tuple[Reach, Reach, Parties]:
    """Return two claims as they reach their item, and the parties."""
    given = evidence(claims=[claim("c1", **one), claim("c2", **other)])
    tellings = live_tellings(Grading(given)).values()
    first, second = (Reach(telling=t, crossing=GIVEN, key=event_key(t)) for t in tellings)
    return first, second, given.parties


@pytest.mark.parametrize(
    ("denial", "is_denial"),
    [
        ({}, True),
        ({"to_party": "xc"}, True),
        ({"from_party": "xb_army", "to_party": "xc_army"}, True),
        ({"on": "2015"}, True),
        ({"on": "2015-06-01"}, True),
        ({"on": "2016"}, False),
        ({"to_party": "xg"}, False),
        ({"from_party": "xa"}, False),
        ({"verb": "sold"}, False),
        ({"subject_id": "i2"}, False),
        ({"stance": "affirms"}, False),
    ],
)
def test_what_a_denial_is_of(denial: Cells, is_denial: bool) -> None:  # noqa: FBT001 - a table
    """Verb and subject are equal, the parties it names agree, and the dates share a day."""
    told = {"verb": "transferred", "from_party": "xb", "to_party": "xc", "on": "2015-06-01"}
    first, second, parties = pair({"verb": "transferred", "stance": "denies", **denial}, told)

    assert denies(first, second, parties) is is_denial
    assert not denies(second, first, parties)


def test_a_denial_that_names_more_than_was_told_is_of_something_else() -> None:
    """That XB gave it to XC is denied; that XB gave it to somebody is not."""
    first, second, parties = pair(
        {"verb": "transferred", "stance": "denies", "from_party": "xb", "to_party": "xc"},
        {"verb": "transferred", "from_party": "xb"},
    )

    assert not denies(first, second, parties)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        # Two holders on one day when both must hold.
        ({"verb": "seen", "to_party": "xb", "on": "2015-06-01"},
         {"verb": "held", "to_party": "xg", "on": "2015-06-01"}, "two_places"),
        ({"verb": "seen", "to_party": "xb", "on": "2015-06"},
         {"verb": "held", "to_party": "xg", "on": "2015-06-01"}, None),
        ({"verb": "seen", "to_party": "xb", "on": "2015-06-01?"},
         {"verb": "held", "to_party": "xg", "on": "2015-06-01"}, None),
        ({"verb": "seen", "to_party": "xb", "on": "2015-06-01"},
         {"verb": "held", "to_party": "xb_army", "on": "2015-06-01"}, None),
        ({"verb": "seen", "to_party": "xb", "on": "2015-06-01"},
         {"verb": "recovered", "from_party": "xg", "on": "2015-06-01"}, None),
        # Two transfers by one party to unrelated receivers.
        ({"verb": "transferred", "from_party": "xb", "to_party": "xc", "on": "2015"},
         {"verb": "delivered", "from_party": "xb_army", "to_party": "xg", "on": "2015-06"},
         "two_receivers"),
        ({"verb": "transferred", "from_party": "xb", "to_party": "xc"},
         {"verb": "transferred", "from_party": "xb", "to_party": "xg"}, "two_receivers"),
        ({"verb": "transferred", "from_party": "xb", "to_party": "xc", "on": "2014"},
         {"verb": "transferred", "from_party": "xb", "to_party": "xg", "on": "2015"}, None),
        ({"verb": "transferred", "from_party": "xb", "to_party": "xc"},
         {"verb": "transferred", "from_party": "xa", "to_party": "xg"}, None),
        ({"verb": "transferred", "from_party": "xb", "to_party": "xc"},
         {"verb": "transferred", "from_party": "xb"}, None),
        ({"verb": "transferred", "from_party": "xb", "to_party": "xc"},
         {"verb": "stolen", "from_party": "xb", "to_party": "xg"}, None),
        # A denial.
        ({"verb": "seen", "to_party": "xb", "stance": "denies"},
         {"verb": "seen", "to_party": "xb"}, "denial"),
        ({"verb": "seen", "to_party": "xb", "stance": "denies", "on": "2015-06-01"},
         {"verb": "held", "to_party": "xg", "on": "2015-06-01"}, None),
    ],
)  # fmt: skip
def test_what_cannot_both_be_true(one: Cells, other: Cells, kind: str | None) -> None:
    """The three kinds of REASONING.md section 5, and what only looks like them; both ways."""
    first, second, parties = pair(one, other)

    for reaches in ((first, second), (second, first)):
        found = find_incompatible(reaches, parties, of_item=True)
        assert [clash.kind for clash in found] == ([kind] if kind else [])


def test_a_consignment_may_be_in_two_places() -> None:
    """Only what is denied is incompatible of a consignment, which has many parts."""
    first, second, parties = pair(
        {"verb": "seen", "to_party": "xb", "on": "2015-06-01"},
        {"verb": "held", "to_party": "xg", "on": "2015-06-01"},
    )

    assert find_incompatible((first, second), parties, of_item=False) == ()


def test_a_denial_of_one_row_is_of_the_object_in_another() -> None:
    """Two rows judged the same are one subject, whose accounts a denial splits."""
    concluded = conclusions_of(
        items=[item(), item("i2")],
        claims=[
            claim("c1", "stolen", from_party="xb", source_id="n1", credibility=3),
            claim("c2", "stolen", from_party="xb", subject_id="i2", stance="denies"),
        ],
        links=[link("i1", "item", "i2", "same")],
    )
    (theft,) = findings_of(concluded, "theft")

    assert theft.contested
    assert "c2" in theft.reason
    assert len(findings_of(concluded, "contradiction")) == 1

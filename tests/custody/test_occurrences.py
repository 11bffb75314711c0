import pytest
from tests.custody.worlds import (
    Cells,
    Rows,
    claim,
    conclusions_of,
    consignment,
    findings_of,
    item,
    link,
    of_consignment,
)

from headstamp.terms.finding import Finding


def told(kind: str, *claims: Cells, **more: Rows) -> list[Finding]:
    """Return the findings of one kind about item i1."""
    return findings_of(conclusions_of(**{"items": [item()], **more}, claims=claims), kind)


@pytest.mark.parametrize(
    ("verb", "kind"),
    [("lost", "loss"), ("stolen", "theft"), ("captured", "capture"), ("defected", "defection")],
)
def test_what_was_taken_is_a_finding_as_claimed(verb: str, kind: str) -> None:
    """Of the item or the consignment it was said of; of a party in general it stays a claim."""
    rows = {"consignments": [consignment()], "links": [link("i1", "consignment", "k1", "same")]}
    cells = {"from_party": "xb", "to_party": "xg", "on": "2015", "hedge": "it seems"}
    of_party = claim("c1", verb, **{**cells, "subject_kind": "party", "subject_id": "xb"})
    (own,) = told(kind, claim("c1", verb, **cells))
    (whole,) = told(kind, of_consignment("c1", verb, **{**cells, "extent": "all"}), **rows)

    assert (own.subject_id, own.parties, own.rests_on) == ("i1", ("xb", "xg"), (("c1",),))
    assert (whole.subject_kind, whole.subject_id) == ("consignment", "k1")
    assert '"it seems"' in own.reason
    assert told(kind, of_party, **rows) == []


def test_surrender_and_seizure_are_no_findings_of_their_own() -> None:
    """They are legs of the chain."""
    found = conclusions_of(
        items=[item()], claims=[claim("c1", "surrendered"), claim("c2", "seized", on="2015")]
    )

    assert found.findings == ()


def test_custody_that_no_transfer_explains_rests_on_each_that_shows_it() -> None:
    """Two sightings with the group: either suffices, and they are two origins."""
    (found,) = told(
        "unauthorised_end_user",
        claim(
            "c1", "seen", to_party="xg", on="2015", source_id="n1", credibility=3, basis="inspected"
        ),
        claim("c2", "recovered", from_party="xg", on="2016", source_id="o2"),
    )

    assert found.rests_on == (("c1",), ("c2",))
    assert (found.origins, found.standing, found.parties) == (2, "corroborated", ("xg",))
    assert found.to_event == "seen"


def test_a_transfer_on_record_explains_custody() -> None:
    """With it there is no such finding; a theft explains nothing."""
    seen = claim("c1", "seen", to_party="xg", on="2016")
    given = claim("c2", "transferred", from_party="xb", to_party="xg", on="2015")
    taken = claim("c2", "stolen", from_party="xb", to_party="xg", on="2015")

    assert told("unauthorised_end_user", seen, given) == []
    assert len(told("unauthorised_end_user", seen, taken)) == 1
    assert told("unauthorised_end_user", claim("c1", "seen", to_party="xb")) == []


@pytest.mark.parametrize(
    ("gone", "again", "appears"),
    [
        ({"verb": "recovered"}, {"verb": "seen"}, True),
        ({"verb": "stolen"}, {"verb": "recovered"}, True),
        ({"verb": "destroyed"}, {"verb": "held"}, True),
        ({"verb": "seized"}, {"verb": "recovered"}, True),
        ({"verb": "stolen"}, {"verb": "transferred"}, False),
        ({"verb": "captured"}, {"verb": "seen"}, False),
        ({"verb": "stolen", "on": "2014?"}, {"verb": "seen"}, False),
        ({"verb": "stolen", "on": "2015-03"}, {"verb": "seen", "on": "2015"}, False),
        ({"verb": "stolen", "on": "2016"}, {"verb": "seen"}, False),
    ],
)
def test_what_appears_again(gone: Cells, again: Cells, appears: bool) -> None:  # noqa: FBT001 - a table
    """A sighting or recovery that surely follows a recovery, loss, theft or destruction."""
    found = told(
        "reappearance",
        claim("c1", **{"on": "2014", **gone}),
        claim("c2", **{"on": "2015", **again}),
    )

    assert [f.rests_on for f in found] == ([(("c1", "c2"),)] if appears else [])


def test_another_part_of_a_consignment_does_not_appear_again() -> None:
    """What was seized was a part, and what was seen later another."""
    rows = {"consignments": [consignment()]}
    seized = of_consignment("c1", "seized", on="2014", extent="some")
    seen = of_consignment("c2", "seen", to_party="xg", on="2015", extent="some")

    assert told("reappearance", seized, seen, **rows) == []


def test_items_of_one_consignment() -> None:
    """Two or more tied by links that carry custody, all of which the finding needs."""
    ties = [link(f"i{n}", "consignment", "k1", "part_of", basis=["in_line"]) for n in (1, 2)]
    weak = link("i3", "consignment", "k1", "same_lot")
    rows = {"items": [item(), item("i2"), item("i3")], "consignments": [consignment()]}
    (found,) = told("same_consignment", **rows, links=[*ties, weak])

    assert found.rests_on == (
        ("consignment:k1", "link:i1:consignment:k1", "link:i2:consignment:k1"),
    )
    assert "in_line" in found.reason
    assert told("same_consignment", **rows, links=[ties[0], weak]) == []


@pytest.mark.parametrize(
    ("one", "other", "n_found"),
    [
        ({"source_id": "n1"}, {"source_id": "o1"}, 1),
        ({"source_id": "n1"}, {"source_id": "n1"}, 0),
        ({"source_id": "p1", "relays": ["n1"]}, {"source_id": "o1", "relays": ["n1"]}, 0),
        ({"source_id": "p1"}, {"source_id": "p2"}, 0),
    ],
)
def test_contradictions_are_between_origins(one: Cells, other: Cells, n_found: int) -> None:
    """One origin that says both, or two that are not disclosed, contradict nobody."""
    found = told(
        "contradiction",
        claim("c1", "stolen", from_party="xb", **one),
        claim("c2", "stolen", from_party="xb", stance="denies", **other),
    )

    assert [f.rests_on for f in found] == [(("c1", "c2"),)] * n_found


def test_one_contradiction_per_pair_of_events_with_all_who_tell_it() -> None:
    """Two that affirm and one that denies: one finding, either pair suffices."""
    (found,) = told(
        "contradiction",
        claim("c1", "stolen", from_party="xb", source_id="n1"),
        claim("c2", "stolen", from_party="xb", source_id="o1"),
        claim("c3", "stolen", from_party="xb", source_id="f1", stance="denies"),
    )

    assert found.rests_on == (("c1", "c3"), ("c2", "c3"))
    assert not found.contested

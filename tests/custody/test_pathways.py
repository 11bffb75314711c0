import pytest
from tests.custody.worlds import Cells, claim, conclusions_of, findings_of, item

from headstamp.reference.tables import pathway_rules
from headstamp.terms.conclusions import Conclusions

HELD = claim("c1", "delivered", from_party="xa", to_party="xb", on="2014-06-01", source_id="n1")
FOUND = claim("c9", "recovered", from_party="xg", on="2016-06-01")
SENTENCE = "The available evidence does not show how the item passed from XB to Group XG."


def concluded(*claims: Cells) -> Conclusions:
    """Return what follows for an item delivered to XB and recovered from XG."""
    return conclusions_of(items=[item()], claims=[HELD, *claims, FOUND])


def states(*claims: Cells) -> dict[str, str]:
    """Return the pathways that are not merely open."""
    found = concluded(*claims).pathways
    return {one.pathway: one.state for one in found if one.state != "not_excluded"}


def said(verb: str, **cells: object) -> Cells:
    """Return a fair claim of what happened between XB and XG."""
    ends = {"from_party": "xb", "to_party": "xg", "on": "2015-06-01"}
    return claim("c2", verb, **{**ends, "source_id": "n1", "credibility": 3, **cells})


def test_every_pathway_is_listed_and_none_is_ranked() -> None:
    """In the order of the table, each with what would decide; with several open, the sentence."""
    found = concluded()
    (window,) = findings_of(found, "diversion_window")

    assert [one.pathway for one in found.pathways] == [rule.pathway for rule in pathway_rules()]
    assert {one.finding_id for one in found.pathways} == {window.finding_id}
    assert {one.item_id for one in found.pathways} == {"i1"}
    assert all(one.decided_by for one in found.pathways)
    assert SENTENCE in window.reason


@pytest.mark.parametrize(
    ("told", "supported"),
    [
        (said("captured"), {"battlefield_capture"}),
        (said("stolen"), {"theft_or_loss_from_stock"}),
        (said("lost", to_party="xg"), {"theft_or_loss_from_stock"}),
        (claim("c2", "stolen", from_party="xb", on="2015-06-01", credibility=3),
         {"theft_or_loss_from_stock"}),
        (said("defected"), {"defection_or_merger"}),
        (said("surrendered"), {"surrender"}),
        (said("transferred"), {"state_supply_direct"}),
        (said("sold"), {"state_supply_direct"}),
        (said("sold", from_party="xb_trade"), {"commercial_purchase"}),
        (said("captured", credibility=4), set()),
        (said("captured", subject_kind="party", subject_id="xg"), set()),
        (said("captured", to_party="xc"), set()),
        (said("captured", stance="denies"), set()),
    ],
)  # fmt: skip
def test_which_pathway_a_claim_supports(told: Cells, supported: set[str]) -> None:
    """A claim at least fair that says it of this item; of a group in general it is not applied."""
    assert {path for path, state in states(told).items() if state == "supported"} == supported


def test_what_is_documented_before_excludes() -> None:
    """Seen with the group before the battle said to explain it; a mere report excludes nothing."""
    fought = said("captured", on="2015-06-01")
    seen = claim("c3", "seen", to_party="xg", on="2015-01-01")
    hearsay = {**seen, "source_id": "n1"}
    (window,) = findings_of(concluded(fought, seen), "diversion_window")

    assert states(fought, seen)["battlefield_capture"] == "excluded"
    assert states(fought, hearsay)["battlefield_capture"] == "supported"
    assert states(fought, {**seen, "on": "2015"})["battlefield_capture"] == "supported"
    assert "cannot be true with c3" in window.reason


def test_a_documented_delivery_excludes_leakage_before_it() -> None:
    """A delivery that is only reported does not."""
    documented = conclusions_of(items=[item()], claims=[{**HELD, "source_id": "o1"}, FOUND])
    excluded = {one.pathway for one in documented.pathways if one.state == "excluded"}

    assert excluded == {"leakage_before_delivery"}
    assert states() == {}


def test_misidentification_is_never_excluded() -> None:
    """*Not this chain* and *unknown* stay open whatever is claimed."""
    told = [said("captured"), claim("c3", "seen", to_party="xg", on="2015-01-01")]
    found = {one.pathway: one.state for one in concluded(*told).pathways}

    assert (found["not_this_chain"], found["unknown"]) == ("not_excluded", "not_excluded")

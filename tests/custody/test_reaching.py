import pytest
from tests.custody.worlds import (
    Cells,
    Rows,
    claim,
    consignment,
    evidence,
    item,
    link,
    of_consignment,
)

from headstamp.custody.grading import Grading
from headstamp.custody.linking import Links
from headstamp.custody.reaching import Reached, Tellings
from headstamp.custody.support import in_order
from headstamp.custody.tellings import live_tellings

TIED = [link("i1", "consignment", "k1", "part_of")]


def reached(claims: list[Cells], links: list[Cells] = TIED, **more: Rows) -> Reached:
    """Return what reaches item i1."""
    given = evidence(
        **{"items": [item(), item("i2")], "consignments": [consignment()], **more},
        claims=claims,
        links=links,
    )
    grading = Grading(given)
    return Tellings(live_tellings(grading), Links(grading)).reaching(("item", "i1"))


@pytest.mark.parametrize(
    ("verb", "cells", "inherits"),
    [
        ("exported", {}, True),
        ("shipped", {"extent": "unknown"}, True),
        ("delivered", {"from_party": "xa"}, True),
        ("sold", {"extent": "all"}, True),
        ("exported", {"extent": "some"}, False),
        ("delivered", {"extent": "number"}, False),
        ("delivered", {"from_party": "xb"}, False),
        ("delivered", {"from_party": "xb", "extent": "all"}, True),
        ("transferred", {}, False),
        ("transferred", {"extent": "all"}, True),
        ("captured", {}, False),
        ("captured", {"extent": "all"}, False),
        ("lost", {"extent": "all"}, False),
        ("seen", {"extent": "all"}, False),
        ("recovered", {"extent": "all"}, False),
    ],
)
def test_what_an_item_inherits(verb: str, cells: Cells, inherits: bool) -> None:  # noqa: FBT001 - a table
    """The exporter's supply, and transfers of the whole; what befell it later stands beside."""
    found = reached([of_consignment("c1", verb, **cells)])

    assert [r.telling.atom for r in found.reaches] == (["c1"] if inherits else [])
    assert [t.atom for t in found.beside] == ([] if inherits else ["c1"])


def test_what_is_inherited_rests_on_the_link() -> None:
    """The consignment's claim crosses the link, the item's own crosses nothing."""
    found = reached([of_consignment("c1", "exported"), claim("c2", "seen")])
    crossings = {r.telling.atom: in_order(r.crossing) for r in found.reaches}

    assert crossings == {
        "c1": (("consignment:k1", "link:i1:consignment:k1"),),
        "c2": ((),),
    }


def test_two_ways_into_one_consignment_are_one_telling() -> None:
    """Linked itself and through a row judged the same, the item inherits each claim once."""
    more = [*TIED, link("i2", "consignment", "k1", "same"), link("i1", "item", "i2", "same")]
    found = reached([of_consignment("c1", "exported")], more)
    (reach,) = found.reaches

    assert in_order(reach.crossing) == (
        ("consignment:k1", "link:i1:consignment:k1"),
        ("consignment:k1", "link:i1:item:i2", "link:i2:consignment:k1"),
    )


def test_claims_about_either_row_reach_the_object_under_one_key() -> None:
    """So that two sightings of one object on one day are one event."""
    found = reached(
        [claim("c1", "seen", to_party="xg"), claim("c2", "seen", to_party="xg", subject_id="i2")],
        [link("i1", "item", "i2", "same")],
    )

    assert {r.key for r in found.reaches} == {("seen", "item", "i1", "", "xg")}
    assert found.subjects == {("item", "i1"), ("item", "i2")}


def test_nothing_crosses_what_nobody_judged_to_be_so() -> None:
    """Without a link in force nothing of the consignment reaches the item."""
    for verdict in ("unsure", "not_same", "same_lot", "same_supply"):
        ties = [link("i1", "consignment", "k1", verdict)]
        assert reached([of_consignment("c1", "exported")], ties).reaches == ()


def test_denials_are_kept_apart() -> None:
    """What is denied supports nothing and reaches the subject all the same."""
    found = reached([claim("c1", "seen"), claim("c2", "seen", stance="denies")])

    assert [r.telling.atom for r in found.reaches] == ["c1"]
    assert [r.telling.atom for r in found.denials] == ["c2"]

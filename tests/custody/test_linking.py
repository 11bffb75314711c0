import pytest
from tests.custody.worlds import (
    Cells,
    Rows,
    claim,
    consignment,
    evidence,
    item,
    judged,
    link,
    withdraw,
)

from headstamp.custody.grading import Grading
from headstamp.custody.linking import Links
from headstamp.custody.support import in_order

ROWS = {
    "items": [item(), item("i2"), item("i3")],
    "consignments": [consignment(), consignment("k2")],
    "claims": [claim("c1", "stolen"), claim("c2", "stolen"), claim("c3", "stolen")],
}
K1 = "link:i1:consignment:k1"


def links_of(*links: Cells, gone: tuple[tuple[str, str], ...] = (), **more: Rows) -> Links:
    """Return what these links tie together."""
    given = evidence(**{**ROWS, "links": links, **more})
    return Links(Grading(withdraw(given, *gone)))


def test_every_way_of_tying_two_rows_is_kept() -> None:
    """Directly and through a third row: either suffices, whichever stands first in the file."""
    ties = [
        link("i1", "item", "i2", "same"),
        link("i2", "item", "i3", "same"),
        link("i1", "item", "i3", "same"),
    ]
    ways = (("link:i1:item:i3",), ("link:i1:item:i2", "link:i2:item:i3"))

    for order in (ties, ties[::-1]):
        links = links_of(*order)
        assert in_order(links.same_objects("i1")["i3"]) == ways
        assert in_order(links.same_objects("i3")["i1"]) == ways


def test_a_dense_web_of_links_is_no_endless_search() -> None:
    """Ten rows each judged the same as every other are one object, and found at once."""
    names = [f"i{n}" for n in range(10)]
    ties = [link(a, "item", b, "same") for a in names for b in names if a < b]
    links = links_of(*ties, items=[item(name) for name in names])

    assert set(links.same_objects("i0")) == set(names)


@pytest.mark.parametrize(
    ("verdict", "carries"),
    [
        ("same", True),
        ("part_of", True),
        ("same_lot", False),
        ("same_supply", False),
        ("not_same", False),
        ("unsure", False),
    ],
)
def test_which_verdicts_carry_custody(verdict: str, carries: bool) -> None:  # noqa: FBT001 - a table
    """The others are listed and tie nothing; one lot is an indication beside."""
    links = links_of(link("i1", "consignment", "k1", verdict), link("i1", "item", "i2", verdict))

    assert [m.other_id for m in links.consignments_of("i1")] == (["k1"] if carries else [])
    assert [m.other_id for m in links.lots_of("i1")] == (["k1"] if verdict == "same_lot" else [])
    assert set(links.same_objects("i1")) == ({"i1", "i2"} if verdict == "same" else {"i1"})
    assert [state.state for state in links.states] == [verdict, verdict]


def test_the_consignments_of_one_row_are_those_of_the_object() -> None:
    """Through a row judged the same, with what ties the rows in the set."""
    links = links_of(link("i1", "item", "i2", "same"), link("i2", "consignment", "k1", "part_of"))
    (member,) = links.consignments_of("i1")

    assert in_order(member.support) == (
        ("consignment:k1", "link:i1:item:i2", "link:i2:consignment:k1"),
    )


def test_the_latest_judgement_of_a_person_is_in_force() -> None:
    """A rule yields to a person, earlier or later; withdrawing it opens the package's own again."""
    package = link("i1", "consignment", "k1", "same")
    person, rule = judged(K1, "not_same", seq=1), judged(K1, "part_of", seq=2, by="rule:x@1")
    again = judged(K1, "unsure", seq=3)

    def state(*judgements: object, gone: tuple[tuple[str, str], ...] = ()) -> tuple[str, object]:
        (found,) = links_of(package, gone=gone, judgements=judgements).states
        return found.state, found.atoms

    assert state() == ("same", (K1,))
    assert state(rule) == ("part_of", ("j-2", K1))
    assert state(person, rule) == ("not_same", ("j-1", K1))
    assert state(person, rule, again) == ("unsure", ("j-3", K1))
    assert state(person, again, gone=(("judgements", "j-3"),)) == ("same", (K1,))


@pytest.mark.parametrize(
    ("cells", "by", "is_strong", "is_indication"),
    [
        ({}, "Amina", True, False),
        ({"basis": ["in_line", "same_lot"]}, "Amina", True, False),
        ({"basis": ["same_lot"]}, "Amina", False, True),
        ({"basis": ["sister_lot", "same_packing"]}, "Amina", False, True),
        ({"basis": ["near_serial"]}, "Amina", False, True),
        ({"source_id": "n2"}, "Amina", False, False),
        ({}, "rule:lots@1", False, False),
    ],
)
def test_what_makes_a_link_strong(
    cells: Cells,
    by: str,
    is_strong: bool,  # noqa: FBT001 - a table
    is_indication: bool,  # noqa: FBT001 - a table
) -> None:
    """Judged by a person, on more than an indication, and by a strong source."""
    judgement = judged(K1, "same", by=by)
    links = links_of(link("i1", "consignment", "k1", "same", **cells), judgements=[judgement])
    (member,) = links.consignments_of("i1")

    assert (member.is_judged_strong, member.is_indication) == (is_strong, is_indication)


def test_a_link_to_what_is_no_longer_on_record_ties_nothing() -> None:
    """Its row or either of its ends withdrawn, it is not listed."""
    one = link("i1", "consignment", "k1", "same", source_id="n1")

    for gone in (
        ("links", "i1:consignment:k1"),
        ("consignments", "k1"),
        ("items", "i1"),
        ("sources", "n1"),
    ):
        assert links_of(one, gone=(gone,)).states == ()


@pytest.mark.parametrize("turned", [False, True])
def test_claims_judged_to_be_of_one_event_go_by_the_first(turned: bool) -> None:  # noqa: FBT001 - both ways
    """Through others too, whichever way round and in whatever order the links are written."""
    ties = [link("c2", "event", "c3", "same"), link("c1", "event", "c3", "same")]
    if turned:
        ties = [link("c3", "event", "c1", "same"), link("c3", "event", "c2", "same")]
    links = links_of(*ties)

    assert {links.event_of(f"c{n}")[0] for n in (1, 2, 3)} == {"c1"}
    assert len(next(iter(links.event_of("c2")[1]))) == 2
    assert in_order(links.event_of("c1")[1]) == ((),)


def test_consignments_by_verdict_and_events_judged_apart() -> None:
    """An unsure link puts nothing into it; two claims judged not the same are of two events."""
    ties = [
        link("i1", "consignment", "k1", "same"),
        link("i2", "consignment", "k1", "part_of"),
        link("i3", "consignment", "k1", "unsure"),
        link("c1", "event", "c2", "not_same"),
    ]
    links = links_of(*ties)

    assert [item for item in ("i1", "i2", "i3") if links.consignments_of(item)] == ["i1", "i2"]
    assert links.parted_events == {frozenset({"c1", "c2"})}

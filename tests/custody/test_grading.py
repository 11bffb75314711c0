import pytest
from tests.custody.worlds import PARTIES, SOURCES, claim, evidence, item, withdraw

from headstamp.custody.grading import Grading
from headstamp.terms.conclusions import UNDISCLOSED

NAMED = {"source_id": "w1", "kind": "interview", "publisher": "W-07", "reliability": "B"}
UNNAMED = {"source_id": "w2", "kind": "interview", "reliability": "B"}


@pytest.mark.parametrize(
    ("source_id", "relays", "origin"),
    [
        ("f1", [], "f1"),
        ("n1", [], "n1"),
        ("s1", [], "s1"),
        ("w1", [], "w1"),
        ("w2", [], UNDISCLOSED),
        ("p1", [], UNDISCLOSED),
        ("p1", ["n1"], "n1"),
        ("n1", ["p1"], UNDISCLOSED),
        ("p1", ["p2", "n1"], "n1"),
    ],
)
def test_the_origin_is_the_end_of_the_relays(
    source_id: str, relays: list[str], origin: str
) -> None:
    """Press and unnamed people that relay nobody do not disclose where they have it from."""
    told = claim("c1", "seen", source_id=source_id, relays=relays)
    grading = Grading(evidence(sources=[*SOURCES, NAMED, UNNAMED], claims=[told]))
    known = grading.graded["claims", "c1"]

    assert (known.lineage, known.origin) == ((source_id, *relays), origin)
    assert (UNDISCLOSED in grading.atoms["c1"].lineage) is (origin == UNDISCLOSED)


def test_a_lineage_follows_on_through_a_relay_that_retells_the_statement() -> None:
    """Where the relayed source itself has it from another, that one is in the lineage too."""
    claims = [
        claim("c1", "seen", source_id="p1", relays=["p2"], statement="t1"),
        claim("c2", "seen", source_id="p2", relays=["n1"], statement="t1"),
        claim("c3", "seen", source_id="p1", relays=["p2"], statement="t2"),
    ]
    grading = Grading(evidence(claims=claims))

    assert grading.graded["claims", "c1"].lineage == ("p1", "p2", "n1")
    assert grading.graded["claims", "c3"].lineage == ("p1", "p2")


def test_a_relay_with_two_lines_hands_on_both_whatever_the_order_of_rows() -> None:
    """What relays it holds both in its lineage; each of its own rows goes by its own relays."""
    claims = [
        claim("c1", "seen", source_id="p2", relays=["n1"], statement="t1"),
        claim("c2", "seen", source_id="p2", relays=["n2"], statement="t1"),
        claim("c3", "seen", source_id="p1", relays=["p2"], statement="t1"),
    ]
    for rows in (claims, claims[::-1]):
        graded = Grading(evidence(claims=rows)).graded
        lineages = [graded["claims", f"c{n}"].lineage for n in (1, 2, 3)]
        assert lineages == [("p2", "n1"), ("p2", "n2"), ("p1", "p2", "n1", "n2")]


@pytest.mark.parametrize(
    ("source_id", "relays", "credibility", "grade"),
    [
        ("f1", [], 2, "strong"),
        ("f1", [], 3, "fair"),
        ("o2", [], 2, "fair"),
        ("f1", [], 4, "weak"),
        ("n2", [], 2, "weak"),
        ("f1", [], 6, "unjudged"),
        ("f1", [], None, "unjudged"),
        ("p2", [], 4, "unjudged"),
        ("f1", [], 5, "poor"),
        ("e1", [], 6, "poor"),
        ("f1", ["n2"], 2, "weak"),
        ("f1", ["n2", "p2"], 2, "unjudged"),
        ("f1", ["p2", "e1"], 2, "poor"),
    ],
)
def test_the_class_goes_by_the_lowest_in_the_lineage(
    source_id: str, relays: list[str], credibility: int | None, grade: str
) -> None:
    """Poor comes before unjudged, and unjudged before what is known to be weak."""
    told = claim("c1", "seen", source_id=source_id, relays=relays, credibility=credibility)
    grading = Grading(evidence(claims=[told]))

    assert grading.graded["claims", "c1"].grade == grade


@pytest.mark.parametrize(
    ("source_id", "relays", "grade"),
    [("f1", [], "strong"), ("o2", [], "fair"), ("n1", [], "unjudged"), ("f1", ["f2"], "unjudged")],
)
def test_an_items_row_without_credibility_goes_by_its_source(
    source_id: str, relays: list[str], grade: str
) -> None:
    """Documentary sources that relay nobody give 2, all others 6."""
    row = item(recovered_on="2015", source_id=source_id, relays=relays)
    grading = Grading(evidence(items=[row, item("i2")]))

    assert grading.atoms["item:i1"].grade == grade
    assert grading.atoms["item:i2"].grade is None


def test_a_row_falls_with_any_source_of_its_lineage() -> None:
    """Withdrawing the origin withdraws what relays it, and only that."""
    claims = [
        claim("c1", "seen", source_id="p1", relays=["p2", "n1"]),
        claim("c2", "seen", source_id="p1"),
    ]
    grading = Grading(withdraw(evidence(claims=claims), ("sources", "n1")))

    assert not grading.is_live("claims", "c1")
    assert grading.is_live("claims", "c2")
    assert set(grading.live("claims")) == {"c2"}
    assert not grading.is_live("claims", "nowhere")


def test_first_hand_is_seen_inspected_or_named_testimony() -> None:
    """Unnamed testimony, relayed testimony and a document only described are not first-hand."""
    claims = [
        claim("seen", "exported", source_id="n1", document_id="d1"),
        claim("described", "exported", source_id="n1", document_id="d2"),
        claim("inspected", "seen", source_id="n1", basis="inspected"),
        claim("named", "seen", source_id="w1", basis="testimony"),
        claim("unnamed", "seen", source_id="w2", basis="testimony"),
        claim("relayed", "seen", source_id="n1", relays=["w1"], basis="testimony"),
        claim("inferred", "seen", source_id="n1", basis="inference"),
    ]
    documents = [
        {"document_id": "d1", "seen": "extract", "source_id": "o1"},
        {"document_id": "d2", "seen": "described", "source_id": "o1"},
    ]
    items = [item(inspection="seen"), item("i2", inspection="video")]
    grading = Grading(
        evidence(
            sources=[*SOURCES, NAMED, UNNAMED], claims=claims, documents=documents, items=items
        )
    )

    told = [atom for atom in grading.atoms if not atom.startswith("document:")]
    first_hand = {atom for atom in told if grading.atoms[atom].is_first_hand}

    assert first_hand == {"seen", "inspected", "named", "item:i1"}


def test_own_conduct_is_told_by_id_name_or_alias() -> None:
    """The publisher is found however it is written; the deeds of others are not its own."""
    parties = [*PARTIES, {"party_id": "xd", "name": "XD", "aliases": ["Republic of XD"]}]
    sources = [
        {"source_id": f"t{n}", "kind": "party_statement", "publisher": publisher}
        for n, publisher in enumerate(("xd", "XD", "Republic of XD", "somebody"))
    ]
    claims = [claim(f"c{n}", "transferred", source_id=f"t{n}", from_party="xd") for n in range(4)]
    others = claim("c9", "transferred", source_id="t0", from_party="xb", to_party="xc")
    grading = Grading(evidence(parties=parties, sources=sources, claims=[*claims, others]))

    told = [grading.atoms[f"c{n}"].own_conduct_of for n in (0, 1, 2, 3, 9)]

    assert told == ["xd", "xd", "xd", None, None]

import time
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.custody.worlds import SOURCES, Cells, claim, evidence, item, judged, link

from headstamp.custody.grading import Grading
from headstamp.custody.standing import best_class, class_of_set, n_origins, standing_of
from headstamp.custody.support import NOTHING, Support, either, minimal, resting_on
from headstamp.terms.source import SourceKind

N_SOURCES = 6


def graded(*claims: Cells) -> Grading:
    """Return the grading of these claims about one item, with two judgements of its link."""
    judgements = (
        judged("link:i1:consignment:k1", "same", seq=1),
        judged("link:i1:consignment:k1", "same", seq=2, by="rule:lots@abc"),
    )
    return Grading(
        evidence(
            items=[item(inspection="handled")],
            claims=claims,
            links=[link("i1", "consignment", "k1", "same", source_id="n1")],
            judgements=judgements,
        )
    )


def alternatives(*ids: str) -> Support:
    """Return a support of which each id alone suffices."""
    return either(resting_on(one) for one in ids)


lineages = st.lists(
    st.frozensets(st.integers(0, N_SOURCES - 1), min_size=1, max_size=3), min_size=1, max_size=7
)


@given(lineages)
@example([frozenset({0, 1}), frozenset({0, 2}), frozenset({1, 3})])
def test_independent_origins_are_the_largest_packing(drawn: list[frozenset[int]]) -> None:
    """The number is the best that trying every choice of sets finds."""
    sources = [{"source_id": f"s{n}", "kind": "ngo_report"} for n in range(N_SOURCES)]
    claims = [
        claim(f"c{n}", "seen", source_id=f"s{first}", relays=[f"s{s}" for s in rest], credibility=3)
        for n, (first, *rest) in enumerate(sorted(one) for one in drawn)
    ]
    grading = Grading(evidence(sources=sources, items=[], claims=claims))
    tried = [
        chosen
        for size in range(1, len(drawn) + 1)
        for chosen in combinations(drawn, size)
        if all(not a & b for a, b in combinations(chosen, 2))
    ]

    found = n_origins(alternatives(*(f"c{n}" for n in range(len(drawn)))), grading)

    assert found == max(len(chosen) for chosen in tried)


def test_many_independent_origins_are_counted_at_once() -> None:
    """Eighteen origins beside two that share one are no search through all choices."""
    sources = [{"source_id": f"s{n:02}", "kind": "ngo_report"} for n in range(20)]
    claims = [
        claim(f"c{n}", "seen", source_id=f"s{n:02}", relays=["s19"] if n == 18 else [])
        for n in range(20)
    ]
    grading = Grading(evidence(sources=sources, items=[], claims=claims))
    began = time.process_time()

    assert n_origins(alternatives(*(f"c{n}" for n in range(20))), grading) == 19
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    ("kind", "reliability", "credibility", "standing"),
    [
        ("field_documentation", "A", 2, "documented"),
        ("register", "B", 2, "documented"),
        ("field_documentation", "B", 3, "reported"),
        ("field_documentation", "C", 2, "reported"),
        ("ngo_report", "A", 2, "reported"),
        ("press", "A", 2, "reported"),
        ("field_documentation", "F", 2, "reported"),
        ("field_documentation", "A", 6, "reported"),
        ("field_documentation", "E", 2, "doubtful"),
        ("field_documentation", "A", 5, "doubtful"),
    ],
)
def test_one_claim_stands_as_its_source_and_grade_say(
    kind: SourceKind, reliability: str, credibility: int, standing: str
) -> None:
    """Documented takes a documentary source and both grades strong; poor is doubtful."""
    source = {"source_id": "x", "kind": kind, "reliability": reliability}
    told = claim("c1", "seen", source_id="x", credibility=credibility)
    grading = Grading(evidence(sources=[source], claims=[told]))

    assert standing_of(resting_on("c1"), grading) == standing


def test_nothing_is_unsupported() -> None:
    """Without a set there is no standing, no origin and no class."""
    grading = graded()

    assert standing_of(NOTHING, grading) == "unsupported"
    assert n_origins(NOTHING, grading) == 0
    assert best_class(NOTHING, grading) == "poor"


@pytest.mark.parametrize(
    ("one", "other", "standing"),
    [
        ({"source_id": "n1", "basis": "inspected"}, {"source_id": "n3"}, "corroborated"),
        ({"source_id": "n1", "basis": "testimony"}, {"source_id": "n3"}, "corroborated"),
        ({"source_id": "n1", "document_id": "d1"}, {"source_id": "n3"}, "corroborated"),
        ({"source_id": "n1"}, {"source_id": "n3"}, "reported"),
        ({"source_id": "n1", "document_id": "d2"}, {"source_id": "n3"}, "reported"),
        ({"source_id": "n1", "basis": "inference"}, {"source_id": "n3"}, "reported"),
        ({"source_id": "n1", "basis": "inspected"}, {"source_id": "n2"}, "reported"),
        ({"source_id": "n1", "basis": "inspected"}, {"source_id": "p1", "relays": ["n1"]},
         "reported"),
        ({"source_id": "p1", "basis": "inspected"}, {"source_id": "p3"}, "reported"),
    ],
)  # fmt: skip
def test_two_origins_corroborate_where_one_of_them_saw_something(
    one: Cells, other: Cells, standing: str
) -> None:
    """Both must be fair and share no source, and one must rest on something seen."""
    more = (
        {"source_id": "n3", "kind": "ngo_report", "reliability": "C"},
        {"source_id": "p3", "kind": "press", "reliability": "B"},
    )
    grading = Grading(
        evidence(
            sources=[*SOURCES, *more],
            documents=[
                {"document_id": "d1", "seen": "copy", "source_id": "o1"},
                {"document_id": "d2", "seen": "described", "source_id": "o1"},
            ],
            claims=[
                claim("c1", "seen", **{"credibility": 3, **one}),
                claim("c2", "seen", **{"credibility": 3, **other}),
            ],
        )
    )

    assert standing_of(alternatives("c1", "c2"), grading) == standing


def test_three_that_share_a_source_two_by_two_corroborate_nothing() -> None:
    """No source is common to all, and yet no two of them are independent."""
    lines = (("n1", "n3"), ("p1", "n3"), ("p1", "n1"))
    claims = [
        claim(f"c{n}", "seen", source_id=source, relays=[origin], credibility=3, basis="inspected")
        for n, (source, origin) in enumerate(lines)
    ]
    n3 = {"source_id": "n3", "kind": "ngo_report", "reliability": "B"}
    grading = Grading(evidence(sources=[*SOURCES, n3], claims=claims))
    support = alternatives("c0", "c1", "c2")

    assert (n_origins(support, grading), standing_of(support, grading)) == (1, "reported")


def test_a_strong_documentary_shared_part_is_no_common_origin() -> None:
    """Two reports of a transfer stay two beside one certificate, and are one beside hearsay."""
    claims = [
        claim("c1", "seen", source_id="n1", credibility=3, basis="inspected"),
        claim("c2", "seen", source_id="n3", credibility=3),
        claim("cert", "licensed", source_id="o1"),
        claim("talk", "licensed", source_id="n3", credibility=3),
    ]
    n3 = {"source_id": "n3", "kind": "ngo_report", "reliability": "B"}
    grading = Grading(evidence(sources=[*SOURCES, n3], claims=claims))
    certified = minimal(frozenset(one) for one in (("c1", "cert"), ("c2", "cert")))
    talked = minimal(frozenset(one) for one in (("c1", "talk"), ("c2", "talk")))

    assert (n_origins(certified, grading), standing_of(certified, grading)) == (2, "corroborated")
    assert (n_origins(talked, grading), standing_of(talked, grading)) == (1, "reported")


def test_a_party_does_not_document_its_own_conduct_alone() -> None:
    """XB's reply that XB transferred it is reported; a record of another makes it documented."""
    reply = {"source_id": "t1", "kind": "trace_response", "reliability": "A", "publisher": "xb"}
    claims = [
        claim("own", "transferred", source_id="t1", from_party="xb", to_party="xc"),
        claim("else", "transferred", source_id="t1", from_party="xa", to_party="xc"),
        claim("deed", "exported", source_id="o1"),
    ]
    grading = Grading(evidence(sources=[*SOURCES, reply], claims=claims))

    assert standing_of(resting_on("own"), grading) == "reported"
    assert standing_of(resting_on("else"), grading) == "documented"
    assert standing_of(resting_on("own", "deed"), grading) == "documented"


def test_what_a_rule_judged_is_never_more_than_reported() -> None:
    """REASONING.md section 4: a written rule never gives more than *reported*."""
    grading = graded(
        claim("c1", "seen", source_id="f1", basis="inspected"),
        claim("c2", "seen", source_id="f2", basis="inspected"),
    )
    by_rule = minimal(frozenset(one) for one in (("c1", "j-2"), ("c2", "j-2")))
    by_person = minimal(frozenset(one) for one in (("c1", "j-1"), ("c2", "j-1")))

    assert standing_of(by_person, grading) == "documented"
    assert standing_of(by_rule, grading) == "reported"


def test_the_class_of_a_set_is_its_lowest() -> None:
    """Rows that are not graded neither raise nor lower it."""
    grading = graded(
        claim("good", "seen"),
        claim("unknown", "seen", credibility=6),
        claim("bad", "seen", credibility=5),
    )

    assert class_of_set(frozenset({"good", "j-1"}), grading) == "strong"
    assert class_of_set(frozenset({"good", "unknown"}), grading) == "unjudged"
    assert class_of_set(frozenset({"bad", "unknown"}), grading) == "poor"
    assert class_of_set(frozenset({"j-1"}), grading) == "unjudged"
    assert best_class(alternatives("bad", "good"), grading) == "strong"

"""Are the sets exact? Withdrawing, and trying what suffices, against what the sets say."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.custody.worlds import (
    Cells,
    Given,
    casebooks,
    claim,
    consignment,
    evidence,
    item,
    link,
    of_consignment,
    row_of_atom,
    undertaking,
    withdraw,
)

from headstamp.custody.conclude import conclude
from headstamp.terms.conclusions import Conclusions
from headstamp.terms.evidence import Evidence
from headstamp.terms.finding import STANDINGS, Finding

pytestmark = pytest.mark.slow

SOME = settings(max_examples=25)
OUTCOME = ("verdict", "days_min", "days_max", "window_from", "window_to")


def outcome(finding: Finding) -> tuple[object, ...]:
    """Return what a finding concludes, its support aside."""
    return tuple(getattr(finding, column) for column in OUTCOME)


def by_id(concluded: Conclusions) -> dict[str, Finding]:
    """Return the findings by their ids."""
    return {finding.finding_id: finding for finding in concluded.findings}


_LEGS: list[Callable[[str], Cells]] = [
    lambda c: of_consignment(c, "exported", from_party="xa", to_party="xb", on="2014-02-01"),
    lambda c: of_consignment(c, "delivered", from_party="xa", to_party="xb", on="2014-03-01"),
    lambda c: claim(c, "transferred", from_party="xb", to_party="xc", on="2014-06-01"),
    lambda c: claim(c, "captured", from_party="xc", to_party="xg", on="2015-01-01"),
    lambda c: claim(c, "seen", to_party="xg", on="2015-03-01"),
    lambda c: claim(c, "recovered", from_party="xg", on="2015-06-01"),
]


@st.composite
def straight_stories(draw: st.DrawFn) -> Evidence:
    """Draw one item's story, told leg by leg by one to three sources, with nothing in conflict."""
    claims = []
    for n, leg in enumerate(_LEGS):
        for m in range(draw(st.integers(0, 3))):
            said = {
                "source_id": draw(st.sampled_from(["f1", "f2", "o1", "n1", "n2", "p1", "e1"])),
                "credibility": draw(st.sampled_from([2, 3, 4, 5, 6])),
                "basis": draw(st.sampled_from(["inspected", "inference"])),
            }
            claims.append({**leg(f"c{n}{m}"), **said})
    return evidence(
        items=[item()],
        consignments=[consignment()],
        claims=claims,
        undertakings=[undertaking()] if draw(st.booleans()) else [],
        links=[link("i1", "consignment", "k1", "part_of")],
    )


@SOME
@given(straight_stories())
def test_withdrawing_a_claim_deletes_just_the_sets_that_hold_it(rows: Evidence) -> None:
    """Every finding with a set left stays, on just those sets; what has none left falls.

    Where nothing conflicts there is no exception: consents, denials, rival versions and the
    rule for items of no consignment are what else a withdrawal may change, and have tests of
    their own.
    """
    before = conclude(rows)
    kept = {"diversion_window", "unauthorised_end_user"}

    for claim_id in rows.claims:
        after = by_id(conclude(withdraw(rows, ("claims", claim_id))))
        for finding in before.findings:
            left = {one for one in finding.rests_on if claim_id not in one}
            now = after.get(finding.finding_id)
            if left:
                assert now is not None
                assert set(now.rests_on) == left
                assert outcome(now) == outcome(finding)
            elif finding.kind not in kept:
                # A window or a custody may now be shown by another leg, and is recomputed.
                assert now is None or outcome(now) != outcome(finding)


@SOME
@given(straight_stories())
def test_each_set_alone_suffices_and_nothing_less(rows: Evidence) -> None:
    """A set of support is what `conclude` needs, found by trying: all of it, and no more."""
    before = conclude(rows)
    claims = set(rows.claims) | set(rows.undertakings)

    for finding in before.findings:
        one = set(finding.rests_on[0])
        alone = by_id(_left_with(rows, claims & one, claims))
        assert finding.finding_id in alone
        assert outcome(alone[finding.finding_id]) == outcome(finding)
        for atom in claims & one:
            less = by_id(_left_with(rows, (claims & one) - {atom}, claims)).get(finding.finding_id)
            held = less is not None and outcome(less) == outcome(finding)
            assert not (held and less and any(set(s) < one for s in less.rests_on))


def _left_with(rows: Evidence, kept: set[str], claims: set[str]) -> Conclusions:
    return conclude(withdraw(rows, *(row_of_atom(atom, rows) for atom in claims - kept)))


@SOME
@given(straight_stories())
def test_withdrawing_support_never_raises_a_standing(rows: Evidence) -> None:
    """Less to go by is never better known, and what is poor makes no difference to what is not.

    One exception follows from the letter of REASONING.md section 3, by name: of two records
    of one source that stood for one another the last becomes what every set holds, and a
    shared part that is strong and documentary no longer counts as a common origin.
    """
    before = conclude(rows)

    for claim_id in rows.claims:
        after = by_id(conclude(withdraw(rows, ("claims", claim_id))))
        for finding in before.findings:
            now = after.get(finding.finding_id)
            if now is None or outcome(now) != outcome(finding) or _shared(now) > _shared(finding):
                continue
            assert STANDINGS.index(now.standing) >= STANDINGS.index(finding.standing)
            if before.graded["claims", claim_id].grade == "poor":
                assert now.standing == finding.standing


def _shared(finding: Finding) -> set[str]:
    """Return what every set holds."""
    return set.intersection(*(set(one) for one in finding.rests_on))


@SOME
@given(casebooks())
def test_withdrawing_what_every_set_holds_fells_the_finding_or_changes_it(
    given_rows: Given,
) -> None:
    """Whatever conflicts: what rested on it alone does not stand as it was.

    Exceptions, by name: custody and windows that other legs show (recomputed); the link to a
    consignment, without which the first holder that is a state is authorised on record; and
    `impossible_date`, whose pair may be told by another date.
    """
    rows = evidence(**given_rows)
    before = conclude(rows)
    named = {"diversion_window", "unauthorised_end_user", "impossible_date"}

    for claim_id in rows.claims:
        after = by_id(conclude(withdraw(rows, ("claims", claim_id))))
        for finding in before.findings:
            if finding.kind in named or not all(claim_id in one for one in finding.rests_on):
                continue
            now = after.get(finding.finding_id)
            same = now is not None and set(now.rests_on) & set(finding.rests_on)
            assert not same

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.custody.worlds import Cells, consignment, evidence, of_consignment, undertaking

from headstamp.custody.grading import Grading
from headstamp.custody.support import in_order
from headstamp.custody.undertakings import (
    ANY_DAY,
    Judged,
    Passed,
    binding_undertakings,
    judge_transfer,
)
from headstamp.terms.dates import parse_date_span

FIRST = date(2015, 1, 1)
ON = "2015-06-01"
spans = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(sorted)


def days(span: list[int]) -> str:
    """Return these days, counted from the first, as a date."""
    return f"{FIRST + timedelta(days=span[0])}/{FIRST + timedelta(days=span[1])}"


def judged_of(
    promise: Cells,
    consents: tuple[Cells, ...] = (),
    *,
    receiver: str = "xc",
    on: str | None = ON,
    requests: tuple[Cells, ...] = (),
    **more: Any,  # noqa: ANN401 - flags of `Passed`
) -> Judged:
    """Return the verdict on a transfer from XB under one undertaking."""
    rows = [
        {"consent_id": f"n{n}", "undertaking_id": "u1", "given_by": "xa", "source_id": "o1",
         "credibility": 2, "onward_to": ["xc"], **row}
        for n, row in enumerate(consents)
    ]  # fmt: skip
    asked = [{"request_id": f"r{n}", "source_id": "f1", **row} for n, row in enumerate(requests)]
    given_rows = evidence(undertakings=[undertaking(**promise)], consents=rows, requests=asked)
    flags = {"is_sale": False, "is_doubtful": False, "is_indication": False, **more}
    span = parse_date_span(on) if on else ANY_DAY
    passed = Passed(span=span, transferor="xb", receiver=receiver, **flags)
    return judge_transfer(passed, given_rows.undertakings["u1"], Grading(given_rows))


@given(spans, spans)
def test_contravening_takes_an_undertaking_that_came_first_on_every_choice_of_days(
    promised: list[int], passed: list[int]
) -> None:
    """Else it may contravene, as trying every day has it."""
    choices = product(*(range(first, last + 1) for first, last in (promised, passed)))
    is_first = all(one < other for one, other in choices)

    judged = judged_of({"on": days(promised)}, on=days(passed))

    assert judged.verdict == ("contravenes" if is_first else "may_contravene")


@given(spans, spans)
def test_an_undertaking_expired_for_sure_or_perhaps(until: list[int], passed: list[int]) -> None:
    """Consistent where it had expired on every choice of days, may contravene where on some."""
    choices = list(product(*(range(first, last + 1) for first, last in (until, passed))))
    if all(one < other for one, other in choices):
        verdict = "consistent"
    elif any(one <= other for one, other in choices):
        verdict = "may_contravene"
    else:
        verdict = "contravenes"

    judged = judged_of({"on": "2014", "expires_on": days(until)}, on=days(passed))

    assert judged.verdict == verdict


@given(spans, spans)
def test_a_consent_counts_as_its_days_say(consented: list[int], passed: list[int]) -> None:
    """Before for sure: consistent; after for sure: as if there were none; else it may."""
    choices = list(product(*(range(first, last + 1) for first, last in (consented, passed))))
    if all(one < other for one, other in choices):
        verdict = "consistent"
    elif all(one > other for one, other in choices):
        verdict = "contravenes"
    else:
        verdict = "may_contravene"

    promise = {"clause": "no_reexport_without_consent", "on": "2014"}
    judged = judged_of(promise, ({"on": days(consented)},), on=days(passed))

    assert judged.verdict == verdict


@pytest.mark.parametrize(
    ("clause", "verdict"),
    [
        ("no_reexport", "contravenes"),
        ("no_reexport_without_consent", "contravenes"),
        ("notify_only", "cannot_be_determined"),
        ("end_use_only", "cannot_be_determined"),
        ("unknown", "cannot_be_determined"),
        ("none", "consistent"),
    ],
)
def test_the_verdict_of_each_clause(clause: str, verdict: str) -> None:
    """The table of REASONING.md section 6, with the dates all clear."""
    assert judged_of({"clause": clause}).verdict == verdict


@pytest.mark.parametrize(
    ("promise", "more", "verdict"),
    [
        ({}, {"is_sale": True}, "may_contravene"),
        ({}, {"is_indication": True}, "may_contravene"),
        ({}, {"is_doubtful": True}, "cannot_be_determined"),
        ({"clause": "none"}, {"is_doubtful": True}, "cannot_be_determined"),
        ({"clause": "none"}, {"is_sale": True}, "consistent"),
        ({"on": "2014?"}, {}, "may_contravene"),
        ({"on": ON}, {}, "may_contravene"),
    ],
)
def test_what_keeps_a_verdict_from_being_sure(promise: Cells, more: Cells, verdict: str) -> None:
    """A sale, an indication, a doubtful date and the same day only may contravene."""
    assert judged_of(promise, **more).verdict == verdict


@pytest.mark.parametrize(
    ("permits", "receiver", "verdict"),
    [
        (["XC"], "xc_army", "consistent"),
        (["xc"], "xc_army", "consistent"),
        (["state_body"], "xc_army", "consistent"),
        (["XA", "XC"], "xc_army", "consistent"),
        (["XA"], "xc_army", "contravenes"),
        (["xa"], "xc_army", "contravenes"),
        (["state"], "xc_army", "contravenes"),
        (["XA"], "xg", "cannot_be_determined"),
        (["state"], "xg", "contravenes"),
        (["state"], "xu", "cannot_be_determined"),
        (["XA", "state"], "xg", "cannot_be_determined"),
        (["xa"], "unheard", "cannot_be_determined"),
        ([], "xc_army", "cannot_be_determined"),
    ],
)
def test_a_class_that_may_receive(permits: list[str], receiver: str, verdict: str) -> None:
    """Outside for sure only where what the clause names is recorded of the receiver and differs."""
    promise = {"clause": "reexport_to_class", "permits": permits}

    assert judged_of(promise, receiver=receiver).verdict == verdict


@pytest.mark.parametrize(
    ("cells", "receiver", "verdict"),
    [
        ({}, "xc", "consistent"),
        ({}, "xc_army", "consistent"),
        ({"onward_to": ["XC"]}, "xc_army", "consistent"),
        ({"onward_to": ["state_body"]}, "xc_army", "consistent"),
        ({"onward_to": ["xa"]}, "xc_army", "contravenes"),
        ({"given_by": "xa_works"}, "xc", "contravenes"),
        ({"given_by": "xc"}, "xc", "contravenes"),
        ({"given_by": "xb"}, "xc", "contravenes"),
        ({"undertaking_id": "u2"}, "xc", "contravenes"),
        ({"credibility": 5}, "xc", "contravenes"),
        ({"credibility": 6}, "xc", "consistent"),
    ],
)
def test_whose_consent_to_whom(cells: Cells, receiver: str, verdict: str) -> None:
    """Only the undertaking's receiver can consent, and it must name the transfer's."""
    promise = {"clause": "no_reexport_without_consent"}
    consent = {"on": "2014-06-01", **cells}

    assert judged_of(promise, (consent,), receiver=receiver).verdict == verdict


def test_a_consent_joins_the_sets_and_either_of_two_suffices() -> None:
    """Consistent needs one of the consents that came first."""
    promise = {"clause": "no_reexport_without_consent"}
    judged = judged_of(promise, ({"on": "2014-06"}, {"on": "2014-07"}, {"on": "2016"}))

    assert in_order(judged.needs) == (("n0",), ("n1",))


@pytest.mark.parametrize(
    ("requests", "words"),
    [
        ((), "not asked about"),
        (({"addressee": "xa", "about": ["u1"], "outcome": "silent"},), "asked, no answer"),
        (({"addressee": "xa", "about": ["u1"], "outcome": "open"},), "asked, no answer"),
        (({"addressee": "xa", "about": ["k1"], "outcome": "open"},), "not asked about"),
        (({"addressee": "xa", "about": ["u1"], "outcome": "not_in_records"},), "not to exist"),
        (({"addressee": "xa", "about": ["u1"], "outcome": "confirmed"},), "answered"),
        (({"addressee": "xb", "about": ["u1"], "outcome": "silent"},), "not asked about"),
        (({"addressee": "xa", "about": ["u9"], "outcome": "silent"},), "not asked about"),
    ],
)
def test_whether_consent_was_asked_about(requests: tuple[Cells, ...], words: str) -> None:
    """Of the one who could have given it, and of this undertaking or its consignment."""
    promise = {"clause": "no_reexport_without_consent"}

    assert words in judged_of(promise, requests=requests).words


@pytest.mark.parametrize(
    ("promise", "transferor", "binds"),
    [
        ({}, "xb", True),
        ({}, "xb_army", True),
        ({"given_by": "xb_police"}, "xb_army", True),
        ({}, "xb_trade", True),
        ({"given_by": "xb_police"}, "xb_trade", True),
        ({"given_by": "xb_trade"}, "xb_army", False),
        ({"given_by": "xc"}, "xb", False),
        ({"given_by": None}, "xb", False),
        ({"consignment_id": "k2"}, "xb", False),
        ({"consignment_id": None}, "xb", False),
        ({"credibility": 5}, "xb", False),
        ({"credibility": 6}, "xb", True),
        ({"consignment_id": None, "scope": "all_deliveries"}, "xb", True),
        ({"scope": "all_deliveries", "given_to": "xc"}, "xb", False),
    ],
)
def test_which_undertakings_bind(promise: Cells, transferor: str, binds: bool) -> None:  # noqa: FBT001 - a table
    """One body binds its whole state; scope, consignment and grade decide the rest."""
    cells = {name: value for name, value in promise.items() if value is not None}
    rows = undertaking(**cells)
    rows = {name: value for name, value in rows.items() if promise.get(name, value) is not None}
    given_rows = evidence(consignments=[consignment()], undertakings=[rows])
    found = binding_undertakings(given_rows.consignments["k1"], transferor, (), Grading(given_rows))

    assert bool(found) is binds


def test_a_company_is_bound_where_its_state_is_not_on_record_as_a_party() -> None:
    """The country of a body and of a company is enough."""
    parties = [
        {"party_id": "xd_ministry", "kind": "state_body", "country": "XD"},
        {"party_id": "xd_trade", "kind": "broker", "country": "XD"},
        {"party_id": "xe_trade", "kind": "broker", "country": "XE"},
    ]
    promise = undertaking(given_by="xd_ministry")
    given_rows = evidence(parties=parties, consignments=[consignment()], undertakings=[promise])
    grading = Grading(given_rows)

    def binds(transferor: str) -> bool:
        found = binding_undertakings(given_rows.consignments["k1"], transferor, (), grading)
        return bool(found)

    assert [binds(party) for party in ("xd_ministry", "xd_trade", "xe_trade")] == [
        True,
        True,
        False,
    ]


def test_all_deliveries_cover_what_is_shown_to_have_been_sent() -> None:
    """With no exporter on record a claim of the delivery shows it, and joins the set."""
    from headstamp.custody.tellings import live_tellings

    cells = {"consignment_id": "k1", "source_id": "o1"}
    promise = undertaking(scope="all_deliveries")
    sent = of_consignment("c1", "delivered", from_party="xa", to_party="xb_army")
    back = of_consignment("c2", "delivered", from_party="xb", to_party="xa")
    given_rows = evidence(consignments=[cells], undertakings=[promise], claims=[sent, back])
    grading = Grading(given_rows)
    (binding,) = binding_undertakings(
        given_rows.consignments["k1"], "xb", tuple(live_tellings(grading).values()), grading
    )

    assert in_order(binding.support) == (("c1", "u1"),)
    assert not binding_undertakings(given_rows.consignments["k1"], "xb", (), grading)

"""What follows from whole casebooks: what holds of every one of them, and how long it takes."""

import random
import re
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.custody.worlds import (
    PARTIES,
    SOURCES,
    Cells,
    Given,
    casebooks,
    claim,
    consignment,
    evidence,
    findings_of,
    item,
    judged,
    link,
    of_consignment,
    restore,
    row_of_atom,
    withdraw,
)

from headstamp.custody.conclude import conclude
from headstamp.terms.conclusions import Conclusions
from headstamp.terms.dates import parse_date_span
from headstamp.terms.evidence import Evidence
from headstamp.terms.finding import Finding

SOME = settings(max_examples=25)
NEVER_SAID = re.compile(
    r"\b(illegal|unlawful|smuggl|trafficker|terrorist|knew|intent)", re.IGNORECASE
)


def by_id(concluded: Conclusions) -> dict[str, Finding]:
    """Return the findings by their ids."""
    return {finding.finding_id: finding for finding in concluded.findings}


# --- what holds of every casebook ---------------------------------------------------------------


@SOME
@given(casebooks(), st.sets(st.sampled_from(["c0", "c1", "u0"])))
def test_findings_are_well_formed(given_rows: Given, gone: set[str]) -> None:
    """Sets are minimal and live, spans run forwards, parties exist, nothing forbidden is said."""
    rows = evidence(**given_rows)
    rows = withdraw(rows, *(row_of_atom(atom, rows) for atom in gone))
    concluded = conclude(rows)

    assert len(by_id(concluded)) == len(concluded.findings)
    for finding in concluded.findings:
        sets = [set(one) for one in finding.rests_on]
        live = [concluded.graded[row_of_atom(atom, rows)].is_live for one in sets for atom in one]
        assert sets
        assert all(live)
        assert not any(one < other for one in sets for other in sets)
        assert set(finding.parties) <= set(rows.parties)
        assert _runs_forwards(finding.days_min, finding.days_max)
        assert _runs_forwards(finding.window_from, finding.window_to)
        assert not NEVER_SAID.search(finding.reason)


def _runs_forwards(first: Any, last: Any) -> bool:  # noqa: ANN401 - days or dates
    return first is None or last is None or first <= last


@SOME
@given(casebooks())
def test_what_a_finding_may_claim_for_itself(given_rows: Given) -> None:
    """Not documented on press alone, not ours with gaps, no breach without a dated promise."""
    rows = evidence(**given_rows)
    concluded = conclude(rows)
    kinds = {source_id: source.kind for source_id, source in rows.sources.items()}

    for finding in concluded.findings:
        lineages = [
            {s for atom in one for s in concluded.graded[row_of_atom(atom, rows)].lineage}
            for one in finding.rests_on
        ]
        if finding.standing == "documented":
            assert any("press" not in {kinds[s] for s in lineage} for lineage in lineages)
        assert not (finding.voice == "ours" and "Missing:" in finding.reason)
        if finding.verdict == "contravenes":
            promised = [[rows.undertakings[a] for a in one if a in rows.undertakings]
                        for one in finding.rests_on]  # fmt: skip
            assert all(any(u.on is not None for u in one) for one in promised)
            assert all(any(parse_date_span("0001/2013").may_precede(u.on or parse_date_span("2013"))
                           for u in one) for one in promised)  # fmt: skip


@SOME
@given(casebooks())
def test_accounts_hold_no_conflict_and_no_gap_at_their_ends(given_rows: Given) -> None:
    """Legs are numbered, a gap stands between two legs, and its holders are its neighbours'."""
    concluded = conclude(evidence(**given_rows))

    for accounts in concluded.accounts.values():
        assert [account.account for account in accounts] == list(range(1, len(accounts) + 1))
        for account in accounts:
            legs = account.legs
            assert [leg.leg for leg in legs] == list(range(1, len(legs) + 1))
            assert not (legs and (legs[0].is_gap or legs[-1].is_gap))
            assert not any(a.is_gap and b.is_gap for a, b in pairwise(legs))
            assert all(leg.from_party != leg.to_party for leg in legs if leg.is_gap)


@SOME
@given(casebooks(), st.integers(0, 99))
def test_the_order_of_rows_changes_nothing(given_rows: Given, seed: int) -> None:
    """Every table shuffled: the same findings, accounts and pathways."""
    chance = random.Random(seed)
    shuffled = {table: chance.sample(rows, len(rows)) for table, rows in given_rows.items()}
    one, other = (conclude(evidence(**rows)) for rows in (given_rows, shuffled))

    assert by_id(one) == by_id(other)
    assert one.accounts == other.accounts
    assert set(one.pathways) == set(other.pathways)


@SOME
@given(casebooks())
def test_what_is_unrelated_changes_nothing(given_rows: Given) -> None:
    """Another item with a claim of its own: everything else stays as it was, to the letter."""
    more = {
        **given_rows,
        "items": [*given_rows["items"], item("i9")],
        "claims": [*given_rows["claims"], claim("z9", "seen", subject_id="i9", to_party="xc")],
    }
    one, other = (conclude(evidence(**rows)) for rows in (given_rows, more))

    assert [f for f in other.findings if f.subject_id != "i9"] == list(one.findings)
    assert {key: a for key, a in other.accounts.items() if key[1] != "i9"} == one.accounts


@pytest.mark.slow
@SOME
@given(casebooks())
def test_withdrawing_and_restoring_are_inverses(given_rows: Given) -> None:
    """Every row and source withdrawn and restored, one by one, leaves everything as it was."""
    rows = evidence(**given_rows)
    before = conclude(rows)

    for table in ("sources", "claims", "undertakings", "links", "items"):
        for row_id in list(rows.rows(table))[:3]:
            gone = withdraw(rows, (table, row_id))
            assert conclude(restore(gone, (table, row_id))) == before
            assert not conclude(gone).graded[table, row_id].is_live


@SOME
@given(casebooks())
def test_days_earlier_or_later_change_only_the_dates(given_rows: Given) -> None:
    """All dates a leap of 1461 days on: the same findings, counts and standings."""
    rows = evidence(**given_rows)
    later = _shifted(rows, 1461)

    one, other = conclude(rows), conclude(later)

    assert [_undated(f) for f in one.findings] == [_undated(f) for f in other.findings]
    assert [f.window_from and str(parse_date_span(f.window_from).shifted(1461).earliest)
            for f in one.findings] == [f.window_from for f in other.findings]  # fmt: skip


def _shifted(rows: Evidence, n_days: int) -> Evidence:
    """Return the evidence with every date so many days later."""

    def moved(row: Any) -> Any:  # noqa: ANN401 - a row of any table
        dates = {
            field: getattr(row, field).shifted(n_days)
            for field in ("on", "expires_on", "recovered_on", "documented_on")
            if getattr(row, field, None) is not None
        }
        return msgspec.structs.replace(row, **dates)

    tables = ("claims", "undertakings", "consents", "items")
    changed: Cells = {
        table: {row_id: moved(row) for row_id, row in rows.rows(table).items()} for table in tables
    }
    return msgspec.structs.replace(rows, **changed)


def _undated(finding: Finding) -> Finding:
    return msgspec.structs.replace(finding, reason="", window_from=None, window_to=None)


@SOME
@given(casebooks(), st.booleans())
def test_names_mean_nothing(given_rows: Given, turned: bool) -> None:  # noqa: FBT001 - drawn
    """Parties and claims renamed, in their order or against it: the same findings under them.

    Against it, what goes by the smallest claim id may change: which claim names an event, the
    account that comes first of two equal ones, and so which outcome an identity is told with.
    """
    renamed = {
        table: [_renamed(row, turned=turned) for row in rows] for table, rows in given_rows.items()
    }
    one, other = conclude(evidence(**given_rows)), conclude(evidence(**renamed))

    def told(concluded: Conclusions, *, back: bool) -> list[tuple[object, ...]]:
        return sorted(
            (
                f.kind,
                f.subject_id,
                f.standing,
                str(f.verdict),
                sorted(tuple(sorted(_back(a) if back else a for a in s)) for s in f.rests_on),
            )
            for f in concluded.findings
        )

    if turned:
        kinds = ("loss", "theft", "capture", "defection", "same_consignment")
        assert [r for r in told(one, back=False) if r[0] in kinds] == [
            r for r in told(other, back=True) if r[0] in kinds
        ]
    else:
        assert told(one, back=False) == told(other, back=True)


_CLAIM = re.compile(r"\bc([0-9])\b")
_NEW_CLAIM = re.compile(r"\b[qr]([0-9])([0-9])\b")


def _renamed(row: Cells, *, turned: bool) -> Cells:
    def name(cell: Any) -> Any:  # noqa: ANN401 - a cell of any column
        if isinstance(cell, str):
            return _CLAIM.sub(lambda m: f"q{9 - int(m[1])}{m[1]}" if turned else f"q0{m[1]}", cell)
        return cell

    return {
        column: name(cell) if column in {"claim_id", "after_claim", "item_id", "other_id"} else cell
        for column, cell in row.items()
    }


def _back(atom: str) -> str:
    return _NEW_CLAIM.sub(lambda m: f"c{m[2]}", atom)


# --- single rules of the whole ------------------------------------------------------------------


def test_a_judgement_withdrawn_and_restored_takes_its_findings_along() -> None:
    """What crosses the link falls with it, and comes back as it was."""
    rows = evidence(
        items=[item()],
        consignments=[consignment()],
        claims=[
            of_consignment("c1", "exported", from_party="xa", to_party="xb", on="2014"),
            claim("c2", "recovered", from_party="xb", on="2015"),
        ],
        links=[link("i1", "consignment", "k1", "unsure")],
        judgements=[judged("link:i1:consignment:k1", "part_of")],
    )
    before = conclude(rows)
    gone = withdraw(rows, ("judgements", "j-1"))
    (interval,) = findings_of(before, "interval")

    assert interval.rests_on == (("c1", "c2", "consignment:k1", "j-1", "link:i1:consignment:k1"),)
    assert findings_of(conclude(gone), "interval") == []
    assert conclude(restore(gone, ("judgements", "j-1"))) == before


def test_a_claim_about_an_item_no_longer_on_record_makes_no_chain() -> None:
    """It is still there to be listed."""
    rows = evidence(items=[item()], claims=[claim("c1", "stolen")])
    concluded = conclude(withdraw(rows, ("items", "i1")))

    assert concluded.findings == ()
    assert ("item", "i1") not in concluded.accounts
    assert concluded.graded["claims", "c1"].is_live


def test_pathways_belong_to_the_window_they_are_of() -> None:
    """Two items with a window each: every pathway points to the window of its own item."""
    ends = {"from_party": "xb", "to_party": "xg", "on": "2015"}
    claims = [
        claim(f"c{n}{verb}", verb, **{**cells, "subject_id": f"i{n}"})
        for n in (1, 2)
        for verb, cells in (
            ("delivered", {"from_party": "xa", "to_party": "xb", "on": "2014"}),
            ("captured" if n == 1 else "stolen", ends),
        )
    ]
    concluded = conclude(evidence(items=[item(), item("i2")], claims=claims))
    windows = {w.finding_id: w.subject_id for w in findings_of(concluded, "diversion_window")}
    supported = {(p.item_id, p.pathway) for p in concluded.pathways if p.state == "supported"}

    assert {windows[p.finding_id] == p.item_id for p in concluded.pathways} == {True}
    assert supported == {("i1", "battlefield_capture"), ("i2", "theft_or_loss_from_stock")}


def test_two_origins_are_not_what_one_origin_told_twice_is() -> None:
    """Any number of outlets of one report are one origin and never corroborated."""
    sources = [
        *SOURCES,
        *({"source_id": f"q{n}", "kind": "press", "reliability": "B"} for n in range(9)),
    ]
    claims = [
        claim(f"c{n}", "stolen", source_id=f"q{n}", relays=["n1"], basis="inspected")
        for n in range(9)
    ]
    (theft,) = findings_of(
        conclude(evidence(sources=sources, items=[item()], claims=claims)), "theft"
    )

    assert (theft.origins, theft.standing) == (1, "reported")
    assert len(theft.rests_on) == 9


# --- size -------------------------------------------------------------------------------------


def _many_items(n_items: int) -> Evidence:
    claims = [
        claim(f"c{n}", "recovered", subject_id=f"i{n}", on="2015-06-01") for n in range(n_items)
    ]
    return evidence(items=[item(f"i{n}") for n in range(n_items)], claims=claims)


def _relays(n_relays: int, dates: int) -> Evidence:
    outlets = ({"source_id": f"q{n}", "kind": "press"} for n in range(n_relays))
    claims = [
        claim(f"c{n}", "recovered", source_id=f"q{n}", relays=["n1"], statement="t1",
              on=f"2015-{1 + n % dates:02}-01")
        for n in range(n_relays)
    ]  # fmt: skip
    return evidence(sources=[*SOURCES, *outlets], items=[item()], claims=claims)


def _versions() -> Evidence:
    outlets = ({"source_id": f"q{n}", "kind": "press"} for n in range(20))
    told = [("exported", "xa", "xb"), ("delivered", "xa", "xb_army"), ("recovered", "xg", "xc")]
    claims = [
        claim(f"c{n}{verb}", verb, from_party=giver, to_party=receiver, source_id=f"q{n}",
              relays=["n1"], on=f"201{3 + m}-{1 + n % 12:02}-{1 + n:02}")
        for n in range(20)
        for m, (verb, giver, receiver) in enumerate(told)
    ]  # fmt: skip
    return evidence(sources=[*SOURCES, *outlets], items=[item()], claims=claims)


def _long_chain() -> Evidence:
    parties = ({"party_id": f"h{n}", "kind": "contractor"} for n in range(61))
    claims = [
        claim(f"c{n}", "transferred", from_party=f"h{n}", to_party=f"h{n + 1}") for n in range(60)
    ]
    return evidence(parties=[*PARTIES, *parties], items=[item()], claims=claims)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "seconds"),
    [
        (lambda: _many_items(4_000), 3),
        (lambda: _relays(200, 1), 2),
        (lambda: _relays(200, 12), 4),
        (_versions, 2),
        (_long_chain, 2),
    ],
    ids=["4,000 items", "200 relays", "200 relays of twelve dates", "20 versions", "60 hand-overs"],
)
def test_large_casebooks_do_not_hang(make: Callable[[], Evidence], seconds: float) -> None:
    """Seconds of this process's own time, several times what a slow machine takes."""
    rows = make()
    began = time.process_time()

    conclude(rows)

    assert time.process_time() - began < seconds

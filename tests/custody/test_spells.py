from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
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
    undertaking,
)

from headstamp.terms.finding import Finding

FIRST = date(2015, 1, 1)
spans = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(sorted)
TIE = link("i1", "consignment", "k1", "part_of")


def days(span: list[int]) -> str:
    """Return these days, counted from the first, as a date."""
    return f"{FIRST + timedelta(days=span[0])}/{FIRST + timedelta(days=span[1])}"


def told(kind: str, *claims: Cells, **more: Rows) -> list[Finding]:
    """Return the findings of one kind about item i1."""
    return findings_of(conclusions_of(**{"items": [item()], **more}, claims=claims), kind)


@given(spans, spans)
def test_intervals_are_what_trying_all_days_finds(
    exported: list[int], recovered: list[int]
) -> None:
    """The fewest and the most days of all choices with the export first."""
    choices = product(*(range(first, last + 1) for first, last in (exported, recovered)))
    apart = [end - start for start, end in choices if end >= start]

    found = told(
        "interval",
        claim("c1", "exported", from_party="xa", to_party="xb", on=days(exported)),
        claim("c2", "recovered", from_party="xb", on=days(recovered)),
    )

    if not apart:
        assert found == []
    else:
        assert [(f.days_min, f.days_max) for f in found] == [(min(apart), max(apart))]


@given(spans, spans)
def test_windows_reach_from_the_first_to_the_last_possible_day(
    delivered: list[int], captured: list[int]
) -> None:
    """As trying all days with the delivery first finds; the core is what lies surely within."""
    choices = [
        (one, other)
        for one, other in product(*(range(a, b + 1) for a, b in (delivered, captured)))
        if one <= other
    ]
    found = told(
        "diversion_window",
        claim("c1", "delivered", from_party="xa", to_party="xb", on=days(delivered)),
        claim("c2", "captured", from_party="xb", to_party="xg", on=days(captured)),
    )

    if not choices:
        assert found == []
        return
    (window,) = found
    opened = FIRST + timedelta(days=min(one for one, _ in choices))
    closed = FIRST + timedelta(days=max(other for _, other in choices))
    has_core = max(one for one, _ in choices) < min(other for _, other in choices)
    assert (window.window_from, window.window_to) == (str(opened), str(closed))
    assert window.parties == ("xb", "xg")
    assert ("Surely within it" in window.reason) is has_core


@pytest.mark.parametrize(
    ("start", "end", "days_apart"),
    [
        ("made", "recovered", (365, 365)),
        ("licensed", "seized", (365, 365)),
        ("exported", "recovered", (365, 365)),
        ("delivered", "seized", (365, 365)),
        ("lost", "seen", (365, 365)),
        ("stolen", "recovered", (365, 365)),
        ("shipped", "recovered", None),
        ("exported", "destroyed", None),
        ("captured", "seen", None),
    ],
)
def test_between_which_events_days_are_counted(
    start: str, end: str, days_apart: tuple[int, int] | None
) -> None:
    """The pairs of the table, and no others."""
    found = told("interval", claim("c1", start, on="2014-06-01"), claim("c2", end, on="2015-06-01"))

    assert [(f.days_min, f.days_max) for f in found] == ([days_apart] if days_apart else [])


def test_days_that_the_source_counts_are_its_statement() -> None:
    """What is 59 days later is 59 however wide the dates, and is not said to be counted here."""
    said, *_ = told(
        "interval",
        claim("c1", "exported", on="2015-12"),
        claim("c2", "recovered", after_claim="c1", after_days=59),
    )
    counted, *_ = told(
        "interval",
        claim("c1", "exported", on="2015-12"),
        claim("c2", "recovered", on="2016-02", after_claim="c1"),
    )

    assert (said.days_min, said.days_max, said.rests_on) == (59, 59, (("c1", "c2"),))
    assert "not our computation" in said.reason
    assert "counted here" in counted.reason


def test_no_days_are_counted_where_nothing_is_known_or_dates_are_in_doubt() -> None:
    """Undated ends say nothing, and doubtful ones that run backwards are counted by nobody."""
    for one, other in (("", ""), ("2015", ""), ("2015?", "2013")):
        ends = [{"on": text} if text else {} for text in (one, other)]
        found = told(
            "interval", claim("c1", "exported", **ends[0]), claim("c2", "recovered", **ends[1])
        )
        assert [(f.days_min, f.days_max) for f in found] in ([], [(0, None)])
        assert not one or one == "2015" or found == []


def test_to_the_first_custody_that_is_not_authorised() -> None:
    """From export to the theft by a group, and once only where that is the recovery itself."""
    exported = claim("c1", "exported", from_party="xa", to_party="xb", on="2014-06-01")
    taken = claim("c2", "stolen", from_party="xb", to_party="xg", on="2015-06-01")
    found = told("interval", exported, taken)
    at_recovery = told("interval", exported, claim("c3", "recovered", from_party="xg", on="2016"))

    assert [(f.from_event, f.to_event) for f in found] == [("exported", "stolen")]
    assert [(f.from_event, f.to_event) for f in at_recovery] == [("exported", "recovered")]


def test_days_to_custody_that_is_not_authorised_rest_on_what_shows_that_it_is_not() -> None:
    """XC's custody is not authorised because the transfer contravenes: the undertaking is in it."""
    (found,) = told(
        "interval",
        of_consignment("c1", "exported", from_party="xa", to_party="xb", on="2014-06-01"),
        claim("c2", "transferred", from_party="xb", to_party="xc", on="2015-06-01"),
        consignments=[consignment()],
        links=[TIE],
        undertakings=[undertaking()],
    )

    assert (found.to_event, found.days_min) == ("transferred", 365)
    assert all("u1" in one for one in found.rests_on)


def test_delivery_is_not_shown_where_the_last_event_is_an_export() -> None:
    """And is where a delivery or a sighting with the importer stands in between."""
    rows = {"consignments": [consignment()], "links": [TIE]}
    exported = of_consignment("c1", "exported", from_party="xa", to_party="xb", on="2014-06-01")
    taken = claim("c2", "captured", from_party="xb", to_party="xg", on="2015-06-01")
    shown = of_consignment("c3", "delivered", from_party="xa", to_party="xb", on="2014-07-01")
    (open_,) = told("diversion_window", exported, taken, **rows)
    (closed,) = told("diversion_window", exported, taken, shown, **rows)

    assert (open_.from_event, "Delivery not shown" in open_.reason) == ("exported", True)
    assert (closed.from_event, "Delivery not shown" in closed.reason) == ("delivered", False)


def test_a_capture_by_a_state_or_a_recovery_starts_no_diversion() -> None:
    """Only custody that is not authorised on record does."""
    exported = claim("c1", "exported", from_party="xa", to_party="xb", on="2014")
    by_state = claim("c2", "captured", from_party="xb", to_party="xc_army", on="2015")
    recovered = claim("c3", "recovered", from_party="xb", to_party="xc", on="2015")

    assert told("diversion_window", exported, by_state) == []
    assert told("diversion_window", exported, recovered) == []


def test_versions_of_one_interval_have_ids_of_their_own() -> None:
    """Two relays count other days between the same events: two findings, each on its own."""
    base = claim("c0", "exported", from_party="xa", to_party="xb", on="2015-12-12", source_id="n1")
    claims = [
        claim(f"c{n}", "recovered", from_party="xb", source_id=f"p{n}", relays=["n1"],
              after_claim="c0", after_days=days_later)
        for n, days_later in ((1, 59), (2, 63))
    ]  # fmt: skip
    found = told("interval", base, *claims)

    assert sorted((f.days_min, f.rests_on) for f in found if f.days_min is not None) == [
        (59, (("c0", "c1"),)),
        (63, (("c0", "c2"),)),
    ]
    assert len({f.finding_id for f in found}) == 2

from headstamp.reports.case import Case
from headstamp.reports.drawing.stops import stops_of


def test_stops_run_from_the_first_holder_to_the_last(case: Case) -> None:
    """Holders, legs, a gap before the group, and no false gap inside one state."""
    drawn = [
        stop.party if stop.kind == "holder" else stop.kind
        for stop in stops_of(case, case.tracks["item", "atgw"][0])
    ]

    assert drawn == [
        "bulgaria",
        "step",
        "us_army",
        "joined",
        "united_states",
        "step",
        "syria_party_unnamed",
        "gap",
        "step",
        "islamic_state",
        "stay",
        "step",
        "iraqi_federal_police",
    ]


def test_every_leg_is_drawn_once(case: Case) -> None:
    """No leg of any account is left out or drawn twice."""
    for tracks in case.tracks.values():
        for track in tracks:
            assert [stop.leg for stop in stops_of(case, track) if stop.leg] == list(track.legs)


def test_a_leg_that_names_nobody_invents_no_holder(case: Case) -> None:
    """A sale without seller and buyer stands alone."""
    drawn = stops_of(case, case.tracks["item", "atgw"][1])

    assert [stop.party for stop in drawn if stop.kind == "holder"] == ["islamic_state"]

from headstamp.reports.case import Case, Leg, Track
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
        "unattached",
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


def leg(verb: str, giver: str, receiver: str) -> Leg:
    """Return a leg of these parties, and nothing else."""
    told = {"via": "", "earliest": "", "latest": "", "place": "", "standing": "reported"}
    more = {"is_gap": False, "claims": (), "derived": "", "note": ""}
    return Leg(verb=verb, giver=giver, receiver=receiver, **told, **more)  # type: ignore[arg-type]


def marks(case: Case, *legs: Leg) -> list[tuple[str, bool, bool]]:
    """Return the rows of a drawing: party or kind, whether passed by, whether leading on."""
    track = Track(
        subject_kind="item", subject_id="atgw", account=1, legs=legs, decided_by="", beside=()
    )
    return [
        (stop.party or stop.kind, stop.is_passed, stop.leads_on) for stop in stops_of(case, track)
    ]


def test_a_sale_without_giver_hangs_on_no_holder_above(case: Case) -> None:
    """Only the receiver is said; the line to it begins at the sale's own mark."""
    first, sale = leg("delivered", "bulgaria", "us_army"), leg("sold", "", "islamic_state")

    assert marks(case, first, sale)[-3:] == [
        ("us_army", False, False),
        ("unattached", False, True),
        ("islamic_state", False, False),
    ]


def test_a_sale_without_giver_beside_a_delivery_is_passed_by(case: Case) -> None:
    """The delivery's line is the delivery's alone."""
    sale, later = leg("sold", "", "us_army"), leg("exported", "bulgaria", "us_army")

    assert marks(case, sale, later) == [
        ("bulgaria", False, False),
        ("unattached", True, True),
        ("step", False, False),
        ("us_army", False, False),
    ]


def test_a_sale_between_nobody_named_leads_nowhere(case: Case) -> None:
    """Its mark stands alone, or beside the line of whoever held it."""
    assert marks(case, leg("sold", "", "")) == [("unattached", False, False)]
    held = leg("delivered", "bulgaria", "us_army")
    assert marks(case, held, leg("transferred", "", ""))[-1] == ("unattached", True, False)

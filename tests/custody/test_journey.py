from tests.custody.worlds import (
    SOURCES,
    Cells,
    claim,
    conclusions_of,
    findings_of,
    item,
    link,
    shape_of,
)


def test_two_thefts_that_conflict_with_nothing_are_one_account() -> None:
    """An account holds all that can be true together."""
    concluded = conclusions_of(
        items=[item()],
        claims=[claim("c1", "stolen", on="2014"), claim("c2", "stolen", on="2015")],
    )

    assert shape_of(concluded) == ["stolen >", "stolen >"]


def test_accounts_repeat_what_they_share_and_say_what_would_decide() -> None:
    """Two receivers make two accounts; the better one stands first and names both claims."""
    concluded = conclusions_of(
        items=[item()],
        claims=[
            claim("c1", "made", from_party="xa_works", on="2010"),
            claim(
                "c2", "transferred", from_party="xa_works", to_party="xc", on="2014", source_id="n1"
            ),
            claim("c3", "transferred", from_party="xa_works", to_party="xb", on="2014"),
        ],
    )
    best, other = concluded.accounts["item", "i1"]

    assert shape_of(concluded) == ["made xa_works>", "transferred xa_works>xb"]
    assert shape_of(concluded, account=2) == ["made xa_works>", "transferred xa_works>xc"]
    assert "c2 (n1)" in best.decided_by
    assert "c3 (f1)" in best.decided_by
    assert other.decided_by == ""


def test_accounts_stand_by_the_weakest_leg_then_origins_then_claims_then_id() -> None:
    """Each rule decides where those before it do not."""

    def better(one: list[Cells], other: list[Cells]) -> str:
        cells = {"from_party": "xb", "on": "2014"}
        claims = [
            claim(f"{name}{n}", "transferred", **{**cells, "to_party": receiver, **more})
            for name, receiver, told in (("b", "xc", one), ("a", "xg", other))
            for n, more in enumerate(told)
        ]
        return shape_of(conclusions_of(items=[item()], claims=claims))[0].partition(">")[2]

    poor, fair = {"credibility": 5}, {"source_id": "n1", "credibility": 3}
    relay = {"source_id": "p1", "relays": ["n1"], "credibility": 3}

    assert better([fair], [poor, poor]) == "xc"
    assert better([fair, {**fair, "source_id": "o2"}], [fair, relay, relay]) == "xc"
    assert better([fair, relay], [fair]) == "xc"
    assert better([fair], [fair]) == "xg"


def test_a_span_narrowed_to_nothing_is_an_impossible_date_and_two_accounts() -> None:
    """Dates that contradict the hand-over are kept apart, and both claims are in the finding."""
    concluded = conclusions_of(
        items=[item()],
        claims=[
            claim("c1", "exported", from_party="xa", to_party="xb", on="2015-12-12"),
            claim("c2", "recovered", on="2016-01-01", after_claim="c1", after_days=59),
        ],
    )
    (found,) = findings_of(concluded, "impossible_date")

    assert found.rests_on == (("c1", "c2"),)
    assert len(concluded.accounts["item", "i1"]) == 2


def test_an_impossible_date_rests_on_what_its_dates_were_reckoned_from() -> None:
    """Without the claim from which a date was reckoned there is nothing impossible."""
    claims = [
        claim("c0", "licensed", on="2015-12-12"),
        claim("c1", "made", after_claim="c0", after_days=10),
        claim("c2", "recovered", on="2014-01-01"),
    ]
    found = findings_of(conclusions_of(items=[item()], claims=claims), "impossible_date")
    without_base = conclusions_of(items=[item()], claims=claims[1:])

    assert [finding.rests_on for finding in found] == [(("c0", "c1", "c2"),)]
    assert findings_of(without_base, "impossible_date") == []


def test_more_accounts_than_are_listed_are_an_issue() -> None:
    """Seven pairs of rival receivers make 128 accounts: 64 are listed, and that is said."""
    claims = [
        claim(f"c{n}{side}", "transferred", from_party=f"h{n}", to_party=f"{side}{n}")
        for n in range(7)
        for side in "ab"
    ]
    concluded = conclusions_of(items=[item()], claims=claims)

    assert len(concluded.accounts["item", "i1"]) == 64
    assert [issue.code for issue in concluded.issues] == ["CUSTODY-001"]


def test_rows_of_one_object_share_their_accounts() -> None:
    """Events told of either row are legs of one chain, each under its own name."""
    concluded = conclusions_of(
        items=[item(), item("i2")],
        claims=[
            claim("c1", "seen", to_party="xg", on="2014-01-01"),
            claim("c2", "seen", to_party="xg", on="2015-01-01", subject_id="i2"),
            claim("c3", "stolen", from_party="xb", on="2013-01-01"),
        ],
        links=[link("i1", "item", "i2", "same")],
    )
    found = findings_of(concluded, "interval")

    assert shape_of(concluded) == ["stolen xb>", "gap xb>xg", "seen >xg", "seen >xg"]
    assert concluded.accounts["item", "i1"] == concluded.accounts["item", "i2"]
    assert sorted(f.days_min for f in found if f.days_min is not None) == [365, 730]
    assert len({finding.finding_id for finding in found}) == 2


def test_rival_versions_are_apart() -> None:
    """Two relays of one origin that differ share no account, and contradict nobody."""
    concluded = conclusions_of(
        sources=SOURCES,
        items=[item()],
        claims=[
            claim("c1", "exported", from_party="xa", to_party="xb", on="2015-12-12",
                  source_id="p1", relays=["n1"]),
            claim("c2", "exported", from_party="xa", to_party="xb", on="2015-12-15",
                  source_id="p2", relays=["n1"]),
        ],
    )  # fmt: skip

    assert len(concluded.accounts["item", "i1"]) == 2
    assert [f.kind for f in concluded.findings] == ["transmission_discrepancy"]

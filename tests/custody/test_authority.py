import pytest
from tests.custody.worlds import (
    Cells,
    Rows,
    claim,
    conclusions_of,
    consignment,
    evidence,
    findings_of,
    item,
    link,
    of_consignment,
    undertaking,
)

from headstamp.custody.authority import Authority
from headstamp.custody.conclude import _contravening, _journeys, _read
from headstamp.custody.retransfers import find_retransfers
from headstamp.custody.support import in_order

TIE = link("i1", "consignment", "k1", "part_of")
PARTIES = ("xa", "xa_works", "xb", "xb_army", "xb_police", "xb_trade", "xc", "xg", "xg_wing", "xu")


def authority_of(*claims: Cells, **more: Rows) -> Authority:
    """Return whose custody of item i1 of consignment k1 is authorised on record, and whose not."""
    rows = {"items": [item()], "consignments": [consignment()], "links": [TIE], **more}
    read = _read(evidence(**rows, claims=claims))
    journeys = {journey.subject: journey for journey in _journeys(read)}
    journey = journeys["item", "i1"]
    retransfers = {
        subject: find_retransfers(one, read.tellings, read.links)
        for subject, one in journeys.items()
    }
    contravening = tuple(_contravening(journey, retransfers))
    return Authority(journey, journey.courses[0], read.tellings, read.grading, contravening)


def authorised(*claims: Cells, **more: Rows) -> set[str]:
    """Return the parties whose custody is authorised on record."""
    authority = authority_of(*claims, **more)
    return {party for party in PARTIES if authority.authorised(party)}


def not_authorised(*claims: Cells, **more: Rows) -> set[str]:
    """Return the parties whose custody is not authorised on record."""
    authority = authority_of(*claims, **more)
    return {party for party in PARTIES if authority.not_authorised(party)}


SEEN = claim("c0", "seen")
STATES = {"xa", "xb", "xb_army", "xb_police"}
GROUPS = {"xg", "xg_wing"}


@pytest.mark.parametrize(
    ("claims", "more", "named"),
    [
        # The consignment's exporter and importer, and every body of their states.
        ([SEEN], {}, STATES),
        # The maker.
        ([claim("c1", "made", from_party="xa_works")], {}, STATES | {"xa_works"}),
        # Whoever a licence, a delivery or an undertaking names.
        ([SEEN, of_consignment("c2", "licensed", to_party="xb_trade")], {}, STATES | {"xb_trade"}),
        ([SEEN, of_consignment("c2", "delivered", from_party="xa", via_party="xb_trade")], {},
         STATES | {"xb_trade"}),
        ([SEEN, of_consignment("c2", "delivered", from_party="xc", to_party="xb_trade")], {},
         STATES),
        ([SEEN, of_consignment("c2", "sold", to_party="xb_trade")], {}, STATES),
        ([SEEN, of_consignment("c2", "delivered", to_party="xb_trade", stance="denies")], {},
         STATES),
        ([SEEN], {"undertakings": [undertaking(end_user="xb_trade")]}, STATES | {"xb_trade"}),
        ([SEEN], {"undertakings": [undertaking(end_user="xb_trade", credibility=5)]}, STATES),
        ([SEEN], {"undertakings": [undertaking(end_user="xb_trade", consignment_id="k2")]}, STATES),
        # A line's maker that is a party.
        ([SEEN], {"consignment_lines": [
            {"consignment_id": "k1", "line": "1", "maker": "xa_works", "source_id": "o1"}
        ]}, STATES | {"xa_works"}),
        # A state that receives from one that is, and not from one that is not.
        ([claim("c1", "transferred", from_party="xb", to_party="xc")], {}, STATES | {"xc"}),
        ([claim("c1", "transferred", from_party="xg", to_party="xc")], {}, STATES),
        ([claim("c1", "captured", from_party="xb", to_party="xc")], {}, STATES),
        ([claim("c1", "transferred", from_party="xb", to_party="xb_trade")], {}, STATES),
        # With no consignment on record, a state that is the first holder.
        ([claim("c1", "transferred", from_party="xc", to_party="xu")], {"links": []}, {"xc"}),
        ([claim("c1", "transferred", from_party="xu", to_party="xc")], {"links": []}, set()),
        ([claim("c1", "transferred", from_party="xc", to_party="xu")], {}, STATES),
        # A group never, whatever names it.
        ([SEEN, of_consignment("c2", "licensed", to_party="xg")], {}, STATES),
    ],
)  # fmt: skip
def test_who_is_authorised_on_record(claims: list[Cells], more: Cells, named: set[str]) -> None:
    """The rules of REASONING.md section 5, one at a time."""
    assert authorised(*claims, **more) == named


@pytest.mark.parametrize(
    ("claims", "more", "named"),
    [
        ([SEEN], {}, GROUPS),
        ([claim("c1", "captured", from_party="xb", to_party="xu")], {}, GROUPS | {"xu"}),
        ([claim("c1", "stolen", from_party="xb", to_party="xb_trade")], {}, GROUPS | {"xb_trade"}),
        ([claim("c1", "captured", from_party="xg", to_party="xc")], {}, GROUPS),
        ([claim("c1", "surrendered", from_party="xb", to_party="xu")], {}, GROUPS),
        ([claim("c1", "transferred", from_party="xb", to_party="xu")], {}, GROUPS),
        ([claim("c1", "transferred", from_party="xb", to_party="xu", on="2015")],
         {"undertakings": [undertaking()]}, GROUPS | {"xu"}),
        ([SEEN, of_consignment("c1", "transferred", from_party="xb", to_party="xu", on="2015")],
         {"undertakings": [undertaking()]}, GROUPS | {"xu"}),
    ],
)  # fmt: skip
def test_who_is_not_authorised_on_record(claims: list[Cells], more: Cells, named: set[str]) -> None:
    """Groups; who took it, unless a state; and who received what was not to be passed on."""
    assert not_authorised(*claims, **more) == named


def test_what_happened_to_one_item_taints_nobody_elsewhere() -> None:
    """XC received i1 against an undertaking; its custody of i2 stays as it was."""
    rows = {
        "items": [item(), item("i2")],
        "consignments": [consignment()],
        "links": [TIE],
        "undertakings": [undertaking()],
        "claims": [
            claim("c1", "transferred", from_party="xb", to_party="xc", on="2015"),
            claim("c2", "exported", subject_id="i2", from_party="xa", to_party="xc", on="2015"),
            claim("c3", "recovered", subject_id="i2", from_party="xg", on="2016"),
        ],
    }
    windows = findings_of(conclusions_of(**rows), "diversion_window")

    assert [(w.subject_id, w.parties) for w in windows if w.subject_id == "i2"] == [
        ("i2", ("xc", "xg"))
    ]


def test_what_is_inherited_from_a_consignment_rests_on_the_link() -> None:
    """That the importer is authorised needs the consignment's row and what ties the item to it."""
    authority = authority_of(SEEN)

    assert in_order(authority.authorised("xb_army")) == (
        ("consignment:k1", "link:i1:consignment:k1"),
    )
    assert authority.authorised(None) == authority.not_authorised(None) == frozenset()

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.custody.worlds import (
    Cells,
    Given,
    Rows,
    casebooks,
    claim,
    conclusions_of,
    consignment,
    evidence,
    findings_of,
    item,
    judged,
    link,
    undertaking,
)

from headstamp.custody.conclude import conclude
from headstamp.custody.voice import adverse_voice, plain_voice
from headstamp.terms.finding import STANDINGS, Finding

SEEN = {"document_id": "d1", "seen": "copy", "source_id": "o1"}
ASKED = {
    "request_id": "r1",
    "addressee": "xb",
    "about": ["k1"],
    "source_id": "f1",
    "right_of_reply_sent_on": "2025-01-01",
    "right_of_reply_due_on": "2025-02-01",
}


def retransfer(**more: Rows) -> Finding:
    """Return a retransfer with nothing missing, but for what is given differently."""
    rows: Cells = {
        "items": [item()],
        "consignments": [consignment()],
        "documents": [SEEN],
        "undertakings": [undertaking(document_id="d1")],
        "links": [link("i1", "consignment", "k1", "part_of")],
        "claims": [claim("c1", "transferred", from_party="xb", to_party="xc", on="2015")],
        "requests": [ASKED],
    }
    (found,) = findings_of(conclusions_of(**{**rows, **more}), "retransfer")
    return found


def missing(**more: Rows) -> set[str]:
    """Return which of (a)-(d) are named as missing."""
    finding = retransfer(**more)
    named = {letter for letter in "abcd" if f"({letter})" in finding.reason}
    assert (finding.voice == "ours") is (not named)
    return named


def test_with_nothing_missing_it_is_ours() -> None:
    """Instrument seen, transfer documented, link strong and judged, reply period closed."""
    assert retransfer().voice == "ours"


@pytest.mark.parametrize(
    ("more", "letters"),
    [
        # (a) The instrument seen, or confirmed in writing by its giver or receiver.
        ({"documents": [{**SEEN, "seen": "described"}]}, "a"),
        ({"documents": [{**SEEN, "seen": "described", "authenticity": "confirmed_by_issuer"}]}, ""),
        ({"documents": []}, "a"),
        ({"undertakings": [undertaking(source_id="s1")]}, ""),
        ({"undertakings": [undertaking(source_id="p1", relays=["s1"])]}, "a"),
        ({"undertakings": [undertaking(given_by="xb", source_id="n1")]}, "a"),
        ({"undertakings": []}, "a"),
        # (b) The transfer documented or corroborated.
        ({"claims": [claim("c1", "transferred", from_party="xb", to_party="xc", on="2015",
                           source_id="n1")]}, "b"),
        # (c) The link strong and judged by a person.
        ({"links": [link("i1", "consignment", "k1", "part_of", credibility=3)]}, "c"),
        ({"links": [link("i1", "consignment", "k1", "part_of", basis=["same_lot"])]}, "c"),
        ({"judgements": [judged("link:i1:consignment:k1", "part_of", by="rule:x@1")]}, "c"),
        ({"judgements": [judged("link:i1:consignment:k1", "part_of")]}, ""),
        # (d) The transferor asked, and its reply period closed.
        ({"requests": []}, "d"),
        ({"requests": [{**ASKED, "addressee": "xc"}]}, "d"),
        ({"requests": [{**ASKED, "about": ["k9"]}]}, "d"),
        ({"requests": [{**ASKED, "addressee": "xb_police", "about": ["u1"]}]}, ""),
        ({"requests": [{**ASKED, "about": ["c1"]}]}, ""),
        ({"requests": [{**ASKED, "about": [], "item_ids": ["i1"]}]}, ""),
        ({"requests": [{**ASKED, "right_of_reply_due_on": "2026-11-22"}]}, "d"),
        ({"requests": [{**ASKED, "right_of_reply_due_on": "2026-11-21"}]}, ""),
        ({"requests": [{**ASKED, "right_of_reply_due_on": "2027-01-01",
                        "right_of_reply_outcome": "denied"}]}, ""),
        ({"requests": [{k: v for k, v in ASKED.items() if not k.startswith("right")}]}, "d"),
        # And all of them.
        ({"undertakings": [], "requests": [], "links": [link("i1", "consignment", "k1", "same",
          source_id="n2")], "claims": [claim("c1", "transferred", from_party="xb", to_party="xc",
          source_id="p1")]}, "abcd"),
    ],
)  # fmt: skip
def test_which_of_the_four_are_missing(more: Cells, letters: str) -> None:
    """Each is named in the reason, and with any of them missing it is not ours."""
    assert missing(**more) == set(letters)


@pytest.mark.parametrize(
    ("cells", "replied"),
    [
        ({}, "no_reply (asked on 1 January 2025)"),
        ({"right_of_reply_outcome": "no_reply"}, "no_reply (asked on 1 January 2025)"),
        ({"right_of_reply_outcome": "denied"}, "denied"),
        ({"right_of_reply_outcome": "explained"}, "explained"),
        ({"right_of_reply_outcome": "declined"}, "declined"),
        ({"right_of_reply_sent_on": ""}, "not_asked"),
    ],
)
def test_what_was_replied(cells: Cells, replied: str) -> None:
    """Right of reply only: an unanswered trace request is not a reply."""
    asked = {name: value for name, value in {**ASKED, **cells}.items() if value}

    assert retransfer(requests=[asked]).replied == replied


def test_voices_follow_the_standing() -> None:
    """Ours, attributed or internal for what is not adverse; never ours for what is, with gaps."""
    from headstamp.custody.voice import Answerability

    full = Answerability(missing=(), replied="denied")
    partial = Answerability(missing=("(a)",), replied="denied")

    assert [plain_voice(s) for s in STANDINGS] == [
        "ours",
        "ours",
        "attributed",
        "internal",
        "internal",
    ]
    assert [adverse_voice(s, full) for s in STANDINGS] == ["ours"] * 3 + ["internal"] * 2
    assert [adverse_voice(s, partial) for s in STANDINGS] == ["attributed"] * 3 + ["internal"] * 2


@given(casebooks(), st.sampled_from([None, date(2025, 1, 15), date(2026, 11, 22)]))
def test_the_day_moves_findings_and_nothing_else(rows: Given, on: date | None) -> None:
    """Whether a period is over is in no grade, link, chain, pathway or issue: these may be kept."""
    told = evidence(**rows)
    today = conclude(told)
    then = conclude(msgspec.structs.replace(told, on=on))

    assert msgspec.structs.replace(then, findings=today.findings) == today
    assert [f.finding_id for f in then.findings] == [f.finding_id for f in today.findings]


def test_a_consignment_is_linked_to_itself() -> None:
    """Where the subject is the consignment, (c) holds."""
    moved = claim("c1", "transferred", subject_kind="consignment", subject_id="k1",
                  from_party="xb", to_party="xc", on="2015")  # fmt: skip

    assert missing(claims=[moved], links=[]) == set()

"""Do judged entries and proposals keep the rules, whatever else is on record?"""

import msgspec
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from headstamp.custody.conclude import conclude
from headstamp.terms.conclusions import Conclusions
from headstamp.terms.evidence import Evidence
from headstamp.terms.link import LinkVerdict
from headstamp.terms.proposal import Proposal

from .worlds import Given, casebooks, entry, evidence, judged_as, proposal, restore, withdraw

RULE = "rule:sure@0123456789ab"
SOME = settings(max_examples=40)
_BOOK = [
    entry("p1", "production", maker="xa_works", on="2013"),
    entry("h1", "holding", to_party="xb_army", on="2014-01-10"),
    entry("t1", "theft", from_party="xb_army", on="2014-03-01"),
    entry("r1", "recovery", from_party="xg", to_party="xb", on="2015-02-03"),
    entry("d1", "destruction", source_id="e1", on="2016-01-01"),
    entry("x1", None),
]
_SEEN = [
    *(proposal(one.written.entry_id, item_id=i) for one in _BOOK for i in ("i1", "i2")),
    proposal("i2", other_kind="item", register=""),
    proposal("k1", other_kind="consignment", register="", basis=("in_line",)),
]
_VERDICTS: list[LinkVerdict] = ["same", "part_of", "same_lot", "not_same", "unsure"]


def _apart_from_links(concluded: Conclusions) -> Conclusions:
    return msgspec.structs.replace(concluded, links=())


@SOME
@given(casebooks(), st.lists(st.sampled_from(_SEEN), max_size=6, unique_by=id), st.booleans())
def test_what_nobody_accepted_changes_nothing(
    rows: Given,
    proposed: list[Proposal],
    rejects: bool,  # noqa: FBT001 - both ways
) -> None:
    """Proposals, open or rejected, change no chain, no finding, no grade and no pathway."""
    made = [judged_as(one, "not_same", seq=n) for n, one in enumerate(proposed)] if rejects else []
    before = conclude(evidence(**rows, entries=_BOOK))
    after = conclude(evidence(**rows, entries=_BOOK, proposals=proposed, judgements=made))

    brought = {state.proposal_id for state in before.links}
    assume(not rejects or not brought & {one.proposal_id for one in proposed})
    assert _apart_from_links(after) == _apart_from_links(before)


@st.composite
def _judged_books(draw: st.DrawFn) -> Evidence:
    rows = draw(casebooks(max_claims=3))
    drawn = draw(st.lists(st.sampled_from(_SEEN), min_size=1, max_size=6, unique_by=id))
    made = [
        judged_as(
            one, draw(st.sampled_from(_VERDICTS)), seq=n, by=draw(st.sampled_from(["Amina", RULE]))
        )
        for n, one in enumerate(drawn)
    ]
    return evidence(**rows, entries=_BOOK, proposals=drawn, judgements=made)


@SOME
@given(_judged_books(), st.data())
def test_withdrawing_and_restoring_are_exact_inverses(rows: Evidence, data: st.DataObject) -> None:
    """A judgement, a rule, an entry, its source, an item: back again, all is as it was."""
    named = [
        *(("judgements", one.judgement_id) for one in rows.judgements),
        *(("entries", key) for key in rows.entries),
        ("rules", "sure@0123456789ab"),
        ("sources", "o1"),
        ("items", "i1"),
    ]
    gone = data.draw(st.lists(st.sampled_from(named), min_size=1, max_size=3, unique=True))
    without = withdraw(rows, *gone)

    assert conclude(restore(without, *gone)) == conclude(rows)
    # And what is withdrawn holds up nothing.
    forms = {"entries": "entry:", "judgements": "", "items": "item:"}
    atoms = {forms[table] + row_id for table, row_id in gone if table in forms}
    held = {atom for f in conclude(without).findings for one in f.rests_on for atom in one}
    assert held & atoms == set()


@SOME
@given(_judged_books())
def test_every_finding_that_crosses_a_rule_alone_is_at_most_reported(rows: Evidence) -> None:
    """Whatever else is on record: sets that all hold a rule's judgement give no more."""
    ruled = {one.judgement_id for one in rows.judgements if one.is_by_rule}

    for finding in conclude(rows).findings:
        if all(ruled & set(one) for one in finding.rests_on):
            assert finding.standing in {"reported", "doubtful"}

"""Which items does nothing but their own row tell of, and what is their chain? One quiet leg.

A long list of recovered items is mostly that: nobody claims anything else of them, and no
link ties them to anything. What the rules make of such a row is known beforehand, and it
need not be followed through all of them. It must never differ from what they say.
"""

from headstamp.custody.grading import Atom
from headstamp.custody.linking import Links
from headstamp.custody.standing import standing_of
from headstamp.custody.support import resting_on
from headstamp.custody.tellings import Telling, telling_of_item
from headstamp.terms.chain import Account, Leg
from headstamp.terms.finding import Standing

QUIET_VERBS = frozenset({"recovered", "seen"})
"""One event of these is no finding; one of a loss or a theft is."""

_CARRY_NOTHING = frozenset({"proposed", "not_same"})

Accounts = tuple[Account, ...]


def lone_accounts(links: Links) -> dict[str, Accounts]:
    """Return, for every live item that only its own row tells of, its one account of one leg.

    Left out is whatever some claim or link on record speaks of, withdrawn or not; what was
    lost or stolen; and what a non-state group held, whose custody is not authorised on
    record. Cost: O(items).
    """
    grading = links.grading
    evidence = grading.evidence
    groups = {p for p, party in evidence.parties.items() if party.kind == "non_state_group"}
    standings: dict[Atom, Standing] = {}
    spoken_of = _spoken_of(links)
    found: dict[str, Accounts] = {}
    for item_id, item in evidence.items.items():
        if item_id in spoken_of or not item.is_claim or not grading.is_live("items", item_id):
            continue
        telling = telling_of_item(item)
        is_of_group = telling.from_party in groups or telling.to_party in groups
        if telling.verb in QUIET_VERBS and not is_of_group:
            known = grading.atoms[telling.atom]
            if known not in standings:
                standings[known] = standing_of(resting_on(telling.atom), grading)
            found[item_id] = (_account(telling, standings[known]),)
    return found


def _spoken_of(links: Links) -> set[str]:
    """Return every id that a claim or a link names as its subject or at one of its ends.

    A proposal that nobody judged, or that was judged to be of two things, carries nothing.
    """
    evidence = links.grading.evidence
    named = {claim.subject_id for claim in evidence.claims.values()}
    ends = [(link.item_id, link.other_id) for link in evidence.links.values()]
    judged = (state for state in links.states if state.state not in _CARRY_NOTHING)
    ends += [(state.item_id, state.other_id) for state in judged]
    return named | {one.removeprefix("item:") for pair in ends for one in pair}


def _account(telling: Telling, standing: Standing) -> Account:
    leg = Leg(
        item_id=telling.subject_id,
        account=1,
        leg=1,
        verb=telling.verb,
        from_party=telling.from_party or None,
        to_party=telling.to_party or None,
        span=telling.span,
        place=telling.place or None,
        standing=standing,
        claims=(telling.atom,),
        dated="none" if telling.span.is_unknown else "own",
    )
    return Account(item_id=telling.subject_id, account=1, legs=(leg,))

"""Which tellings cannot be true together? Denials, two places at once, two receivers."""

from collections.abc import Iterable
from itertools import combinations
from typing import Literal

import msgspec

from headstamp.custody.events import Reach
from headstamp.custody.holders import Parties, is_same_holder
from headstamp.custody.tellings import Telling
from headstamp.reference.tables import verb_rules

ConflictKind = Literal["denial", "two_places", "two_receivers"]


class Incompatible(msgspec.Struct, frozen=True, kw_only=True):
    """Two tellings that cannot both be true of one item, and why."""

    one: Reach
    other: Reach
    kind: ConflictKind


def find_incompatible(
    reaches: Iterable[Reach], parties: Parties, *, of_item: bool
) -> tuple[Incompatible, ...]:
    """Return every pair of tellings that cannot both be true (REASONING.md section 5).

    A consignment may be in two places and go to two receivers; one item may not.
    """
    found = (
        (one, other, _conflict(one, other, parties, of_item=of_item))
        for one, other in combinations(tuple(reaches), 2)
    )
    return tuple(
        Incompatible(one=one, other=other, kind=kind) for one, other, kind in found if kind
    )


def denies(denying: Reach, affirming: Reach, parties: Parties) -> bool:
    """Whether one denies what the other affirms: verb and subject equal, named parties agree.

    Its span must share a day with the event's; an undated denial is of every day. Rows of
    one object are one subject.
    """
    denial, told = denying.telling, affirming.telling
    if (denial.stance, told.stance) != ("denies", "affirms"):
        return False
    if denial.verb != told.verb or denying.key[1:3] != affirming.key[1:3]:
        return False
    named = ((denial.from_party, told.from_party), (denial.to_party, told.to_party))
    agree = all(ours is None or is_same_holder(ours, theirs, parties) for ours, theirs in named)
    return agree and denial.span.shares_day(told.span)


def _conflict(
    reach: Reach, other_reach: Reach, parties: Parties, *, of_item: bool
) -> ConflictKind | None:
    if denies(reach, other_reach, parties) or denies(other_reach, reach, parties):
        return "denial"
    one, other = reach.telling, other_reach.telling
    if not of_item or "denies" in {one.stance, other.stance}:
        return None
    if _in_two_places(one, other, parties):
        return "two_places"
    if _to_two_receivers(one, other, parties):
        return "two_receivers"
    return None


def _in_two_places(one: Telling, other: Telling, parties: Parties) -> bool:
    """Whether two unrelated parties must both have held it on one and the same day."""
    rules = verb_rules()
    if {rules[one.verb].kind, rules[other.verb].kind} != {"presence"}:
        return False
    same_day = one.span.ranges == other.span.ranges and one.span.is_single_day
    certain = one.span.is_certain and other.span.is_certain
    return same_day and certain and _are_unrelated(one.to_party, other.to_party, parties)


def _to_two_receivers(one: Telling, other: Telling, parties: Parties) -> bool:
    """Whether one party voluntarily transferred it to two on dates that overlap."""
    rules = verb_rules()
    if {rules[one.verb].kind, rules[other.verb].kind} != {"transfer"}:
        return False
    of_parts = (t.subject_kind == "consignment" and t.extent != "all" for t in (one, other))
    if any(of_parts):
        return False
    one_giver = is_same_holder(one.from_party, other.from_party, parties)
    receivers = _are_unrelated(one.to_party, other.to_party, parties)
    return one_giver and receivers and one.span.shares_day(other.span)


def _are_unrelated(one: str | None, other: str | None, parties: Parties) -> bool:
    return one is not None and other is not None and not is_same_holder(one, other, parties)

"""In what order did the events happen, and which order is compelled and not just likely?

First what dates, "n days later" and *made* compel; then holders; then stage and dates.
"""

from headstamp.custody.events import Event
from headstamp.custody.holders import Parties, is_same_holder


def put_in_order(events: tuple[Event, ...], parties: Parties) -> tuple[Event, ...]:
    """Return the events in the order of REASONING.md section 5."""
    before = _predecessors(events, parties)
    placed: list[Event] = []
    waiting = sorted(events, key=_stage_and_date)
    holder: str | None = None
    while waiting:
        done = {event.event_id for event in placed}
        ready = [e for e in waiting if before[e.event_id] <= done] or waiting
        chosen = min(
            ready, key=lambda e: (_break_in_custody(e, holder, parties), _stage_and_date(e))
        )
        waiting.remove(chosen)
        placed.append(chosen)
        holder = chosen.holder_after or holder
    return tuple(placed)


def must_come_first(one: Event, other: Event) -> bool:
    """Whether dates, "later" in a source's own words, or *made* put ``one`` first."""
    return _is_told_first(one, other) or one.span.must_precede(other.span)


def _is_told_first(one: Event, other: Event) -> bool:
    told = {t.atom for t in one.tellings}
    if any(t.after_claim in told and t.after_days != 0 for t in other.tellings):
        return True
    return one.rule.kind == "begin" and other.rule.kind != "begin"


def is_compelled(one: Event, other: Event, parties: Parties) -> bool:
    """Whether ``one``, standing before ``other``, bounds the days of ``other`` and is bounded.

    A sale (title, not custody), and events of one stage that do not hand over to each other,
    are merely listed in an order; they bound nothing that a date or a holder does not.
    """
    if must_come_first(one, other):
        return True
    kinds = {one.rule.kind, other.rule.kind}
    if kinds & {"paper", "opinion"}:
        return False
    if "title" in kinds:
        return other.rule.kind == "end" or _hands_over(one, other, parties)
    return one.rule.stage != other.rule.stage or (
        kinds != {"presence"} and _hands_over(one, other, parties)
    )


def _predecessors(events: tuple[Event, ...], parties: Parties) -> dict[str, set[str]]:
    """Return, for each event, those that come before it.

    First what sources say is later, then holders where dates meet, then dates. Where dates
    contradict holders all round, the narrowing leaves no day: an ``impossible_date``.
    """
    before: dict[str, set[str]] = {event.event_id: set() for event in events}
    pairs = sorted(
        ((a, b) for a in events for b in events if a is not b),
        key=lambda pair: (_stage_and_date(pair[0]), _stage_and_date(pair[1])),
    )
    reasons = (
        _is_told_first,
        lambda one, other: _meet(one, other) and _hands_over_only(one, other, parties),
        lambda one, other: one.span.must_precede(other.span),
    )
    for comes_first in reasons:
        for one, other in pairs:
            if comes_first(one, other) and not _leads(other, one, before):
                before[other.event_id].add(one.event_id)
    return before


def _leads(one: Event, other: Event, before: dict[str, set[str]]) -> bool:
    """Whether ``one`` already stands before ``other``, directly or through others."""
    seen: set[str] = set()
    waiting = [other.event_id]
    while waiting:
        here = waiting.pop()
        if here == one.event_id:
            return True
        if here not in seen:
            seen.add(here)
            waiting.extend(before[here])
    return False


def _hands_over(one: Event, other: Event, parties: Parties) -> bool:
    """Whether the holder after ``one`` is the holder before ``other``."""
    return is_same_holder(one.holder_after, other.holder_before, parties)


def _hands_over_only(one: Event, other: Event, parties: Parties) -> bool:
    """Whether ``one`` hands over to ``other`` and not the other way as well."""
    return _hands_over(one, other, parties) and not _hands_over(other, one, parties)


def _meet(one: Event, other: Event) -> bool:
    """Whether neither date surely comes first."""
    return not one.span.must_precede(other.span) and not other.span.must_precede(one.span)


def _break_in_custody(event: Event, holder: str | None, parties: Parties) -> int:
    """Return 0 where custody goes on, 1 where no giver is named, 2 where it would break."""
    if holder is None:
        return 0
    if is_same_holder(holder, event.holder_before, parties):
        return 0
    if event.rule.kind in {"title", "transfer"} and is_same_holder(
        holder, event.holder_after, parties
    ):
        return 0
    return 1 if event.holder_before is None else 2


def _stage_and_date(event: Event) -> tuple[int, bool, str, bool, str, str]:
    latest, earliest = event.span.latest, event.span.earliest
    return (
        event.rule.stage,
        latest is None,
        latest.isoformat() if latest else "",
        earliest is None,
        earliest.isoformat() if earliest else "",
        min(event.claims),
    )

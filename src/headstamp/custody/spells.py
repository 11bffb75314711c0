"""Between which events do days run? Intervals and diversion windows of one journey."""

from collections.abc import Iterator
from datetime import date

import msgspec

from headstamp.custody.authority import Authority
from headstamp.custody.chain import Placed
from headstamp.custody.drafts import Draft
from headstamp.custody.events import Event
from headstamp.custody.holders import Parties, name_of
from headstamp.custody.journey import Course, Journey
from headstamp.custody.support import GIVEN, Bound, Support, both, either
from headstamp.reference.tables import FIRST_NOT_AUTHORISED, interval_rules
from headstamp.terms.dates import UNKNOWN, date_label

Days = tuple[int | None, int | None]
Counted = tuple[Days, tuple[Support, ...], str]
"""Fewest and most days, what the count rests on beside the two events, and its words."""


class Crossing(msgspec.Struct, frozen=True, kw_only=True):
    """The first custody not authorised on record, and the last event before it that was."""

    last: Placed | None
    last_support: Support
    first: Placed
    first_support: Support
    holder: str
    entered: Placed | None = None
    is_last: bool = True
    is_delivered: bool = False


def find_crossing(course: Course, authority: Authority) -> Crossing | None:
    """Return where an account passes from custody authorised on record to custody that is not.

    The last authorised event is no earlier than any authorised event before it, and the
    holder had it no later than any leg that shows so: each end is told by the leg that
    knows its day best, so that a weaker telling of the passing itself hides no better one.
    """
    passed = _first_not_authorised(course, authority)
    if passed is None:
        return None
    at, holder = passed
    against = authority.not_authorised(holder)
    known = [
        (here, both(given, here.event.exists))
        for here in course.placed[:at]
        if (given := authority.authorised(here.event.holder_after))
    ]
    last, last_support = max(
        reversed(known), key=lambda pair: _opening_day(pair[0].event), default=(None, frozenset())
    )
    shown = [here for here in course.placed[at:] if holder in _holders_of(here.event)]
    first = min(shown, key=lambda here: _closing_day(here.event))
    return Crossing(
        last=last,
        last_support=last_support,
        first=first,
        first_support=both(against, first.event.exists),
        holder=holder,
        entered=_handed_over(course.placed[at], holder),
        is_last=not known or known[-1][0] is last,
        is_delivered=any(here.event.verb in {"delivered", "received"} for here, _ in known),
    )


def _handed_over(here: Placed, holder: str) -> Placed | None:
    """Return the leg if custody began with it: only then does its earliest day bound it below."""
    passes = here.event.rule.kind in {"transfer", "taking"}
    return here if passes and here.event.to_party == holder else None


def _first_not_authorised(course: Course, authority: Authority) -> tuple[int, str] | None:
    return next(
        (
            (at, holder)
            for at, here in enumerate(course.placed)
            for holder in _holders_of(here.event)
            if authority.not_authorised(holder)
        ),
        None,
    )


def _holders_of(event: Event) -> tuple[str, ...]:
    holders = (event.holder_before, event.holder_after)
    return tuple(holder for holder in holders if holder is not None)


def _opening_day(event: Event) -> tuple[bool, date]:
    """Return by how late an event surely opens the window; of equals the last one stands."""
    return event.earliest.day is not None, event.earliest.day or date.min


def _closing_day(event: Event) -> tuple[bool, date]:
    return event.latest.day is None, event.latest.day or date.max


def window_of(
    course: Course, crossing: Crossing, journey: Journey, parties: Parties
) -> Draft | None:
    """Return the span of days, and the holders, within which the item went astray."""
    last, first = crossing.last, crossing.first
    if last is None:
        return None
    core, core_support = _core(crossing)
    ends = (last.earliest.support, first.latest.support)
    support = both(crossing.last_support, crossing.first_support, *ends, core_support)
    opened, closed = last.earliest.day, first.latest.day
    if opened is not None and closed is not None and opened > closed:
        opened = closed = None
    most = (closed - opened).days if opened is not None and closed is not None else None
    least = (core[1] - core[0]).days if core else 0
    return Draft(
        kind="diversion_window",
        subject=journey.subject,
        identity=(last.event.event_id, first.event.event_id),
        version=version_of(course, journey),
        support=support,
        from_event=last.event.verb,
        to_event=first.event.verb,
        days=(least if core or most is not None else None, most),
        window=(_iso(opened), _iso(closed)),
        parties=_distinct(last.event.holder_after, crossing.holder),
        reason=_window_words(crossing, parties),
    )


def intervals_of(course: Course, crossing: Crossing | None, journey: Journey) -> Iterator[Draft]:
    """Yield the days between the pairs of events of the table, fewest and most."""
    verbs = {event.verb for event in course.events}
    for rule in interval_rules():
        if rule.from_verb not in verbs:
            continue
        for start in _places_of(course, rule.from_verb):
            for end, known in _ends(course, rule.to_verb, crossing):
                if _is_later(start, end, course):
                    for draft in _interval(start, end, course, journey):
                        support = both(draft.support, known)
                        yield msgspec.structs.replace(draft, support=support)


def _ends(course: Course, to_verb: str, crossing: Crossing | None) -> list[tuple[Placed, Support]]:
    """Return the legs at which days cease to count, and what shows that they are such ends."""
    if to_verb != FIRST_NOT_AUTHORISED:
        return [(here, GIVEN) for here in _places_of(course, to_verb)]
    if crossing is None or crossing.first.event.verb in {"recovered", "seized"}:
        return []
    return [(crossing.first, crossing.first_support)]


def _places_of(course: Course, verb: str) -> list[Placed]:
    placed = [here for here in course.placed if here.event.verb == verb]
    unplaced = [_as_placed(e) for e in course.events if e.verb == verb and e.rule.kind == "paper"]
    return placed or unplaced


def _as_placed(event: Event) -> Placed:
    return Placed(event=event, earliest=event.earliest, latest=event.latest, span=event.span)


def _is_later(start: Placed, end: Placed, course: Course) -> bool:
    """Whether the end stands after the start in the account (papers: may stand after it)."""
    if start in course.placed and end in course.placed:
        return course.placed.index(start) < course.placed.index(end)
    return not end.event.span.must_precede(start.event.span)


def _interval(start: Placed, end: Placed, course: Course, journey: Journey) -> Iterator[Draft]:
    exists = both(start.event.exists, end.event.exists)
    days, bounds, words = _as_said(start.event, end.event) or _as_counted(start, end)
    support = both(exists, *bounds)
    if days == (None, None):
        return
    yield Draft(
        kind="interval",
        subject=journey.subject,
        identity=(start.event.event_id, end.event.event_id),
        version=version_of(course, journey),
        support=support,
        from_event=start.event.verb,
        to_event=end.event.verb,
        days=days,
        parties=_distinct(
            start.event.holder_before,
            start.event.holder_after,
            end.event.holder_before,
            end.event.holder_after,
        ),
        reason=words,
    )


def _as_counted(start: Placed, end: Placed) -> Counted:
    days, bounds = _days_and_bounds(start, end)
    return days, bounds, _counted_words(start, end, days)


def _as_said(start: Event, end: Event) -> Counted | None:
    """Return the days that a source itself counts from the start, as its own statement."""
    told = {telling.atom for telling in start.tellings}
    said = [
        telling
        for telling in end.tellings
        if telling.after_claim in told and telling.after_days is not None
    ]
    counts = {telling.after_days for telling in said}
    if len(counts) != 1:
        return None
    days = int(said[0].after_days or 0)
    support: Support = either(
        frozenset({frozenset({telling.atom, str(telling.after_claim)})}) for telling in said
    )
    claims = ", ".join(f"{telling.atom} after {telling.after_claim}" for telling in said)
    words = (
        f"The source says {days} days, from {start.verb} to {end.verb} ({claims}). "
        "This is the source's statement, not our computation."
    )
    return (days, days), (support,), words


def _days_and_bounds(start: Placed, end: Placed) -> tuple[Days, tuple[Support, ...]]:
    """Return fewest and most days, and what each bound that is known rests on.

    The account puts the start first, so that fewer than 0 days is not possible.
    """
    least = _apart(start.latest, end.earliest)
    most = _apart(start.earliest, end.latest)
    if most is not None and most < 0:  # Doubtful dates forbid nothing, and are counted by nobody.
        return (None, None), ()
    bounds: list[Support] = []
    if most is not None:
        bounds += [start.earliest.support, end.latest.support]
    if least is not None and least > 0:
        bounds += [start.latest.support, end.earliest.support]
    is_known = most is not None or (least is not None and least > 0)
    return (max(0, least or 0) if is_known else None, most), tuple(bounds)


def _apart(first: Bound, last: Bound) -> int | None:
    if first.day is None or last.day is None:
        return None
    return (last.day - first.day).days


def _counted_words(start: Placed, end: Placed, days: Days) -> str:
    least, most = days
    count = str(least) if least == most else f"{least} to {'any number' if most is None else most}"
    words = (
        f"From {start.event.verb} ({_opened(start)}) to {end.event.verb} ({_closed(end)}): "
        f"{count} days, counted here."
    )
    derived = sorted(
        {f"{p.event.claims[0]}" for p in (start, end) if p.event.derived_from is not None}
    )
    if derived:
        words += (
            f' The date of {", ".join(derived)} was reckoned from "n days later" '
            "in the source's statement."
        )
    return words


def _window_words(crossing: Crossing, parties: Parties) -> str:
    last, first = crossing.last, crossing.first
    if last is None:
        return ""
    keeper, taker = name_of(last.event.holder_after, parties), name_of(crossing.holder, parties)
    astray = f"{taker}, shown by {first.event.verb} ({_closed(first)})"
    which = "Last event authorised on record"
    if not crossing.is_last:
        which = "Last event authorised on record whose day is known"
    words = [
        f"{which}: {last.event.verb} to {keeper} ({_opened(last)}).",
        f"First custody not authorised on record: {astray}.",
    ]
    places = [p.event.place for p in (last, first) if p.event.place]
    if places:
        words.append(f"Places named: {'; '.join(places)}.")
    if last.event.verb == "exported" and not crossing.is_delivered:
        words.append("Delivery not shown.")
    core, _ = _core(crossing)
    if core:
        opened, closed = core
        words.append(f"Surely within it: {opened.isoformat()} to {closed.isoformat()}.")
    return " ".join(words)


def _core(crossing: Crossing) -> tuple[tuple[date, date] | None, Support]:
    """Return the days that lie within the window for sure, and what shows them."""
    last, entered = crossing.last, crossing.entered
    if last is None or entered is None:
        return None, GIVEN
    opened, closed = last.latest.day, entered.earliest.day
    if opened is None or closed is None or closed <= opened:
        return None, GIVEN
    shown = both(entered.event.exists, last.latest.support, entered.earliest.support)
    return (opened, closed), shown


def version_of(course: Course, journey: Journey) -> tuple[str, ...]:
    """Return the relays of rival versions that this account goes by."""
    rivalled = frozenset().union(*journey.rivals)
    told = (reach.telling for reach in journey.reached.reaches)
    mine = {t.source_id for t in told if t.atom in course.atoms & rivalled and t.source_id}
    return tuple(sorted(mine))


def _opened(here: Placed) -> str:
    """Return the day on which days begin to count, with no more than its own support says."""
    if here.earliest.support == here.latest.support:
        return date_label(here.span or UNKNOWN)
    return date_label(UNKNOWN.clipped(earliest=here.earliest.day) or UNKNOWN)


def _closed(here: Placed) -> str:
    """Return the day on which days cease to count, with no more than its own support says."""
    if here.earliest.support == here.latest.support:
        return date_label(here.span or UNKNOWN)
    return date_label(UNKNOWN.clipped(latest=here.latest.day) or UNKNOWN)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _distinct(*parties: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(party for party in parties if party is not None))

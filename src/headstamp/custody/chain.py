"""How did it travel? The legs of one account in order, their days narrowed, gaps between."""

from collections.abc import Iterator

import msgspec

from headstamp.custody.events import Event
from headstamp.custody.grading import Grading
from headstamp.custody.holders import Parties, is_same_holder, name_of
from headstamp.custody.order import is_compelled
from headstamp.custody.standing import standing_of
from headstamp.custody.support import Bound, both, earlier_of, later_of
from headstamp.terms.chain import Dating, Leg
from headstamp.terms.dates import UNKNOWN, DateSpan

STAGES_OF_SUPPLY = frozenset({"sold", "shipped", "exported", "delivered", "received"})


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """One event in its place in an account, its days narrowed by its neighbours.

    ``span`` is ``None`` where nothing is left of it; ``narrowed_by`` are the neighbours.
    """

    event: Event
    earliest: Bound
    latest: Bound
    span: DateSpan | None
    narrowed_by: tuple[Event, ...] = ()


def place_events(ordered: tuple[Event, ...], parties: Parties) -> tuple[Placed, ...]:
    """Return the events in their order, each end narrowed by neighbours that compel it.

    Only certain dates narrow: ``?``, ``~`` and ``%`` never satisfy *must*.
    """
    firsts = _narrowed(ordered, parties, forwards=True)
    lasts = _narrowed(ordered[::-1], parties, forwards=False)[::-1]
    return tuple(
        Placed(
            event=event,
            earliest=first,
            latest=last,
            span=event.span.clipped(earliest=first.day, latest=last.day),
            narrowed_by=(*below, *above),
        )
        for event, (first, below), (last, above) in zip(ordered, firsts, lasts, strict=True)
    )


def draw_legs(
    placed: tuple[Placed, ...], *, item_id: str, account: int, grading: Grading
) -> tuple[Leg, ...]:
    """Return the legs of one account, numbered from 1, gaps as legs of their own."""
    legs = _legs_and_gaps(placed, item_id, account, grading)
    return tuple(msgspec.structs.replace(leg, leg=n) for n, leg in enumerate(legs, start=1))


def is_leg(event: Event) -> bool:
    """Whether an event moves or shows custody; papers and opinions do neither."""
    return event.rule.kind not in {"paper", "opinion"}


def _narrowed(
    events: tuple[Event, ...], parties: Parties, *, forwards: bool
) -> list[tuple[Bound, tuple[Event, ...]]]:
    """Return one end of every event, and the neighbours that narrowed it."""
    best = later_of if forwards else earlier_of
    done: list[tuple[Event, Bound]] = []
    found: list[tuple[Bound, tuple[Event, ...]]] = []
    for event in events:
        own = event.earliest if forwards else event.latest
        pressing = [
            (other, _handed_on(bound, other))
            for other, bound in done
            if other.span.is_certain
            and (
                is_compelled(other, event, parties)
                if forwards
                else is_compelled(event, other, parties)
            )
        ]
        bound = best([own, *(bound for _, bound in pressing)])
        narrowers = tuple(o for o, b in pressing if b.day == bound.day and bound.day != own.day)
        done.append((event, bound))
        found.append((bound, narrowers))
    return found


def _handed_on(bound: Bound, neighbour: Event) -> Bound:
    """Return a bound as a neighbour hands it on: it counts only where the neighbour happened."""
    if bound.day is None:
        return bound
    return Bound(day=bound.day, support=both(bound.support, neighbour.exists))


def _legs_and_gaps(
    placed: tuple[Placed, ...], item_id: str, account: int, grading: Grading
) -> Iterator[Leg]:
    parties = grading.evidence.parties
    holder: str | None = None
    before: Placed | None = None
    supply: list[Event] = []
    for here in placed:
        event = here.event
        opened = _opened_gap(event, holder, supply, parties)
        if opened is not None and before is not None:
            yield _gap(before, here, (holder, opened), item_id, account)
        yield _leg(here, _continuation(holder, event, parties), item_id, account, grading)
        supply = [*supply, event] if event.verb in STAGES_OF_SUPPLY else []
        holder = event.holder_after or holder or event.holder_before
        before = here


def _opened_gap(
    event: Event, holder: str | None, supply: list[Event], parties: Parties
) -> str | None:
    """Return the holder on the far side of the gap before an event, if there is a gap."""
    if holder is None or any(_is_one_supply(event, stage, parties) for stage in supply):
        return None
    found_with = event.holder_before or event.to_party
    if found_with is None or is_same_holder(holder, found_with, parties):
        return None
    return found_with


def _is_one_supply(event: Event, stage: Event, parties: Parties) -> bool:
    """Whether two stages are of one supply: to one holder, from one or from none named."""
    if event.verb not in STAGES_OF_SUPPLY or stage.verb not in STAGES_OF_SUPPLY:
        return False
    givers = None in {event.from_party, stage.from_party} or is_same_holder(
        event.from_party, stage.from_party, parties
    )
    return givers and is_same_holder(event.to_party, stage.to_party, parties)


def _continuation(holder: str | None, event: Event, parties: Parties) -> str:
    before = event.holder_before
    if holder is None or before is None or holder == before:
        return ""
    if not is_same_holder(holder, before, parties):
        return ""
    whole, part = name_of(before, parties), name_of(holder, parties)
    return f"continues: {part} and {whole} are one holder, one being part of the other"


def _leg(here: Placed, note: str, item_id: str, account: int, grading: Grading) -> Leg:
    event = here.event
    return Leg(
        item_id=item_id,
        account=account,
        leg=0,
        verb=event.verb,
        from_party=event.from_party,
        via_party="; ".join(event.via_parties) or None,
        to_party=event.to_party,
        span=here.span or event.span,
        place=event.place,
        standing=standing_of(event.exists, grading),
        claims=event.claims,
        derived=event.derived_from,
        note=note,
        dated=_dating(here),
    )


def _dating(here: Placed) -> Dating:
    """Return whose days a leg has: a bracket left by its neighbours is no recorded date."""
    if here.event.derived_from is not None:
        return "derived"
    if not here.event.span.is_unknown:
        return "own"
    return "neighbours" if here.span is not None and not here.span.is_unknown else "none"


def _gap(
    before: Placed, after: Placed, holders: tuple[str | None, str], item_id: str, account: int
) -> Leg:
    span = UNKNOWN.clipped(earliest=before.earliest.day, latest=after.latest.day)
    return Leg(
        item_id=item_id,
        account=account,
        leg=0,
        from_party=holders[0],
        to_party=holders[1],
        span=span or UNKNOWN,
        is_gap=True,
        dated="neighbours",
    )

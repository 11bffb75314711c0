"""In what order is a chain drawn? Holders as stops, and between them what passed it on."""

from typing import Literal

import msgspec

from headstamp.reports.case import Case, Leg, Track
from headstamp.reports.words.legs import PASSING

StopKind = Literal["holder", "step", "stay", "gap", "joined", "unsaid", "unattached"]
_PRESENCE = frozenset({"held", "seen", "used"})
_MAKING = frozenset({"made", "marked"})
_SUPPLY = frozenset({"sold", "shipped", "exported", "transited", "delivered", "received"})


class Stop(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the drawing: a holder, or what lies between two of them.

    ``stay`` is a leg after which the holder is the same; ``joined`` says that two names
    are recorded as one holder; ``unsaid`` that nothing on record joins two of them;
    ``unattached`` is a leg that passes something on and names no giver: no line may join it
    to the holder above. The line of other legs passes it by (``is_passed``), and it leads to
    the holder below where it names one (``leads_on``).
    """

    kind: StopKind
    party: str = ""
    leg: Leg | None = None
    is_passed: bool = False
    leads_on: bool = False


def stops_of(case: Case, track: Track) -> tuple[Stop, ...]:
    """Return the rows of a drawing, from the first holder to the last.

    Stages of one supply (sold, exported, delivered to one receiver) stand one after the
    other between the same two holders. A leg that names no giver and follows a gap tells
    of the same arrival as the gap, and is drawn before the holder that both lead to.
    """
    stops: list[Stop] = []
    holder = ""
    for stage in _stages(case, track.legs):
        giver, receiver = _ends(stage)
        if giver and giver != holder:
            stops += _arrival(case, holder, giver)
            holder = giver
        is_stay = receiver in {"", holder}
        stops += [_step(leg, stage, is_stay=is_stay, is_held=bool(holder)) for leg in stage]
        if not is_stay:
            stops.append(Stop(kind="holder", party=receiver))
        holder = receiver or holder
    return tuple(stops)


def giver_of(leg: Leg) -> str:
    """Return who held it before: of making, the maker; of a presence, nobody is said."""
    if leg.verb in _MAKING:
        return leg.giver or leg.receiver
    return "" if leg.verb in _PRESENCE else leg.giver


def receiver_of(leg: Leg) -> str:
    """Return who holds it after; what is destroyed nobody holds."""
    if leg.verb in _MAKING:
        return leg.giver or leg.receiver
    return "" if leg.verb == "destroyed" else leg.receiver


def _stages(case: Case, legs: tuple[Leg, ...]) -> list[list[Leg]]:
    """Group neighbouring legs that lead from one holder to one other."""
    stages: list[list[Leg]] = []
    for leg in legs:
        if stages and _goes_with(case, stages[-1], leg):
            stages[-1].append(leg)
        else:
            stages.append([leg])
    return stages


def _goes_with(case: Case, stage: list[Leg], leg: Leg) -> bool:
    giver, receiver = _ends(stage)
    if stage[-1].is_gap:
        arrives = leg.verb not in _PRESENCE and not leg.is_gap and not giver_of(leg)
        return arrives and receiver_of(leg) == receiver
    if leg.is_gap or not {leg.verb, stage[-1].verb} <= _SUPPLY:
        return False
    return _agree(case, giver, giver_of(leg)) and _agree(case, receiver, receiver_of(leg))


def _agree(case: Case, one: str, other: str) -> bool:
    return not one or not other or case.is_same_holder(one, other)


def _ends(stage: list[Leg]) -> tuple[str, str]:
    """Return the giver and the receiver that a stage names first."""
    givers, receivers = map(giver_of, stage), map(receiver_of, stage)
    return next(filter(None, givers), ""), next(filter(None, receivers), "")


def _arrival(case: Case, holder: str, giver: str) -> list[Stop]:
    between: list[Stop] = []
    if holder:
        joined = case.is_same_holder(holder, giver)
        between = [Stop(kind="joined" if joined else "unsaid")]
    return [*between, Stop(kind="holder", party=giver)]


def _step(leg: Leg, stage: list[Leg], *, is_stay: bool, is_held: bool) -> Stop:
    if leg.is_gap:
        return Stop(kind="gap", leg=leg)
    if leg.verb in PASSING and not leg.giver:
        others = any(giver_of(one) and not one.is_gap for one in stage)
        return Stop(
            kind="unattached",
            leg=leg,
            is_passed=others or (is_stay and is_held),
            leads_on=not is_stay,
        )
    return Stop(kind="stay" if is_stay else "step", leg=leg)

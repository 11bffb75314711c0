"""Who says that what happened? Claims, and item rows that are claims, in one shape with dates.

A telling's date is its own, narrowed by "59 days later" where it says so; each end keeps
the atoms that it follows from.
"""

from collections.abc import Collection, Sequence
from decimal import Decimal
from functools import lru_cache, reduce

import msgspec

from headstamp.custody.grading import Grading
from headstamp.custody.support import NOTHING, Bound, Support, both, resting_on
from headstamp.terms.claim import Claim, Stance, Verb
from headstamp.terms.dates import UNKNOWN, DateSpan
from headstamp.terms.evidence import ENTRIES, Evidence, atom_id
from headstamp.terms.item import Item
from headstamp.terms.register import EntryKind, RecordedEntry

_VERB_OF_CIRCUMSTANCES: dict[str | None, Verb] = {
    "reported_lost": "lost",
    "reported_stolen": "stolen",
    "held": "seen",
    "found": "seen",
    "cached": "seen",
}

_VERB_OF_KIND: dict[EntryKind, Verb] = {
    "production": "made",
    "transfer": "transferred",
    "delivery": "delivered",
    "holding": "held",
    "loss": "lost",
    "theft": "stolen",
    "recovery": "recovered",
    "destruction": "destroyed",
}
ENTRY = "entry"
"""The kind of subject that an entry speaks of: whatever it was judged to be of."""


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """One statement of one event about one subject; ``atom`` is the claim, item row or entry.

    ``span`` is the resolved date; ``derived_from`` the claim that it was reckoned from;
    ``strays_from`` the claim whose "n days later" cannot be true with the own date, and
    ``strayed_by`` what the date of that claim rests on. ``documented_on``: the day on which
    an items row was written, on which the item was there.
    """

    atom: str
    source_id: str | None
    relays: tuple[str, ...]
    statement: str | None
    verb: Verb
    subject_kind: str
    subject_id: str
    from_party: str | None
    via_party: str | None
    to_party: str | None
    span: DateSpan
    earliest: Bound
    latest: Bound
    stance: Stance
    quantity: Decimal | None = None
    extent: str = "unknown"
    hedge: str | None = None
    place: str | None = None
    after_claim: str | None = None
    after_days: int | None = None
    derived_from: str | None = None
    strays_from: str | None = None
    strayed_by: Support = NOTHING
    documented_on: DateSpan | None = None

    @property
    def subject(self) -> tuple[str, str]:
        """Subject kind and id."""
        return self.subject_kind, self.subject_id


def live_tellings(grading: Grading, *, but: Collection[str] = frozenset()) -> dict[str, Telling]:
    """Return every live telling by its atom: claims, items rows that are claims, entries.

    Args:
        but: Items whose own rows are left out.
    """
    items = grading.live("items").keys() - but
    told = _tellings(grading.evidence, _live_ids(grading, "claims"), items)
    return told | _tellings_of_entries(grading.evidence, _live_ids(grading, ENTRIES))


def all_tellings(evidence: Evidence, *, but: Collection[str] = frozenset()) -> dict[str, Telling]:
    """Return every telling on record, withdrawn ones included; ``but`` as above."""
    told = _tellings(evidence, set(evidence.claims), evidence.items.keys() - but)
    return told | _tellings_of_entries(evidence, evidence.entries.keys())


def telling_of_item(item: Item) -> Telling:
    """Return what an items row that is a claim says happened to the item."""
    verb = _VERB_OF_CIRCUMSTANCES.get(item.circumstances, "recovered")
    is_presence = verb == "seen"
    span = item.recovered_on or _as_documented(item.documented_on, is_presence=is_presence)
    alone = resting_on(atom_id("items", item.item_id))
    return Telling(
        atom=atom_id("items", item.item_id),
        source_id=item.source_id,
        relays=item.relays,
        statement=None,
        verb=verb,
        subject_kind="item",
        subject_id=item.item_id,
        from_party=None if is_presence else item.recovered_from,
        via_party=None,
        to_party=(item.recovered_from or item.recovered_by) if is_presence else item.recovered_by,
        span=span,
        earliest=Bound(day=span.earliest, support=alone),
        latest=Bound(day=span.latest, support=alone),
        stance="affirms",
        place=item.site_id,
        documented_on=item.documented_on,
    )


def telling_of_entry(entry: RecordedEntry) -> Telling | None:
    """Return what a register's entry says happened to what it was judged to be of.

    A maker makes what was produced; whoever a holding names, as giver or receiver, holds it.
    An entry of no kind says nothing.
    """
    if entry.kind is None:
        return None
    giver, receiver = entry.from_party, entry.to_party
    if entry.kind == "production":
        giver = giver or entry.maker
    elif entry.kind == "holding":
        giver, receiver = None, receiver or giver
    span = entry.on or UNKNOWN
    atom = atom_id(ENTRIES, entry.entry_key)
    return Telling(
        atom=atom,
        source_id=entry.source_id,
        relays=entry.relays,
        statement=None,
        verb=_VERB_OF_KIND[entry.kind],
        subject_kind=ENTRY,
        subject_id=entry.entry_key,
        from_party=giver,
        via_party=None,
        to_party=receiver,
        span=span,
        earliest=Bound(day=span.earliest, support=resting_on(atom)),
        latest=Bound(day=span.latest, support=resting_on(atom)),
        stance="affirms",
    )


def tellings_of_one_of(entries: Sequence[RecordedEntry]) -> tuple[Telling, ...]:
    """Return what entries say alike, one of which is of something, each in its own name.

    A party is told where all name it; the days are all from the first to the last that any
    may mean. Where they say different things, or one says nothing, nothing is told.
    """
    told = [telling_of_entry(entry) for entry in entries]
    known = [telling for telling in told if telling is not None]
    if len(known) < len(told) or len({telling.verb for telling in known}) != 1:
        return ()
    givers, receivers = {t.from_party for t in known}, {t.to_party for t in known}
    span = _covering([telling.span for telling in known])
    return tuple(
        msgspec.structs.replace(
            telling,
            from_party=telling.from_party if len(givers) == 1 else None,
            to_party=telling.to_party if len(receivers) == 1 else None,
            span=span,
            earliest=Bound(day=span.earliest, support=resting_on(telling.atom)),
            latest=Bound(day=span.latest, support=resting_on(telling.atom)),
        )
        for telling in known
    )


def _covering(spans: Sequence[DateSpan]) -> DateSpan:
    """Return the span as it is written where all are alike, else all days between their ends."""
    return spans[0] if len(set(spans)) == 1 else reduce(DateSpan.hull, spans)


def row_of_telling(atom: str) -> tuple[str, str]:
    """Return the table and id of the row that a telling is: a claim, an items row or an entry.

    >>> row_of_telling("item:i1"), row_of_telling("c1")
    (('items', 'i1'), ('claims', 'c1'))
    """
    for table in ("items", ENTRIES):
        prefix = atom_id(table, "")
        if atom.startswith(prefix):
            return table, atom.removeprefix(prefix)
    return "claims", atom


def _tellings_of_entries(evidence: Evidence, keys: Collection[str]) -> dict[str, Telling]:
    tellings = (telling_of_entry(entry) for key, entry in evidence.entries.items() if key in keys)
    return {telling.atom: telling for telling in tellings if telling is not None}


def _live_ids(grading: Grading, table: str) -> set[str]:
    return set(grading.live(table))


def _tellings(evidence: Evidence, claim_ids: set[str], item_ids: set[str]) -> dict[str, Telling]:
    found: dict[str, Telling] = {}
    for claim_id in evidence.claims:
        _resolve(claim_id, evidence, claim_ids, found)
    for item_id, item in evidence.items.items():
        if item_id in item_ids and item.is_claim:
            found[atom_id("items", item_id)] = telling_of_item(item)
    return found


def _resolve(
    claim_id: str, evidence: Evidence, claim_ids: set[str], found: dict[str, Telling]
) -> None:
    """Add the telling of one claim, after those it is dated from; a circle dates none in it."""
    line: dict[str, int] = {}
    here = claim_id
    while here in claim_ids and here not in found and here not in line:
        line[here] = len(line)
        here = evidence.claims[here].after_claim or ""
    in_circle = line.get(here, len(line))
    for one, place in reversed(line.items()):
        claim = evidence.claims[one]
        base = found.get(claim.after_claim or "") if place < in_circle else None
        found[one] = _telling_of_claim(claim, base, evidence)


def _telling_of_claim(claim: Claim, base: Telling | None, evidence: Evidence) -> Telling:
    own = claim.on or UNKNOWN
    derived = _derived_span(claim, base)
    span = own.intersect(derived) if derived is not None else own
    strays = span is None
    resolved = own if span is None else span
    earliest, latest = _bounds(claim.claim_id, own, None if strays else base, resolved)
    is_derived = not strays and derived is not None and resolved.ranges != own.ranges
    site = evidence.sites.get(claim.site_id or "")
    return Telling(
        atom=claim.claim_id,
        source_id=claim.source_id,
        relays=claim.relays,
        statement=claim.statement,
        verb=claim.verb,
        subject_kind=claim.subject_kind,
        subject_id=claim.subject_id,
        from_party=claim.from_party,
        via_party=claim.via_party,
        to_party=claim.to_party,
        span=resolved,
        earliest=earliest,
        latest=latest,
        stance=claim.stance,
        quantity=claim.quantity,
        extent=claim.extent,
        hedge=claim.hedge,
        place=claim.place or (site.name if site else claim.site_id),
        after_claim=claim.after_claim,
        after_days=claim.after_days,
        derived_from=claim.after_claim if is_derived else None,
        strays_from=claim.after_claim if strays else None,
        strayed_by=both(base.earliest.support, base.latest.support) if base else NOTHING,
    )


def _derived_span(claim: Claim, base: Telling | None) -> DateSpan | None:
    if base is None or base.span.is_unknown:
        return None
    if claim.after_days is None:
        return base.span.onward()
    return base.span.shifted(claim.after_days)


def _bounds(
    atom: str, own: DateSpan, base: Telling | None, resolved: DateSpan
) -> tuple[Bound, Bound]:
    """Return both ends of the resolved span, each with the atoms that it needs."""
    alone = resting_on(atom)
    if base is None:
        return (
            Bound(day=own.earliest, support=alone),
            Bound(day=own.latest, support=alone),
        )
    first = alone if resolved.earliest == own.earliest else _joined(atom, base.earliest)
    last = alone if resolved.latest == own.latest else _joined(atom, base.latest)
    return (
        Bound(day=resolved.earliest, support=first),
        Bound(day=resolved.latest, support=last),
    )


def _joined(atom: str, base: Bound) -> frozenset[frozenset[str]]:
    return frozenset(one | {atom} for one in base.support)


@lru_cache(maxsize=16_384)
def _as_documented(on: DateSpan | None, *, is_presence: bool) -> DateSpan:
    """Return the date that documenting gives: seen on that day, taken by then."""
    if on is None or is_presence:
        return on or UNKNOWN
    return UNKNOWN.clipped(latest=on.latest) or UNKNOWN

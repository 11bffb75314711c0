"""What does a page show of one chain? Each account drawn, in words, and as a table."""

import msgspec
from markupsafe import Markup

from headstamp.reports.case import Case, Leg, Track
from headstamp.reports.drawing.shapes import svg
from headstamp.reports.drawing.timeline import NARROW, WIDE, draw_track
from headstamp.reports.names import slug
from headstamp.reports.notes import Notes
from headstamp.reports.phrases import label, verb_label
from headstamp.reports.words.legs import leg_words, place_name
from headstamp.reports.words.subjects import party_link
from headstamp.reports.words.when import short_span


class LegView(msgspec.Struct, frozen=True, kw_only=True):
    """One leg as a sentence with its notes, and as a row."""

    number: int
    sentence: Markup
    cite: Markup
    note: str
    is_gap: bool
    what: str
    giver: Markup
    via: Markup
    receiver: Markup
    earliest: str
    latest: str
    place: str
    standing: str
    derived: str


class TrackView(msgspec.Struct, frozen=True, kw_only=True):
    """One account: its drawings, its legs, and what would decide between it and the next."""

    account: int
    key: str
    drawings: tuple[Markup, ...]
    legs: tuple[LegView, ...]
    decided_by: str
    beside: tuple[tuple[str, Markup], ...]
    n_gaps: int


def view_track(case: Case, track: Track, notes: Notes) -> TrackView:
    """Return one account ready to be shown."""
    key = f"{slug(track.subject_kind, track.subject_id)}-{track.account}"
    return TrackView(
        account=track.account,
        key=key,
        drawings=drawings(case, track, key=key),
        legs=tuple(
            _view_leg(case, leg, number=number, notes=notes)
            for number, leg in enumerate(track.legs, start=1)
        ),
        decided_by=track.decided_by,
        beside=tuple((atom, notes.cite(atom)) for atom in track.beside),
        n_gaps=sum(leg.is_gap for leg in track.legs),
    )


def drawings(case: Case, track: Track, *, key: str) -> tuple[Markup, ...]:
    """Return the wide and the narrow drawing of an account."""
    return tuple(svg(draw_track(case, track, key=key, sheet=sheet)) for sheet in (WIDE, NARROW))


def _view_leg(case: Case, leg: Leg, *, number: int, notes: Notes) -> LegView:
    named = {
        role: party_link(case, party) if party else Markup("")
        for role, party in (("giver", leg.giver), ("via", leg.via), ("receiver", leg.receiver))
    }
    return LegView(
        number=number,
        sentence=leg_words(case, leg, subject=Markup("it")),
        cite=notes.cite(*leg.claims),
        note=leg.note,
        is_gap=leg.is_gap,
        what="gap" if leg.is_gap else verb_label(leg.verb),
        earliest=short_span(leg.earliest, leg.earliest),
        latest=short_span(leg.latest, leg.latest),
        place=place_name(case, leg.place) if leg.place else "",
        standing=label("standing", leg.standing) if leg.standing else "",
        derived=leg.derived,
        **named,
    )

"""What does the case come to? Counts, the best chain, findings, what is not known."""

from markupsafe import Markup

from headstamp.reports.case import Case, Leg, Track
from headstamp.reports.cells import Row, text_of
from headstamp.reports.names import chain_page
from headstamp.reports.notes import Notes
from headstamp.reports.pages.chain_view import view_track
from headstamp.reports.pages.counts import count
from headstamp.reports.pages.finding_view import finding_href
from headstamp.reports.pages.page import Page
from headstamp.reports.pages.world import world_drawings
from headstamp.reports.phrases import label, labels
from headstamp.reports.words.findings import finding_heading, finding_words
from headstamp.reports.words.legs import gap_words, is_dated, verb_words
from headstamp.reports.words.subjects import subject_words

_ON_RECORD = (
    "items on record",
    "consignments on record",
    "claims",
    "claims that stand",
    "sources",
    "parties",
    "findings",
    "findings that may be said as ours",
    "findings that may be said as others report them",
    "findings for work on the case only",
)


def index_page(case: Case) -> Page:
    """Return the first page."""
    notes = Notes(case)
    best = best_track(case)
    return Page(
        file="index.html",
        template="index.html",
        title="Overview",
        values={
            "counts": tuple((what, count(case, what)) for what in _ON_RECORD),
            "n": {what: count(case, what) for what in _ON_RECORD},
            "best": view_track(case, best, notes) if best else None,
            "best_subject": _subject(case, best) if best else None,
            "voices": tuple(_voice(case, *voice) for voice in labels("voice")),
            "gaps": _gaps(case),
            "undetermined": tuple(
                {"sentence": finding_words(case, row), "href": finding_href(row)}
                for row in case.rows_where("findings", "verdict", "cannot_be_determined")
            ),
            "undated": _undated(case),
            "requests": _requests(case),
            "world": world_drawings(case),
            "notes": notes.notes,
        },
    )


def best_track(case: Case) -> Track | None:
    """Return the first account of the item that has the most legs; of consignments if no item."""
    firsts = [tracks[0] for tracks in case.tracks.values()]
    if not firsts:
        return None
    return max(
        firsts,
        key=lambda track: (
            track.subject_kind == "item",
            sum(not leg.is_gap for leg in track.legs),
        ),
    )


def _subject(case: Case, track: Track) -> dict[str, str]:
    return {
        "ident": track.subject_id,
        "kind": track.subject_kind,
        "name": case.subject_name(track.subject_kind, track.subject_id),
        "href": chain_page(track.subject_kind, track.subject_id),
    }


def _voice(case: Case, voice: str, name: str, meaning: str) -> dict[str, object]:
    return {
        "label": name,
        "meaning": meaning,
        "findings": tuple(
            _finding(case, row) for row in case.rows_where("findings", "voice", voice)
        ),
    }


def _finding(case: Case, row: Row) -> dict[str, object]:
    return {
        "heading": finding_heading(row),
        "subject": text_of(row, "subject_id"),
        "sentence": finding_words(case, row),
        "standing": label("standing", text_of(row, "standing")),
        "href": finding_href(row),
    }


def _legs(case: Case) -> list[tuple[Track, Leg]]:
    """Return the legs of every subject's best account."""
    return [(tracks[0], leg) for tracks in case.tracks.values() for leg in tracks[0].legs]


def _gaps(case: Case) -> tuple[dict[str, object], ...]:
    return tuple(
        {"sentence": gap_words(case, leg, subject=_words(case, track)), "href": _href(track)}
        for track, leg in _legs(case)
        if leg.is_gap
    )


def _undated(case: Case) -> tuple[dict[str, object], ...]:
    """Return, once per subject, the legs of its best account that no source dates."""
    found: dict[str, tuple[Track, list[Markup]]] = {}
    for track, leg in _legs(case):
        if not leg.is_gap and not is_dated(case, leg):
            found.setdefault(_href(track), (track, []))[1].append(verb_words(case, leg))
    return tuple(
        {"subject": _words(case, track), "legs": tuple(legs), "href": href}
        for href, (track, legs) in sorted(found.items())
    )


def _requests(case: Case) -> tuple[dict[str, str], ...]:
    return tuple(
        {
            "ident": text_of(row, "request_id"),
            "addressee": case.party_name(text_of(row, "addressee")),
            "outcome": label("outcome", text_of(row, "outcome") or "open"),
        }
        for row in case.rows("requests")
        if text_of(row, "outcome") not in {"confirmed", "withdrawn"}
    )


def _words(case: Case, track: Track) -> Markup:
    return subject_words(case, track.subject_kind, track.subject_id)


def _href(track: Track) -> str:
    return chain_page(track.subject_kind, track.subject_id)

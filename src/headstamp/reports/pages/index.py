"""What does the case come to? Counts, the best chain, findings, what is not known."""

from markupsafe import Markup

from headstamp.reports.case import Case, Leg, Track
from headstamp.reports.cells import Row, text_of
from headstamp.reports.cuts import Cuts
from headstamp.reports.names import chain_page, slug
from headstamp.reports.notes import Notes
from headstamp.reports.pages.chain_view import view_track
from headstamp.reports.pages.counts import ONE_LEG, count, without_page
from headstamp.reports.pages.finding_view import finding_href
from headstamp.reports.pages.page import Page
from headstamp.reports.pages.reading_counts import fates
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
    "entries of registers that a judgement names",
    "links that are only proposed",
)


def index_page(case: Case) -> Page:
    """Return the first page."""
    notes, cuts = Notes(case), Cuts("index.html")
    best = best_track(case)
    return Page(
        file="index.html",
        template="index.html",
        title="Overview",
        values={
            "counts": tuple((what, count(case, what)) for what in _ON_RECORD),
            "n": {what: count(case, what) for what in _ON_RECORD},
            "n_one_leg": without_page(case)[ONE_LEG],
            "taken": fates(case, "rows")[0],
            "best": view_track(case, best, notes) if best else None,
            "best_subject": _subject(case, best) if best else None,
            "voices": tuple(_voice(case, cuts, *voice) for voice in labels("voice")),
            "gaps": _gaps(case, cuts),
            "undetermined": _undetermined(case, cuts),
            "undated": _undated(case, cuts),
            "requests": _requests(case, cuts),
            "world": world_drawings(case),
            "notes": notes.notes,
            "cuts": cuts,
        },
        cuts=cuts,
    )


def best_track(case: Case) -> Track | None:
    """Return the first account of the item that has the most legs; of consignments if no item.

    Of very many items with one leg each none has the most.
    """
    least = 1 if len(case.paged) == len(case.subjects) else 2
    firsts = [
        tracks[0]
        for subject, tracks in case.tracks.items()
        if case.has_page(*subject) and len(tracks[0].legs) >= least
    ]
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
        "href": _href(case, track),
    }


def _voice(case: Case, cuts: Cuts, voice: str, name: str, meaning: str) -> dict[str, object]:
    what = f"findings, {name.lower()}"
    shown = cuts.first(case.rows_where("findings", "voice", voice), what, table="findings")
    return {
        "label": name,
        "meaning": meaning,
        "findings": tuple(_finding(case, row) for row in shown),
        "more": cuts.get(what),
    }


def _finding(case: Case, row: Row) -> dict[str, object]:
    return {
        "heading": finding_heading(row),
        "subject": text_of(row, "subject_id"),
        "sentence": finding_words(case, row),
        "standing": label("standing", text_of(row, "standing")),
        "href": finding_href(case, row),
    }


def _legs(case: Case) -> list[tuple[Track, Leg]]:
    """Return the legs of every subject's best account."""
    return [(tracks[0], leg) for tracks in case.tracks.values() for leg in tracks[0].legs]


def _gaps(case: Case, cuts: Cuts) -> tuple[dict[str, object], ...]:
    gaps = [(track, leg) for track, leg in _legs(case) if leg.is_gap]
    return tuple(
        {"sentence": gap_words(case, leg, subject=_words(case, track)), "href": _href(case, track)}
        for track, leg in cuts.first(gaps, "gaps", table="chains")
    )


def _undetermined(case: Case, cuts: Cuts) -> tuple[dict[str, object], ...]:
    rows = case.rows_where("findings", "verdict", "cannot_be_determined")
    return tuple(
        {"sentence": finding_words(case, row), "href": finding_href(case, row)}
        for row in cuts.first(rows, "questions that cannot be determined", table="findings")
    )


def _undated(case: Case, cuts: Cuts) -> tuple[dict[str, object], ...]:
    """Return, once per subject, the legs of its best account that no source dates."""
    found: dict[str, tuple[Track, list[Leg]]] = {}
    for track, leg in _legs(case):
        if not leg.is_gap and not is_dated(case, leg):
            page = chain_page(track.subject_kind, track.subject_id)
            found.setdefault(page, (track, []))[1].append(leg)
    undated = [legs for _, legs in sorted(found.items())]
    return tuple(
        {
            "subject": _words(case, track),
            "legs": tuple(verb_words(case, leg) for leg in legs),
            "href": _href(case, track),
        }
        for track, legs in cuts.first(undated, "chains without a date", table="chains")
    )


def _requests(case: Case, cuts: Cuts) -> tuple[dict[str, str], ...]:
    rows = [
        row
        for row in case.rows("requests")
        if text_of(row, "outcome") not in {"confirmed", "withdrawn"}
    ]
    return tuple(
        {
            "ident": text_of(row, "request_id"),
            "addressee": case.party_name(text_of(row, "addressee")),
            "outcome": label("outcome", text_of(row, "outcome") or "open"),
            "href": _request_href(case, text_of(row, "request_id")),
        }
        for row in cuts.first(rows, "requests without a full answer", table="requests")
    )


def _request_href(case: Case, ident: str) -> str:
    if case.is_listed("requests", ident):
        return f"papers.html#{slug('requests', ident)}"
    return "tables/requests.csv"


def _words(case: Case, track: Track) -> Markup:
    return subject_words(case, track.subject_kind, track.subject_id)


def _href(case: Case, track: Track) -> str:
    """Return where a chain is told: on its page, else in the table of all chains."""
    if case.has_page(track.subject_kind, track.subject_id):
        return chain_page(track.subject_kind, track.subject_id)
    return "tables/chains.csv"

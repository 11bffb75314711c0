"""Who says it? Sources with their grades, who relays whom, and what rests on each."""

from collections import Counter
from collections.abc import Mapping

from headstamp.reports.case import Case
from headstamp.reports.cells import Row, text_of, texts_of
from headstamp.reports.cuts import MOST_NESTED, Cuts
from headstamp.reports.names import slug
from headstamp.reports.pages.finding_view import finding_href
from headstamp.reports.pages.lineages import LINEAGES, paths
from headstamp.reports.pages.page import Page
from headstamp.reports.phrases import label, phrases
from headstamp.reports.words.findings import finding_heading
from headstamp.reports.words.links import row_href, web_link
from headstamp.reports.words.origins import is_undisclosed
from headstamp.reports.words.when import day_words

_EFFECTS = ("falls", "weaker")
_PATHS = "ways by which rows came"


def sources_page(case: Case) -> Page:
    """Return the page of sources."""
    cuts = Cuts("sources.html")
    shown = cuts.first(case.rows("sources"), "sources", table="sources")
    return Page(
        file="sources.html",
        template="sources.html",
        title="Sources",
        values={
            "trees": tuple(_trees(case, cuts)),
            "more_trees": cuts.get(_PATHS),
            "sources": tuple(_source(case, row, cuts) for row in shown),
            "more": cuts.get("sources"),
            "reliability": tuple(phrases("reliability").items()),
        },
        cuts=cuts,
    )


def _trees(case: Case, cuts: Cuts) -> list[dict[str, object]]:
    """Return the paths of all rows as trees, origins first; those relayed by nobody are no tree."""
    counted = paths(case)
    every = sorted(path for path in counted if len(path) > 1)
    told = list(cuts.first(every, _PATHS, table=LINEAGES))
    rows_of = Counter({path[0]: 0 for path in told})
    for path in told:
        rows_of[path[0]] += counted[path]
    return [_branch(case, counted, (origin,), told) for origin, _ in rows_of.most_common()]


def _branch(
    case: Case,
    counted: Mapping[tuple[str, ...], int],
    above: tuple[str, ...],
    told: list[tuple[str, ...]],
) -> dict[str, object]:
    """Return the source at the end of ``above``, and those who have it from there."""
    depth = len(above)
    below = [path for path in told if path[:depth] == above and len(path) > depth]
    source = above[-1]
    row = case.row("sources", source) or {}
    return {
        "name": case.source_name(source),
        "href": row_href(case, "sources", "source", source),
        "reliability": text_of(row, "reliability") or "F",
        "kind": label("source_kind", text_of(row, "kind") or "other"),
        "is_undisclosed": depth == 1 and is_undisclosed(case, source),
        "n_rows": counted.get(above, 0) if depth > 1 else 0,
        "below": [
            _branch(case, counted, (*above, relay), below)
            for relay in dict.fromkeys(path[depth] for path in below)
        ],
    }


def _source(case: Case, row: Row, cuts: Cuts) -> dict[str, object]:
    ident = text_of(row, "source_id")
    reliability = text_of(row, "reliability") or "F"
    return {
        "anchor": slug("source", ident),
        "ident": ident,
        "name": case.source_name(ident),
        "title": text_of(row, "title"),
        "kind": label("source_kind", text_of(row, "kind")),
        "reliability": reliability,
        "reliability_words": phrases("reliability").get(reliability, ""),
        "published": day_words(text_of(row, "published_on")),
        "language": text_of(row, "language"),
        "link": web_link(text_of(row, "url")),
        "note": text_of(row, "note"),
        "effects": tuple(
            {
                "label": label("effect", effect),
                "findings": _resting(case, ident, effect, cuts),
                "more": cuts.get(_without(ident, effect)),
            }
            for effect in _EFFECTS
        ),
    }


def _without(ident: str, effect: str) -> str:
    return f"findings without {ident}: {label('effect', effect)}"


def _resting(case: Case, ident: str, effect: str, cuts: Cuts) -> tuple[dict[str, str], ...]:
    """Return the findings to which this happens when the source is withdrawn."""
    found = []
    affected = _affected(case, ident).get(effect, ())
    what = _without(ident, effect)
    for finding_id in cuts.first(affected, what, table="rests_on_source", most=MOST_NESTED):
        finding = case.row("findings", finding_id)
        if finding is not None:
            words = f"{finding_heading(finding)}: {text_of(finding, 'subject_id')} ({finding_id})"
            found.append({"href": finding_href(case, finding), "words": words})
    return tuple(found)


def _affected(case: Case, ident: str) -> dict[str, tuple[str, ...]]:
    """Return which findings fall without a source, and which stand on less."""
    row = case.row("rests_on_source", ident)
    if row is None:
        return {}
    falling = texts_of(row, "falls_without_it")
    resting = texts_of(row, "rests_on_it")
    fallen = set(falling)
    return {"falls": falling, "weaker": tuple(f for f in resting if f not in fallen)}

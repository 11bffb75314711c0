"""Who says so? Whoever stands behind a conclusion, and how it may therefore be worded.

A flat *was* only for what field documentation observed; everything else is attributed,
in the words of phrases.toml (REASONING.md section 3).
"""

from typing import Literal

import msgspec
from markupsafe import Markup

from headstamp.reports.case import Case, lineage_of
from headstamp.reports.cells import Row, field, join_words, text_of
from headstamp.reports.phrases import phrase

How = Literal[
    "observed",
    "confirmed",
    "official",
    "register",
    "independent",
    "told",
    "undisclosed",
    "poor",
    "none",
]
_MOST_NAMED = 3
_OPEN_ENDED = frozenset({"press", "other"})
_DOCUMENTED: dict[str, How] = {
    "field_documentation": "observed",
    "trace_response": "confirmed",
    "official_document": "official",
    "register": "register",
}


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """How something is known: the origins that say it, and who relays them (source ids)."""

    how: How
    speakers: tuple[str, ...] = ()
    relays: tuple[str, ...] = ()


def attribution(case: Case, atoms: tuple[str, ...], standing: str) -> Attribution:
    """Return how a conclusion of this standing, resting on these rows, may be worded."""
    lineages = [lineage_of(row) for atom in atoms if (row := said_row(case, atom)) is not None]
    lineages = [lineage for lineage in lineages if lineage]
    origins = [lineage[-1] for lineage in lineages if not is_undisclosed(case, lineage[-1])]
    speakers = tuple(dict.fromkeys(origins))
    relays = tuple(
        dict.fromkeys(lineage[0] for lineage in lineages if lineage[0] not in set(speakers))
    )
    how = _how(case, lineages, speakers, standing)
    if how in _DOCUMENTED.values():
        speakers = tuple(s for s in speakers if _DOCUMENTED.get(_kind(case, s)) == how)
    return Attribution(how=how, speakers=speakers, relays=relays)


def attribution_by_sources(case: Case, sources: tuple[str, ...]) -> Attribution:
    """Return the same where only the sources are known, and not which row each stands behind."""
    pairs = {
        (text_of(row, "source_id"), text_of(row, "relays_from")) for row in case.rows("lineage")
    }
    among = {(relay, told) for relay, told in pairs if relay in sources and told in sources}
    ends = [s for s in sources if s not in {relay for relay, _ in among}]
    nearest = [s for s in sources if s not in {told for _, told in among} and s not in ends]
    speakers = tuple(source for source in ends if not is_undisclosed(case, source))
    how: How = "told" if speakers else "undisclosed"
    return Attribution(how=how, speakers=speakers, relays=tuple(nearest))


def is_undisclosed(case: Case, source_id: str) -> bool:
    """Whether a lineage that ends here hides who first said it: press, and people not named."""
    row = case.row("sources", source_id)
    kind = _kind(case, source_id)
    unnamed = kind == "interview" and not (row and text_of(row, "publisher"))
    return kind in _OPEN_ENDED or unnamed


def said_row(case: Case, atom: str) -> Row | None:
    """Return the row behind an id that a conclusion rests on, if it was said by a source."""
    kind, is_prefixed, rest = atom.partition(":")
    if is_prefixed and kind in _TABLE_OF_PREFIX:
        return case.row(_TABLE_OF_PREFIX[kind], rest)
    for table in ("claims", "undertakings", "consents", "published_figures", "figures_against"):
        if row := case.row(table, atom):
            return row
    return None


def lead(case: Case, told: Attribution, *, subject: Markup, predicate: Markup) -> Markup:
    """Return "*subject* was *predicate*", worded as its attribution allows."""
    values = {
        "subject": subject,
        "predicate": predicate,
        "speakers": speakers_words(case, told.speakers),
        "relayed": _relayed(case, told, "after"),
        "relayed_alone": _relayed(case, told, "alone"),
    }
    return phrase("lead", told.how).format(**values)


def opening(case: Case, told: Attribution, voice: str) -> Markup:
    """Return how a finding of this voice begins."""
    key = voice if voice in {"ours", "internal"} else "attributed"
    if key == "attributed" and not told.speakers:
        key = "attributed_undisclosed" if told.relays else "attributed_unsourced"
    return phrase("opening", key).format(
        speakers=speakers_words(case, told.speakers),
        relayed=_relayed(case, told, "after"),
        relayed_alone=_relayed(case, told, "alone"),
    )


def speakers_words(case: Case, sources: tuple[str, ...]) -> Markup:
    """Return the names of sources in words, the first three by name."""
    names = tuple(dict.fromkeys(case.source_name(source) for source in sources))
    shown = [field(name) for name in names[:_MOST_NAMED]]
    if len(names) > _MOST_NAMED:
        shown.append(Markup("others"))
    return join_words(shown)


def _relayed(case: Case, told: Attribution, key: str) -> Markup:
    if not told.relays:
        return Markup("")
    return phrase("relayed", key).format(relays=speakers_words(case, told.relays))


def _how(
    case: Case, lineages: list[tuple[str, ...]], speakers: tuple[str, ...], standing: str
) -> How:
    if standing == "unsupported":
        return "none"
    if standing == "documented":
        return _how_documented(case, lineages)
    if not speakers:
        return "undisclosed"
    if standing == "doubtful":
        return "poor"
    return "independent" if standing == "corroborated" else "told"


def _how_documented(case: Case, lineages: list[tuple[str, ...]]) -> How:
    """Return the first of observed, confirmed, official, register that a whole lineage is."""
    kinds = [{_kind(case, source) for source in lineage} for lineage in lineages]
    for kind, how in _DOCUMENTED.items():
        if {kind} in kinds:
            return how
    return "official"


def _kind(case: Case, source_id: str) -> str:
    row = case.row("sources", source_id)
    return text_of(row, "kind") if row else "other"


_TABLE_OF_PREFIX = {
    "item": "items",
    "mark": "marks",
    "consignment": "consignments",
    "document": "documents",
    "party": "parties",
    "site": "sites",
    "request": "requests",
    "entry": "judged_entries",
}

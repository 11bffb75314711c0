"""What was found, in words? One sentence per finding, following its standing and its voice.

The sentence comes before the finding's own ``reason``, which is printed as it is. No
sentence names intent, and a discrepancy between relays blames nobody.
"""

from collections.abc import Mapping

from markupsafe import Markup

from headstamp.reports.case import Case
from headstamp.reports.cells import Row, number_of, sets_of, text_of, texts_of
from headstamp.reports.phrases import phrases, verb_label
from headstamp.reports.words.legs import hedge_words
from headstamp.reports.words.links import row_href
from headstamp.reports.words.origins import (
    Attribution,
    attribution,
    attribution_by_sources,
    opening,
)
from headstamp.reports.words.subjects import capitalised, path_words, subject_words
from headstamp.reports.words.when import between_words, days_words

_REPLIES = ("denied", "explained", "no_reply", "declined", "not_asked")


def finding_words(case: Case, finding: Row) -> Markup:
    """Return the sentence of a finding, with the sources' own hedges after it."""
    told = finding_attribution(case, finding)
    sentence = _sentence(case, _form(finding), finding).format(**_values(case, finding, told))
    hedges = hedge_words(case, atoms_of(finding))
    return Markup(" ").join([capitalised(sentence), *([hedges] if hedges else [])])


def finding_heading(finding: Row) -> str:
    """Return what kind of finding it is, in words."""
    return str(_form(finding)["heading"])


def finding_attribution(case: Case, finding: Row) -> Attribution:
    """Return who stands behind a finding."""
    told = attribution(case, atoms_of(finding), text_of(finding, "standing"))
    if told.speakers or told.relays:
        return told
    behind = case.sources_behind.get(text_of(finding, "finding_id"), ())
    return attribution_by_sources(case, behind)


def atoms_of(finding: Row) -> tuple[str, ...]:
    """Return every id that some set of the finding holds, in order."""
    return tuple(dict.fromkeys(atom for atoms in sets_of(finding, "rests_on") for atom in atoms))


def reply_words(finding: Row) -> str:
    """Return whether the party was asked and what it said; dates as the table has them."""
    replied = text_of(finding, "replied")
    for key in _REPLIES:
        if replied == key:
            return str(phrases("replied")[key])
        if replied.startswith(key):
            rest = replied.removeprefix(key).strip()
            return f"{phrases('replied')[key]} {rest}"
    return replied


def missing_words(case: Case, finding: Row) -> tuple[Markup, ...]:
    """Return what would be needed to know more, as far as the tables tell."""
    said = phrases("missing")
    found = []
    if text_of(finding, "kind") == "transmission_discrepancy":
        found.append(Markup(said["origin"]))  # noqa: S704 - our own phrase
    if text_of(finding, "verdict") and text_of(finding, "replied") in {"", "not_asked"}:
        found.append(Markup(said["not_asked"]))  # noqa: S704 - our own phrase
    ident = text_of(finding, "finding_id")
    if case.rows_where("pathways", "finding_id", ident):
        link = Markup('<a href="{}">{}</a>')
        found.append(link.format(row_href(case, "pathways", "pathways", ident), said["between"]))
    return tuple(found)


def _form(finding: Row) -> Mapping[str, str]:
    kinds = phrases("kind")
    found: Mapping[str, str] = kinds.get(text_of(finding, "kind"), kinds["other"])
    return found


def _sentence(case: Case, form: Mapping[str, str], finding: Row) -> Markup:
    key = text_of(finding, "verdict") or "sentence"
    if text_of(finding, "kind") == "interval" and is_stated(case, finding):
        key = "stated"
    return Markup(form.get(key) or form.get("sentence") or phrases("kind")["other"]["sentence"])  # noqa: S704 - our own phrases


def is_stated(case: Case, finding: Row) -> bool:
    """Whether a claim that the interval rests on itself gives this number of days."""
    days = number_of(finding, "days_min")
    if days is None or days != number_of(finding, "days_max"):
        return False
    rows = [case.row("claims", atom) or {} for atom in atoms_of(finding)]
    return any(number_of(row, "after_days") == days for row in rows)


def _values(case: Case, finding: Row, told: Attribution) -> dict[str, Markup | str]:
    parties = texts_of(finding, "parties")
    unknown = Markup("a party that is not named")
    return {
        "opening": opening(case, told, text_of(finding, "voice")),
        "subject": subject_words(
            case, text_of(finding, "subject_kind"), text_of(finding, "subject_id")
        ),
        "path": path_words(case, parties) or Markup("no party is named"),
        "first": case.party(parties[0]) if parties else unknown,
        "last": case.party(parties[-1]) if parties else unknown,
        "from_event": verb_label(text_of(finding, "from_event")),
        "to_event": verb_label(text_of(finding, "to_event")),
        "days": days_words(number_of(finding, "days_min"), number_of(finding, "days_max")),
        "window": between_words(text_of(finding, "window_from"), text_of(finding, "window_to")),
    }

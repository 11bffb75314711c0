"""What does a page show of one finding? Its sentence, its reason, its evidence, what is missing."""

import msgspec
from markupsafe import Markup

from headstamp.reports.case import Case
from headstamp.reports.cells import Row, is_true, sets_of, text_of, texts_of
from headstamp.reports.names import slug
from headstamp.reports.notes import Notes
from headstamp.reports.phrases import label
from headstamp.reports.words.evidence import atom_label
from headstamp.reports.words.findings import (
    finding_heading,
    finding_words,
    missing_words,
    reply_words,
)
from headstamp.reports.words.links import row_href
from headstamp.reports.words.subjects import subject_link
from headstamp.reports.words.when import between_words, days_words


class Denial(msgspec.Struct, frozen=True, kw_only=True):
    """One claim that denies something of the finding's subject, by whoever made it."""

    label: Markup
    cite: Markup
    quote: str


class FindingView(msgspec.Struct, frozen=True, kw_only=True):
    """One finding as a page shows it."""

    ident: str
    anchor: str
    heading: str
    subject: Markup
    sentence: Markup
    reason: str
    standing: str
    voice: str
    facts: tuple[tuple[str, str], ...]
    sets: tuple[Markup, ...]
    missing: tuple[Markup, ...]
    denials: tuple[Denial, ...]


def view_finding(case: Case, finding: Row, notes: Notes) -> FindingView:
    """Return a finding ready to be shown, its evidence numbered among the page's notes."""
    ident = text_of(finding, "finding_id")
    return FindingView(
        ident=ident,
        anchor=slug("finding", ident),
        heading=finding_heading(finding),
        subject=subject_link(
            case, text_of(finding, "subject_kind"), text_of(finding, "subject_id")
        ),
        sentence=finding_words(case, finding),
        reason=text_of(finding, "reason"),
        standing=text_of(finding, "standing"),
        voice=text_of(finding, "voice"),
        facts=tuple((name, value) for name, value in _facts(case, finding) if value),
        sets=tuple(_set_words(case, atoms, notes) for atoms in sets_of(finding, "rests_on")),
        missing=missing_words(case, finding),
        denials=_denials(case, finding, notes),
    )


def finding_href(case: Case, finding: Row) -> str:
    """Return where a finding stands in full."""
    return row_href(case, "findings", "finding", text_of(finding, "finding_id"))


def _facts(case: Case, finding: Row) -> list[tuple[str, str]]:
    """Return what the table says of a finding, by name; empty values are left out later."""
    verdict = text_of(finding, "verdict")
    has_days = bool(text_of(finding, "days_min") or text_of(finding, "days_max"))
    has_window = bool(text_of(finding, "window_from") or text_of(finding, "window_to"))
    parties = ", ".join(case.party_name(party) for party in texts_of(finding, "parties"))
    return [
        ("Standing", label("standing", text_of(finding, "standing"))),
        ("Who may say it", label("voice", text_of(finding, "voice"))),
        ("Verdict", label("verdict", verdict) if verdict else ""),
        ("Contested", "yes" if is_true(finding, "contested") else "no"),
        ("Independent origins", text_of(finding, "origins")),
        ("Days", _days(finding) if has_days else ""),
        ("Window", _window(finding) if has_window else ""),
        ("Parties, in order of custody", parties),
        ("Right of reply", reply_words(finding) if _is_asked_of(finding) else ""),
    ]


def _is_asked_of(finding: Row) -> bool:
    """Whether a reply matters: to a verdict, or where somebody replied."""
    return bool(text_of(finding, "verdict")) or text_of(finding, "replied") not in {"", "not_asked"}


def _days(finding: Row) -> str:
    ends = (text_of(finding, "days_min"), text_of(finding, "days_max"))
    return days_words(*(int(end) if end else None for end in ends))


def _window(finding: Row) -> str:
    return between_words(text_of(finding, "window_from"), text_of(finding, "window_to"))


def _set_words(case: Case, atoms: tuple[str, ...], notes: Notes) -> Markup:
    """Return one set of evidence as a list in words, each row with its note."""
    parts = [Markup("{}{}").format(atom_label(case, atom), notes.cite(atom)) for atom in atoms]
    return Markup(", ").join(parts)


def _denials(case: Case, finding: Row, notes: Notes) -> tuple[Denial, ...]:
    subject = (text_of(finding, "subject_kind"), text_of(finding, "subject_id"))
    parties = set(texts_of(finding, "parties"))
    return tuple(
        Denial(
            label=atom_label(case, text_of(claim, "claim_id")),
            cite=notes.cite(text_of(claim, "claim_id")),
            quote=text_of(claim, "quote"),
        )
        for claim in case.rows_where("claims", "stance", "denies")
        if (text_of(claim, "subject_kind"), text_of(claim, "subject_id")) == subject
        or parties & {text_of(claim, "from_party"), text_of(claim, "to_party")}
    )

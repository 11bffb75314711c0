"""How may it have got there? Each subject's windows with their pathways, none of them ranked."""

import msgspec
from markupsafe import Markup

from headstamp.reports.case import Case, Track
from headstamp.reports.cells import Row, text_of, texts_of
from headstamp.reports.cuts import Cuts
from headstamp.reports.names import slug
from headstamp.reports.pages.finding_view import finding_href
from headstamp.reports.pages.page import Page
from headstamp.reports.phrases import label, phrase
from headstamp.reports.words.findings import atoms_of, finding_heading
from headstamp.reports.words.subjects import subject_link
from headstamp.reports.words.when import between_words

_CELLS = ("pathway", "state", "why", "decided_by")


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """One window that a table of pathways belongs to: from whom to whom, when, which accounts."""

    anchor: str
    href: str
    heading: str
    giver: Markup | None
    receiver: Markup | None
    when: str
    accounts: tuple[int, ...]


def pathways_page(case: Case) -> Page:
    """Return the page of pathways; windows of one subject with equal tables share one."""
    grouped: dict[tuple[str, str], list[Row]] = {}
    cuts = Cuts("pathways.html")
    shown = frozenset(cuts.first(case.windows, "windows", table="pathways"))
    for row in case.rows("pathways"):
        key = (text_of(row, "finding_id"), text_of(row, "item_id"))
        if key in shown:
            grouped.setdefault(key, []).append(row)
    folded: dict[tuple[str, str, tuple[tuple[str, ...], ...]], list[str]] = {}
    for (finding_id, ident), rows in grouped.items():
        kind = _kind(case, case.row("findings", finding_id), ident)
        cells = tuple(tuple(text_of(row, name) for name in _CELLS) for row in rows)
        folded.setdefault((kind, ident, cells), []).append(finding_id)
    return Page(
        file="pathways.html",
        template="pathways.html",
        title="Pathways",
        values={
            "meaning": phrase("pathways", "meaning"),
            "groups": tuple(
                _group(case, kind, ident, cells=cells, findings=findings)
                for (kind, ident, cells), findings in folded.items()
            ),
            "more": cuts.get("windows"),
        },
        cuts=cuts,
    )


def _group(
    case: Case,
    kind: str,
    ident: str,
    *,
    cells: tuple[tuple[str, ...], ...],
    findings: list[str],
) -> dict[str, object]:
    n_open = sum(state != "excluded" for _, state, _, _ in cells)
    windows = tuple(_window(case, kind, ident, finding_id) for finding_id in findings)
    return {
        "anchor": f"{windows[0].anchor}-table",
        "kind": kind,
        "subject": subject_link(case, kind, ident),
        "name": case.subject_name(kind, ident),
        "windows": windows,
        "not_shown": _not_shown(kind, windows) if n_open > 1 else (),
        "has_why": any(why for _, _, why, _ in cells),
        "rows": tuple(
            {
                "label": label("pathway", pathway),
                "state": state,
                "state_label": label("pathway_state", state),
                "why": why,
                "decided_by": decided_by,
            }
            for pathway, state, why, decided_by in cells
        ),
    }


def _window(case: Case, kind: str, ident: str, finding_id: str) -> Window:
    finding = case.row("findings", finding_id)
    days = [text_of(finding, f"window_{end}") if finding else "" for end in ("from", "to")]
    parties = texts_of(finding, "parties") if finding else ()
    return Window(
        anchor=slug("pathways", finding_id),
        href=finding_href(case, finding) if finding else "",
        heading=finding_heading(finding) if finding else "Pathways",
        giver=case.party(parties[0]) if parties else None,
        receiver=case.party(parties[-1]) if parties else None,
        when=between_words(*days),
        accounts=_accounts(case, kind, ident, finding) if finding else (),
    )


def _accounts(case: Case, kind: str, ident: str, finding: Row) -> tuple[int, ...]:
    """Return the rival accounts whose legs hold every claim that the finding has from legs.

    Empty where the subject has one account only, and where no account holds them all.
    """
    tracks = case.tracks.get((kind, ident), ())
    legs = {track.account: _claims(track) for track in tracks}
    said = set(atoms_of(finding)) & frozenset().union(*legs.values())
    if len(tracks) < 2 or not said:
        return ()
    return tuple(account for account, claims in legs.items() if said <= claims)


def _claims(track: Track) -> frozenset[str]:
    return frozenset(claim for leg in track.legs for claim in leg.claims)


def _kind(case: Case, finding: Row | None, ident: str) -> str:
    if case.row("items", ident):
        return "item"
    return text_of(finding, "subject_kind") if finding else "consignment"


def _not_shown(kind: str, windows: tuple[Window, ...]) -> tuple[Markup, ...]:
    """Return what is not shown, once for each pair of holders."""
    thing = "item" if kind == "item" else "goods"
    pairs = dict.fromkeys(
        (window.giver, window.receiver) for window in windows if window.giver and window.receiver
    )
    said = phrase("pathways", "not_shown")
    return tuple(
        said.format(thing=thing, giver=giver, receiver=receiver) for giver, receiver in pairs
    )

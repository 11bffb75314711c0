"""What fell, what is weaker, and what still stands, and on what? Two conclusions compared."""

from collections.abc import Iterator

from headstamp.casebook.columns import DIFFERENCE
from headstamp.casebook.opening import Casebook
from headstamp.casebook.protection import PROTECTED, Veil, veil_of, without_secret_words
from headstamp.terms.chain import Leg
from headstamp.terms.claim import Claim
from headstamp.terms.conclusions import UNDISCLOSED, Conclusions, Graded, LinkState
from headstamp.terms.evidence import ATOM_PREFIXES, ENTRIES, Evidence, atom_id
from headstamp.terms.finding import STANDINGS, Finding
from headstamp.terms.grade import CLASSES
from headstamp.terms.table import Cell, Table

_Sets = tuple[tuple[str, ...], ...]


def difference(casebook: Casebook, after: Conclusions) -> Table:
    """Return one row per thing that falls, weakens, changes, comes back, or still stands.

    ``change``: ``fell | weaker | changed | stronger | new | stands``; worst first. Rows of
    ``kind`` finding, leg, link, claim and entry; ``rests_on``: the sets that it still rests on.
    """
    before, veil = casebook.conclusions, veil_of(casebook)
    rows = [
        *_findings(before, after, veil),
        *_legs(before, after, veil),
        *_links(before, after),
        *_claims(before, after, casebook.evidence, veil),
        *_entries(before, after),
    ]
    order = ("fell", "weaker", "changed", "stronger", "new", "stands")
    rows.sort(key=lambda row: order.index(str(row["change"])))
    table = Table(name="difference", columns=DIFFERENCE, rows=tuple(rows))
    return without_secret_words(table, veil)


def _findings(before: Conclusions, after: Conclusions, veil: Veil) -> Iterator[dict[str, Cell]]:
    old = {finding.finding_id: finding for finding in before.findings}
    new = {finding.finding_id: finding for finding in after.findings}
    for finding_id in {**old, **new}:
        was, now = old.get(finding_id), new.get(finding_id)
        states = (_finding_state(was), _finding_state(now))
        if was is not None and now is not None and states[0] == states[1]:
            is_veiled = veil.touches((*was.rests_on, *now.rests_on))
            added = ("", "") if is_veiled else _told_apart(was, now)
            states = (_with(states[0], added[0]), _with(states[1], added[1]))
        sets = () if now is None else now.rests_on
        yield _row(_finding_change(was, now), "finding", finding_id, states, sets)


def _told_apart(was: Finding, now: Finding) -> tuple[str, str]:
    """Return in what two states of a finding differ that are otherwise said alike."""
    if was == now:
        return "", ""
    told = [
        (words(was), words(now)) for words in (_days, _window, _parties) if words(was) != words(now)
    ]
    if told:
        return "; ".join(one for one, _ in told), "; ".join(other for _, other in told)
    if was.rests_on != now.rests_on:
        return "", "it rests on other rows now"
    return "", "its reason reads otherwise now"


def _days(finding: Finding) -> str:
    if finding.days_min is None and finding.days_max is None:
        return "days not known"
    if finding.days_min == finding.days_max:
        return f"{finding.days_min} days"
    return f"{_or_open(finding.days_min)} to {_or_open(finding.days_max)} days"


def _window(finding: Finding) -> str:
    return f"window {_or_open(finding.window_from)} to {_or_open(finding.window_to)}"


def _parties(finding: Finding) -> str:
    return f"parties {', '.join(finding.parties) or 'not named'}"


def _or_open(cell: object) -> str:
    return "…" if cell is None else str(cell)


def _with(state: str | None, added: str) -> str | None:
    return f"{state}; {added}" if state and added else state


def _finding_change(was: Finding | None, now: Finding | None) -> str:
    if was is None or now is None:
        return "new" if was is None else "fell"
    if now.standing == "unsupported" != was.standing:
        return "fell"
    ranks = [(STANDINGS.index(f.standing), -f.origins, -len(f.rests_on)) for f in (was, now)]
    if ranks[0] != ranks[1]:
        return "weaker" if ranks[1] > ranks[0] else "stronger"
    return "stands" if was == now else "changed"


def _finding_state(finding: Finding | None) -> str | None:
    if finding is None:
        return None
    verdict = f" {finding.verdict}" if finding.verdict else ""
    contested = ", contested" if finding.contested else ""
    origins = f"{finding.origins} origin{'' if finding.origins == 1 else 's'}"
    known = f"{finding.standing}, {origins}, {finding.voice}{contested}"
    return f"{finding.kind}{verdict}: {known}"


def _legs(before: Conclusions, after: Conclusions, veil: Veil) -> Iterator[dict[str, Cell]]:
    old, new = _legs_by_id(before), _legs_by_id(after)
    for leg_id in {**old, **new}:
        was, now = old.get(leg_id), new.get(leg_id)
        sets: _Sets = () if now is None else tuple((claim,) for claim in now.claims)
        states: tuple[str | None, str | None] = (_leg_state(was), _leg_state(now))
        if was is not None and now is not None and states[0] == states[1]:
            states = _leg_states_apart(was, now)
        shown_id = leg_id
        if veil.touches(leg.claims for leg in (was, now) if leg is not None):
            shown_id = f"{leg_id.partition(':')[0]}:{PROTECTED}"
            states = (PROTECTED if was else None, PROTECTED if now else None)
        yield _row(_leg_change(was, now), "leg", shown_id, states, sets)


def _leg_states_apart(was: Leg, now: Leg) -> tuple[str | None, str | None]:
    """Return the states of a leg, with what differs where the days and standing do not."""
    if was.place != now.place:
        places = [f"at {leg.place}" if leg.place else "place not recorded" for leg in (was, now)]
        return _with(_leg_state(was), places[0]), _with(_leg_state(now), places[1])
    if set(was.claims) != set(now.claims):
        told = [f"claimed by {', '.join(leg.claims)}" for leg in (was, now)]
        return _with(_leg_state(was), told[0]), _with(_leg_state(now), told[1])
    return _leg_state(was), _leg_state(now)


def _legs_by_id(conclusions: Conclusions) -> dict[str, Leg]:
    """Return every leg under a name that outlives renumbering of accounts and legs."""
    return {
        ":".join((leg.item_id, str(leg.verb), leg.from_party or "", leg.to_party or "")): leg
        for accounts in conclusions.accounts.values()
        for account in reversed(accounts)
        for leg in account.legs
        if not leg.is_gap
    }


def _leg_change(was: Leg | None, now: Leg | None) -> str:
    if was is None or now is None:
        return "new" if was is None else "fell"
    ranks = [STANDINGS.index(leg.standing or "unsupported") for leg in (was, now)]
    if ranks[0] != ranks[1]:
        return "weaker" if ranks[1] > ranks[0] else "stronger"
    if len(was.claims) != len(now.claims):
        return "weaker" if len(now.claims) < len(was.claims) else "stronger"
    same = (was.span, was.claims, was.place) == (now.span, now.claims, now.place)
    return "stands" if same else "changed"


def _leg_state(leg: Leg | None) -> str | None:
    if leg is None:
        return None
    return f"{leg.standing}, {leg.span.text or 'not dated'}"


def _links(before: Conclusions, after: Conclusions) -> Iterator[dict[str, Cell]]:
    old = {link.proposal_id: link for link in before.links}
    new = {link.proposal_id: link for link in after.links}
    for proposal_id in {**old, **new}:
        was, now = old.get(proposal_id), new.get(proposal_id)
        states = (was.state if was else None, now.state if now else None)
        change = "stands" if states[0] == states[1] else "changed"
        if was is None or now is None:
            change = "new" if was is None else "fell"
        sets = _sets_of_link(now, after) if now else ()
        yield _row(change, "link", proposal_id, states, sets)


def _sets_of_link(link: LinkState, after: Conclusions) -> _Sets:
    """Return what a link rests on; of a register's consignment with one row of it that counts."""
    before = ATOM_PREFIXES[ENTRIES]
    keys = ((ENTRIES, atom.removeprefix(before)) for atom in link.one_of)
    live = [atom_id(*key) for key in keys if key in after.graded and after.graded[key].is_live]
    return tuple((*link.atoms, atom) for atom in live) or (link.atoms,)


def _claims(
    before: Conclusions, after: Conclusions, evidence: Evidence, veil: Veil
) -> Iterator[dict[str, Cell]]:
    """Compare claims; those that still count are named, as they remain when all else falls."""
    for key in {**before.graded, **after.graded}:
        was, now = before.graded.get(key), after.graded.get(key)
        grades = [g.grade if g is not None and g.is_live else None for g in (was, now)]
        if key[0] == "claims" and grades != [None, None]:
            claim = None if key in veil.keys else evidence.claims[key[1]]
            states = (_claim_state(claim, was), _claim_state(claim, now))
            yield _row(_claim_change(grades[0], grades[1]), "claim", key[1], states, ())


def _entries(before: Conclusions, after: Conclusions) -> Iterator[dict[str, Cell]]:
    """Compare the entries of registers that judgements name."""
    for key in {**before.graded, **after.graded}:
        if key[0] == ENTRIES:
            known = [found.graded.get(key) for found in (before, after)]
            grades = [g.grade if g is not None and g.is_live else None for g in known]
            if grades != [None, None]:
                change = _claim_change(grades[0], grades[1])
                yield _row(change, "entry", atom_id(*key), (grades[0], grades[1]), ())


def _claim_state(claim: Claim | None, graded: Graded | None) -> str | None:
    """Return a claim's verb, subject, source, origin and class; nothing of a protected one."""
    if graded is None or not graded.is_live:
        return None
    if claim is None:
        return PROTECTED
    said = f"{claim.verb} of {claim.subject_id}, {claim.source_id or 'no source'}"
    if graded.origin == UNDISCLOSED:
        said += ", origin not disclosed"
    elif graded.origin != claim.source_id:
        said += f", origin {graded.origin}"
    return f"{said}: {graded.grade}"


def _claim_change(was: str | None, now: str | None) -> str:
    if was is None or now is None:
        return "new" if was is None else "fell"
    if was == now:
        return "stands"
    ranks = [[str(grade) for grade in CLASSES].index(grade) for grade in (was, now)]
    return "weaker" if ranks[1] > ranks[0] else "stronger"


def _row(
    change: str, kind: str, row_id: str, states: tuple[str | None, str | None], sets: _Sets
) -> dict[str, Cell]:
    return {
        "change": change,
        "kind": kind,
        "id": row_id,
        "before": states[0],
        "after": states[1],
        "rests_on": [list(atoms) for atoms in sets],
    }

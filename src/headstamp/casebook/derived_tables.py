"""What follows? Links, findings, chains, pathways and issues, as EXCHANGE.md prints them."""

from collections.abc import Sequence
from itertools import accumulate

from headstamp.casebook.columns import (
    CHAIN,
    CHAINS,
    FINDINGS,
    ISSUES,
    LINKS,
    PATHWAYS,
    SUBJECTS,
)
from headstamp.casebook.kept import kept
from headstamp.casebook.opening import Casebook
from headstamp.casebook.protection import PROTECTED, Veil, veil_of, without_secret_words
from headstamp.terms.chain import Account, Leg
from headstamp.terms.coded import CodedRows, coded_rows
from headstamp.terms.errors import UnknownIdError
from headstamp.terms.finding import Finding
from headstamp.terms.issue import Issue
from headstamp.terms.table import Cell, Table

_TOLD = ("verb", "from_party", "via_party", "to_party", "place")
_COMPUTED = (
    "from_event",
    "to_event",
    "days_min",
    "days_max",
    "window_from",
    "window_to",
    "parties",
)


@kept(by_proposals=True)
def links(casebook: Casebook) -> Table:
    """Return one row per proposal or judged link, with what is in force."""
    rows = tuple(
        {
            "proposal_id": link.proposal_id,
            "item_id": link.item_id,
            "other_kind": link.other_kind,
            "register": link.register,
            "other_id": link.other_id,
            "probability": link.probability,
            "weight_bits": link.weight_bits,
            "basis": ";".join(link.basis) or None,
            "strangers": link.strangers,
            "state": link.state,
        }
        for link in casebook.links
    )
    return Table(name="links", columns=LINKS, rows=tuple(_cells(row) for row in rows))


def _cells(row: dict[str, str | None]) -> dict[str, Cell]:
    return dict(row)


@kept(by_day=True)
def findings(casebook: Casebook) -> Table:
    """Return one row per finding; what rests on a protected row shows ids and no content."""
    veil = veil_of(casebook)
    rows = tuple(_finding_row(finding, veil) for finding in casebook.conclusions.findings)
    return without_secret_words(Table(name="findings", columns=FINDINGS, rows=rows), veil)


def _finding_row(finding: Finding, veil: Veil) -> dict[str, Cell]:
    listed: dict[str, Cell] = {
        "parties": ";".join(finding.parties) or None,
        "rests_on": [list(atoms) for atoms in finding.rests_on],
    }
    row: dict[str, Cell] = {
        column: listed[column] if column in listed else getattr(finding, column)
        for column in FINDINGS
    }
    if veil.touches(finding.rests_on):
        row |= dict.fromkeys(_COMPUTED)
        row["reason"] = PROTECTED
    return row


def chain(casebook: Casebook, item_id: str) -> Table:
    """Return one row per leg of every account of one item (or consignment), best account first.

    Raises:
        UnknownIdError: No item or consignment of this id is on record.
    """
    for subject in _subjects(casebook, "item_id", item_id):
        return _legs_at(casebook, _places(subject))
    message = f"{item_id!r}: no item or consignment of this id is on record"
    raise UnknownIdError(message, hint="`headstamp items` and `headstamp consignments` list them")


def item_chains(casebook: Casebook) -> Table:
    """Return the legs of all items in one table, in the columns of one item's chain."""
    items = _subjects(casebook, "subject_kind", "item")
    return _legs_at(casebook, [place for item in items for place in _places(item)])


def _subjects(casebook: Casebook, column: str, wanted: str) -> CodedRows:
    rows = coded_rows(SUBJECTS, subjects(casebook).rows)
    return rows.where(column, lambda cell: cell == wanted)


def _places(subject: dict[str, Cell]) -> range:
    first, n_legs = subject["first_leg"], subject["n_legs"]
    assert isinstance(first, int)
    assert isinstance(n_legs, int)
    return range(first, first + n_legs)


def _legs_at(casebook: Casebook, places: Sequence[int]) -> Table:
    rows = coded_rows(CHAINS, chains(casebook).rows)
    return Table(name="chain", columns=CHAIN, rows=rows.only(CHAIN).picked(places))


@kept()
def subjects(casebook: Casebook) -> Table:
    """Return every item, then every consignment, and where its legs stand in ``chains``."""
    evidence, accounts = casebook.evidence, casebook.conclusions.accounts
    n_legs = {key: sum(len(one.legs) for one in told) for key, told in accounts.items()}
    firsts = dict(zip(n_legs, accumulate(n_legs.values(), initial=0), strict=False))
    ids = [("item", one) for one in evidence.items]
    ids += [("consignment", one) for one in evidence.consignments]
    rows: tuple[dict[str, Cell], ...] = tuple(
        {
            "subject_kind": kind,
            "item_id": one,
            "first_leg": firsts.get((kind, one), 0),
            "n_legs": n_legs.get((kind, one), 0),
        }
        for kind, one in ids
    )
    return Table(name="subjects", columns=SUBJECTS, rows=rows)


@kept()
def chains(casebook: Casebook) -> Table:
    """Return all accounts of all items and consignments, with their notes; for reports."""
    veil = veil_of(casebook)
    rows = []
    for (kind, subject_id), accounts in casebook.conclusions.accounts.items():
        for account in accounts:
            for leg, row in zip(account.legs, _legs(account, veil), strict=True):
                added: dict[str, Cell] = {
                    "subject_kind": kind,
                    "note": leg.note or None,
                    "decided_by": account.decided_by or None,
                    "beside": ";".join(account.beside) or None,
                }
                told = row | {"item_id": subject_id} | added
                rows.append({column: told[column] for column in CHAINS})
    table = Table(name="chains", columns=CHAINS, rows=tuple(rows))
    return without_secret_words(table, veil)


def _legs(account: Account, veil: Veil) -> list[dict[str, Cell]]:
    """Return the rows of an account; beside a protected leg neither gap nor date is shown."""
    rows = [_leg_row(leg) for leg in account.legs]
    hidden = [veil.touches([leg.claims]) for leg in account.legs]
    return [_veiled_leg(row, hidden, place) for place, row in enumerate(rows)]


def _veiled_leg(row: dict[str, Cell], hidden: list[bool], place: int) -> dict[str, Cell]:
    if not any(hidden):
        return row
    told = dict.fromkeys(("on_earliest", "on_latest", "dated"))
    is_beside = bool(row["gap"]) and any(hidden[max(place - 1, 0) : place + 2])
    if hidden[place] or is_beside:
        return row | told | dict.fromkeys(_TOLD, PROTECTED)
    return row | told


def _leg_row(leg: Leg) -> dict[str, Cell]:
    earliest, latest = leg.span.earliest, leg.span.latest
    return {
        "item_id": leg.item_id,
        "account": leg.account,
        "leg": leg.leg,
        "verb": leg.verb,
        "from_party": leg.from_party,
        "via_party": leg.via_party,
        "to_party": leg.to_party,
        "on_earliest": None if earliest is None else str(earliest),
        "on_latest": None if latest is None else str(latest),
        "place": leg.place,
        "standing": leg.standing,
        "gap": leg.is_gap,
        "claims": ";".join(leg.claims) or None,
        "derived": leg.derived,
        "dated": leg.dated,
    }


@kept()
def pathways(casebook: Casebook) -> Table:
    """Return how an item may have got there: every pathway with its state, none ranked."""
    veil = veil_of(casebook)
    rows: tuple[dict[str, Cell], ...] = tuple(
        {
            "finding_id": pathway.finding_id,
            "item_id": pathway.item_id,
            "pathway": pathway.pathway,
            "state": pathway.state,
            "why": pathway.why or None,
            "decided_by": pathway.decided_by or None,
        }
        for pathway in casebook.conclusions.pathways
    )
    return without_secret_words(Table(name="pathways", columns=PATHWAYS, rows=rows), veil)


@kept()
def issues(casebook: Casebook) -> Table:
    """Return what somebody should look at: of the packages taken, then of the deriving.

    ``entry`` is the intake that reported it; empty of what came out in deriving.
    """
    rows = [_issue_row(issue, seq) for seq, issue in casebook.issues_taken]
    rows += [_issue_row(issue, None) for issue in casebook.conclusions.issues]
    table = Table(name="issues", columns=ISSUES, rows=tuple(rows))
    return without_secret_words(table, veil_of(casebook))


def _issue_row(issue: Issue, seq: int | None) -> dict[str, Cell]:
    told = {column: getattr(issue, column) or None for column in ISSUES if column != "entry"}
    return told | {"entry": seq}

"""What does a case come to, on one screen? A chain, findings, what is not known, what next."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from headstamp.cli.layout import shown, terminal_width, wrapped
from headstamp.cli.next_steps import next_steps, path_from_here
from headstamp.cli.short_findings import first_finding, short_findings, short_unknown
from headstamp.reports.case import Case
from headstamp.reports.cells import Row, texts_of
from headstamp.terms.finding import CAVEAT
from headstamp.terms.grade import CLASSES
from headstamp.terms.table import Table

Tables = Mapping[str, Table]
_STEP = "  "
_PRESENCE = {"held": "held by", "used": "used by", "seen": "seen with"}
"""Verbs of presence: the holder is no receiver."""


def summary(tables: Tables, page: Path, root: Path) -> str:
    """Return the summary of a casebook in plain text, for one screen, and how to go on."""
    case, item_id = Case(tables), _most_told(tables)
    title = shown(tables["about"].rows[0]["title"])
    parts = [
        title,
        "=" * len(title),
        *_chain_part(tables, item_id),
        "",
        "Findings",
        *short_findings(case),
        "",
        "What is not known",
        *_unknown_part(tables),
        "",
        *wrapped(CAVEAT, terminal_width()),
        "",
        f"Report: {path_from_here(page)}",
        *next_steps(case, root, item_id=item_id, finding=first_finding(case)),
    ]
    return "".join(f"{line}\n" for line in parts)


def _most_told(tables: Tables) -> str | None:
    """Return the item of which most is claimed."""
    rows = [row for row in tables["chain"].rows if row["account"] == 1]
    said = Counter(
        str(row["item_id"]) for row in rows for _ in texts_of(row, "claims") if not row["gap"]
    )
    return max(said, key=lambda one: (said[one], one)) if said else None


def _chain_part(tables: Tables, item_id: str | None) -> Iterator[str]:
    """Yield the best account of an item, gaps and grades included."""
    if item_id is None:
        yield "No item has a chain."
        return
    legs = [row for row in tables["chain"].rows if row["item_id"] == item_id]
    others = {row["account"] for row in legs}
    best = "told in one account" if len(others) == 1 else f"the best of {len(others)} accounts"
    yield f"How {item_id} travelled, {best}:"
    for row in legs:
        if row["account"] == 1:
            yield from _lines(_leg_words(tables, row))


def _leg_words(tables: Tables, row: Row) -> str:
    when = _span(row)
    giver, receiver = (_party(tables, row[side]) for side in ("from_party", "to_party"))
    if row["gap"]:
        return f"{when} -- GAP: nobody says how it passed from {giver} to {receiver} --"
    claims = texts_of(row, "claims")
    derived = f", date derived from {row['derived']}" if row["derived"] else ""
    known = f"[{row['standing']}; {_classes(tables, claims)}; {', '.join(claims)}{derived}]"
    mark = _DATED.get(str(row["dated"]), "")
    return f"{when}{mark} {_route_words(tables, row)} {known}"


_DATED = {"neighbours": " (by neighbours)"}
"""What is said of days that nobody recorded: they are what the legs around leave."""


def _route_words(tables: Tables, row: Row) -> str:
    verb, receiver = str(row["verb"]), _party(tables, row["to_party"])
    if verb in _PRESENCE:
        parts = [f"{_PRESENCE[verb]} {receiver}"]
    else:
        parts = [verb]
        parts += [f"from {_party(tables, row['from_party'])}"] if row["from_party"] else []
        parts += [f"through {_party(tables, row['via_party'])}"] if row["via_party"] else []
        parts += [f"to {receiver}"] if row["to_party"] else []
    return " ".join([*parts, *([f"({shown(row['place'])})"] if row["place"] else [])])


def _span(row: Row) -> str:
    earliest, latest = row["on_earliest"], row["on_latest"]
    if earliest == latest:
        return str(earliest) if earliest else "not dated"
    return f"{earliest or '…'} to {latest or '…'}"


def _party(tables: Tables, party_id: object) -> str:
    if not party_id:
        return "somebody not named"
    named = (row["name"] for row in tables["parties"].rows if row["party_id"] == party_id)
    return shown(next(named, None)) or str(party_id)


def _classes(tables: Tables, claims: tuple[str, ...]) -> str:
    found = {str(row["class"]) for row in tables["claims"].rows if row["claim_id"] in claims}
    return "/".join(grade for grade in CLASSES if grade in found) or "not graded"


def _unknown_part(tables: Tables) -> Iterator[str]:
    """Yield gaps of the best accounts, open pathways, and undetermined verdicts."""
    for row in tables["chain"].rows:
        if row["gap"] and row["account"] == 1:
            giver, receiver = (_party(tables, row[side]) for side in ("from_party", "to_party"))
            yield from _lines(f"- {row['item_id']}: who passed it from {giver} to {receiver}.")
    yield from _pathway_lines(tables)
    for finding in tables["findings"].rows:
        if finding["verdict"] == "cannot_be_determined":
            yield short_unknown(finding)


def _pathway_lines(tables: Tables) -> Iterator[str]:
    """Yield how many pathways are open, where two or more are (REASONING.md section 7)."""
    findings = {row["finding_id"]: row for row in tables["findings"].rows}
    n_open: Counter[object] = Counter(
        row["finding_id"] for row in tables["pathways"].rows if row["state"] == "not_excluded"
    )
    alike: dict[tuple[int, str, str], list[str]] = {}
    for finding_id, count in n_open.items():
        window = findings.get(str(finding_id))
        if count < 2 or window is None:
            continue
        ends = [_party(tables, party) for party in texts_of(window, "parties")]
        if len(ends) > 1:
            alike.setdefault((count, ends[0], ends[-1]), []).append(str(window["subject_id"]))
    for (count, first, last), subjects in alike.items():
        named = ", ".join(dict.fromkeys(subjects))
        yield from _lines(f"- {named}: {count} pathways from {first} to {last} are not excluded.")


def _lines(text: str) -> list[str]:
    return wrapped(text, terminal_width(), indent=_STEP, hanging=_STEP)

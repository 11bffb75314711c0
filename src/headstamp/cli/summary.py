"""What does a case come to, on one screen? A chain, findings in words, and what is not known."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from headstamp.cli.layout import shown, terminal_width, wrapped
from headstamp.reports.case import Case
from headstamp.reports.cells import Row, plain, texts_of
from headstamp.reports.words.findings import finding_words
from headstamp.terms.finding import CAVEAT
from headstamp.terms.grade import CLASSES
from headstamp.terms.table import Table

Tables = Mapping[str, Table]
_SUMMED = frozenset({"transmission_discrepancy", "same_consignment", "impossible_date"})
_STEP = "  "
_PRESENCE = {"held": "held by", "used": "used by", "seen": "seen with"}
"""Verbs of presence: the holder is no receiver."""


def summary(tables: Tables, page: Path) -> str:
    """Return the summary of a casebook in plain text; every sentence is one of the report's."""
    about = tables["about"].rows[0]
    parts = [
        _heading(f"{shown(about['title'])}: entry {about['seq']}"),
        *_chain_part(tables),
        "",
        _heading("Findings, in words"),
        *_findings_part(tables),
        "",
        _heading("What is not known"),
        *_unknown_part(tables),
        "",
        *wrapped(CAVEAT, terminal_width()),
        "",
        f"Report: {page}",
    ]
    return "".join(f"{line}\n" for line in parts)


def _heading(text: str) -> str:
    return f"{text}\n{'=' * len(text)}"


def _chain_part(tables: Tables) -> Iterator[str]:
    """Yield the best account of the item of which most is claimed, gaps and grades included."""
    rows = [row for row in tables["chain"].rows if row["account"] == 1]
    said = Counter(
        str(row["item_id"]) for row in rows for _ in texts_of(row, "claims") if not row["gap"]
    )
    if not said:
        yield "No item has a chain."
        return
    item_id = max(said, key=lambda one: (said[one], one))
    legs = [row for row in rows if row["item_id"] == item_id]
    others = {row["account"] for row in tables["chain"].rows if row["item_id"] == item_id}
    yield f"How {item_id} travelled, in the best of {len(others)} accounts:"
    for row in legs:
        yield from _lines(_leg_words(tables, row))


def _leg_words(tables: Tables, row: Row) -> str:
    when = _span(row)
    giver, receiver = (_party(tables, row[side]) for side in ("from_party", "to_party"))
    if row["gap"]:
        return f"{when}  -- GAP: nobody says how it passed from {giver} to {receiver} --"
    claims = texts_of(row, "claims")
    derived = f", date derived from {row['derived']}" if row["derived"] else ""
    known = f"[{row['standing']}; {_classes(tables, claims)}; {', '.join(claims)}{derived}]"
    return f"{when}  {_route_words(tables, row)}  {known}"


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


def _findings_part(tables: Tables) -> Iterator[str]:
    case, n_summed = Case(tables), Counter[str]()
    for finding in tables["findings"].rows:
        if finding["kind"] in _SUMMED or finding["voice"] == "internal":
            n_summed[str(finding["kind"]).replace("_", " ")] += 1
            continue
        sentence = shown(plain(finding_words(case, finding)))
        yield from _lines(f"- {sentence} [{finding['standing']}]")
    if n_summed:
        more = ", ".join(f"{count} × {kind}" for kind, count in sorted(n_summed.items()))
        yield from _lines(f"- Also, in the report: {more}.")


def _unknown_part(tables: Tables) -> Iterator[str]:
    """Yield gaps of the best accounts, open pathways, and undetermined verdicts with reasons."""
    for row in tables["chain"].rows:
        if row["gap"] and row["account"] == 1:
            giver, receiver = (_party(tables, row[side]) for side in ("from_party", "to_party"))
            yield from _lines(f"- {row['item_id']}: who passed it from {giver} to {receiver}.")
    yield from dict.fromkeys(line for line in _pathway_lines(tables))
    for finding in tables["findings"].rows:
        if finding["verdict"] == "cannot_be_determined":
            words = f"{finding['kind']} of {finding['subject_id']} cannot be determined"
            yield from _lines(f"- {words}: {shown(finding['reason'])}")


def _pathway_lines(tables: Tables) -> Iterator[str]:
    """Yield the sentence of REASONING.md section 7 where two pathways or more are open."""
    findings = {row["finding_id"]: row for row in tables["findings"].rows}
    n_open: Counter[object] = Counter(
        row["finding_id"] for row in tables["pathways"].rows if row["state"] == "not_excluded"
    )
    for finding_id, count in n_open.items():
        window = findings.get(str(finding_id))
        if count < 2 or window is None:
            continue
        ends = [_party(tables, party) for party in texts_of(window, "parties")]
        if len(ends) > 1:
            yield from _lines(
                f"- {window['subject_id']}: the available evidence does not show how the item "
                f"passed from {ends[0]} to {ends[-1]}; {count} pathways are not excluded."
            )


def _lines(text: str) -> list[str]:
    return wrapped(text, terminal_width(), indent=_STEP, hanging=_STEP)

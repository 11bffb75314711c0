"""Worked examples (tests/examples/*.toml): what is given, the steps taken, and what must come out.

Written from REASONING.md by people who had not read the code. What an example does not
name it does not ask about; ``complete`` and ``complete_kinds`` ask for nothing besides.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from tests.custody.worlds import TODAY

from headstamp.custody.conclude import conclude
from headstamp.terms.chain import Leg
from headstamp.terms.conclusions import Conclusions
from headstamp.terms.evidence import ATOM_PREFIXES, ID_COLUMNS, TABLES, Evidence
from headstamp.terms.finding import Finding
from headstamp.terms.link import Judgement
from headstamp.terms.row import Row, read_row

EXAMPLES = Path(__file__).parents[1] / "examples"
Cells = dict[str, Any]


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """One example as it is written."""

    name: str
    title: str
    given: dict[str, list[Cells]]
    steps: list[Cells] = []
    expect: Cells = {}


def example_paths() -> list[Path]:
    """Return the files of all examples, by name."""
    return sorted(EXAMPLES.glob("*.toml"))


def read_example(path: Path) -> Example:
    """Return one example."""
    text = tomllib.loads(path.read_text(encoding="utf-8"))
    return Example(
        name=path.stem,
        title=text["title"],
        given=text["given"],
        steps=text.get("steps", []),
        expect=text["expect"],
    )


def conclusions_of(example: Example) -> Conclusions:
    """Return what follows after all steps of an example."""
    rows = {table: dict(_rows(table, cells)) for table, cells in example.given.items()}
    evidence = Evidence(**rows, on=TODAY)  # type: ignore[arg-type]  # tables by their names
    gone: set[tuple[str, str]] = set()
    judgements: list[Judgement] = []
    for number, step in enumerate(example.steps):
        if "withdraw" in step:
            gone.add(_row_of(step["withdraw"], evidence))
        if "restore" in step:
            gone.discard(_row_of(step["restore"], evidence))
        if "judge" in step:
            judgements.append(_judgement(step, number))
    return conclude(
        msgspec.structs.replace(evidence, withdrawn=frozenset(gone), judgements=tuple(judgements))
    )


def shortcomings(example: Example, concluded: Conclusions) -> list[str]:
    """Return what an example expects and did not get, each with what came out instead."""
    checks = (_findings, _surplus, _claims, _accounts, _chains, _links)
    return [line for check in checks for line in check(example.expect, concluded)]


# --- reading ----------------------------------------------------------------------------------


def _rows(table: str, rows: list[Cells]) -> Iterator[tuple[str, Row]]:
    for cells in rows:
        row = read_row(_values(table, cells), TABLES[table])
        named = [row.source_id, *row.relays]
        if table == "sources" or len(set(named)) == len(named):  # A circle is refused on intake.
            yield ":".join(str(getattr(row, column)) for column in ID_COLUMNS[table]), row


def _values(table: str, cells: Cells) -> Cells:
    """Return the cells as intake hands them on: lists split, numbers whole, empty ones gone."""
    types = {field.name: str(field.type) for field in msgspec.structs.fields(TABLES[table])}
    known = {column: text for column, text in cells.items() if text != "" and column in types}
    return {column: _value(column, text, types[column]) for column, text in known.items()}


def _value(column: str, text: str, kind: str) -> object:
    if "tuple" in kind:
        return [part for part in text.split(";") if part]
    if column == "credibility":
        return max(2, int(text))
    return int(text) if column == "after_days" else text


def _row_of(row_id: str, evidence: Evidence) -> tuple[str, str]:
    """Return the table and id that a step names, by its bare id or with the atom's prefix."""
    for table in TABLES:
        if row_id in evidence.rows(table):
            return table, row_id
    for table, prefix in ATOM_PREFIXES.items():
        if prefix and row_id.startswith(prefix):
            return table, row_id.removeprefix(prefix)
    return "judgements", row_id


def _judgement(step: Cells, number: int) -> Judgement:
    return Judgement(
        judgement_id=f"j-{number}",
        proposal_id=step["judge"],
        verdict=step["verdict"],
        reason=step["reason"],
        judged_by="Amina",
        recorded_at="2026-01-01T00:00:00Z",
        seq=number,
    )


# --- comparing --------------------------------------------------------------------------------


def _findings(expect: Cells, concluded: Conclusions) -> Iterator[str]:
    for wanted, found, near in _matched(expect, concluded):
        if found is None:
            told = [_differences(wanted, finding) for finding in near]
            yield f"no finding like {wanted}; of that kind there are {len(near)}: {told}"


def _surplus(expect: Cells, concluded: Conclusions) -> Iterator[str]:
    used = {found.finding_id for _, found, _ in _matched(expect, concluded) if found is not None}
    for kind in expect.get("complete_kinds", []):
        for finding in concluded.findings:
            if finding.kind == kind and finding.finding_id not in used:
                yield f"one {kind} too many: {finding}"


def _matched(
    expect: Cells, concluded: Conclusions
) -> Iterator[tuple[Cells, Finding | None, list[Finding]]]:
    """Yield every finding wanted, the finding that is like it, and those of its kind."""
    used: set[str] = set()
    for wanted in expect.get("findings", []):
        subject = wanted.get("subject_id")
        near = [
            finding
            for finding in concluded.findings
            if finding.kind == wanted["kind"] and subject in {None, finding.subject_id}
        ]
        like = (f for f in near if f.finding_id not in used and not _differences(wanted, f))
        found = next(like, None)
        if found is not None:
            used.add(found.finding_id)
        yield wanted, found, near


def _differences(wanted: Cells, finding: Finding) -> list[str]:
    return [
        f"{column}: {_told(column, finding)!r} and not {value!r}"
        for column, value in wanted.items()
        if not _agrees(column, value, finding)
    ]


def _agrees(column: str, value: Any, finding: Finding) -> bool:  # noqa: ANN401 - as TOML has it
    sets = [set(one) for one in finding.rests_on]
    reason = finding.reason.lower()
    if column == "rests_on":
        return {frozenset(one) for one in value} == {frozenset(one) for one in sets}
    if column == "rests_on_every":
        return all(set(value) <= one for one in sets)
    if column == "reason_has":
        return all(text.lower() in reason for text in value)
    if column == "reason_lacks":
        return not any(text.lower() in reason for text in value)
    return _told(column, finding) == str(value)


def _told(column: str, finding: Finding) -> str:
    if column.startswith("rests_on"):
        return str(finding.rests_on)
    return _text(finding.reason if column.startswith("reason") else getattr(finding, column))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return ";".join(value) if isinstance(value, tuple) else str(value)


def _claims(expect: Cells, concluded: Conclusions) -> Iterator[str]:
    for wanted in expect.get("claims", []):
        known = concluded.graded.get(("claims", wanted["claim_id"]))
        if known is None:
            yield f"claim {wanted['claim_id']} is not on record"
            continue
        told = {
            "origin": known.origin,
            "lineage": ";".join(known.lineage),
            "class": known.grade,
            "live": _text(known.is_live),
        }
        if any(told[column] != wanted[column] for column in told if column in wanted):
            yield f"claim {wanted['claim_id']}: {told} and not {wanted}"


def _accounts(expect: Cells, concluded: Conclusions) -> Iterator[str]:
    for wanted in expect.get("accounts", []):
        count = len(concluded.accounts.get(("item", wanted["item_id"]), ()))
        if str(count) != str(wanted["count"]):
            yield f"{wanted['item_id']} has {count} accounts and not {wanted['count']}"


def _chains(expect: Cells, concluded: Conclusions) -> Iterator[str]:
    for wanted in expect.get("chain", []):
        number = str(wanted.get("account", "1"))
        accounts = concluded.accounts.get(("item", wanted["item_id"]), ())
        legs = [_row(leg) for a in accounts if str(a.account) == number for leg in a.legs]
        if not _is_like(legs, wanted["legs"], is_complete=wanted.get("complete", False)):
            yield f"{wanted['item_id']} account {number}: {legs} and not {wanted['legs']}"


def _is_like(legs: list[Cells], wanted: list[Cells], *, is_complete: bool) -> bool:
    """Whether the legs are these, or hold these one after another."""
    starts = [0] if is_complete else range(len(legs) - len(wanted) + 1)
    if is_complete and len(legs) != len(wanted):
        return False
    return any(
        all(
            leg[column] == str(value)
            for leg, cells in zip(legs[start:], wanted, strict=False)
            for column, value in cells.items()
        )
        for start in starts
    )


def _row(leg: Leg) -> Cells:
    """Return a leg as ``chain`` prints it."""
    return {
        "verb": _text(leg.verb),
        "from_party": _text(leg.from_party),
        "via_party": _text(leg.via_party),
        "to_party": _text(leg.to_party),
        "on_earliest": leg.span.earliest.isoformat() if leg.span.earliest else "",
        "on_latest": leg.span.latest.isoformat() if leg.span.latest else "",
        "place": _text(leg.place),
        "standing": _text(leg.standing),
        "gap": _text(leg.is_gap),
        "claims": ";".join(leg.claims),
        "derived": _text(leg.derived),
    }


def _links(expect: Cells, concluded: Conclusions) -> Iterator[str]:
    for wanted in expect.get("links", []):
        states = [
            link.state
            for link in concluded.links
            if link.item_id == wanted["item_id"] and wanted.get("other_id") in {None, link.other_id}
        ]
        if wanted["state"] not in states:
            yield f"the link of {wanted['item_id']} is {states} and not {wanted['state']}"

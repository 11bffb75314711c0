"""A worked example as a monitor writes it: what is given, the steps, and what must come out."""

import csv
import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from headstamp.actions.init_casebook import init_casebook
from headstamp.actions.judge_link import judge_link
from headstamp.actions.take import take
from headstamp.actions.withdraw_row import restore_row, withdraw_row
from headstamp.actions.writing import Writing
from headstamp.casebook.derived_tables import chain
from headstamp.casebook.opening import Casebook, open_casebook
from headstamp.release.hand_out import hand_out

BY = Writing(actor="Amina")
Row = dict[str, str]
Example = dict[str, object]


def read_example(path: Path) -> Example:
    """Return one example file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def play(example: Mapping[str, object], folder: Path, today: object) -> Casebook:
    """Take what is given into a new casebook, do the steps, and open it."""
    package, casebook = folder / "package", folder / "casebook"
    package.mkdir()
    for table, rows in _part(example, "given").items():
        _write_table(package / f"{table}.csv", rows)
    (package / "datapackage.json").write_text('{"name": "example"}', encoding="utf-8")
    init_casebook(casebook, actor="Amina")
    for _ in take(casebook, [package], by=BY):
        pass
    steps = example.get("steps", [])
    assert isinstance(steps, list)
    for step in steps:
        _do(step, casebook)
    return open_casebook(casebook, today=today)  # type: ignore[arg-type]


def disagreements(example: Mapping[str, object], casebook: Casebook) -> list[str]:
    """Return what did not come out as expected, in words; nothing where all did."""
    tables = {
        name: [_as_text(row) for row in table.rows] for name, table in hand_out(casebook).items()
    }
    expect = _part(example, "expect")
    return [
        *_of_findings(expect, tables["findings"]),
        *_of_rows(expect.get("claims", []), tables["claims"], ("claim_id",)),
        *_of_rows(expect.get("links", []), tables["links"], ("item_id", "other_id")),
        *_of_rows(expect.get("figures_against", []), tables["figures_against"], ("figure_id",)),
        *_of_chains(expect.get("chain", []), casebook),
        *_of_accounts(expect.get("accounts", []), casebook),
    ]


def _part(example: Mapping[str, object], name: str) -> dict[str, list[dict[str, object]]]:
    part = example[name]
    assert isinstance(part, dict)
    return part


def _write_table(path: Path, rows: list[dict[str, object]]) -> None:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, fieldnames=columns)
        writer.writeheader()
        writer.writerows(rows)


def _do(step: Mapping[str, str], casebook: Path) -> None:
    if "withdraw" in step:
        withdraw_row(casebook, step["withdraw"], reason="a step of the example", by=BY)
    elif "restore" in step:
        restore_row(casebook, step["restore"], by=BY)
    else:
        judge_link(casebook, step["judge"], verdict=step["verdict"], reason=step["reason"], by=BY)


def _as_text(row: Mapping[str, object]) -> Row:
    return {column: _cell(value) for column, value in row.items()}


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value) if isinstance(value, list) else str(value)


def _of_findings(expect: Mapping[str, object], found: list[Row]) -> Iterator[str]:
    wanted = expect.get("findings", [])
    assert isinstance(wanted, list)
    left = list(found)
    for want in wanted:
        fitting = [row for row in left if not _differences(want, row)]
        if fitting:
            left.remove(fitting[0])
        else:
            near = [row for row in found if row["kind"] == want["kind"]]
            yield f"no finding {want}; of its kind: {[_differences(want, row) for row in near]}"
    kinds = expect.get("complete_kinds", [])
    assert isinstance(kinds, list)
    expected_kinds = [want["kind"] for want in wanted]
    for kind in kinds:
        extra = [row for row in left if row["kind"] == kind]
        if len([r for r in found if r["kind"] == kind]) > expected_kinds.count(kind):
            yield f"not expected: {extra}"


def _differences(want: Mapping[str, object], row: Row) -> list[str]:
    """Return how one finding differs from one that is expected."""
    sets = [set(one) for one in json.loads(row["rests_on"])]
    reason = row["reason"].lower()
    found = []
    for column, value in want.items():
        if column == "rests_on":
            assert isinstance(value, list)
            fits = sorted(map(sorted, sets)) == sorted(map(sorted, value))
        elif column == "rests_on_every":
            assert isinstance(value, list)
            fits = bool(sets) and all(set(value) <= one for one in sets)
        elif column in {"reason_has", "reason_lacks"}:
            assert isinstance(value, list)
            wanted = column == "reason_has"
            fits = all((text.lower() in reason) is wanted for text in value)
        else:
            fits = row[column] == str(value)
        if not fits:
            found.append(f"{column}: {row.get(column, row['reason'])!r}, expected {value!r}")
    return found


def _of_rows(wanted: object, found: list[Row], keys: tuple[str, ...]) -> Iterator[str]:
    assert isinstance(wanted, list)
    for want in wanted:
        same = [row for row in found if all(row[key] == want.get(key, row[key]) for key in keys)]
        if not any(all(row[c] == str(v) for c, v in want.items()) for row in same):
            yield f"expected {want}, got {same}"


def _of_chains(wanted: object, casebook: Casebook) -> Iterator[str]:
    assert isinstance(wanted, list)
    for want in wanted:
        account = str(want.get("account", "1"))
        legs = [row for row in _legs(casebook, want["item_id"]) if row["account"] == account]
        expected = want["legs"]
        if want.get("complete"):
            fits = len(legs) == len(expected) and _run_fits(expected, legs)
        else:
            runs = (legs[n : n + len(expected)] for n in range(len(legs) + 1))
            fits = any(len(run) == len(expected) and _run_fits(expected, run) for run in runs)
        if not fits:
            yield f"chain of {want['item_id']}: expected {expected}, got {legs}"


def _run_fits(expected: list[dict[str, str]], legs: list[Row]) -> bool:
    return all(
        all(leg[column] == str(value) for column, value in want.items())
        for want, leg in zip(expected, legs, strict=True)
    )


def _of_accounts(wanted: object, casebook: Casebook) -> Iterator[str]:
    assert isinstance(wanted, list)
    for want in wanted:
        accounts = {row["account"] for row in _legs(casebook, want["item_id"])}
        if len(accounts) != int(want["count"]):
            yield f"accounts of {want['item_id']}: expected {want['count']}, got {len(accounts)}"


def _legs(casebook: Casebook, item_id: str) -> list[Row]:
    if ("items", item_id) not in casebook.conclusions.graded:
        return []
    return [_as_text(row) for row in chain(casebook, item_id).rows]

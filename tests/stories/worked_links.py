"""A worked example of linking as a monitor writes it, and how what came out differs from it.

The format of the files stands in the README beside them.
"""

import csv
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

Row = dict[str, object]
Example = dict[str, object]
Explain = Callable[[str], str]

COMMON = (
    "register", "entry_id", "kind", "maker", "model", "calibre", "country", "year", "serial",
    "serial_from", "serial_to", "lot", "quantity", "consignment_id", "from_party", "to_party",
    "on", "source_row",
)  # fmt: skip
KINDS = {
    "losses": "loss",
    "holdings": "holding",
    "production": "production",
    "deliveries": "delivery",
}
PACKAGE = ("parties", "items", "marks", "consignments", "consignment_lines")
KEYS = {
    *PACKAGE, "why", "rule", "ambiguous", "reversed_too", "registers", "fill", "expect", "order",
}  # fmt: skip
EXPECT_KEYS = {
    "item_id", "register", "other_kind", "other_id", "some", "proposed", "basis", "basis_not",
    "at_least", "at_most", "strangers_at_least", "strangers_at_most", "above", "words",
}  # fmt: skip
ORDER_KEYS = {"register", "column", "never_rises", "strictly", "same_within"}
SLACK = 1e-6
"""What a probability may be off by, as it was printed."""


def read_example(path: Path) -> Example:
    """Return one example file; a misspelt key would assert nothing, so it is refused."""
    example = tomllib.loads(path.read_text(encoding="utf-8"))
    _only(KEYS, example, path)
    for expect in _rows(example, "expect"):
        _only(EXPECT_KEYS, expect, path)
    for order in _rows(example, "order"):
        _only(ORDER_KEYS, order, path)
    return example


def write_package(folder: Path, example: Mapping[str, object], *, reverse: bool = False) -> Path:
    """Write the case package of an example, its rows in the opposite order if asked."""
    folder.mkdir(parents=True)
    tables = {name: _completed(name, _rows(example, name)) for name in PACKAGE}
    tables["sources"] = [
        {"source_id": "field", "kind": "field_documentation", "reliability": "A"},
        {"source_id": "papers", "kind": "official_document", "reliability": "A"},
    ]
    for name, rows in tables.items():
        if rows:
            columns = tuple(dict.fromkeys(column for row in rows for column in row))
            _write(folder / f"{name}.csv", columns, rows[::-1] if reverse else rows)
    resources = [{"name": name, "path": f"{name}.csv"} for name, rows in tables.items() if rows]
    descriptor = {"name": "example", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


def write_registers(
    folder: Path, example: Mapping[str, object], *, reverse: bool = False
) -> dict[str, Path]:
    """Write each register of an example in the common shape; its name and its file."""
    folder.mkdir(parents=True)
    given, fill = _part(example, "registers"), _part(example, "fill")
    files = {}
    for name in dict.fromkeys([*given, *fill]):
        rows = [*_rows(given, name), *(row for run in _rows(fill, name) for row in _filled(run))]
        complete = [{"register": name, "kind": KINDS[name], **row} for row in rows]
        files[name] = folder / f"{name}.csv"
        _write(files[name], COMMON, complete[::-1] if reverse else complete)
    return files


def disagreements(example: Mapping[str, object], links: list[Row], explain: Explain) -> list[str]:
    """Return what did not come out as expected, in words; nothing where all did."""
    both_ways = [*links, *(_turned(row) for row in links if row["other_kind"] == "item")]
    return [
        *(text for want in _rows(example, "expect") for text in _of(want, both_ways, explain)),
        *(text for order in _rows(example, "order") for text in _of_order(order, both_ways)),
    ]


def comparable(links: list[Row]) -> list[Row]:
    """Return the proposals in an order of their own, to compare two casebooks."""
    return sorted(links, key=lambda row: str(row["proposal_id"]))


def _only(known: set[str], found: Mapping[str, object], path: Path) -> None:
    if strange := set(found) - known:
        raise ValueError(f"{path.name}: unknown keys {sorted(strange)}; known: {sorted(known)}")


def _part(example: Mapping[str, object], name: str) -> dict[str, object]:
    part = example.get(name, {})
    assert isinstance(part, dict)
    return part


def _rows(example: Mapping[str, object], name: str) -> list[Row]:
    rows = example.get(name, [])
    assert isinstance(rows, list)
    return rows


def _completed(table: str, rows: Sequence[Row]) -> list[Row]:
    """Return rows with what the README says they hold if nothing is written."""
    if table == "items":
        return [{"category": "weapon", "source_id": "field", **row} for row in rows]
    if table == "marks":
        made = ({"mark_id": f"m{n}", "kind": "serial", "state": "legible"} for n in range(99))
        return [{**own, "source_id": "field", **row} for own, row in zip(made, rows, strict=False)]
    return [{"source_id": "papers", **row} for row in rows]


def _filled(run: Row) -> Iterator[Row]:
    """Yield one row for each number of a run, but for those left out."""
    words = {"serial_from", "serial_to", "step", "without", "entry_prefix"}
    first, last = (_divided(str(run[end])) for end in ("serial_from", "serial_to"))
    assert first[0] == last[0], "both ends of a run begin alike"
    width, step, without = len(first[1]), int(str(run.get("step", 1))), run.get("without", [])
    assert isinstance(without, list)
    for number in range(int(first[1]), int(last[1]) + 1, step):
        serial = f"{first[0]}{number:0{width}d}"
        if serial not in without:
            rest = {column: value for column, value in run.items() if column not in words}
            yield {"entry_id": f"{run.get('entry_prefix', 'F-')}{serial}", "serial": serial, **rest}


def _divided(serial: str) -> tuple[str, str]:
    found = re.fullmatch(r"(.*?)(\d+)", serial)
    assert found, f"{serial} ends in no digit"
    return found[1], found[2]


def _write(path: Path, columns: Sequence[str], rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, fieldnames=columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


def _turned(row: Row) -> Row:
    """Return a proposal between two items as the other one sees it."""
    return {**row, "item_id": row["other_id"], "other_id": row["item_id"]}


def _of(want: Row, links: list[Row], explain: Explain) -> Iterator[str]:
    keys = [key for key in ("item_id", "register", "other_kind", "other_id") if key in want]
    about = " ".join(str(want[key]) for key in keys)
    found = [row for row in links if all(row[key] == want[key] for key in keys)]
    if want.get("proposed") is True and not found:
        yield f"{about}: not proposed"
    if want.get("proposed") is False:
        yield from (f"{about}: proposed, {_short(row)}" for row in found)
        return
    told = [list(_of_row(want, row, links, explain)) for row in found]
    if want.get("some"):
        if all(told):
            yield f"{about}: of no row it holds: {told[:3]}"
        return
    for row, problems in zip(found, told, strict=True):
        yield from (f"{about}: {problem}; {_short(row)}" for problem in problems)


def _of_row(want: Row, row: Row, links: list[Row], explain: Explain) -> Iterator[str]:
    if row["state"] != "proposed":
        yield f"state {row['state']}, and nobody judged"
    yield from _of_numbers(want, row)
    yield from _of_basis(want, row)
    if "above" in want:
        rival = _value([str(row["item_id"]), str(want["above"])], "probability", links)
        if _number(row["probability"]) <= rival:
            yield f"not above {want['above']}, which has {rival}"
    if "words" in want:
        text = explain(str(row["proposal_id"])).casefold()
        words = want["words"]
        assert isinstance(words, list)
        for word in words:
            if not any(one.casefold() in text for one in str(word).split("|")):
                yield f"the explanation does not say {word!r}: {text}"


def _of_numbers(want: Row, row: Row) -> Iterator[str]:
    probability, strangers = _number(row["probability"]), _number(row["strangers"])
    if "at_least" in want and probability < _number(want["at_least"]) - SLACK:
        yield f"probability below {want['at_least']}"
    if "at_most" in want and probability > _number(want["at_most"]) + SLACK:
        yield f"probability above {want['at_most']}"
    if "strangers_at_least" in want and strangers < _number(want["strangers_at_least"]):
        yield f"fewer strangers than {want['strangers_at_least']}"
    if "strangers_at_most" in want and strangers > _number(want["strangers_at_most"]):
        yield f"more strangers than {want['strangers_at_most']}"


def _of_basis(want: Row, row: Row) -> Iterator[str]:
    codes = set(str(row["basis"] or "").split(";"))
    if "basis" in want and not codes & set(str(want["basis"]).split("|")):
        yield f"basis is not {want['basis']}"
    banned = want.get("basis_not", [])
    assert isinstance(banned, list)
    if codes & set(banned):
        yield f"basis is {sorted(codes & set(banned))}"


def _of_order(order: Row, links: list[Row]) -> Iterator[str]:
    pairs, column = order["never_rises"], str(order.get("column", "probability"))
    assert isinstance(pairs, list)
    within = [row for row in links if row["register"] == order["register"]]
    values = [_value(pair, column, within) for pair in pairs]
    steps = list(pairwise(values))
    strictly = order.get("strictly")
    fits = all(second <= first + SLACK for first, second in steps)
    if strictly == "each":
        fits = fits and all(second < first for first, second in steps)
    if strictly == "ends":
        fits = fits and values[-1] < values[0]
    if "same_within" in order:
        fits = max(values) - min(values) <= _number(order["same_within"])
    if not fits:
        yield f"{column} of {pairs} is {values}, expected {order}"


def _value(pair: list[str], column: str, links: list[Row]) -> float:
    """Return a number of one proposal; what is not proposed has none, which counts as 0."""
    found = [row[column] for row in links if [row["item_id"], row["other_id"]] == pair]
    return max((_number(value) for value in found), default=0.0)


def _number(value: object) -> float:
    return float(str(value)) if value is not None else 0.0


def _short(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False)

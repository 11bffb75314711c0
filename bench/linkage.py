"""Which items are found in a register, how surely, how fast, beside Splink? Not a test.

    .venv/bin/python bench/linkage.py rio ../shared/data --splink PYTHON-WITH-SPLINK
    .venv/bin/python bench/linkage.py one --rows 1000000
    .venv/bin/python bench/linkage.py planted --rows 200000 --rows 1000000 --splink PYTHON-…

`rio`: the Rio workbooks' losses against their recoveries, compared with `plain_rule.py`; only
counts and (file, row) pairs are printed. `planted`: invented registers with a known truth, beside
an oracle that knows how the marks were spoilt. `one`: one item after the other against a
loaded register. Without `--splink` the peer is left out, and said
to be. Every step is a process of its own, which measures its own time and memory.
docs/methods/linkage-measured.md says how to read what is printed.
"""

import argparse
import re
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import duckdb
import plain_rule
import pyarrow as pa
import pyarrow.parquet as pq
import python_calamine
from oracle import Oracle
from steps import Bench
from weighing import Answer, best_of, table, weigh

from headstamp.casebook.opening import open_casebook
from headstamp.casebook.probing import probes_on
from headstamp.casebook.proposing import Desk
from headstamp.linkage.probes import Probe
from headstamp.marks.identify import determined
from headstamp.marks.makers import identify_maker
from headstamp.reference.weights import weights
from headstamp.synthetic.recoveries import Recovery, recoveries, write_package, write_truth
from headstamp.synthetic.registers import REGISTER, RegisterWorld, write_parquet

SHARE, SEED = 0.6, 59
SURE = 0.9
VARIANTS = ("advised", "tuned")
N_FLOOR = 3

Pair = tuple[plain_rule.Place, plain_rule.Place]
"""The places of a loss and of a recovery."""


# --- Rio --------------------------------------------------------------------------------------


def rio(data: Path, splink: str | None) -> None:
    """Print how the plain rule's pairs fare with us and with Splink, side by side."""
    books = sorted((data / "rio_seized_arms").glob("rj_*.xlsx"))
    if not books:
        print(f"{data}: no rio_seized_arms/rj_*.xlsx there; nothing was measured")
        return
    losses, recovered = plain_rule.losses_and_recoveries(data)
    told = set(plain_rule.pairs(losses, recovered))
    makes = {row["place"]: str(row["Marca"]) for row in plain_rule.rows(data)}
    floor = min(_seconds_to_open(books) for _ in range(N_FLOOR))
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        found: dict[str, dict[Pair, float] | None] = {"ours": _our_pairs(bench, books)}
        if splink is None:
            print("Splink was left out: name a Python that has it with --splink")
        else:
            found |= _peer_pairs(bench, data, splink)
        print(f"\nplain rule: {len(told):,} pairs")
        _print_found({n: one for n, one in found.items() if one is not None}, told, makes)
        bench.print_took(floor, what="calamine opens the three workbooks and yields their rows")


def _our_pairs(bench: Bench, books: list[Path]) -> dict[Pair, float] | None:
    """Return (loss, recovery) → probability as our command line proposes them."""
    steps = (
        ("init", "--actor", "bench"),
        ("take", *books, "--layout", "rio-recoveries"),
        ("register", *books, "--layout", "rio-losses", "--name", "losses"),
        ("trace",),
    )
    if not all(bench.ours(*step) for step in steps):
        return None
    links, items = bench.listed("links"), bench.listed("items")
    entries = bench.listed("entries", "losses")
    if links is None or items is None or entries is None:
        return None
    item_at = {row["item_id"]: (row["file"], int(row["row"])) for row in items if row["row"]}
    entry_at = {row["entry_id"]: (row["file"], int(row["row"])) for row in entries}
    return {
        (entry_at[row["other_id"]], item_at[row["item_id"]]): float(row["probability"])
        for row in links
        if row["other_kind"] == "register_entry"
        and row["register"] == "losses"
        and row["probability"]
        and row["other_id"] in entry_at
        and row["item_id"] in item_at
    }


def _peer_pairs(bench: Bench, data: Path, python: str) -> dict[str, dict[Pair, float] | None]:
    """Return the same as Splink finds them, from cleaned text of all losses and recoveries."""
    every = [row for row in plain_rule.rows(data) if row["Classe"] == "ARMA DE FOGO"]
    offences = [{part.strip() for part in row["Tipo Delito"].split("///")} for row in every]
    lost = [row for row, told in zip(every, offences, strict=True) if told & plain_rule.LOST]
    sides = {
        "items": [row for row in every if row["Laudo"] == "Sim"],
        "entries": [row for row in lost if row["Laudo"] == "Não"],
    }
    paths = {name: bench.folder / f"{name}.parquet" for name in sides}
    for name, rows in sides.items():
        pq.write_table(_cleaned(rows), paths[name])
    found: dict[str, dict[Pair, float] | None] = {}
    for variant in VARIANTS:
        out = bench.peer(python, paths["items"], paths["entries"], variant=variant)
        found[f"splink {variant}"] = (
            None
            if out is None
            else {
                (_place(row["entry"]), _place(row["item"])): row["probability"]
                for row in pq.read_table(out).to_pylist()
            }
        )
    return found


def _cleaned(rows: list[plain_rule.Row]) -> pa.Table:
    def clean(cell: object) -> str | None:
        return plain_rule.plain(str(cell)) or None

    serials = [str(row["Número de Série"]) for row in rows]
    columns = {"make": "Marca", "model": "Modelo", "calibre": "Calibre"}
    return pa.table(
        {
            "unique_id": ["{}:{}".format(*row["place"]) for row in rows],
            # Words that say that there is none are no serial: any user would see to that.
            "serial": [clean(one) if re.search("[0-9]", one) else None for one in serials],
            **{name: [clean(row[column]) for row in rows] for name, column in columns.items()},
        }
    )


def _place(text: str) -> plain_rule.Place:
    file, _, row = text.rpartition(":")
    return file, int(row)


def _print_found(
    found: dict[str, dict[Pair, float]], told: set[Pair], makes: dict[plain_rule.Place, str]
) -> None:
    print(f"{'':34}" + "".join(f"{name:>16}" for name in found))
    for what, count in (
        ("pairs proposed", len),
        (f"pairs at {SURE} and more", lambda one: len(_sure(one))),
        ("  of two identified makers", lambda one: len(_two_makers(_sure(one), makes))),
        ("  of two makes as spelled", lambda one: len(_two_spellings(_sure(one), makes))),
        ("plain rule's pairs proposed", lambda one: len(told & one.keys())),
        (f"plain rule's pairs at {SURE}", lambda one: len(told & _sure(one))),
    ):
        print(f"{what:34}" + "".join(f"{count(one):16,}" for one in found.values()))
    for name, one in found.items():
        missed = sorted(told - _sure(one))
        print(f"\n{name}: the plain rule's pairs below {SURE}, {len(missed)}")
        for pair in missed:
            print(f"  {pair}  {f'{one[pair]:.4f}' if pair in one else 'not proposed'}")
        wrong = sorted(_two_makers(_sure(one), makes))
        print(f"{name}: at {SURE} and more between two identified makers, {len(wrong)}")
        for pair in wrong:
            print(f"  {pair}  {one[pair]:.4f}")


def _sure(found: dict[Pair, float]) -> set[Pair]:
    return {pair for pair, probability in found.items() if probability >= SURE}


def _two_makers(pairs: Iterable[Pair], makes: dict[plain_rule.Place, str]) -> set[Pair]:
    """Return the pairs whose makers both are identified, and differ."""
    wrong = set()
    for loss, item in pairs:
        one, other = (determined(identify_maker(makes[place])) for place in (loss, item))
        if one and other and one != other:
            wrong.add((loss, item))
    return wrong


def _two_spellings(pairs: Iterable[Pair], makes: dict[plain_rule.Place, str]) -> set[Pair]:
    return {
        (one, other)
        for one, other in pairs
        if plain_rule.plain(makes[one]) != plain_rule.plain(makes[other])
    }


def _seconds_to_open(books: list[Path]) -> float:
    began = time.perf_counter()
    for path in books:
        sheet = python_calamine.load_workbook(path).get_sheet_by_index(0)
        sum(1 for _ in sheet.iter_rows())
    return time.perf_counter() - began


# --- planted ----------------------------------------------------------------------------------


def planted(n_items: int, n_rows: int, splink: str | None, *, keep: Path | None) -> None:
    """Print recall and calibration against a known truth, beside Splink and the oracle."""
    world = RegisterWorld(n_rows, seed=SEED)
    items = list(recoveries(world, n_items, share=SHARE, seed=SEED + 1))
    truth = [item.truth.consignment for item in items]
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        path = bench.folder / f"{REGISTER}.parquet"
        write_parquet(world, path)
        write_package(items, bench.folder / "package")
        write_truth(items, world, bench.folder / "truth.csv")
        knowing = Oracle(world, share=SHARE)
        answers = {"oracle": [knowing.answer(item) for item in items]}
        answers |= _our_answers(bench, items, path)
        if splink is None:
            print("Splink was left out: name a Python that has it with --splink")
        else:
            answers |= _peer_answers(bench, items, path, splink)
        n_inside = sum(one is not None for one in truth)
        print(f"\n{n_items:,} items, {n_inside:,} of them in the register of {n_rows:,} rows")
        damaged = [item.truth.error != "legible" for item in items]
        weighed = {name: weigh(truth, told, is_damaged=damaged) for name, told in answers.items()}
        print(table(weighed, oracle="oracle"))
        if keep is not None:
            shutil.copytree(bench.folder, keep / f"{n_rows}", dirs_exist_ok=True)
        keys = sorted((bench.folder / "book" / "registers").rglob("keys.parquet"))
        floor, what = _floor(keys, path)
        bench.print_took(floor, what=what)


def _our_answers(bench: Bench, items: list[Recovery], path: Path) -> dict[str, list[Answer]]:
    """Return what our command line proposes; nothing where a verb is not there."""
    steps = (
        ("init", "--actor", "bench"),
        ("take", bench.folder / "package"),
        ("register", path, "--layout", "common", "--name", REGISTER),
        ("trace",),
    )
    if not all(bench.ours(*step) for step in steps):
        return {}
    links = bench.listed("links")
    if links is None:
        return {}
    whole: defaultdict[tuple[str, int], float] = defaultdict(float)
    by_rows: defaultdict[tuple[str, int], float] = defaultdict(float)
    consignment_of = _consignments(path)
    for row in links:
        if row["probability"] and row["other_kind"] == "register_entry":
            by_rows[row["item_id"], consignment_of[row["other_id"]]] += float(row["probability"])
        elif row["probability"] and row["other_kind"] == "consignment":
            whole[row["item_id"], _number(row["other_id"])] = float(row["probability"])
    per_item: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for item_id, consignment in whole.keys() | by_rows.keys():
        key = (item_id, consignment)
        # A proposal of the consignment stands for its rows; it is not added to them.
        per_item[item_id][consignment] = max(whole[key], by_rows[key])
    return {"ours": [best_of(per_item[item.item_id]) for item in items]}


def _peer_answers(
    bench: Bench, items: list[Recovery], path: Path, python: str
) -> dict[str, list[Answer]]:
    """Return what Splink finds; of a consignment, the probability of its best row."""
    sides = {name: bench.folder / f"{name}.parquet" for name in ("items", "entries")}
    pq.write_table(_cleaned_items(items), sides["items"])
    _write_cleaned_entries(path, sides["entries"])
    consignment_of = _consignments(path)
    answers = {}
    for variant in VARIANTS:
        out = bench.peer(python, sides["items"], sides["entries"], variant=variant)
        if out is None:
            continue
        per_item: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for row in pq.read_table(out).to_pylist():
            known, consignment = per_item[row["item"]], consignment_of[row["entry"]]
            known[consignment] = max(known.get(consignment, 0.0), row["probability"])
        answers[f"splink {variant}"] = [best_of(per_item[item.item_id]) for item in items]
    return answers


def _cleaned_items(items: list[Recovery]) -> pa.Table:
    def clean(text: str) -> str | None:
        return plain_rule.plain(text) or None

    return pa.table(
        {
            "unique_id": [item.item_id for item in items],
            "serial": [clean(item.text) for item in items],
            "make": [clean(item.maker) for item in items],
            "model": [clean(item.model) for item in items],
            "calibre": [clean(item.calibre) for item in items],
        }
    )


def _write_cleaned_entries(path: Path, out: Path) -> None:
    """Write the register as a user of Splink would clean it: capitals, A-Z and 0-9 only."""
    cleaned = ", ".join(
        f"nullif(regexp_replace(upper({column}), '[^A-Z0-9]', '', 'g'), '') AS {name}"
        for column, name in (
            ("serial", "serial"),
            ("maker", "make"),
            ("model", "model"),
            ("calibre", "calibre"),
        )
    )
    query = f"SELECT entry_id AS unique_id, {cleaned} FROM read_parquet('{path}')"  # noqa: S608
    duckdb.connect().execute(f"COPY ({query}) TO '{out}' (FORMAT parquet)").fetchall()


def _consignments(path: Path) -> dict[str, int]:
    held = pq.read_table(path, columns=["entry_id", "consignment_id"])
    entries, consignments = held["entry_id"].to_pylist(), held["consignment_id"].to_pylist()
    return {entry: _number(one) for entry, one in zip(entries, consignments, strict=True)}


def _number(consignment_id: str) -> int:
    return int(consignment_id.removeprefix("c"))


def _floor(keys: list[Path], register: Path) -> tuple[float, str]:
    """Return the least time of one scan of the key column, else of the serials' text."""
    path, query, what = register, "SELECT max(serial) FROM read_parquet(?)", "serials' text"
    if keys:
        path, query, what = keys[0], "SELECT sum(key) FROM read_parquet(?)", "key column"
    connection, took = duckdb.connect(), []
    for _ in range(N_FLOOR):
        began = time.perf_counter()
        connection.execute(query, [str(path)]).fetchall()
        took.append(time.perf_counter() - began)
    return min(took), f"one scan of the register's {what} by DuckDB"


# --- one item ---------------------------------------------------------------------------------


def one_item(n_items: int, n_rows: int) -> None:
    """Print how long one item takes against a loaded register, beside a scan of its keys."""
    world = RegisterWorld(n_rows, seed=SEED)
    items = list(recoveries(world, n_items, share=SHARE, seed=SEED + 1))
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        path = bench.folder / f"{REGISTER}.parquet"
        write_parquet(world, path)
        write_package(items, bench.folder / "package")
        steps = (
            ("init", "--actor", "bench"),
            ("take", bench.folder / "package"),
            ("register", path, "--layout", "common", "--name", REGISTER),
        )
        if not all(bench.ours(*step) for step in steps):
            return
        casebook = open_casebook(bench.folder / "book")
        began = time.perf_counter()
        desk = Desk(casebook, REGISTER, by=weights())
        probes = probes_on(casebook)
        desk.proposals(probes[0])
        print(
            f"loaded in {time.perf_counter() - began:.2f} s: {n_rows:,} rows, {len(probes)} items"
        )
        took = sorted(_seconds_for(desk, probe) for probe in probes)
        keys = sorted((bench.folder / "book" / "registers").rglob("keys.parquet"))
        floor, what = _floor(keys, path)
        told = {"median": 0.5, "95 of 100": 0.95, "longest": 1.0}
        for name, share in told.items():
            seconds = took[min(int(share * len(took)), len(took) - 1)]
            print(f"{name:10} {seconds * 1000:8.1f} ms  {seconds / floor:8.1f} x the floor")
        print(f"floor: {what}, {floor * 1000:.1f} ms")


def _seconds_for(desk: Desk, probe: Probe) -> float:
    began = time.perf_counter()
    desk.proposals(probe)
    return time.perf_counter() - began


def main() -> None:
    """Read what is asked for, and measure it."""
    parser = argparse.ArgumentParser(description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    of_rio = verbs.add_parser("rio")
    of_rio.add_argument("data", type=Path)
    of_planted = verbs.add_parser("planted")
    of_planted.add_argument("--items", type=int, default=20_000)
    of_planted.add_argument("--rows", type=int, action="append")
    of_planted.add_argument("--keep", type=Path, help="where to leave casebook, links and truth")
    of_one = verbs.add_parser("one")
    of_one.add_argument("--items", type=int, default=200)
    of_one.add_argument("--rows", type=int, action="append")
    for verb in (of_rio, of_planted):
        verb.add_argument("--splink", help="a Python that has requirements/bench.txt")
    asked = parser.parse_args()
    if asked.verb == "rio":
        rio(asked.data, asked.splink)
        return
    if asked.verb == "one":
        for n_rows in asked.rows or (1_000_000,):
            one_item(asked.items, n_rows)
        return
    for n_rows in asked.rows or (200_000, 1_000_000):
        planted(asked.items, n_rows, asked.splink, keep=asked.keep)


if __name__ == "__main__":
    main()

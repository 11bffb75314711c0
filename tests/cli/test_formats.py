"""Tables to read, JSON and CSV to work with."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from headstamp.cli.layout import printable
from headstamp.cli.verbs import VERBS

Cli = Callable[..., Any]
LISTED = (
    *("items", "marks", "sources", "parties", "sites", "consignments", "documents"),
    *("undertakings", "requests", "claims", "issues", "intakes", "links", "findings"),
    "figures",
)


@pytest.mark.parametrize("verb", LISTED)
def test_json_and_csv_say_the_same(cli: Cli, made: Callable[..., Path], verb: str) -> None:
    """The same rows and columns; lists as JSON, truth as true and false, missing as null."""
    root = made()
    objects = json.loads(cli("-C", root, verb, "--format", "json").out)
    rows = list(csv.DictReader(io.StringIO(cli("-C", root, verb, "--format", "csv").out)))

    assert len(rows) == len(objects)
    for row, one in zip(rows, objects, strict=True):
        assert list(row) == list(one)
        assert row == {name: _as_csv(cell) for name, cell in one.items()}


def _as_csv(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return json.dumps(cell, ensure_ascii=False) if isinstance(cell, list) else str(cell)


def test_json_has_numbers_truth_and_lists(cli: Cli, made: Callable[..., Path]) -> None:
    """Not their spelling."""
    found = json.loads(cli("-C", made(), "findings", "--kind", "theft", "--format", "json").out)

    assert [(f["contested"], f["origins"], f["rests_on"]) for f in found] == [
        (False, 2, [["c2"], ["c3"]])
    ]


def test_csv_ends_lines_as_rfc_4180_does(
    cli: Cli, made: Callable[..., Path], tmp_path: Path
) -> None:
    """Also in a file, which holds what standard output would."""
    root = made()
    out = cli("-C", root, "sites", "--format", "csv", "-o", "-").out
    cli("-C", root, "sites", "--format", "csv", "-o", tmp_path / "sites.csv")

    assert out.count("\r\n") == 2
    assert (tmp_path / "sites.csv").read_bytes().decode() == out


def test_a_cell_that_would_run_as_a_formula_is_harmless_in_csv_only(
    cli: Cli, made: Callable[..., Path], cast: ModuleType
) -> None:
    """JSON has the very text; a spreadsheet gets an apostrophe; numbers stay numbers."""
    sites = [{"site_id": "town", "name": "=HYPERLINK(A1)", "latitude": "-10.5"}]
    root = made(sites=sites)
    (row,) = csv.DictReader(io.StringIO(cli("-C", root, "sites", "--format", "csv").out))
    (one,) = json.loads(cli("-C", root, "sites", "--format", "json").out)

    assert (row["name"], row["latitude"]) == ("'=HYPERLINK(A1)", "-10.5")
    assert one["name"] == "=HYPERLINK(A1)"


def test_a_table_to_read_keeps_within_a_hundred_columns(
    cli: Cli, made: Callable[..., Path]
) -> None:
    """Long reasons are wrapped beneath their rows."""
    root = made()

    for verb in (*LISTED, "chain i1", "figures --against", "explain i1", "verify"):
        out = cli("-C", root, *verb.split()).out
        assert max(map(len, out.splitlines())) <= 100, verb


def test_nothing_in_a_cell_steers_the_terminal(cli: Cli, made: Callable[..., Path]) -> None:
    """Escape sequences and turned text are spelled out."""
    root = made(sites=[{"site_id": "town", "name": "a\x1b[2Jb\u202ec"}])

    out = cli("-C", root, "sites").out

    assert "a[U+001B][2Jb[U+202E]c" in out
    assert printable("a\tb\nc") == "a b c"


def test_where_filters_by_the_printed_value(cli: Cli, made: Callable[..., Path]) -> None:
    """Several conditions must all hold; an empty value means not recorded."""
    root = made()

    def ids(*words: str) -> list[str]:
        out = cli("-C", root, "claims", "--format", "json", *words).out
        return [row["claim_id"] for row in json.loads(out)]

    assert ids("--where", "verb=stolen") == ["c2", "c3"]
    assert ids("--where", "verb=stolen", "--where", "source_id=paper") == ["c3"]
    assert ids("--where", "hedge=") == ["c1", "c3"]
    assert ids("--where", "live=true", "--subject", "k1") == ["c1"]


@pytest.mark.parametrize(
    ("yes", "no"), [("yes", "no"), ("true", "false"), ("YES", "No"), ("True", "False")]
)
def test_a_truth_column_takes_either_spelling(
    cli: Cli, made: Callable[..., Path], yes: str, no: str
) -> None:
    """What the table shows and what CSV prints; anything else is misuse."""
    root = made()
    cli("-C", root, "withdraw", "c2", "--reason", "retracted")

    def ids(value: str) -> list[str]:
        ran = cli("-C", root, "claims", "--format", "json", "--where", f"live={value}")
        return [row["claim_id"] for row in json.loads(ran.out)]

    odd = cli("-C", root, "claims", "--where", "live=perhaps")

    assert (ids(yes), ids(no)) == (["c1", "c3"], ["c2"])
    assert (odd.code, odd.out) == (2, "")
    assert "live=yes" in odd.err


def test_a_column_that_is_none_is_misuse_naming_those_that_are(
    cli: Cli, made: Callable[..., Path]
) -> None:
    """A heading of the table is taken for its column."""
    root = made()
    odd = cli("-C", root, "claims", "--where", "alive=yes")
    headed = cli("-C", root, "claims", "--where", "from party=xa", "--format", "csv")

    assert (odd.code, odd.out) == (2, "")
    assert "claim_id" in odd.err
    assert "live" in odd.err
    assert len(headed.out.splitlines()) == 2


def test_issues_of_one_intake(
    cli: Cli, made: Callable[..., Path], cast: ModuleType, tmp_path: Path
) -> None:
    """With entry and remedy for a person to read."""
    root = made()
    bad = [{**cast.WORLD["claims"][0], "claim_id": "c9", "on": "31/02/2017"}]
    cli("-C", root, "take", cast.write_package(tmp_path / "bad", cast.world(claims=bad)))

    rows = json.loads(cli("-C", root, "issues", "--entry", "3", "--format", "json").out)
    told = cli("-C", root, "issues", "--entry", "3").out

    assert {row["entry"] for row in rows} == {3}
    assert "31/02/2017" in told
    assert "entry" in told.splitlines()[0]
    assert all(str(row["hint"]).split()[0] in told for row in rows)


def test_wide_shows_every_column(cli: Cli, made: Callable[..., Path]) -> None:
    """Nothing is wrapped or left out."""
    out = cli("-C", made(), "items", "--wide").out

    assert "evidence ref" in out.splitlines()[0]
    assert len(out.splitlines()) == 6


def test_a_gap_is_named_to_a_reader_and_empty_to_a_machine(
    cli: Cli, made: Callable[..., Path], cast: ModuleType
) -> None:
    """``gap`` is true and the verb empty; a person reads (gap)."""
    root = made(claims=[cast.WORLD["claims"][0]])
    rows = json.loads(cli("-C", root, "chain", "i1", "--format", "json").out)

    assert [(row["gap"], row["verb"]) for row in rows if row["gap"]] == [(True, None)]
    assert "(gap)" in cli("-C", root, "chain", "i1").out


def test_a_reading_of_the_past_says_so_on_standard_error(
    cli: Cli, made: Callable[..., Path]
) -> None:
    """The result itself is only the result."""
    root = made()
    cli("-C", root, "withdraw", "c2", "--reason", "retracted")

    ran = cli("-C", root, "claims", "--as-of", "2", "--format", "json")

    assert "as it stood at entry 2" in ran.err
    assert "today's rules" in ran.err
    assert all(row["live"] for row in json.loads(ran.out))


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_has_help(cli: Cli, verb: str) -> None:
    """What it does, and all its options."""
    ran = cli(verb, "--help")

    assert ran.code == 0
    assert VERBS[verb].about in ran.out
    assert "--help" in ran.out


def test_a_table_breaks_no_id_and_says_what_it_leaves_out(
    cli: Cli, made: Callable[..., Path], cast: ModuleType
) -> None:
    """Long ids of a chain push standing and claims beneath; of items, columns to --wide."""
    long_ids = {name: f"{name}_{'of_a_long_name_' * 2}" for name in ("giver", "taker", "group")}
    parties = [{"party_id": i, "kind": "unknown"} for i in long_ids.values()]
    claims = [
        {**cast.WORLD["claims"][1], "from_party": long_ids["giver"], "to_party": long_ids["taker"]}
    ]
    items = [{**cast.WORLD["items"][0], "type": f"type_{'x' * 30}", "model": f"model_{'y' * 30}"}]
    root = made(parties=[*cast.WORLD["parties"], *parties], claims=claims, items=items)

    chain = cli("-C", root, "chain", "i1")
    listed = cli("-C", root, "items")

    assert all(word in chain.out.split() for word in (long_ids["giver"], long_ids["taker"]))
    assert "claims: c2" in chain.out
    assert f"type_{'x' * 30}" in listed.out.split()
    assert "--wide shows" in listed.err


def test_a_format_that_is_none_is_told_plainly(cli: Cli) -> None:
    """What may be written, and nothing of how it was parsed."""
    ran = cli("items", "--format", "xml")

    assert (ran.code, ran.out) == (2, "")
    assert "'xml' is none; one of: table, json, csv" in ran.err
    assert "Value error" not in ran.err

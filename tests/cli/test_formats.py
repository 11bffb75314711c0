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
    *("undertakings", "requests", "claims", "issues", "links", "findings", "figures"),
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

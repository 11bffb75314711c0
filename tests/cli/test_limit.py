"""How much of a long table is shown, and what is said of the rest."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from headstamp.cli.show import N_TO_READ

Cli = Callable[..., Any]
N_SITES = N_TO_READ + 37


@pytest.fixture
def many(made: Callable[..., Path]) -> Path:
    """Return a casebook with more sites than anybody reads."""
    rows = [
        {"site_id": f"s{n:03d}", "name": "even" if n % 2 == 0 else "odd"} for n in range(N_SITES)
    ]
    return made(sites=rows, items=[], marks=[], links=[], claims=[])


def shown(out: str) -> list[str]:
    """Return the ids of the sites in a table to read."""
    return [line.split()[0] for line in out.splitlines()[2:]]


def test_a_table_to_read_ends_where_nobody_reads_on(cli: Cli, many: Path) -> None:
    """The first rows; how many more there are, and how to see them, on standard error."""
    ran = cli("-C", many, "sites")

    assert shown(ran.out) == [f"s{n:03d}" for n in range(N_TO_READ)]
    assert "37 more rows" in ran.err
    assert all(way in ran.err for way in ("--where", "--limit", "csv", "json"))


def test_what_one_works_with_is_whole(cli: Cli, many: Path) -> None:
    """JSON and CSV have every row, and nothing is said."""
    as_json, as_csv = (cli("-C", many, "sites", "--format", form) for form in ("json", "csv"))

    assert len(json.loads(as_json.out)) == N_SITES
    assert len(list(csv.DictReader(io.StringIO(as_csv.out)))) == N_SITES
    assert as_json.err == as_csv.err == ""


@pytest.mark.parametrize("form", ["table", "json", "csv"])
@pytest.mark.parametrize("limit", [1, 3, N_SITES, N_SITES + 5])
def test_a_limit_holds_for_every_format(cli: Cli, many: Path, form: str, limit: int) -> None:
    """The first so many rows, more of a table than without a limit, and nothing is said."""
    ran = cli("-C", many, "sites", "--format", form, "--limit", limit)
    n_rows = {
        "table": lambda out: len(shown(out)),
        "json": lambda out: len(json.loads(out)),
        "csv": lambda out: len(list(csv.DictReader(io.StringIO(out)))),
    }[form](ran.out)

    assert (n_rows, ran.err) == (min(limit, N_SITES), "")


def test_a_limit_counts_what_is_left_by_the_conditions(cli: Cli, many: Path) -> None:
    """First the rows that hold, then the first of them."""
    words = ("sites", "--where", "name=odd", "--format", "json")
    rows = json.loads(cli("-C", many, *words, "--limit", 2).out)

    assert [row["site_id"] for row in rows] == ["s001", "s003"]
    assert cli("-C", many, "sites", "--where", "name=odd").err == ""


@pytest.mark.parametrize("limit", ["0", "-1", "many"])
def test_a_limit_that_cannot_be_meant_is_misuse(cli: Cli, many: Path, limit: str) -> None:
    """None and fewer than none are no number of rows."""
    ran = cli("-C", many, "sites", "--limit", limit)

    assert (ran.code, ran.out) == (2, "")
    assert "--limit" in ran.err


def test_an_explanation_is_never_cut(cli: Cli, made: Callable[..., Path]) -> None:
    """What a finding rests on is told to the end, however long it is."""
    claims = [
        {"claim_id": f"w{n:03d}", "verb": "stolen", "subject_kind": "item", "subject_id": "i2",
         "from_party": "xb_army", "to_party": "group", "source_id": "paper", "credibility": "2"}
        for n in range(N_TO_READ)
    ]  # fmt: skip
    root = made(claims=claims, links=[])
    (theft,) = json.loads(cli("-C", root, "findings", "--kind", "theft", "--format", "json").out)
    told = cli("-C", root, "explain", theft["finding_id"], "--wide")

    assert len(told.out.splitlines()) > N_TO_READ + 2
    assert "more row" not in told.err

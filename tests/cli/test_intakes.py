"""What came in, as the command line tells it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]


@pytest.mark.parametrize(
    ("option", "columns"),
    [
        ("--tables", {"table", "same"}),
        ("--columns", {"column", "filled"}),
        ("--left", {"why", "cells"}),
    ],
)
def test_each_detail_is_a_table_of_its_own(
    cli: Cli, made: Callable[..., Path], option: str, columns: set[str]
) -> None:
    """By table, by column, by reason; of a package only the first has rows."""
    ran = cli("-C", made(), "intakes", option, "--format", "csv")

    header, *rows = ran.out.splitlines()
    assert columns <= set(header.split(","))
    assert bool(rows) == (option == "--tables")


def test_one_intake_alone(cli: Cli, made: Callable[..., Path]) -> None:
    """``--entry`` names it; another entry has none."""
    root = made()
    found = [
        json.loads(cli("-C", root, "intakes", "--entry", seq, "--format", "json").out)
        for seq in (1, 2)
    ]

    assert [[row["entry"] for row in rows] for rows in found] == [[], [2]]


def test_two_details_at_once_are_misuse(cli: Cli, made: Callable[..., Path]) -> None:
    """They are two tables, and the message says so."""
    ran = cli("-C", made(), "intakes", "--left", "--columns")

    assert (ran.code, ran.out) == (2, "")
    assert "--columns and --left are 2 tables" in ran.err

"""Every worked example of linking comes out as the monitor who wrote it expects."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ..cli.running import Ran, in_this_process
from .worked_links import (
    Explain,
    Row,
    comparable,
    disagreements,
    read_example,
    write_package,
    write_registers,
)

FOLDER = Path(__file__).parents[1] / "examples" / "links"
EXAMPLES = sorted(FOLDER.glob("link_*.toml"))
DONE = {0, 1}
"""Exit codes of a command that did it, without or with issues to look at."""

Traced = Callable[..., tuple[list[Row], Explain]]


@pytest.fixture
def traced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Traced:
    """Return what takes an example into a new casebook, traces it, and lists the links."""
    run = in_this_process(monkeypatch, capsys)

    def trace(example: dict[str, object], *, reverse: bool = False) -> tuple[list[Row], Explain]:
        folder = tmp_path / ("reversed" if reverse else "as written")
        package = write_package(folder / "package", example, reverse=reverse)
        registers = write_registers(folder / "registers", example, reverse=reverse)
        book = folder / "book"
        _done(run("-C", book, "init", "--actor", "amina"))
        _done(run("-C", book, "take", package))
        for name, file in registers.items():
            _done(run("-C", book, "register", file, "--layout", "common", "--name", name))
        _done(run("-C", book, "trace"))
        links = json.loads(_done(run("-C", book, "links", "--format", "json")))
        return links, lambda thing: _done(run("-C", book, "explain", thing, "--format", "json"))

    return trace


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example_comes_out(path: Path, traced: Traced) -> None:
    """What the file gives, taken, registered and traced, is proposed as the file expects."""
    example = read_example(path)

    links, explain = traced(example)

    assert disagreements(example, links, explain) == [], example["why"]


@pytest.mark.parametrize(
    "path",
    [path for path in EXAMPLES if read_example(path).get("reversed_too")],
    ids=lambda path: path.stem,
)
def test_order_of_rows_changes_nothing(path: Path, traced: Traced) -> None:
    """The same rows in the opposite order give the same proposals."""
    example = read_example(path)

    links, _ = traced(example)
    reversed_links, _ = traced(example, reverse=True)

    assert links
    assert comparable(reversed_links) == comparable(links)


def test_there_are_examples_enough() -> None:
    """At least 60 files, or the folder was not found."""
    assert len(EXAMPLES) >= 60


def _done(ran: Ran) -> str:
    assert ran.code in DONE, ran.err
    return ran.out

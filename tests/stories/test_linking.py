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
QUICK = {
    "link_both_makers_hold_the_number",
    "link_calibre_762",
    "link_cyrillic_with_its_own_entry",
    "link_documented_twice",
    "link_exact_among_neighbours",
    "link_last_digit_unread",
    "link_line_of_a_range",
    "link_long_serials",
    "link_lookalike_with_exact_rival",
    "link_lot_in_a_register",
    "link_model_weighs",
    "link_no_maker_in_a_long_register",
    "link_one_two_three_unread",
    "link_other_maker",
    "link_range_unread_digits",
    "link_ranges_overlap",
    "link_removed_with_text",
    "link_same_maker_and_serial",
    "link_single_slip",
    "link_swapped_letters_alone",
    "link_three_makers_one_number",
    "link_two_entries_of_one_object",
    "link_two_lines_of_one_consignment",
    "link_two_serials_in_one_cell",
    "link_ubiquitous_33333",
    "link_uncertain_reading_in_order",
}
"""One of each kind: `make check` looks at these, `make test` at all."""
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


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=path.stem, marks=() if path.stem in QUICK else pytest.mark.slow)
        for path in EXAMPLES
    ],
)
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
    assert {path.stem for path in EXAMPLES} > QUICK


def _done(ran: Ran) -> str:
    assert ran.code in DONE, ran.err
    return ran.out

"""Every worked example comes out as the monitor who wrote it expects."""

from datetime import date
from pathlib import Path

import pytest

from .worked_examples import disagreements, play, read_example

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.toml"))
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example_comes_out(path: Path, tmp_path: Path) -> None:
    """What the file gives, taken and traced, gives what the file expects and no more."""
    example = read_example(path)

    casebook = play(example, tmp_path, TODAY)

    assert disagreements(example, casebook) == [], example["why"]


def test_there_are_examples_enough() -> None:
    """At least 40 files, or the folder was not found."""
    assert len(EXAMPLES) >= 40

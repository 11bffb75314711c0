from pathlib import Path

import pytest
from tests.custody.example_cases import (
    conclusions_of,
    example_paths,
    read_example,
    shortcomings,
)


@pytest.mark.parametrize("path", example_paths(), ids=lambda path: path.stem)
def test_what_an_example_expects_comes_out(path: Path) -> None:
    """Every worked example, given to the rules directly, has the outcome that is written in it."""
    example = read_example(path)

    missed = shortcomings(example, conclusions_of(example))

    assert not missed, "\n  ".join([f"{example.title} ({path.name})", *missed])


def test_examples_are_found() -> None:
    """A folder that moved does not pass for a folder in which all is well."""
    assert len(example_paths()) > 150


def test_an_example_that_expects_something_else_fails() -> None:
    """The comparison sees a wrong verdict, a finding too many and a chain cut short."""
    path = next(path for path in example_paths() if path.stem == "a_chain_broken")
    example = read_example(path)
    concluded = conclusions_of(example)
    example.expect["findings"][0]["days_min"] = "1"
    example.expect["chain"][0]["legs"].pop()

    missed = shortcomings(example, concluded)

    assert [line.split(" ")[0] for line in missed] == ["no", "one", "i1"]

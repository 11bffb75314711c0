"""House rules about what is installed: pinned, checked by hash, and declared once."""

import re
import tomllib
from pathlib import Path

import pytest

BUILD_ONLY = {"hatchling"}


@pytest.mark.parametrize("name", ["run.txt", "test.txt"])
def test_every_pin_has_hashes(root: Path, name: str) -> None:
    """An installer can refuse a package that is not the one that was tried."""
    text = (root / "requirements" / name).read_text(encoding="utf-8")
    pin = re.compile(
        r"^([a-z0-9][^ ]*) .*\\\n((?: +--hash=sha256:[0-9a-f]{64}.*\n)*)", re.MULTILINE
    )
    pins = pin.findall(text)
    named = re.findall(r"^[a-z0-9].*$", text, re.MULTILINE)

    assert [name for name, hashes in pins if not hashes or "==" not in name] == []
    assert len(pins) == len(named) > 10


def test_run_and_test_agree_where_both_pin(root: Path) -> None:
    """Installing the tests' packages changes nothing that the program runs on."""
    run, test = _pins(root, "run.txt"), _pins(root, "test.txt")
    both = run.keys() & test.keys()

    assert {name: (run[name], test[name]) for name in both if run[name] != test[name]} == {}


def test_what_is_declared_is_what_is_pinned(root: Path) -> None:
    """`pip install headstamp` and `make demo` bring the same packages."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[^A-Za-z0-9_.-]", line)[0] for line in project["dependencies"]}

    assert declared | BUILD_ONLY == _wanted(root)


def test_oracles_stay_out_of_the_program(root: Path) -> None:
    """A library that the tests compare us with is not one that we call."""
    assert {"edtf", "frictionless"}.isdisjoint(_pins(root, "run.txt"))


def _wanted(root: Path) -> set[str]:
    lines = (root / "requirements/run.in").read_text(encoding="utf-8").splitlines()
    names = (line.partition("#")[0].strip() for line in lines)
    return {re.split(r"[^A-Za-z0-9_.-]", name)[0] for name in names if name}


def _pins(root: Path, name: str) -> dict[str, str]:
    text = (root / "requirements" / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ ]+)", text, re.MULTILINE))

"""A casebook of the shipped case, and an empty one, each reached by the command line only."""

import json
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

from ..cli.running import in_this_process
from .foreign import Desk

HEADSTAMP = str(Path(sys.executable).with_name("headstamp"))
Rows = list[dict[str, object]]


class Door:
    """The command line at one casebook: runs a verb, reads its tables, keeps its exit code."""

    def __init__(self, casebook: Path) -> None:
        self.casebook = casebook

    def run(self, *words: str, expect: tuple[int, ...] = (0, 1)) -> str:
        """Run one verb and return what it printed on stdout."""
        done = subprocess.run(
            [HEADSTAMP, "-C", str(self.casebook), *words],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode in expect, (words, done.returncode, done.stderr[-2000:])
        return done.stdout

    def rows(self, *words: str) -> Rows:
        """Return the rows of a listing verb."""
        listed: Rows = json.loads(self.run(*words, "--format", "json"))
        return listed


@pytest.fixture(scope="session")
def case_folder() -> Path:
    """The shipped case's folder."""
    return Path(str(resources.files("headstamp"))) / "cases" / "islamic_state_2017"


def make_casebook(folder: Path, package: Path) -> Door:
    """Make a casebook of one package, taken and traced."""
    door = Door(folder)
    door.run("init", "--actor", "Amina")
    door.run("take", str(package))
    door.run("trace")
    return door


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory, case_folder: Path) -> Door:
    """The shipped case, to be read and not written to."""
    return make_casebook(tmp_path_factory.mktemp("case"), case_folder)


@pytest.fixture
def desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Desk:
    """An empty casebook, and what runs ``headstamp`` at it in this process."""
    return Desk(tmp_path, in_this_process(monkeypatch, capsys))

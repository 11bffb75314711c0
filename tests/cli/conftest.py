"""Casebooks to look at: the invented case, taken by Amina."""

import importlib.util
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

from headstamp.actions.init_casebook import init_casebook
from headstamp.actions.take import take
from headstamp.actions.writing import Writing
from headstamp.casebook.opening import Casebook, open_casebook
from headstamp.cli import main


def _load_world() -> ModuleType:
    """Load the invented case by its path: test folders are not packages."""
    path = Path(__file__).parents[1] / "casebook" / "world.py"
    spec = importlib.util.spec_from_file_location("invented_world", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def cast() -> ModuleType:
    """Return the invented case: ``world``, ``write_package``, ``CANARIES``."""
    return _load_world()


@pytest.fixture
def amina() -> Writing:
    """Amina documents."""
    return Writing(actor="Amina", today=date(2020, 1, 1))


@pytest.fixture
def made(tmp_path: Path, cast: ModuleType, amina: Writing) -> Callable[..., Path]:
    """Return what makes a casebook of the invented case, some tables replaced."""

    def make(name: str = "book", **changed: Any) -> Path:  # noqa: ANN401 - rows of any table
        root = tmp_path / name
        init_casebook(root, actor="Amina", title="Ten rifles")
        package = cast.write_package(tmp_path / f"{name}-package", cast.world(**changed))
        list(take(root, [package], by=amina))
        return root

    return make


@pytest.fixture
def opened(made: Callable[..., Path]) -> Callable[..., Casebook]:
    """Return what opens a fresh casebook of the invented case, some tables replaced."""

    def open_it(name: str = "book", **changed: Any) -> Casebook:  # noqa: ANN401 - any rows
        return open_casebook(made(name, **changed), today=date(2020, 1, 1))

    return open_it


class Ran(NamedTuple):
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Return what runs ``headstamp`` in this process, as a user would."""
    monkeypatch.delenv("HEADSTAMP_ACTOR", raising=False)
    monkeypatch.setattr(main, "_end_quietly", lambda: None)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)

    def run(*words: object) -> Ran:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["headstamp", *map(str, words)])
        code: int | str | None = 0
        try:
            main.run()
        except SystemExit as ended:
            code = ended.code
        written = capsys.readouterr()
        return Ran(code=int(code or 0), out=written.out, err=written.err)

    return run

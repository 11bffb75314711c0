"""What runs ``headstamp`` in this process, as a user would."""

import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from headstamp.cli import main


class Ran(NamedTuple):
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str


def in_this_process(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Ran]:
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

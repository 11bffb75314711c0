"""What runs ``headstamp`` in this process, as a user would."""

from collections.abc import Callable

import pytest

from .running import Ran, in_this_process


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Return what runs ``headstamp`` in this process, as a user would."""
    return in_this_process(monkeypatch, capsys)

"""A register's file that changes or vanishes while a process runs is named, and never a riddle."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from headstamp.actions.judge_link import judge_link
from headstamp.actions.trace import trace
from headstamp.actions.writing import Writing
from headstamp.casebook import probing, proposing, registers
from headstamp.casebook.opening import Casebook, open_casebook
from headstamp.casebook.proposing import propose_links
from headstamp.casebook.register_tables import entries
from headstamp.casebook.registers import entries_named
from headstamp.reference.weights import weights_with
from headstamp.terms.errors import BrokenJournalError

from ..cli.running import Ran, in_this_process
from .registry import STOLEN, WORLD, load_book, propose

Spoil = Callable[[Path], object]
Cli = Callable[..., Ran]


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def _overwrite(path: Path) -> None:
    path.write_bytes(b"\0" * path.stat().st_size)


SPOILT = pytest.mark.parametrize("spoil", [_truncate, _overwrite, Path.unlink])


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Return what runs ``headstamp`` in this process, as a user would."""
    return in_this_process(monkeypatch, capsys)


@pytest.fixture
def root(made: Callable[..., Path], amina: Writing) -> Path:
    """Return a casebook with the army's book, of which one theft is judged."""
    folder = made(**WORLD)
    load_book(folder, amina)
    propose(folder, STOLEN)
    judge_link(folder, STOLEN.proposal_id, verdict="same", reason="read", by=amina)
    return folder


def _files(root: Path) -> Iterator[Path]:
    for path in (root / "registers").rglob("*.parquet"):
        path.chmod(0o600)
        path.parent.chmod(0o700)
        yield path


def _asked(casebook: Casebook) -> None:
    assert entries_named(casebook, "army", ["t1"])


@SPOILT
def test_a_file_that_changes_after_it_was_checked_is_named(root: Path, spoil: Spoil) -> None:
    """A process that runs for long looks again before it answers."""
    casebook = open_casebook(root)
    _asked(casebook)
    for path in _files(root):
        spoil(path)

    with pytest.raises(BrokenJournalError, match="parquet"):
        entries_named(casebook, "army", ["t1"])
    with pytest.raises(BrokenJournalError, match="parquet"):
        entries(casebook, "army")
    with pytest.raises(BrokenJournalError, match="parquet"):
        propose_links(casebook, by=weights_with({}))


@SPOILT
def test_a_file_that_changes_between_the_check_and_the_reading_is_named(
    root: Path, spoil: Spoil, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the engine says is turned into which file is not what was recorded."""
    casebook = open_casebook(root)
    for path in _files(root):
        spoil(path)
    monkeypatch.setattr(registers, "_require_unchanged", lambda *_: None)

    for ask in (
        lambda: entries_named(casebook, "army", ["t1"]),
        lambda: entries(casebook, "army"),
        lambda: propose_links(casebook, by=weights_with({})),
    ):
        with pytest.raises(BrokenJournalError, match=r"registers/army/.*parquet: "):
            ask()


def test_a_key_file_that_vanishes_while_it_is_asked_is_named(
    root: Path, amina: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the rows are still there."""
    real = probing.probes_on

    def late(casebook: Casebook) -> object:
        for path in _files(root):
            if path.name == "keys.parquet":
                path.unlink(missing_ok=True)
        return real(casebook)

    propose(root)  # So that the last entry is no trace of just this.
    monkeypatch.setattr(proposing, "probes_on", late)
    monkeypatch.setattr(registers, "_require_unchanged", lambda *_: None)
    with pytest.raises(BrokenJournalError, match=r"keys\.parquet: is missing"):
        trace(root, by=amina)


@pytest.mark.parametrize(
    "words",
    [("chain", "w1"), ("explain", STOLEN.proposal_id), ("findings",), ("entries", "army")],
)
def test_the_command_line_says_it_and_exits_with_3(cli: Cli, root: Path, words: list[str]) -> None:
    """With the remedy: load the same file again."""
    for path in _files(root):
        _truncate(path)
    ran = cli("-C", root, *words)

    assert (ran.code, ran.out) == (3, "")
    assert "does not have the size that was recorded" in ran.err
    assert "headstamp register" in ran.err

"""What no longer stands as it was proposed cannot be judged, whichever way it ceased."""

from collections.abc import Callable
from pathlib import Path

import pytest

from headstamp.actions.writing import Writing
from headstamp.ledger.entries import read_entries

from ..casebook.registry import STOLEN, WORLD, load_book, propose
from ..cli.running import Ran, in_this_process

LINK = STOLEN.proposal_id
Cli = Callable[..., Ran]
Cease = Callable[[Path, Cli, Writing], object]


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Return what runs ``headstamp`` in this process, as a user would."""
    return in_this_process(monkeypatch, capsys)


@pytest.fixture
def root(made: Callable[..., Path], amina: Writing) -> Path:
    """Return a casebook with the army's book, of which one theft is proposed."""
    folder = made(**WORLD)
    load_book(folder, amina)
    propose(folder, STOLEN)
    return folder


def _changed_layout(root: Path, _: Cli, by: Writing) -> None:
    load_book(root, by, more='\n[[leave]]\nwhere = { kind = ["theft"] }\nwhy = "none"\n')


def _deleted_file(root: Path, _: Cli, __: Writing) -> None:
    (path,) = (root / "registers").rglob("rows.parquet")
    path.parent.chmod(0o700)
    path.unlink()


def _withdrawn(thing: str) -> Cease:
    def withdraw(root: Path, cli: Cli, _: Writing) -> None:
        assert cli("-C", root, "withdraw", thing, "--reason", "to see").code == 0

    return withdraw


def _traced(root: Path, *_: object) -> None:
    propose(root)


GONE: dict[str, tuple[Cease, int, str, str]] = {
    "the layout leaves its entry": (_changed_layout, 2, "has no such entry any more", "trace"),
    "a file of the register is gone": (_deleted_file, 3, "rows.parquet: is missing", "register"),
    "its item is withdrawn": (_withdrawn("item:w1"), 2, "nothing on record", "trace"),
    "its mark is withdrawn": (_withdrawn("mark:s1"), 2, "nothing on record", "trace"),
    "the register's source is withdrawn": (_withdrawn("source:army"), 2, "nothing on", "trace"),
    "it is proposed no more": (_traced, 2, "nothing on record has this id", "trace"),
}
"""How a proposal ceases, and what is then said of judging it: exit code, message, remedy."""

JUDGED_BEFORE: dict[str, tuple[str, str]] = {
    "the layout leaves its entry": ("has no such entry any more", "headstamp trace"),
    "its item is withdrawn": ("not all that it rests on is on record", "restore"),
    "its mark is withdrawn": ("not all that it rests on is on record", "restore"),
    "the register's source is withdrawn": ("nothing proposes it any more", "withdraw j-"),
    "it is proposed no more": ("nothing proposes it any more", "withdraw j-"),
}
"""What is said of judging it anew where it was judged before it ceased."""


@pytest.mark.parametrize("how", GONE)
@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_a_proposal_that_ceased_is_refused_with_the_remedy(
    root: Path, cli: Cli, amina: Writing, how: str, words: tuple[str, ...]
) -> None:
    """Nothing is recorded, on trial or in earnest."""
    cease, code, said, remedy = GONE[how]
    cease(root, cli, amina)
    n_entries = len(read_entries(root))
    ran = cli("-C", root, "judge", LINK, "--verdict", "same", "--reason", "read", *words)

    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert f"headstamp {remedy}" in ran.err
    assert len(read_entries(root)) == n_entries


@pytest.mark.parametrize("how", JUDGED_BEFORE)
def test_once_judged_it_stays_readable_and_is_not_judged_anew(
    root: Path, cli: Cli, amina: Writing, how: str
) -> None:
    """Who judged what is explained still; what can be done about it is said."""
    cli("-C", root, "judge", LINK, "--verdict", "same", "--reason", "read")
    GONE[how][0](root, cli, amina)
    again = cli("-C", root, "judge", LINK, "--verdict", "not_same", "--reason", "another")
    said, remedy = JUDGED_BEFORE[how]

    assert again.code == 2
    assert said in again.err
    assert remedy in again.err
    assert "judged same by Amina" in cli("-C", root, "explain", LINK).out


def test_what_was_withdrawn_and_is_restored_may_be_judged(root: Path, cli: Cli) -> None:
    """It is proposed as it was."""
    for one in ("item:w1", "mark:s1", "source:army"):
        cli("-C", root, "withdraw", one, "--reason", "to see")
        cli("-C", root, "restore", one)

    assert cli("-C", root, "judge", LINK, "--verdict", "same", "--reason", "read").code == 0

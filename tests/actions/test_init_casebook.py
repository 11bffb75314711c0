"""A casebook is made once, in somebody's name."""

from pathlib import Path

import pytest

from headstamp.actions.init_casebook import NOBODY, init_casebook
from headstamp.actions.settings import read_settings
from headstamp.ledger.append import create_journal
from headstamp.ledger.entries import read_entries
from headstamp.terms.errors import MisuseError


@pytest.fixture(autouse=True)
def _no_actor_around(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HEADSTAMP_ACTOR", raising=False)


def test_the_first_entry_says_what_was_opened(tmp_path: Path) -> None:
    """Id, format and title, by the actor."""
    opened = init_casebook(tmp_path / "book", actor="Amina", title="Ten rifles")

    (entry,) = read_entries(tmp_path / "book")
    assert (entry.kind, entry.actor) == ("opened", "Amina")
    assert entry.content() == {
        "casebook_id": opened.casebook_id, "format": "1", "title": "Ten rifles",
    }  # fmt: skip


def test_the_actor_is_kept_in_the_settings(tmp_path: Path) -> None:
    """Quotes and backslashes in a name survive."""
    init_casebook(tmp_path / "book", actor='Amina "A" \\ team')

    assert read_settings(tmp_path / "book", {}).actor == 'Amina "A" \\ team'


def test_without_an_actor_it_is_opened_by_nobody(tmp_path: Path) -> None:
    """Such a casebook is there, and refuses to write."""
    opened = init_casebook(tmp_path / "book")

    assert opened.actor is None
    assert read_entries(tmp_path / "book")[0].actor == NOBODY
    assert read_settings(tmp_path / "book", {}).actor is None


def test_a_folder_with_a_casebook_is_not_taken_again(tmp_path: Path) -> None:
    """Nothing is written over."""
    init_casebook(tmp_path / "book", actor="Amina")

    with pytest.raises(MisuseError, match="already"):
        init_casebook(tmp_path / "book", actor="Amina")

    assert len(read_entries(tmp_path / "book")) == 1


def test_other_files_of_the_folder_stay(tmp_path: Path) -> None:
    """A folder with photos may become a casebook."""
    (tmp_path / "photo.jpg").write_bytes(b"seen")

    init_casebook(tmp_path, actor="Amina")

    assert (tmp_path / "photo.jpg").read_bytes() == b"seen"


def test_one_cut_short_is_completed(tmp_path: Path) -> None:
    """A journal without its first entry is no casebook yet."""
    create_journal(tmp_path / "book")

    init_casebook(tmp_path / "book", actor="Amina")

    assert [entry.kind for entry in read_entries(tmp_path / "book")] == ["opened"]


def test_a_dry_run_makes_nothing(tmp_path: Path) -> None:
    """Not even the folder."""
    init_casebook(tmp_path / "book", actor="Amina", dry_run=True)

    assert not (tmp_path / "book").exists()


@pytest.mark.parametrize("actor", ["", " ", " Amina", "A\nmina", "rule:all@1", "x" * 201])
def test_an_odd_actor_is_refused(tmp_path: Path, actor: str) -> None:
    """Nobody writes under a name that hides or pretends."""
    with pytest.raises(MisuseError, match="--actor"):
        init_casebook(tmp_path / "book", actor=actor)

    assert not (tmp_path / "book").exists()


def test_settings_that_name_another_are_not_overruled(tmp_path: Path) -> None:
    """The file that is there was written by somebody."""
    (tmp_path / "headstamp.toml").write_text('actor = "Boris"\n', encoding="utf-8")

    with pytest.raises(MisuseError, match="Boris"):
        init_casebook(tmp_path, actor="Amina")

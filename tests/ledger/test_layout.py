from pathlib import Path

import pytest

from headstamp.ledger import layout
from headstamp.terms.errors import BrokenJournalError, MisuseError, NoCasebookError

DIGEST = "ab" + "c" * 62


def test_files_have_their_places() -> None:
    """The folder's layout is part of the format."""
    root = Path("case")

    assert layout.journal_path(root) == root / "journal.sqlite"
    assert layout.exhibit_path(root, DIGEST) == root / "exhibits/ab" / ("c" * 62)
    assert layout.records_path(root, DIGEST) == root / "records/ab" / ("c" * 62 + ".jsonl.gz")
    assert layout.key_path(root, "f" * 32) == root / "keys" / ("f" * 32)
    assert layout.secret_path(root) == root / "keys/secret"
    assert layout.derived_path(root) == root / "derived"


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    """What a journal calls a digest or a key never becomes another path."""
    with pytest.raises(BrokenJournalError):
        layout.exhibit_path(Path("case"), name)
    with pytest.raises(BrokenJournalError):
        layout.records_path(Path("case"), name)
    with pytest.raises(MisuseError):
        layout.key_path(Path("case"), name)


def test_secret_is_no_key_that_can_be_destroyed() -> None:
    """The casebook's secret has a name that no key id can have."""
    with pytest.raises(MisuseError):
        layout.key_path(Path("case"), "secret")


def test_folder_without_journal_is_no_casebook(tmp_path: Path) -> None:
    """The message says how to make one."""
    with pytest.raises(NoCasebookError) as raised:
        layout.require_casebook(tmp_path)

    assert str(tmp_path) in raised.value.message
    assert "headstamp init" in raised.value.hint

"""What was derived before is found again only where it still holds."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from headstamp.actions import erase_row as erasing
from headstamp.actions.erase_row import erase_row
from headstamp.actions.trace import trace
from headstamp.actions.withdraw_row import restore_row, withdraw_row
from headstamp.actions.writing import Writing
from headstamp.casebook import kept, opening
from headstamp.casebook.derived_tables import chain, chains, findings, issues, links, pathways
from headstamp.casebook.figures import figures
from headstamp.casebook.object_tables import items, marks
from headstamp.casebook.opening import Casebook, open_casebook
from headstamp.casebook.package_tables import claims, package_table, sites
from headstamp.casebook.published import figures_against
from headstamp.release.hand_out import hand_out
from headstamp.terms.errors import BrokenJournalError
from headstamp.terms.table import Table

READ: tuple[Callable[[Casebook], Table], ...] = (
    *(items, marks, claims, sites, links, findings, chains, pathways, issues, figures_against),
    figures,
    lambda casebook: figures(casebook, by="country_of_recovery"),
    lambda casebook: package_table(casebook, "sessions"),
    lambda casebook: chain(casebook, "i1"),
)
"""What the listing verbs read."""


def read_all(root: Path, *, as_of: str | None = None, today: date | None = None) -> list[Table]:
    """Return every table that a listing verb reads, and every one that is handed out."""
    casebook = open_casebook(root, as_of=as_of, today=today)
    return [*(read(casebook) for read in READ), *hand_out(casebook).values()]


def files_in(root: Path) -> list[Path]:
    """Return everything that is kept of a casebook."""
    return sorted(path for path in (root / "derived").rglob("*") if path.is_file())


def may_not_derive(patch: pytest.MonkeyPatch) -> None:
    """Let whoever reads rows, or concludes, fail."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a kept table was derived again")

    patch.setattr(opening, "read_recorded", refuse)
    patch.setattr(opening, "conclude_from", refuse)


@pytest.fixture
def guarded(made: Callable[..., Path], cast: ModuleType) -> Path:
    """Return a casebook that holds one protected claim."""
    return made(claims=[*cast.WORLD["claims"], cast.PROTECTED_CLAIM])


# --- it says what deriving says ---------------------------------------------------------------


def test_kept_tables_say_what_derived_ones_say(made: Callable[..., Path]) -> None:
    """Every table reads the same as before it was kept, from the cache, and after it is gone."""
    root = made()

    derived, found = read_all(root), read_all(root)
    shutil.rmtree(root / "derived")
    again = read_all(root)

    assert derived == found == again
    assert len(files_in(root)) > 20


def test_a_kept_table_is_read_without_any_row(
    made: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the sealed records are decoded nor anything is concluded."""
    root = made()
    before = read_all(root)
    may_not_derive(monkeypatch)

    assert read_all(root) == before


def test_a_trace_changes_no_table_and_lets_them_be(
    made: Callable[..., Path], amina: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its entry says by which rules was derived; what was kept before it still holds."""
    root = made()
    before = [read(open_casebook(root)) for read in READ]
    trace(root, by=amina)
    may_not_derive(monkeypatch)

    assert [read(open_casebook(root)) for read in READ] == before


# --- nothing stale is served ------------------------------------------------------------------


def test_every_decision_is_seen_at_once(made: Callable[..., Path], amina: Writing) -> None:
    """Withdrawn, restored, and as of the entry before: each reads as if nothing were kept."""
    root = made()
    at_first = read_all(root)[: len(READ)]
    withdraw_row(root, "c2", reason="a mistake", by=amina)
    withdrawn, before = read_all(root)[: len(READ)], read_all(root, as_of="2")[: len(READ)]
    restore_row(root, "c2", by=amina)
    restored = read_all(root)[: len(READ)]

    assert withdrawn != at_first
    assert before == restored == at_first
    assert {row["live"] for row in withdrawn[2].rows if row["claim_id"] == "c2"} == {False}


def test_a_finding_is_of_its_day(made: Callable[..., Path]) -> None:
    """Whether a period for a reply is over is asked anew on every day, also on one in the past."""
    asked = {
        "request_id": "r1",
        "addressee": "group",
        "about": "i1",
        "source_id": "field",
        "right_of_reply_sent_on": "2025-01-01",
        "right_of_reply_due_on": "2025-02-01",
    }
    root = made(requests=[asked])

    def words(today: date) -> str:
        return repr(findings(open_casebook(root, today=today)).rows)

    early, late = date(2025, 1, 20), date(2025, 3, 1)
    told = [words(early), words(late), words(early)]

    assert "the period for a reply has not closed" in told[0]
    assert "the period for a reply has not closed" not in told[1]
    assert told[2] == told[0]
    assert len([path for path in files_in(root) if "findings" in path.name]) == 1


def test_a_list_of_items_is_kept_from_day_to_day(
    made: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What no period can change is not derived again each morning."""
    root = made()
    before = items(open_casebook(root, today=date(2025, 1, 1)))
    may_not_derive(monkeypatch)

    assert items(open_casebook(root, today=date(2025, 1, 2))) == before


def test_another_version_derives_anew(
    made: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another software derived is not believed, and goes."""
    root = made()
    items(open_casebook(root))
    (old,) = files_in(root)
    monkeypatch.setattr(kept, "software_digest", lambda: "0" * 64)
    with pytest.MonkeyPatch.context() as patch:
        may_not_derive(patch)
        with pytest.raises(AssertionError, match="derived again"):
            items(open_casebook(root))

    items(open_casebook(root))

    assert [path.name for path in files_in(root)] == [old.name]
    assert files_in(root) != [old]


def test_a_changed_byte_of_the_records_is_noticed_with_all_tables_kept(
    made: Callable[..., Path],
) -> None:
    """A kept table is no way around the check of what it was derived from."""
    root = made()
    read_all(root)
    (sealed,) = (path for path in (root / "records").rglob("*") if path.is_file())
    data = bytearray(sealed.read_bytes())
    data[len(data) // 2] ^= 1
    sealed.chmod(0o600)
    sealed.write_bytes(data)

    with pytest.raises(BrokenJournalError, match=r"records .*: its bytes do not have this digest"):
        open_casebook(root)


# --- what is torn, foreign or cannot be written -----------------------------------------------


@pytest.mark.parametrize("spoil", ["cut", "turned", "empty", "text"])
def test_a_torn_file_is_ignored_and_made_again(made: Callable[..., Path], spoil: str) -> None:
    """Cut short anywhere, with a bit turned anywhere, or with other bytes in it."""
    root = made()
    before = items(open_casebook(root))
    (path,) = files_in(root)
    whole = path.read_bytes()
    for at in range(0, len(whole), 97):
        torn = {"cut": whole[:at], "empty": b"", "text": b"items"}.get(spoil)
        turned = whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :]
        path.write_bytes(turned if torn is None else torn)

        assert items(open_casebook(root)) == before
        assert path.read_bytes() == whole


def test_a_file_of_another_table_or_casebook_is_ignored(made: Callable[..., Path]) -> None:
    """A file says what it was kept for; under any other name, or elsewhere, it is none."""
    root, other = made(), made("other", items=[], marks=[], claims=[], links=[])
    expected = items(open_casebook(root))
    (path,) = files_in(root)
    marks(open_casebook(root))
    items(open_casebook(other))
    (foreign,) = files_in(other)
    sibling = path.with_name(path.name.replace("items", "marks"))

    for strange in (sibling, foreign):
        path.write_bytes(strange.read_bytes())
        assert items(open_casebook(root)) == expected


def test_what_comes_along_with_a_copied_folder_is_not_believed(
    made: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever hands over a sound journal could have put any table beside it."""
    root = made()
    items(open_casebook(root))
    shutil.copytree(root, tmp_path / "copy")
    may_not_derive(monkeypatch)

    assert len(items(open_casebook(root)).rows) == 4
    with pytest.raises(AssertionError, match="derived again"):
        items(open_casebook(tmp_path / "copy"))


def test_where_nothing_can_be_written_nothing_is_kept(made: Callable[..., Path]) -> None:
    """Reading goes on as if there were no such thing."""
    root = made()
    expected = read_all(root)
    shutil.rmtree(root / "derived")
    (root / "derived").write_text("in the way", encoding="utf-8")

    assert read_all(root) == expected
    assert (root / "derived").read_text(encoding="utf-8") == "in the way"


def test_a_full_disk_leaves_no_part(
    made: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table is told all the same, and half a file is nowhere."""
    root = made()
    real = Path.write_bytes

    def full(path: Path, data: Any) -> int:  # noqa: ANN401 - as pathlib has it
        real(path, data[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)

    assert len(items(open_casebook(root)).rows) == 4
    assert files_in(root) == []


def test_few_states_are_kept(made: Callable[..., Path], amina: Writing) -> None:
    """The present one and a few earlier ones; the folder does not grow with the journal."""
    root = made()
    for _ in range(4):
        withdraw_row(root, "c2", reason="to see", by=amina)
        items(open_casebook(root))
        restore_row(root, "c2", by=amina)
        items(open_casebook(root))

    for seq in range(2, 10):
        items(open_casebook(root, as_of=str(seq)))

    assert len({path.parent for path in files_in(root)}) == kept.N_STATES


def test_two_processes_at_once_say_the_same(made: Callable[..., Path]) -> None:
    """Both derive, both keep, and neither leaves anything half done."""
    root = made()
    run = "from headstamp.cli.main import run; run()"
    words = ["-C", str(root), "findings", "--format", "csv"]
    both = [
        subprocess.Popen([sys.executable, "-c", run, *words], stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    told = [process.communicate()[0] for process in both]

    assert [process.returncode for process in both] == [0, 0]
    assert told[0] == told[1] != b""
    assert [path.suffix for path in files_in(root)] == [""]


# --- what is protected ------------------------------------------------------------------------


def test_no_kept_table_holds_a_protected_word(guarded: Path, cast: ModuleType) -> None:
    """Only what the tables show is kept: of a protected row its id."""
    read_all(guarded)
    held = [path.read_bytes() for path in files_in(guarded)]

    assert any(b"p1" in data for data in held)
    assert [word for word in cast.CANARIES if any(word.encode() in data for data in held)] == []


def test_what_is_handed_out_is_kept_apart(guarded: Path) -> None:
    """A table that shows ids of protected rows is never taken for one that knows of none."""
    alone = repr(hand_out(open_casebook(guarded)))
    shutil.rmtree(guarded / "derived")
    own = repr([read(open_casebook(guarded)) for read in READ])
    handed = repr(hand_out(open_casebook(guarded)))

    assert "p1" in own
    assert "p1" not in handed
    assert handed == alone
    assert repr([read(open_casebook(guarded)) for read in READ]) == own


def _kept_of(root: Path, word: bytes) -> list[str]:
    return [path.name for path in files_in(root) if word in path.read_bytes()]


@pytest.fixture
def named(made: Callable[..., Path], cast: ModuleType) -> Path:
    """Return a casebook that holds one protected claim under a telling id."""
    secret = {**cast.PROTECTED_CLAIM, "claim_id": "XQZ"}
    return made(claims=[*cast.WORLD["claims"], secret])


def test_an_erased_row_is_in_no_kept_table(named: Path, amina: Writing) -> None:
    """Neither in what was kept before, nor in what is read afterwards, as of any entry."""
    read_all(named)
    kept_before = _kept_of(named, b"XQZ")
    erase_row(named, "XQZ", reason="asked", by=amina)
    gone = files_in(named)
    told = [*read_all(named), *read_all(named, as_of="2")]

    assert kept_before
    assert gone == []
    assert "XQZ" not in repr(told)
    assert _kept_of(named, b"XQZ") == []


def test_an_erasure_that_is_killed_before_it_forgets_leaves_nothing_to_be_read(
    named: Path, amina: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the key what was kept no longer applies, as of no entry; and soon it is gone."""
    read_all(named)
    monkeypatch.setattr(erasing, "forget", lambda _: None)
    erase_row(named, "XQZ", reason="asked", by=amina)
    left = _kept_of(named, b"XQZ")

    assert left
    assert "XQZ" not in repr(read_all(named, as_of="2"))
    assert _kept_of(named, b"XQZ") == []


def test_a_reader_that_an_erasure_overtakes_keeps_nothing(named: Path, amina: Writing) -> None:
    """What it read before the key went is told once, and stands in no file afterwards."""
    slow = open_casebook(named)
    assert ("claims", "XQZ") in slow.rows
    erase_row(named, "XQZ", reason="asked", by=amina)

    told = claims(slow)

    assert "XQZ" in repr(told)
    assert _kept_of(named, b"XQZ") == []
    assert "XQZ" not in repr(claims(open_casebook(named, as_of="2")))

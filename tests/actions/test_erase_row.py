"""Erasing destroys the content for ever, and the chain stands."""

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from headstamp.actions import erase_row as module
from headstamp.actions.erase_row import erase_row
from headstamp.actions.init_casebook import init_casebook
from headstamp.actions.take import take
from headstamp.actions.writing import Writing
from headstamp.casebook.opening import open_casebook
from headstamp.ledger.entries import read_entries
from headstamp.ledger.keys import has_key
from headstamp.ledger.seal import read_exhibit
from headstamp.ledger.verify import verify_casebook
from headstamp.terms.errors import ErasedError, RefusedError, UnknownIdError


@pytest.fixture
def guarded(made: Callable[..., Path], cast: ModuleType) -> Path:
    """Return a casebook that holds one protected claim."""
    return made(claims=[*cast.WORLD["claims"], cast.PROTECTED_CLAIM])


def _protected_exhibits(root: Path) -> list[tuple[str, str]]:
    return [
        (exhibit.digest, exhibit.key_id)
        for intake in open_casebook(root).intakes.values()
        for exhibit in intake.exhibits
        if exhibit.key_id is not None
    ]


def test_the_content_is_gone_and_the_chain_holds(guarded: Path, amina: Writing) -> None:
    """Row and file can no longer be read; verify is content and counts the keys."""
    ((digest, key_id),) = _protected_exhibits(guarded)

    erased = erase_row(guarded, "p1", reason="asked by the witness", by=amina)

    found = verify_casebook(guarded)
    assert erased.n_keys == 2
    assert (found.problem, found.n_erased) == (None, 2)
    with pytest.raises(ErasedError):
        read_exhibit(guarded, digest, key_id=key_id)


def test_a_lost_key_of_a_row_is_wrong(guarded: Path) -> None:
    """A key that is gone without an erasure is named by verify and by the stranger's verifier."""
    (key_id,) = {row.key_id for row in open_casebook(guarded).rows.values()} - {None}
    (guarded / "keys" / str(key_id)).unlink()
    script = Path(__file__).parents[2] / "docs" / "reference" / "verify_casebook.py"

    found = verify_casebook(guarded)
    done = subprocess.run(
        [sys.executable, str(script), str(guarded)], capture_output=True, text=True, check=False
    )

    assert str(key_id) in str(found.problem)
    assert done.returncode == 3
    assert str(key_id) in done.stdout


def test_the_row_no_longer_counts_and_its_neighbours_do(guarded: Path, amina: Writing) -> None:
    """Open rows of the same file live on in the sealed records."""
    erase_row(guarded, "p1", reason="asked by the witness", by=amina)

    casebook = open_casebook(guarded)
    assert set(casebook.evidence.claims) == {"c1", "c2", "c3"}
    assert casebook.n_erased == 1
    assert ("item", "i2") not in casebook.conclusions.accounts


def test_what_falls_is_told(guarded: Path, amina: Writing) -> None:
    """As with a withdrawal."""
    changes = erase_row(guarded, "p1", reason="asked", by=amina).changes

    assert {row["id"] for row in changes.rows if row["change"] == "fell"} >= {"p1"}


def test_the_journal_keeps_no_plain_id(guarded: Path, amina: Writing) -> None:
    """A keyed digest stands for it."""
    erase_row(guarded, "p1", reason="asked", by=amina)

    content = read_entries(guarded)[-1].content()
    assert set(content) == {"table", "id", "reason", "keys"}
    assert (content["table"], len(str(content["id"]))) == ("claims", 64)


def test_what_is_not_protected_is_refused(guarded: Path, amina: Writing) -> None:
    """It was sealed for good; withdrawing is what is left."""
    with pytest.raises(RefusedError) as caught:
        erase_row(guarded, "c1", reason="asked", by=amina)

    assert "withdraw" in caught.value.hint
    assert len(read_entries(guarded)) == 2


def test_erasing_twice_is_refused_and_an_unknown_id_is_unknown(
    guarded: Path, amina: Writing
) -> None:
    """The entry that erased it is named."""
    erase_row(guarded, "p1", reason="asked", by=amina)

    with pytest.raises(RefusedError, match="entry 3"):
        erase_row(guarded, "p1", reason="asked", by=amina)
    with pytest.raises(UnknownIdError):
        erase_row(guarded, "p9", reason="asked", by=amina)


def test_every_copy_of_the_file_goes(
    guarded: Path, tmp_path: Path, cast: ModuleType, amina: Writing
) -> None:
    """A later package that held the row again, as a folder or a zip, loses its key too."""
    tables = cast.world(claims=[*cast.WORLD["claims"], cast.PROTECTED_CLAIM])
    tables["claims"].append({**cast.WORLD["claims"][2], "claim_id": "c4"})
    folder = cast.write_package(tmp_path / "later", tables)
    tables["claims"].append({**cast.WORLD["claims"][2], "claim_id": "c5"})
    other = cast.write_package(tmp_path / "zipped", tables)
    with zipfile.ZipFile(tmp_path / "zipped.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in other.iterdir():
            archive.write(path, path.name)
    list(take(guarded, [folder, tmp_path / "zipped.zip"], by=amina))

    erase_row(guarded, "p1", reason="asked", by=amina)

    keys = [key_id for _, key_id in _protected_exhibits(guarded)]
    assert len(keys) == 3
    assert [has_key(guarded, key_id) for key_id in keys] == [False, False, False]


def test_an_erased_row_does_not_come_back(
    guarded: Path, tmp_path: Path, cast: ModuleType, amina: Writing
) -> None:
    """A package that holds it is refused before anything of it is sealed."""
    erase_row(guarded, "p1", reason="asked", by=amina)
    tables = cast.world(claims=[*cast.WORLD["claims"], cast.PROTECTED_CLAIM])
    tables["sites"].append({"site_id": "hill"})
    folder = cast.write_package(tmp_path / "again", tables)

    with pytest.raises(RefusedError, match="erased by entry 3"):
        list(take(guarded, [folder], by=amina))

    assert len(read_entries(guarded)) == 3


@pytest.mark.parametrize("prefix", ["z_", "p"])
def test_an_erased_row_does_not_come_back_under_a_prefix(
    guarded: Path, tmp_path: Path, cast: ModuleType, amina: Writing, prefix: str
) -> None:
    """A prefix makes another id of it, not another row."""
    erase_row(guarded, "p1", reason="asked by the witness", by=amina)
    tables = cast.world(claims=[*cast.WORLD["claims"], cast.PROTECTED_CLAIM])
    folder = cast.write_package(tmp_path / "again", tables)

    for by in (amina, Writing(actor="Amina", dry_run=True)):
        with pytest.raises(RefusedError, match="erased by entry 3"):
            list(take(guarded, [folder], prefix=prefix, by=by))

    assert len(read_entries(guarded)) == 3


def test_what_was_erased_under_a_prefix_does_not_come_back_without_it(
    made: Callable[..., Path], tmp_path: Path, cast: ModuleType, amina: Writing
) -> None:
    """Nor under a third; what was on record all along is no trouble."""
    root = made()
    tables = cast.world(claims=[*cast.WORLD["claims"], cast.PROTECTED_CLAIM])
    folder = cast.write_package(tmp_path / "later", tables)
    list(take(root, [folder], prefix="z_", by=amina))
    erase_row(root, "z_p1", reason="asked by the witness", by=amina)

    for prefix in (None, "y_"):
        with pytest.raises(RefusedError, match="erased by entry 4"):
            list(take(root, [folder], prefix=prefix, by=amina))
    again = cast.write_package(tmp_path / "open", cast.world(sites=[{"site_id": "hill"}]))
    (taken,) = take(root, [again], by=amina)

    assert taken.seq == 5


def test_an_erased_row_of_several_ids_does_not_come_back(
    made: Callable[..., Path], tmp_path: Path, cast: ModuleType, amina: Writing
) -> None:
    """A link carries the prefix in the middle of its id."""
    links = [{**cast.WORLD["links"][0], "sensitivity": "protected"}]
    root = made(links=links)
    erase_row(root, "link:i1:consignment:k1", reason="asked", by=amina)
    items = [{**row, "model": "R9"} for row in cast.WORLD["items"]]
    folder = cast.write_package(tmp_path / "again", cast.world(links=links, items=items))

    with pytest.raises(RefusedError, match="erased by entry 3"):
        list(take(root, [folder], prefix="z_", by=amina))


def test_an_erasure_cut_short_is_completed_by_the_next(
    guarded: Path, amina: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The entry stands before a key goes; what is left is destroyed later."""

    def killed(*_: Any) -> None:  # noqa: ANN401 - stands in for destroy_key
        raise KeyboardInterrupt

    ((_, key_id),) = _protected_exhibits(guarded)
    with monkeypatch.context() as patch:
        patch.setattr(module, "destroy_key", killed)
        with pytest.raises(KeyboardInterrupt):
            erase_row(guarded, "p1", reason="asked", by=amina)
    assert has_key(guarded, key_id)
    assert "p1" not in open_casebook(guarded).evidence.claims

    with pytest.raises(RefusedError):
        erase_row(guarded, "p1", reason="asked", by=amina)

    assert not has_key(guarded, key_id)


def test_what_came_through_an_erased_source_falls_with_it(
    tmp_path: Path, cast: ModuleType, amina: Writing
) -> None:
    """As if the source had been withdrawn."""
    sources = [dict(row) for row in cast.WORLD["sources"]]
    sources[2]["sensitivity"] = "protected"
    init_casebook(tmp_path / "book", actor="Amina")
    folder = cast.write_package(tmp_path / "package", cast.world(sources=sources))
    list(take(tmp_path / "book", [folder], by=amina))

    erase_row(tmp_path / "book", "report", reason="asked", by=amina)

    graded = open_casebook(tmp_path / "book").conclusions.graded
    assert not graded["claims", "c2"].is_live
    assert graded["claims", "c3"].is_live


def test_a_dry_run_destroys_nothing(guarded: Path) -> None:
    """And says how many keys would go."""
    dry = Writing(actor="Amina", dry_run=True)

    erased = erase_row(guarded, "p1", reason="asked", by=dry)

    assert (erased.seq, erased.n_keys) == (None, 2)
    assert "p1" in open_casebook(guarded).evidence.claims

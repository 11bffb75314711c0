"""What a table follows from, beside the casebook."""

import shutil
import tomllib
from pathlib import Path

import pytest

from headstamp.casebook import environment
from headstamp.casebook.environment import NOT_DERIVING, folder_digest, software_digest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of this package's files, which is looked at in its place."""
    copy = tmp_path / "headstamp"
    left_out = shutil.ignore_patterns("__pycache__", "cases")
    shutil.copytree(environment.PACKAGE, copy, ignore=left_out)
    monkeypatch.setattr(environment, "PACKAGE", copy)
    return copy


def _digest() -> str:
    return software_digest.__wrapped__()


def test_a_copy_of_the_software_is_the_same_software(package: Path) -> None:
    """It is told by its content, not by where it is or when it was put there."""
    assert _digest() == software_digest()


@pytest.mark.parametrize(
    "file",
    [
        "custody/conclude.py",
        "reference/verbs.csv",
        "casebook/object_tables.py",
        "intake/package_schema.json",
        "release/hand_out.py",
        "__init__.py",
        "a_room_made_later/rules.toml",
    ],
)
def test_any_change_of_what_derives_is_another_software(package: Path, file: str) -> None:
    """One byte of code or of a table, and a file more or less."""
    before = _digest()
    path = package / file
    path.parent.mkdir(exist_ok=True)
    path.write_bytes((path.read_bytes() if path.exists() else b"") + b"\n")
    changed = _digest()
    path.rename(path.with_name(f"other_{path.name}"))

    assert len({before, changed, _digest()}) == 3


def test_a_change_of_what_only_shows_is_not(package: Path) -> None:
    """Doors, pages and actions make no table."""
    before = _digest()
    for room in ("cli", "reports", "actions"):
        (package / room / "more.py").write_text("x = 1\n", encoding="utf-8")

    assert _digest() == before


def test_rooms_that_make_tables_are_never_left_out() -> None:
    """What is left out stands to the right of `release` in the contract, or is data alone."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (rooms,) = (c for c in project["tool"]["importlinter"]["contracts"] if c["id"] == "rooms")
    order = [layer.replace("(", "").replace(")", "") for layer in rooms["layers"]]
    to_the_right = {
        room for layer in order[: order.index("release")] for room in layer.split(" | ")
    }

    assert to_the_right | {*rooms["exhaustive_ignores"]} >= NOT_DERIVING


def test_a_folder_is_itself_and_not_its_copy(tmp_path: Path) -> None:
    """Renamed it is the same one; copied it is another."""
    (tmp_path / "one").mkdir()
    before = folder_digest(tmp_path / "one")
    shutil.copytree(tmp_path / "one", tmp_path / "copy")
    (tmp_path / "one").rename(tmp_path / "renamed")

    assert folder_digest(tmp_path / "renamed") == before
    assert folder_digest(tmp_path / "copy") != before


def test_a_machine_without_an_id_is_a_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system gives none, the folder alone is told apart."""
    known = folder_digest(tmp_path)
    monkeypatch.setattr(environment, "_MACHINE_ID", tmp_path / "none")

    assert folder_digest(tmp_path) == folder_digest(tmp_path)
    assert len(known) == len(folder_digest(tmp_path)) == 64

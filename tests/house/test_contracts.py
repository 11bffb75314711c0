"""House rule: imports point left. Each import contract is broken on purpose and must notice."""

import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PACKAGE = Path("src/headstamp")
HIDDEN_FROM_REPORTS = ["ledger", "intake", "linkage", "custody", "inquiry", "casebook"]


@dataclass(frozen=True, kw_only=True)
class Plant:
    """A violation: what is written where, and how the broken contract names it."""

    contract: str
    files: dict[str, str]
    named: str


PLANTS = {
    "an import to the right": Plant(
        contract="rooms",
        files={"terms/planted.py": "import headstamp.custody.planted", "custody/planted.py": ""},
        named="headstamp.terms.planted -> headstamp.custody.planted",
    ),
    "a room without a place": Plant(
        contract="rooms",
        files={"annexe/planted.py": ""},
        named="headstamp.annexe",
    ),
    "one door through the other": Plant(
        contract="rooms",
        files={"cli/planted.py": "import headstamp.web.planted", "web/planted.py": ""},
        named="headstamp.cli.planted -> headstamp.web.planted",
    ),
    "a cycle inside a room": Plant(
        contract="cycles",
        files={
            "marks/planted.py": "import headstamp.marks.sown",
            "marks/sown.py": "import headstamp.marks.planted",
        },
        named=".planted",
    ),
    "a cycle behind TYPE_CHECKING": Plant(
        contract="cycles",
        files={
            "marks/planted.py": "import headstamp.marks.sown",
            "marks/sown.py": (
                "from typing import TYPE_CHECKING\n"
                "if TYPE_CHECKING:\n    import headstamp.marks.planted\n"
            ),
        },
        named=".planted",
    ),
    "a room that writes the journal": Plant(
        contract="journal",
        files={"casebook/planted.py": "from headstamp.ledger import append"},
        named="headstamp.casebook.planted -> headstamp.ledger.append",
    ),
    "a door that writes the journal": Plant(
        contract="journal",
        files={"cli/planted.py": "from headstamp.ledger import append"},
        named="headstamp.cli.planted -> headstamp.ledger.append",
    ),
    "a report that looks behind the release": Plant(
        contract="pages",
        files={"reports/planted.py": "import headstamp.casebook.sown", "casebook/sown.py": ""},
        named="headstamp.reports.planted -> headstamp.casebook.sown",
    ),
    "DuckDB outside engines": Plant(
        contract="vendors",
        files={"intake/planted.py": "import duckdb"},
        named="headstamp.intake.planted -> duckdb",
    ),
    "Spark outside engines": Plant(
        contract="vendors",
        files={"linkage/planted.py": "from pyspark.sql import SparkSession"},
        named="headstamp.linkage.planted -> pyspark",
    ),
    "Django outside web": Plant(
        contract="vendors",
        files={"actions/planted.py": "def later() -> None:\n    import django.db"},
        named="headstamp.actions.planted -> django",
    ),
}


@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS.keys())
def test_a_planted_violation_is_named(plant: Plant, root: Path, tmp_path: Path) -> None:
    """Each kind of forbidden import breaks its contract, which names both ends."""
    copy = _copy(root, tmp_path)
    for name, text in plant.files.items():
        _write(copy / PACKAGE / name, text)

    result = _lint(copy, plant.contract)

    assert result.returncode == 1, result.stdout + result.stderr
    assert "0 kept, 1 broken" in result.stdout
    assert plant.named in " ".join(result.stdout.split())


def test_engines_and_web_may_use_what_they_are_for(root: Path, tmp_path: Path) -> None:
    """The contract is about the other rooms: DuckDB has a home, and so has Django."""
    copy = _copy(root, tmp_path)
    _write(copy / PACKAGE / "engines/planted.py", "import duckdb, pyspark.sql")
    _write(copy / PACKAGE / "web/planted.py", "from django.db import models")

    result = _lint(copy, "vendors")

    assert result.returncode == 0, result.stdout + result.stderr


def test_reports_are_kept_from_every_room_behind_the_release(root: Path) -> None:
    """A room that is built later joins the list of those that reports do not see."""
    built = [room for room in HIDDEN_FROM_REPORTS if (root / PACKAGE / room).is_dir()]
    pages = next(row for row in _linter(root)["contracts"] if row["id"] == "pages")
    hidden = {name.removeprefix("headstamp.") for name in pages["forbidden_modules"]}

    assert [room for room in built if room not in hidden] == []


def _linter(root: Path) -> dict[str, Any]:
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    table: dict[str, Any] = tomllib.loads(text)["tool"]["importlinter"]
    return table


def _copy(root: Path, folder: Path) -> Path:
    """Copy the code alone, with an empty file for each module that a contract names."""
    for path in (root / PACKAGE).rglob("*.py"):
        copied = folder / path.relative_to(root)
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copied)
    shutil.copyfile(root / "pyproject.toml", folder / "pyproject.toml")
    for room in ("actions", "casebook", "custody", "intake", "reports"):
        _write(folder / PACKAGE / room / "__init__.py", "")
    _write(folder / PACKAGE / "ledger/append.py", "")
    return folder


def _write(path: Path, text: str) -> None:
    """Write a module; its package is made if need be, and nothing that is there is changed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for wanted, content in ((path.parent / "__init__.py", ""), (path, text)):
        if not wanted.exists():
            wanted.write_text(content, encoding="utf-8")


def _lint(folder: Path, contract: str) -> subprocess.CompletedProcess[str]:
    program = str(Path(sys.executable).with_name("lint-imports"))
    # The copy must be found before the installed package.
    environment = {**os.environ, "PYTHONPATH": str(folder / "src"), "COLUMNS": "200"}
    return subprocess.run(
        [program, "--no-cache", "--no-logo", "--contract", contract],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

"""What the house rules look at: the project's own files, as a fresh clone would hold them."""

from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder that holds pyproject.toml."""
    return ROOT


@pytest.fixture(scope="session")
def files() -> tuple[Path, ...]:
    """Every file of the project that .gitignore does not name, relative to the root."""
    return tuple(sorted(_walk(ROOT, _ignored_names())))


@pytest.fixture(scope="session")
def source_files(files: tuple[Path, ...]) -> tuple[Path, ...]:
    """The Python files of the package."""
    return tuple(path for path in files if path.parts[0] == "src" and path.suffix == ".py")


@pytest.fixture(scope="session")
def documents(files: tuple[Path, ...]) -> tuple[Path, ...]:
    """Every Markdown file of the project."""
    return tuple(path for path in files if path.suffix == ".md")


def _ignored_names() -> tuple[str, ...]:
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    return (".git", *(line for line in lines if line and not line.startswith("#")))


def _walk(folder: Path, ignored: tuple[str, ...]) -> list[Path]:
    found: list[Path] = []
    for path in folder.iterdir():
        if any(fnmatch(path.name, pattern) for pattern in ignored):
            continue
        if path.is_dir() and not path.is_symlink():
            found.extend(_walk(path, ignored))
        else:
            found.append(path.relative_to(ROOT))
    return found

"""House rules about files: their length, what they may hold, and what is never kept here."""

import io
import re
import tokenize
from pathlib import Path

BINARY_TABLES = {".7z", ".arrow", ".db", ".feather", ".gz", ".ods", ".parquet", ".sqlite", ".tar"}
BINARY_TABLES |= {".xls", ".xlsb", ".xlsm", ".xlsx", ".zip"}
TABLES = {".csv", ".jsonl", ".tsv"}
HOMES_OF_TABLES = tuple(
    map(Path, ("src/headstamp/reference", "src/headstamp/cases", "docs/tutorial", "tests"))
)
REGISTRY_HOST = re.compile(r"\b(pypi|pythonhosted|npmjs|debian)\.(org|com|net)\b")
UNDONE = re.compile(r"\b(TODO|FIXME|HACK)\b")
WORKPLACE = re.compile(r"/work/|\bfarm-|\.library\b|\bshared/(cases|data|design|hooks)")


def test_source_files_have_at_most_400_lines(root: Path, source_files: tuple[Path, ...]) -> None:
    """A longer file stands in two rooms or holds two nouns."""
    long = {str(path): _n_lines(root / path) for path in source_files}

    assert {name: n for name, n in long.items() if n > 400} == {}


def test_documents_have_at_most_500_lines(root: Path, documents: tuple[Path, ...]) -> None:
    """A longer document is two documents."""
    long = {str(path): _n_lines(root / path) for path in documents}

    assert {name: n for name, n in long.items() if n > 500} == {}


def test_no_file_names_a_registry_host(root: Path, files: tuple[Path, ...]) -> None:
    """Where packages come from is the reader's business; lock files carry hashes instead."""
    assert _lines_matching(REGISTRY_HOST, root, files) == []


def test_no_binary_table_is_kept(files: tuple[Path, ...]) -> None:
    """Workbooks, archives and databases of tests are built by the tests."""
    assert [str(path) for path in files if path.suffix.lower() in BINARY_TABLES] == []


def test_tables_live_where_their_sources_are_told(files: tuple[Path, ...]) -> None:
    """Rows stand in `reference` or the shipped case, with sources, or are invented for a test."""
    strays = [path for path in files if path.suffix in TABLES and not _is_at_home(path)]

    assert [str(path) for path in strays] == []


def test_no_table_is_large(root: Path, files: tuple[Path, ...]) -> None:
    """Data of other institutions is read where it is and never copied here, whatever its terms."""
    tables = [path for path in files if path.suffix in TABLES]

    assert [str(path) for path in tables if (root / path).stat().st_size > 500_000] == []


def test_documents_speak_to_strangers(root: Path, documents: tuple[Path, ...]) -> None:
    """No document names folders or tools that only exist where the project is written."""
    assert _lines_matching(WORKPLACE, root, documents) == []


def test_what_is_undone_carries_its_issue(root: Path, files: tuple[Path, ...]) -> None:
    """A reminder in a comment reads like `TODO(#12): …`."""
    python = [path for path in files if path.suffix == ".py"]
    undone = [
        f"{path}:{comment.start[0]}"
        for path in python
        for comment in _comments((root / path).read_text(encoding="utf-8"))
        if UNDONE.search(comment.string) and not re.search(r"\(#[0-9]+\)", comment.string)
    ]

    assert undone == []


def _n_lines(path: Path) -> int:
    return path.read_bytes().count(b"\n")


def _is_at_home(path: Path) -> bool:
    return any(path.is_relative_to(home) for home in HOMES_OF_TABLES)


def _comments(text: str) -> list[tokenize.TokenInfo]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [token for token in tokens if token.type == tokenize.COMMENT]


def _lines_matching(pattern: re.Pattern[str], root: Path, paths: tuple[Path, ...]) -> list[str]:
    return [
        f"{path}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(_text(root / path).splitlines(), start=1)
        if pattern.search(line)
    ]


def _text(path: Path) -> str:
    """Return the text of a file, or nothing where it is none (a picture)."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""

"""House rules about code that no linter has: its size, its clocks, its errors, its imports."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path("src/headstamp")
TIMELESS_ROOMS = ("terms", "reference", "marks", "linkage", "custody", "inquiry")
CLOCKS = {"now", "utcnow", "today"}
CLOCKS_OF_TIME = {"time", "time_ns", "localtime", "gmtime", "ctime", "asctime", "monotonic"}
MODULE_OF = {"pillow": "PIL"}
"""Distributions whose module has another name."""


def test_functions_have_at_most_60_lines(root: Path, source_files: tuple[Path, ...]) -> None:
    """A function does one thing; its docstring may be as long as it must."""
    long = {
        f"{path}:{function.lineno} {function.name}": _n_lines_of_code(function)
        for path in source_files
        for function in ast.walk(_tree(root / path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert {name: n for name, n in long.items() if n > 60} == {}


def test_rooms_that_reason_have_no_clock(root: Path, source_files: tuple[Path, ...]) -> None:
    """What follows from the evidence does not depend on the day on which it is asked."""
    rooms = [PACKAGE / room for room in TIMELESS_ROOMS]
    clocks = [
        f"{path}:{line}"
        for path in source_files
        if any(path.is_relative_to(room) for room in rooms)
        for line in _lines_with_clocks(_tree(root / path))
    ]

    assert clocks == []


def test_the_search_for_clocks_finds_them() -> None:
    """Every usual spelling of "what time is it" is seen, and a date that is given is not."""
    asked = ["datetime.now(UTC)", "dt.date.today()", "time.time()", "import time; t = time.time_ns"]
    given = ["date(2015, 1, 2)", "span.time", "from datetime import date", "datetime.max"]

    assert all(list(_lines_with_clocks(ast.parse(text))) for text in asked)
    assert list(_lines_with_clocks(ast.parse("from time import time"))) == [1]
    assert not any(list(_lines_with_clocks(ast.parse(text))) for text in given)


def test_exceptions_grow_on_one_tree(root: Path, source_files: tuple[Path, ...]) -> None:
    """What the package raises on purpose is named in `terms/errors.py`, and only there."""
    strays = [
        f"{path}:{node.lineno} {node.name}"
        for path in source_files
        if path != PACKAGE / "terms/errors.py"
        for node in ast.walk(_tree(root / path))
        if isinstance(node, ast.ClassDef) and any(_names_an_error(base) for base in node.bases)
    ]

    assert strays == []


def test_the_package_imports_only_what_it_declares(
    root: Path, source_files: tuple[Path, ...]
) -> None:
    """A package that only the tests install must not be needed at run time."""
    declared = {MODULE_OF.get(name, name) for name in _declared(root)}
    allowed = declared | set(sys.stdlib_module_names) | {"headstamp", "typing_extensions"}
    strays = [
        f"{path}:{line} {module}"
        for path in source_files
        for line, module in _imports(_tree(root / path))
        if module not in allowed
    ]

    assert strays == []


def test_the_shipped_case_holds_no_code(root: Path, source_files: tuple[Path, ...]) -> None:
    """`cases` is data, which is why it has no place among the rooms."""
    code = [
        f"{path}:{statement.lineno}"
        for path in source_files
        if path.is_relative_to(PACKAGE / "cases")
        for statement in _tree(root / path).body
        if not _is_docstring(statement)
    ]

    assert code == []


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _n_lines_of_code(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    n_lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if _is_docstring(first):
        n_lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return n_lines


def _lines_with_clocks(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.ImportFrom) and _is_clock(node):
            yield node.lineno


def _is_clock(node: ast.Attribute | ast.ImportFrom) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module == "time"
    of_time = isinstance(node.value, ast.Name) and node.value.id == "time"
    return node.attr in CLOCKS or (of_time and node.attr in CLOCKS_OF_TIME)


def _names_an_error(base: ast.expr) -> bool:
    name = base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "")
    return name in {"BaseException", "Exception"} or name.endswith("Error")


def _imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module.partition(".")[0]


def _declared(root: Path) -> set[str]:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project.get("optional-dependencies", {}).values()
    every = [*project["dependencies"], *(line for lines in extras for line in lines)]
    return {re.split(r"[^A-Za-z0-9_-]", line)[0].replace("-", "_") for line in every}

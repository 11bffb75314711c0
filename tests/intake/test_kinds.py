"""Issue codes: each once, each documented as it is, each used, each reached by a test."""

import re
from pathlib import Path

from headstamp.intake.row_kinds import ALL_KINDS

ROOT = Path(__file__).parents[2]
TESTS = Path(__file__).parent


def test_codes_are_unique_and_in_order() -> None:
    """A code means one thing."""
    codes = [kind.code for kind in ALL_KINDS]

    assert codes == sorted(set(codes))
    assert len(codes) > 50


def test_the_document_says_what_the_program_says() -> None:
    """docs/reference/issues.md has each code's severity, occasion and remedy, word for word."""
    text = (ROOT / "docs/reference/issues.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(INTAKE-\d+)` \| (\w+) \| (.*?) \| (.*?) \|$", text, re.MULTILINE)

    assert rows == [(kind.code, kind.severity, kind.when, kind.remedy) for kind in ALL_KINDS]


def test_every_code_is_asserted_on() -> None:
    """No code of this room is without a test that names it, here or where files are taken."""
    paths = (*TESTS.glob("test_*.py"), TESTS.parent / "actions" / "test_take_files.py")
    tests = "".join(path.read_text(encoding="utf-8") for path in paths)

    assert [kind.code for kind in ALL_KINDS if kind.code not in tests] == []

"""The tutorial is followed to the letter: each command works, and each number it tells is right."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial"
HEADSTAMP = str(Path(sys.executable).with_name("headstamp"))

_OTHERS = (
    (re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "CASEBOOK"),
    (re.compile(r"\bj-[0-9a-f]{12}"), "JUDGEMENT"),
    (re.compile(r"\d{4}-\d\d-\d\dT[0-9:.]+Z"), "TIME"),
    (re.compile(r"head hash: [0-9a-f]{64}"), "HASH"),
)
"""What is another one each time."""
_CUT = "…"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each command of the first case prints, run in the order of the page."""
    folder = tmp_path_factory.mktemp("tutorial")
    shutil.copytree(TUTORIAL / "first-case", folder / "first-case")
    return {command: _run(command, folder) for command in _commands("first-case.md")}


def _commands(page: str) -> list[str]:
    return [command for command, _ in _shown(page)]


def _shown(page: str) -> list[tuple[str, list[str]]]:
    """Return each command of a page, with the lines that the page shows under it."""
    text = (TUTORIAL / page).read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n(.*?)```", text, flags=re.DOTALL)
    told = [part for block in blocks for part in re.split(r"^\$ ", block, flags=re.MULTILINE)]
    lines = [part.strip("\n").split("\n") for part in told if part.strip()]
    return [(command, below) for command, *below in lines]


def _the_same(line: str) -> str:
    for another, name in _OTHERS:
        line = another.sub(name, line)
    return line


def _run(command: str, folder: Path) -> str:
    words = [HEADSTAMP if word == "headstamp" else word for word in shlex.split(command)]
    done = subprocess.run(
        words,
        cwd=folder,
        env=os.environ | {"COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, (command, done.stderr)
    return done.stdout


def _only(printed: dict[str, str], verb: str) -> str:
    (found,) = [text for command, text in printed.items() if f" {verb}" in command]
    return found


def test_three_legs_and_the_days_between(printed: dict[str, str]) -> None:
    """The chain has three legs; the undated one lies between the delivery and the recovery."""
    chain = _only(printed, "chain")

    assert re.findall(r"delivered|transferred|recovered|\(gap\)", chain) == [
        "delivered",
        "transferred",
        "recovered",
    ]
    assert "2018-03-14   2019-03-28" in re.sub(r" {2,}", "   ", chain)


def test_three_findings_with_their_voices(printed: dict[str, str]) -> None:
    """Contravenes, reported, attributed; and the finding that is explained is the one shown."""
    findings = _only(printed, "findings")

    assert re.search(r"f-7afa30c927 +retransfer +rifle_17 +contravenes +reported +attr", findings)
    assert len(re.findall(r"^f-", findings, flags=re.MULTILINE)) == 3


def test_the_explanation_reaches_the_files(printed: dict[str, str]) -> None:
    """Down to file, row and exhibit."""
    explained = _only(printed, "explain")

    for file in ("claims.csv", "undertakings.csv", "links.csv"):
        assert file in explained


def test_what_would_fall(printed: dict[str, str]) -> None:
    """Both newspapers fall, the recovery and the days until it stand."""
    told = _only(printed, "withdraw")
    fell, stands = told.split("Still stands")

    fallen = ("claim c2", "claim c3", "retransfer", "diversion_window")
    assert all(one in fell for one in fallen)
    assert "interval" in stands
    assert "claim c1" in stands


def test_the_casebook_is_sound(printed: dict[str, str]) -> None:
    """The last command finds nothing wrong."""
    assert _only(printed, "verify")


def test_the_registers_page_shows_what_is_printed(tmp_path: Path) -> None:
    """Line by line, but for ids, times and hashes that are others each time."""
    shutil.copytree(TUTORIAL / "registers", tmp_path, dirs_exist_ok=True)
    shown = _shown("registers.md")
    printed = [(command, _run(command, tmp_path).splitlines()) for command, _ in shown]

    assert len(shown) > 15
    for (command, lines), (_, all_lines) in zip(shown, printed, strict=True):
        is_cut = not lines or lines[-1] == _CUT
        wanted = [_the_same(line) for line in lines if line != _CUT]
        found = [_the_same(line) for line in all_lines]
        assert wanted == (found[: len(wanted)] if is_cut else found), command


def test_the_registers_page_is_short() -> None:
    """Ten minutes: two hundred lines."""
    text = (TUTORIAL / "registers.md").read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 200

"""How the command behaves as a process: what it imports, how it ends, the demonstration."""

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from headstamp.cli.next_steps import path_from_here, running_command

_RUN = "from headstamp.cli.main import run; run()"
HEAVY = ("rich", "pycountry", "cryptography", "jinja2", "msgspec", "sqlite3", "headstamp.custody",
         "headstamp.casebook", "headstamp.reports", "headstamp.ledger")  # fmt: skip


def _command(*words: object) -> list[str]:
    return [sys.executable, "-c", _RUN, *map(str, words)]


def _imported_by(*words: str) -> list[str]:
    code = f"import sys, atexit\natexit.register(lambda: print(*sys.modules, sep=chr(10)))\n{_RUN}"
    run = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True
    )
    return run.stdout.split()


@pytest.mark.parametrize("words", [["--help"], ["take", "--help"], ["figures", "--help"]])
def test_help_imports_nothing_heavy(words: list[str]) -> None:
    """It must be there in a quarter of a second."""
    imported = _imported_by(*words)

    assert [name for name in HEAVY if name in imported] == []


def test_help_lists_every_verb_under_what_one_does() -> None:
    """Four sections, one line to a verb."""
    run = subprocess.run(_command("--help"), capture_output=True, text=True, check=True)

    for heading in ("From tables to pages:", "Answers:", "Decisions:", "What is on record:"):
        assert heading in run.stdout
    assert max(map(len, run.stdout.splitlines())) <= 80


def test_a_listing_needs_no_cryptography_and_no_pages(made: Callable[..., Path]) -> None:
    """Unless something is protected."""
    imported = _imported_by("-C", str(made()), "sites")

    assert [name for name in ("cryptography", "jinja2", "rich") if name in imported] == []


def test_a_broken_pipe_ends_quietly(made: Callable[..., Path], tmp_path: Path) -> None:
    """``headstamp claims | head`` is no error to talk about."""
    root = made(sites=[{"site_id": f"s{n}", "name": "x" * 500} for n in range(400)], items=[],
                marks=[], claims=[], links=[])  # fmt: skip
    with (tmp_path / "said").open("w+b") as said:
        process = subprocess.Popen(
            _command("-C", root, "sites", "--format", "json"), stdout=subprocess.PIPE, stderr=said
        )
        assert process.stdout is not None
        process.stdout.read(10)
        process.stdout.close()
        process.wait(30)

    assert (tmp_path / "said").read_bytes() == b""


def test_a_fault_of_ours_is_told_in_two_lines(tmp_path: Path) -> None:
    """Not as a traceback, and not with a code that means something else."""
    code = (
        "import headstamp.cli.opened as opened\n"
        "def broken(*_): raise ZeroDivisionError\n"
        "opened.open_asked = broken\n" + _RUN
    )
    run = subprocess.run(
        [sys.executable, "-c", code, "-C", str(tmp_path), "items"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert run.returncode == 70
    assert "ZeroDivisionError" in run.stderr
    assert "Traceback" not in run.stderr


def test_all_scripts_are_written_whatever_the_terminal(made: Callable[..., Path]) -> None:
    """Arabic and Chinese survive a terminal that says it knows ASCII only."""
    root = made(sites=[{"site_id": "town", "name": "حلب 城"}])
    run = subprocess.run(
        _command("-C", root, "sites"), capture_output=True, check=True,
        env={"PYTHONIOENCODING": "ascii", "PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip

    assert "حلب 城" in run.stdout.decode("utf-8")


@pytest.mark.slow
def test_the_demonstration_runs_twice(tmp_path: Path) -> None:
    """From tables to pages, ending with what nobody knows, the caveat and the page."""
    first = subprocess.run(
        _command("demo"), cwd=tmp_path, capture_output=True, text=True, check=True
    )
    second = subprocess.run(
        _command("demo"), cwd=tmp_path, capture_output=True, text=True, check=True
    )

    assert first.stdout == second.stdout
    assert "GAP" in first.stdout
    assert "What is not known" in first.stdout
    assert "It does not say that anyone knew of" in first.stdout
    (page,) = re.findall("^Report: (.*)$", first.stdout, flags=re.MULTILINE)
    assert (tmp_path / page).is_file()
    assert "nothing recorded" in second.stderr


@pytest.mark.slow
def test_the_summary_fits_on_a_screen_and_says_how_to_go_on(
    tmp_path: Path, cli: Callable[..., Any]
) -> None:
    """At most 55 lines of 100 columns; what can be typed next works as it is printed."""
    ran = subprocess.run(
        _command("demo"), cwd=tmp_path, capture_output=True, text=True, check=True,
        env={"COLUMNS": "100", "PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    lines = ran.stdout.splitlines()
    steps = [line for line in lines if line.startswith("  headstamp -C ")]

    assert len(lines) <= 55
    assert max(len(line) for line in lines if line not in steps) <= 100
    assert "entry" not in lines[0]
    assert len(steps) == 4
    for step in steps:
        _, option, casebook, *words = shlex.split(step)
        assert cli(option, tmp_path / casebook, *words).code == 0, step
    for finding_id in set(re.findall("f-[0-9a-f]{10}", ran.stdout)):
        assert cli("-C", tmp_path / "demo-out/casebook", "explain", finding_id).code == 0


@pytest.mark.slow
def test_the_summary_marks_days_that_only_neighbours_give(tmp_path: Path) -> None:
    """Nobody takes them for recorded dates."""
    ran = subprocess.run(_command("demo"), cwd=tmp_path, capture_output=True, text=True, check=True)
    legs = json.loads(
        subprocess.run(
            _command("-C", "demo-out/casebook", "chain", "atgw", "--format", "json"),
            cwd=tmp_path, capture_output=True, text=True, check=True,
        ).stdout
    )  # fmt: skip
    marked = [leg for leg in legs if leg["account"] == 1 and leg["dated"] == "neighbours"]

    assert ran.stdout.count("(by neighbours)") == sum(not leg["gap"] for leg in marked)


def test_a_path_below_the_current_folder_is_relative(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And any other is whole; so both can be typed as they are printed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "headstamp").touch()

    assert path_from_here(Path("demo-out/casebook")) == "demo-out/casebook"
    assert path_from_here(tmp_path.parent / "book") == str(tmp_path.parent / "book")
    monkeypatch.setattr(sys, "argv", [str(tmp_path / "bin" / "headstamp")])
    assert running_command() == "bin/headstamp"
    monkeypatch.setattr(sys, "argv", ["-c"])
    assert running_command() == "headstamp"

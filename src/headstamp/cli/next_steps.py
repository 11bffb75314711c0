"""What can be typed next? Commands that work from where the user stands."""

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

from headstamp.reports.case import Case
from headstamp.reports.cells import text_of, texts_of


def next_steps(case: Case, root: Path, *, item_id: str | None, finding: str | None) -> list[str]:
    """Return commands on a casebook: its chain, its findings, why, and what would fall."""
    verbs = list(_verbs(case, item_id, finding))
    start = f"{shlex.quote(running_command())} -C {shlex.quote(path_from_here(root))}"
    return [f"  {start} {verb}" for verb in verbs]


def running_command() -> str:
    """Return how this program was called, so that it can be called again from here."""
    called = Path(sys.argv[0])
    if called.suffix == ".py" or not called.is_file():
        return "headstamp"
    return path_from_here(called)


def path_from_here(path: Path) -> str:
    """Return a path relative to the current folder where it is below it, else whole."""
    whole = path.absolute()
    return str(whole.relative_to(Path.cwd()) if whole.is_relative_to(Path.cwd()) else whole)


def _verbs(case: Case, item_id: str | None, finding: str | None) -> Iterator[str]:
    if item_id is not None:
        yield f"chain {shlex.quote(item_id)}"
    yield "findings"
    if finding is not None:
        yield f"explain {shlex.quote(finding)}"
    sources = {
        text_of(row, "source_id"): len(texts_of(row, "falls_without_it"))
        for row in case.rows("rests_on_source")
    }
    if sources:
        dearest = max(sources, key=lambda source: (sources[source], source))
        yield f'withdraw {shlex.quote(dearest)} --reason "to see what would fall" --dry-run'

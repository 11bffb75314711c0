"""How is it said what was taken? Rows by table, and every issue with its place and remedy."""

from collections.abc import Sequence

from headstamp.actions.take import Taken
from headstamp.cli.show import say
from headstamp.terms.issue import Issue
from headstamp.terms.table import Cell, Table

COLUMNS = ("package", "table", "n_rows", "n_read", "n_same", "n_refused")
_ALL = ("package", "seq", "table", "n_rows", "n_read", "n_same", "n_refused", "n_noted")
_MISUSE, _LOOK = 2, 1


def taken_table(done: Sequence[Taken]) -> Table:
    """Return one row per package and table: rows read, the same as before, and refused."""
    rows: list[dict[str, Cell]] = [
        {
            "package": taken.path.name or str(taken.path),
            "seq": taken.seq,
            "table": table,
            "n_rows": count.n_rows,
            "n_read": count.n_read,
            "n_same": count.n_same,
            "n_refused": count.n_refused,
            "n_noted": count.n_cells_noted,
        }
        for taken in done
        for table, count in taken.counts.items()
    ]
    return Table(name="rows_taken", columns=_ALL, rows=tuple(rows))


def say_taken(taken: Taken, *, dry_run: bool) -> None:
    """Say on standard error what became of one path, and every issue."""
    if taken.same_as is not None:
        say(f"{taken.path}: the same bytes as in entry {taken.same_as}; nothing recorded")
        return
    if taken.seq is not None:
        say(f"{taken.path}: recorded as entry {taken.seq}")
    elif taken.is_package and dry_run:
        say(f"{taken.path}: dry run; nothing recorded")
    else:
        say(f"{taken.path}: no case package; nothing recorded")
    for issue in taken.issues:
        if issue.severity != "note":
            say(issue_text(issue))
    for line in notes_texts(taken.issues):
        say(line)


def notes_texts(issues: Sequence[Issue]) -> list[str]:
    """Return the notes, those of one code as one: they ask for nothing and are soon many."""
    by_code: dict[str, list[Issue]] = {}
    for issue in issues:
        if issue.severity == "note":
            by_code.setdefault(issue.code, []).append(issue)
    return [
        issue_text(notes[0])
        if len(notes) == 1
        else f"  note {code}, {len(notes)} times, the first: {notes[0].message}\n"
        "    `headstamp issues` lists them all"
        for code, notes in by_code.items()
    ]


def issue_text(issue: Issue) -> str:
    """Return an issue on one line, its remedy beneath."""
    remedy = f"\n    {issue.hint}" if issue.hint else ""
    return f"  {issue.severity} {issue.code}: {issue.message}{remedy}"


def exit_code_of(done: Sequence[Taken]) -> int:
    """Return 2 if a path was no package, 1 if there is something to look at, else 0."""
    if not all(taken.is_package for taken in done):
        return _MISUSE
    return _LOOK if any(taken.needs_look for taken in done) else 0

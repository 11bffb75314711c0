"""How is it said what was taken? Rows by table, cells by fate, issues with place and remedy."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from headstamp.actions.take import Taken, take
from headstamp.actions.writing import Writing
from headstamp.cli.layout import printable
from headstamp.cli.show import say
from headstamp.intake.layout_account import FileAccount
from headstamp.terms.issue import Issue
from headstamp.terms.table import Cell, Table

COLUMNS = ("package", "table", "n_rows", "n_read", "n_same", "n_refused")
_ALL = ("package", "seq", "table", "n_rows", "n_read", "n_same", "n_refused", "n_noted")
_MISUSE, _LOOK = 2, 1
_N_ALIKE, _N_FIRST = 10, 3


def taking(
    root: Path, paths: Sequence[Path], *, layout: str | None, prefix: str | None, by: Writing
) -> Iterator[Taken]:
    """Take packages, or files with a layout, whose readers are loaded only then."""
    if layout is None:
        return take(root, paths, prefix=prefix, by=by)
    from headstamp.actions.take_files import take_files

    return take_files(root, paths, layout=layout, prefix=prefix, by=by)


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
        say(f"{taken.path}: nothing that can be taken; nothing recorded")
    if taken.supersedes is not None:
        say(f"  it supersedes entry {taken.supersedes}: the same bytes, read with another layout")
    for line in account_texts(taken.account):
        say(line)
    for line in (*troubles_texts(taken.issues), *notes_texts(taken.issues)):
        say(line)


def account_texts(account: FileAccount | None) -> Iterator[str]:
    """Yield what became of the rows and cells of a file that a layout read."""
    if account is None:
        return
    yield (
        f"  {account.n_rows:,} rows: {account.n_taken:,} taken, {account.n_left:,} left, "
        f"{account.n_refused:,} refused"
    )
    for left in account.left:
        rows = f"{left.n_rows:,} rows" if left.n_rows else f"{left.n_cells:,} cells"
        yield f"    left {rows}: {left.why}"
    yield (
        f"  {account.n_cells:,} cells: {account.n_read:,} read, {account.n_ignored:,} ignored, "
        f"{account.n_reported:,} reported"
    )
    for name, column in account.columns.items():
        if column.n_ignored:
            yield f"    ignored {column.n_ignored:,} of {printable(name)}: {column.why}"


def troubles_texts(issues: Sequence[Issue]) -> list[str]:
    """Return what should be looked at; of many alike the first, and how many more there are."""
    by_kind: dict[tuple[str, str | None], list[Issue]] = {}
    for issue in issues:
        if issue.severity != "note":
            by_kind.setdefault((issue.code, issue.column), []).append(issue)
    lines = []
    for (code, column), alike in by_kind.items():
        shown = alike if len(alike) <= _N_ALIKE else alike[:_N_FIRST]
        lines += [issue_text(issue) for issue in shown]
        if len(shown) < len(alike):
            of = f" of {column}" if column else ""
            lines.append(f"  … and {len(alike) - len(shown):,} more {code}{of}: headstamp issues")
    return lines


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

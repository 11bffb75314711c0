"""How is it said what was loaded? A profile of each file, its cells by fate, and the issues."""

from collections.abc import Iterator, Sequence

from headstamp.actions.load_register import Loaded
from headstamp.casebook.register_tables import profile_cells
from headstamp.cli.show import say
from headstamp.cli.taking import account_texts, notes_texts, troubles_texts
from headstamp.terms.register import RegisterProfile
from headstamp.terms.table import Cell, Table

FIRST = "file entries n_serials n_distinct n_ranges n_lots n_makers first_on last_on"
"""Columns that a person reads first."""
DETAIL = "kinds"
_ALL = (
    "file",
    "seq",
    "register",
    "rows",
    "entries",
    "n_serials",
    "n_distinct",
    "n_unkeyed",
    "n_ranges",
    "n_lots",
    "n_makers",
    "kinds",
    "first_on",
    "last_on",
)
_MISUSE, _LOOK = 2, 1


def loaded_table(done: Sequence[Loaded]) -> Table:
    """Return one row per file that was read: what it can answer."""
    rows = tuple(
        _loaded_row(loaded, loaded.profile) for loaded in done if loaded.profile is not None
    )
    return Table(name="files_loaded", columns=_ALL, rows=rows)


def _loaded_row(loaded: Loaded, profile: RegisterProfile) -> dict[str, Cell]:
    return {
        "file": loaded.path.name,
        "seq": loaded.seq,
        "register": loaded.register,
        "rows": None if loaded.account is None else loaded.account.n_rows,
        "entries": profile.n_rows,
        **profile_cells(profile),
    }


def say_loaded(loaded: Loaded, *, dry_run: bool) -> None:
    """Say on standard error what became of one file, and every issue."""
    for line in _outcome(loaded, dry_run=dry_run):
        say(line)
    for line in account_texts(loaded.account):
        say(line)
    for line in (*troubles_texts(loaded.issues), *notes_texts(loaded.issues)):
        say(line)


def _outcome(loaded: Loaded, *, dry_run: bool) -> Iterator[str]:
    """Yield what was recorded, or why nothing was."""
    if loaded.same_as is not None:
        yield f"{loaded.path}: the same bytes as in entry {loaded.same_as}; nothing recorded"
        if loaded.is_restored:
            done = "would be made" if dry_run else "were made"
            yield f"  files of the register were missing or changed, and {done} anew"
    elif not loaded.is_readable:
        yield f"{loaded.path}: nothing that can be loaded; nothing recorded"
    elif loaded.seq is None:
        yield f"{loaded.path}: dry run; nothing recorded"
    else:
        yield f"{loaded.path}: loaded into {loaded.register!r} as entry {loaded.seq}"
    if loaded.supersedes is not None:
        yield (
            f"  it takes the place of entry {loaded.supersedes}: the same bytes, read with another "
            "layout"
        )


def exit_code_of(done: Sequence[Loaded]) -> int:
    """Return 2 if a file could not be read, 1 if there is something to look at, else 0."""
    if not all(loaded.is_readable for loaded in done):
        return _MISUSE
    return _LOOK if any(loaded.needs_look for loaded in done) else 0

"""How are chains, reasons and changes told to a person? The same tables, as readable text."""

from collections import Counter
from collections.abc import Iterator

import msgspec

from headstamp.cli.layout import shown, terminal_width, wrapped
from headstamp.cli.options import Format
from headstamp.terms.table import Cell, Table

GAP = "(gap)"
_STEP = "  "
_N_STANDING = 40


def with_gaps_named(table: Table, form: Format) -> Table:
    """Return a chain in which a person sees the gaps; other formats keep the verb empty."""
    if form is not Format.TABLE:
        return table
    rows = tuple(row | {"verb": GAP} if row["gap"] else row for row in table.rows)
    return msgspec.structs.replace(table, rows=rows)


def tree_text(table: Table) -> str:
    """Return an explanation as an indented tree, each line with its way back."""
    width = terminal_width()
    lines: list[str] = []
    for row in table.rows:
        depth = row["level"] if isinstance(row["level"], int) else 0
        said = ": ".join(part for part in (shown(row["id"]), shown(row["text"])) if part)
        lines += wrapped(said, width, indent=_STEP * depth, hanging=_STEP)
        for more in _whence(row):
            lines += wrapped(more, width, indent=_STEP * (depth + 2))
    return "".join(f"{line}\n" for line in lines)


def _whence(row: dict[str, Cell]) -> Iterator[str]:
    if row["quote"]:
        yield f"“{shown(row['quote'])}”"
    if row["file"]:
        where = f"{shown(row['file'])} row {row['row']}, exhibit {shown(row['exhibit'])}"
        yield f"{where}, {shown(row['locator'])}" if row["locator"] else where


def changes_text(table: Table) -> str:
    """Return what fell, what changed, and what still stands and on what, in groups."""
    width = terminal_width()
    lines: list[str] = []
    for change, heading in _HEADINGS.items():
        rows = [row for row in table.rows if row["change"] == change]
        if not rows:
            continue
        counts = ", ".join(
            f"{count} {kind}{'' if count == 1 else 's'}"
            for kind, count in Counter(str(row["kind"]) for row in rows).items()
        )
        lines.append(f"{heading}: {counts}")
        is_all = change != "stands" or len(rows) <= _N_STANDING
        told = rows if is_all else [row for row in rows if row["kind"] != "claim"][:_N_STANDING]
        for row in told:
            lines += wrapped(_change_words(row), width, indent=_STEP, hanging=_STEP)
        if len(told) < len(rows):
            lines.append(f"{_STEP}… and {len(rows) - len(told)} more; --format json lists them")
    return "".join(f"{line}\n" for line in lines) or "Nothing changes.\n"


_HEADINGS = {
    "fell": "Fell",
    "weaker": "Weaker",
    "changed": "Changed",
    "stronger": "Stronger",
    "new": "Stands again, or is new",
    "stands": "Still stands",
}


def _change_words(row: dict[str, Cell]) -> str:
    states = [shown(row[side]) for side in ("before", "after")]
    if row["change"] == "stands" or states[0] == states[1]:
        state = states[1]
    else:
        state = " → ".join(part or "—" for part in states)
    rests = f"; rests on {shown(row['rests_on'])}" if row["rests_on"] else ""
    return f"{shown(row['kind'])} {shown(row['id'])}: {state}{rests}"

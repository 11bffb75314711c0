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
_N_AHEAD = 20
_REST = "; --format json lists them"


def with_gaps_named(table: Table, form: Format) -> Table:
    """Return a chain in which a person sees gaps, and days that nobody recorded as such.

    Other formats keep the verb of a gap empty and the codes of ``dated``.
    """
    if form is not Format.TABLE:
        return table
    rows = tuple(
        row | ({"verb": GAP} if row["gap"] else {}) | {"dated": _DATED.get(str(row["dated"]))}
        for row in table.rows
    )
    return msgspec.structs.replace(table, rows=rows)


_DATED = {"derived": "derived", "neighbours": "by neighbours", "none": "not dated"}
"""Whose days they are, where not the leg's own."""


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
        where = [f"{shown(row['file'])} row {row['row']}"]
        where += [f"exhibit {shown(row['exhibit'])}"] if row["exhibit"] else []
        where += [shown(row["locator"])] if row["locator"] else []
        yield ", ".join(where)


def changes_text(table: Table, *, is_whole: bool = True) -> str:
    """Return how much falls and stands, then what, in groups, worst first.

    ``is_whole``: else so many of each group are told as a person reads, and of what still
    stands the number only.
    """
    if not table.rows:
        return "Nothing changes.\n"
    width = terminal_width()
    lines = wrapped(_counts_words(table), width, hanging=_STEP)
    for change, (heading, _) in _HEADINGS.items():
        rows = [row for row in table.rows if row["change"] == change]
        if not rows or (change == "stands" and not is_whole):
            continue
        lines += ["", f"{heading} ({len(rows)})"]
        # What was concluded comes before the claims, of which there may be very many.
        rows.sort(key=lambda row: row["kind"] == "claim")
        told = rows[: (_N_STANDING if change == "stands" else None) if is_whole else _N_AHEAD]
        for row in told:
            lines += wrapped(_change_words(row), width, indent=_STEP, hanging=_STEP)
        if len(told) < len(rows):
            lines.append(f"{_STEP}… and {len(rows) - len(told):,} more{_REST if is_whole else ''}")
    return "".join(f"{line}\n" for line in lines)


def sums_text(table: Table, *, most: int) -> str:
    """Return how much changes, by kind and state; of each the first few as examples."""
    if not table.rows:
        return "Nothing changes.\n"
    width = terminal_width()
    lines = wrapped(_counts_words(table), width, hanging=_STEP)
    for change, (heading, _) in _HEADINGS.items():
        groups: dict[str, list[dict[str, Cell]]] = {}
        for row in table.rows:
            if row["change"] == change:
                groups.setdefault(_sort_of(row), []).append(row)
        lines += ["", heading] if groups else []
        for sort, rows in groups.items():
            lines += wrapped(f"{len(rows):,} {sort}", width, indent=_STEP, hanging=_STEP)
            for row in rows[:most]:
                lines += wrapped(_change_words(row), width, indent=_STEP * 2, hanging=_STEP)
            if len(rows) > most:
                lines.append(f"{_STEP * 2}… and {len(rows) - most:,} more")
    return "".join(f"{line}\n" for line in lines)


def _sort_of(row: dict[str, Cell]) -> str:
    """Return of what sort a change is: its kind, and the state, without days and parties."""
    kind, state = str(row["kind"]), shown(row["after"] or row["before"])
    if kind == "leg":
        return f"leg: {shown(row['id']).split(':')[1]}"
    return f"{kind}: {state.partition(',')[0]}"


_HEADINGS = {
    "fell": ("Fell", ("fell", "fell")),
    "weaker": ("Weaker", ("is weaker", "are weaker")),
    "changed": ("Changed", ("changed", "changed")),
    "stronger": ("Stronger", ("is stronger", "are stronger")),
    "new": ("Stands again, or is new", ("stands again or is new", "stand again or are new")),
    "stands": ("Still stands", ("still stands", "still stand")),
}


def _counts_words(table: Table) -> str:
    """Return one sentence of counts, without what did not happen."""
    parts = []
    for change, (_, (one, many)) in _HEADINGS.items():
        kinds = Counter(str(row["kind"]) for row in table.rows if row["change"] == change)
        if kinds:
            counts = [counted_words(count, kind) for kind, count in kinds.items()]
            parts.append(f"{_listed(counts)} {one if kinds.total() == 1 else many}")
    if {row["change"] for row in table.rows} == {"stands"}:
        parts.insert(0, "nothing changes")
    said = "; ".join(parts)
    return f"{said[:1].upper()}{said[1:]}."


def counted_words(count: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted_words(1, "origin"), counted_words(2000, "origin"), counted_words(2, "entry")
    ('1 origin', '2,000 origins', '2 entries')
    """
    many = f"{noun[:-1]}ies" if noun.endswith("ry") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else many}"


def _listed(parts: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def _change_words(row: dict[str, Cell]) -> str:
    """Return one change: of what fell how it stood, of what changed both states."""
    before, after = (shown(row[side]) for side in ("before", "after"))
    is_moved = before and after and before != after and row["change"] != "stands"
    state = f"{before} → {after}" if is_moved else after or before
    if is_moved and after.startswith(f"{before}; "):
        state = after  # Only something was added: what reads otherwise now.
    supports = shown(row["rests_on"])
    rests = f"; rests on {supports}" if supports else ""
    name = shown(row["id"])
    kind = "" if name.startswith("link:") else f"{shown(row['kind'])} "
    return f"{kind}{name}: {state}{rests}"

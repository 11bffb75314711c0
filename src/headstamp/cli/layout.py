"""How does a table read on 100 columns? Aligned text, long cells wrapped, details beneath."""

import os
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence

from headstamp.terms.table import Cell, Table

WIDTH = 100
_LEAST = 8
_BETWEEN = "  "
_INDENT = "      "


def readable(
    table: Table, columns: Sequence[str], *, detail: str | None = None, width: int | None = WIDTH
) -> Iterator[str]:
    """Yield the lines of a table: a header, then each row; ``detail`` (columns) beneath it.

    Args:
        detail: Columns whose text is wrapped beneath its row, unless they stand in ``columns``.
        width: Characters to a line, columns in which nothing stands being left out; None
            wraps nothing and leaves nothing out.
    """
    if width is not None:
        columns = [column for column in columns if is_filled(table, column)]
    beneath = [column for column in (detail or "").split() if column not in columns]
    cells = [[shown(row.get(column)) for column in columns] for row in table.rows]
    header = [_heading(column) for column in columns]
    widths = _widths([header, *cells], width)
    yield from _lines(header, widths)
    yield _BETWEEN.join("-" * wide for wide in widths)
    for row, texts in zip(table.rows, cells, strict=True):
        yield from _lines(texts, widths)
        for more in _beneath(row, beneath):
            yield from wrapped(more, width, indent=_INDENT)


def _beneath(row: dict[str, Cell], columns: list[str]) -> Iterator[str]:
    """Yield the texts beneath a row: sentences each for itself, other cells labelled, in one."""
    told = {column: shown(row.get(column)) for column in columns}
    yield from (text for column, text in told.items() if text and column in _SAYS_ITSELF)
    others = [(column, text) for column, text in told.items() if column not in _SAYS_ITSELF]
    labelled = "; ".join(f"{_heading(column)}: {text}" for column, text in others if text)
    if labelled:
        yield labelled


_SAYS_ITSELF = frozenset({"message", "hint", "reason", "why", "title", "note", "clause_text"})
"""Columns that hold sentences, which need no label beneath a row."""


def columns_that_fit(
    table: Table, columns: Sequence[str], *, yields: str = "", width: int
) -> list[str]:
    """Return the columns that stand side by side without a word or an id being broken.

    Args:
        yields: Columns that give way first, in this order; then those to the right do. The
            first column stays.
    """
    kept = [column for column in columns if is_filled(table, column)]
    least = {column: _least_width(table, column) for column in kept}
    while len(kept) > 1 and sum(least[c] for c in kept) + len(_BETWEEN) * (len(kept) - 1) > width:
        kept.remove(next((one for one in yields.split() if one in kept), kept[-1]))
    return kept


def _least_width(table: Table, column: str) -> int:
    texts = (_heading(column), *(shown(row.get(column)) for row in table.rows))
    return max(_longest_word((text,)) for text in texts)


def _heading(column: str) -> str:
    return column.replace("_", " ")


def is_filled(table: Table, column: str) -> bool:
    """Whether anything stands in a column."""
    return any(shown(row.get(column)) for row in table.rows)


def wrapped(text: str, width: int | None, *, indent: str = "", hanging: str = "") -> list[str]:
    """Return a text in lines of at most ``width``, each indented, later ones ``hanging`` more."""
    if width is None:
        return [indent + text]
    return textwrap.wrap(
        text,
        max(width, len(indent) + 20),
        initial_indent=indent,
        subsequent_indent=indent + hanging,
        break_on_hyphens=False,
    )


def shown(cell: Cell) -> str:
    """Return a cell as a person reads it: nothing in it steers the terminal."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, list):
        parts = (" + ".join(part) if isinstance(part, list) else part for part in cell)
        return printable(" | ".join(parts))
    return printable(str(cell))


def printable(text: str) -> str:
    r"""Return a text on one line, with control characters spelled out.

    Cells were written by others: an escape sequence among them could rewrite the screen.

    >>> printable("a\x1b[2Jb")
    'a[U+001B][2Jb'
    """
    return "".join(
        f"[U+{ord(char):04X}]" if unicodedata.category(char) in _HIDDEN else char
        for char in " ".join(text.split())
    )


_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def terminal_width() -> int:
    """Return how many columns there are: the terminal's, else 100."""
    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        return WIDTH
    return max(shutil.get_terminal_size((WIDTH, 24)).columns, 60)


def _widths(rows: list[list[str]], width: int | None) -> list[int]:
    """Return the width of every column: as needed, the widest narrowed until all fit.

    No word is broken while some column can give way without, as ids are copied by hand;
    ``columns_that_fit`` sees to it that one can.
    """
    columns = list(zip(*rows, strict=True))
    needed = [max(map(_cells, column)) for column in columns]
    if width is None:
        return needed
    room = width - len(_BETWEEN) * (len(needed) - 1)
    for floors in (list(map(_longest_word, columns)), [_LEAST] * len(needed)):
        while sum(needed) > room:
            spare = [
                wide if wide > floor else 0 for wide, floor in zip(needed, floors, strict=True)
            ]
            if not any(spare):
                break
            needed[spare.index(max(spare))] -= 1
    return needed


def _longest_word(column: tuple[str, ...]) -> int:
    return max(_cells(word) for text in column for word in text.split() or [""])


def _lines(texts: list[str], widths: list[int]) -> Iterator[str]:
    """Yield the lines of one row, its cells wrapped to their columns."""
    columns = [
        textwrap.wrap(text, max(wide, 1), break_on_hyphens=False) or [""]
        for text, wide in zip(texts, widths, strict=True)
    ]
    for number in range(max(map(len, columns), default=0)):
        parts = [column[number] if number < len(column) else "" for column in columns]
        padded = [part + " " * (w - _cells(part)) for part, w in zip(parts, widths, strict=True)]
        yield _BETWEEN.join(padded).rstrip()


def _cells(text: str) -> int:
    """Return how many columns of a terminal a text takes: wide characters two, marks none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in {"W", "F"} else 1
        for c in text
    )

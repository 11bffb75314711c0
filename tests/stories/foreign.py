"""An invented institution's file and its layout, and a desk where such files are taken."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook

from ..cli.running import Ran

Row = dict[str, object]

LAYOUT = """\
name = "harbour"
title = "Book of the Harbour Guard"
source = "harbour-guard"
unread = "?"

[file]
format = "csv"

[columns]
kind = "Kind"
maker = "Maker"
serial = "Serial"
date = "Date"
count = "Count"

[ignore]
"No" = "a running number"

[[records]]
table = "sources"
id = "harbour-guard"
fields.kind = "field_documentation"

[[records]]
table = "items"
fields.category = "weapon"
fields.type = { column = "kind" }
fields.maker_stated = { column = "maker" }
fields.documented_on = { column = "date" }
fields.quantity = { column = "count" }

[[records]]
table = "marks"
name = "serial"
needs = ["serial"]
fields.item_id = { record = "items" }
fields.kind = "serial"
fields.text = { column = "serial" }
fields.reader = "cell"
"""
HEADER = ("No", "Kind", "Maker", "Serial", "Date", "Count")
ROWS: tuple[tuple[object, ...], ...] = (
    ("1", "Rifle", "Redford Arms", "RA-1001", "2019-04-03", "1"),
    ("2", "Pistol", "Redford Arms", "RA-1002", "2019-04-04", "2"),
)
CSV = "".join(",".join(map(str, row)) + "\n" for row in (HEADER, *ROWS))


class Account(NamedTuple):
    """How many cells a taking says that it read, ignored and reported, and of how many."""

    n_cells: int
    n_read: int
    n_ignored: int
    n_reported: int


class Counted(NamedTuple):
    """How many rows a taking says that it took, left and refused, and of how many."""

    n_rows: int
    n_taken: int
    n_left: int
    n_refused: int


class Desk:
    """One casebook into which files are taken as a user would take them."""

    def __init__(self, folder: Path, run: Callable[..., Ran]) -> None:
        self.folder = folder
        self.casebook = folder / "casebook"
        self._run = run
        assert run("init", "--actor", "Amina", self.casebook).code == 0

    def run(self, *words: object) -> Ran:
        """Run one verb at the casebook."""
        return self._run("-C", self.casebook, *words)

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file beside the casebook."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def layout(self, text: str = LAYOUT, name: str = "harbour.toml") -> Path:
        """Write a layout beside the casebook."""
        return self.write(name, text)

    def take(self, *files: Path, layout: str | Path, options: Iterable[str] = ()) -> Ran:
        """Take files with a layout: its text, a shipped name or a path."""
        named = self.layout(layout) if isinstance(layout, str) and "\n" in layout else layout
        return self.run("take", *files, "--layout", named, *options)

    def take_csv(self, content: str | bytes, layout: str = LAYOUT) -> Ran:
        """Take one file of the given text."""
        return self.take(self.write("book.csv", content), layout=layout)

    def rows(self, verb: str, *words: str) -> list[Row]:
        """Return the rows of a listing verb."""
        listed: list[Row] = json.loads(self.run(verb, *words, "--format", "json").out)
        return listed

    def issues(self, code: str | None = None) -> list[Row]:
        """Return the issues on record, of one code if one is named."""
        return [row for row in self.rows("issues") if code in {None, row["code"]}]

    def issue(self, code: str) -> Row:
        """Return the one issue of a code."""
        (found,) = self.issues(code)
        return found

    def files(self) -> dict[str, bytes]:
        """Return every file of the casebook, but for locks that SQLite places while it reads."""
        return {
            str(path.relative_to(self.casebook)): path.read_bytes()
            for path in self.casebook.rglob("*")
            if path.is_file() and path.suffix != ".sqlite-shm" and path.stat().st_size
        }


def edited(text: str, *changes: tuple[str, str]) -> str:
    """Return a text with something else in some places, each of which must be there."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def accounts(ran: Ran) -> list[Account]:
    """Return what was said of the cells of each file."""
    found = re.findall(
        r"([0-9,]+) cells?: ([0-9,]+) read, ([0-9,]+) ignored, ([0-9,]+) reported", ran.err
    )
    return [Account(*map(_number, numbers)) for numbers in found]


def counted(ran: Ran) -> list[Counted]:
    """Return what was said of the rows of each file."""
    found = re.findall(
        r"([0-9,]+) rows?: ([0-9,]+) taken, ([0-9,]+) left, ([0-9,]+) refused", ran.err
    )
    return [Counted(*map(_number, numbers)) for numbers in found]


def workbook(
    path: Path, sheets: Mapping[str, Iterable[Iterable[object]]], **hidden: str
) -> Workbook:
    """Save a workbook of some sheets; ``hidden`` names the state of those that are not shown."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        sheet.sheet_state = hidden.get(title, "visible")
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return book


def _number(text: str) -> int:
    return int(text.replace(",", ""))

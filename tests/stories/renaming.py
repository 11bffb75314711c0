"""The shipped case under other names: ids, names, words, dates, numbers, countries, row order.

Everything that the rules may not lean on is replaced by a seeded map; what they do lean on
(verbs, kinds, grades, who relays whom, which date comes before which) stays.
"""

import csv
import json
import random
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from headstamp.terms.dates import DateSpan, parse_date_span
from headstamp.terms.evidence import ID_COLUMNS, TABLES

DATE_COLUMNS = {"on", "published_on", "recovered_on", "documented_on", "expires_on", "sent_on"}
WORD_COLUMNS = {
    "title", "quote", "note", "hedge", "reason", "clause_text", "description", "locator", "place",
    "base", "url", "aliases", "type", "model", "calibre", "asked_by", "judged_by", "conditions",
}  # fmt: skip
COUNTRY_COLUMNS = {"country", "country_stated"}
MORE_DAYS = 11
"""Added to every "n days later": the case's 59 days become 70."""


class Renaming:
    """A seeded one-to-one map from the case's words to others."""

    def __init__(self, tables: dict[str, list[dict[str, str]]], seed: int) -> None:
        self._random = random.Random(seed)
        self.days = self._random.randint(200, 900)
        self.factor = self._random.randint(2, 9)
        self.ids = self._named("i", _ids_of(tables))
        self.countries = self._coded(tables)
        self._words: dict[str, str] = {}

    def _named(self, letter: str, old: list[str]) -> dict[str, str]:
        numbers = self._random.sample(range(10_000, 99_999), len(old))
        return {one: f"{letter}{n}" for one, n in zip(old, numbers, strict=True)}

    def _coded(self, tables: dict[str, list[dict[str, str]]]) -> dict[str, str]:
        found = {row.get(column, "") for rows in tables.values() for row in rows
                 for column in COUNTRY_COLUMNS} - {""}  # fmt: skip
        codes = self._random.sample([f"X{chr(c)}" for c in range(65, 91)], len(found))
        return dict(zip(sorted(found), codes, strict=True))

    def cell(self, table: str, column: str, value: str) -> str:
        """Return what stands in place of one cell."""
        if value == "":
            return ""
        rules: tuple[tuple[bool, Callable[[str], str]], ...] = (
            (column in DATE_COLUMNS, self.date),
            (column == "after_days", lambda n: str(int(n) + MORE_DAYS)),
            (column in COUNTRY_COLUMNS, lambda code: self.countries[code]),
            (column in {"value", "quantity"} and value != "?", self._scaled),
            (column == "group", lambda group: self.countries.get(group, self.word(group))),
            (column in WORD_COLUMNS, self.word),
            (column in {"name", "publisher"} and value not in self.ids, self.word),
        )
        for applies, change in rules:
            if applies:
                return change(value)
        del table
        return ";".join(self.ids.get(part, part) for part in value.split(";"))

    def word(self, text: str) -> str:
        """Return other words, equal for equal text; reserved groups stay."""
        if text.startswith("("):
            return text
        return self._words.setdefault(text, f"words {len(self._words) + 1}")

    def date(self, text: str) -> str:
        """Return the same days, shifted, as EDTF."""
        return as_edtf(parse_date_span(text), self.days)

    def _scaled(self, number: str) -> str:
        whole = f"{float(number) * self.factor:.4f}".rstrip("0").rstrip(".")
        return whole or "0"

    def atom(self, atom: str) -> str:
        """Return an id of a set of support under the new names."""
        return ":".join(self.ids.get(part, part) for part in atom.split(":"))


def rename_package(source: Path, target: Path, seed: int) -> Renaming:
    """Write the package in ``source`` to ``target`` under other names, rows shuffled."""
    tables = {name: _read(source / f"{name}.csv") for name in TABLES if _has(source, name)}
    renaming = Renaming(tables, seed)
    target.mkdir()
    order = random.Random(seed)
    for name, rows in tables.items():
        changed = [
            {column: renaming.cell(name, column, value) for column, value in row.items()}
            for row in rows
        ]
        order.shuffle(changed)
        with (target / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, fieldnames=list(rows[0]))
            writer.writeheader()
            writer.writerows(changed)
    descriptor = json.loads((source / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["name"], descriptor["title"] = "renamed", "A case under other names"
    descriptor["description"] = "Invented."
    (target / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return renaming


def as_edtf(span: DateSpan, days: int) -> str:
    """Return the span's days, ``days`` later, as EDTF text."""
    ends = [(_shifted(first, days), _shifted(last, days)) for first, last in span.ranges]
    if len(ends) == 1:
        first, last = ends[0]
        return first if first == last else f"{first}/{last}"
    return "[" + ",".join(f"{a}..{b}" if a != b else a for a, b in ends) + "]"


def _shifted(day: date | None, days: int) -> str:
    return ".." if day is None else (day + timedelta(days=days)).isoformat()


def _has(source: Path, name: str) -> bool:
    return (source / f"{name}.csv").exists()


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _ids_of(tables: dict[str, list[dict[str, str]]]) -> list[str]:
    found = {
        row[column]
        for name, rows in tables.items()
        for row in rows
        for column in (*ID_COLUMNS[name], "statement")
        if row.get(column) and column not in {"line", "other_kind"}
    }
    return sorted(one for one in found if not re.fullmatch(r"[0-9]+", one))

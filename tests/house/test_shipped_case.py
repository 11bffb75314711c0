"""House rule: the program knows no case. What it says of one comes from that case's tables."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pycountry

PACKAGE = Path("src/headstamp")
CASES = PACKAGE / "cases"
READ = {".css", ".csv", ".html", ".j2", ".json", ".md", ".py", ".sql", ".svg", ".toml", ".txt"}
N_LETTERS = 4
"""Shorter words (`cia`, `c02`) mean too many other things."""
ID_COLUMNS = {
    "consignments.csv": "consignment_id",
    "documents.csv": "document_id",
    "items.csv": "item_id",
    "parties.csv": "party_id",
    "published_figures.csv": "figure_id",
    "sites.csv": "site_id",
    "sources.csv": "source_id",
    "undertakings.csv": "undertaking_id",
}
NAMED = {"parties.csv", "sites.csv"}


def test_nothing_in_the_program_knows_the_shipped_case(root: Path, files: tuple[Path, ...]) -> None:
    """No rule, word list or template names a party, item, place or source of the case."""
    words = _words_of_the_cases(root)
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, sorted(words))) + r")\b", re.IGNORECASE)
    known = [
        f"{path}:{number}: {match.group()}"
        for path in files
        if path.is_relative_to(PACKAGE) and not path.is_relative_to(CASES) and path.suffix in READ
        for number, line in enumerate((root / path).read_text(encoding="utf-8").splitlines(), 1)
        if (match := pattern.search(line))
    ]

    assert known == []


def test_the_search_looks_for_the_words_that_tell(root: Path) -> None:
    """The words sought are the case's own; names of countries belong to everybody."""
    words = _words_of_the_cases(root)

    assert {"kiesler", "ramadi", "atgw"} <= words
    assert words.isdisjoint({"bulgaria", "saudi arabia", "united_states"})


def _words_of_the_cases(root: Path) -> set[str]:
    words = {word.casefold() for path in (root / CASES).glob("*/*.csv") for word in _words(path)}
    return {word for word in words if len(re.findall("[a-z]", word)) >= N_LETTERS} - _countries()


def _words(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if path.name == "parties.csv" and row["kind"] == "state":
                continue
            if path.name in ID_COLUMNS:
                yield row[ID_COLUMNS[path.name]]
            if path.name in NAMED:
                yield row["name"]
                yield from filter(None, row.get("aliases", "").split(";"))


def _countries() -> set[str]:
    """Return what countries are called, also as ids, since a name is no secret of a case."""
    names = {getattr(country, "common_name", country.name) for country in pycountry.countries}
    names |= {country.name for country in pycountry.countries}
    names = {name.casefold() for name in names}
    return names | {name.replace(" ", "_") for name in names}

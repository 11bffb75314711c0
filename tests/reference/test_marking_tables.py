"""The shipped tables about marks: documented, sourced, without rows that contradict each other."""

import csv
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pycountry
import pytest

from headstamp.reference import (
    calibres,
    maker_names,
    makers,
    marking,
    models,
    states,
    weapon_types,
)

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "src/headstamp/reference"
LOADERS: dict[str, Callable[[], Sequence[object]]] = {
    "no_serial": marking.no_serial_rules,
    "serial_words": marking.serial_words,
    "joining_words": marking.joining_words,
    "lookalikes": marking.lookalikes,
    "calibres": calibres.calibre_names,
    "families": lambda: list(calibres.calibre_families().values()),
    "compatible": calibres.calibre_compatible,
    "calibre_words": calibres.calibre_words,
    "former_states": lambda: list(states.former_states().values()),
    "country_names": states.state_names,
    "made_in": states.made_in,
    "headstamps": makers.factory_codes,
    "serial_formats": makers.serial_formats,
    "lot_formats": makers.lot_formats,
    "maker_names": maker_names.maker_names,
    "maker_words": maker_names.maker_words,
    "no_maker": maker_names.no_maker,
    "weapon_types": lambda: list(weapon_types.weapon_types().values()),
    "weapon_type_names": weapon_types.weapon_type_names,
    "type_words": weapon_types.type_words,
    "models": models.models,
}
KEYS = {
    "no_serial.csv": ("phrase", "language"),
    "serial_words.csv": ("word", "language"),
    "joining_words.csv": ("word", "language"),
    "lookalikes.csv": ("kind", "character"),
    "calibres.csv": ("calibre",),
    "calibre_families.csv": ("calibre",),
    "calibre_compatible.csv": ("written", "compatible_with"),
    "calibre_words.csv": ("word", "language"),
    "former_states.csv": ("code",),
    "country_names.csv": ("name", "language", "code"),
    "made_in.csv": ("phrase",),
    "headstamps.csv": ("code", "maker"),
    "serial_formats.csv": ("serial_format",),
    "lot_formats.csv": ("lot_format",),
    "maker_names.csv": ("maker", "country", "valid_from"),
    "maker_words.csv": ("word", "language", "role"),
    "no_maker.csv": ("phrase", "language"),
    "weapon_types.csv": ("weapon_type",),
    "weapon_type_names.csv": ("name", "language", "weapon_type"),
    "type_words.csv": ("word", "language"),
    "models.csv": ("model",),
}
PATHS = sorted(FOLDER.glob("*.csv"))


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table as text."""
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("load", LOADERS.values(), ids=LOADERS.keys())
def test_every_table_loads(load: Callable[[], Sequence[object]]) -> None:
    """Each table has rows, and all of them are typed."""
    assert load()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_every_table_and_column_is_documented(path: Path) -> None:
    """docs/reference/reference-tables.md names each table with each of its columns."""
    document = (ROOT / "docs/reference/reference-tables.md").read_text(encoding="utf-8")
    line = next((row for row in document.splitlines() if f"`{path.name}`" in row), "")
    columns = path.read_text(encoding="utf-8").splitlines()[0].split(",")

    assert [column for column in columns if f"`{column}`" not in line] == []


def test_no_table_is_documented_that_is_not_there() -> None:
    """The document names no table that was taken away."""
    document = (ROOT / "docs/reference/reference-tables.md").read_text(encoding="utf-8")

    assert set(re.findall(r"`(\w+\.csv)`", document)) == {path.name for path in PATHS}


@pytest.mark.parametrize(("name", "key"), KEYS.items(), ids=KEYS.keys())
def test_no_row_comes_twice(name: str, key: tuple[str, ...]) -> None:
    """A row can be named, and withdrawn, by its key."""
    keys = [tuple(row[column] for column in key) for row in rows_of(FOLDER / name)]

    assert len(set(keys)) == len(keys)


def test_years_are_in_order() -> None:
    """Nothing ends before it begins."""
    pairs = [("valid_from", "valid_to"), ("year_from", "year_to"), ("number_from", "number_to")]
    wrong = [
        (path.name, row)
        for path in PATHS
        for row in rows_of(path)
        for first, last in pairs
        if row.get(first) and row.get(last) and int(row[first]) > int(row[last])
    ]

    assert wrong == []


def test_makers_stand_in_known_states() -> None:
    """Each state is of ISO 3166; a row of a former state does not leave its years."""
    now = {country.alpha_2 for country in pycountry.countries}
    former = states.former_states()
    wrong = [
        row
        for row in maker_names.maker_names()
        if row.country not in now | former.keys()
        or (
            row.country in former
            and not former[row.country].year_from
            <= (row.valid_from or former[row.country].year_from)
            <= (row.valid_to or former[row.country].year_to)
            <= former[row.country].year_to
        )
    ]

    assert wrong == []


def test_every_maker_has_a_name_to_show() -> None:
    """The first row of each maker has names; its later rows need none, and none comes twice."""
    firsts = {row.maker: row for row in reversed(maker_names.maker_names())}
    names = [(row.maker, name) for row in maker_names.maker_names() for name in row.names]

    assert all(row.names for row in firsts.values())
    assert len(set(names)) == len(names)
    assert len(firsts) >= 500


def test_what_is_not_known_is_none() -> None:
    """An empty year is None, never zero."""
    rows = [row for row in makers.factory_codes() if row.maker == "Ulyanovsk"]

    assert [(row.valid_from, row.valid_to) for row in rows] == [(None, None)]


def test_the_same_words_say_one_state_in_every_language() -> None:
    """A phrase that two languages share must not have two states."""
    said: dict[str, set[str]] = {}
    for row in marking.no_serial_rules():
        said.setdefault(row.phrase, set()).add(row.state)

    assert {phrase: found for phrase, found in said.items() if len(found) > 1} == {}

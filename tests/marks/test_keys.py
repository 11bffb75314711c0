"""Folded keys, against the classes written out by hand and Unicode's own tables."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.marks.keys import as_ascii, fold
from headstamp.marks.notation import mark_key
from headstamp.reference.marking import lookalikes

CLASSES = ("0OQDoqdОоΟο０", "1IL7ilІΙ١۱", "5SsЅ٥۵", "8BbВвΒ", "6Gg٦۶", "2ZzΖ٢۲")


@pytest.mark.parametrize("letters", CLASSES)
def test_a_class_has_one_key(letters: str) -> None:
    """Characters that are easily taken for each other are found under one key."""
    assert {fold(f"A{letter}9") for letter in letters} == {f"A{letters[0]}9"}


def test_no_two_classes_meet() -> None:
    """Characters of different classes never fall together."""
    assert len({fold(letters[0]) for letters in CLASSES}) == len(CLASSES)
    assert len({fold(letter) for letter in "ACEFHJKMNPRTUVWXY349"}) == 20


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("QX-25-0123", "0X250123"),
        ("АВСЕНКМОРТХ", "A8CEHKM0PTX"),
        ("авсенкмортх", "A8CEHKM0PTX"),
        ("ж 12?4*", "Ж12?4*"),
        ("{5S}{0O}", "50"),
        (r"A\?", r"A\?"),
        ("工12", "工12"),
        ("??*", None),
        ("", None),
    ],
)
def test_folded_keys(text: str, key: str | None) -> None:
    """Twins become ASCII, classes one character, all else stays."""
    assert fold(text) == key


@given(st.text(alphabet="AOQBSZG017ЖОвΖ٣۷ -./工é"))
def test_folding_twice_changes_nothing(text: str) -> None:
    """A folded key is its own key, and equal exact keys have equal folded keys."""
    key = fold(text)

    assert key is None or fold(key) == key
    assert fold(mark_key(text) or "") == key


def test_the_table_agrees_with_unicode() -> None:
    """Rows that cite the Unicode Character Database say what it says."""
    wrong = [row for row in lookalikes() if not _is_so(row.kind, row.character, row.reads_as)]

    assert wrong == []


def test_each_character_has_one_row_and_ends_there() -> None:
    """No character has two meanings, and what it is read as is not read as a third."""
    of_scripts = [row for row in lookalikes() if row.kind != "class"]
    characters = [row.character for row in of_scripts]

    assert len(characters) == len(set(characters))
    assert not {row.reads_as for row in of_scripts} & set(characters)


@pytest.mark.parametrize(
    ("text", "ascii_text"),
    [
        ("АВСЕНКМОРТХУЗІЈЅ", "ABCEHKMOPTXY3IJS"),
        ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
        ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
        ("۰۱۲۳۴۵۶۷۸۹", "0123456789"),
    ],
)
def test_twins_are_those_that_look_so(text: str, ascii_text: str) -> None:
    """Each letter of Cyrillic and Greek with a Latin look has it, each digit its value."""
    assert as_ascii(text) == ascii_text


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_ascii_is_left_alone(text: str) -> None:
    """Only characters of other scripts are replaced."""
    assert as_ascii(text) == text


def _is_so(kind: str, character: str, reads_as: str) -> bool:
    if kind == "digit":
        return str(unicodedata.decimal(character)) == reads_as
    if kind == "case":
        return character.upper() == reads_as
    if kind == "width":
        return unicodedata.normalize("NFKC", character).upper() == reads_as
    return reads_as.isascii()

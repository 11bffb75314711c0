import enum
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.ledger.canonical import canonical_json, sha256_hex
from headstamp.terms.errors import MisuseError

JsonValue = None | bool | int | str | list["JsonValue"] | dict[str, "JsonValue"]

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers(1 - 2**53, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


def spelled(value: JsonValue) -> str:
    """Spell a value as RFC 8785 says, with nothing but its text in mind."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return f"{value:d}"
    if isinstance(value, str):
        return '"' + "".join(spelled_character(character) for character in value) + '"'
    if isinstance(value, list):
        return "[" + ",".join(map(spelled, value)) + "]"
    return (
        "{" + ",".join(f"{spelled(k)}:{spelled(value[k])}" for k in sorted(value, key=units)) + "}"
    )


def spelled_character(character: str) -> str:
    """Escape what must be escaped, by the shortest form there is."""
    short = {8: "b", 9: "t", 10: "n", 12: "f", 13: "r", 34: '"', 92: "\\"}
    if ord(character) in short:
        return "\\" + short[ord(character)]
    return f"\\u{ord(character):04x}" if ord(character) < 32 else character


def units(text: str) -> list[int]:
    """Return the UTF-16 code units, by the definition of surrogate pairs."""
    found = []
    for point in map(ord, text):
        if point > 0xFFFF:
            found += [0xD800 + (point - 0x10000 >> 10), 0xDC00 + (point - 0x10000 & 0x3FF)]
        else:
            found.append(point)
    return found


@given(values)
def test_spelling_is_that_of_the_standard(value: JsonValue) -> None:
    """Any value is spelled as a second, plain implementation of RFC 8785 spells it."""
    assert canonical_json(value) == spelled(value).encode()


@given(values)
def test_spelling_can_be_read_back(value: JsonValue) -> None:
    """What was spelled is what any JSON reader reads."""
    assert json.loads(canonical_json(value)) == value


def test_every_character_is_escaped_as_the_standard_says() -> None:
    """All of Unicode, one character after the other."""
    every = "".join(chr(point) for point in range(0x110000) if not 0xD800 <= point < 0xE000)

    assert canonical_json(every) == spelled(every).encode()


def test_keys_are_sorted_as_in_the_example_of_the_standard() -> None:
    """RFC 8785 section 3.2.3: by UTF-16 units, so that an emoji comes before U+FB33."""
    names = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    expected = [
        "Carriage Return",
        "One",
        "Control",
        "Latin Small Letter O With Diaeresis",
        "Euro Sign",
        "Emoji: Grinning Face",
        "Hebrew Letter Dalet With Dagesh",
    ]

    assert list(json.loads(canonical_json(names)).values()) == expected


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        {"a": [0.5]},
        {1: "a"},
        {None: "a"},
        "half \ud83d",
        {"\udc00": 1},
        2**53,
        -(2**53),
        b"bytes",
        date(2026, 3, 1),
        Decimal(1),
        {1, 2},
        Path("photo.jpg"),
    ],
    ids=repr,
)
def test_what_has_no_one_spelling_is_refused(value: object) -> None:
    """Floats, odd keys, half characters, great integers and other types cannot be recorded."""
    with pytest.raises(MisuseError):
        canonical_json(value)


def test_depth_is_bounded() -> None:
    """Sixty-four levels are recorded, one more is refused, whatever the stack would bear."""
    deep: object = "x"
    for _ in range(64):
        deep = [deep]

    assert canonical_json(deep) == b"[" * 64 + b'"x"' + b"]" * 64
    with pytest.raises(MisuseError):
        canonical_json([deep])


def test_words_of_closed_sets_are_their_text() -> None:
    """A StrEnum member and its text are recorded alike, as value and as key."""

    class Verdict(enum.StrEnum):
        SAME = "same"

    assert canonical_json({Verdict.SAME: (Verdict.SAME,)}) == b'{"same":["same"]}'


def test_digest_is_sha256() -> None:
    """The example of FIPS 180-2."""
    assert sha256_hex(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

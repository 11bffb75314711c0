"""What does a cell say? Plain values of a table, read safely and made safe to show.

Every text of a table was written by somebody else. It is shown as it is, but it may not
steer the page: markup is escaped by the templates, characters that turn the direction of
the text or print nothing are spelled out, and each text is isolated from its neighbours.
"""

import json
import re
import unicodedata
from collections.abc import Mapping

from markupsafe import Markup, escape

from headstamp.terms.table import Cell

Row = Mapping[str, Cell]

_STEERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_WHITE = re.compile(r"[ \t\r\n]+")


def text_of(row: Row, column: str) -> str:
    """Return the cell as text; an absent column, like an empty cell, is ``""``."""
    value = row.get(column)
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(_flat(value))
    return str(value)


def texts_of(row: Row, column: str) -> tuple[str, ...]:
    """Return a cell that holds a list: as a list, as JSON text, or as ``a;b``."""
    value = row.get(column)
    if isinstance(value, list):
        return tuple(_flat(value))
    text = text_of(row, column)
    if not text:
        return ()
    if text.startswith("["):
        return tuple(str(part) for part in json.loads(text))
    return tuple(part.strip() for part in text.split(";") if part.strip())


def sets_of(row: Row, column: str) -> tuple[tuple[str, ...], ...]:
    """Return a cell that holds a list of sets of ids, as lists or as JSON text."""
    value = row.get(column)
    if isinstance(value, str) and value:
        value = json.loads(value)
    if not isinstance(value, list):
        return ()
    return tuple(
        tuple(str(atom) for atom in part) if isinstance(part, list) else (str(part),)
        for part in value
    )


def number_of(row: Row, column: str) -> int | None:
    """Return the cell as a whole number; ``None`` where it is empty or is none."""
    try:
        return int(text_of(row, column))
    except ValueError:
        return None


def grouped(number: int | str) -> str:
    """Return a number in groups of three digits; any other text as it is.

    >>> grouped(74003), grouped("1203"), grouped(""), grouped("12.5")
    ('74,003', '1,203', '', '12.5')
    """
    text = str(number)
    return f"{int(text):,}" if text.isascii() and text.isdigit() else text


def capital(text: str) -> str:
    """Return a text with its first letter large, the others as they are.

    >>> capital("a NUL stands there")
    'A NUL stands there'
    """
    return text[:1].upper() + text[1:]


def is_true(row: Row, column: str) -> bool:
    """Whether the cell says true."""
    return text_of(row, column) == "true"


def visible(text: str) -> str:
    r"""Return the text with every character that prints nothing, or steers, spelled out.

    >>> visible("a\u202eb\x07")
    'a[U+202E]b[U+0007]'
    """
    told = _WHITE.sub(" ", text)
    if (
        told.isprintable()
    ):  # Whatever prints nothing, or steers, is not: nearly every text ends here.
        return told
    return "".join(f"[U+{ord(char):04X}]" if _is_hidden(char) else char for char in told)


def isolate(text: str) -> str:
    """Return the text for places without elements: isolated where it runs right to left."""
    shown = visible(text)
    if not shown.isascii() and any(
        unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in shown
    ):
        return f"\u2068{shown}\u2069"
    return shown


def field(text: str) -> Markup:
    """Return the text as an element of its own, isolated from the words around it.

    >>> field("<b>")
    Markup('<bdi>&lt;b&gt;</bdi>')
    """
    return Markup(f"<bdi>{escape(visible(text))}</bdi>")  # noqa: S704 - escaped here


def plain(words: str) -> str:
    """Return a sentence without its elements, for titles and descriptions."""
    return words.striptags() if isinstance(words, Markup) else isolate(words)


def join_words(parts: list[Markup], *, last: str = "and") -> Markup:
    """Return the parts as a list in words.

    >>> join_words([Markup("a"), Markup("b"), Markup("c")])
    Markup('a, b and c')
    """
    if len(parts) < 2:
        return parts[0] if parts else Markup("")
    return Markup("{} {} {}").format(Markup(", ").join(parts[:-1]), last, parts[-1])


def _flat(values: list[str] | list[list[str]]) -> list[str]:
    return [" + ".join(part) if isinstance(part, list) else str(part) for part in values]


def _is_hidden(char: str) -> bool:
    if char in _STEERING:
        return True
    return unicodedata.category(char) in {"Cc", "Co", "Cs", "Cn", "Zl", "Zp"}

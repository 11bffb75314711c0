"""Which phrases do pages use? The tables of phrases.toml, read once."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from headstamp.reports.cells import visible


@cache
def phrase_tables() -> Mapping[str, Any]:
    """Return all tables of phrases.toml, read-only."""
    text = files("headstamp.reports").joinpath("phrases.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


def phrases(table: str) -> Mapping[str, Any]:
    """Return one table; a name that is not there is a mistake of ours and raises."""
    found: Mapping[str, Any] = phrase_tables()[table]
    return found


def phrase(table: str, key: str) -> Markup:
    """Return one phrase, which may hold braces for ``Markup.format``."""
    return Markup(phrases(table)[key])  # noqa: S704 - from our own file


def label(table: str, key: str) -> str:
    """Return the label of a value; a value that we have no word for prints as it is.

    >>> label("standing", "documented"), label("effect", "weaker"), label("effect", "odd_one")
    ('documented', 'stands, on less', 'odd one')
    """
    found = phrases(table).get(key)
    if isinstance(found, Mapping):
        return str(found["label"])
    return str(found) if found is not None else visible(key.replace("_", " "))


def meaning(table: str, key: str) -> str:
    """Return what a value means; of a value that we have no word for, nothing.

    >>> meaning("mark_state", "legible"), meaning("mark_state", "odd_one")
    ('All of it could be read.', '')
    """
    found = phrases(table).get(key)
    return str(found["meaning"]) if isinstance(found, Mapping) else ""


def labels(table: str) -> tuple[tuple[str, str, str], ...]:
    """Return (key, label, meaning) of every value of a table, in its order."""
    return tuple(
        (key, value["label"], value["meaning"])
        for key, value in phrases(table).items()
        if isinstance(value, Mapping)
    )


def verb_label(verb: str) -> str:
    """Return a verb as it stands alone; one that we have no phrase for prints as it is.

    >>> verb_label("transited"), verb_label("odd_one")
    ('carried in transit', 'odd one')
    """
    form = phrases("verb").get(verb)
    return str(form["participle"]) if form else visible(verb.replace("_", " "))

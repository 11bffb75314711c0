"""How are names and paths written in SQL? Quoted here, and nowhere else; values are bound."""

from pathlib import Path


def identifier(name: str) -> str:
    """Return a name as a quoted identifier.

    >>> identifier('a"b')
    '"a""b"'
    """
    return '"' + name.replace('"', '""') + '"'


def literal(text: str | Path) -> str:
    """Return a text as a literal, for places where SQL allows no bound value.

    >>> literal("it's")
    "'it''s'"
    """
    return "'" + str(text).replace("'", "''") + "'"

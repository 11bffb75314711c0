"""Does a cell match a pattern of a layout? RE2: in time linear in the cell, whatever it is."""

import pyarrow as pa
import pyarrow.compute as pc

from headstamp.terms.errors import MisuseError

GROUP = "value"


def require_pattern(pattern: str, *, takes_value: bool) -> None:
    """Raise unless RE2 knows the pattern, and, where it takes a value, its group ``value``.

    Raises:
        MisuseError: It is no RE2, or has not the one group.
    """
    try:
        is_found(pattern, "")
        groups = _groups(pattern) if takes_value else [GROUP]
    except ValueError as error:
        message = f"the pattern {pattern!r} cannot be used: {error}"
        hint = "RE2 has no look-around and no back-references; other groups are written (?:…)"
        raise MisuseError(message, hint=hint) from error
    if groups != [GROUP]:
        message = f"the pattern {pattern!r} does not say which part is taken"
        raise MisuseError(message, hint=f"put that part, and no other, into (?P<{GROUP}>…)")


def _groups(pattern: str) -> list[str]:
    """Return the names of a pattern's groups, as the engine sees them."""
    return [field.name for field in pc.extract_regex(_array(""), pattern=pattern).type]


def is_found(pattern: str, text: str) -> bool:
    """Whether the pattern is found anywhere in the text.

    >>> is_found("^(a+)+$", "a" * 1000 + "b")
    False
    """
    found = pc.match_substring_regex(_array(text), pattern=pattern)
    return bool(found[0].as_py())


def value_in(pattern: str, text: str) -> str | None:
    """Return the part of the text that the pattern's group ``value`` finds, or None.

    >>> value_in(r"^(?P<value>[0-9]+)A", "078A. DISTRICT")
    '078'
    """
    found = pc.extract_regex(_array(text), pattern=pattern)[0].as_py()
    return None if found is None else str(found[GROUP])


def _array(text: str) -> pa.Array:
    """Return a text for Arrow, which knows no halves of characters: a sign stands for each."""
    return pa.array([text.encode("utf-8", "replace").decode()], pa.string())

"""What is the one spelling of a value? RFC 8785 JSON, without floats."""

import hashlib
import reprlib
from collections.abc import Mapping

import msgspec

from headstamp.terms.errors import MisuseError

MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 64

_PLAIN = frozenset({str, bool, type(None)})
_ENCODER = msgspec.json.Encoder()  # It escapes as RFC 8785 does: a test tries every character.
_SORTER = msgspec.json.Encoder(order="sorted")  # By code points: for ASCII names RFC 8785's order.
_SHALLOW = 4


def canonical_json(value: object) -> bytes:
    """Return the RFC 8785 spelling of a value: the same value is always the same bytes.

    Floats are refused, as their spelling is what implementations disagree on: a number
    that matters is text. So are integers that a double cannot hold.

    Args:
        value: None, bool, int, str, list, tuple, or a mapping with text keys,
            nested at most 64 deep.

    Raises:
        MisuseError: A float, another type, a key that is not text, a lone surrogate.

    Source:
        RFC 8785 sections 3.2.1 to 3.2.4; docs/reference/journal.md.
    """
    try:
        if type(value) is dict and _is_simple(value, depth=0):
            return _SORTER.encode(value)
        return _ENCODER.encode(_ordered(value, depth=0))
    except UnicodeEncodeError as error:
        around = error.object[max(error.start - 20, 0) : error.end + 20]
        message = f"text with half a surrogate pair cannot be recorded: {around!r}"
        raise MisuseError(message, hint="repair the text where it was decoded") from error


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of bytes as 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def _is_simple(value: dict[str, object], *, depth: int) -> bool:
    """Whether an object needs no ordering of ours: ASCII names, plain members, hardly nested.

    Rows are so, and there are very many of them. What is not simple may still be right.
    """
    try:
        if not "".join(value).isascii():
            return False
    except TypeError:  # A name that is no text is refused, by whoever says which.
        return False
    members = value.values()
    if _PLAIN.issuperset(map(type, members)):
        return True
    return all(type(one) in _PLAIN or _is_simple_member(one, depth=depth) for one in members)


def _is_simple_member(member: object, *, depth: int) -> bool:
    if type(member) is int:
        return -MAX_INTEGER <= member <= MAX_INTEGER
    if type(member) is list or type(member) is tuple:
        return _PLAIN.issuperset(map(type, member)) or (
            depth < _SHALLOW
            and all(type(one) is dict and _is_simple(one, depth=depth + 1) for one in member)
        )
    return type(member) is dict and depth < _SHALLOW and _is_simple(member, depth=depth + 1)


def _ordered(value: object, *, depth: int) -> object:
    """Return the value with every object's members in order, or refuse it."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return _safe_integer(value)
    if depth == MAX_DEPTH:
        raise MisuseError(f"nested more than {MAX_DEPTH} deep: {reprlib.repr(value)}")
    if isinstance(value, list | tuple):
        return [_ordered(member, depth=depth + 1) for member in value]
    if isinstance(value, Mapping):
        return {key: _ordered(value[key], depth=depth + 1) for key in _ordered_keys(value)}
    message = f"a {type(value).__name__} cannot be recorded: {reprlib.repr(value)}"
    raise MisuseError(message, hint="write it as text")


def _safe_integer(value: int) -> int:
    if abs(value) > MAX_INTEGER:
        raise MisuseError(
            f"an integer beyond 2^53-1: {reprlib.repr(value)}", hint="write it as text"
        )
    return int(value)


def _ordered_keys(value: Mapping[object, object]) -> list[str]:
    """Sort by UTF-16 code units, which is not the order of code points above U+FFFF."""
    keys = [key for key in value if isinstance(key, str)]
    if len(keys) != len(value):
        odd = next(key for key in value if not isinstance(key, str))
        raise MisuseError(f"a key that is not text cannot be recorded: {odd!r}")
    if "".join(keys).isascii():
        return sorted(keys)
    return sorted(keys, key=lambda key: key.encode("utf-16-be", "surrogatepass"))

"""Which numbers lie between two serials? Ends of one shape: the same but for one run of digits."""

import re

import msgspec

from headstamp.marks.keys import as_ascii
from headstamp.marks.notation import mark_key, transcribed

MOST_DIGITS = 18
_DIGITS = re.compile(r"[0-9]+")


class SerialRange(msgspec.Struct, frozen=True, kw_only=True):
    """All serials of one shape from one number to another, both included.

    ``before`` and ``after`` are what stands around the number, ``width`` its digits: a number
    of another length is not in the range (REASONING.md section 4).
    """

    before: str
    after: str
    width: int
    first: int
    last: int

    @property
    def shape(self) -> str:
        """What serials in the range have in common, as one text."""
        return f"{self.before}|{self.width}|{self.after}"

    @property
    def n_numbers(self) -> int:
        """How many serials the range holds."""
        return self.last - self.first + 1


def read_range(first: str, last: str) -> SerialRange | str:
    """Return the range between two serials as written, or why there is none, in words.

    >>> found = read_range("AB-00100", "AB-00199")
    >>> (found.shape, found.n_numbers) if isinstance(found, SerialRange) else found
    ('AB|5|', 100)
    """
    one, other = plain_key(first), plain_key(last)
    if not one or not other:
        return "an end has no character that can be read"
    if len(one) != len(other):
        return "its ends differ in length"
    return _range_of(one, other)


def read_unpadded(first: str, last: str) -> tuple[SerialRange, ...] | str:
    """Return the ranges between two serials that no zeros pad, one for each length; or why none.

    >>> found = read_unpadded("90", "1100")
    >>> [(one.width, one.first, one.last) for one in found if isinstance(one, SerialRange)]
    [(2, 90, 99), (3, 100, 999), (4, 1000, 1100)]
    """
    one, other = plain_key(first), plain_key(last)
    if not (one.isdecimal() and other.isdecimal()):
        found = read_range(first, last)
        return (found,) if isinstance(found, SerialRange) else found
    low, high = int(one), int(other)
    if low > high:
        return "its ends are swapped"
    return tuple(
        SerialRange(
            before="",
            after="",
            width=width,
            first=max(low, 10 ** (width - 1) if width > 1 else 0),
            last=min(high, 10**width - 1),
        )
        for width in range(len(str(low)), len(str(high)) + 1)
    )


def _range_of(one: str, other: str) -> SerialRange | str:
    if not _DIGITS.search(one) and not _DIGITS.search(other):
        return "its ends hold no number"
    differ = [n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    run = _run_around(one, other, differ)
    if run is None:
        return "its ends differ in more than one number"
    start, end = run
    low, high = int(one[start:end]), int(other[start:end])
    if low > high:
        return "its ends are swapped"
    return SerialRange(before=one[:start], after=one[end:], width=end - start, first=low, last=high)


def places_in(key: str) -> tuple[tuple[str, int], ...]:
    """Return every (shape, number) under which a serial may lie in a range, last digits first.

    >>> places_in("A12B034")
    (('A12B|3|', 34), ('A|2|B034', 12))
    """
    runs = [run for run in _DIGITS.finditer(key) if len(run[0]) <= MOST_DIGITS]
    return tuple(
        (f"{key[: run.start()]}|{len(run[0])}|{key[run.end() :]}", int(run[0]))
        for run in reversed(runs)
    )


def plain_key(written: str) -> str:
    """Return the exact key of a serial as written, twins of other scripts as ASCII."""
    return as_ascii(mark_key(transcribed(written)) or "")


def _run_around(one: str, other: str, differ: list[int]) -> tuple[int, int] | None:
    """Return the run of digits, in both, that holds all places where two keys differ."""
    spans = [run.span() for run in _DIGITS.finditer(one)]
    if differ:
        spans = [(a, b) for a, b in spans if a <= differ[0] and differ[-1] < b]
    found = spans[-1] if spans else None
    if found is None or found[1] - found[0] > MOST_DIGITS or not other[slice(*found)].isdecimal():
        return None
    runs = [run.span() for run in _DIGITS.finditer(other)]
    return found if found in runs else None

"""Which maker and which years may a headstamp mean? Codes were reused: more than one is usual."""

import re

from headstamp.marks.calibres import identify_calibre, is_calibre_name
from headstamp.marks.keys import as_ascii
from headstamp.marks.notation import readings
from headstamp.marks.years import FIRST_YEAR, LAST_YEAR, years_meant
from headstamp.reference.caches import remembered
from headstamp.reference.calibres import calibre_compatible, calibre_families
from headstamp.reference.makers import FactoryCode, StandsOn, factory_codes
from headstamp.reference.states import former_states
from headstamp.terms.dates import DateSpan
from headstamp.terms.identification import Identification

_UPPER = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_MAX_READINGS = 8
_LONGEST_CALIBRE, _LONGEST_CODE = 4, 4


def decode_headstamp(
    stamp: str, *, seen_span: DateSpan | None = None, stands_on: StandsOn = "cartridge"
) -> tuple[Identification, ...]:
    """Return every maker and year that a headstamp may mean, best supported first.

    An empty tuple means "not in our tables"; it does not mean "no maker" or "not genuine". A code
    whose years do not hold the stamped year stays, with that against it.

    Args:
        stamp: In the notation of marks, clockwise from 12 o'clock, a space between groups.
        seen_span: Days on which it was seen; later years of making are left out.
        stands_on: Factory codes on weapons are others than those on cartridges.

    Returns:
        Identifications of kind ``maker``, those with nothing against them first, then by table
        row; ``meaning`` is the maker as the row names it, years are CE.

    Raises:
        UnreadableMarkError: The text breaks the notation.

    >>> [found.meaning for found in decode_headstamp("38 50")]
    ['Yuryuzan', 'Tula, plant 38']

    Source:
        reference/headstamps.csv; docs/methods/marks.md, section 7.
    """
    found: dict[tuple[str, str, int | None, int | None], Identification] = {}
    for reading in readings(stamp, limit=_MAX_READINGS):
        groups = _groups(reading)
        for row in factory_codes():
            if row.stands_on != stands_on:
                continue
            for one in _by_row(row, groups, seen_span):
                found.setdefault((one.meaning, one.row, one.year_from, one.year_to), one)
    return tuple(sorted(found.values(), key=lambda one: len(one.against)))


def _groups(reading: str) -> list[str]:
    """Return the groups of a stamp, without those that name its calibre: they tell no year."""
    tokens = reading.replace("\\", " ").split()
    for size in range(min(_LONGEST_CALIBRE, len(tokens)), 0, -1):
        kept: list[str] = []
        while tokens:
            window, rest = " ".join(tokens[:size]), tokens[size:]
            is_calibre = len(tokens) >= size and _names_calibre(window)
            kept, tokens = (kept, rest) if is_calibre else ([*kept, tokens[0]], tokens[1:])
        tokens = kept
    return _split(" ".join(tokens))


def _names_calibre(words: str) -> bool:
    """Whether words name a calibre: figures alone are a code or a year."""
    if "?" in words or not any(letter.isalpha() or letter in ".," for letter in words):
        return False
    is_pointed = any(letter in ".," for letter in words) and not any(map(str.isalpha, words))
    return is_calibre_name(words) or (is_pointed and bool(identify_calibre(words)))


def _split(text: str) -> list[str]:
    plain = as_ascii(text).translate(_UPPER)
    return [group for group in re.split(r"[^\w?&]+|_", plain) if group]


def _by_row(
    row: FactoryCode, groups: list[str], seen_span: DateSpan | None
) -> list[Identification]:
    """Return what the row says of the groups that may be its code; the others may be the year."""
    code = "".join(_split(row.code))
    # Letters may stand in groups (`G.F.L.`); figures in groups are other figures.
    longest = 1 if any(map(str.isdigit, code)) else min(len(code), _LONGEST_CODE)
    found: list[Identification] = []
    for size in range(1, longest + 1):
        for place in range(len(groups) - size + 1):
            group = "".join(groups[place : place + size])
            if _may_be(group, code):
                others = groups[:place] + groups[place + size :]
                found.extend(_identified(row, group, others, seen_span))
    return found


def _may_be(group: str, code: str) -> bool:
    """Whether a group may be a code: equal in length, and in each character that can be read."""
    is_legible = bool(group.strip("?"))
    pairs = zip(group, code, strict=False)
    return (
        len(group) == len(code) and is_legible and all(one in {"?", other} for one, other in pairs)
    )


def _identified(
    row: FactoryCode, group: str, others: list[str], seen_span: DateSpan | None
) -> list[Identification]:
    """Return one identification for each year that the row allows; none of them is preferred."""
    stamped = [(other, years_meant(other, seen_span=seen_span)) for other in others]
    written, years = next((pair for pair in stamped if pair[1]), ("", ()))
    first, last = _validity(row)
    held = [year for year in years if first <= year <= last]
    doubts = ["not every character of the code was read"] if "?" in group else []
    if written in _gauges():
        doubts.append(f"{written} may be its gauge")
    if years and not held:
        return [_as(row, (*doubts, f"the row is for {first} to {last}"), years[0], years[-1])]
    if not years:
        return [_as(row, tuple(doubts), row.valid_from, row.valid_to)]
    return [
        _as(
            row,
            (*doubts, *(f"the stamp may mean {one}" for one in held if one != year)),
            year,
            year,
        )
        for year in held
    ]


@remembered()
def _gauges() -> frozenset[str]:
    families = calibre_families()
    return frozenset(
        row.written
        for row in calibre_compatible()
        if row.written.isdigit() and families[row.compatible_with].family == "shotgun"
    )


def _as(
    row: FactoryCode, against: tuple[str, ...], first: int | None, last: int | None
) -> Identification:
    return Identification(
        kind="maker",
        meaning=row.maker,
        support=(f"{row.code} is a code of it ({row.country})",),
        against=against,
        row=f"headstamps:{row.code}:{row.maker}",
        source=row.source,
        year_from=first,
        year_to=last,
    )


def _validity(row: FactoryCode) -> tuple[int, int]:
    """Return the years of the row, within those of its state where that is no more."""
    state = former_states().get(row.country)
    first, last = (state.year_from, state.year_to) if state else (FIRST_YEAR, LAST_YEAR)
    return max(first, row.valid_from or first), min(last, row.valid_to or last)

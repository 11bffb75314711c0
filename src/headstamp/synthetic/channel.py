"""What may happen to a serial between the metal and the form? Classes of error, with their shares.

Designed from the field (design notes, DOMAIN: illegible and partly legible marks, several
keyboards, people copying by hand), not from any scorer. Names are neutral (SCOPE.md point 2).
The truth of a world knows which class an item met; `likelihood` says exactly how probable a
mark is, given a serial of four characters or more: the sum over all classes.
"""

import re
from collections.abc import Iterable
from typing import Literal, get_args

ErrorClass = Literal[
    "legible",
    "unread one",
    "unread run",
    "unread end",
    "look-alike",
    "look-alike and unread",
    "doubtful",
    "misread digit",
    "transposed",
    "left out",
    "other script",
]
CLASSES: tuple[ErrorClass, ...] = get_args(ErrorClass)
SHARES: dict[ErrorClass, float] = {
    "legible": 0.695,
    "unread one": 0.09,
    "unread run": 0.05,
    "unread end": 0.015,
    "look-alike": 0.05,
    "look-alike and unread": 0.005,
    "doubtful": 0.02,
    "misread digit": 0.035,
    "transposed": 0.01,
    "left out": 0.005,
    "other script": 0.025,
}
ALIKE = ("0OQD", "1IL7", "5S", "8B", "6G", "2Z")
TWINS = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")
_FROM_TWINS = str.maketrans("АВСЕНКМОРТХУ", "ABCEHKMOPTXY")
_OTHERS = {one: group.replace(one, "") for group in ALIKE for one in group}
_NEAR = {frozenset(pair) for pair in ("38", "17", "06", "68", "49", "56", "08", "27", "39")}
_N_NEAR = 4.0
"""How much more often a digit is taken for one of a near shape than for another."""
P_TRUE_FIRST = 0.6
"""In `{5S}` the first character is the true one so often."""

Outcomes = dict[str, float]


def outcomes(serial: str, error: ErrorClass) -> Outcomes:
    """Return each mark that the class may make of a serial, with its probability.

    Empty: nothing in the serial can meet this class; then the mark stays legible.
    """
    match error:
        case "legible":
            return {serial: 1.0}
        case "unread one" | "unread run" | "unread end":
            return _unread(serial, error)
        case "look-alike" | "look-alike and unread" | "doubtful":
            return _alike(serial, error)
        case "misread digit":
            return _misread(serial)
        case "transposed" | "left out":
            return _moved(serial, error)
        case "other script":
            typed = serial.translate(TWINS)
            return {} if typed == serial else {typed: 1.0}


def likelihood(serial: str, mark: str) -> float:
    """Return the probability of a mark, given a serial: exact, over all classes."""
    if "{" in mark:
        return SHARES["doubtful"] * _p_doubtful(serial, mark)
    if mark.endswith("*"):
        return SHARES["unread end"] * _p_end(serial, mark)
    if "?" in mark:
        return _p_unread(serial, mark)
    return _p_read(serial, mark)


def mark_of(serial: str, *, chance: tuple[float, float]) -> tuple[str, ErrorClass]:
    """Return what is written of a serial and the class that it met, by two numbers of chance."""
    error = _class_at(chance[0])
    possible = outcomes(serial, error)
    if not possible:
        return serial, "legible"
    below = 0.0
    for mark, p_mark in possible.items():
        below += p_mark
        if chance[1] < below:
            return mark, error
    return next(reversed(possible)), error


def sources(mark: str) -> tuple[str, ...]:
    """Return every pattern that a serial behind this mark may have; `?` is any character.

    The inverse of the channel, which an oracle needs; a pattern may still be impossible.
    """
    latin = mark.translate(_FROM_TWINS)
    if latin != mark:
        return (latin,)
    if found := re.search(r"\{(..)\}", mark):
        before, after = mark[: found.start()], mark[found.end() :]
        return tuple(before + one + after for one in found[1])
    if mark.endswith("*"):
        return tuple(mark[:-1] + "?" * n for n in (2, 3))
    alike = [_with(mark, n, other) for n, one in enumerate(mark) for other in _OTHERS.get(one, "")]
    if "?" in mark:
        return (mark, *alike)
    return tuple(dict.fromkeys((mark, *alike, *_sources_of_slips(mark))))


def _class_at(chance: float) -> ErrorClass:
    below = 0.0
    for error, share in SHARES.items():
        below += share
        if chance < below:
            return error
    return CLASSES[-1]


def _unread(serial: str, error: ErrorClass) -> Outcomes:
    if error == "unread end":
        return _sum((serial[:-n] + "*", 0.5) for n in (2, 3))
    lengths = (1,) if error == "unread one" else (2, 3)
    made = []
    for length in lengths:
        n_places = len(serial) - length + 1
        share = 1 / len(lengths) / n_places
        made += [(_with(serial, n, "?" * length), share) for n in range(n_places)]
    return _sum(made)


def _alike(serial: str, error: ErrorClass) -> Outcomes:
    places = _alike_places(serial)
    made: list[tuple[str, float]] = []
    for place in places:
        others = _OTHERS[serial[place]]
        for other in others:
            share = 1 / len(places) / len(others)
            if error == "doubtful":
                made.append((_braced(serial, place, serial[place] + other), share * P_TRUE_FIRST))
                made.append(
                    (_braced(serial, place, other + serial[place]), share * (1 - P_TRUE_FIRST))
                )
            elif error == "look-alike":
                made.append((_with(serial, place, other), share))
            else:
                made += _unread_beside(_with(serial, place, other), place, share)
    return _sum(made)


def _unread_beside(mark: str, place: int, share: float) -> list[tuple[str, float]]:
    beside = [n for n in range(len(mark)) if n != place]
    return [(_with(mark, n, "?"), share / len(beside)) for n in beside]


def _misread(serial: str) -> Outcomes:
    places = [n for n, one in enumerate(serial) if one.isdigit()]
    return _sum(
        (_with(serial, place, other), p_other / len(places))
        for place in places
        for other, p_other in _misreadings(serial[place]).items()
    )


def _misreadings(digit: str) -> Outcomes:
    weights = {
        other: _N_NEAR if frozenset((digit, other)) in _NEAR else 1.0
        for other in "0123456789"
        if other != digit
    }
    return {other: weight / sum(weights.values()) for other, weight in weights.items()}


def _moved(serial: str, error: ErrorClass) -> Outcomes:
    if error == "left out":
        return _sum((serial[:n] + serial[n + 1 :], 1 / len(serial)) for n in range(len(serial)))
    places = _swappable(serial)
    return _sum((_swapped(serial, n), 1 / len(places)) for n in places)


def _sum(made: Iterable[tuple[str, float]]) -> Outcomes:
    total: Outcomes = {}
    for mark, p_mark in made:
        total[mark] = total.get(mark, 0.0) + p_mark
    return total


def _p_doubtful(serial: str, mark: str) -> float:
    place = mark.index("{")
    pair = mark[place + 1 : place + 3]
    rest = mark[:place] + serial[place : place + 1] + mark[place + 4 :]
    if rest != serial or serial[place] not in pair or pair[0] == pair[1]:
        return 0.0
    others = _OTHERS.get(serial[place], "")
    if not set(pair) <= set(others + serial[place]):
        return 0.0
    order = P_TRUE_FIRST if pair[0] == serial[place] else 1 - P_TRUE_FIRST
    return order / len(_alike_places(serial)) / len(others)


def _p_end(serial: str, mark: str) -> float:
    n_cut = len(serial) - len(mark) + 1
    return 0.5 if n_cut in {2, 3} and serial.startswith(mark[:-1]) else 0.0


def _p_unread(serial: str, mark: str) -> float:
    if len(serial) != len(mark):
        return 0.0
    differ = [n for n, pair in enumerate(zip(serial, mark, strict=True)) if pair[0] != pair[1]]
    wrong = [n for n in differ if mark[n] != "?"]
    n_unread = len(differ) - len(wrong)
    if not wrong and n_unread == 1:
        return SHARES["unread one"] / len(serial)
    if not wrong and n_unread in {2, 3} and differ[-1] - differ[0] == n_unread - 1:
        return SHARES["unread run"] / 2 / (len(serial) - n_unread + 1)
    if len(wrong) == 1 and n_unread == 1:
        p_alike = _p_alike(serial, wrong[0], mark[wrong[0]])
        return SHARES["look-alike and unread"] * p_alike / (len(serial) - 1)
    return 0.0


def _p_read(serial: str, mark: str) -> float:
    if mark == serial:
        return _p_legible(serial)
    if len(mark) == len(serial) - 1:
        ways = sum(serial[:n] + serial[n + 1 :] == mark for n in range(len(serial)))
        return SHARES["left out"] * ways / len(serial)
    if len(mark) != len(serial):
        return 0.0
    if serial.translate(TWINS) == mark:
        return SHARES["other script"]
    return _p_slip(serial, mark)


def _p_slip(serial: str, mark: str) -> float:
    """Return the probability of one wrong character, or of two that changed places."""
    differ = [n for n, pair in enumerate(zip(serial, mark, strict=True)) if pair[0] != pair[1]]
    if len(differ) == 2 and _swapped(serial, differ[0]) == mark:
        return SHARES["transposed"] / len(_swappable(serial))
    if len(differ) != 1:
        return 0.0
    place = differ[0]
    p_mark = SHARES["look-alike"] * _p_alike(serial, place, mark[place])
    if serial[place].isdigit() and mark[place] in "0123456789":
        n_digits = sum(one.isdigit() for one in serial)
        p_mark += SHARES["misread digit"] * _misreadings(serial[place])[mark[place]] / n_digits
    return p_mark


def _p_legible(serial: str) -> float:
    """Return the share of legible marks, with the classes that this serial cannot meet."""
    share = SHARES["legible"]
    if not _alike_places(serial):
        share += SHARES["look-alike"] + SHARES["look-alike and unread"] + SHARES["doubtful"]
    if not any(one.isdigit() for one in serial):
        share += SHARES["misread digit"]
    if not _swappable(serial):
        share += SHARES["transposed"]
    if serial.translate(TWINS) == serial:
        share += SHARES["other script"]
    return share


def _p_alike(serial: str, place: int, read: str) -> float:
    others = _OTHERS.get(serial[place], "")
    return 1 / len(_alike_places(serial)) / len(others) if read in others and read else 0.0


def _alike_places(serial: str) -> list[int]:
    return [n for n, one in enumerate(serial) if one in _OTHERS]


def _swappable(serial: str) -> list[int]:
    return [n for n in range(len(serial) - 1) if serial[n] != serial[n + 1]]


def _swapped(serial: str, place: int) -> str:
    two = serial[place : place + 2]
    return serial[:place] + two[::-1] + serial[place + 2 :]


def _with(text: str, place: int, put: str) -> str:
    return text[:place] + put + text[place + len(put) :]


def _braced(text: str, place: int, pair: str) -> str:
    return f"{text[:place]}{{{pair}}}{text[place + 1 :]}"


def _sources_of_slips(mark: str) -> list[str]:
    digits = "0123456789"
    misread = [_with(mark, n, d) for n, one in enumerate(mark) if one.isdigit() for d in digits]
    swapped = [_swapped(mark, n) for n in _swappable(mark)]
    return [*misread, *swapped, *(mark[:n] + "?" + mark[n:] for n in range(len(mark) + 1))]

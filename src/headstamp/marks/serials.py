"""What may a cell say that holds a serial? Serials best first with why, notes kept, rest told.

The raw text is never changed, and no serial here is more than a way to find an entry: a serial
alone identifies nothing.
"""

import re
from itertools import groupby

import msgspec

from headstamp.marks.absences import Absence, read_absence
from headstamp.marks.cells import Part, split_cell
from headstamp.marks.keys import as_ascii, fold, fold_key
from headstamp.marks.notation import SPECIAL, mark_key, parse_mark, transcribed
from headstamp.marks.states import contradiction
from headstamp.reference.caches import remembered
from headstamp.terms.mark import MarkState

MIN_CHARACTERS, MIN_DIGITS = 4, 3
"""What each side of ``/`` needs before the cell is taken for two serials rather than one."""
_PLAIN = re.compile(r"[A-Za-z]*[0-9][A-Za-z0-9]*")
MAX_SERIALS = 16
"""How many a cell may give; what stands there plainly is never among those left out."""


class Serial(msgspec.Struct, frozen=True, kw_only=True):
    """One serial that the cell may hold, as transcribed, in the notation of marks.

    ``penalty`` counts the steps away from what stands there; ``why`` tells each of them.
    ``key`` and ``folded`` are None where no character is legible.
    """

    text: str
    key: str | None
    folded: str | None
    penalty: int
    why: tuple[str, ...]


class SerialReading(msgspec.Struct, frozen=True, kw_only=True):
    """All that was made of one cell: the serials it may hold, the state of the mark, the rest.

    ``state`` is None where the cell says neither a serial nor a state that we understand.
    ``parts`` put together are ``raw``; ``unread`` are those of them that nothing was made of.
    ``absences`` are the phrases that were understood, in the cell's order.
    """

    raw: str
    serials: tuple[Serial, ...]
    state: MarkState | None
    absences: tuple[Absence, ...]
    notes: tuple[str, ...]
    unread: tuple[str, ...]
    parts: tuple[Part, ...]


class _Found(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of parts taken for one serial, before its characters are looked at."""

    text: str
    penalty: int
    why: tuple[str, ...]


@remembered(16_384)
def read_serial(raw: str, *, unread_signs: str = "") -> SerialReading:
    """Return what a cell of serials may say; nothing of it is lost, repaired or guessed.

    Args:
        raw: The cell as found, not in the notation of marks.
        unread_signs: Characters that the file uses for one position that cannot be read;
            without them ``?`` is the character ``?``.

    Returns:
        Serials by penalty, ties in the cell's order; none where the cell holds words only.
        A cell with nothing in it is ``not_recorded``.

    Source:
        docs/methods/marks.md, section 4.

    >>> reading = read_serial("АВ-1234 (gasto)")
    >>> [serial.text for serial in reading.serials], reading.notes
    (['АВ-1234', 'AB-1234'], ('gasto',))
    """
    if _PLAIN.fullmatch(raw) and not any(sign in raw for sign in unread_signs):
        return _read_plain(raw)
    return _read_any(raw, unread_signs)


def _read_plain(raw: str) -> SerialReading:
    """Read a cell of ASCII letters and a digit: one serial, with nothing beside it.

    Four cells in five are such, and everything that ``_read_any`` asks of one has the same
    answer for all of them. A test compares the two.
    """
    key = raw.upper()
    serial = Serial(text=raw, key=key, folded=fold_key(key), penalty=0, why=())
    return SerialReading(
        raw=raw,
        serials=(serial,),
        state="legible",
        absences=(),
        notes=(),
        unread=(),
        parts=(Part(kind="piece", text=raw),),
    )


def _read_any(raw: str, unread_signs: str) -> SerialReading:
    has_signs = any(sign in raw for sign in unread_signs)
    whole = None if has_signs else read_absence(raw)
    if whole is not None:
        return _only_words(raw, whole)
    parts = split_cell(raw)
    options = [option for segment in _segments(parts) for option in _options(segment)]
    serials = _ranked(options, unread_signs)
    said = _wordings(parts, {"note", "phrase"})
    absences = tuple(found for text in said if (found := read_absence(text)) is not None)
    return SerialReading(
        raw=raw,
        serials=serials,
        state=_state_of(serials, absences) if raw.strip() else "not_recorded",
        absences=absences,
        notes=_wordings(parts, {"note", "phrase", "words"}),
        unread=tuple(part.text for part in parts if part.kind == "unread"),
        parts=parts,
    )


def _only_words(raw: str, absence: Absence) -> SerialReading:
    return SerialReading(
        raw=raw,
        serials=(),
        state=absence.state,
        absences=(absence,),
        notes=(raw.strip(),),
        unread=(),
        parts=(Part(kind="phrase", text=raw),),
    )


def _wordings(parts: tuple[Part, ...], kinds: set[str]) -> tuple[str, ...]:
    """Return the texts of some kinds of words; a note in brackets without its brackets."""
    return tuple(
        part.text[1:-1] if part.kind == "note" else part.text
        for part in parts
        if part.kind in kinds
    )


def _state_of(serials: tuple[Serial, ...], absences: tuple[Absence, ...]) -> MarkState | None:
    """Return what the words say where the text allows it, else what the text shows."""
    if not serials:
        return absences[0].state if absences else None
    text = serials[0].text
    for absence in absences:
        if contradiction(absence.state, text) is None:
            return absence.state
    kinds = {position.kind for position in parse_mark(text)}
    if not kinds & {"read", "uncertain"}:
        return "illegible"
    is_part = "illegible" in kinds or any(absence.state == "illegible" for absence in absences)
    return "partial" if is_part else "legible"


# --- which stretches of the cell are serials -----------------------------------------------


def _segments(parts: tuple[Part, ...]) -> list[list[Part]]:
    """Return the stretches between strong dividers, and between words, that hold a piece."""
    cuts = {"words", "phrase", "note", "unread", "label"}
    runs = groupby(parts, key=lambda part: part.kind in cuts or _is_strong(part))
    segments = [_trimmed(list(run)) for is_cut, run in runs if not is_cut]
    return [segment for segment in segments if segment]


def _is_strong(part: Part) -> bool:
    return part.kind == "divider" and part.is_strong


def _trimmed(run: list[Part]) -> list[Part]:
    pieces = [place for place, part in enumerate(run) if part.kind == "piece"]
    return run[pieces[0] : pieces[-1] + 1] if pieces else []


def _options(segment: list[Part]) -> list[_Found]:
    """Return the segment as one serial and as several, the likelier first."""
    whole = _text_of(segment)
    sides = _sides(segment, "divider")
    words = _sides(segment, "separator", only=" ")
    if len(sides) > 1 and all(map(_may_stand_alone, sides)):
        return [*_found(sides, 0, "one of several serials"), *_found([whole], 2, "read as one")]
    if _are_alike(words):
        return [*_found(words, 0, "one of several serials"), *_found([whole], 2, "read as one")]
    others = [text for text in (*sides, *words) if text != whole and _n_digits(text) >= MIN_DIGITS]
    return [*_found([whole], 0, ""), *_found(others, 2, "a part of the cell alone")]


def _found(texts: list[str], penalty: int, why: str) -> list[_Found]:
    reasons = (why,) if why else ()
    return [_Found(text=text, penalty=penalty, why=reasons) for text in texts]


def _text_of(parts: list[Part]) -> str:
    return "".join(part.text for part in parts)


def _sides(segment: list[Part], kind: str, only: str = "") -> list[str]:
    """Return the texts between parts of a kind, or between those of them that are ``only``."""
    is_between = [part.kind == kind and (not only or part.text == only) for part in segment]
    runs = groupby(zip(segment, is_between, strict=True), key=lambda pair: pair[1])
    trimmed = [_trimmed([part for part, _ in run]) for is_cut, run in runs if not is_cut]
    return [_text_of(side) for side in trimmed if side]


def _may_stand_alone(text: str) -> bool:
    n_characters = sum(letter.isalnum() for letter in text)
    return n_characters >= MIN_CHARACTERS and _n_digits(text) >= MIN_DIGITS


def _are_alike(words: list[str]) -> bool:
    """Whether words of equal length are each long enough for a serial."""
    lengths = {len(word) for word in words}
    is_long = len(lengths) == 1 and lengths.pop() > MIN_CHARACTERS
    return len(words) > 1 and is_long and all(map(_may_stand_alone, words))


def _n_digits(text: str) -> int:
    return sum(letter.isdigit() for letter in text)


# --- what its characters may be -------------------------------------------------------------


def _ranked(found: list[_Found], unread_signs: str) -> tuple[Serial, ...]:
    """Return each reading once, by penalty, ties in the order in which they were found."""
    spelled = [reading for option in found for reading in _spellings(option, unread_signs)]
    ordered = sorted(spelled, key=lambda serial: serial.penalty)
    unique = {serial.text: serial for serial in reversed(ordered)}
    serials = [serial for serial in ordered if unique[serial.text] is serial]
    n_plain = sum(serial.penalty == 0 for serial in serials)
    return tuple(serials[: max(n_plain, MAX_SERIALS)])


def _spellings(found: _Found, unread_signs: str) -> list[Serial]:
    """Return a stretch as it stands, without a trailing doubt, and with twins as ASCII."""
    as_found = transcribed(found.text, unread=unread_signs)
    options = [(as_found, found.penalty, found.why)]
    plain = "".join(letter for letter in found.text if letter not in SPECIAL or letter == "\\")
    if plain != found.text and not any(sign in found.text for sign in unread_signs):
        why = (*found.why, "signs such as ? left out")
        options.append((transcribed(plain, unread=unread_signs), found.penalty + 2, why))
    twins = as_ascii(as_found)
    if twins != as_found:
        why = (*found.why, "look-alikes and digits of another script read as Latin")
        options.append((twins, found.penalty + 1, why))
    return [_serial(text, penalty, why) for text, penalty, why in options if text]


def _serial(text: str, penalty: int, why: tuple[str, ...]) -> Serial:
    return Serial(text=text, key=mark_key(text), folded=fold(text), penalty=penalty, why=why)

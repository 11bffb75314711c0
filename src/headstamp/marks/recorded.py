"""What does a mark on record say? Its readings, its key and its state, by today's tables."""

import msgspec

from headstamp.marks.notation import SPECIAL, mark_key, parse_mark, readings
from headstamp.marks.serials import read_serial
from headstamp.reference.caches import remembered
from headstamp.terms.errors import UnreadableMarkError
from headstamp.terms.mark import Mark, MarkState

_UNREAD = "?"
_SIGN = "\ufffd"
"""Stands for an unread character where the cell also holds a question mark that is one."""


class MarkReading(msgspec.Struct, frozen=True, kw_only=True):
    """What one mark may say: each reading in the notation, best first, ``key`` of the best.

    ``state`` is what the record states; where it states none, what the text shows, and None
    where nobody can tell. ``notes`` and ``unread`` are what a form's cell holds beside the
    mark. ``rests_on`` names the rows of reference that the state rests on; ``is_sourced``:
    none of them is a phrase that we wrote ourselves.
    """

    readings: tuple[str, ...] = ()
    key: str | None = None
    state: MarkState | None = None
    notes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    is_sourced: bool = True


def read_mark(mark: Mark) -> MarkReading:
    """Return what a mark may say; nothing is said of a text that breaks the notation.

    >>> read_mark(Mark(mark_id="m", item_id="i", text="12{0O}4")).readings
    ('1204', '12O4')
    >>> read_mark(Mark(mark_id="m", item_id="i", text="RASPADO", reader="cell")).state
    'removed'
    """
    if mark.text is None:
        return MarkReading(state=mark.state)
    read = _read_cell(mark.text) if mark.reader == "cell" else _read_transcription(mark.text)
    if mark.state is None or mark.state == read.state:
        return read
    return msgspec.structs.replace(read, state=mark.state)


@remembered(262_144)
def _read_transcription(text: str) -> MarkReading:
    try:
        positions = parse_mark(text)
    except UnreadableMarkError:
        return MarkReading()
    kinds = {position.kind for position in positions}
    state: MarkState = "legible"
    if not kinds & {"read", "uncertain"}:
        state = "illegible"
    elif kinds & {"illegible", "gap"}:
        state = "partial"
    return MarkReading(readings=readings(text), key=mark_key(text), state=state)


@remembered(262_144)
def _read_cell(text: str) -> MarkReading:
    raw, unread = as_found(text)
    read = read_serial(raw, unread_signs=unread)
    return MarkReading(
        readings=tuple(serial.text for serial in read.serials),
        key=read.serials[0].key if read.serials else None,
        state=read.state,
        notes=read.notes,
        unread=read.unread,
        rests_on=tuple(f"no_serial:{absence.rule.phrase}" for absence in read.absences),
        is_sourced=all(absence.is_sourced for absence in read.absences),
    )


def as_found(text: str) -> tuple[str, str]:
    r"""Return a cell as it was found, out of the notation, and the sign of unread characters.

    The inverse of ``notation.transcribed``.

    >>> as_found("AB?12"), as_found(r"AB\?12"), as_found("12")
    (('AB?12', '?'), ('AB?12', ''), ('12', ''))
    """
    if SPECIAL.isdisjoint(text):
        return text, ""
    has_real = "\\" + _UNREAD in text
    sign = _SIGN if has_real else _UNREAD
    found: list[str] = []
    has_sign = False
    letters = iter(text)
    for letter in letters:
        if letter == "\\":
            found.append(next(letters, ""))
        elif letter == _UNREAD:
            found.append(sign)
            has_sign = True
        else:
            found.append(letter)
    return "".join(found), sign if has_sign else ""

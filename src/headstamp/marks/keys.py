"""Under which keys is a reading found? The exact key is ``mark_key``; here it is folded.

Folding is for finding only: the record and the reading keep their own characters, and a second,
finer comparison decides how good a find is.
"""

from headstamp.marks.notation import mark_key
from headstamp.reference.caches import remembered
from headstamp.reference.marking import lookalikes


def fold(reading: str) -> str | None:
    r"""Return the folded key of a reading: twins as ASCII, look-alikes as one of their class.

    ``?`` and ``*`` stay what they are; characters without a row stay as seen. None if nothing is
    legible. Folding twice changes nothing.

    >>> fold("ОB-1O?"), fold("0810?"), fold("ж٣"), fold("??")
    ('0810?', '0810?', 'Ж3', None)

    Raises:
        UnreadableMarkError: The text breaks the notation.

    Source:
        reference/lookalikes.csv; docs/methods/marks.md, section 3.
    """
    key = mark_key(reading)
    return None if key is None else fold_key(key)


def fold_key(key: str) -> str:
    """Return the folded key of an exact one.

    >>> fold_key("OB1O?")
    '0810?'
    """
    return key.translate(_ascii()).translate(_classes())


def as_ascii(text: str) -> str:
    """Return a text with the twins and digits of other scripts as ASCII, nothing else changed.

    >>> as_ascii("АВ ١٢ ж"), as_ascii("ab")
    ('AB 12 Ж', 'ab')
    """
    return text.translate(_ascii())


@remembered()
def _ascii() -> dict[int, str]:
    return {ord(row.character): row.reads_as for row in lookalikes() if row.kind != "class"}


@remembered()
def _classes() -> dict[int, str]:
    return {ord(row.character): row.reads_as for row in lookalikes() if row.kind == "class"}


@remembered()
def folded_signs() -> tuple[str, ...]:
    """Return the digits and Latin letters that a folded key may hold, digits first."""
    signs = (sign.translate(_classes()) for sign in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return tuple(dict.fromkeys(signs))


@remembered()
def look_alikes() -> dict[str, tuple[str, ...]]:
    """Return, for each sign that looks like others, those others.

    >>> look_alikes()["5"], look_alikes()["O"]
    (('S',), ('0', 'D', 'Q'))
    """
    classes = _classes()
    signs = [chr(point) for point in classes] + sorted(set(classes.values()))
    alike = {sign: sign.translate(classes) for sign in dict.fromkeys(signs) if sign.isascii()}
    return {
        sign: tuple(sorted(other for other, c in alike.items() if c == of and other != sign))
        for sign, of in alike.items()
    }

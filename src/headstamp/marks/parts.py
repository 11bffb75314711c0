"""Does a part belong to the weapon by its number? The rule of the last three digits."""

from typing import Literal

from headstamp.marks.notation import Position, parse_mark

PartVerdict = Literal["agrees", "may_agree", "differs", "cannot_tell"]
N_DIGITS = 3


def compare_part(part_number: str, serial: str) -> PartVerdict:
    """Return whether a part carries the last three digits of the serial on the receiver.

    Russia reports that marks on parts are these three digits. ``may_agree``: an unread or doubtful
    character leaves it open. ``cannot_tell``: the part carries no three characters, the serial is
    shorter, or either ends in a gap. Agreement is one in a thousand by chance: an indication.

    >>> compare_part("345", "AB12345"), compare_part("3?5", "AB12345"), compare_part("346", "12345")
    ('agrees', 'may_agree', 'differs')

    Raises:
        UnreadableMarkError: A text breaks the notation.

    Source:
        poa-iss.org, national report of Russia (IntTraIns_Id 95); docs/methods/marks.md, section 9.
    """
    part, ending = parse_mark(part_number), parse_mark(serial)[-N_DIGITS:]
    if len(part) != N_DIGITS or len(ending) != N_DIGITS or _has_gap((*part, *ending)):
        return "cannot_tell"
    pairs = [(_may_read(one), _may_read(other)) for one, other in zip(part, ending, strict=True)]
    if all(len(one) == 1 and one == other for one, other in pairs):
        return "agrees"
    return "may_agree" if all(not one.isdisjoint(other) for one, other in pairs) else "differs"


def _has_gap(positions: tuple[Position, ...]) -> bool:
    return any(position.kind == "gap" for position in positions)


def _may_read(position: Position) -> frozenset[str]:
    """Return the characters that a position may be; an unread one may be any digit."""
    return frozenset(position.alternatives) or frozenset("0123456789")

"""Registers in memory and items that are looked for in them; no test of its own.

What a reading and an entry have in common is told here once more, plainly: the classes of
look-alikes are written out by hand, and every pair is looked at.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from hypothesis import strategies as st
from typing_extensions import override

from headstamp.casebook.own_records import part_of_lines
from headstamp.linkage.gathering import Weighing
from headstamp.linkage.held import HeldPart, HeldRegister
from headstamp.linkage.probes import Described, Place, Probe, lots_of, readings_of
from headstamp.linkage.propose import find_rivals, proposals_of
from headstamp.linkage.sieve import Sieve
from headstamp.linkage.variants import Question
from headstamp.marks.packed import Packed, pack_all
from headstamp.marks.recorded import MarkReading
from headstamp.reference.weights import Weights, weights
from headstamp.terms.proposal import OtherKind, Proposal
from headstamp.terms.register import RegisterEntry

CLASSES = ("0OQD", "1IL7", "5S", "8B", "6G", "2Z")
FOLDED = str.maketrans({letter: alike[0] for alike in CLASSES for letter in alike})
FOLDED_SIGNS = "012345689ACEFHJKMNPRTUVWXY"
"""What is left of ten digits and 26 letters when every class is its first sign."""
DIGITS = "0123456789"
SIGNS = "0OQD1IL75S8B6G2ZAX39"
TEXTS = st.text(SIGNS, min_size=2, max_size=9).map(lambda text: text + "4")
"""Serials that end in a digit: words alone are no serials."""


# --- items and registers ------------------------------------------------------------------------


def probe(
    item_id: str,
    *serials: str,
    lots: Sequence[str] = (),
    state: str = "legible",
    place: Place | None = None,
    maker: str | None = None,
    model: str | None = None,
) -> Probe:
    """Return an item with one mark that reads so, best first; ``maker="a"`` and its like."""
    read = MarkReading(readings=serials, state=state)  # type: ignore[arg-type]
    borne = MarkReading(readings=tuple(lots))
    return Probe(
        item_id=item_id,
        readings=readings_of(f"m-{item_id}", read),
        lots=lots_of(f"l-{item_id}", borne),
        described=_described(maker, model),
        place=place,
    )


def entry(entry_id: str, serial: str | None = None, **told: str | None) -> RegisterEntry:
    """Return an entry; a pair of ends in ``serial_from`` and ``serial_to`` makes a range."""
    return RegisterEntry(register="mine", entry_id=entry_id, serial=serial, **told)  # type: ignore[arg-type]


def describe(written: RegisterEntry) -> Described:
    """Return makers and models as they are written: several are divided by a slash."""
    return _described(written.maker, written.model)


def _described(maker: str | None, model: str | None) -> Described:
    return Described(
        makers=frozenset(maker.split("/")) if maker else frozenset(),
        models=frozenset(model.split("/")) if model else frozenset(),
    )


def register_of(
    *parts: Sequence[RegisterEntry], other_kind: OtherKind = "register_entry"
) -> HeldRegister:
    """Return a register of these parts, held in memory."""
    return held(*map(part_of_lines, parts), other_kind=other_kind)


def held(*parts: HeldPart, other_kind: OtherKind = "register_entry") -> HeldRegister:
    """Return a register of parts as they are held."""
    return HeldRegister("mine", parts, describe=describe, other_kind=other_kind)


def with_keys(part: HeldPart, cells: Iterable[tuple[int, str, int]]) -> HeldPart:
    """Return the part with other keys: (place, serial, steps from the cell to it)."""
    told = list(cells)
    keys = pa.table(
        [
            pa.array(pack_all([serial.translate(FOLDED) for _, serial, _ in told]), pa.int64()),
            pa.array(pack_all([serial for _, serial, _ in told]), pa.int64()),
            pa.array([penalty for _, _, penalty in told], pa.int8()),
            pa.array([place for place, _, _ in told], pa.int64()),
        ],
        names=["key", "exact", "penalty", "place"],
    )
    return HeldPart(rows=part.rows, keys=keys, ranges=part.ranges, lots=part.lots)


class Everything(Sieve):
    """Every key there is: nothing is stopped."""

    def __init__(self) -> None:
        """Hold them."""

    @override
    def may_hold(self, keys: Packed) -> npt.NDArray[np.bool_]:
        return np.ones(len(keys), dtype=np.bool_)


def question_of(probes: Sequence[Probe]) -> Question:
    """Return the question that looks for these items under all their keys."""
    return Question(probes, sieve=Everything())


def proposed(
    probes: Sequence[Probe], register: HeldRegister, *, by: Weights | None = None
) -> tuple[Proposal, ...]:
    """Return what is proposed; no two calibres are compatible."""
    question = Question(probes, sieve=register.sieve)
    weighing = Weighing(register, by or weights(), lambda _a, _b: False)
    rivals = find_rivals(question, weighing, register.asking)
    return proposals_of(rivals, register, n_items=len(question.probes), by=by or weights())


# --- told by looking at every pair ----------------------------------------------------------------


def may_be(reading: str, serial: str) -> bool:
    """Whether a reading may be this serial: sign by sign the same, alike, or not read.

    Of three that nobody could read all must be digits; of more nothing is said.
    """
    one, other = reading.translate(FOLDED), serial.translate(FOLDED)
    n_unread = one.count("?")
    fillings = FOLDED_SIGNS if n_unread <= 2 else DIGITS
    return (
        len(one) == len(other)
        and n_unread <= 3
        and all(a == b or (a == "?" and b in fillings) for a, b in zip(one, other, strict=True))
    )


def one_edit_away(key: str, signs: str) -> Iterator[str]:
    """Yield every text one edit away: another sign, one less, one more, two changed over."""
    for at in range(len(key) + 1):
        yield from (key[:at] + sign + key[at:] for sign in signs)
    for at in range(len(key)):
        yield key[:at] + key[at + 1 :]
        yield from (key[:at] + sign + key[at + 1 :] for sign in signs if sign != key[at])
    for at in range(len(key) - 1):
        if key[at] != key[at + 1]:
            yield key[:at] + key[at + 1] + key[at] + key[at + 2 :]


def all_filled(text: str, signs: str = DIGITS) -> list[str]:
    """Return every text that one may be when each ``?`` is any of these signs."""
    choices = (signs if sign == "?" else sign for sign in text)
    return ["".join(found) for found in product(*choices)]


def looking_alike(text: str) -> Iterator[str]:
    """Yield the text with one sign taken for another of its class."""
    for at, sign in enumerate(text):
        for alike in CLASSES:
            if sign in alike:
                yield from (text[:at] + other + text[at + 1 :] for other in alike if other != sign)

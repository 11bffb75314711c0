"""What may each item on record be, and what do its marks say? By the tables of today.

Reference rows that were withdrawn take no part: what rested on them is not identified.
"""

from collections.abc import Iterable

import msgspec

from headstamp.casebook.opening import Casebook
from headstamp.marks.identify import Candidates, Identified, identify_item, words_of_item
from headstamp.marks.recorded import MarkReading, read_mark
from headstamp.terms.item import Item
from headstamp.terms.mark import Mark, MarkState

REFERENCE = "reference"
_MAIN_POSITIONS = ("frame", "receiver")


class ItemReading(msgspec.Struct, frozen=True, kw_only=True):
    """What one item may be, and its main serial: of the frame or receiver, else the first.

    ``serial`` is None where no serial mark is on record.
    """

    identified: Identified
    serial: MarkReading | None

    @property
    def serial_key(self) -> str | None:
        """The key of the best reading of the main serial."""
        return None if self.serial is None else self.serial.key

    @property
    def mark_state(self) -> MarkState | None:
        """The state of the main serial; without one on record it is not recorded."""
        return "not_recorded" if self.serial is None else self.serial.state


def read_items(
    casebook: Casebook, *, without: frozenset[str] | None = None
) -> dict[str, ItemReading]:
    """Return what every item may be, by id; marks that are withdrawn or protected say nothing.

    Args:
        without: Rows of reference, ``TABLE:ROW``, that take no part; None: those withdrawn.
    """
    marks = telling_marks(casebook)
    gone = withdrawn_reference(casebook) if without is None else without
    return {
        item_id: _read_item(item, marks.get(item_id, []), gone)
        for item_id, item in casebook.typed("items").items()
        if isinstance(item, Item)
    }


def read_item(casebook: Casebook, item_id: str) -> ItemReading:
    """Return what one item may be."""
    item = casebook.typed("items")[item_id]
    assert isinstance(item, Item)
    marks = telling_marks(casebook).get(item_id, [])
    return _read_item(item, marks, withdrawn_reference(casebook))


def _read_item(item: Item, marks: list[Mark], gone: frozenset[str]) -> ItemReading:
    identified = identify_item(words_of_item(item, marks))
    if gone:
        identified = _without(identified, gone)
    return ItemReading(identified=identified, serial=_main_serial(marks, gone))


def withdrawn_reference(casebook: Casebook) -> frozenset[str]:
    """Return the rows of reference tables, ``TABLE:ROW``, that no longer count here."""
    return frozenset(row for table, row in casebook.decisions.withdrawn if table == REFERENCE)


def _without(identified: Identified, gone: frozenset[str]) -> Identified:
    left = {
        name: tuple(one for one in getattr(identified, name) if one.row not in gone)
        for name in Identified.__struct_fields__
    }
    return Identified(**left)


def telling_marks(casebook: Casebook) -> dict[str, list[Mark]]:
    """Return the marks of each item that count and may be shown, in the order of recording."""
    found: dict[str, list[Mark]] = {}
    graded, protected = casebook.graded, casebook.protected
    for mark_id, mark in casebook.typed("marks").items():
        key = ("marks", mark_id)
        if isinstance(mark, Mark) and key not in protected and graded[key].is_live:
            found.setdefault(mark.item_id, []).append(mark)
    return found


def read_without(mark: Mark, gone: frozenset[str]) -> MarkReading:
    """Return what a mark says; a state that rests on a row that is gone is not known."""
    read = read_mark(mark)
    if gone.isdisjoint(read.rests_on):
        return read
    return msgspec.structs.replace(read, state=mark.state)


def _main_serial(marks: Iterable[Mark], gone: frozenset[str]) -> MarkReading | None:
    """Return the reading of the serial on frame or receiver, else of the first that reads."""
    read = [(mark, read_without(mark, gone)) for mark in marks if mark.kind == "serial"]
    if not read:
        return None
    ranked = sorted(read, key=lambda pair: (pair[1].key is None, not _is_main(pair[0])))
    return ranked[0][1]


def _is_main(mark: Mark) -> bool:
    return bool(mark.position) and str(mark.position).lower().startswith(_MAIN_POSITIONS)


def candidate_fields(identified: Identified) -> dict[str, Candidates]:
    """Return the fields of an identification with their candidates, in the order of telling."""
    return {
        "maker": identified.makers,
        "country of making": identified.countries,
        "calibre": identified.calibres,
        "type": identified.types,
        "model": identified.models,
        "year of making": identified.years,
    }

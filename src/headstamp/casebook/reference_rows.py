"""What rests on a row of the reference tables, and what falls where it no longer counts?"""

from collections import Counter
from collections.abc import Iterator

from headstamp.casebook.columns import DIFFERENCE
from headstamp.casebook.identification import (
    ItemReading,
    candidate_fields,
    read_items,
    withdrawn_reference,
)
from headstamp.casebook.opening import Casebook
from headstamp.marks.identify import determined
from headstamp.marks.recorded import read_mark
from headstamp.terms.mark import Mark
from headstamp.terms.table import Cell, Table

PREFIX = "reference:"


def rests_on_reference(casebook: Casebook, row: str) -> bool:
    """Whether what some item may be, or what some mark says, rests on a row (``TABLE:ROW``)."""
    nothing_gone = read_items(casebook, without=frozenset()).values()
    in_items = (
        found.row == row
        for read in nothing_gone
        for candidates in candidate_fields(read.identified).values()
        for found in candidates
    )
    marks = (mark for mark in casebook.typed("marks").values() if isinstance(mark, Mark))
    return any(in_items) or any(row in read_mark(mark).rests_on for mark in marks)


def reference_difference(casebook: Casebook, row: str, *, counts: bool) -> Table:
    """Return what is determined of how many items before and after a row counts, or does not.

    One row per answer whose number changes; protected items take no part.
    """
    gone = withdrawn_reference(casebook)
    after = gone - {row} if counts else gone | {row}
    numbers = [
        Counter(
            answer
            for item_id, read in read_items(casebook, without=without).items()
            if not casebook.is_protected("items", item_id)
            for answer in _answers(read)
        )
        for without in (gone, after)
    ]
    before, then = numbers
    rows = tuple(
        _row(answer, before[answer], then[answer])
        for answer in sorted(before.keys() | then.keys())
        if before[answer] != then[answer]
    )
    return Table(name="difference", columns=DIFFERENCE, rows=rows)


def _answers(read: ItemReading) -> Iterator[str]:
    for field, candidates in candidate_fields(read.identified).items():
        meaning = determined(candidates)
        if meaning is not None:
            yield f"{field}: {meaning}"
    if read.mark_state is not None:
        yield f"state of the serial: {read.mark_state}"


def _row(answer: str, before: int, after: int) -> dict[str, Cell]:
    change = "changed"
    if not before or not after:
        change = "new" if after else "fell"
    return {
        "change": change,
        "kind": "identification",
        "id": answer,
        "before": f"{before} items" if before else None,
        "after": f"{after} items" if after else None,
        "rests_on": [],
    }

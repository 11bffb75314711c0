"""How is it said what an item may be? Every candidate, what speaks for and against, its row."""

from collections.abc import Iterator

from headstamp.casebook.identification import candidate_fields, read_item
from headstamp.casebook.lines import Line
from headstamp.casebook.opening import Casebook
from headstamp.marks.identify import determined
from headstamp.terms.identification import Identification

_N_TOLD = 8


def identification_lines(casebook: Casebook, item_id: str) -> Iterator[Line]:
    """Yield what one item may be, field by field: determined or not, and by which rows."""
    read = read_item(casebook, item_id)
    for field, candidates in candidate_fields(read.identified).items():
        if not candidates:
            continue
        meaning = determined(candidates)
        said = meaning or f"not determined: {len(candidates)} possible"
        yield Line(level=1, text=f"{field}: {said}")
        for found in candidates[:_N_TOLD]:
            yield Line(level=2, id=f"reference:{found.row}", text=_told(found))
        if len(candidates) > _N_TOLD:
            yield Line(level=2, text=f"… and {len(candidates) - _N_TOLD} more")
    if read.serial is not None:
        yield from _serial_lines(read.serial.readings, read.serial.state)


def _told(found: Identification) -> str:
    support = "; ".join(found.support)
    against = f"; against it: {'; '.join(found.against)}" if found.against else ""
    source = found.source if found.is_sourced else "none that anybody opened"
    return f"{found.meaning}: {support}{against}; source: {source}"


def _serial_lines(readings: tuple[str, ...], state: str | None) -> Iterator[Line]:
    said = ", ".join(readings[:_N_TOLD]) or "nothing"
    yield Line(level=1, text=f"serial reads {said}; state: {state or 'not understood'}")

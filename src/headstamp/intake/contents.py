"""Do the cells of one row agree with each other? Rules by table, none of which repairs."""

import re
from collections.abc import Callable, Mapping
from typing import cast, get_args

from headstamp.intake import row_kinds
from headstamp.intake.cells import Value
from headstamp.intake.trouble import Trouble, shown
from headstamp.marks.states import contradiction
from headstamp.terms.errors import UnreadableMarkError
from headstamp.terms.mark import MarkState

_MEASURED = frozenset({"kg", "l"})
_GROUPED = re.compile(r"([1-9][0-9]{0,2})\.([0-9]{3})")

ContentRule = Callable[[Mapping[str, Value]], list[Trouble]]


def relays_repeat(values: Mapping[str, Value]) -> list[Trouble]:
    """Refuse relays that name a source twice, or the source that took it from them."""
    relays = values.get("relays")
    if not isinstance(relays, list):
        return []
    if len(set(relays)) == len(relays) and values.get("source_id") not in relays:
        return []
    chain = [*relays, str(values["source_id"])] if "source_id" in values else relays
    twice = sorted({name for name in chain if chain.count(name) > 1})
    said = f"names a source twice, the row's own included: {', '.join(twice)}"
    raw = ";".join(relays)
    return [Trouble(kind=row_kinds.RELAYS_REPEAT, column="relays", raw=raw, said=said)]


def state_contradicted(values: Mapping[str, Value]) -> list[Trouble]:
    """Say that the state of a mark and its text cannot both be meant."""
    state, text = values.get("state"), values.get("text")
    if state not in get_args(MarkState):
        return []
    try:
        because = contradiction(cast("MarkState", state), cast("str | None", text))
    except UnreadableMarkError:
        return []
    if because is None:
        return []
    said = f"does not agree with the text {shown(str(text or ''))}: {because}"
    return [Trouble(kind=row_kinds.STATE_CONTRADICTED, column="state", raw=str(state), said=said)]


def days_without_claim(values: Mapping[str, Value]) -> list[Trouble]:
    """Say that days are counted from a claim that nobody names."""
    if "after_days" not in values or "after_claim" in values:
        return []
    raw = str(values["after_days"])
    said = "counts days after a claim, and after_claim is empty"
    return [Trouble(kind=row_kinds.DAYS_WITHOUT_CLAIM, column="after_days", raw=raw, said=said)]


def parts_of_pieces(values: Mapping[str, Value]) -> list[Trouble]:
    """Ask what is meant where things that are counted come in parts, as in 2.5 rounds."""
    if ("quantity" not in values and "present" not in values) or values.get("unit") in _MEASURED:
        return []
    return [*_parts_in("quantity", values), *_parts_in("present", values)]


def point_in_thousands(values: Mapping[str, Value]) -> list[Trouble]:
    """Ask the same of a claim, which has no unit: only where a point may part thousands."""
    troubles = _parts_in("quantity", values)
    return troubles if _thousands(str(values.get("quantity", ""))) else []


def _parts_in(column: str, values: Mapping[str, Value]) -> list[Trouble]:
    """Return the question about one number; 2.0 is whole, 1.000 may be a thousand."""
    number = str(values.get(column, ""))
    grouped = _thousands(number)
    if not grouped and not number.partition(".")[2].strip("0"):
        return []
    said = f"is no whole number of {values.get('unit', 'piece')}s; it was kept as written"
    if grouped and not number.partition(".")[2].strip("0"):
        said = f"was read as {number.partition('.')[0]}, and kept as written"
    hint = ""
    if grouped:
        said += f": is it meant as {grouped}?"
        hint = f"write {number.replace('.', '')} if {grouped} is meant"
    kind = row_kinds.PARTS_OF_PIECES
    return [Trouble(kind=kind, column=column, raw=number, said=said, hint=hint)]


def _thousands(number: str) -> str:
    """Return in words what a number means if its point parts thousands; empty if it cannot.

    >>> _thousands("1.200"), _thousands("12.050"), _thousands("1.25"), _thousands("0.500")
    ('1 thousand 200', '12 thousand 50', '', '')
    """
    found = _GROUPED.fullmatch(number)
    if found is None:
        return ""
    rest = int(found[2])
    return f"{found[1]} thousand {rest}" if rest else f"{found[1]} thousand"


CONTENT_RULES: dict[str, tuple[ContentRule, ...]] = {
    "(all)": (relays_repeat,),
    "marks": (state_contradicted,),
    "items": (parts_of_pieces,),
    "consignment_lines": (parts_of_pieces,),
    "claims": (days_without_claim, point_in_thousands),
}

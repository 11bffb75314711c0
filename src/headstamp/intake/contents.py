"""Do the cells of one row agree with each other? Rules by table, none of which repairs."""

from collections.abc import Callable, Mapping
from typing import cast, get_args

from headstamp.intake import row_kinds
from headstamp.intake.cells import Value
from headstamp.intake.trouble import Trouble, shown
from headstamp.marks.states import contradiction
from headstamp.terms.errors import UnreadableMarkError
from headstamp.terms.mark import MarkState

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


CONTENT_RULES: dict[str, tuple[ContentRule, ...]] = {
    "(all)": (relays_repeat,),
    "marks": (state_contradicted,),
    "claims": (days_without_claim,),
}

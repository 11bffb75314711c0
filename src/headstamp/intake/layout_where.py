"""Does a rule of a layout apply to a row? Conditions on cells, worked out once per sheet."""

from collections.abc import Callable, Mapping

from headstamp.intake.grids import RawCell
from headstamp.intake.layout import Layout, Test, Where
from headstamp.intake.layout_cells import CellTest, compile_filled, folded, text_of
from headstamp.intake.patterns import is_found

NO_COLUMN = -1
"""The place of an optional column that the sheet lacks."""

RowTest = Callable[[list[RawCell]], bool]


def compile_where(layout: Layout, where: Where, places: Mapping[str, int]) -> RowTest | None:
    """Return the question whether a row meets all conditions, or None where there are none.

    Equal cells are asked once.
    """
    if not where:
        return None
    filled = compile_filled(layout.file.empty)
    asked = [
        (places[short], _cell_test(test, layout.column(short).split, filled), dict[object, bool]())
        for short, test in where.items()
    ]

    def holds(cells: list[RawCell]) -> bool:
        for place, test, remembered in asked:
            cell = cells[place] if place != NO_COLUMN else None
            # Python holds 1, 1.0 and True for equal; a person does not.
            key = cell if isinstance(cell, str) else (type(cell), cell)
            known = remembered.get(key)
            if known is None:
                known = remembered[key] = test(cell)
            if not known:
                return False
        return True

    return holds


def _cell_test(test: tuple[str, ...] | Test, split: str, filled: CellTest) -> CellTest:
    if not isinstance(test, Test):
        test = Test(among=test)
    asked: list[CellTest] = []
    if test.among is not None:
        among = frozenset(map(folded, test.among))
        asked.append(lambda cell: folded(text_of(cell)) in among)
    if test.none_of is not None:
        none_of = frozenset(map(folded, test.none_of))
        asked.append(lambda cell: folded(text_of(cell)) not in none_of)
    if test.has is not None:
        has = frozenset(map(folded, test.has))
        asked.append(lambda cell: not has.isdisjoint(_parts(cell, split)))
    if test.pattern is not None:
        pattern = test.pattern
        asked.append(lambda cell: is_found(pattern, text_of(cell)))
    if test.unlike is not None:
        unlike = test.unlike
        asked.append(lambda cell: not is_found(unlike, text_of(cell)))
    if test.empty is not None:
        is_empty = test.empty
        asked.append(lambda cell: filled(cell) is not is_empty)
    return lambda cell: all(one(cell) for one in asked)


def _parts(cell: RawCell, split: str) -> set[str]:
    text = text_of(cell)
    return {folded(part) for part in (text.split(split) if split else [text])}

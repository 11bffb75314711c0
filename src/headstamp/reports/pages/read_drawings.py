"""What does the page of reading draw? What became of each intake, states of marks, identities."""

from collections.abc import Callable

from markupsafe import Markup

from headstamp.reports.case import Case
from headstamp.reports.cells import Row, grouped, number_of, text_of
from headstamp.reports.drawing.shapes import Drawing, svg
from headstamp.reports.drawing.shares import NARROW, WIDE, Bar, Piece, Share, beside, divided
from headstamp.reports.pages.reading_counts import CELLS, ROWS, Count
from headstamp.reports.phrases import label, phrases

_MOST_DRAWN = 12
_LEAST_DRAWN = 20
"""Shares of fewer are not drawn: a bar of one in two looks like knowledge. Tables have them."""
_FILLED = {
    "taken": "kept",
    "read": "kept",
    "same": "before",
    "noted": "before",
    "cells_same": "before",
    "left": "passed",
    "ignored": "passed",
    "refused": "told",
    "reported": "told",
}


def intake_drawings(intakes: tuple[Row, ...]) -> tuple[Markup, ...]:
    """Return the bars of the first intakes of which anything is counted, wide and narrow."""
    counted = [row for row in intakes if text_of(row, "rows")][:_MOST_DRAWN]
    bars = tuple(bar for row in counted for bar in _bars(row))
    described = "; ".join(f"{bar.name}: {_described(bar)}" for bar in bars)
    return _drawn(
        lambda width: divided(
            bars,
            key="intakes",
            width=width,
            title="What became of rows and cells, by file and package",
            description=f"{described}. The tables below say the same.",
        ),
        is_empty=not bars,
    )


def state_drawings(states: tuple[Count, ...]) -> tuple[Markup, ...]:
    """Return the bars of the states of serial marks, wide and narrow."""
    shares = tuple(
        Share(
            name=_state_name(one.what),
            number=one.count,
            base=one.base or 0,
            said=f"{grouped(one.count)} ({one.share} %)",
        )
        for one in states
    )
    return _drawn(
        lambda width: beside(
            shares,
            key="states",
            width=width,
            title="Serial marks on record, by their state",
            description=_told(shares),
        ),
        is_empty=_is_few(shares),
    )


def identified_drawings(case: Case) -> dict[str, tuple[Markup, ...]]:
    """Return the bars of what is identified, by the words of the measure."""
    found: dict[str, list[Share]] = {}
    for row in case.rows("identified"):
        number, base = number_of(row, "identified") or 0, number_of(row, "base") or 0
        share = Share(
            name=label("field", text_of(row, "what")),
            number=number,
            base=base,
            said=f"{grouped(number)} of {grouped(base)} ({text_of(row, 'share')} %)",
        )
        found.setdefault(text_of(row, "measure"), []).append(share)
    return {
        label("measure", measure): _identified(measure, tuple(shares))
        for measure, shares in found.items()
        if not _is_few(tuple(shares))
    }


def _identified(measure: str, shares: tuple[Share, ...]) -> tuple[Markup, ...]:
    return _drawn(
        lambda width: beside(
            shares,
            key=f"identified-{measure}",
            width=width,
            title=f"What is identified of {label('measure', measure)} on record",
            description=_told(shares),
        ),
        is_empty=_is_few(shares),
    )


def _is_few(shares: tuple[Share, ...]) -> bool:
    return all(share.base < _LEAST_DRAWN for share in shares)


def _drawn(draw: Callable[[float], Drawing], *, is_empty: bool) -> tuple[Markup, ...]:
    return () if is_empty else tuple(svg(draw(width)) for width in (WIDE, NARROW))


def _bars(intake: Row) -> tuple[Bar, Bar]:
    named = f"{text_of(intake, 'name')} ({text_of(intake, 'entry')})"
    return _bar(intake, f"{named}: rows", ROWS, "rows"), _bar(
        intake, f"{named}: cells", CELLS, "cells"
    )


def _bar(intake: Row, name: str, fates: tuple[str, ...], part: str) -> Bar:
    pieces = []
    for fate in fates:
        number = number_of(intake, fate) or 0
        said = f"{grouped(number)} {label(part, fate)}"
        pieces.append(Piece(number=number, said=said, css=_FILLED[fate]))
    return Bar(name=name, pieces=tuple(pieces))


def _described(bar: Bar) -> str:
    return ", ".join(piece.said for piece in bar.pieces if piece.number) or "none"


def _told(shares: tuple[Share, ...]) -> str:
    listed = "; ".join(f"{share.name}: {share.said}" for share in shares)
    return f"{listed}. The table below says the same."


def _state_name(state: str) -> str:
    return label("mark_state", state) if state in phrases("mark_state") else label("rows", state)

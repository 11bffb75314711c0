"""What do the shapes mean? The key to a timeline, drawn with the timeline's own shapes."""

from datetime import date

from headstamp.reports.drawing.bars import Span, bar
from headstamp.reports.drawing.scale import TimeScale
from headstamp.reports.drawing.shapes import Drawing, Shape, circle, words
from headstamp.reports.phrases import labels

_FIRST, _EARLY, _LATE, _LAST = (date(2000, month, 1) for month in (1, 3, 9, 12))
_ROW = 30.0
_X0, _X1 = 8.0, 128.0


def legend() -> Drawing:
    """Return the key."""
    scale = TimeScale(first=_FIRST, last=_LAST, x0=_X0, x1=_X1)
    shapes: list[Shape] = []
    y = 20.0
    for span, told in _rows():
        shapes += [*bar(span, scale, y=y), words("verb", told, x=146, y=y + 4)]
        y += _ROW
    for standing, name, _ in labels("standing"):
        shapes.append(circle(f"glyph standing-{standing}", x=68, y=y, r=4.5))
        shapes.append(words("verb", f"Standing: {name}", x=146, y=y + 4))
        y += _ROW
    shapes.append(circle("unattached", x=68, y=y, r=4.5))
    shapes.append(words("verb", "giver not named", x=146, y=y + 4))
    y += _ROW
    return Drawing(
        key="legend",
        css="timeline legend",
        width=340,
        height=y - 8,
        title="Key to the timelines",
        description="A diamond is one possible day; a bar, any day within; an arrow, an end that "
        "is open; a dashed band, a leg that no source dates; a saw-tooth, a gap; a dashed ring off "
        "the line, a leg whose giver is not named.",
        shapes=tuple(shapes),
    )


def _rows() -> list[tuple[Span, str]]:
    return [
        (_span(_EARLY, _EARLY), "one day only is possible"),
        (_span(_EARLY, _LATE), "any day within"),
        (_span(_EARLY, None), "open: no last day known"),
        (_span(_FIRST, _LAST, is_dated=False), "no source dates it"),
        (_span(_EARLY, _LATE, is_gap=True), "gap: nothing on record"),
    ]


def _span(
    earliest: date, latest: date | None, *, is_dated: bool = True, is_gap: bool = False
) -> Span:
    return Span(
        earliest=earliest, latest=latest, standing="documented", is_dated=is_dated, is_gap=is_gap
    )

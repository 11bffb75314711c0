"""When may it have been, drawn? One leg's possible days on a time scale."""

from datetime import date

import msgspec

from headstamp.reports.drawing.scale import TimeScale
from headstamp.reports.drawing.shapes import Shape, path, polyline, rect, words

_HALF = 5.0
_TOOTH = 7.0
_LEAST = 5.0


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """The days of one leg; ``is_dated`` is false where only its neighbours bound it."""

    earliest: date | None
    latest: date | None
    standing: str
    is_dated: bool
    is_gap: bool
    day_label: str = ""


def bar(span: Span, scale: TimeScale, *, y: float) -> list[Shape]:
    """Return the shapes of one span, centred on ``y``."""
    left = scale.x(span.earliest) if span.earliest else scale.x0
    right = scale.x(span.latest) if span.latest else scale.x1
    if span.is_gap:
        return [path("gap-line", zigzag(left, max(right, left + 4 * _TOOTH), y))]
    if span.earliest is None and span.latest is None:
        return _undated(left, right, y, "date not recorded")
    if not span.is_dated:
        return _undated(left, right, y, "not dated")
    css = f"bar standing-{span.standing}"
    if span.earliest == span.latest:
        return [path(css, _diamond(left, y)), *_dated(span, left, scale, y)]
    return [
        rect(css, x=left, y=y - _HALF, width=max(right - left, _LEAST), height=2 * _HALF, rx=2),
        *([] if span.earliest else [path("open-end", _chevron(left, y, -1))]),
        *([] if span.latest else [path("open-end", _chevron(right, y, 1))]),
    ]


def _dated(span: Span, x: float, scale: TimeScale, y: float) -> list[Shape]:
    """Return the day of a diamond, on the side where there is room."""
    if not span.day_label:
        return []
    is_left = x > (scale.x0 + scale.x1) / 2
    anchor, at = ("end", x - 13) if is_left else ("start", x + 13)
    return [words("day", span.day_label, x=at, y=y + 4, anchor=anchor)]


def zigzag(left: float, right: float, y: float) -> str:
    """Return a saw-tooth line: visibly not a road."""
    n_teeth = max(int((right - left) / _TOOTH), 2)
    step = (right - left) / n_teeth
    points = [(left + i * step, y + (-4.0 if i % 2 else 4.0)) for i in range(n_teeth + 1)]
    return polyline(points)


def _undated(left: float, right: float, y: float, told: str) -> list[Shape]:
    width = max(right - left, _LEAST)
    shapes = [rect("band", x=left, y=y - 8, width=width, height=16, rx=3)]
    if width > 110:
        shapes.append(words("band-words", told, x=(left + right) / 2, y=y + 4, anchor="middle"))
    return shapes


def _diamond(x: float, y: float) -> str:
    r = _HALF + 2.5
    return polyline([(x, y - r), (x + r, y), (x, y + r), (x - r, y)]) + "Z"


def _chevron(x: float, y: float, way: int) -> str:
    return polyline([(x - 5 * way, y - 7), (x + 2 * way, y), (x - 5 * way, y + 7)])

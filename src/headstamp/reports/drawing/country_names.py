"""Where does a country's name stand on a map of a region? Inside it, clear of the sites.

Only a part of a country may be on the sheet, so that its own middle is of no use: the part
that is seen is tried place by place, and the one deepest inside wins.
"""

from headstamp.reports.drawing.countries import Country, countries, country_name, unwrapped
from headstamp.reports.drawing.labels import Box
from headstamp.reports.drawing.projection import Frame
from headstamp.reports.drawing.shapes import Shape, text_width, words

_SIZE = 12.5
_SPACED = 1.12
"""Letters of these names stand apart; the style sheet says how far."""
_HIGH = 17.0
_STEP = 16
_CLEAR = 10.0
Points = list[tuple[float, float]]


def country_names(
    frame: Frame, named: tuple[str, ...], sheet: tuple[float, float], taken: list[Box]
) -> list[Shape]:
    """Return the names of the countries of which some part is on the sheet and has room."""
    shapes: list[Shape] = []
    for country in countries():
        if country.code not in named:
            continue
        name = country_name(country.code)
        box = _room_in(_rings_on(country, frame), name, sheet, taken)
        if box is not None:
            taken = [*taken, box]
            middle = (box.left + box.right) / 2
            shapes.append(words("country-name", name, x=middle, y=box.bottom - 5, anchor="middle"))
    return shapes


def _rings_on(country: Country, frame: Frame) -> list[Points]:
    return [[frame.place(spot) for spot in unwrapped(ring)] for ring in country.rings]


def _room_in(
    rings: list[Points], name: str, sheet: tuple[float, float], taken: list[Box]
) -> Box | None:
    """Return the place nearest to the middle of what is seen; inside whole if that can be."""
    wide = text_width(name, size=_SIZE) * _SPACED
    seen = [
        (float(x), float(y))
        for x in range(_STEP, int(sheet[0]), _STEP)
        for y in range(_STEP, int(sheet[1]), _STEP)
        if _is_inside(rings, x, y)
    ]
    if not seen:
        return None
    middle_x = sum(x for x, _ in seen) / len(seen)
    middle_y = sum(y for _, y in seen) / len(seen)
    seen.sort(key=lambda spot: (abs(spot[0] - middle_x) + abs(spot[1] - middle_y), spot))
    boxes = [_box(x, y, wide) for x, y in seen]
    free = [
        box
        for box in boxes
        if _is_on(box, sheet) and not any(_widened(box).meets(other) for other in taken)
    ]
    whole = (box for box in free if _is_whole_inside(rings, box))
    return next(whole, free[0] if free else None)


def _box(x: float, y: float, wide: float) -> Box:
    return Box(left=x - wide / 2, top=y - _HIGH / 2, right=x + wide / 2, bottom=y + _HIGH / 2)


def _widened(box: Box) -> Box:
    return Box(
        left=box.left - _CLEAR,
        top=box.top - _CLEAR,
        right=box.right + _CLEAR,
        bottom=box.bottom + _CLEAR,
    )


def _is_on(box: Box, sheet: tuple[float, float]) -> bool:
    return box.left > 4 and box.right < sheet[0] - 4 and box.top > 4 and box.bottom < sheet[1] - 4


def _is_whole_inside(rings: list[Points], box: Box) -> bool:
    corners = [(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
    return all(_is_inside(rings, x, y) for x, y in corners)


def _is_inside(rings: list[Points], x: float, y: float) -> bool:
    """Whether a line from the point to the right crosses the outlines an odd number of times."""
    is_in = False
    for ring in rings:
        for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
                is_in = not is_in
    return is_in

"""Where was it, and from which state to which? A map of the world and one of the sites.

Sites are circles no smaller than their recorded precision. Arrows join countries, not
places: they are no routes. What cannot be drawn stands in the table beside the map.
"""

import math
from functools import lru_cache

import msgspec

from headstamp.reports.case import Case
from headstamp.reports.cells import Row, text_of
from headstamp.reports.cuts import MOST_LISTED
from headstamp.reports.drawing.countries import (
    Country,
    Ring,
    countries,
    country_name,
    unwrapped,
)
from headstamp.reports.drawing.country_names import country_names
from headstamp.reports.drawing.journeys import countries_named, passages
from headstamp.reports.drawing.labels import Box, Label, Sheet, boxes_of, placed
from headstamp.reports.drawing.projection import Degrees, Frame, region_frame, window_frame
from headstamp.reports.drawing.shapes import (
    Drawing,
    Shape,
    circle,
    number,
    path,
    rect,
)

_SIZE = 12.0
_LEAST_RADIUS = 4.0
_MARGIN_DEGREES = 3.5
_LEAST_SPAN = 9.0
_WIDEST_SPAN = 90.0
_HIGHEST = 0.62
_BEND = 0.2
_LEAST_STEP = 4
"""Tenths of a pixel."""


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A site with coordinates, and how exactly they are known."""

    name: str
    at: Degrees
    precision_m: float


def spots(case: Case) -> tuple[Spot, ...]:
    """Return the sites that are drawn: of those listed, the ones with a place and a precision."""
    listed = case.rows("sites")[:MOST_LISTED]
    return tuple(spot for row in listed if (spot := _spot(row)) is not None)


def world_map(case: Case, *, width: float, css: str, is_cropped: bool = False) -> Drawing:
    """Return the map of the world: countries of legs and sites, and arrows between them.

    A cropped map shows the part of the world in which they lie, for narrow sheets.
    """
    named = countries_named(case)
    spots_named = {shape.code: shape.middle for shape in countries() if shape.code in named}
    wanted = list(spots_named.values()) if is_cropped else []
    frame, height = window_frame(wanted, width)
    middles = {code: frame.place(spot) for code, spot in spots_named.items()}
    pairs = _pairs(case, middles)
    arrows = [shape for start, end in pairs for shape in arrow(start, end)]
    lines = tuple(point for start, end in pairs for point in bent(start, end))
    labels = [Label(text=country_name(code), x=x, y=y) for code, (x, y) in middles.items()]
    return Drawing(
        key=f"world-{css}",
        css=f"map {css}",
        width=width,
        height=height,
        title="Map of the world: countries of the legs on record",
        description="Arrows join the countries recorded for giver and receiver; they are no "
        "routes. The table below the map says the same.",
        shapes=(
            *_land(frame, frozenset(named), (width, height)),
            *arrows,
            *(circle("country-mark", x=x, y=y, r=2.5) for x, y in middles.values()),
            *placed(labels, size=_SIZE, sheet=Sheet(width=width, height=height, lines=lines)),
        ),
    )


def sites_map(case: Case, *, width: float, css: str) -> Drawing | None:
    """Return the map of the region that holds all sites; ``None`` where it would be the world."""
    drawn = spots(case)
    if not drawn:
        return None
    corners = _corners(drawn)
    if corners[1][0] - corners[0][0] > _WIDEST_SPAN:
        return None
    frame, height = region_frame(corners, width)
    named = countries_named(case)
    labels = []
    shapes = list(_land(frame, frozenset(named), (width, height)))
    for spot in drawn:
        x, y = frame.place(spot.at)
        radius = max(frame.pixels(spot.precision_m), _LEAST_RADIUS)
        shapes += [circle("site", x=x, y=y, r=radius), circle("site-mark", x=x, y=y, r=1.5)]
        labels.append(Label(text=spot.name, x=x, y=y, apart=radius))
    sheet = Sheet(width=width, height=height)
    shapes += placed(labels, size=_SIZE, sheet=sheet)
    taken = [box for _, box in boxes_of(labels, _SIZE, sheet)]
    shapes += country_names(frame, named, (width, height), [*taken, *map(_around, labels)])
    return Drawing(
        key=f"sites-{css}",
        css=f"map {css}",
        width=width,
        height=height,
        title="Map of the sites on record",
        description="Each circle is at least as large as the precision with which the site "
        "is recorded: it may be anywhere within. The table below the map says the same.",
        shapes=tuple(shapes),
    )


@lru_cache(maxsize=8)
def _land(frame: Frame, named: frozenset[str], sheet: tuple[float, float]) -> tuple[Shape, ...]:
    """Return sea and land; kept, as several pages show the same map."""
    drawn = [country for country in countries() if country.is_drawn]
    others = "".join(_outline(c, frame, sheet) for c in drawn if c.code not in named)
    involved = "".join(_outline(c, frame, sheet) for c in drawn if c.code in named)
    return (
        rect("sea", x=0, y=0, width=sheet[0], height=sheet[1]),
        path("land", others or "M0,0"),
        *([path("land named", involved)] if involved else []),
    )


def _outline(country: Country, frame: Frame, sheet: tuple[float, float]) -> str:
    """Return a country's rings as path data, leaving out rings that are off the sheet."""
    pieces = []
    for ring in country.rings:
        for part in _within_the_map(unwrapped(ring)):
            points = [frame.place(spot) for spot in part]
            if not _is_off(points, sheet):
                pieces.append(outline(points))
    return "".join(pieces)


def _within_the_map(ring: Ring) -> list[Ring]:
    """Return a ring cut at the edges of the map; what is beyond one comes in at the other."""
    xs = [x for x, _ in ring]
    turns = [turn for turn in (-360, 0, 360) if min(xs) + turn < 180 and max(xs) + turn > -180]
    return [tuple((min(max(x + turn, -180.0), 180.0), y) for x, y in ring) for turn in turns]


def outline(points: list[tuple[float, float]]) -> str:
    """Return a closed path, each step from the point before and none too small to see.

    >>> outline([(0, 0), (10, 0), (10, 5.04), (9.9, 5.04), (0, 0)])
    'M0,0l10,0l0,5z'
    """
    tenths = [(math.floor(x * 10 + 0.5), math.floor(y * 10 + 0.5)) for x, y in points]
    x0, y0 = tenths[0]
    start, steps = f"M{number(x0 / 10)},{number(y0 / 10)}", []
    for x, y in tenths[1:-1]:
        if abs(x - x0) + abs(y - y0) >= _LEAST_STEP:
            steps.append(f"l{number((x - x0) / 10)},{number((y - y0) / 10)}")
            x0, y0 = x, y
    return f"{start}{''.join(steps)}z" if len(steps) > 1 else ""


def _is_off(points: list[tuple[float, float]], sheet: tuple[float, float]) -> bool:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return max(xs) < 0 or min(xs) > sheet[0] or max(ys) < 0 or min(ys) > sheet[1]


def _pairs(
    case: Case, middles: dict[str, tuple[float, float]]
) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Return where each arrow begins and ends, each pair of countries once."""
    codes = dict.fromkeys(
        (passage.from_country, passage.to_country) for passage in passages(case) if passage.is_drawn
    )
    return [
        (middles[start], middles[end])
        for start, end in codes
        if start in middles and end in middles
    ]


def bent(
    start: tuple[float, float], end: tuple[float, float], n_points: int = 40
) -> list[tuple[float, float]]:
    """Return points along an arrow from one place to another."""
    (x0, y0), (x1, y1) = start, end
    bend_x, bend_y = _bend(start, end)
    parts = [n / n_points for n in range(n_points + 1)]
    return [
        (
            (1 - t) ** 2 * x0 + 2 * (1 - t) * t * bend_x + t**2 * x1,
            (1 - t) ** 2 * y0 + 2 * (1 - t) * t * bend_y + t**2 * y1,
        )
        for t in parts
    ]


def _bend(start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    (x0, y0), (x1, y1) = start, end
    return (x0 + x1) / 2 + (y1 - y0) * _BEND, (y0 + y1) / 2 - (x1 - x0) * _BEND


def arrow(start: tuple[float, float], end: tuple[float, float]) -> list[Shape]:
    """Return a bent arrow, bent to its left so that there and back do not fall together."""
    (x0, y0), (x1, y1) = start, end
    bend_x, bend_y = _bend((x0, y0), (x1, y1))
    angle = math.atan2(y1 - bend_y, x1 - bend_x)
    tip_x, tip_y = x1 - 5 * math.cos(angle), y1 - 5 * math.sin(angle)
    wings = [
        (tip_x - 10 * math.cos(angle + side), tip_y - 10 * math.sin(angle + side))
        for side in (0.4, -0.4)
    ]
    curve = f"M{number(x0)},{number(y0)}Q{number(bend_x)},{number(bend_y)} "
    head = "L".join(f"{number(x)},{number(y)}" for x, y in [(tip_x, tip_y), *wings])
    return [
        path("arrow", curve + f"{number(tip_x)},{number(tip_y)}"),
        path("arrow-head", f"M{head}Z"),
    ]


def _spot(row: Row) -> Spot | None:
    try:
        at = (float(text_of(row, "longitude")), float(text_of(row, "latitude")))
        precision = float(text_of(row, "precision_m"))
    except ValueError:
        return None
    name = text_of(row, "name") or text_of(row, "site_id")
    return Spot(name=name, at=at, precision_m=precision)


def _corners(drawn: tuple[Spot, ...]) -> tuple[Degrees, Degrees]:
    """Return the south-west and north-east of the sites, with room around them."""
    west = min(spot.at[0] for spot in drawn) - _MARGIN_DEGREES
    east = max(spot.at[0] for spot in drawn) + _MARGIN_DEGREES
    south = max(min(spot.at[1] for spot in drawn) - _MARGIN_DEGREES, -85.0)
    north = min(max(spot.at[1] for spot in drawn) + _MARGIN_DEGREES, 85.0)
    squeeze = math.cos(math.radians((south + north) / 2))
    least = max(_LEAST_SPAN, (north - south) / squeeze / _HIGHEST)
    wider = max(least - (east - west), 0.0) / 2
    return (west - wider, south), (east + wider, north)


def _around(label: Label) -> Box:
    """Return the room of a site's circle."""
    r = label.apart + 2
    return Box(left=label.x - r, top=label.y - r, right=label.x + r, bottom=label.y + r)

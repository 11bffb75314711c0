"""Which shape has a country? Natural Earth's 1:110m shapes, decoded from TopoJSON.

The file lies in world/ as the package brought it (world/PROVENANCE.md). Borders are drawn
as they are there, without comment, and express no opinion of ours.
"""

import json
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import msgspec
import pycountry

from headstamp.reports.drawing.projection import Degrees

Ring = tuple[Degrees, ...]
SHAPES = "countries-110m.json"


class Country(msgspec.Struct, frozen=True, kw_only=True):
    """One shape: its ISO 3166-1 alpha-2 code (empty where it has none) and its rings."""

    code: str
    name: str
    rings: tuple[Ring, ...]

    @property
    def is_drawn(self) -> bool:
        """Whether a flat map can hold it: Antarctica's ring runs round the pole."""
        return self.code != "AQ"

    @property
    def middle(self) -> Degrees:
        """The centre of its largest ring: a place for an arrow to end, not a place."""
        whole = (unwrapped(ring) for ring in self.rings)
        x, y = _centre(max(whole, key=lambda ring: abs(_doubled_area(ring))))
        return (x + 180.0) % 360.0 - 180.0, y


@cache
def countries() -> tuple[Country, ...]:
    """Return every shape of the file, in its order."""
    text = files("headstamp.reports").joinpath("world", SHAPES).read_text(encoding="utf-8")
    topology = json.loads(text)
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    return tuple(
        Country(
            code=_code(shape.get("id")),
            name=shape["properties"]["name"],
            rings=_rings(shape, arcs),
        )
        for shape in topology["objects"]["countries"]["geometries"]
    )


def country_name(code: str) -> str:
    """Return the short name of a country, of now or former; an unknown code is its own name.

    >>> country_name("SY"), country_name("XA")
    ('Syria', 'XA')
    """
    found = pycountry.countries.get(alpha_2=code) if len(code) == 2 else None
    if found is None and len(code) == 4:
        found = pycountry.historic_countries.get(alpha_4=code)
    if found is None:
        return code
    return str(getattr(found, "common_name", None) or found.name)


def unwrapped(ring: Ring) -> Ring:
    """Return a ring without jumps from one edge of the map to the other.

    A ring that crosses the 180th meridian runs on beyond it: its longitudes leave ±180.
    """
    turn = 0.0
    points = [ring[0]]
    for (last_x, _), (x, y) in pairwise(ring):
        if abs(x - last_x) > 180:
            turn += 360.0 if x < last_x else -360.0
        points.append((x + turn, y))
    return tuple(points)


def _code(numeric: str | None) -> str:
    found = pycountry.countries.get(numeric=numeric) if numeric else None
    return str(found.alpha_2) if found else ""


def _decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> list[Degrees]:
    """Return an arc in degrees: its points are differences, quantised."""
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x += step_x
        y += step_y
        points.append((x * scale_x + move_x, y * scale_y + move_y))
    return points


def _rings(shape: dict[str, Any], arcs: list[list[Degrees]]) -> tuple[Ring, ...]:
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    return tuple(_stitched(ring, arcs) for polygon in polygons for ring in polygon)


def _stitched(ring: list[int], arcs: list[list[Degrees]]) -> Ring:
    """Join a ring's arcs; ``~i`` is arc ``i`` backwards, and a joint is one point."""
    points: list[Degrees] = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return tuple(points)


def _doubled_area(ring: Ring) -> float:
    return sum(
        x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True)
    )


def _centre(ring: Ring) -> Degrees:
    area = _doubled_area(ring)
    x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x0 * y1 - x1 * y0
        x += (x0 + x1) * cross
        y += (y0 + y1) * cross
    return x / (3 * area), y / (3 * area)

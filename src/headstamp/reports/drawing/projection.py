"""Where on the sheet is a place? Two projections, in plain arithmetic.

The world is drawn in the Natural Earth projection (Patterson; Šavrič, Jenny and Patterson
2011, the polynomial of d3-geo), a region in degrees squeezed by the cosine of its middle.
"""

import math

import msgspec

Degrees = tuple[float, float]
"""Longitude and latitude, in that order, as in TopoJSON."""


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """A window on a projection: what lies between two corners fills a sheet."""

    left: float
    top: float
    units_per_pixel: float
    squeeze: float | None = None

    def place(self, spot: Degrees) -> tuple[float, float]:
        """Return where a place stands on the sheet."""
        x, y = _raw(spot, self.squeeze)
        return (x - self.left) / self.units_per_pixel, (self.top - y) / self.units_per_pixel

    def pixels(self, metres: float) -> float:
        """Return how long a distance is on the sheet, on a regional frame."""
        return metres / _METRES_PER_DEGREE / self.units_per_pixel


_METRES_PER_DEGREE = 111_195.0
"""A degree of a meridian on a sphere of 6,371 km."""


def world_frame(width: float, *, south: float = -57.0, north: float = 84.0) -> tuple[Frame, float]:
    """Return the frame of the whole world but Antarctica, and how high it is."""
    left, right = natural_earth((-180.0, 0.0))[0], natural_earth((180.0, 0.0))[0]
    top, bottom = natural_earth((0.0, north))[1], natural_earth((0.0, south))[1]
    unit = (right - left) / width
    return Frame(left=left, top=top, units_per_pixel=unit), (top - bottom) / unit


def window_frame(spots: list[Degrees], width: float) -> tuple[Frame, float]:
    """Return the part of the world's frame that holds these places, with room around them.

    At least two fifths of the world are shown; without places, all of it.
    """
    world, _ = world_frame(width)
    places = [world.place(spot) for spot in spots]
    if not places:
        return world_frame(width)
    xs, ys = [x for x, _ in places], [y for _, y in places]
    across = min(max((max(xs) - min(xs)) * 1.4, width * 0.4), width)
    high = max((max(ys) - min(ys)) * 1.8, across * 0.62)
    middle_x, middle_y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    unit = world.units_per_pixel * across / width
    left = world.left + max(middle_x - across / 2, 0.0) * world.units_per_pixel
    top = world.top - max(middle_y - high / 2, 0.0) * world.units_per_pixel
    return Frame(left=left, top=top, units_per_pixel=unit), high * width / across


def region_frame(corners: tuple[Degrees, Degrees], width: float) -> tuple[Frame, float]:
    """Return the frame of a region from its south-west and north-east, and how high it is."""
    (west, south), (east, north) = corners
    squeeze = math.cos(math.radians(round((south + north) / 2)))
    unit = (east - west) * squeeze / width
    frame = Frame(left=west * squeeze, top=north, units_per_pixel=unit, squeeze=squeeze)
    return frame, (north - south) / unit


def natural_earth(spot: Degrees) -> tuple[float, float]:
    """Return a place in the Natural Earth projection, in radians of the sphere.

    >>> natural_earth((0.0, 0.0))
    (0.0, 0.0)
    """
    longitude, latitude = math.radians(spot[0]), math.radians(spot[1])
    p2 = latitude * latitude
    p4 = p2 * p2
    x = longitude * (
        0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4))
    )
    y = latitude * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)))
    return x, y


def _raw(spot: Degrees, squeeze: float | None) -> tuple[float, float]:
    if squeeze is None:
        return natural_earth(spot)
    return spot[0] * squeeze, spot[1]

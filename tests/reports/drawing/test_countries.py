import hashlib
from importlib.resources import files
from itertools import pairwise

import pytest

from headstamp.reports.drawing.countries import (
    SHAPES,
    countries,
    country_name,
    unwrapped,
)
from headstamp.reports.drawing.projection import natural_earth, world_frame

PACKAGE_DIGEST = "2516c915867c7baf18ddec727aec46c315541a07cfb3d79a6559b05d5e94eee8"
"""Of countries-110m.json in npm's world-atlas 2.0.2; see docs/decisions/0004-world-map.md."""


def test_the_shapes_are_those_of_the_package_byte_for_byte() -> None:
    """What is shipped is what the package brought; the provenance beside it says the same."""
    world = files("headstamp.reports").joinpath("world")
    digest = hashlib.sha256(world.joinpath(SHAPES).read_bytes()).hexdigest()

    assert digest == PACKAGE_DIGEST
    assert PACKAGE_DIGEST in world.joinpath("PROVENANCE.md").read_text(encoding="utf-8")


def test_rings_are_closed_and_on_the_globe() -> None:
    """Arcs are decoded and joined: each ring ends where it began."""
    shapes = countries()

    assert len(shapes) == 177
    for shape in shapes:
        for ring in shape.rings:
            assert ring[0] == pytest.approx(ring[-1])
            assert all(-180.01 <= x <= 180.01 and -90 <= y <= 90 for x, y in ring)


@pytest.mark.parametrize(
    ("code", "west", "south", "east", "north"),
    [
        ("IQ", 38, 29, 49, 38),
        ("SY", 35, 32, 43, 38),
        ("BG", 22, 41, 29, 45),
        ("FJ", 176, -19, 180, -16),
    ],
)
def test_countries_stand_where_they_are(
    code: str, west: float, south: float, east: float, north: float
) -> None:
    """Codes lead to the right shape: its middle lies in known bounds."""
    (shape,) = [shape for shape in countries() if shape.code == code]
    x, y = shape.middle

    assert west < x < east
    assert south < y < north


def test_a_ring_across_the_180th_meridian_has_no_jump() -> None:
    """No line runs over the whole map."""
    for shape in countries():
        if shape.is_drawn:
            for ring in shape.rings:
                xs = [x for x, _ in unwrapped(ring)]
                assert all(abs(b - a) < 180 for a, b in pairwise(xs))
                assert xs[0] == pytest.approx(xs[-1])


def test_the_projection_agrees_with_published_values() -> None:
    """Lengths of the Natural Earth projection: Šavrič, Jenny and Patterson 2011, table."""
    x, _ = natural_earth((180.0, 0.0))
    _, y = natural_earth((0.0, 90.0))

    assert x / 3.141592653589793 == pytest.approx(0.8707)
    assert y / x == pytest.approx(0.52, abs=0.001)


def test_the_world_is_wider_than_high() -> None:
    """The frame leaves out Antarctica and nothing else."""
    frame, height = world_frame(880)

    assert 350 < height < 420
    assert frame.place((0.0, 0.0))[0] == pytest.approx(440)


def test_names_of_countries_of_now_then_and_never() -> None:
    """Former states have names; an invented one is its own code."""
    assert country_name("SUHH") == "USSR, Union of Soviet Socialist Republics"
    assert country_name("XA") == "XA"
    assert country_name("not a code") == "not a code"

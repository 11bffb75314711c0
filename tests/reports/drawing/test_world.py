from collections.abc import Callable

from headstamp.reports.case import Case
from headstamp.reports.drawing.countries import country_name
from headstamp.reports.drawing.journeys import countries_named, passages
from headstamp.reports.drawing.labels import Label, Sheet, boxes_of, placed
from headstamp.reports.drawing.shapes import text_width
from headstamp.reports.drawing.world import sites_map, spots, world_map
from headstamp.terms.table import Table

Tables = dict[str, Table]


def test_a_circle_is_never_smaller_than_the_precision(case: Case) -> None:
    """On the map of the sites a radius covers at least what is recorded, in every direction."""
    drawing = sites_map(case, width=880, css="wide")
    assert drawing is not None
    circles = [s.attributes for s in drawing.shapes if s.attributes["class"] == "site"]
    down = {spot.name: float(c["cy"]) for spot, c in zip(spots(case), circles, strict=True)}
    pixels_per_degree = (down["Ramadi"] - down["Tal Afar"]) / (36.38 - 33.42)

    assert len(circles) == 4
    for circle in circles:
        assert float(circle["r"]) >= 10_000 / 111_195 * pixels_per_degree


def test_a_vague_site_is_a_large_circle(with_row: Callable[..., Tables]) -> None:
    """Ten times the uncertainty is ten times the radius."""
    near = sites_map(
        Case(with_row("sites", where={"country": "IQ"}, precision_m="50000")), width=880, css="wide"
    )
    far = sites_map(
        Case(with_row("sites", where={"country": "IQ"}, precision_m="500000")),
        width=880,
        css="wide",
    )
    assert near
    assert far
    first, second = (
        max(float(s.attributes["r"]) for s in d.shapes if s.attributes["class"] == "site")
        for d in (near, far)
    )

    assert 9.9 < second / first < 10.1


def test_a_site_without_coordinates_or_precision_is_not_drawn(
    with_row: Callable[..., Tables],
) -> None:
    """What is not recorded is not put on a map."""
    case = Case(with_row("sites", where={"site_id": "ramadi"}, precision_m=None))

    assert {spot.name for spot in spots(case)} == {"Tal Afar", "Fallujah", "Al Bukamal"}


def test_sites_all_over_the_world_make_no_map_of_a_region(
    with_row: Callable[..., Tables],
) -> None:
    """A region is a region; the table has what no map shows."""
    case = Case(with_row("sites", where={"site_id": "ramadi"}, longitude="-120"))

    assert sites_map(case, width=880, css="wide") is None
    assert sites_map(Case({}), width=880, css="wide") is None


def test_arrows_join_countries_and_only_where_both_are_recorded(case: Case) -> None:
    """A leg to a party without a country is listed and not drawn."""
    drawn = {(p.from_country, p.to_country): p.is_drawn for p in passages(case)}

    assert drawn["BG", "US"]
    assert drawn["US", "SY"]
    assert not drawn["US", ""]


def test_one_arrow_for_each_pair_of_countries(case: Case) -> None:
    """However many legs join two countries, they are one arrow."""
    drawing = world_map(case, width=880, css="wide")
    arrows = [s for s in drawing.shapes if s.attributes["class"] == "arrow"]
    pairs = {(p.from_country, p.to_country) for p in passages(case) if p.is_drawn}

    assert len(arrows) == len(pairs)


def test_names_never_cover_each_other() -> None:
    """Of many names in one place those that find room stand apart, the others are left out."""
    labels = [Label(text=f"Name {i}", x=80 + 12 * i, y=100) for i in range(20)]
    texts = [
        s for s in placed(labels, size=12, sheet=Sheet(width=400, height=300)) if s.tag == "text"
    ]
    boxes = [
        (float(s.attributes["x"]), float(s.attributes["y"]), text_width(s.text, size=12))
        for s in texts
    ]

    assert 2 <= len(texts) <= 20
    for i, (x, y, wide) in enumerate(boxes):
        for other_x, other_y, other_wide in boxes[i + 1 :]:
            assert abs(y - other_y) >= 15 or x + wide <= other_x or other_x + other_wide <= x


def test_a_name_is_nearest_to_its_own_place() -> None:
    """Beside two places side by side no name can be taken for the other's."""
    labels = [Label(text="Western", x=200, y=100), Label(text="Eastern", x=209, y=100)]
    texts = {
        s.text: s
        for s in placed(labels, size=12, sheet=Sheet(width=400, height=200))
        if s.tag == "text"
    }
    west = float(texts["Western"].attributes["x"]) + text_width("Western", size=12, is_bold=True)
    east = float(texts["Eastern"].attributes["x"])

    assert west <= 200
    assert east >= 209


def test_a_name_keeps_off_the_arrows_where_it_can() -> None:
    """A line to the right of a place sends its name elsewhere, and no farther than it must."""
    label = Label(text="Harbour", x=200, y=100)
    across = tuple((200.0 + step, 100.0) for step in range(0, 150, 5))
    free = boxes_of([label], 12, Sheet(width=400, height=200))
    kept_off = boxes_of([label], 12, Sheet(width=400, height=200, lines=across))

    assert free[0][1].left >= 200
    assert not any(kept_off[0][1].distance(x, y) == 0 for x, y in across)
    assert kept_off[0][1].distance(200, 100) < 15


def test_a_name_apart_from_its_place_has_a_leader() -> None:
    """Whose name it is can be followed with a finger."""
    labels = [Label(text=f"Name {i}", x=200 + 5 * i, y=100) for i in range(4)]
    drawn = placed(labels, size=12, sheet=Sheet(width=600, height=300))
    leaders = [shape.attributes for shape in drawn if shape.tag == "line"]
    places = {(leader["x1"], leader["y1"]) for leader in leaders}

    assert len([shape for shape in drawn if shape.tag == "text"]) == 4
    assert places
    assert places <= {(label.x, label.y) for label in labels}


def test_every_country_that_a_leg_names_is_named_on_the_world(case: Case) -> None:
    """Also one whose legs lead to a party without a country, and so are not drawn."""
    for width, css in ((880, "wide"), (340, "narrow")):
        drawing = world_map(case, width=width, css=css, is_cropped=True)
        names = {s.text for s in drawing.shapes if s.tag == "text"}

        assert {country_name(code) for code in countries_named(case)} == names
    assert {"BG", "US", "SY", "RO", "IQ"} <= set(countries_named(case))


def test_countries_in_view_are_named_clear_of_the_sites(case: Case) -> None:
    """On the map of the sites, inside what is seen of the country."""
    drawing = sites_map(case, width=880, css="wide")
    assert drawing is not None
    names = {
        s.text: s.attributes for s in drawing.shapes if s.attributes["class"] == "country-name"
    }
    sites = [s.attributes for s in drawing.shapes if s.attributes["class"] == "site"]

    assert {"Syria", "Iraq"} <= set(names)
    for at in names.values():
        near = [(float(c["cx"]) - float(at["x"]), float(c["cy"]) - float(at["y"])) for c in sites]
        assert all(abs(x) > 40 or abs(y) > 15 for x, y in near)

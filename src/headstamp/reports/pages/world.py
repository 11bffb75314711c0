"""Where was it? The map, and everything on it as a table."""

from markupsafe import Markup

from headstamp.reports.case import Case
from headstamp.reports.cells import Row, text_of
from headstamp.reports.cuts import Cuts
from headstamp.reports.drawing.countries import country_name
from headstamp.reports.drawing.journeys import Passage, passages
from headstamp.reports.drawing.shapes import svg
from headstamp.reports.drawing.world import sites_map, world_map
from headstamp.reports.pages.page import Page
from headstamp.reports.phrases import label, verb_label
from headstamp.reports.words.subjects import party_link, subject_link

_WIDE, _NARROW = 880.0, 340.0


def map_page(case: Case) -> Page:
    """Return the page of the map."""
    cuts = Cuts("map.html")
    legs = cuts.first(passages(case), "legs between parties", table="chains")
    sites = cuts.first(case.rows("sites"), "sites", table="sites")
    return Page(
        file="map.html",
        template="map.html",
        title="Map",
        values={
            "world": world_drawings(case),
            "region": tuple(
                svg(drawing)
                for width, css in ((_WIDE, "wide"), (_NARROW, "narrow"))
                if (drawing := sites_map(case, width=width, css=css)) is not None
            ),
            "sites": tuple(_site(row) for row in sites),
            "passages": tuple(_passage(case, passage) for passage in legs),
            "cuts": cuts,
        },
        cuts=cuts,
    )


def world_drawings(case: Case) -> tuple[Markup, ...]:
    """Return the map of the world, wide and narrow."""
    return (
        svg(world_map(case, width=_WIDE, css="wide", is_cropped=True)),
        svg(world_map(case, width=_NARROW, css="narrow", is_cropped=True)),
    )


def _site(row: Row) -> dict[str, str]:
    country = text_of(row, "country")
    return {
        "ident": text_of(row, "site_id"),
        "name": text_of(row, "name"),
        "country": country_name(country) if country else "",
        "latitude": text_of(row, "latitude"),
        "longitude": text_of(row, "longitude"),
        "precision": text_of(row, "precision_m"),
        "note": text_of(row, "note"),
    }


def _passage(case: Case, passage: Passage) -> dict[str, object]:
    leg = passage.leg
    return {
        "subject": subject_link(case, passage.subject_kind, passage.subject_id),
        "verb": verb_label(leg.verb),
        "giver": party_link(case, leg.giver),
        "receiver": party_link(case, leg.receiver),
        "from_country": country_name(passage.from_country) if passage.from_country else "",
        "to_country": country_name(passage.to_country) if passage.to_country else "",
        "is_drawn": passage.is_drawn,
        "standing": label("standing", leg.standing) if leg.standing else "",
    }

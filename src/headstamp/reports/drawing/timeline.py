"""How did it travel, drawn? Holders down a line, and beside each leg its possible days.

A leg is a bar over every day on which it may have happened, a mark where one day only is
possible, and an empty dashed band where no source dates it. A gap breaks the line.
Two sheets are drawn, a wide one and a narrow one for telephones; the style sheet shows one.
"""

from datetime import date

import msgspec
from markupsafe import Markup

from headstamp.reports.case import Case, Leg, Track
from headstamp.reports.cells import plain
from headstamp.reports.drawing.bars import Span, bar, zigzag
from headstamp.reports.drawing.scale import TimeScale, day_of, scale_of, ticks
from headstamp.reports.drawing.shapes import (
    Drawing,
    Shape,
    circle,
    line,
    path,
    rect,
    words,
    wrapped,
)
from headstamp.reports.drawing.stops import Stop, stops_of
from headstamp.reports.phrases import label, verb_label
from headstamp.reports.words.legs import is_dated, leg_words, place_name, verb_words
from headstamp.reports.words.when import short_span

_TOP = 30.0
_LEADING = 18.0
_SIZE = 13.0
_RAIL = 14.0
_BAR_ROOM = 26.0
_AROUND_GAP = 14.0


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """The measures of one sheet; on a narrow one the bars stand below the words."""

    css: str
    width: float
    text_width: float
    bar_x0: float
    bar_x1: float
    is_narrow: bool
    n_ticks: int
    text_x: float = 36.0


WIDE = Sheet(
    css="wide", width=880, text_width=400, bar_x0=460, bar_x1=868, is_narrow=False, n_ticks=6
)
NARROW = Sheet(
    css="narrow", width=340, text_width=300, bar_x0=42, bar_x1=330, is_narrow=True, n_ticks=3
)


def draw_track(case: Case, track: Track, *, key: str, sheet: Sheet) -> Drawing:
    """Return the drawing of one account."""
    scale = scale_of(_days(track), x0=sheet.bar_x0, x1=sheet.bar_x1)
    y = _TOP if scale else 8.0
    shapes: list[Shape] = []
    stops = stops_of(case, track)
    for stop in stops:
        height, drawn = _draw_stop(case, stop, sheet=sheet, scale=scale, y=y)
        shapes += drawn
        y += height + (_AROUND_GAP if stop.kind == "gap" else 0)
    shapes = _rails_first(shapes)
    return Drawing(
        key=f"{key}-{sheet.css}",
        css=f"timeline {sheet.css}",
        width=sheet.width,
        height=y + 6,
        title=f"Timeline of {track.subject_kind} {track.subject_id}, account {track.account}",
        description=" ".join(
            plain(leg_words(case, leg, subject=Markup("it"))) for leg in track.legs
        ),
        shapes=(*_grid(scale, sheet, y), *shapes),
    )


def _days(track: Track) -> list[date]:
    texts = [text for leg in track.legs for text in (leg.earliest, leg.latest)]
    return [day for text in texts if (day := day_of(text)) is not None]


def _grid(scale: TimeScale | None, sheet: Sheet, bottom: float) -> list[Shape]:
    """Return the ticks and their labels."""
    shapes: list[Shape] = []
    for tick in ticks(scale, most=sheet.n_ticks) if scale else []:
        shapes.append(line("grid", x1=tick.x, y1=22, x2=tick.x, y2=bottom))
        shapes.append(words("axis", tick.label, x=tick.x, y=14, anchor="middle"))
    return shapes


def _draw_stop(
    case: Case, stop: Stop, *, sheet: Sheet, scale: TimeScale | None, y: float
) -> tuple[float, list[Shape]]:
    """Return how high one row is, and its shapes."""
    if stop.leg is None:
        return _draw_holder(case, stop, sheet=sheet, y=y)
    styled = _leg_lines(case, stop, sheet)
    is_below = sheet.is_narrow and scale is not None
    height = len(styled) * _LEADING + 18 + (_BAR_ROOM if is_below else 0)
    shapes = _rail(stop, sheet, y=y, height=height)
    shapes += _written(styled, x=sheet.text_x, y=y + 10)
    if scale:
        bar_y = y + len(styled) * _LEADING + 24 if is_below else y + height / 2
        shapes += bar(_span(case, stop.leg), scale, y=bar_y)
    return height, shapes


def _draw_holder(case: Case, stop: Stop, *, sheet: Sheet, y: float) -> tuple[float, list[Shape]]:
    if stop.kind != "holder":
        told = "recorded as one holder" if stop.kind == "joined" else "not said how"
        rail = line(f"rail {stop.kind}", x1=_RAIL, y1=y - 8, x2=_RAIL, y2=y + 32)
        return 24, [rail, words("aside", told, x=sheet.text_x, y=y + 16)]
    name = case.party_name(stop.party)
    lines = wrapped(name, width=sheet.text_width, size=_SIZE + 2.5, is_bold=True)
    height = len(lines) * _LEADING + 14
    return height, [
        circle("holder-mark", x=_RAIL, y=y + 13, r=7.5),
        *_written([("holder", text) for text in lines], x=sheet.text_x, y=y + 4),
    ]


def _leg_lines(case: Case, stop: Stop, sheet: Sheet) -> list[tuple[str, str]]:
    """Return the lines of text of one leg, each with its class."""
    leg = stop.leg
    if leg is None:
        return []
    texts = [("gap-words" if leg.is_gap else "verb", _what(case, stop, leg))]
    texts.append(("small", _when(case, leg)))
    if leg.standing:
        texts.append(("small", f"Standing: {label('standing', leg.standing)}"))
    return [
        (css, text)
        for css, whole in texts
        for text in wrapped(whole, width=sheet.text_width, size=_SIZE, is_bold=css == "gap-words")
    ]


def _what(case: Case, stop: Stop, leg: Leg) -> str:
    if leg.is_gap:
        return "Gap: nothing on record says how it passed on"
    if stop.kind == "stay" or not leg.giver:
        return plain(verb_words(case, leg))
    via = f", by way of {case.party_name(leg.via)}" if leg.via else ""
    return f"{verb_label(leg.verb)}{via}"


def _when(case: Case, leg: Leg) -> str:
    when = short_span(leg.earliest, leg.latest)
    if leg.derived:
        when += " (derived)"
    elif not leg.is_gap and not is_dated(case, leg):
        when = f"date not recorded; by its neighbours {when}" if when else "date not recorded"
    parts = [place_name(case, leg.place) if leg.place else "", when]
    return "; ".join(filter(None, parts))


def _rail(stop: Stop, sheet: Sheet, *, y: float, height: float) -> list[Shape]:
    """Return the piece of the line beside a leg, with the mark of its standing."""
    if stop.kind == "gap":
        middle = y + height / 2
        return [
            rect("gap-band", x=0, y=y, width=sheet.width, height=height, rx=4),
            path("gap-line", zigzag(_RAIL - 10, _RAIL + 12, middle - 6)),
            path("gap-line", zigzag(_RAIL - 10, _RAIL + 12, middle + 6)),
        ]
    standing = stop.leg.standing if stop.leg else ""
    if stop.kind == "unattached":
        return _unattached_rail(stop, standing, y=y, height=height)
    return [
        line(f"rail standing-{standing}", x1=_RAIL, y1=y - 12, x2=_RAIL, y2=y + height + 12),
        circle(f"glyph standing-{standing}", x=_RAIL, y=y + 19, r=4.5),
    ]


def _unattached_rail(stop: Stop, standing: str, *, y: float, height: float) -> list[Shape]:
    """Return a mark that hangs on no holder above: beside the line, or the head of a new one."""
    bottom = y + height + 12
    if stop.is_passed:
        rail = [line("rail passing", x1=_RAIL, y1=y - 12, x2=_RAIL, y2=bottom)]
        return [*rail, circle(f"unattached standing-{standing}", x=_RAIL + 12, y=y + 19, r=4.5)]
    rail = [line("rail giverless", x1=_RAIL, y1=y + 25, x2=_RAIL, y2=bottom)]
    mark = circle(f"unattached standing-{standing}", x=_RAIL, y=y + 19, r=4.5)
    return [*(rail if stop.leads_on else []), mark]


def _rails_first(shapes: list[Shape]) -> list[Shape]:
    """Return the shapes with bands and lines beneath, so that marks stand on them."""
    below = {"gap-band": 0, "rail": 1}
    return sorted(shapes, key=lambda s: below.get(str(s.attributes["class"]).split()[0], 2))


def _written(styled: list[tuple[str, str]], *, x: float, y: float) -> list[Shape]:
    return [
        words(css, text, x=x, y=y + (index + 1) * _LEADING - 4)
        for index, (css, text) in enumerate(styled)
    ]


def _span(case: Case, leg: Leg) -> Span:
    return Span(
        earliest=day_of(leg.earliest),
        latest=day_of(leg.latest),
        standing=leg.standing,
        is_dated=is_dated(case, leg),
        is_gap=leg.is_gap,
        day_label=short_span(leg.earliest, leg.latest),
    )

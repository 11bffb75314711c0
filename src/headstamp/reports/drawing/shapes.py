"""What is a drawing? Shapes as data, and the one place where they become SVG.

Colours come from the page's style sheet through classes, so that one drawing serves in
the light, in the dark and on paper. A drawing has a title and a description; what it
shows stands beside it as a table too.
"""

import math
from collections.abc import Mapping

import msgspec
from markupsafe import Markup, escape

from headstamp.reports.cells import isolate

Attribute = str | float
_TAGS = frozenset({"line", "rect", "path", "circle", "text"})
_WIDE_FROM = 0x1100
_EM = 0.57
_BOLD_EM = 0.64
"""Mean widths of a letter in wide system fonts, in ems; wide scripts count double."""


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """One shape with its attributes, class included; only a ``text`` has text."""

    tag: str
    attributes: Mapping[str, Attribute]
    text: str = ""

    def __post_init__(self) -> None:
        """Refuse a tag that no drawing of ours has."""
        if self.tag not in _TAGS:
            raise ValueError(f"a drawing has no <{self.tag}>")


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """Shapes on a sheet of ``width`` by ``height``; ``key`` makes its ids its own."""

    key: str
    css: str
    width: float
    height: float
    title: str
    description: str
    shapes: tuple[Shape, ...]


def line(css: str, *, x1: float, y1: float, x2: float, y2: float) -> Shape:
    """Return a straight line."""
    return Shape(tag="line", attributes={"class": css, "x1": x1, "y1": y1, "x2": x2, "y2": y2})


def rect(css: str, *, x: float, y: float, width: float, height: float, rx: float = 0) -> Shape:
    """Return a rectangle, with rounded corners where ``rx`` says so."""
    attributes: dict[str, Attribute] = {"class": css, "x": x, "y": y}
    attributes |= {"width": max(width, 0.0), "height": height}
    return Shape(tag="rect", attributes={**attributes, "rx": rx} if rx else attributes)


def circle(css: str, *, x: float, y: float, r: float) -> Shape:
    """Return a circle."""
    return Shape(tag="circle", attributes={"class": css, "cx": x, "cy": y, "r": r})


def path(css: str, d: str) -> Shape:
    """Return a path."""
    return Shape(tag="path", attributes={"class": css, "d": d})


def words(css: str, text: str, *, x: float, y: float, anchor: str = "start") -> Shape:
    """Return one line of text, its baseline at ``y``."""
    attributes: dict[str, Attribute] = {"class": css, "x": x, "y": y}
    if anchor != "start":
        attributes["text-anchor"] = anchor
    return Shape(tag="text", attributes=attributes, text=text)


def polyline(points: list[tuple[float, float]]) -> str:
    """Return the ``d`` of a path through points."""
    return "M" + "L".join(f"{number(x)},{number(y)}" for x, y in points)


def number(value: float) -> str:
    """Return a coordinate with at most one decimal, the same on every machine.

    >>> number(12.04), number(-0.01), number(3)
    ('12', '0', '3')
    """
    rounded = math.floor(value * 10 + 0.5) / 10
    return f"{rounded:.1f}".removesuffix(".0").replace("-0.0", "0") if rounded else "0"


def text_width(text: str, *, size: float, is_bold: bool = False) -> float:
    """Return about how wide a text is, in the units of ``size``."""
    letters = sum(2 if ord(char) >= _WIDE_FROM else 1 for char in text)
    return letters * size * (_BOLD_EM if is_bold else _EM)


def wrapped(
    text: str, *, width: float, size: float, most_lines: int = 3, is_bold: bool = False
) -> list[str]:
    """Break a text into lines that fit; what does not fit in ``most_lines`` ends in an ellipsis.

    >>> wrapped("exported to the Army", width=80, size=12)
    ['exported to', 'the Army']
    """
    room = max(int(width / text_width("m", size=size, is_bold=is_bold)), 4)
    lines: list[str] = [""]
    for word in _cut_words(text, room):
        candidate = f"{lines[-1]} {word}".strip()
        if text_width(candidate, size=1) <= text_width("m", size=1) * room:
            lines[-1] = candidate
        else:
            lines.append(word)
    if len(lines) > most_lines:
        lines = lines[:most_lines]
        lines[-1] = lines[-1][: room - 1].rstrip() + "…"
    return lines


def svg(drawing: Drawing) -> Markup:
    """Return the drawing as an SVG element with its title and description."""
    head = Markup(
        '<svg class="drawing {css}" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" '
        'aria-labelledby="{key}-title {key}-desc">'
        '<title id="{key}-title">{title}</title><desc id="{key}-desc">{desc}</desc>'
    ).format(
        css=drawing.css,
        w=number(drawing.width),
        h=number(drawing.height),
        key=drawing.key,
        title=drawing.title,
        desc=drawing.description,
    )
    return head + Markup("").join(_element(shape) for shape in drawing.shapes) + Markup("</svg>")


def _element(shape: Shape) -> Markup:
    attributes = "".join(
        f' {name}="{escape(value) if isinstance(value, str) else number(value)}"'
        for name, value in shape.attributes.items()
    )
    if shape.tag != "text":
        return Markup(f"<{shape.tag}{attributes}/>")  # noqa: S704 - names are ours, values escaped
    text = escape(isolate(shape.text))
    return Markup(f"<text{attributes}>{text}</text>")  # noqa: S704 - as above, the text escaped


def _cut_words(text: str, room: int) -> list[str]:
    """Return the words of a text, cut where one alone is too long for a line."""
    return [
        word[start : start + room] for word in text.split() for start in range(0, len(word), room)
    ]

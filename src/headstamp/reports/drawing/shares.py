"""How much of it? Bars of one length that are divided, and bars beside their shares.

The words of every piece stand in it where there is room, and always in the table beside the
drawing: no colour says anything alone.
"""

import msgspec

from headstamp.reports.drawing.shapes import Drawing, Shape, rect, text_width, words, wrapped

WIDE, NARROW = 880.0, 340.0
_BAR, _GAP, _LINE = 20.0, 14.0, 19.0
_LEAST = 2.0
_SIZE = 12.0


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of a bar: its number, its words, and the class that it is filled by."""

    number: int
    said: str
    css: str


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """One bar: its name, and its pieces, which together are its whole length."""

    name: str
    pieces: tuple[Piece, ...]

    @property
    def total(self) -> int:
        """What the whole bar stands for."""
        return sum(piece.number for piece in self.pieces)


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a base, with its words for the bar's end."""

    name: str
    number: int
    base: int
    said: str


def divided(
    bars: tuple[Bar, ...], *, key: str, width: float, title: str, description: str
) -> Drawing:
    """Return bars of equal length, each divided as its pieces are; an empty bar is its frame."""
    shapes: list[Shape] = []
    y = _LINE
    for bar in bars:
        for line in wrapped(bar.name, width=width, size=_SIZE, most_lines=2):
            shapes.append(words("share-name", line, x=0, y=y - 6))
            y += _LINE
        shapes += _divided(bar, width=width, y=y - _LINE)
        y += _BAR + _GAP
    return _drawing(shapes, y, key=key, width=width, title=title, description=description)


def beside(
    shares: tuple[Share, ...], *, key: str, width: float, title: str, description: str
) -> Drawing:
    """Return one bar for each share, beneath its name, on a scale from nothing to all."""
    shapes: list[Shape] = []
    y = _LINE
    for share in shares:
        shapes.append(words("share-name", share.name, x=0, y=y - 6))
        shapes.append(words("share-said", share.said, x=width, y=y - 6, anchor="end"))
        shapes.append(rect("share-frame", x=0, y=y, width=width, height=_BAR / 2))
        if share.number and share.base:
            length = max(width * share.number / share.base, _LEAST)
            shapes.append(rect("share kept", x=0, y=y, width=length, height=_BAR / 2))
        y += _BAR / 2 + _GAP + _LINE
    return _drawing(shapes, y, key=key, width=width, title=title, description=description)


def _divided(bar: Bar, *, width: float, y: float) -> list[Shape]:
    """Return the pieces side by side; one that is there is never too thin to be seen."""
    filled = [piece for piece in bar.pieces if piece.number]
    if not filled:
        return [rect("share-frame", x=0, y=y, width=width, height=_BAR)]
    room = width - _LEAST * len(filled)
    shapes: list[Shape] = []
    x = 0.0
    for piece in filled:
        length = _LEAST + room * piece.number / bar.total
        shapes.append(rect(f"share {piece.css}", x=x, y=y, width=length, height=_BAR))
        if text_width(piece.said, size=_SIZE) + 12 < length:
            shapes.append(words(f"on-{piece.css}", piece.said, x=x + 6, y=y + _BAR - 6))
        x += length
    return shapes


def _drawing(
    shapes: list[Shape], y: float, *, key: str, width: float, title: str, description: str
) -> Drawing:
    """Return bars on their sheet; the name of one more would have stood at ``y``."""
    sheet = "wide" if width == WIDE else "narrow"
    return Drawing(
        key=f"{key}-{sheet}",
        css=f"shares {sheet}",
        width=width,
        height=max(y - _LINE, _BAR),
        title=title,
        description=description,
        shapes=tuple(shapes),
    )

"""Where does a name stand on a map? Beside its place, where no other name stands yet."""

import math
from collections.abc import Iterator

import msgspec

from headstamp.reports.drawing.shapes import Shape, line, text_width, words

_HIGH = 15.0
_REACH = (10.0, 22.0, 38.0, 58.0, 82.0)
_SHIFTS = {1: 0.0, 0: 0.5, -1: 1.0}
_WAYS = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """The room that a text takes."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether two boxes share room."""
        return not (
            self.right < other.left
            or other.right < self.left
            or self.bottom < other.top
            or other.bottom < self.top
        )

    def distance(self, x: float, y: float) -> float:
        """Return how far a point is from the box."""
        across = max(self.left - x, 0.0, x - self.right)
        return math.hypot(across, max(self.top - y, 0.0, y - self.bottom))


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """A name that belongs to a place on the sheet."""

    text: str
    x: float
    y: float
    css: str = "map-name"
    apart: float = 0.0


def placed(labels: list[Label], *, size: float, width: float, height: float) -> list[Shape]:
    """Return each name where it covers no other, with a leader line where it stands apart.

    A name for which there is no room is left out: the table beside the map has it.
    """
    room = _Room(labels=labels, size=size, width=width, height=height)
    taken = [_dot(label) for label in labels]
    shapes: list[Shape] = []
    for label in labels:
        boxes = (box for reach in _REACH for box in room.boxes(label, reach + label.apart))
        box = next((box for box in boxes if not any(box.meets(other) for other in taken)), None)
        if box is not None:
            taken.append(box)
            shapes += _drawn(label, box)
    return shapes


class _Room(msgspec.Struct, frozen=True, kw_only=True):
    """Where on a sheet a name could stand, other names apart."""

    labels: list[Label]
    size: float
    width: float
    height: float

    def boxes(self, label: Label, reach: float) -> Iterator[Box]:
        """Yield places beside a label's own, none of which another place could claim."""
        wide = text_width(label.text, size=self.size, is_bold=True)
        for way_x, way_y in _WAYS:
            left = label.x + way_x * reach - _SHIFTS[way_x] * wide
            middle = label.y + way_y * reach
            box = Box(
                left=left, top=middle - _HIGH / 2, right=left + wide, bottom=middle + _HIGH / 2
            )
            if self._holds(box) and self._belongs(box, label):
                yield box

    def _holds(self, box: Box) -> bool:
        is_across = box.left >= 2 and box.right <= self.width - 2
        return is_across and box.top >= 2 and box.bottom <= self.height - 2

    def _belongs(self, box: Box, label: Label) -> bool:
        """Whether no other place is nearer to the box than the label's own."""
        own = box.distance(label.x, label.y)
        return all(
            box.distance(other.x, other.y) > own + 2
            for other in self.labels
            if (other.x, other.y) != (label.x, label.y)
        )


def _dot(label: Label) -> Box:
    return Box(left=label.x - 4, top=label.y - 4, right=label.x + 4, bottom=label.y + 4)


def _drawn(label: Label, box: Box) -> list[Shape]:
    baseline = (box.top + box.bottom) / 2 + 4
    text = words(label.css, label.text, x=box.left, y=baseline)
    if box.distance(label.x, label.y) <= _REACH[0] + label.apart + 0.5:
        return [text]
    near_x = min(max(label.x, box.left), box.right)
    near_y = min(max(label.y, box.top), box.bottom)
    return [line("leader", x1=label.x, y1=label.y, x2=near_x, y2=near_y), text]

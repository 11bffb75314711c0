"""Where does a name stand on a map? Beside its place, where no other name stands yet."""

import math
from collections.abc import Iterator

import msgspec

from headstamp.reports.drawing.shapes import Shape, line, text_width, words

_HIGH = 15.0
_REACH = (9.0, 16.0, 24.0, 34.0, 46.0, 60.0, 82.0)
_CROSSED = 7.0
"""What each point of a line costs that a name would cover, in units of distance."""
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


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """What names are written on; they keep off the points of its ``lines`` where they can."""

    width: float
    height: float
    lines: tuple[tuple[float, float], ...] = ()

    def holds(self, box: Box) -> bool:
        """Whether a box is on the sheet."""
        is_across = box.left >= 2 and box.right <= self.width - 2
        return is_across and box.top >= 2 and box.bottom <= self.height - 2

    def n_covered(self, box: Box) -> int:
        """Return how many points of lines a box would cover."""
        return sum(box.distance(x, y) <= 2 for x, y in self.lines)


def placed(labels: list[Label], *, size: float, sheet: Sheet) -> list[Shape]:
    """Return each name where it covers no other, with a leader line where it stands apart.

    The nearest place wins in which few lines are covered. A name for which there is no room
    is left out: the table beside the map has it.
    """
    return [shape for label, box in boxes_of(labels, size, sheet) for shape in _drawn(label, box)]


def boxes_of(labels: list[Label], size: float, sheet: Sheet) -> list[tuple[Label, Box]]:
    """Return where each name stands that finds room."""
    room = _Room(labels=labels, size=size, sheet=sheet)
    taken = [_dot(label) for label in labels]
    found: list[tuple[Label, Box]] = []
    for label in labels:
        free = [
            (reach + _CROSSED * sheet.n_covered(box), box)
            for reach in _REACH
            for box in room.boxes(label, reach)
            if not any(box.meets(other) for other in taken)
        ]
        if free:
            _, box = min(free, key=lambda one: one[0])
            taken.append(box)
            found.append((label, box))
    return found


class _Room(msgspec.Struct, frozen=True, kw_only=True):
    """Where on a sheet a name could stand, other names apart."""

    labels: list[Label]
    size: float
    sheet: Sheet

    def boxes(self, label: Label, reach: float) -> Iterator[Box]:
        """Yield places at this distance; one without a leader is nobody else's."""
        wide = text_width(label.text, size=self.size, is_bold=True)
        out = reach + label.apart
        for way_x, way_y in _WAYS:
            left = label.x + way_x * out - _SHIFTS[way_x] * wide
            middle = label.y + way_y * out
            box = Box(
                left=left, top=middle - _HIGH / 2, right=left + wide, bottom=middle + _HIGH / 2
            )
            if self.sheet.holds(box) and (_is_led(label, box) or self._belongs(box, label)):
                yield box

    def _belongs(self, box: Box, label: Label) -> bool:
        """Whether no other place is nearer to the box than the label's own."""
        own = box.distance(label.x, label.y)
        return all(
            box.distance(other.x, other.y) > own + 2
            for other in self.labels
            if (other.x, other.y) != (label.x, label.y)
        )


def _is_led(label: Label, box: Box) -> bool:
    """Whether a name stands so far from its place that a leader joins them."""
    return box.distance(label.x, label.y) > _REACH[0] + label.apart + 0.5


def _dot(label: Label) -> Box:
    return Box(left=label.x - 4, top=label.y - 4, right=label.x + 4, bottom=label.y + 4)


def _drawn(label: Label, box: Box) -> list[Shape]:
    baseline = (box.top + box.bottom) / 2 + 4
    text = words(label.css, label.text, x=box.left, y=baseline)
    if not _is_led(label, box):
        return [text]
    near_x = min(max(label.x, box.left), box.right)
    near_y = min(max(label.y, box.top), box.bottom)
    return [line("leader", x1=label.x, y1=label.y, x2=near_x, y2=near_y), text]

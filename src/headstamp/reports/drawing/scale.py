"""Where does a day stand? A time scale from dates to coordinates, with its ticks."""

from datetime import date, timedelta

import msgspec

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STEPS_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 300, 600)
_PADDING = 0.04


class TimeScale(msgspec.Struct, frozen=True, kw_only=True):
    """Days from ``first`` to ``last`` laid out from ``x0`` to ``x1``."""

    first: date
    last: date
    x0: float
    x1: float

    def x(self, day: date) -> float:
        """Return where a day stands; a day beyond an end stands at that end."""
        whole = (self.last - self.first).days
        share = (day - self.first).days / whole
        return self.x0 + (self.x1 - self.x0) * min(max(share, 0.0), 1.0)


class Tick(msgspec.Struct, frozen=True, kw_only=True):
    """One mark of the scale; ``label`` is the month, or the year alone where years pass."""

    x: float
    label: str


def scale_of(days: list[date], *, x0: float, x1: float) -> TimeScale | None:
    """Return a scale on which all days stand, with room at both ends; ``None`` without days."""
    if not days:
        return None
    first, last = min(days), max(days)
    room = timedelta(days=max(int((last - first).days * _PADDING), 5))
    first = first - room if first.toordinal() > room.days else first
    last = last + room if (date.max - last).days > room.days else last
    return TimeScale(first=first, last=last, x0=x0, x1=x1)


def ticks(scale: TimeScale, *, most: int) -> list[Tick]:
    """Return at most about ``most`` ticks, at the first days of months or years."""
    n_months = (scale.last.year - scale.first.year) * 12 + scale.last.month - scale.first.month
    step = next((s for s in _STEPS_MONTHS if n_months / s <= most), _STEPS_MONTHS[-1])
    found = []
    month = scale.first.year * 12 + scale.first.month - 1
    month += -month % step
    while (day := _first_of(month)) is not None and day <= scale.last:
        if day >= scale.first:
            found.append(Tick(x=scale.x(day), label=_label(day, step)))
        month += step
    return found


def day_of(text: str) -> date | None:
    """Return a date of a table as a day; ``None`` where it is empty or is no single day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _first_of(month: int) -> date | None:
    year, index = divmod(month, 12)
    return date(year, index + 1, 1) if 1 <= year <= date.max.year else None


def _label(day: date, step: int) -> str:
    if step % 12 == 0:
        return str(day.year)
    return f"{_MONTHS[day.month - 1]} {day.year}"

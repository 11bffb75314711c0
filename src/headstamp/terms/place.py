"""What is a place? A site with its precision, and the visits during which it was examined."""

from decimal import Decimal

from headstamp.terms.dates import DateSpan
from headstamp.terms.row import Row


class Site(Row, frozen=True, kw_only=True):
    """One place; degrees WGS 84 as text found, ``precision_m`` in metres."""

    site_id: str
    name: str | None = None
    country: str | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    precision_m: Decimal | None = None


class Session(Row, frozen=True, kw_only=True):
    """One visit: what could and could not be examined; the team is a code."""

    session_id: str
    site_id: str | None = None
    on: DateSpan | None = None
    host: str | None = None
    conditions: str | None = None
    not_examined: str | None = None
    team_code: str | None = None

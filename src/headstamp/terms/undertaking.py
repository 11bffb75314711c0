"""What was promised? Undertakings, consents and embargoes, with the words of their clauses."""

from typing import Literal

from headstamp.terms.dates import DateSpan
from headstamp.terms.row import Row

UndertakingScope = Literal["consignment", "all_deliveries"]
Clause = Literal[
    "no_reexport",
    "no_reexport_without_consent",
    "reexport_to_class",
    "notify_only",
    "end_use_only",
    "none",
    "unknown",
]


class Undertaking(Row, frozen=True, kw_only=True):
    """What ``given_by`` promised ``given_to``; without scope or consignment it binds nothing."""

    undertaking_id: str
    given_by: str | None = None
    given_to: str | None = None
    scope: UndertakingScope | None = None
    consignment_id: str | None = None
    end_user: str | None = None
    on: DateSpan | None = None
    expires_on: DateSpan | None = None
    clause: Clause = "unknown"
    permits: tuple[str, ...] = ()
    clause_text: str | None = None
    document_id: str | None = None


class Consent(Row, frozen=True, kw_only=True):
    """Leave to pass on what an undertaking covers, to a party, a country or a kind of party."""

    consent_id: str
    undertaking_id: str
    given_by: str | None = None
    onward_to: tuple[str, ...] = ()
    on: DateSpan | None = None
    document_id: str | None = None


class Embargo(Row, frozen=True, kw_only=True):
    """An embargo with its dates and scope; empty ``binds`` binds all."""

    embargo_id: str
    authority: str | None = None
    act: str | None = None
    binds: tuple[str, ...] = ()
    target_party: str | None = None
    target_country: str | None = None
    from_on: DateSpan | None = None
    until_on: DateSpan | None = None
    scope: tuple[str, ...] = ()
    exemptions: tuple[str, ...] = ()

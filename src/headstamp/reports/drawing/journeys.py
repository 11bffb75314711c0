"""From which country to which? Legs of chains at the level of states, and nothing finer."""

from functools import lru_cache

import msgspec

from headstamp.reports.case import Case, Leg


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """One leg of one subject, between the countries recorded for giver and receiver."""

    subject_kind: str
    subject_id: str
    leg: Leg
    from_country: str
    to_country: str

    @property
    def is_drawn(self) -> bool:
        """Whether both countries are on record and differ."""
        return "" not in {self.from_country, self.to_country} and (
            self.from_country != self.to_country
        )


@lru_cache(maxsize=1)
def passages(case: Case) -> tuple[Passage, ...]:
    """Return every leg that passes from one party to another, of whichever account, once.

    Kept for the case at hand: three drawings and a table ask for it.
    """
    found: dict[tuple[str, ...], Passage] = {}
    for (kind, ident), tracks in case.tracks.items():
        for track in tracks:
            for leg in track.legs:
                if leg.is_gap or not leg.giver or not leg.receiver or leg.giver == leg.receiver:
                    continue
                key = (kind, ident, leg.verb, leg.giver, leg.receiver)
                found.setdefault(
                    key,
                    Passage(
                        subject_kind=kind,
                        subject_id=ident,
                        leg=leg,
                        from_country=case.country_of(leg.giver),
                        to_country=case.country_of(leg.receiver),
                    ),
                )
    return tuple(found.values())


def countries_named(case: Case) -> tuple[str, ...]:
    """Return the countries of sites, and of every party that a leg names as giver or receiver."""
    codes = {row["country"] for row in case.rows("sites")}
    legs = (leg for tracks in case.tracks.values() for track in tracks for leg in track.legs)
    parties = {party for leg in legs if not leg.is_gap for party in (leg.giver, leg.receiver)}
    codes |= {case.country_of(party) for party in parties}
    return tuple(sorted(str(code) for code in codes if code))

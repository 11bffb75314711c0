"""Who counts as one holder, and who belongs to one state?"""

from headstamp.terms.party import Party

Parties = dict[str, Party]


def ancestry(party_id: str, parties: Parties) -> tuple[str, ...]:
    """Return the party and everything it is part of, nearest first."""
    line = [party_id]
    while (party := parties.get(line[-1])) is not None and party.part_of not in {None, *line}:
        line.append(str(party.part_of))
    return tuple(line)


def is_same_holder(one: str | None, other: str | None, parties: Parties) -> bool:
    """Whether two named parties are equal, or one is part of the other.

    Two bodies of one state are different holders.
    """
    if one is None or other is None:
        return False
    return one in ancestry(other, parties) or other in ancestry(one, parties)


def state_of(party_id: str | None, parties: Parties) -> str | None:
    """Return the state that a party is, is part of, or is recorded in the country of."""
    if party_id is None:
        return None
    for part in ancestry(party_id, parties):
        if part in parties and parties[part].kind == "state":
            return part
    country = country_of(party_id, parties)
    states = (p for p, party in parties.items() if party.kind == "state")
    return next((p for p in states if country and parties[p].country == country), None)


def country_of(party_id: str, parties: Parties) -> str | None:
    """Return the country recorded of a party, else of what it is part of."""
    recorded = (parties[part].country for part in ancestry(party_id, parties) if part in parties)
    return next((country for country in recorded if country), None)


def is_same_state(one: str | None, other: str | None, parties: Parties) -> bool:
    """Whether two parties are one state or bodies of one state."""
    if one is None or other is None:
        return False
    if is_same_holder(one, other, parties):
        return True
    if not all(p in parties and parties[p].is_state for p in (one, other)):
        return False
    state = state_of(one, parties) or country_of(one, parties)
    return state is not None and state == (state_of(other, parties) or country_of(other, parties))


def is_outside(party_id: str, transferor: str, parties: Parties) -> bool:
    """Whether a party is outside the transferor's state; one without country counts as outside."""
    if is_same_state(party_id, transferor, parties):
        return False
    if set(ancestry(party_id, parties)) & set(ancestry(transferor, parties)):
        return False
    country = country_of(party_id, parties)
    return country is None or country != country_of(transferor, parties)


def is_non_state_group(party_id: str | None, parties: Parties) -> bool:
    """Whether a party is a non-state group."""
    party = parties.get(party_id or "")
    return party is not None and party.kind == "non_state_group"


def name_of(party_id: str | None, parties: Parties) -> str:
    """Return the party's name as its source gives it, else its id."""
    party = parties.get(party_id or "")
    return (party.name if party is not None else None) or party_id or "nobody named"


def answers_to(party_id: str | None, name: str, parties: Parties) -> bool:
    """Whether ``name`` names the party: its id, its state's, its country or its kind."""
    party = parties.get(party_id or "")
    if party is None or party_id is None:
        return False
    line = ancestry(party_id, parties)
    return name in {*line, party.kind, country_of(party_id, parties)}

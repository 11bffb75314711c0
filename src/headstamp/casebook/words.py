"""How is a recorded row said in one line of plain words, without more than it says?"""

from collections.abc import Iterator

from headstamp.terms.chain import Leg
from headstamp.terms.claim import Claim
from headstamp.terms.dates import DateSpan, date_label
from headstamp.terms.evidence import ENTRIES, Evidence
from headstamp.terms.finding import Finding
from headstamp.terms.register import RecordedEntry

_CLAIM_PARTS = (("from_party", "from"), ("via_party", "through"), ("to_party", "to"))
_PRESENCE = {"held": "by", "used": "by", "seen": "with"}
"""Verbs of presence: ``to_party`` is the holder, who received nothing by being seen."""


def row_words(evidence: Evidence, table: str, row_id: str) -> str:
    """Return a row in words; parties by name, dates in English, empty cells left out."""
    row = evidence.rows(table)[row_id]
    if table == "claims":
        return _claim_words(evidence, row_id)
    if table == "items":
        return _item_words(evidence, row_id)
    if table == "undertakings":
        return _undertaking_words(evidence, row_id)
    if table == "links":
        link = evidence.links[row_id]
        said = f"{link.item_id} and {link.other_kind} {link.other_id}: {link.verdict}"
        return _joined(said, f"judged by {link.judged_by}" if link.judged_by else "", link.reason)
    if table == ENTRIES:
        return entry_words(evidence.entries[row_id])
    shown = (
        f"{name}: {_plain(getattr(row, name))}"
        for name in type(row).__struct_fields__
        if getattr(row, name) not in {None, ()} and name not in _SAID_ELSEWHERE
    )
    return _joined(*shown)


_SAID_ELSEWHERE = {"source_id", "relays", "credibility", "sensitivity", "note", "quote"}


def leg_words(evidence: Evidence, leg: Leg) -> str:
    """Return a leg, or a gap, in words."""
    when = _when(leg.span)
    if leg.is_gap:
        between = (party_words(evidence, leg.from_party), party_words(evidence, leg.to_party))
        return _joined(f"gap: nobody says how it passed from {between[0]} to {between[1]}", when)
    parts = [str(leg.verb), *_party_parts(evidence, leg)]
    if leg.place:
        parts.append(f"at {leg.place}")
    return _joined(" ".join(parts), when, str(leg.standing))


def finding_words(finding: Finding) -> str:
    """Return what a finding is, how well it is known and who may say it."""
    head = f"{finding.kind} of {finding.subject_kind} {finding.subject_id}"
    if finding.verdict:
        head += f": {finding.verdict}"
    n_origins = f"{finding.origins} independent origin{'' if finding.origins == 1 else 's'}"
    contested = "contested" if finding.contested else ""
    return _joined(head, finding.standing, f"voice {finding.voice}", n_origins, contested)


def party_words(evidence: Evidence, party_id: str | None) -> str:
    """Return a party's name as the sources give it, else its id."""
    if party_id is None:
        return "somebody not named"
    party = evidence.parties.get(party_id)
    return party.name if party is not None and party.name else party_id


def _claim_words(evidence: Evidence, claim_id: str) -> str:
    claim = evidence.claims[claim_id]
    said = "denied: " if claim.stance == "denies" else ""
    parts = (claim.subject_kind, claim.subject_id, claim.verb, *_party_parts(evidence, claim))
    said += " ".join(parts)
    days = "" if claim.after_days is None else f"{claim.after_days} days "
    return _joined(
        said,
        _when(claim.on),
        f"{days}after {claim.after_claim}" if claim.after_claim else "",
        f"at {claim.place or claim.site_id}" if claim.place or claim.site_id else "",
        f"hedge: {claim.hedge}" if claim.hedge else "",
        f"basis: {claim.basis}" if claim.basis else "",
    )


def _party_parts(evidence: Evidence, told: Claim | Leg) -> Iterator[str]:
    for field, preposition in _CLAIM_PARTS:
        party = getattr(told, field)
        if party is not None:
            is_holder = field == "to_party" and told.verb in _PRESENCE
            word = _PRESENCE[str(told.verb)] if is_holder else preposition
            yield f"{word} {party_words(evidence, party)}"


def _item_words(evidence: Evidence, item_id: str) -> str:
    item = evidence.items[item_id]
    kind = " ".join(part for part in (item.model, item.type or item.category) if part)
    return _joined(
        kind,
        f"site {item.site_id}" if item.site_id else "",
        f"recovered {_when(item.recovered_on)}" if item.recovered_on else "",
        f"from {party_words(evidence, item.recovered_from)}" if item.recovered_from else "",
        f"circumstances: {item.circumstances}" if item.circumstances else "",
    )


def entry_words(entry: RecordedEntry) -> str:
    """Return what an entry of a register says, as its institution wrote it."""
    written = entry.written
    ends = (written.serial_from, written.serial_to)
    return _joined(
        f"{written.kind or 'entry of no kind'} in register {written.register}",
        " ".join(one for one in (written.maker, written.model, written.calibre) if one),
        f"serial {written.serial}" if written.serial else "",
        f"serials {ends[0]} to {ends[1] or ends[0]}" if ends[0] else "",
        f"lot {written.lot}" if written.lot else "",
        f"from {written.from_party}" if written.from_party else "",
        f"to {written.to_party}" if written.to_party else "",
        _when(entry.on),
    )


def _undertaking_words(evidence: Evidence, undertaking_id: str) -> str:
    promise = evidence.undertakings[undertaking_id]
    giver = party_words(evidence, promise.given_by)
    receiver = party_words(evidence, promise.given_to)
    return _joined(
        f"undertaking by {giver} to {receiver}",
        f"scope: {promise.scope}" if promise.scope else "",
        f"clause: {promise.clause}",
        _when(promise.on),
        promise.clause_text,
    )


def _when(span: DateSpan | None) -> str:
    return "" if span is None or span.is_unknown else date_label(span)


def _plain(cell: object) -> str:
    if isinstance(cell, DateSpan):
        return date_label(cell)
    return "; ".join(map(str, cell)) if isinstance(cell, tuple) else str(cell)


def _joined(*parts: str | None) -> str:
    return "; ".join(part for part in parts if part)

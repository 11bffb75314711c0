"""What must an entry's digests be, given what it says and the entry before it?"""

import re
from typing import Final

import msgspec

from headstamp.ledger.canonical import canonical_json, sha256_hex
from headstamp.ledger.entries import Entry

ZERO_HASH: Final = "0" * 64

_INSTANT = re.compile(
    r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    r"T([01][0-9]|2[0-3])(:[0-5][0-9]){2}\.[0-9]{6}Z"
)


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong in a casebook, and where: ``entry 7``, ``exhibit ab…``, ``records ab…``."""

    place: str
    problem: str


def payload_digest_of(payload: str) -> str:
    """Return the SHA-256 of a payload's text."""
    return sha256_hex(payload.encode())


def entry_id_of(entry: Entry) -> str:
    """Return the id of what an entry says: the same words by the same actor, the same id."""
    parts = (entry.kind, entry.actor, entry.payload_digest, entry.derived_from)
    return sha256_hex(canonical_json(parts))


def hash_of(entry: Entry) -> str:
    """Return the hash that ties an entry to its place, its time and all entries before it."""
    parts = (
        entry.seq,
        entry.entry_id,
        entry.kind,
        entry.recorded_at,
        entry.actor,
        entry.payload_digest,
        entry.derived_from,
        entry.prev_hash,
    )
    return sha256_hex(canonical_json(parts))


def is_instant(text: str) -> bool:
    """Whether a text is an instant as the journal writes it."""
    return _INSTANT.fullmatch(text) is not None


def fault_in(entry: Entry, *, previous: Entry | None) -> Fault | None:
    """Return the first thing wrong with an entry after the one before it, or None."""
    seq = 1 if previous is None else previous.seq + 1
    if entry.seq != seq:
        return Fault(place=f"entry {seq}", problem=f"is missing; the next one there is {entry.seq}")
    problem = _problem_in(entry) or _problem_between(entry, previous)
    return None if problem is None else Fault(place=f"entry {seq}", problem=problem)


def _problem_in(entry: Entry) -> str | None:
    if payload_digest_of(entry.payload) != entry.payload_digest:
        return "payload does not have the digest recorded for it"
    if entry_id_of(entry) != entry.entry_id:
        return "kind, actor, payload_digest and derived_from do not have the entry_id recorded"
    if hash_of(entry) != entry.hash:
        return "its fields do not have the hash recorded"
    if not is_instant(entry.recorded_at):
        return f"recorded_at is no instant in UTC: {entry.recorded_at!r}"
    if list(entry.derived_from) != sorted(set(entry.derived_from)):
        return "derived_from is not sorted, or names an entry twice"
    return None


def _problem_between(entry: Entry, previous: Entry | None) -> str | None:
    if entry.prev_hash != (ZERO_HASH if previous is None else previous.hash):
        return "prev_hash is not the hash of the entry before it"
    if previous is not None and entry.recorded_at < previous.recorded_at:
        return f"recorded_at {entry.recorded_at} is before the entry before it"
    return None

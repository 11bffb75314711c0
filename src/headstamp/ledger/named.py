"""Which sealed files and keys does an entry name?"""

import json
from typing import Annotated, Final

import msgspec

from headstamp.ledger.canonical import canonical_json
from headstamp.ledger.digests import Fault
from headstamp.ledger.entries import Entry
from headstamp.ledger.keys import SEALED
from headstamp.terms.errors import MisuseError

Digest = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
KeyId = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{32}\Z")]


class NamedExhibit(msgspec.Struct, frozen=True, kw_only=True):
    """An exhibit as an entry names it; ``key_id`` is None when it is not protected."""

    digest: Digest
    plain_digest: Digest
    key_id: KeyId | None


class NamedRecords(msgspec.Struct, frozen=True, kw_only=True):
    """A sealed table as an entry names it."""

    stored_digest: Digest
    plain_digest: Digest


class NamedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a register as an entry names it: its path in the casebook's folder."""

    path: Annotated[str, msgspec.Meta(pattern=r"\Aregisters/[a-z0-9-]+/[0-9a-f-]+/[a-z.]+\Z")]
    digest: Digest
    size_bytes: int


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """Everything outside the journal that one entry speaks of.

    ``key_id`` is the key of a payload that is itself sealed; ``keys`` are those that an
    erasure destroyed.
    """

    exhibits: tuple[NamedExhibit, ...] = ()
    records: NamedRecords | None = None
    files: dict[str, NamedFile] = {}
    key_id: KeyId | None = None
    keys: tuple[KeyId, ...] = ()


_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "intake": ("exhibits", "records"),
    "register": ("exhibits", "records", "files"),
    "trace": ("records",),
    "judgement": ("exhibits", "records"),
    "erasure": ("keys",),
}


def named_by(entry: Entry) -> Named | Fault:
    """Return what an entry names, or what is wrong with its payload.

    A payload that is sealed itself names its key and nothing else.
    """
    payload = _decoded(entry.payload)
    if payload is None:
        return Fault(
            place=f"entry {entry.seq}", problem="payload is not canonical JSON of an object"
        )
    fields = ("key_id",) if payload.get("sealed") == SEALED else _FIELDS.get(entry.kind, ())
    spoken_of = {name: payload[name] for name in fields if name in payload}
    try:
        return msgspec.convert(spoken_of, Named)
    except msgspec.ValidationError as error:
        problem = f"payload does not name its sealed files as it must: {error}"
        return Fault(place=f"entry {entry.seq}", problem=problem)


def _decoded(text: str) -> dict[str, object] | None:
    """Return the object that a text spells canonically, or None."""
    try:
        value = json.loads(text)
        is_canonical = canonical_json(value) == text.encode()
    except (ValueError, RecursionError, MisuseError):
        return None
    return value if is_canonical and isinstance(value, dict) else None

"""What are files and anchors called? Names made from ids, safe in every file system."""

import hashlib
import re

_UNSAFE = re.compile(r"[^a-z0-9_-]+")
_LONGEST = 40


def slug(kind: str, ident: str) -> str:
    """Return a name for one thing: readable where its id is plain, else told apart by a digest.

    >>> slug("item", "tube_1"), slug("claim", "C/01")
    ('item-tube_1', 'claim-c-01-8cfc8dfa')
    """
    readable = _readable(ident)
    if readable == ident and _readable(kind) == kind:
        return f"{kind}-{readable}"
    digest = hashlib.sha256(f"{kind}:{ident}".encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return "-".join(filter(None, (_readable(kind), readable, digest)))


def _readable(text: str) -> str:
    return _UNSAFE.sub("-", text.lower()).strip("-")[:_LONGEST]


def chain_page(subject_kind: str, subject_id: str) -> str:
    """Return the file name of the page of one item or consignment."""
    return f"{slug(subject_kind, subject_id)}.html"

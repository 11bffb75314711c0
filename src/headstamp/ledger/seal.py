"""How are bytes kept so that nobody can change them unseen? Under the name of their digest."""

import gzip
import hashlib
import io
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import IO, TypeVar

import msgspec

from headstamp.ledger.canonical import canonical_json, sha256_hex
from headstamp.ledger.keys import keyed_digest, open_envelope, seal_envelope
from headstamp.ledger.layout import exhibit_path, records_path, require_casebook
from headstamp.ledger.storage import storage_trouble, write_durably
from headstamp.terms.errors import BrokenJournalError

COMPRESS_LEVEL = 3
"""Measured on 115,000 rows: less than half the time of level 6, for files a fifth larger."""
CHUNK_BYTES = 1 << 20
_N_TOGETHER = 1_000

_NOT_THERE = (FileNotFoundError, IsADirectoryError, NotADirectoryError)
_NOT_PACKED = (gzip.BadGzipFile, EOFError, zlib.error)
_LINES = msgspec.json.Decoder(dict[str, object])

T = TypeVar("T")


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """A sealed exhibit: what its entry says of it.

    ``digest`` and ``size_bytes`` are of the stored bytes, and the digest is its name.
    ``plain_digest`` is the same digest or, when protected, the plaintext's keyed one.
    """

    digest: str
    size_bytes: int
    plain_digest: str
    key_id: str | None


class SealedRecords(msgspec.Struct, frozen=True, kw_only=True):
    """A sealed table: what its entry says of it.

    ``stored_digest`` and ``size_bytes`` are of the compressed file, ``plain_digest`` of the
    lines in it.
    """

    stored_digest: str
    plain_digest: str
    size_bytes: int
    n_lines: int


def seal_exhibit(root: Path, data: bytes, *, protected: bool = False) -> Sealed:
    """Keep bytes, unaltered, under the name of their digest; on return they are on the disk.

    The same bytes again are found and not written twice, except protected ones: each is
    encrypted under a key of its own, so that each can be erased alone.

    Raises:
        BrokenJournalError: A file of this name is there and holds other bytes.
        StorageError: The medium refuses; nothing is visible.
    """
    require_casebook(root)
    if not protected:
        digest = _keep_exhibit(root, data)
        return Sealed(digest=digest, size_bytes=len(data), plain_digest=digest, key_id=None)
    plain_digest = keyed_digest(root, data)
    envelope = seal_envelope(root, data)
    stored = canonical_json(envelope)
    return Sealed(
        digest=_keep_exhibit(root, stored),
        size_bytes=len(stored),
        plain_digest=plain_digest,
        key_id=envelope["key_id"],
    )


def read_exhibit(root: Path, digest: str, *, key_id: str | None = None) -> bytes:
    """Return an exhibit's bytes, checked; with ``key_id``, what was protected in it.

    Raises:
        BrokenJournalError: It is missing, or is not what was sealed.
        ErasedError: Its key was destroyed.
    """
    path = exhibit_path(root, digest)
    stored = _read_stored(path, digest, name=f"exhibit {digest}")
    if key_id is None:
        return stored
    try:
        envelope = _LINES.decode(stored)
    except msgspec.MsgspecError as error:
        raise BrokenJournalError(f"exhibit {digest}: is not sealed under a key") from error
    if envelope.get("key_id") != key_id:
        raise BrokenJournalError(f"exhibit {digest}: is not sealed under key {key_id}")
    return open_envelope(root, envelope)


def seal_records(root: Path, lines: Iterable[Mapping[str, object]]) -> SealedRecords:
    """Keep a table as compressed canonical JSON Lines; the same lines are the same file.

    Raises:
        MisuseError: A line holds what canonical JSON does not.
        StorageError: The medium refuses; nothing is visible.
    """
    require_casebook(root)
    plain, n_lines = hashlib.sha256(), 0
    packed = io.BytesIO()
    waiting = iter(lines)
    with gzip.GzipFile("", "wb", COMPRESS_LEVEL, packed, mtime=0) as file:
        while batch := [canonical_json(line) + b"\n" for line in islice(waiting, _N_TOGETHER)]:
            text = b"".join(batch)
            plain.update(text)
            file.write(text)
            n_lines += len(batch)
    stored = packed.getvalue()
    digest = sha256_hex(stored)
    _keep(root, records_path(root, digest), stored, name=f"records {digest}")
    return SealedRecords(
        stored_digest=digest,
        plain_digest=plain.hexdigest(),
        size_bytes=len(stored),
        n_lines=n_lines,
    )


def read_records(
    root: Path, stored_digest: str, *, plain_digest: str
) -> tuple[dict[str, object], ...]:
    """Return the lines of a sealed table, in order, both digests checked.

    Raises:
        BrokenJournalError: It is missing, or is not what was sealed.
    """
    return tuple(read_lines(root, stored_digest, plain_digest=plain_digest, decoder=_LINES))


def read_lines(
    root: Path,
    stored_digest: str,
    *,
    plain_digest: str,
    decoder: msgspec.json.Decoder[T],
    only: Collection[bytes] = (),
) -> list[T]:
    """Return the lines of a sealed table as the decoder reads them, both digests checked.

    Args:
        only: Read just the lines that hold one of these; the rest costs next to nothing.

    Raises:
        BrokenJournalError: It is missing, is not what was sealed, or has another kind of line.
    """
    name = f"records {stored_digest}"
    stored = _read_stored(records_path(root, stored_digest), stored_digest, name=name)
    plain = _unpacked(stored, name=name)
    if sha256_hex(plain) != plain_digest:
        raise BrokenJournalError(f"{name}: its lines do not have the digest {plain_digest}")
    if only:
        plain = b"".join(_lines_holding(plain, only))
    try:
        return decoder.decode_lines(plain)
    except msgspec.MsgspecError as error:
        raise BrokenJournalError(f"{name}: holds a line that cannot be read ({error})") from error


def _lines_holding(plain: bytes, parts: Collection[bytes]) -> Iterator[bytes]:
    """Yield the lines that hold one of the parts, in order; found by searching, not by reading."""
    starts: set[int] = set()
    for part in parts:
        at = plain.find(part)
        while at >= 0:
            starts.add(plain.rfind(b"\n", 0, at) + 1)
            end = plain.find(b"\n", at)
            at = plain.find(part, end) if end >= 0 else -1
    for start in sorted(starts):
        end = plain.find(b"\n", start)
        yield plain[start : end + 1] if end >= 0 else plain[start:]


def require_stored(root: Path, stored_digest: str) -> None:
    """Raise unless a sealed table is there with the very bytes that were sealed.

    They are hashed as they are stored, which costs a tenth of reading them.

    Raises:
        BrokenJournalError: It is missing, or is not what was sealed.
    """
    problem = _stored_problem(records_path(root, stored_digest), stored_digest)
    if problem is not None:
        raise BrokenJournalError(f"records {stored_digest}: {problem}")


def exhibit_problem(root: Path, digest: str) -> str | None:
    """Return what is wrong with a sealed exhibit, or None; large ones are not held in memory."""
    return _stored_problem(exhibit_path(root, digest), digest)


def records_problem(root: Path, stored_digest: str, *, plain_digest: str) -> str | None:
    """Return what is wrong with a sealed table, as stored or in its lines, or None."""
    path = records_path(root, stored_digest)
    problem = _stored_problem(path, stored_digest)
    if problem is not None:
        return problem
    with storage_trouble(path):
        try:
            with gzip.open(path) as file:
                found = _digest_of(file)
        except _NOT_PACKED:
            return "is not gzip"
    return None if found == plain_digest else "its lines do not have their digest"


def _stored_problem(path: Path, digest: str) -> str | None:
    with storage_trouble(path):
        try:
            with path.open("rb") as file:
                found = _digest_of(file)
        except _NOT_THERE:
            return "is missing"
    return None if found == digest else "its bytes do not have this digest"


def _digest_of(file: IO[bytes] | gzip.GzipFile) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK_BYTES):
        digest.update(chunk)
    return digest.hexdigest()


def _read_stored(path: Path, digest: str, *, name: str) -> bytes:
    """Return a sealed file's bytes, or raise naming it when they are not what was sealed."""
    with storage_trouble(path):
        try:
            data = path.read_bytes()
        except _NOT_THERE as error:
            raise BrokenJournalError(f"{name}: is missing") from error
    if sha256_hex(data) != digest:
        raise BrokenJournalError(f"{name}: its bytes do not have this digest")
    return data


def _unpacked(stored: bytes, *, name: str) -> bytes:
    try:
        return gzip.decompress(stored)
    except _NOT_PACKED as error:
        raise BrokenJournalError(f"{name}: is not gzip") from error


def _keep_exhibit(root: Path, stored: bytes) -> str:
    digest = sha256_hex(stored)
    _keep(root, exhibit_path(root, digest), stored, name=f"exhibit {digest}")
    return digest


def _keep(root: Path, path: Path, stored: bytes, *, name: str) -> None:
    """Write a sealed file unless it is there; one that is there is checked, never replaced."""
    with storage_trouble(path):
        is_there = path.exists()
    if not is_there:
        write_durably(path, stored, top=root)
    elif _stored_problem(path, sha256_hex(stored)) is not None:
        message = f"{name}: the file of this name holds other bytes"
        raise BrokenJournalError(message, hint="restore it from a copy, or move it away")


def row_keys(root: Path, stored_digest: str, *, plain_digest: str) -> tuple[str, ...]:
    """Return the keys under which protected rows of one records file are sealed."""
    envelopes = (
        line.get("envelope")
        for line in read_records(root, stored_digest, plain_digest=plain_digest)
        if line.get("type") == "sealed"
    )
    return tuple(str(envelope["key_id"]) for envelope in envelopes if isinstance(envelope, dict))

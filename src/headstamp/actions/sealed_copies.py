"""In which sealed files does a protected row, or a protected file, stand? In whichever intake.

A file that is taken again beside a changed package is sealed again, under another key. So
every protected file is asked, and what cannot be looked into counts as holding it: one file
too many loses nothing but its bytes, while one too few keeps what was to go.
"""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator

from headstamp.casebook.opening import Casebook
from headstamp.casebook.recorded import RecordedRow, SealedExhibit
from headstamp.intake.archive import is_zip
from headstamp.intake.folder import MAX_BYTES
from headstamp.intake.paths import normal_path
from headstamp.intake.photo import is_photo
from headstamp.intake.photos import named_photos
from headstamp.ledger.keys import has_key, keyed_digest
from headstamp.ledger.seal import read_exhibit
from headstamp.terms.evidence import ID_COLUMNS

Place = tuple[int, SealedExhibit]
"""A sealed file and the entry of its intake."""

_Files = list[tuple[str, bytes]]
_DIGEST_BEGINS = re.compile(r"[0-9a-f]{12,64}")
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)


def exhibit_named(casebook: Casebook, text: str) -> SealedExhibit | None:
    """Return the exhibit whose digest begins so; 12 digits, as ``explain`` prints, suffice."""
    if not _DIGEST_BEGINS.fullmatch(text):
        return None
    found = {
        exhibit.digest: exhibit
        for intake in casebook.intakes.values()
        for exhibit in intake.exhibits
        if exhibit.digest.startswith(text)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def copies_of(casebook: Casebook, exhibit: SealedExhibit) -> Iterator[Place]:
    """Yield every protected file with the same content, and every zip that holds it."""
    yield from _holding(casebook, {exhibit.plain_digest})


def files_of(casebook: Casebook, row: RecordedRow) -> Iterator[Place]:
    """Yield all protected files that hold a row's id, or that it shows as exhibit or photo.

    And the file that it was read from: an id that a layout made stands in none.
    """
    own = {one.plain_digest for _, one in _protected(casebook) if _is_own(one, row)}
    held = {
        (seq, exhibit.digest)
        for seq, exhibit in _protected(casebook)
        if exhibit.plain_digest in own or _holds_id(casebook, seq, exhibit, row)
    }
    intakes = {row.whereabouts.seq, *(seq for seq, _ in held)}
    contents = set(_shown(casebook, row, intakes))
    copies = {(seq, exhibit.digest) for seq, exhibit in _holding(casebook, contents)}
    for seq, exhibit in _protected(casebook):
        if (seq, exhibit.digest) in held | copies:
            yield seq, exhibit


def _is_own(exhibit: SealedExhibit, row: RecordedRow) -> bool:
    return exhibit.digest == row.whereabouts.exhibit


def shows(row: RecordedRow, seq: int, exhibit: SealedExhibit) -> bool:
    """Whether a row names a sealed file of its own intake as exhibit or photo."""
    return row.whereabouts.seq == seq and exhibit.name in _names_of(row)


def _names_of(row: RecordedRow) -> set[str]:
    exhibit = row.values.get("exhibit")
    named = {normal_path(exhibit)} if isinstance(exhibit, str) else set()
    return named | set(named_photos(row.values))


def _protected(casebook: Casebook) -> Iterator[Place]:
    for seq, intake in casebook.intakes.items():
        for exhibit in intake.exhibits:
            if exhibit.key_id is not None and has_key(casebook.root, exhibit.key_id):
                yield seq, exhibit


def _shown(casebook: Casebook, row: RecordedRow, intakes: set[int]) -> Iterator[str]:
    """Yield the keyed digests of what a row shows, as each of the intakes brought it."""
    names = _names_of(row)
    if not names:
        return
    for seq, exhibit in _protected(casebook):
        if seq not in intakes:
            continue
        if exhibit.name in names:
            yield exhibit.plain_digest
            continue
        for name, data in _files_in(casebook, exhibit) or ():
            if any(name == shown or name.endswith(f"/{shown}") for shown in names):
                yield keyed_digest(casebook.root, data)


def _holding(casebook: Casebook, contents: set[str]) -> Iterator[Place]:
    """Yield the protected files that are, or hold, one of these contents."""
    if not contents:
        return
    for seq, exhibit in _protected(casebook):
        files = [] if exhibit.plain_digest in contents else _files_in(casebook, exhibit)
        if (
            exhibit.plain_digest in contents
            or files is None
            or any(keyed_digest(casebook.root, data) in contents for _, data in files)
        ):
            yield seq, exhibit


def _holds_id(casebook: Casebook, seq: int, exhibit: SealedExhibit, row: RecordedRow) -> bool:
    """Whether a file holds a row's id as it was written there; in pictures none is looked for.

    Short ids stand by chance in a million bytes of a picture.
    """
    prefix = casebook.intakes[seq].prefix or ""
    parts = [str(row.values[column]) for column in ID_COLUMNS[row.table]]
    wanted = [part.removeprefix(prefix).encode() for part in parts]
    files = _files_in(casebook, exhibit)
    if files is None:
        return True
    texts = (data for name, data in files if not is_photo(name, data))
    return any(all(part in text for part in wanted) for text in texts)


def _files_in(casebook: Casebook, exhibit: SealedExhibit) -> _Files | None:
    """Return a file, or what is in it where it is a zip; none of a photo with details.

    None: it is a zip that cannot be looked into as a whole.
    """
    if any(
        (photo.exhibit, photo.file) == (exhibit.digest, exhibit.name) for photo in casebook.photos
    ):
        return []
    data = read_exhibit(casebook.root, exhibit.digest, key_id=exhibit.key_id)
    if not is_zip(data):
        return [(exhibit.name, data)]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > MAX_BYTES:
                return None
            return [(entry.filename, archive.read(entry)) for entry in entries]
    except (*_DAMAGE, NotImplementedError, RuntimeError):
        return None

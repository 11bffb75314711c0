"""Which sealed photos does a row rest on? And, for whoever asks by name, what they tell."""

from collections.abc import Iterator

import msgspec

from headstamp.casebook.lines import Line
from headstamp.casebook.opening import Casebook
from headstamp.casebook.recorded import RecordedRow, SealedExhibit
from headstamp.intake.cells import Value
from headstamp.intake.photos import named_photos
from headstamp.ledger.keys import has_key, open_envelope


class PhotoDetails(msgspec.Struct, frozen=True, kw_only=True):
    """What one photo tells of device, place, time and person; protected, never handed out."""

    file: str
    exhibit: str
    seq: int
    values: dict[str, Value]


class _Line(msgspec.Struct):
    """What stands in the envelope: a row of ``photo_details``."""

    values: dict[str, Value]


def photo_details(casebook: Casebook) -> tuple[PhotoDetails, ...]:
    """Return what the photos of a casebook tell, in the order of recording; erased ones are out.

    No verb, table or report calls this: it is for people who hold the casebook and its keys
    and mean to look, from Python.
    """
    return tuple(
        PhotoDetails(
            file=photo.file,
            exhibit=photo.exhibit,
            seq=photo.seq,
            values=msgspec.json.decode(
                open_envelope(casebook.root, photo.envelope), type=_Line
            ).values,
        )
        for photo in casebook.photos
        if has_key(casebook.root, photo.key_id)
    )


def photo_lines(casebook: Casebook, row: RecordedRow, *, level: int) -> Iterator[Line]:
    """Yield a line for each photo of a row that was sealed with it: the way back to the picture.

    Of what a photo tells, only that it is sealed is said. Photos without such details that
    came in a zip are not told apart from references, and have no line.
    """
    names, seq = named_photos(row.values), row.whereabouts.seq
    if not names:
        return
    exhibits = {exhibit.name: exhibit for exhibit in casebook.intakes[seq].exhibits}
    telling = {photo.file: photo.exhibit for photo in casebook.photos if photo.seq == seq}
    by_digest = {exhibit.digest: exhibit for exhibit in exhibits.values()}
    for name in names:
        exhibit = exhibits.get(name) or by_digest.get(telling.get(name, ""))
        if exhibit is not None:
            yield _photo_line(casebook, name, exhibit, has_details=name in telling, level=level)


def _photo_line(
    casebook: Casebook, name: str, exhibit: SealedExhibit, *, has_details: bool, level: int
) -> Line:
    if exhibit.digest in casebook.erased_files:
        seq = casebook.erased_files[exhibit.digest]
        by = "a later entry" if seq is None else f"entry {seq}"
        return Line(level=level, text=f"photo; its sealed file was erased by {by}", file=name)
    text = "photo, sealed" if exhibit.key_id is None else "photo, sealed under a key"
    text += "; EXIF: sealed" if has_details else ""
    return Line(level=level, text=text, file=name, exhibit=exhibit.digest)

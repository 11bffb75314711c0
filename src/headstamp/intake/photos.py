"""Which photos does a package hold, and which must lie under a key? Asked of every file named."""

from collections.abc import Iterator, Mapping

import msgspec

from headstamp.intake import kinds
from headstamp.intake.folder import Container
from headstamp.intake.kinds import IssueKind
from headstamp.intake.paths import normal_path
from headstamp.intake.photo import (
    MAX_PHOTO_BYTES,
    PhotoLook,
    holds_exif,
    is_photo,
    look_into,
)
from headstamp.intake.reading import PHOTO_DETAILS, Record
from headstamp.intake.rows import ReadRow
from headstamp.intake.trouble import Trouble, printable
from headstamp.terms.issue import Issue

Exhibits = Mapping[str, tuple[bytes, bool]]
"""Bytes by name, and whether they are protected; of a zip the bytes are empty."""

_EXHIBIT, _PHOTOS = "exhibit", "photos"


class PhotosRead(msgspec.Struct, frozen=True, kw_only=True):
    """The files that rows name, photos included, each with its protection settled.

    ``is_zip_held``: something in the zip, named or not, tells more than a picture does, or
    could not be looked into, so that the zip must lie under a key as a whole.
    """

    files: dict[str, tuple[bytes, bool]]
    records: tuple[Record, ...]
    issues: tuple[Issue, ...]
    is_zip_held: bool


class _Naming(msgspec.Struct, frozen=True):
    """One cell that names a file of the package."""

    row: ReadRow
    column: str


def read_photos(
    package: Container,
    rows: list[ReadRow],
    exhibits: Exhibits,
    *,
    used: set[str],
    is_zip: bool,
) -> PhotosRead:
    """Return every file to seal that rows name, protected where it tells more than a picture.

    Troubles are added to the first row that names the photo. A folder's other files are
    neither read nor sealed; a zip is sealed whole, so each of its files is looked into.

    Args:
        exhibits: What ``exhibit`` cells name.
        used: Names of tables and of the descriptor.
    """
    files = dict(exhibits)
    records: list[Record] = []
    held = False
    for name, namings in _namings(package, rows).items():
        data = _bytes_of(package, name, namings, exhibits=exhibits, is_zip=is_zip)
        if data is None:  # An issue of the package by now, and so in a zip it is held.
            continue
        is_named_photo = any(naming.column == _PHOTOS for naming in namings)
        if is_named_photo or is_photo(name, data):
            look = look_into(data)
            _tell(look, name, _teller(namings))
            is_held = not look.is_bare
            records += [_record(name, look.told)] if is_held else []
        else:
            is_held = holds_exif(data)
        held |= is_held
        is_protected = is_held or any(naming.row.is_protected for naming in namings)
        files[name] = (b"" if is_zip else data, is_protected)
    if is_zip:
        others = [name for name in package.names if name not in used and name not in files]
        held = held or any(_is_held(package, name) for name in others) or bool(package.issues)
    return PhotosRead(
        files=files,
        records=tuple(records),
        issues=tuple(_references(package, rows)),
        is_zip_held=held,
    )


def named_photos(values: Mapping[str, object]) -> list[str]:
    """Return what the photos cell of a row names, as files of a package are named."""
    photos = values.get(_PHOTOS)
    return [normal_path(str(name)) for name in photos] if isinstance(photos, list) else []


def _namings(package: Container, rows: list[ReadRow]) -> dict[str, list[_Naming]]:
    """Return the files of the package that rows name, and the cells that name each."""
    there = set(package.names)
    found: dict[str, list[_Naming]] = {}
    for row in rows:
        if row.state == "refused":
            continue
        exhibit = row.values.get(_EXHIBIT)
        named = [(name, _PHOTOS) for name in named_photos(row.values)]
        named += [(normal_path(exhibit), _EXHIBIT)] if isinstance(exhibit, str) else []
        for name, column in named:
            if name in there:
                found.setdefault(name, []).append(_Naming(row, column))
    return found


def _bytes_of(
    package: Container,
    name: str,
    namings: list[_Naming],
    *,
    exhibits: Exhibits,
    is_zip: bool,
) -> bytes | None:
    if name in exhibits and not is_zip:
        return exhibits[name][0]
    was_tried = not is_zip and any(naming.column == _EXHIBIT for naming in namings)
    data = None if was_tried else package.read(name)
    if data is None:
        naming = _teller(namings)
        if naming.column == _PHOTOS or is_zip:
            said = "cannot be read in the package; the row was taken without it"
            _add(naming, kinds.EXHIBIT_MISSING, name, said)
    return data


def _teller(namings: list[_Naming]) -> _Naming:
    """Return the cell under which trouble is told: one of a row that comes in now, if any."""
    return next((naming for naming in namings if naming.row.state == "read"), namings[0])


def _tell(look: PhotoLook, name: str, naming: _Naming) -> None:
    if look.is_large:
        said = f"is larger than {MAX_PHOTO_BYTES:,} bytes; sealed under a key, not looked into"
        _add(naming, kinds.PHOTO_LARGE, name, said)
    elif look.problem:
        said = f"{look.problem}; it was sealed all the same, under a key"
        _add(naming, kinds.PHOTO_DAMAGED, name, said)
    elif look.is_unread:
        said = "says more than could be read of what its camera wrote; it was sealed under a key"
        _add(naming, kinds.PHOTO_UNREAD, name, said)


def _add(naming: _Naming, kind: IssueKind, name: str, said: str) -> None:
    trouble = Trouble(kind=kind, column=naming.column, raw=name, said=said)
    naming.row.troubles.append(trouble)


def _record(name: str, told: dict[str, str | int | list[str]]) -> Record:
    return Record(
        table=PHOTO_DETAILS, row_id=name, file=name, row=1, values=told, is_protected=True
    )


def _is_held(package: Container, name: str) -> bool:
    """Whether a file of a zip that no row names tells more than a picture does."""
    data = package.read(name)
    if data is None:
        return True
    return not look_into(data).is_bare if is_photo(name, data) else holds_exif(data)


def _references(package: Container, rows: list[ReadRow]) -> Iterator[Issue]:
    """Yield the notes that count the entries of photos cells that name no file."""
    there = set(package.names)
    kind = kinds.PHOTO_NOT_HERE
    for is_protected in (False, True):
        found = [
            row.file
            for row in rows
            if row.state == "read" and row.is_protected is is_protected
            for name in named_photos(row.values)
            if name not in there
        ]
        if found:
            n = (
                f"{len(found):,} entries of photos cells name"
                if len(found) > 1
                else "1 entry names"
            )
            said = f"{n} no file of the package; kept as references"
            masked = f"(protected) {kind.when}"
            yield Issue(
                code=kind.code,
                severity=kind.severity,
                message=f"{printable(found[0])}: {masked if is_protected else said}",
                hint=kind.remedy,
                file=printable(found[0]),
                column=_PHOTOS,
            )

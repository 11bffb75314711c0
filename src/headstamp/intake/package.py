"""What is in a case package? From a path to records, issues, counts and the files to seal."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from headstamp.intake import kinds
from headstamp.intake.archive import Archive, is_zip
from headstamp.intake.descriptor import DESCRIPTOR
from headstamp.intake.folder import MAX_BYTES, Container, Folder
from headstamp.intake.gathered import missing_columns, row_issues
from headstamp.intake.paths import normal_path
from headstamp.intake.photos import read_photos
from headstamp.intake.prefix import prefix_rows, require_prefix
from headstamp.intake.reading import Known, PackageFile, PackageReading, TableCounts
from headstamp.intake.resolve import record_of, resolve
from headstamp.intake.rows import ReadRow, read_table
from headstamp.intake.schema import package_schema
from headstamp.intake.tables import Tables, find_tables
from headstamp.intake.tabular import TableText, split_table
from headstamp.intake.trouble import Trouble, file_issue, printable, shown
from headstamp.terms.issue import Issue

_N_NAMED = 10


def read_package(path: Path, *, known: Known, prefix: str | None = None) -> PackageReading:
    """Return everything that a case package says, each value read, kept as note or reported.

    Reads the folder or zip and nothing else, and writes nowhere. A row with an error is
    refused, and with it every row that refers to it; all other rows are in ``records``.

    Args:
        path: A folder, or a zip, told by its content.
        known: What the casebook holds, so that ids can be compared and looked up.
        prefix: Put before every id of the package that is not on record already.

    Raises:
        MisuseError: The prefix cannot begin an id.
    """
    if prefix is not None:
        require_prefix(prefix)
    name = printable(path.name or str(path))
    try:
        if path.is_dir():
            return _read(Folder(path), name, known=known, prefix=prefix)
        data = _read_zip_bytes(path, name)
    except OSError as error:
        said = f"cannot be read: {error.strerror}"
        data = file_issue(kinds.FILE_REFUSED, said, file=name)
    if isinstance(data, Issue):
        return PackageReading(issues=(data,))
    return _read(Archive(name, data), name, known=known, prefix=prefix, zipped=data)


def _read_zip_bytes(path: Path, name: str) -> bytes | Issue:
    if not path.is_file():
        said = "is no folder and no file" if path.exists() else "is not there"
        return file_issue(kinds.NOT_A_PACKAGE, said, file=name)
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if not is_zip(data):
        return file_issue(kinds.NOT_A_PACKAGE, "is neither a folder nor a zip", file=name)
    if len(data) > MAX_BYTES:
        said = f"is larger than {MAX_BYTES:,} bytes; it was not read"
        return file_issue(kinds.TOO_LARGE, said, file=name)
    return data


def _read(
    container: Container,
    name: str,
    *,
    known: Known,
    prefix: str | None,
    zipped: bytes | None = None,
) -> PackageReading:
    tables = find_tables(container)
    if not tables.files:
        said = "holds no table of a case package"
        issue = file_issue(kinds.NOT_A_PACKAGE, said, file=printable(name))
        return PackageReading(issues=(*container.issues, *tables.issues, issue))
    table_bytes, texts, rows = _read_tables(container, tables)
    if prefix is not None:
        prefix_rows(rows, prefix, known)
    resolve(rows, known, unread=_unread(tables, texts))
    exhibits = _read_exhibits(container, rows, is_zip=zipped is not None)
    used = {DESCRIPTOR, *tables.files.values()}
    photos = read_photos(container, rows, exhibits, used=used, is_zip=zipped is not None)
    sealed = _files(tables, table_bytes, photos.files, rows)
    if zipped is not None:
        is_protected = photos.is_zip_held or any(file.is_protected for file in sealed)
        sealed = (PackageFile(name=name, data=zipped, is_protected=is_protected),)
    issues = [issue for text in texts.values() for issue in text.issues]
    others = _files_not_read(container, {*used, *photos.files})
    return PackageReading(
        files=sealed,
        records=tuple(record_of(row) for row in rows if row.state == "read"),
        photos=photos.records,
        issues=(
            *container.issues,
            *tables.issues,
            *others,
            *photos.issues,
            *issues,
            *missing_columns(texts.values()),
            *row_issues(rows),
        ),
        counts={table: _count(table, rows) for table in tables.files},
        is_zip=zipped is not None,
    )


def _read_tables(
    container: Container, tables: Tables
) -> tuple[dict[str, bytes], dict[str, TableText], list[ReadRow]]:
    """Return the bytes of each table's file, each table as text, and all rows."""
    found: dict[str, bytes] = {}
    texts: dict[str, TableText] = {}
    rows: list[ReadRow] = []
    for table, file in tables.files.items():
        data = container.read(file)
        if data is None:
            continue
        found[file] = data
        texts[table] = split_table(file, data, package_schema()[table])
        rows.extend(read_table(texts[table], package_schema()[table]))
    return found, texts, rows


def _unread(tables: Tables, texts: Mapping[str, TableText]) -> dict[str, str]:
    """Return the file of each table that is in the package and could not be read as a whole."""
    return {
        table: file
        for table, file in tables.files.items()
        if table not in texts or texts[table].is_refused
    }


def _read_exhibits(
    container: Container, rows: list[ReadRow], *, is_zip: bool
) -> dict[str, tuple[bytes, bool]]:
    """Return the files that rows name as exhibits, and whether they are protected.

    In a zip they are only looked up: the zip is sealed, and they with it.
    """
    found: dict[str, tuple[bytes, bool]] = {}
    for row in rows:
        exhibit = row.values.get("exhibit")
        if row.state == "refused" or not isinstance(exhibit, str):
            continue
        name = normal_path(exhibit)
        data = found[name][0] if name in found else None
        if data is None and name in container.names:
            data = b"" if is_zip else container.read(name)
        if data is None:
            said = "cannot be read in the package; the row was taken without it"
            row.troubles.append(
                Trouble(kind=kinds.EXHIBIT_MISSING, column="exhibit", raw=exhibit, said=said)
            )
        else:
            was_protected = name in found and found[name][1]
            found[name] = (data, was_protected or row.is_protected)
    return found


def _files(
    tables: Tables,
    table_bytes: dict[str, bytes],
    exhibits: dict[str, tuple[bytes, bool]],
    rows: list[ReadRow],
) -> tuple[PackageFile, ...]:
    """Return the files to seal: each once, protected where any row that rests on it is."""
    held = {row.file for row in rows if row.is_protected}
    split = {row.file for row in rows} - {row.file for row in rows if not row.values}
    unsplit = table_bytes.keys() - split
    held |= {file for file in unsplit if _may_hold_protected(table_bytes[file])}
    found = {DESCRIPTOR: tables.descriptor} if tables.descriptor is not None else {}
    found |= table_bytes
    found |= {name: data for name, (data, _) in exhibits.items()}
    held |= {name for name, (_, is_protected) in exhibits.items() if is_protected}
    return tuple(
        PackageFile(name=name, data=data, is_protected=name in held) for name, data in found.items()
    )


def _may_hold_protected(data: bytes) -> bool:
    """Answer for rows that could not be split: better one file too many under a key."""
    return b"protected" in data.replace(b"\0", b"").lower()


def _files_not_read(container: Container, used: set[str]) -> Iterator[Issue]:
    unread = [name for name in container.names if name not in used]
    if unread:
        others = ", ".join(shown(name) for name in unread[1:_N_NAMED])
        more = f" and {len(unread) - _N_NAMED} more" if len(unread) > _N_NAMED else ""
        said = "no table, exhibit or photos cell names it; neither read nor sealed"
        said += f"; likewise {others}{more}" if others else ""
        yield file_issue(kinds.FILES_NOT_READ, said, file=unread[0], raw="; ".join(unread))


def _count(table: str, rows: list[ReadRow]) -> TableCounts:
    counts = TableCounts()
    states: Counter[str] = Counter()
    for row in rows:
        if row.table != table:
            continue
        states[row.state] += row.n_rows
        counts.n_cells += row.n_cells
        if row.state == "same":
            counts.n_cells_same += row.n_cells
        elif row.state == "read":
            counts.n_cells_read += len(row.values)
            counts.n_cells_noted += len(row.notes)
    counts.n_read, counts.n_same = states["read"], states["same"]
    counts.n_refused, counts.n_rows = states["refused"], sum(states.values())
    settled = counts.n_cells_read + counts.n_cells_noted + counts.n_cells_same
    counts.n_cells_reported = counts.n_cells - settled
    return counts

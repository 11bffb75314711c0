"""How large is a workbook once it is open? Told from its bytes, before anything unfolds it.

A reader of workbooks lays a sheet out as a full rectangle: one cell typed by mistake at the
far corner makes it ask for more memory than there is, and the process ends. So a sheet
is measured first, piece by piece, and damage is found on the way.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

MAX_UNPACKED_BYTES = 4 * 1024 * 1024 * 1024
MAX_SHEET_CELLS = 64 * 1024 * 1024
"""A sheet of 1,048,576 rows and 64 columns; about 2 GB in memory."""
_N_PIECE = 4 * 1024 * 1024
_N_OVERLAP = 256
_ODD = re.compile(rb"r=[\"'](?:[A-Z]{2,3}[0-9]|[A-Z]?[0-9]{8})")
"""A cell beyond the 26th column, or a row that no spreadsheet has: then cells are counted.

Without one even a million rows are few enough, so that most sheets are only searched.
"""
_CELL = re.compile(rb'<(?:\w+:)?(?:c|row)\s[^>]*?\br="([A-Z]{0,3})([0-9]{1,20})"[^>]*?(/?)>')
_MOST_ROWS = 1_048_576


def workbook_problem(data: bytes) -> tuple[str, str] | None:
    """Return what keeps a zipped workbook from being opened, and the remedy, or None.

    It reads every entry to its end: a damaged one is found here. Cost: O(unpacked bytes).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _archive_problem(archive)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError) as error:
        said = f"is no workbook, or is cut short: {error}"
        return said, "fetch or export it again; a CSV needs a layout with format = 'csv'"
    except (NotImplementedError, RuntimeError) as error:
        return f"cannot be unpacked: {error}", "open it in a spreadsheet, save it anew, take that"


def _archive_problem(archive: zipfile.ZipFile) -> tuple[str, str] | None:
    # No entry gives more than it declares; one that declares too little fails its checksum.
    if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED_BYTES:
        said = f"unpacks to more than {MAX_UNPACKED_BYTES:,} bytes; it was not read"
        return said, "export its sheets as CSV and take these"
    for info in archive.infolist():
        is_sheet = "worksheets/" in info.filename and info.filename.endswith(".xml")
        is_odd = False
        for piece in _pieces(archive, info):
            is_odd = is_odd or (is_sheet and _ODD.search(piece) is not None)
        if is_odd and (problem := _extent_problem(archive, info)):
            return problem
    return None


def _extent_problem(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> tuple[str, str] | None:
    """Return what is said of a sheet whose rectangle is larger than is laid out."""
    n_rows, n_columns = 0, 0
    for piece in _pieces(archive, info):
        for letters, digits, is_empty in _CELL.findall(piece):
            number = int(digits)
            if is_empty or (not letters and number <= _MOST_ROWS):
                continue
            n_rows = max(n_rows, number)
            n_columns = max(n_columns, column_number(letters), 1)
    if n_rows * n_columns <= MAX_SHEET_CELLS:
        return None
    said = f"has a sheet that reaches to column {column_name(n_columns - 1)} and row {n_rows:,}: "
    said += f"more than {MAX_SHEET_CELLS:,} cells; it was not read"
    return said, "delete what stands far off by mistake, or export the sheet as CSV"


def _pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield an entry in pieces, each after the end of the one before: no cell is cut in two."""
    before = b""
    with archive.open(info) as entry:
        while new := entry.read(_N_PIECE):
            piece = before + new
            yield piece
            before = piece[-_N_OVERLAP:]


def column_number(letters: bytes) -> int:
    """Return the place of a column, the first being 1.

    >>> column_number(b"A"), column_number(b"Z"), column_number(b"AB"), column_number(b"XFD")
    (1, 26, 28, 16384)
    """
    place = 0
    for letter in letters:
        place = place * 26 + letter - ord("A") + 1
    return place


def column_name(place: int) -> str:
    """Return the letters of a column, the first place being 0.

    >>> column_name(0), column_name(25), column_name(27), column_name(16383)
    ('A', 'Z', 'AB', 'XFD')
    """
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters

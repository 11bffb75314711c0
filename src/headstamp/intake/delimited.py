"""Which rows has a file of separated values? Any common encoding, tried in the layout's order."""

from collections.abc import Iterator

from headstamp.intake import kinds, layout_kinds
from headstamp.intake.grids import Grid, GridRow, Grids, RawCell, is_filled
from headstamp.intake.layout import FileForm
from headstamp.intake.tabular import MAX_CELL_CHARACTERS, RawRow, number_rows
from headstamp.intake.trouble import Trouble, file_issue

_TAB = "\t"
_MARK = "\ufeff"
"""A byte order mark, in whatever encoding: never a part of the first name."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_delimited(file: str, data: bytes, form: FileForm) -> Grids:
    """Return the one grid of a CSV or TSV file; every line is in a row, read or refused."""
    found = Grids()
    text = _decoded(file, data, form, found)
    if text is None:
        return found
    separator = _TAB if form.formats == ("tsv",) else form.separator
    rows = number_rows(text, separator=separator)
    n_above, width = 0, 0
    header: tuple[str, ...] = ()
    while form.header_row:
        row = next(rows, None)
        if row is None or row.number > form.header_row:
            said = f"has nothing in row {form.header_row}, where the layout looks for the header"
            return found.refuse(layout_kinds.NO_HEADER, said, file=file)
        if row.number == form.header_row:
            header, width = tuple(cell.strip() for cell in row.cells), len(row.cells)
            break
        n_above += sum(map(is_filled, row.cells))
    if width == 1 and (other := _other_separator(header[0], separator)):
        said = f"has one column; its header holds {other!r}, and the layout's separator is "
        return found.refuse(
            layout_kinds.WRONG_SEPARATOR,
            f"{said}{separator!r}",
            file=file,
            hint=f"write separator = {other!r} in the layout's [file]",
        )
    grid = Grid(sheet="", header=header, n_above=n_above, rows=_sized(rows, width))
    found.grids.append(grid)
    return found


def _decoded(file: str, data: bytes, form: FileForm, found: Grids) -> str | None:
    """Return the text in the first encoding that fits; a byte order mark is passed over."""
    tried = []
    for encoding in form.encodings:
        try:
            text = data.decode(encoding)
        except UnicodeError as error:
            tried.append(f"{encoding} ({_place(data, error)})")
            continue
        if tried:
            said = f"is not {', not '.join(tried)}; it was read as {encoding}"
            found.issues.append(file_issue(layout_kinds.OTHER_ENCODING, said, file=file))
        return text.removeprefix(_MARK)
    said = f"is not in the layout's encoding: not {', not '.join(tried)}"
    hint = 'name its encoding in the layout, such as encoding = ["cp1252"]'
    if data.startswith(_UTF_16):
        hint = 'it looks like UTF-16: write encoding = ["utf-16"] in the layout\'s [file]'
    found.refuse(layout_kinds.WRONG_ENCODING, said, file=file, hint=hint)
    return None


def _place(data: bytes, error: UnicodeError) -> str:
    if not isinstance(error, UnicodeDecodeError):
        return str(error)
    line = data.count(b"\n", 0, error.start) + 1
    return f"byte 0x{data[error.start]:02X} in line {line}"


def _other_separator(header: str, separator: str) -> str:
    return next((sign for sign in ";\t|," if sign != separator and sign in header), "")


def _sized(rows: Iterator[RawRow], width: int) -> Iterator[GridRow]:
    for row in rows:
        cells: list[RawCell] = list(row.cells)
        yield GridRow(row.number, cells, row.trouble or _trouble(row.cells, width), row.n_rows)


def _trouble(cells: list[str], width: int) -> Trouble | None:
    """Return what makes a row unusable: more or fewer cells, or one that never ends."""
    if width and len(cells) > width and any(cells[width:]):
        said = f"the row has {len(cells)} cells where the header has {width}"
        return Trouble(kind=kinds.EXTRA_CELL, said=said, raw=",".join(cells[width:]))
    if any(len(cell) > MAX_CELL_CHARACTERS for cell in cells):
        return Trouble(kind=kinds.LONG_CELL, said=kinds.LONG_CELL.when)
    if width and len(cells) < width:
        said = f"the row has {len(cells)} cells where the header has {width}"
        return Trouble(kind=kinds.SHORT_ROW, said=said)
    return None

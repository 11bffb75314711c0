"""Which rows has a workbook? Its sheets through calamine, with what merging and passwords hide."""

import io
from collections.abc import Iterator

import python_calamine as calamine

from headstamp.intake import layout_kinds
from headstamp.intake.grids import N_SHOWN, Grid, GridRow, Grids, RawCell, is_filled
from headstamp.intake.layout import FileForm
from headstamp.intake.layout_cells import text_of
from headstamp.intake.layout_extents import column_name, workbook_problem
from headstamp.intake.nearest import nearest
from headstamp.intake.trouble import file_issue, shown
from headstamp.terms.issue import Issue

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_Range = tuple[tuple[int, int], tuple[int, int]]


def read_workbook(file: str, data: bytes, form: FileForm) -> Grids:
    """Return a grid for every sheet that the layout reads; sheets that it lacks are issues."""
    found = Grids()
    problem = _problem_before(data)
    if problem is not None:
        return found.refuse(layout_kinds.FILE_UNREADABLE, problem[0], file=file, hint=problem[1])
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.PasswordError:
        said, hint = _PASSWORD
        return found.refuse(layout_kinds.FILE_UNREADABLE, said, file=file, hint=hint)
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, OSError) as error:
        said = f"cannot be read as a workbook: {error}"
        hint = "fetch or export it again: it may have been cut short"
        return found.refuse(layout_kinds.FILE_UNREADABLE, said, file=file, hint=hint)
    for name in _sheets_to_read(file, book, form, found):
        _add_sheet(file, book, name, form, found)
    return found


_PASSWORD = (
    "is locked with a password",
    "open it, save it without the password, and take that",
)


def _problem_before(data: bytes) -> tuple[str, str] | None:
    """Return what keeps a workbook from being opened, as far as its first bytes tell."""
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            return _PASSWORD
        return None
    return workbook_problem(data)


def _sheets_to_read(
    file: str, book: calamine.CalamineWorkbook, form: FileForm, found: Grids
) -> list[str]:
    visible = [
        meta.name
        for meta in book.sheets_metadata
        if meta.typ == calamine.SheetTypeEnum.WorkSheet
        and meta.visible == calamine.SheetVisibleEnum.Visible
    ]
    for name in form.sheets:
        if name not in book.sheet_names:
            listed = ", ".join(book.sheet_names[:N_SHOWN])
            near = nearest(name, book.sheet_names)
            hint = f"is {near} meant? " if near else ""
            said = f"has no sheet {shown(name)}"
            found.refuse(
                layout_kinds.NO_SHEET, said, file=file, hint=f"{hint}its sheets are: {listed}"
            )
    wanted = [
        name
        for name in dict.fromkeys(form.sheets or visible)
        if name in book.sheet_names and name not in form.skip_sheets
    ]
    for name in book.sheet_names:
        if name not in wanted:
            why = form.skip_sheets.get(name)
            said = f"the sheet {shown(name)} was not read" + (f": {why}" if why else "")
            kind = layout_kinds.SHEET_SKIPPED if why is not None else layout_kinds.SHEET_NOT_READ
            found.issues.append(file_issue(kind, said, file=file, raw=name))
    return wanted


def _add_sheet(
    file: str, book: calamine.CalamineWorkbook, name: str, form: FileForm, found: Grids
) -> None:
    try:
        sheet = book.get_sheet_by_name(name)
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError) as error:
        said = f"the sheet {shown(name)} cannot be read: {error}"
        hint = "fetch or export the workbook again: it may have been cut short"
        found.refuse(layout_kinds.FILE_UNREADABLE, said, file=file, hint=hint)
        return
    rows = _filled_down(sheet, form)
    n_above = 0
    header: tuple[str, ...] = ()
    while form.header_row:
        row = next(rows, None)
        if row is None or row.number > form.header_row:
            said = f"the sheet {shown(name)} has nothing in row {form.header_row}, "
            found.refuse(layout_kinds.NO_HEADER, f"{said}where its header should be", file=file)
            return
        if row.number == form.header_row:
            header = tuple(text_of(cell).strip() for cell in row.cells)
            break
        n_above += sum(map(is_filled, row.cells))
    issues = [] if form.merged == "fill" else _merged_issues(file, sheet, form)
    found.grids.append(Grid(sheet=name, header=header, n_above=n_above, rows=rows, issues=issues))


def _numbered(sheet: calamine.CalamineSheet) -> Iterator[GridRow]:
    """Yield the rows that hold something; cells stand under the columns that a person sees.

    calamine yields empty rows before the first filled one, and no empty columns before it.
    """
    if sheet.start is None:
        return
    before: list[RawCell] = [""] * sheet.start[1]
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if cells.count("") < len(cells):
            yield GridRow(number, [*before, *cells])


def _filled_down(sheet: calamine.CalamineSheet, form: FileForm) -> Iterator[GridRow]:
    """Yield the rows, merged cells each with what their first one holds, where that is asked."""
    if form.merged != "fill":
        yield from _numbered(sheet)
        return
    areas: dict[int, list[_Range]] = {}
    for area in _merged_rows(sheet, form):
        for row_place in range(area[0][0], area[1][0] + 1):
            areas.setdefault(row_place + 1, []).append(area)
    held: dict[_Range, RawCell] = {}
    for row in _numbered(sheet):
        for area in areas.get(row.number, ()):
            left, right = area[0][1], area[1][1]
            row.cells.extend([""] * (right + 1 - len(row.cells)))
            value = held.setdefault(area, row.cells[left])
            row.cells[left : right + 1] = [value] * (right + 1 - left)
        yield row


def _merged_rows(sheet: calamine.CalamineSheet, form: FileForm) -> list[_Range]:
    """Return the merged areas that reach below the header, from the top."""
    areas = sheet.merged_cell_ranges or []
    return sorted(area for area in areas if area[1][0] >= form.header_row)


def _merged_issues(file: str, sheet: calamine.CalamineSheet, form: FileForm) -> list[Issue]:
    areas = _merged_rows(sheet, form)
    if not areas:
        return []
    places = ", ".join(_area_name(area) for area in areas[:N_SHOWN])
    more = f" and {len(areas) - N_SHOWN} more" if len(areas) > N_SHOWN else ""
    said = f"the sheet {shown(sheet.name)} has merged cells, of which only the first holds the "
    said += f"value: {places}{more}; the others were read as empty"
    return [file_issue(layout_kinds.MERGED_CELLS, said, file=file, raw=places)]


def _area_name(area: _Range) -> str:
    """Return an area as a spreadsheet names it.

    >>> _area_name(((0, 0), (4, 27)))
    'A1:AB5'
    """
    return ":".join(f"{column_name(column)}{row + 1}" for row, column in area)

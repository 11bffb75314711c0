"""What may be wrong with a file that a layout reads? Their issue codes, once."""

from headstamp.intake.kinds import IssueKind

FILE_UNREADABLE = IssueKind(
    "INTAKE-100",
    "error",
    "a file is not in the format that the layout names, is locked, or breaks off; none of it "
    "was read, or nothing from there on",
    "fetch or export the file again, or correct format in the layout's [file]",
)
WRONG_ENCODING = IssueKind(
    "INTAKE-101",
    "error",
    "a file is in none of the encodings that the layout names; none of it was read",
    "name its encoding in the layout's [file]",
)
OTHER_ENCODING = IssueKind(
    "INTAKE-102",
    "note",
    "a file is not in the first encoding that the layout names, but in a later one",
    "nothing need be done if its words read well",
)
WRONG_SEPARATOR = IssueKind(
    "INTAKE-103",
    "error",
    "a file has one column, its columns being separated by another sign; none of it was read",
    "correct separator in the layout's [file]",
)
NO_SHEET = IssueKind(
    "INTAKE-104",
    "error",
    "a workbook lacks a sheet that the layout reads",
    "correct sheets in the layout's [file], or take the workbook that has it",
)
SHEET_NOT_READ = IssueKind(
    "INTAKE-105",
    "warning",
    "a workbook has a sheet that the layout does not name, or that is hidden; it was not read",
    "name it in sheets, or in skip_sheets with the reason",
)
SHEET_SKIPPED = IssueKind(
    "INTAKE-106",
    "note",
    "a sheet was not read, for the reason that the layout gives",
    "nothing need be done",
)
NO_HEADER = IssueKind(
    "INTAKE-107",
    "error",
    "nothing stands in the row where the layout looks for the header; the sheet was not read",
    "correct header_row in the layout's [file]",
)
NO_LAYOUT_COLUMN = IssueKind(
    "INTAKE-108",
    "error",
    "a sheet lacks a column that the layout reads; the sheet was not read",
    "add the column's name in this file to the layout, or make it optional; or take the file "
    "with another layout",
)
LAYOUT_COLUMN_TWICE = IssueKind(
    "INTAKE-109",
    "error",
    "a sheet has two columns of a name that the layout reads; the sheet was not read",
    "say in the layout which one by its place: at = 3",
)
OPTIONAL_MISSING = IssueKind(
    "INTAKE-110",
    "note",
    "a sheet lacks a column that the layout calls optional; it reads as empty: not recorded",
    "nothing need be done",
)
COLUMN_NOT_IN_LAYOUT = IssueKind(
    "INTAKE-111",
    "warning",
    "a column of the file is neither read nor ignored by the layout; its cells were not read",
    "add it to [columns] and use it, or to [ignore] with the reason",
)
VALUE_NOT_IN_LAYOUT = IssueKind(
    "INTAKE-112",
    "warning",
    "a value is none that the layout knows for this field; the row was taken without it",
    "add it to values in the layout, or say otherwise = 'keep' or 'empty'",
)
DATE_NOT_READ = IssueKind(
    "INTAKE-113",
    "warning",
    "a date is in none of the formats that the layout gives; the row was taken without it",
    "add its format to dates in the layout, such as '%d/%m/%Y'",
)
DATE_TWO_WAYS = IssueKind(
    "INTAKE-114",
    "warning",
    "a date reads as different days in two formats of the layout; it was taken as either",
    "take out of dates in the layout the format that the institution does not use",
)
DATE_IN_TEXT = IssueKind(
    "INTAKE-115",
    "warning",
    "a date or time stands where a text should: spreadsheets make one of what was typed; the "
    "row was taken without it",
    "format the column as text in the spreadsheet and correct the cell",
)
DAY_ZERO = IssueKind(
    "INTAKE-116",
    "warning",
    "a date is a spreadsheet's day zero: only a time, or nothing, was entered; the row was "
    "taken without it",
    "correct the cell, or leave it empty",
)
NUMBER_NOT_READ = IssueKind(
    "INTAKE-117",
    "warning",
    "a number is not written as the layout says; the row was taken without it",
    "correct the cell, or decimal and thousands in the layout",
)
DIGITS_LOST = IssueKind(
    "INTAKE-118",
    "warning",
    "a number has more digits than a spreadsheet keeps, so that the last ones are lost; the row "
    "was taken without it",
    "format the column as text in the spreadsheet and enter the number again",
)
NUMBER_IN_MARK = IssueKind(
    "INTAKE-119",
    "note",
    "a mark stands in cells that hold numbers: zeros before it, if there were any, are lost",
    "format the column as text before the marks are entered",
)
VALUE_REFUSED = IssueKind(
    "INTAKE-120",
    "warning",
    "a value is not what its field may hold; the row was taken without it",
    "correct the cell, or map it with values in the layout",
)
FIELD_MISSING = IssueKind(
    "INTAKE-121",
    "error",
    "a row lacks what its record cannot be without, and was refused",
    "fill the cell, or leave such rows with a [[leave]] rule",
)
SHARED_DIFFERS = IssueKind(
    "INTAKE-122",
    "warning",
    "rows that name one record say different things of it; the first one stands",
    "add to the record's id in the layout the column that tells them apart",
)
ROWS_UNEXPECTED = IssueKind(
    "INTAKE-123",
    "warning",
    "a file has fewer or more rows than the layout expects",
    "see whether the file is whole; else correct [expect] in the layout",
)
RULE_IDLE = IssueKind(
    "INTAKE-124",
    "warning",
    "a rule of the layout applied to no row of the file",
    "see whether the layout is for this file, and its values are spelled as in it",
)
MERGED_CELLS = IssueKind(
    "INTAKE-125",
    "warning",
    "a sheet has merged cells, of which only the first holds the value; the others are empty",
    "write merged = 'fill' in the layout if the value holds for all of them",
)
BROKEN_LINE = IssueKind(
    "INTAKE-126",
    "error",
    "a line or member of a JSON file is no object; it was refused",
    "correct it, or export the file again",
)
MORE_ALIKE = IssueKind(
    "INTAKE-127",
    "warning",
    "more issues of one code and column than are listed one by one",
    "mend the cause, which is mostly one; the file is sealed and can be looked up",
)
NO_LAYOUT_FILE = IssueKind(
    "INTAKE-128",
    "error",
    "the path is no file that a layout can read: nothing there, a folder, or too large",
    "see how the path is spelled; give the files themselves; a folder of our own tables is taken "
    "without --layout",
)
ODD_TEXT = IssueKind(
    "INTAKE-129",
    "warning",
    "a cell holds a NUL or half a character, which no text has; the row was taken without it",
    "export the file again: it is damaged",
)
CELL_NOT_READ = IssueKind(
    "INTAKE-130",
    "warning",
    "a column stands in rows of which no record of the layout reads it; its cells there were not "
    "read",
    "add a record for such rows, or a field that reads the column; or leave the rows",
)

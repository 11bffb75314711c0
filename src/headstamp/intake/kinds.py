"""What may be wrong with a package, or with a table as text? Their issue codes, once.

A code keeps its meaning for ever; docs/reference/issues.md lists the same rows. Codes of
cells and rows stand in row_kinds.py.
"""

import msgspec

from headstamp.terms.issue import Severity


class IssueKind(msgspec.Struct, frozen=True):
    """One issue code: ``when`` it arises and the ``remedy``, in words that name no value.

    Both are also what is said of a protected row, whose values appear in no issue.
    """

    code: str
    severity: Severity
    when: str
    remedy: str


# --- the package as a folder or a zip -----------------------------------------------------------

NOT_A_PACKAGE = IssueKind(
    "INTAKE-001",
    "error",
    "the path is not a case package: nothing there, or neither a folder nor a zip with our tables",
    "give the folder or the zip that holds datapackage.json and the tables",
)
NO_DESCRIPTOR = IssueKind(
    "INTAKE-002",
    "warning",
    "the package has no datapackage.json; its tables were read by file name",
    "add a datapackage.json that lists the tables",
)
BROKEN_DESCRIPTOR = IssueKind(
    "INTAKE-003",
    "error",
    "datapackage.json cannot be read; the tables were read by file name",
    "correct datapackage.json at the place named",
)
PATH_LEADS_OUT = IssueKind(
    "INTAKE-004",
    "error",
    "a path leads outside the package, or names no file in it",
    "put the file into the package and write its path from the package's top, with /",
)
RESOURCE_MISSING = IssueKind(
    "INTAKE-005",
    "error",
    "datapackage.json names a file that cannot be read in the package",
    "add the file, or take it out of datapackage.json",
)
TABLE_NOT_LISTED = IssueKind(
    "INTAKE-006",
    "note",
    "tables in the package are not listed in datapackage.json; they were read all the same",
    "list them in datapackage.json",
)
FILES_NOT_READ = IssueKind(
    "INTAKE-007",
    "note",
    "files in the package that no table, exhibit or photos cell names; neither read nor sealed",
    "name a file in an exhibit or photos cell to have it sealed",
)
FILE_REFUSED = IssueKind(
    "INTAKE-008",
    "error",
    "a file cannot be read, is no regular file, or is a link that leads outside the package",
    "replace it by the file itself, readable, inside the package",
)
TOO_LARGE = IssueKind(
    "INTAKE-009",
    "error",
    "a file, or the package as a whole, is larger than is read, or unpacks to more",
    "take large tables as a register; leave what is no table out of the zip",
)
ZIP_DAMAGED = IssueKind(
    "INTAKE-010",
    "error",
    "the zip, or an entry of it, is damaged or breaks off",
    "make or fetch the zip again",
)
ZIP_UNSAFE_NAME = IssueKind(
    "INTAKE-011",
    "error",
    "an entry of the zip has an absolute path, a .., a drive letter or a backslash in its name",
    "make the zip again from inside the package's folder",
)
ZIP_LINK = IssueKind(
    "INTAKE-012",
    "error",
    "an entry of the zip is a link or another special file",
    "put the file itself into the zip",
)
ZIP_ENCRYPTED = IssueKind(
    "INTAKE-013",
    "error",
    "an entry of the zip is encrypted",
    "unpack it with its password and take the folder",
)
ZIP_NAME_TWICE = IssueKind(
    "INTAKE-014",
    "error",
    "two entries of the zip have one name; neither was read",
    "make the zip again with each file once",
)
TABLE_TWICE = IssueKind(
    "INTAKE-015",
    "error",
    "two files are given for one table; the second was not read",
    "put the rows of both into one file",
)
NO_SOURCES = IssueKind(
    "INTAKE-016",
    "warning",
    "the package has no sources table; only sources on record can be named",
    "add sources.csv",
)
EXHIBIT_MISSING = IssueKind(
    "INTAKE-017",
    "warning",
    "a row names an exhibit that cannot be read in the package; the row was taken without it",
    "add the file to the package, or empty the cell",
)
RESOURCE_NOT_OURS = IssueKind(
    "INTAKE-018",
    "note",
    "datapackage.json lists a file that is no table of ours; it was not read",
    "name it after its table, or take it with a layout",
)
PHOTO_DAMAGED = IssueKind(
    "INTAKE-019",
    "warning",
    "a photo is no image that we know, or breaks off; it was sealed all the same, under a key",
    "see whether the file opens; if it does not, fetch it again from where it came from",
)
PHOTO_LARGE = IssueKind(
    "INTAKE-020",
    "warning",
    "a photo is larger than is looked into; it was sealed all the same, under a key",
    "see whether the file is the photo that was meant",
)
PHOTO_UNREAD = IssueKind(
    "INTAKE-021",
    "note",
    "what a camera wrote into a photo could not be read in full; the photo was sealed under a key",
    "nothing need be done: the photo was sealed as it came",
)
PHOTO_NOT_HERE = IssueKind(
    "INTAKE-022",
    "note",
    "entries of photos cells name no file of the package; they were kept as references",
    "put the photos into the package and write their paths, to have them sealed",
)

# --- a table as text ------------------------------------------------------------------------------

WRONG_ENCODING = IssueKind(
    "INTAKE-030",
    "error",
    "a table is not UTF-8; none of it was read",
    "save it as CSV UTF-8",
)
HAS_BOM = IssueKind(
    "INTAKE-031",
    "note",
    "a table begins with a byte order mark, which was passed over",
    "nothing need be done",
)
NO_ROWS = IssueKind(
    "INTAKE-032",
    "note",
    "a table holds no rows",
    "nothing need be done if there is nothing to tell",
)
OTHER_SEPARATOR = IssueKind(
    "INTAKE-033",
    "error",
    "the columns of a table are not separated by commas; none of it was read",
    "save it with commas between the columns",
)
COLUMN_TWICE = IssueKind(
    "INTAKE-034",
    "error",
    "a table has two columns of one name; none of it was read",
    "rename one of the columns",
)
NO_REQUIRED_COLUMN = IssueKind(
    "INTAKE-035",
    "error",
    "a table lacks a column without which its rows mean nothing; none of it was read",
    "add the column; the first row must hold the names of the columns",
)
NO_COLUMN = IssueKind(
    "INTAKE-036",
    "note",
    "tables lack optional columns, which read as empty: not recorded",
    "nothing need be done if nothing is known of them",
)
UNKNOWN_COLUMN = IssueKind(
    "INTAKE-037",
    "note",
    "a column is none of ours; its cells were kept as notes",
    "rename it if one of our columns is meant",
)
EXTRA_CELL = IssueKind(
    "INTAKE-038",
    "error",
    "a row has more cells than the table has columns; the row was refused",
    "put quotes around the cell that holds a comma, or take the extra cell out",
)
SHORT_ROW = IssueKind(
    "INTAKE-039",
    "error",
    "a row has fewer cells than the table has columns; the row was refused",
    "write every comma, also those of empty cells at the end",
)
TORN_ROW = IssueKind(
    "INTAKE-040",
    "error",
    "the last line breaks off; its row was refused",
    "fetch or export the file again: it is not whole",
)
OPEN_QUOTE = IssueKind(
    "INTAKE-041",
    "error",
    "a quote is never closed, or closes where none can; from there on no row was read",
    'close the quote; a quote inside a quoted cell is written ""',
)
STRAY_QUOTE = IssueKind(
    "INTAKE-042",
    "error",
    "text follows a closing quote; the row was refused",
    'write a quote inside a quoted cell as ""',
)
NUL_BYTE = IssueKind(
    "INTAKE-043",
    "error",
    "a row holds a NUL byte, which no text has; the row, or with the header the table, was refused",
    "export the file again: it is damaged or no text",
)
NO_LAST_LINE_END = IssueKind(
    "INTAKE-044",
    "note",
    "the last line has no line end, so that its last cell may be cut off",
    "compare the last row with its original",
)
HEADER_SPACES = IssueKind(
    "INTAKE-045",
    "warning",
    "spaces around the name of a column were passed over",
    "take the spaces out",
)
LONG_CELL = IssueKind(
    "INTAKE-046",
    "error",
    "a cell has more than 131,072 characters; the row was refused",
    "put the text into a file and name it as an exhibit",
)

"""What may be wrong with a cell, or with a row among the others? Their issue codes, once."""

from headstamp.intake import kinds, layout_kinds, register_kinds
from headstamp.intake.kinds import IssueKind

# --- a cell ---------------------------------------------------------------------------------------

EMPTY_REQUIRED = IssueKind(
    "INTAKE-050",
    "error",
    "a cell without which the row means nothing is empty",
    "fill the cell, or take the row out",
)
BAD_ID = IssueKind(
    "INTAKE-051",
    "error",
    "an id is longer than 200 characters, or holds a colon, a semicolon or a control character",
    "write a short id of letters, digits, _ and -",
)
BAD_CODE = IssueKind(
    "INTAKE-052",
    "error",
    "a code is none of those allowed",
    "write one of the codes that docs/reference/case-package.md lists",
)
BAD_COUNTRY = IssueKind(
    "INTAKE-053",
    "error",
    "a country is no code of ISO 3166-1, nor of a former state",
    "write the two letters of ISO 3166-1, or the four of ISO 3166-3",
)
INVENTED_COUNTRY = IssueKind(
    "INTAKE-054",
    "error",
    "a country code of invented worlds (XA to XZ) stands in a package with real countries",
    "leave the cell empty if the country is not known, or keep invented and real worlds apart",
)
BAD_DATE = IssueKind(
    "INTAKE-055",
    "error",
    "a date is not EDTF of level 0 or 1",
    "write YYYY-MM-DD, YYYY-MM or YYYY, or leave the cell empty if it is not recorded",
)
BAD_NUMBER = IssueKind(
    "INTAKE-056",
    "error",
    "a number is not written in digits",
    "write digits, with a point before decimals and nothing between thousands",
)
OUT_OF_BOUNDS = IssueKind(
    "INTAKE-057",
    "error",
    "a number is outside what its column allows",
    "correct the number, or leave the cell empty if it is not known",
)
CREDIBILITY_ONE = IssueKind(
    "INTAKE-058",
    "warning",
    "credibility 1 was read as 2: whether others confirm it is computed here, never entered",
    "write 2",
)
SPACES_AROUND = IssueKind(
    "INTAKE-059",
    "warning",
    "spaces around an id, code, date, number or list entry were passed over",
    "take the spaces out",
)
EMPTY_PLACE = IssueKind(
    "INTAKE-060",
    "warning",
    "a list has an empty place, which was passed over",
    "take the extra ; out",
)
TOO_MANY_WORDS = IssueKind(
    "INTAKE-061",
    "warning",
    "a quote has more words than may be quoted; it was kept whole",
    "quote at most 25 words",
)
LONG_TEXT = IssueKind(
    "INTAKE-062",
    "note",
    "a text has more than 5,000 characters; it was kept whole",
    "consider sealing it as an exhibit",
)
COUNTRY_AS_STATED = IssueKind(
    "INTAKE-063",
    "warning",
    "a country that the documenter stated is no ISO 3166 code; it was kept as written",
    "write the code, and the words in the note",
)
UNKNOWN_SCRIPT = IssueKind(
    "INTAKE-064",
    "warning",
    "a script is no code of ISO 15924; it was kept as written",
    "write the four letters of ISO 15924, e.g. Latn, Cyrl, Arab, Hans",
)
BAD_NOTATION = IssueKind(
    "INTAKE-065",
    "warning",
    "a transcription breaks the notation of marks; it was kept as written and gives no reading",
    "write it in the notation of docs/reference/case-package.md",
)
STATE_CONTRADICTED = IssueKind(
    "INTAKE-066",
    "warning",
    "the state of a mark and its text cannot both be meant; both were kept",
    "correct the one that is wrong",
)
PROTECTED_SOURCE = IssueKind(
    "INTAKE-068",
    "warning",
    "a row of a table that knows no sensitivity has one; it was sealed as protected",
    "protect the rows that rest on the source instead",
)
DAYS_WITHOUT_CLAIM = IssueKind(
    "INTAKE-069",
    "warning",
    "after_days is filled and after_claim is not: nothing follows from it",
    "name in after_claim the claim from which the days are counted",
)
BAD_RECEIVER = IssueKind(
    "INTAKE-070",
    "error",
    "an entry is neither a party's id, nor a country, nor a kind of party",
    "write a party_id, a code of ISO 3166-1 or a kind of party",
)
PARTS_OF_PIECES = IssueKind(
    "INTAKE-071",
    "warning",
    "a quantity that is counted in pieces, rounds, cases or units is not whole; it was kept",
    "write whole numbers, with nothing between thousands, or the unit in which it was measured",
)

# --- a row among the others ---------------------------------------------------------------------

UNKNOWN_ID = IssueKind(
    "INTAKE-080",
    "error",
    "a row refers to an id that neither the package nor the casebook holds",
    "correct the id, or add the row that it names",
)
REFERS_TO_REFUSED = IssueKind(
    "INTAKE-081",
    "error",
    "a row refers to a row that was refused, and so was refused as well",
    "correct the row that it refers to",
)
ID_TWICE = IssueKind(
    "INTAKE-082",
    "error",
    "one id stands for two contents in the package; the first stands, the second was refused",
    "give the second its own id",
)
ID_TAKEN = IssueKind(
    "INTAKE-083",
    "error",
    "the casebook holds the id with other content; the row was refused",
    "take the package with --prefix to keep both",
)
CYCLE = IssueKind(
    "INTAKE-084",
    "error",
    "rows refer to each other in a circle; the rows on the circle were refused",
    "correct one of the references",
)
RELAYS_REPEAT = IssueKind(
    "INTAKE-085",
    "error",
    "relays name a source twice, or the row's own source",
    "name each source once, nearest first; source_id itself is no relay",
)
PUBLISHER_UNKNOWN = IssueKind(
    "INTAKE-086",
    "note",
    "the publisher of a party statement or trace response is no party's id, name or alias",
    "write the party_id of the party that made it",
)
REFERS_TO_UNREAD = IssueKind(
    "INTAKE-087",
    "error",
    "rows refer to a table that could not be read, and so were refused as well",
    "correct the file of that table",
)

ALL_KINDS: tuple[IssueKind, ...] = tuple(
    kind
    for kind in (
        *vars(kinds).values(),
        *list(vars().values()),
        *vars(layout_kinds).values(),
        *vars(register_kinds).values(),
    )
    if isinstance(kind, IssueKind)
)
"""Every issue code of this room, in order."""

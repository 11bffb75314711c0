"""What came in, as a casebook tells it: invented counts that add up; no test of its own."""

from headstamp.terms.table import Cell, Table

_FILE = "entry kind name layout rows taken same left refused cells read noted cells_same ignored"
_INTAKES = (*_FILE.split(), "reported", "superseded_by", "recorded_at", "note")


def table(name: str, columns: str, *rows: tuple[Cell, ...]) -> Table:
    """Return a table of these rows, its columns named in one text."""
    names = tuple(columns.split())
    return Table(
        name=name,
        columns=names,
        rows=tuple(dict(zip(names, row, strict=True)) for row in rows),
    )


def intake(
    *cells: Cell, superseded_by: int | None = None, note: str | None = None
) -> dict[str, Cell]:
    """Return one row of the table of intakes; what is not given is empty."""
    filled = (*cells, *[None] * (len(_INTAKES) - 3 - len(cells)))
    row = (*filled, superseded_by, "2026-11-02T08:00:00.000000Z", note)
    return dict(zip(_INTAKES, row, strict=True))


def intakes() -> Table:
    """Return a package, a file read twice, and one that is withheld."""
    book = ("file", "book.csv", "armoury", 1410, 1203, 0, 200, 7, 9000)
    rows = (
        intake(2, "package", "visit", None, 30, 21, 8, 0, 1, 310, 230, 12, 60, 0, 8),
        intake(3, *book, 6100, 0, 0, 2800, 100, superseded_by=4),
        intake(4, *book, 6150, 0, 0, 2800, 50),
        intake(5, note="something of this intake does not leave the casebook"),
    )
    return Table(name="intakes", columns=_INTAKES, rows=rows)


def issues() -> Table:
    """Return a note of a package, and four warnings of one column."""
    return table(
        "issues",
        "code severity file row column raw message hint",
        ("INTAKE-007", "note", "README.md", None, None, "README.md", "README.md: no table", "look"),
        *map(_lost_digits, (14, 25, 36, 47)),
    )


def _lost_digits(row: int) -> tuple[Cell, ...]:
    place, raw = ("INTAKE-118", "warning", "book.csv", row, "Number"), f"77{row}12345678901234"
    return (*place, raw, f"book.csv row {row}, Number: {raw!r} has lost digits", "look it up")


def readings() -> dict[str, Table]:
    """Return every table that the page of reading is made of."""
    left, store = "neither a weapon nor ammunition", "remarks on storage"
    return {
        "intakes": intakes(),
        "intake_left": table(
            "intake_left", "entry why rows cells", (3, left, 200, 900), (4, left, 200, 900)
        ),
        "intake_columns": table(
            "intake_columns",
            "entry column filled read ignored reported why",
            (3, "Remark", 1900, 0, 1900, 0, store),
            (4, "Remark", 1900, 0, 1900, 0, store),
            (4, "Number", 1150, 1100, 0, 50, None),
        ),
        "identified": table(
            "identified",
            "measure what stated identified base share",
            ("weapons", "maker", 900, 612, 1203, "50.9"),
            ("weapons", "country_of_recovery", None, 1203, 1203, "100.0"),
        ),
        "figures_by": table(
            "figures_by",
            "measure group_by group count share base undetermined low high",
            ("weapons", "maker", "Redford Arms", 612, "50.9", 1203, 0, 612, None),
            ("weapons", "maker", "(undetermined)", 591, "49.1", 1203, 0, 591, None),
        ),
        "issues": issues(),
        "issue_kinds": table(
            "issue_kinds",
            "code severity meaning remedy",
            ("INTAKE-118", "warning", "a number has more digits than are kept", "enter it again"),
        ),
    }

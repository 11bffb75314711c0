from headstamp.intake import layout_kinds
from headstamp.intake.kinds import IssueKind
from headstamp.intake.layout_issues import MOST_ALIKE, IssueBook
from headstamp.intake.trouble import Trouble


def book_of(n: int, kind: IssueKind, *, column: str | None = "on") -> IssueBook:
    """Return a book with so many issues of one kind, from row 2 on."""
    book = IssueBook("a.csv")
    for number in range(n):
        book.add(Trouble(kind=kind, column=column, said="is bad", raw=f"v{number}"), number + 2)
    return book


def test_up_to_1000_alike_are_told_one_by_one() -> None:
    """Each with its row, and nothing after them."""
    told = list(book_of(MOST_ALIKE, layout_kinds.DATE_NOT_READ).all())

    assert [issue.row for issue in told] == list(range(2, MOST_ALIKE + 2))
    assert {issue.code for issue in told} == {"INTAKE-113"}


def test_what_is_more_is_told_as_a_number() -> None:
    """INTAKE-127 says how many, of what, and up to which row."""
    *told, rest = book_of(MOST_ALIKE + 3, layout_kinds.DATE_NOT_READ).all()

    assert len(told) == MOST_ALIKE
    assert (rest.code, rest.severity, rest.column) == ("INTAKE-127", "warning", "on")
    assert "on: 3 more issues INTAKE-113" in rest.message
    assert f"row {MOST_ALIKE + 4}" in rest.message


def test_notes_are_told_once_and_ask_for_nothing() -> None:
    """The rest of them is a note too, so that nobody is sent to look."""
    told = list(book_of(5, layout_kinds.NUMBER_IN_MARK).all())

    assert [(issue.code, issue.severity) for issue in told] == [
        ("INTAKE-119", "note"),
        ("INTAKE-127", "note"),
    ]
    assert "4 more" in told[1].message


def test_codes_and_columns_are_counted_apart() -> None:
    """A flood in one column does not drown another one."""
    book = book_of(MOST_ALIKE + 1, layout_kinds.DATE_NOT_READ)
    book.add(Trouble(kind=layout_kinds.DATE_NOT_READ, column="due", said="is bad"), 7)
    book.add(Trouble(kind=layout_kinds.DAY_ZERO, column="on", said="is bad"), 8)
    told = list(book.all())

    assert [(issue.code, issue.column) for issue in told[-3:]] == [
        ("INTAKE-113", "due"),
        ("INTAKE-116", "on"),
        ("INTAKE-127", "on"),
    ]


def test_rows_without_a_column_are_counted_too() -> None:
    """Refused rows name no column, and none is dropped."""
    *_, rest = book_of(MOST_ALIKE + 1, layout_kinds.BROKEN_LINE, column=None).all()

    assert (rest.code, rest.column) == ("INTAKE-127", None)
    assert "rows: 1 more issues INTAKE-126" in rest.message


def test_sheet_and_the_files_own_name_of_a_column_are_told() -> None:
    """Who has the workbook open finds the cell without the layout."""
    book = IssueBook("a.xlsx")
    book.sheet = "2018"
    trouble = Trouble(kind=layout_kinds.DAY_ZERO, column="on", as_named="Date", said="is no day")
    book.add(trouble, 7)
    (told,) = book.all()

    assert told.message == "a.xlsx row 7 of the sheet '2018', on (column Date): is no day"
    assert (told.column, told.row, told.file) == ("on", 7, "a.xlsx")


def test_protected_rows_show_place_and_code_alone() -> None:
    """The value, and what is said of it, stay in the sealed records."""
    book = IssueBook("a.csv")
    trouble = Trouble(kind=layout_kinds.DAY_ZERO, column="on", said="CANARY", raw="CANARY")
    book.add(trouble, 7, is_protected=True)
    (told,) = book.all()

    assert "CANARY" not in str(told)
    assert told.message.startswith("a.csv row 7, on: (protected)")

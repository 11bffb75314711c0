"""How lots are read, against the examples of the standard and hand-made ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.marks.lots import LotReading, is_same_series, read_lot
from headstamp.terms.dates import parse_date_span


def only(text: str) -> LotReading:
    """Return the one reading of a lot."""
    (lot,) = read_lot(text)
    return lot


def test_the_example_of_the_standard() -> None:
    """Maker, year, month, interfix and sequence stand where MIL-STD-1168 says."""
    lot = only("XYZ07D006-004")

    assert (lot.maker_symbol, lot.years, lot.month) == ("XYZ", (1907, 2007), 4)
    assert (lot.interfix, lot.sequence, lot.suffix, lot.theatre) == ("006", "004", "", "")


@pytest.mark.parametrize(
    ("letter", "month"), [(letter, n) for n, letter in enumerate("ABCDEFGHJKLM", start=1)]
)
def test_months_leave_out_i(letter: str, month: int) -> None:
    """Twelve letters from A to M without I."""
    assert only(f"XYZ07{letter}006-004").month == month


@pytest.mark.parametrize(
    "text",
    [
        "",
        "XYZ07I006-004",
        "XYZ07N006-004",
        "XYZ07D06-004",
        "XY07D006-004",
        "XYZ07D006-004ABCY",
        "XYZ 07D006-004",
        "XYZ07D006-0045",
        "12345",
    ],
)
def test_other_forms_are_no_lots(text: str) -> None:
    """Thirteen to sixteen characters without spaces; anything else is not read as a lot."""
    assert read_lot(text) == ()


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        ("A", [("A", "")]),
        ("AB", [("AB", "")]),
        ("Y", [("", "Y"), ("Y", "")]),
        ("AT", [("A", "T"), ("AT", "")]),
        ("ABW", [("AB", "W")]),
    ],
)
def test_a_last_letter_may_be_suffix_or_theatre(
    ending: str, expected: list[tuple[str, str]]
) -> None:
    """Where the form leaves two readings, both are given."""
    found = [(lot.suffix, lot.theatre) for lot in read_lot(f"XYZ07D006-004{ending}")]

    assert found == expected


def test_a_lot_of_the_older_form() -> None:
    """Two letters, interfix, sequence and a rework suffix; no year is told."""
    lot = only("XY-06-01A")

    assert (lot.maker_symbol, lot.interfix, lot.sequence) == ("XY", "06", "01")
    assert (lot.suffix, lot.years, lot.month) == ("A", (), None)


def test_what_was_not_read_stays_open() -> None:
    """An unread digit of the year gives each year, an unread month none."""
    lot = only("XYZ0??006-0?4")

    assert lot.years[:3] == (1900, 1901, 1902)
    assert (lot.month, lot.sequence) == (None, "0?4")


def test_lots_are_not_made_after_they_were_seen() -> None:
    """The date on which the lot was seen tells the century."""
    (lot,) = read_lot("XYZ07D006-004", seen_span=parse_date_span("2006"))

    assert lot.years == (1907,)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("XYZ08A006-015", True),
        ("XYZ07D006-004A", True),
        ("XYZ07D007-004", False),
        ("XYW07D006-004", False),
        ("XYZ07D00?-004", False),
        ("XY-06-01", False),
    ],
)
def test_sister_lots_share_maker_and_interfix(other: str, expected: bool) -> None:  # noqa: FBT001
    """One interfix series goes on across years; what was not read agrees with nothing."""
    assert is_same_series(only("XYZ07D006-004"), only(other)) is expected


def test_an_unread_interfix_is_not_its_own_series() -> None:
    """Two lots with the same unread sign need not be alike."""
    lot = only("XYZ07D00?-004")

    assert not is_same_series(lot, lot)


@given(st.text(alphabet="XYZ07DA?-٠Ж"))
def test_any_text_is_read_or_not(text: str) -> None:
    """No text makes the reader fail."""
    assert all(lot.maker_symbol and lot.source for lot in read_lot(text))

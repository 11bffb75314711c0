"""What a cell of serials may say, case by case, and that no cell is lost or changed."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.marks.keys import fold
from headstamp.marks.notation import mark_key, parse_mark
from headstamp.marks.serials import _PLAIN, _read_any, _read_plain, read_serial

MUTATIONS = st.tuples(st.integers(0, 12), st.sampled_from([*"AzB0ЖО٣ -/.?(nº\n", "", "e", "sn"]))
ODD = st.text() | st.text(alphabet="AB12Жвο٣۷ ?*{}\\()[]/;,.-nºe+#éo\n🔥\u0301")
PLAIN = st.text(alphabet=string.ascii_uppercase + string.digits, min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("raw", "texts", "state"),
    [
        ("AB1234", ["AB1234"], "legible"),
        ("0012", ["0012"], "legible"),
        ("QX-25-0123", ["QX-25-0123"], "legible"),
        ("AB 1234", ["AB 1234", "1234"], "legible"),
        ("123456.0", ["123456"], "legible"),
        ("1.23457E+11", [], None),
        ("AB1234 (worn)", ["AB1234"], "legible"),
        ("(AB1234)", ["AB1234"], "legible"),
        ("nº 12345", ["12345"], "legible"),
        ("S/N: 12345", ["12345"], "legible"),
        ("12345 / 67890", ["12345", "67890", "12345 / 67890"], "legible"),
        ("12345;67890", ["12345", "67890"], "legible"),
        ("12345 E 67890", ["12345", "67890", "12345 E 67890"], "legible"),
        ("1234567 1234568", ["1234567", "1234568", "1234567 1234568"], "legible"),
        ("12/3456", ["12/3456", "3456"], "legible"),
        ("NI 1234", ["NI 1234", "1234"], "legible"),
        ("ABCD", ["ABCD"], "legible"),
        ("ABCDE", [], None),
        ("12345 raspado", ["12345"], "removed"),
        ("12345 não raspado", ["12345"], "legible"),
        ("remarcado sobre 1234", ["1234"], "overstamped"),
        ("номер 1234 перебит", ["1234"], "overstamped"),
        ("1234 (ilegível)", ["1234"], "partial"),
        ("1234 (not recorded)", ["1234"], "legible"),
        ("12345 raspado por terceiros", ["12345"], "removed"),
        ("12345 raspado no cano", ["12345"], "legible"),
        ("12345 (erased on the frame)", ["12345"], "legible"),
        ("raspado no cano", [], "removed"),
        ("raspado", [], "removed"),
        ("raspado?", [], None),
        ("raspado (?)", [], None),
        ("(raspado)", [], "removed"),
        ("sem número", [], "never_marked"),
        ("pistola de uso restrito", [], None),
        ("", [], "not_recorded"),
        ("   ", [], "not_recorded"),
        ("🔥", [], None),
    ],
)
def test_cells(raw: str, texts: list[str], state: str | None) -> None:
    """A worked table: the serials, best first, and the state of the mark."""
    reading = read_serial(raw)

    assert [serial.text for serial in reading.serials] == texts
    assert reading.state == state


@pytest.mark.parametrize(
    ("raw", "signs", "texts", "state"),
    [
        ("12?4", "?", ["12?4"], "partial"),
        ("12?4", "", [r"12\?4", "124"], "legible"),
        ("???", "?", ["???"], "illegible"),
        ("???", "", [], "not_recorded"),
        ("KA1XX4", "X", ["KA1??4"], "partial"),
        ("1{2}", "", [r"1\{2}", "12}"], "legible"),
        ("1\\2", "", [r"1\\2"], "legible"),
    ],
)
def test_signs_for_what_cannot_be_read(raw: str, signs: str, texts: list[str], state: str) -> None:
    """A sign is an unread position only where the caller says so; else it is itself."""
    reading = read_serial(raw, unread_signs=signs)

    assert [serial.text for serial in reading.serials] == texts
    assert reading.state == state


def test_the_original_script_is_kept_first() -> None:
    """Cyrillic letters stay; the Latin reading of them comes after, and says why."""
    first, second = read_serial("АВ1234").serials

    assert (first.text, first.key, first.penalty, first.why) == ("АВ1234", "АВ1234", 0, ())
    assert (second.text, second.key, second.penalty) == ("AB1234", "AB1234", 1)
    assert second.why
    assert first.folded == second.folded == "A81234"


def test_digits_of_arabic_are_found_by_ascii_ones() -> None:
    """Arabic-Indic and Persian digits keep their script and are found by 0 to 9."""
    for raw in ("٠١٢٣٤٥", "۰۱۲۳۴۵"):
        reading = read_serial(raw)

        assert reading.serials[0].text == raw
        assert "012345" in {serial.key for serial in reading.serials}


@given(ODD, st.sampled_from(["", "?", "X?"]))
def test_no_cell_is_lost_or_changed(raw: str, signs: str) -> None:
    """Any cell is read: its parts are the cell, each piece is in a serial, the rest is told."""
    reading = read_serial(raw, unread_signs=signs)
    found = "".join(serial.text for serial in reading.serials).replace("\\", "")
    pieces = [part.text for part in reading.parts if part.kind == "piece"]

    assert reading.raw == raw
    assert "".join(part.text for part in reading.parts) == raw
    assert [p.text for p in reading.parts if p.kind == "unread"] == list(reading.unread)
    assert all(_as_read(piece, signs) in found for piece in pieces)


@given(ODD, st.sampled_from(["", "?", "X?"]))
def test_serials_are_in_the_notation_and_ordered(raw: str, signs: str) -> None:
    """Each serial can be read as a mark, comes once, and best first; its keys are the rooms'."""
    serials = read_serial(raw, unread_signs=signs).serials

    assert all(parse_mark(serial.text) for serial in serials)
    assert [s.penalty for s in serials] == sorted(s.penalty for s in serials)
    assert len({serial.text for serial in serials}) == len(serials)
    assert all((s.key, s.folded) == (mark_key(s.text), fold(s.text)) for s in serials)
    assert all(serial.why for serial in serials if serial.penalty)


@given(PLAIN.map(lambda text: text + "1"), st.sampled_from([" ; ", "\n", " | ", ";", " & "]))
def test_two_serials_are_found_by_either(text: str, divider: str) -> None:
    """Each of two serials in one cell is found alone, in whatever order they stand."""
    for raw in (f"{text}{divider}98765", f"98765{divider}{text}"):
        assert {text, "98765"} <= {serial.key for serial in read_serial(raw).serials}


@given(st.integers(min_value=0, max_value=10**15), st.sampled_from([".0", ",0", ".00"]))
def test_a_number_cell_loses_only_its_decimals(number: int, decimals: str) -> None:
    """What a spreadsheet added to a number is kept as a part and stays out of the serial."""
    reading = read_serial(f"{number}{decimals}")

    assert [serial.key for serial in reading.serials] == [str(number)]
    assert reading.parts[-1].text == decimals


def test_what_is_not_understood_is_told() -> None:
    """Signs that belong to no serial are reported, and notes are kept without their brackets."""
    reading = read_serial("AB1234 (worn) 🔥")

    assert (reading.notes, reading.unread) == (("worn",), ("🔥",))


def test_many_serials_in_one_cell_are_all_there() -> None:
    """No serial that stands plainly in a cell is left out, however many there are."""
    serials = read_serial(";".join(str(n) for n in range(1000, 1100))).serials

    assert [serial.key for serial in serials] == [str(n) for n in range(1000, 1100)]


def _as_read(piece: str, signs: str) -> str:
    return "".join("?" if letter in signs else letter for letter in piece).replace("\\", "")


@given(st.from_regex(_PLAIN, fullmatch=True))
def test_plain_cells_are_read_as_all_others_are(raw: str) -> None:
    """The short way for plain cells gives what the long one gives, to the last field."""
    assert _read_plain(raw) == _read_any(raw, "")


@given(
    st.from_regex(_PLAIN, fullmatch=True),
    st.lists(MUTATIONS, max_size=3),
    st.sampled_from(["", "?", "X1"]),
)
def test_nearly_plain_cells_are_read_as_all_others_are(
    raw: str, mutations: list[tuple[int, str]], signs: str
) -> None:
    """One or more strange characters in a plain cell, or a sign for the unread, change nothing."""
    for place, put in mutations:
        raw = raw[:place] + put + raw[place + 1 :]

    assert read_serial(raw, unread_signs=signs) == _read_any(raw, signs)

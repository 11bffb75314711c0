import datetime as dt
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.intake.grids import RawCell
from headstamp.intake.layout import FieldForm
from headstamp.intake.layout_cells import (
    Read,
    compile_field,
    compile_filled,
    compile_joined,
    folded,
    text_of,
)
from headstamp.intake.schema import Column, package_schema
from headstamp.intake.trouble import Troubled

from .layout_world import layout

YES: RawCell = True
NOON = dt.datetime.combine(dt.date(2019, 4, 3), dt.time(12))


def column(table: str, name: str) -> Column:
    """Return a column of the package schema."""
    return next(one for one in package_schema()[table].columns if one.name == name)


COLUMNS = {
    "type": column("items", "type"),
    "quantity": column("items", "quantity"),
    "documented_on": column("items", "documented_on"),
    "category": column("items", "category"),
    "country_stated": column("items", "country_stated"),
    "text": column("marks", "text"),
    "quote": column("claims", "quote"),
    "photos": column("marks", "photos"),
}


def read(
    name: str, cell: RawCell, *, file: dict[str, object] | None = None, **said: object
) -> Read:
    """Return what a field reads in one cell."""
    field = FieldForm(column="x", **said)  # type: ignore[arg-type]
    using = layout(file={"format": "csv"} | (file or {}))
    return compile_field(field, COLUMNS[name], using)(cell)


def code(found: Read) -> str | None:
    """Return the first issue code of what was read, if something was wrong."""
    return found.troubles[0].kind.code if isinstance(found, Troubled) else None


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("a ", "a "),
        (None, ""),
        (12, "12"),
        (12.0, "12"),
        (-0.0, "0"),
        (7.62, "7.62"),
        (1e-7, "1e-07"),
        (True, "TRUE"),
        (False, "FALSE"),
        (dt.date(2019, 4, 3), "2019-04-03"),
    ],
)
def test_cell_is_text_as_a_person_sees_it(cell: RawCell, text: str) -> None:
    """A number cell has no `.0`; what is text already is not touched."""
    assert text_of(cell) == text


def test_folding_disregards_case_and_spaces_and_nothing_else() -> None:
    """Accents and signs stay, so that different words stay different."""
    assert folded("  Número \t DE\n série ") == "número de série"
    assert folded("Straße") == folded("STRASSE")
    assert folded("a-b") != folded("ab")


@pytest.mark.parametrize("cell", [None, "", " ", "\t\n", "\u3000"])
@pytest.mark.parametrize("name", COLUMNS)
def test_empty_cell_is_not_recorded(name: str, cell: RawCell) -> None:
    """Whatever the field, nothing is read where nothing can be seen."""
    assert read(name, cell) is None


@pytest.mark.parametrize("cell", ["n/a", " N/A ", "NIL"])
def test_word_for_empty_is_not_recorded(cell: str) -> None:
    """Words that the layout calls empty are, without regard to case and spaces."""
    assert read("type", cell, file={"empty": ["n/a", "nil"]}) is None
    assert read("text", cell, file={"empty": ["n/a", "nil"]}) is None


# --- texts -------------------------------------------------------------------------------------


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_text_stands_but_for_spaces_around_it(cell: str) -> None:
    """A text field takes any text; a mark takes it with the spaces."""
    plain = read("type", cell)
    mark = read("text", cell, file={})

    assert plain == (cell.strip() or None)
    assert mark is None or isinstance(mark, str)
    if not set(cell) & set("?*{\\") and cell.strip():
        assert mark == cell


@pytest.mark.parametrize("cell", ["a\0b", "\ud83d", "a\udfff"])
@pytest.mark.parametrize("name", ["type", "text", "quantity", "documented_on", "category"])
def test_half_a_character_or_a_nul_is_reported(name: str, cell: str) -> None:
    """INTAKE-129 in every kind of field; nothing is taken of the cell."""
    found = read(name, cell)

    assert code(found) == "INTAKE-129"
    assert isinstance(found, Troubled)
    assert found.value is None


def test_long_text_is_kept_and_noted() -> None:
    """5,001 characters are a note; 5,000 are not."""
    found = read("type", "x" * 5_001)

    assert code(found) == "INTAKE-062"
    assert isinstance(found, Troubled)
    assert found.value == "x" * 5_001
    assert read("type", "x" * 5_000) == "x" * 5_000


def test_quote_of_too_many_words_is_kept_and_told() -> None:
    """The schema's limits hold for foreign files too."""
    assert code(read("quote", "word " * 26)) == "INTAKE-061"


def test_code_is_held_to_the_schema() -> None:
    """INTAKE-120 with the remedy of the package's own reader; the field is left out."""
    found = read("category", "Weapon")

    assert code(found) == "INTAKE-120"
    assert isinstance(found, Troubled)
    assert (found.value, found.troubles[0].hint) == (None, "write weapon")
    assert read("category", " weapon ") == "weapon"


def test_country_stands_as_it_was_written() -> None:
    """`country_stated` is what somebody wrote, and no foreign file is asked for codes."""
    assert read("country_stated", "Brasil") == "Brasil"


def test_list_is_a_list() -> None:
    """Entries of a list are separated as in a package."""
    assert read("photos", "a; b") == Troubled(["a", "b"], read("photos", "a; b").troubles)  # type: ignore[union-attr]
    assert read("photos", "a;b") == ["a", "b"]


# --- values and patterns -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "otherwise", "given"),
    [
        ("ARMA  de fogo", "report", "weapon"),
        ("nada", "report", None),
        ("other", "keep", "other"),
        ("vest", "empty", None),
    ],
)
def test_values_map_what_is_written(cell: str, otherwise: str, given: str | None) -> None:
    """Case and spaces do not matter; what is mapped to nothing is known and not recorded."""
    values = {"Arma de Fogo": "weapon", "Nada": ""}

    assert read("category", cell, values=values, otherwise=otherwise) == given


def test_value_that_nobody_named_is_reported() -> None:
    """INTAKE-112 shows the part that was looked up."""
    found = read("category", "vest", values={"a": "weapon"})

    assert code(found) == "INTAKE-112"
    assert isinstance(found, Troubled)
    assert (found.value, found.troubles[0].raw) == (None, "vest")


def test_kept_value_is_still_held_to_the_schema() -> None:
    """`keep` keeps a text, and makes no code of it."""
    assert code(read("category", "vest", values={"a": "weapon"}, otherwise="keep")) == "INTAKE-120"


def test_number_cell_is_looked_up_as_it_is_shown() -> None:
    """The key `1` meets the number cell 1.0, and not True."""
    assert read("type", 1.0, values={"1": "one"}) == "one"
    assert code(read("type", YES, values={"1": "one"})) == "INTAKE-112"


@pytest.mark.parametrize(
    ("cell", "given"), [("078A. DISTRICT", "078"), ("x", "INTAKE-112"), ("A.", "INTAKE-112")]
)
def test_pattern_takes_its_part(cell: str, given: str) -> None:
    """The group's text is taken; a cell that has none of it, or an empty one, is not like it."""
    found = read("type", cell, pattern="^(?P<value>[0-9]*)A")

    assert (code(found) or found) == given


def test_pattern_comes_before_values_and_dates() -> None:
    """What the pattern takes is what is mapped, and what is read as a date."""
    assert read("type", "x-7", pattern="-(?P<value>.)", values={"7": "seven"}) == "seven"
    assert (
        read("documented_on", "on 03/04/2019", pattern="on (?P<value>.*)", dates=("%d/%m/%Y",))
        == "2019-04-03"
    )


# --- numbers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "signs", "given"),
    [
        ("12", {}, "12"),
        (" 12 ", {}, "12"),
        ("1.5", {}, "1.5"),
        ("?", {}, "?"),
        ("1,5", {"decimal": ","}, "1.5"),
        ("1.234.567,5", {"decimal": ",", "thousands": "."}, "1234567.5"),
        ("1,234", {"thousands": ","}, "1234"),
        ("1 234", {"thousands": " "}, "1234"),
        ("123456", {"thousands": ","}, "123456"),
        (12, {"decimal": ",", "thousands": "."}, "12"),
        (1.5, {"decimal": ",", "thousands": "."}, "1.5"),
        (1234.0, {"decimal": ",", "thousands": "."}, "1234"),
    ],
)
def test_number_is_read_with_the_signs_of_the_layout(
    cell: RawCell, signs: dict[str, object], given: str
) -> None:
    """Signs are those of text: a number cell 1.5 is one and a half in every layout."""
    assert read("quantity", cell, file=None, **signs) == given


@pytest.mark.parametrize(
    ("cell", "signs"),
    [
        ("1,5", {}),
        ("1.5", {"decimal": ","}),
        ("1,5", {"thousands": ","}),
        ("12,34", {"thousands": ","}),
        ("1,2345", {"thousands": ","}),
        ("1234,567", {"thousands": ","}),
        ("1,234.5.6", {"thousands": ","}),
        (",5", {"decimal": ","}),
        ("1.", {}),
        ("two", {}),
        ("12 pcs", {}),
        ("1e5", {}),
        ("٣", {}),
        (math.nan, {}),
        (math.inf, {}),
    ],
)
def test_number_written_otherwise_is_reported_and_never_guessed(
    cell: RawCell, signs: dict[str, object]
) -> None:
    """INTAKE-117: `1,5` is not fifteen where commas part thousands."""
    found = read("quantity", cell, file=None, **signs)

    assert code(found) == "INTAKE-117"
    assert isinstance(found, Troubled)
    assert found.value is None


def test_number_out_of_bounds_is_refused_as_in_a_package() -> None:
    """INTAKE-120: a number that is written well and cannot be meant."""
    assert code(read("quantity", "-3")) == "INTAKE-120"
    assert code(read("quantity", -3)) == "INTAKE-120"
    assert code(read("quantity", YES)) == "INTAKE-120"


@pytest.mark.parametrize("cell", [1e15, 1234567890123456789.0, -1e15])
@pytest.mark.parametrize("name", ["type", "text", "quantity"])
def test_number_that_lost_digits_is_reported(name: str, cell: float) -> None:
    """INTAKE-118 from the sixteenth digit on; 15 digits are whole."""
    assert code(read(name, cell)) == "INTAKE-118"
    assert code(read(name, 999_999_999_999_999.0)) != "INTAKE-118"


@given(st.integers(min_value=0, max_value=10**30 - 1))
def test_whole_number_of_a_file_that_keeps_digits_is_whole(number: int) -> None:
    """JSON and Parquet keep every digit, and so do we."""
    assert read("quantity", number) == str(number)


# --- dates -------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", [dt.date(2019, 4, 3), NOON, NOON.replace(tzinfo=dt.UTC)])
def test_date_cell_is_its_day(cell: RawCell) -> None:
    """The formats of the layout are for text; of an instant the day stays."""
    assert read("documented_on", cell, dates=("%Y",)) == "2019-04-03"


@pytest.mark.parametrize(
    ("name", "cell", "kind"),
    [
        ("type", dt.date(2022, 10, 22), "INTAKE-115"),
        ("text", NOON, "INTAKE-115"),
        ("quantity", dt.date(2022, 10, 22), "INTAKE-115"),
        ("type", dt.time(10, 22), "INTAKE-115"),
        ("type", dt.timedelta(hours=30), "INTAKE-115"),
        ("documented_on", dt.time(10, 22), "INTAKE-116"),
        ("documented_on", dt.date(1899, 12, 30), "INTAKE-116"),
        ("documented_on", "1899-12-31", "INTAKE-116"),
        ("type", dt.date(1899, 12, 30), "INTAKE-116"),
        ("documented_on", "soon", "INTAKE-113"),
        ("documented_on", 43_558.0, "INTAKE-113"),
    ],
)
def test_day_where_none_should_be_is_reported(name: str, cell: RawCell, kind: str) -> None:
    """A day in a text, a time alone, day zero, and a bare number of days: none is repaired."""
    found = read(name, cell)

    assert code(found) == kind
    assert isinstance(found, Troubled)
    assert found.value is None


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2015?", "2015?"),
        (" ../2016-02 ", "../2016-02"),
        ("[2015,2017]", "[2015,2017]"),
        (dt.date(2019, 4, 3), "2019-04-03"),
        (NOON, "2019-04-03"),
    ],
)
def test_dates_of_a_package_are_read_where_a_layout_says_so(cell: RawCell, day: str) -> None:
    """All that EDTF can say is kept, and what is no date is refused as in a package."""
    assert read("documented_on", cell, dates=("edtf",)) == day
    assert code(read("documented_on", "3 April", dates=("edtf",))) is not None


def test_something_is_put_after_what_was_read() -> None:
    """A letter code becomes the first serial of its series; of nothing, nothing is made."""
    assert read("type", " AB ", append="00000") == "AB00000"
    assert read("type", 12.0, append="A") == "12A"
    assert read("type", " ", append="00000") is None


def test_date_of_two_meanings_is_taken_as_either() -> None:
    """INTAKE-114: the value is the set of both."""
    found = read("documented_on", "03/04/2019", dates=("%d/%m/%Y", "%m/%d/%Y"))

    assert code(found) == "INTAKE-114"
    assert isinstance(found, Troubled)
    assert found.value == "[2019-03-04,2019-04-03]"


# --- marks -------------------------------------------------------------------------------------


def test_special_signs_of_a_plain_mark_are_escaped() -> None:
    """Only what the layout calls unread is a character that nobody could read."""
    assert read("text", "AB?*1{2}\\") == "AB?\\*1\\{2}\\\\"


def test_mark_from_a_number_is_taken_and_noted() -> None:
    """INTAKE-119 is a note: zeros may be lost. True is no number."""
    found = read("text", 12.0)

    assert isinstance(found, Troubled)
    assert (found.value, code(found), found.troubles[0].kind.severity) == (
        "12",
        "INTAKE-119",
        "note",
    )
    assert read("text", YES) == "TRUE"
    assert code(read("type", 12.0)) is None


# --- several columns ---------------------------------------------------------------------------


def joined(*cells: RawCell, name: str = "type", empty: tuple[str, ...] = ()) -> Read:
    """Return what a field of several columns reads."""
    field = FieldForm(columns=("a", "b", "c"), join=" / ")
    using = layout(file={"format": "csv", "empty": list(empty)})
    return compile_joined(field, COLUMNS[name], using)(list(cells))


def test_columns_are_joined_and_empty_ones_passed_over() -> None:
    """Spaces around each part go; a word for empty is nothing; all empty is not recorded."""
    assert joined(" a ", "", 12.0) == "a / 12"
    assert joined("n/a", None, "b", empty=("N/A",)) == "b"
    assert joined("n/a", " ", None, empty=("N/A",)) is None
    assert joined("", None, " ") is None


@pytest.mark.parametrize(
    ("cell", "kind"), [(NOON, "INTAKE-115"), (1e15, "INTAKE-118"), ("\ud800", "INTAKE-129")]
)
def test_part_that_is_wrong_alone_is_wrong_beside_another(cell: RawCell, kind: str) -> None:
    """Joining makes no text of a day, nor of a number that lost digits."""
    assert code(joined("a", cell, "b")) == kind


@given(st.lists(st.text(st.sampled_from("ab \t"), max_size=3), min_size=1, max_size=4))
def test_filled_is_what_says_something(cells: list[str]) -> None:
    """Spaces say nothing, nor do the words that the layout calls empty."""
    filled = compile_filled(())
    but_a = compile_filled(("A",))

    assert [filled(cell) for cell in cells] == [bool(re.search("[ab]", cell)) for cell in cells]
    assert [but_a(cell) for cell in cells] == [
        bool(re.search("[ab]", cell)) and cell.strip() != "a" for cell in cells
    ]

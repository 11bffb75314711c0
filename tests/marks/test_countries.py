"""Which states a text may mean, in which years, against worked tables."""

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.marks.countries import identify_country
from headstamp.marks.unnamed import read_unnamed
from headstamp.reference.states import former_states, state_names
from headstamp.terms.dates import parse_date_span

from .examples import examples, expected

CASES = examples("countries.csv")


def meanings(text: str, years: str | None = None) -> list[str]:
    """Return what a text may mean for something made in a span of years."""
    span = parse_date_span(years) if years else None
    return [found.meaning for found in identify_country(text, year_span=span)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Made in China", ["CN"]),
        ("CHINA", ["CN"]),
        ("中国", ["CN"]),
        ("brasil", ["BR"]),
        ("Estados Unidos", ["US"]),
        ("U.S.A.", ["US"]),
        ("EE.UU.", ["US"]),
        ("США", ["US"]),
        ("Сделано в СССР", ["SUHH"]),
        ("União Soviética", ["SUHH"]),
        ("Federação Russa", ["RU"]),
        ("Россия", ["RU"]),
        ("Росія", ["RU"]),
        ("روسيا", ["RU"]),
        ("UK", ["GB"]),
        ("Alemanha", ["DE"]),
        ("Allemagne", ["DE"]),
        ("Alemania", ["DE"]),
        ("Германия", ["DE"]),
        ("DDR", ["DDDE"]),
        ("Tchecoslováquia", ["CSHH"]),
        ("Jugoslavija", ["YUCS"]),
        ("България", ["BG"]),
        ("Korea", ["KP", "KR"]),
        ("Korea, Republic of", ["KR"]),
        ("Republic of Korea", ["KR"]),
        ("BR", ["BR"]),
        ("BRA", ["BR"]),
        ("CS", ["CSHH", "CSXX"]),
        ("SUHH", ["SUHH"]),
        ("XB", ["XB"]),
        ("br", []),
        ("Atlantis", []),
        ("Made in", []),
        ("", []),
        ("123", []),
    ],
)
def test_names_and_codes(text: str, expected: list[str]) -> None:
    """Names in several languages, codes in capitals; an ambiguous one gives each."""
    assert meanings(text) == expected


@pytest.mark.parametrize("row", CASES, ids=[row["text"] for row in CASES])
def test_worked_cells(row: dict[str, str]) -> None:
    """Each cell of the table names its states, or says that none is named, or is not ours."""
    said = ["(unknown)"] if read_unnamed(row["text"]) is not None else []

    assert [*said, *meanings(row["text"])] == expected(row)


def test_two_states_in_a_cell_speak_against_each_other() -> None:
    """`Rússia/URSS` gives both, each with the other against it; a name and its code are one."""
    both = [(one.meaning, one.against) for one in identify_country("Rússia/URSS")]

    assert both == [("RU", ("the cell names SUHH too",)), ("SUHH", ("the cell names RU too",))]
    assert [one.against for one in identify_country("Brasil (BR)")] == [()]


def test_a_slip_in_a_long_name_is_told() -> None:
    """A letter that differs stands against the state; between two states there is none."""
    (found,) = identify_country("Tchecoslovaquoa")

    assert (found.meaning, found.against) == ("CSHH", ("a letter differs",))
    assert meanings("República da Kambia") == []
    assert meanings("Brasol") == []


def test_a_cell_with_a_part_that_is_not_understood_names_no_state() -> None:
    """Beside a name, a word that is no state may make another name of it."""
    assert meanings("Brasil/Zxqwv") == []
    assert meanings("New Brasil") == []


@pytest.mark.parametrize(
    ("text", "years", "expected"),
    [
        ("Russia", "1975", ["RU", "SUHH"]),
        ("Russia", "1991", ["RU", "SUHH"]),
        ("Russia", "1992", ["RU"]),
        ("Russia", "1990/1993", ["RU"]),
        ("Russia", "1990/..", ["RU"]),
        ("Russia", None, ["RU"]),
        ("Germany", "1949", ["DE", "DDDE"]),
        ("Germany", "1948", ["DE"]),
        ("Serbia", "2004", ["RS", "CSXX"]),
        ("Serbia", "1980", ["RS", "YUCS"]),
        ("Brazil", "1975", ["BR"]),
        ("USSR", "1975", ["SUHH"]),
    ],
)
def test_a_part_of_a_former_state_brings_that_state(
    text: str, years: str | None, expected: list[str]
) -> None:
    """Only where all of the years lie within those of the former state, and after the name."""
    assert meanings(text, years) == expected


@pytest.mark.parametrize(
    ("text", "years", "against"),
    [
        ("USSR", "1991", ()),
        ("USSR", "1990/2000", ()),
        ("USSR", "1992", ("it ended in 1991",)),
        ("USSR", "1921", ("it began in 1922",)),
        ("Yugoslavia", "../1990", ()),
        ("West Germany", "2005", ("it ended in 1990",)),
        ("China", "1890", ()),
    ],
)
def test_years_speak_against_a_state_and_do_not_remove_it(
    text: str, years: str, against: tuple[str, ...]
) -> None:
    """A state outside its years stays a candidate, with that against it."""
    (found,) = identify_country(text, year_span=parse_date_span(years))

    assert found.against == against


@pytest.mark.slow
def test_every_name_of_the_standard_is_known_in_every_language() -> None:
    """Each country of ISO 3166-1 and each former state is found by each of its names."""
    wrong = [row for row in state_names() if row.code not in meanings(row.name)]

    assert wrong == []
    assert {row.code for row in state_names()} >= {c.alpha_2 for c in pycountry.countries}


def test_former_states_are_of_the_standard() -> None:
    """Codes are ISO 3166-3, their successors ISO 3166-1; none ended after its code did."""
    withdrawn = {state.alpha_4: state.withdrawal_date for state in pycountry.historic_countries}
    now = {country.alpha_2 for country in pycountry.countries}

    for state in former_states().values():
        assert state.year_from < state.year_to <= int(withdrawn[state.code][:4])
        assert set(state.became) <= now


def test_our_names_are_of_known_states() -> None:
    """No row of our table names a code that no standard has."""
    known = {c.alpha_2 for c in pycountry.countries}
    known |= {c.alpha_4 for c in pycountry.historic_countries}

    assert {row.code for row in state_names()} <= known


@given(st.text(), st.sampled_from([None, "1975", "../1990"]))
def test_any_text_is_identified_or_not(text: str, years: str | None) -> None:
    """No text makes it fail; no meaning comes twice; each has support, a row and a source."""
    span = parse_date_span(years) if years else None
    found = identify_country(text, year_span=span)

    assert len({one.meaning for one in found}) == len(found)
    assert all(one.support and one.row and one.source for one in found)

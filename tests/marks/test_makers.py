"""Which makers a cell may name, against a worked table and invariants."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.marks.makers import identify_maker, maker_countries, read_maker
from headstamp.reference.calibres import calibre_names
from headstamp.reference.maker_names import maker_names, makers
from headstamp.reference.marking import no_serial_rules
from headstamp.reference.states import state_names
from headstamp.reference.weapon_types import weapon_type_names
from headstamp.terms.dates import parse_date_span

from .examples import examples, expected

CASES = examples("makers.csv")
WORDS = st.sampled_from(["TAURUS", "S&W", "RG", "brasil", "82", ".38", "SPL", "Zxq", "e", "/", "-"])


def meanings(text: str, **told: Any) -> list[str]:  # noqa: ANN401 - passed on as it is
    """Return what a cell may name, in order."""
    return [found.meaning for found in identify_maker(text, **told)]


@pytest.mark.parametrize("row", CASES, ids=[f"{row['text']}-{row['made']}" for row in CASES])
def test_worked_cells(row: dict[str, str]) -> None:
    """Each cell of the table names its makers, says that it names none, or is not ours."""
    reading = read_maker(row["text"], made=row["made"] or None)  # type: ignore[arg-type]
    said = (
        ["(improvised)"] if reading.is_improvised else ["(unknown)"] if reading.is_unknown else []
    )

    assert [*said, *(found.meaning for found in reading.makers)] == expected(row)


def test_every_name_leads_to_its_maker() -> None:
    """Each name in the table is found, as written, in capitals and in small letters."""
    wrong = [
        (name, spelled)
        for row in maker_names()
        for name in row.names
        for spelled in (name, name.upper(), name.lower())
        if row.maker not in meanings(spelled)
    ]

    assert wrong == []


def test_a_name_of_several_makers_gives_each_with_the_others_against_it() -> None:
    """None of the makers under one abbreviation is preferred in silence."""
    for_names = {name for row in maker_names() for name in row.names}
    shared = {name: found for name in for_names if len(found := identify_maker(name)) > 1}

    assert {"RG", "SIG", "Browning", "Arsenal"} <= shared.keys()
    assert all(one.against for found in shared.values() for one in found)


def test_no_calibre_is_a_maker() -> None:
    """`.45 Colt` in a column of makers is a calibre that strayed: no maker is named."""
    names = [name for row in calibre_names() for name in row.names]

    assert {name: found for name in names if (found := meanings(name))} == {}


@pytest.mark.parametrize(
    ("text", "against"),
    [
        ("Taurus", ()),
        ("Taurus (Brasil)", ()),
        ("Taurus (Alemanha)", ("the cell names DE; it stands in BR",)),
        ("CZ - Tchecoslováquia", ()),
        ("CZ - Checoslovaquia 75", ()),
        ("Izhmash URSS", ()),
        ("Smith & Weson", ("a letter differs",)),
        ("СOLT", ("letters of another script are read as Latin",)),
    ],
)
def test_what_the_cell_itself_says_against_a_maker(text: str, against: tuple[str, ...]) -> None:
    """Another state, a slip, letters of another script: told, and the maker stays."""
    (found,) = identify_maker(text)

    assert found.against == against


def test_a_state_beside_an_abbreviation_tells_which_maker() -> None:
    """Browning of Belgium is FN's, with nothing against it but the shared name."""
    assert meanings("Browning, Bélgica") == ["fn", "browning"]
    assert meanings("Browning USA") == ["browning", "fn"]


def test_the_thing_and_its_years_speak_against_makers() -> None:
    """A maker of cartridges is not left out for a weapon, nor one of other years: it comes last."""
    span = parse_date_span("1950")

    assert meanings("RG", made="cartridge") == ["radway_green", "roehm"]
    assert "not for a weapon" in identify_maker("Fiocchi", made="weapon")[0].against[0]
    assert identify_maker("IWI", year_span=span)[0].against == ("known there from 2005",)
    assert identify_maker("IMI", year_span=span)[0].against == ()


def test_a_maker_stands_in_the_state_of_the_years() -> None:
    """A works whose state ended has a row for each; the one of the years comes first."""
    assert [one.meaning for one in maker_countries("zastava")] == ["YUCS", "CSXX", "RS"]
    first, *_ = maker_countries("zastava", year_span=parse_date_span("2010"))
    assert (first.meaning, first.kind) == ("RS", "country")
    assert maker_countries("nobody") == ()


def test_what_stands_beside_a_maker_is_kept() -> None:
    """A model or a calibre in the cell of the maker is handed on, not dropped."""
    assert read_maker("Taurus PT 92 AF (Brasil)").beside == ("pt", "92", "af")


def test_a_type_beside_a_maker_is_understood() -> None:
    """`Revólver Taurus` in a column of makers names Taurus."""
    assert meanings("Revólver Taurus") == ["taurus"]
    assert meanings("Pistola semiautomática Glock 17") == ["glock"]


@pytest.mark.parametrize("words", list(permutations(["COLT", "FN", "TAURUS"])))
def test_the_order_in_a_cell_does_not_change_which_makers_are_found(words: tuple[str, ...]) -> None:
    """Three makers in any order are the same three."""
    assert set(meanings(" / ".join(words))) == {"colt", "fn", "taurus"}


def test_a_half_understood_cell_names_nobody() -> None:
    """A word that is not understood beside a name may make another name of it."""
    for name in ("Taurus", "Star", "Federal", "Western", "Norma", "Arsenal", "Unique"):
        assert meanings(f"{name} Qwxyz") == []
        assert meanings(f"Qwxyz {name}") == []


@pytest.mark.slow
def test_no_type_state_calibre_or_phrase_is_a_maker() -> None:
    """What belongs in another column names nobody, whatever letters it has."""
    strays = {
        *(row.name for row in weapon_type_names()),
        *(row.name for row in state_names()),
        *(row.phrase for row in no_serial_rules()),
    }

    assert {text: found for text in strays if (found := meanings(text))} == {}


def test_rows_are_shown_as_sourced_or_not() -> None:
    """A maker whose row nobody opened a source for says so."""
    assert identify_maker("Bersa")[0].is_sourced
    assert not identify_maker("Urko")[0].is_sourced
    assert makers()["urko"][0].source == "project"


@given(st.text() | st.lists(WORDS).map(" ".join), st.sampled_from([None, "weapon", "cartridge"]))
def test_any_text_is_identified_or_not(text: str, made: Any) -> None:  # noqa: ANN401 - a literal
    """No text makes it fail; no maker comes twice; each has support, a row and a source."""
    reading = read_maker(text, made=made)
    found = reading.makers

    assert reading.raw == text
    assert len({one.meaning for one in found}) == len(found)
    assert all(one.support and one.row and one.source for one in found)
    assert [len(one.against) for one in found] == sorted(len(one.against) for one in found)
    assert not (found and reading.unnamed)

"""Which types a cell may name, against a worked table and invariants."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.marks.types import identify_type, is_kind_of, type_category, type_condition
from headstamp.reference.weapon_types import weapon_type_names, weapon_types

from .examples import examples, expected

CASES = examples("types.csv")
WORDS = st.sampled_from(["PISTOLA", "de", "revólver", "cal", ".38", "Taurus", "estojo", "e", "zxq"])


def meanings(text: str) -> list[str]:
    """Return what a cell may name, in order."""
    return [found.meaning for found in identify_type(text)]


@pytest.mark.parametrize("row", CASES, ids=[row["text"] for row in CASES])
def test_worked_cells(row: dict[str, str]) -> None:
    """Each cell of the table names its types, in order, or none."""
    assert meanings(row["text"]) == expected(row)


def test_every_name_leads_to_its_type() -> None:
    """Each name in the table is found, as written and in capitals."""
    wrong = [
        row.name
        for row in weapon_type_names()
        for spelled in (row.name, row.name.upper())
        if row.weapon_type not in meanings(spelled)
    ]

    assert wrong == []


def test_names_and_kinds_are_of_the_closed_list() -> None:
    """No name leads out of the list, and each type is a kind of a type that is in it."""
    known = set(weapon_types())
    broader = {row.broader for row in weapon_types().values()} - {None}

    assert {row.weapon_type for row in weapon_type_names()} == known
    assert broader <= known


def test_every_type_has_a_name_in_portuguese_and_english() -> None:
    """The two languages that most files come in have a word for each type."""
    named = {(row.weapon_type, row.language) for row in weapon_type_names()}

    assert {one for one in weapon_types() if (one, "pt") not in named} == set()
    assert {one for one in weapon_types() if (one, "en") not in named} == set()


@pytest.mark.parametrize(
    ("text", "category", "condition"),
    [
        ("Pistola", "weapon", None),
        ("Munição", "ammunition", None),
        ("cartucho íntegro", "ammunition", "intact"),
        ("estojo deflagrado", "ammunition", "fired"),
        ("cartucho picotado", "ammunition", "misfired"),
        ("carregador de pistola", "component", None),
        ("simulacro", "other", None),
    ],
)
def test_what_a_type_implies(text: str, category: str, condition: str | None) -> None:
    """A type tells its category, and some tell the condition of a cartridge."""
    (found,) = identify_type(text)

    assert (type_category(found.meaning), type_condition(found.meaning)) == (category, condition)


def test_what_is_not_in_the_list_implies_nothing() -> None:
    """An id that the list lacks has no category and is a kind of nothing else."""
    assert type_category("zxq") is None
    assert type_condition("zxq") is None
    assert is_kind_of("light_machine_gun", "firearm")
    assert not is_kind_of("mortar", "firearm")
    assert not is_kind_of("zxq", "firearm")


@pytest.mark.parametrize("thing", ["pistola", "revólver", "fuzil", "espingarda"])
def test_what_belongs_to_a_weapon_is_no_weapon(thing: str) -> None:
    """A magazine, a barrel or a cartridge of a weapon is not that weapon."""
    for part, kind in (("carregador", "magazine"), ("cano", "barrel"), ("munição", "cartridge")):
        assert meanings(f"{part} de {thing}") == [kind]


def test_two_types_in_a_cell_speak_against_each_other() -> None:
    """A cell of a pistol and a revolver gives both, each with the other against it."""
    found = {one.meaning: one.against for one in identify_type("pistola e revólver")}

    assert found == {
        "pistol": ("the cell names revolver too",),
        "revolver": ("the cell names pistol too",),
    }


def test_a_slip_in_a_long_name_is_told() -> None:
    """`metralhdora` is a machine gun, with the letter that differs against it."""
    (found,) = identify_type("metralhdora")

    assert (found.meaning, found.against) == ("machine_gun", ("a letter differs",))


@given(st.text() | st.lists(WORDS).map(" ".join))
def test_any_text_is_identified_or_not(text: str) -> None:
    """No text makes it fail; no type comes twice; each has support, a row and a source."""
    found = identify_type(text)

    assert len({one.meaning for one in found}) == len(found)
    assert all(one.support and one.row and one.source for one in found)

"""Which models a cell may name, against a worked table and invariants."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.marks.model_index import model_key, model_words, models_named
from headstamp.marks.models import identify_model, model_type
from headstamp.reference.calibres import calibre_names
from headstamp.reference.maker_names import makers
from headstamp.reference.models import models
from headstamp.reference.weapon_types import weapon_types

from .examples import examples, expected

CASES = examples("models.csv")
WORDS = st.sampled_from(
    ["PT", "92", "AF", "Glock", "17", "mod.", "M", "АК", "-47", "zxq", "Taurus"]
)
SOME_MAKERS = st.sampled_from([(), ("taurus",), ("beretta", "taurus"), ("nobody",)])


def meanings(text: str, makers: tuple[str, ...] = (), calibres: tuple[str, ...] = ()) -> list[str]:
    """Return what a cell may name, in order."""
    return [found.meaning for found in identify_model(text, makers=makers, calibres=calibres)]


def ids(cell: str) -> tuple[str, ...]:
    """Return the ids of a cell of the worked table."""
    return tuple(one for one in cell.split(";") if one)


@pytest.mark.parametrize("row", CASES, ids=[f"{row['text']}-{row['makers']}" for row in CASES])
def test_worked_cells(row: dict[str, str]) -> None:
    """Each cell of the table, beside its makers and calibres, names its models or none."""
    assert meanings(row["text"], ids(row["makers"]), ids(row["calibres"])) == expected(row)


def test_rows_speak_of_known_makers_calibres_and_types() -> None:
    """No row leads out of the other tables."""
    calibres = {row.calibre for row in calibre_names()}

    assert {maker for row in models() for maker in row.makers} <= makers().keys()
    assert {calibre for row in models() for calibre in row.calibres} <= calibres
    assert {row.weapon_type for row in models()} <= weapon_types().keys()


def test_every_name_leads_to_its_model_beside_its_maker() -> None:
    """Each name that is no calibre is found where one of its makers is named too."""
    wrong = [
        (row.model, name)
        for row in models()
        for name in (*row.names, *row.names_beside_maker)
        if row.makers and row.model not in meanings(name, row.makers)
    ]

    assert wrong == []


def test_figures_and_everyday_words_alone_are_no_model() -> None:
    """A number or an everyday word is a model only of a maker that has one of that name."""
    alone = {name for row in models() for name in row.names}
    beside = {name for row in models() for name in row.names_beside_maker} - alone

    assert len(beside) > 100
    assert {name: found for name in beside if (found := meanings(name))} == {}
    assert {name for name in beside if meanings(name, ("urko",))} == set()
    assert not any(name.isdigit() for name in alone)


def test_a_maker_that_has_the_model_leaves_others_out() -> None:
    """Two makers have a model 92: the one named tells which; both named leave both."""
    assert meanings("92", ("winchester",)) == ["winchester_92"]
    assert set(meanings("92", ("winchester", "taurus"))) == {"winchester_92", "taurus_pt92"}


def test_what_speaks_for_and_against_a_model() -> None:
    """The maker and the calibre of the record agree, are near, or speak against it."""
    (same,) = identify_model("PT 58", makers=("taurus",), calibres=("9x17",))
    (near,) = identify_model("M16", makers=("colt",), calibres=(".223 Remington",))
    (other,) = identify_model("MP5", makers=("taurus",), calibres=(".45 ACP",))

    assert (len(same.support), same.against) == (3, ())
    assert "near relations" in near.support[-1]
    assert near.against == ()
    assert other.against == ("not known of taurus", "not known for .45 ACP")


def test_an_ending_that_is_left_out_is_told() -> None:
    """Letters behind a name of the maker may mean a variant: read without them, and said."""
    (found,) = identify_model("85 TI", makers=("taurus",))

    assert (found.meaning, found.against) == ("taurus_85", ("'ti' at its end was left out",))
    assert meanings("85 TI") == []
    assert meanings("85 titanium", ("taurus",)) == []


@pytest.mark.parametrize("name", ["M 82", "M82", "Mod. 82", "RT-82", "revólver 82", "82"])
def test_a_model_is_written_in_many_ways(name: str) -> None:
    """Words and letters for *model*, or the type before it, make no difference."""
    assert meanings(name, ("taurus",)) == ["taurus_82"]


def test_a_model_tells_its_type() -> None:
    """The type of a model is one of the closed list; what is not in the table has none."""
    assert model_type("ak47") == "assault_rifle"
    assert model_type("nothing") is None


def test_the_order_of_makers_changes_nothing() -> None:
    """The makers of a record are a set: in any order the same models are found."""
    for one, other in combinations(["beretta", "taurus", "winchester"], 2):
        assert meanings("92", (one, other)) == meanings("92", (other, one))


def test_scripts_are_read_alike() -> None:
    """A name in Cyrillic letters that look Latin is the same name."""
    assert models_named(model_key(model_words("АКМ"))) == models_named(
        model_key(model_words("AKM"))
    )


@given(st.text() | st.lists(WORDS).map(" ".join), SOME_MAKERS)
def test_any_text_is_identified_or_not(text: str, told: tuple[str, ...]) -> None:
    """No text makes it fail; no model comes twice; each has support, a row and a source."""
    found = identify_model(text, makers=told)

    assert len({one.meaning for one in found}) == len(found)
    assert all(one.support and one.row and one.source for one in found)

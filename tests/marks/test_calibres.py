"""Which calibres a text may mean, against worked tables."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.marks.calibres import (
    calibre_family,
    compatible_calibres,
    identify_calibre,
    is_calibre_name,
)
from headstamp.reference.calibres import calibre_compatible, calibre_families, calibre_names

from .examples import examples, expected

CASES = examples("calibres.csv")


def meanings(text: str) -> list[str]:
    """Return what a text may mean, in order."""
    return [found.meaning for found in identify_calibre(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7.62x39", ["7.62x39"]),
        ("7,62х54мм", ["7.62x54R"]),
        ("Cal. 7.62 × 54 mmR", ["7.62x54R"]),
        ("калибр 5,45х39", ["5.45x39"]),
        ("٧٫٦٢", []),
        ("9 mm Para", ["9x19"]),
        ("9MM LUGER", ["9x19"]),
        ("9 x 18 Makarov", ["9x18"]),
        ("9mm short", ["9x17"]),
        (".380 ACP", ["9x17"]),
        ("380 auto", ["9x17"]),
        (".32 AUTO", ["7.65x17SR"]),
        ("5.56 NATO", ["5.56x45"]),
        (".223", [".223 Remington"]),
        ("0.223 Rem.", [".223 Remington"]),
        ("7.62 NATO", ["7.62x51"]),
        (".308 WIN", [".308 Winchester"]),
        (".38 SPL", [".38 Special"]),
        ("38 special", [".38 Special"]),
        (".38", [".38 Special", ".38 S&W"]),
        ("38", [".38 Special", ".38 S&W"]),
        ("9mm", ["9x17", "9x18", "9x19", "9x21"]),
        ("7.62", ["7.62x25", "7.62x39", "7.62x51", "7.62x54R"]),
        ("7,62 mm", ["7.62x25", "7.62x39", "7.62x51", "7.62x54R"]),
        (".50 BMG", ["12.7x99"]),
        ("12.7", ["12.7x99", "12.7x108"]),
        ("12 GA", ["12 gauge"]),
        ("gauge 12", ["12 gauge"]),
        (".30-06", [".30-06 Springfield"]),
        ("32", ["32 gauge", "7.65x17SR", ".32 S&W", ".32 S&W Long"]),
        ("7.62x40", []),
        ("unknown", []),
        ("", []),
        ("🔥", []),
        ("9x19x33", []),
        ("123456789", []),
    ],
)
def test_written_calibres(text: str, expected: list[str]) -> None:
    """Names, inches, millimetres and bare diameters; what is not in the tables is nothing."""
    assert meanings(text) == expected


@pytest.mark.parametrize("row", CASES, ids=[row["text"] for row in CASES])
def test_worked_cells(row: dict[str, str]) -> None:
    """Each cell of the table gives its calibres, in order; what is not ours gives none."""
    assert meanings(row["text"]) == expected(row)


@pytest.mark.parametrize(
    ("bore", "case", "suffix", "expected"),
    [
        ("7.62", "39", "", "7.62x39"),
        ("5.45", "39", "", "5.45x39"),
        ("7.62", "54", "R", "7.62x54R"),
        ("12.7", "108", "", "12.7x108"),
        ("9", "18", "", "9x18"),
    ],
)
def test_spelling_does_not_matter(bore: str, case: str, suffix: str, expected: str) -> None:
    """Comma or point, any sign for `by`, any spacing, with or without mm: one meaning."""
    points, signs, units = (
        (".", ","),
        ("x", "X", "×", "*", "х", "Х"),
        ("", "mm", " mm", "мм", " MM"),
    )
    spelled = {
        f"{bore.replace('.', point)}{gap}{sign}{gap}{case}{unit}{suffix}"
        for point, sign, unit, gap in product(points, signs, units, ("", " "))
    }

    assert {tuple(meanings(text)) for text in spelled} == {(expected,)}


def test_near_relations_are_compatible_and_never_the_same() -> None:
    """5.56 x 45 and .223, 7.62 x 51 and .308: compatible both ways, each is only itself."""
    for one, other in (("5.56x45", ".223 Remington"), ("7.62x51", ".308 Winchester")):
        assert other in compatible_calibres(one)
        assert one in compatible_calibres(other)
        assert meanings(one) == [one]
        assert meanings(other) == [other]


def test_two_names_in_a_cell_agree_or_speak_against_each_other() -> None:
    """A name and its metric one are one calibre, supported twice; two calibres are told apart."""
    (both,) = identify_calibre("9 mm Luger (9x19 mm)")
    differ = identify_calibre("9 mm Luger (9x18 mm)")

    assert (len(both.support), both.against) == (2, ())
    assert [(one.meaning, one.against) for one in differ] == [
        ("9x19", ("the cell names 9x18 too",)),
        ("9x18", ("the cell names 9x19 too",)),
    ]


def test_two_names_in_any_order_mean_the_same() -> None:
    """Which of two names stands in brackets makes no difference to what is found."""
    pairs = [(".45 ACP", "11.43x23"), (".380 ACP", "9x17"), ("9 mm", "9x19"), (".38", "9x19")]

    for one, other in pairs:
        assert set(meanings(f"{one} ({other})")) == set(meanings(f"{other} ({one})"))


def test_millimetres_are_neither_gauge_nor_inches() -> None:
    """`12 mm` is no shotgun, `40 mm` no .40; without the unit either may be meant."""
    assert meanings("12 mm") == []
    assert ".40 S&W" not in meanings("40 mm")
    assert ".40 S&W" in meanings("40")


def test_figures_alone_are_not_two_figures_with_a_sign_between() -> None:
    """`30-30` is a calibre without its point, `3030` is a number."""
    assert meanings("30-30") == [".30-30 Winchester"]
    assert meanings("3030") == []


def test_a_name_is_a_name_with_or_without_its_point() -> None:
    """A bare diameter is not a name: a column of makers may hold a model number."""
    assert is_calibre_name("38 SPL")
    assert not is_calibre_name("38")


def test_9x18_and_9x19_are_strangers() -> None:
    """Near names that are different rounds are not compatible."""
    assert "9x19" not in compatible_calibres("9x18")
    assert compatible_calibres("9x18") == frozenset()


def test_a_bare_diameter_says_what_speaks_against_it() -> None:
    """Each of four candidates says that three others have the diameter too; a name says nothing."""
    found = identify_calibre("7.62")

    assert all("4 calibres" in " ".join(one.against) for one in found)
    assert all(one.support for one in found)
    assert identify_calibre("7.62x39")[0].against == ()
    assert "without the point" in " ".join(identify_calibre("38 SPL")[0].against)


def test_families() -> None:
    """The families are of cartridges; what is not in the table has none."""
    assert {c for c in calibre_families() if calibre_family(c) == "NATO"} == {
        "9x19",
        "5.56x45",
        "7.62x51",
        "12.7x99",
    }
    assert calibre_family(".223 Remington") != "NATO"
    assert calibre_family("5.45x39") == "Warsaw Pact"
    assert calibre_family("7.62") is None


def test_every_name_leads_to_its_own_calibre_alone() -> None:
    """No name means two calibres, and the id of a calibre is one of its names' meanings."""
    wrong = [
        (name, meanings(name))
        for row in calibre_names()
        for name in row.names
        if meanings(name) != [row.calibre]
    ]

    assert wrong == []


def test_tables_speak_of_the_same_calibres() -> None:
    """Each calibre has one family, and what is compatible with it is in the table of names."""
    known = {row.calibre for row in calibre_names()}

    assert set(calibre_families()) == known
    assert {row.compatible_with for row in calibre_compatible()} <= known
    assert {row.written for row in calibre_compatible() if row.relation == "related"} <= known


@given(st.text() | st.text(alphabet="0123456789.,xх×* mLR/-"))
def test_any_text_is_identified_or_not(text: str) -> None:
    """No text makes it fail, no meaning comes twice, and each one has support and a row."""
    found = identify_calibre(text)

    assert len({one.meaning for one in found}) == len(found)
    assert all(one.support and one.row and one.source for one in found)

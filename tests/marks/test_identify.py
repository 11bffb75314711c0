"""What an item may be: each answer beside its rivals, and none where nobody can tell."""

import msgspec
import pytest

from headstamp.marks.identify import Identified, ItemWords, determined, identify_item
from headstamp.terms.dates import parse_date_span
from headstamp.terms.identification import Identification


def _item(**told: str) -> Identified:
    words = msgspec.convert({"category": "weapon", **told}, ItemWords)
    return identify_item(words)


@pytest.mark.parametrize(
    ("words", "maker", "maker_country", "country"),
    [
        ({"maker": "Forjas Taurus", "country": "Brasil"}, "taurus", "BR", "BR"),
        ({"maker": "Taurus"}, "taurus", "BR", "BR"),
        ({"country": "Áustria"}, None, None, "AT"),
        ({"maker": "Taurus", "country": "Ignorado"}, "taurus", "BR", "BR"),
        ({"maker": "não identificada", "country": "Brasil"}, None, None, "BR"),
        ({"maker": "Glock", "country": "Austrália"}, "glock", "AT", None),
        ({}, None, None, None),
    ],
)
def test_country_of_making_needs_word_and_maker_to_agree(
    words: dict[str, str], maker: str | None, maker_country: str | None, country: str | None
) -> None:
    """What is written stands, or what the maker's seat tells; where they differ, nobody knows."""
    found = _item(**words)

    assert (found.maker, found.maker_country, found.country) == (maker, maker_country, country)


def test_what_speaks_against_a_country_is_told() -> None:
    """A slip of the list box is not repaired: both are candidates, each held against the other."""
    found = _item(maker="Glock", country="Austrália")

    assert {one.meaning for one in found.countries} >= {"AU", "AT"}
    assert all(one.against for one in found.countries)


@pytest.mark.parametrize(
    ("calibre", "meaning", "family"),
    [
        ("7.62x39", "7.62x39", "Warsaw Pact"),
        ("7.62", None, None),
        ("9 mm Luger (9x19 mm)", "9x19", "NATO"),
        ("what it takes", None, None),
    ],
)
def test_a_calibre_is_determined_or_it_is_several(
    calibre: str, meaning: str | None, family: str | None
) -> None:
    """A bare diameter is four cartridges of more than one family, and so of none."""
    found = _item(calibre=calibre)

    assert (found.calibre, found.calibre_family) == (meaning, family)


@pytest.mark.parametrize(
    ("weapon_type", "meaning", "family"),
    [
        ("shotgun", "32 gauge", "shotgun"),
        ("revolver", None, "handgun, other"),
        (None, None, None),
        ("rifle", None, None),
    ],
)
def test_a_bare_figure_is_a_gauge_of_a_shotgun_only(
    weapon_type: str | None, meaning: str | None, family: str | None
) -> None:
    """32 is a gauge, or .32 of several cartridges: the type rules out, and never picks."""
    found = _item(calibre="32", **({"type": weapon_type} if weapon_type else {}))

    assert (found.calibre, found.calibre_family) == (meaning, family)


def test_one_family_is_known_where_the_calibre_is_not() -> None:
    """Several calibres of one family have one family."""
    found = _item(calibre=".22")

    assert found.calibre is None
    assert len({one.meaning for one in found.calibres}) > 1
    assert found.calibre_family == "rimfire"


def test_a_mark_supports_what_is_written_or_speaks_against_it() -> None:
    """The mark and the documenter are held against each other, and neither is dropped."""
    agreeing = identify_item(
        ItemWords(category="weapon", maker="Taurus", marks=(("maker", "TAURUS"),))
    )
    differing = identify_item(
        ItemWords(category="weapon", maker="Taurus", marks=(("maker", "GLOCK"),))
    )

    assert agreeing.maker == "taurus"
    assert len(agreeing.makers[0].support) == 2
    assert differing.maker is None
    assert {one.meaning for one in differing.makers} == {"taurus", "glock"}


@pytest.mark.parametrize(("seen_on", "years"), [(None, (1950, 2050)), ("2014-07", (1950, 1950))])
def test_a_headstamp_tells_maker_and_year_of_a_cartridge(
    seen_on: str | None, years: tuple[int, int]
) -> None:
    """Two digits have no century, but what was seen was not made later."""
    found = identify_item(
        ItemWords(
            category="ammunition",
            marks=(("headstamp", "38 50"),),
            seen_span=parse_date_span(seen_on) if seen_on else None,
        )
    )

    assert found.maker == "Yuryuzan"
    assert [one.meaning for one in found.makers] == ["Yuryuzan", "Tula, plant 38"]
    assert (found.year_from, found.year_to) == years


def test_years_are_those_that_something_tells() -> None:
    """The documenter's year, a year mark, both, or none."""
    stated = _item(year="1994")
    marked = identify_item(ItemWords(category="weapon", marks=(("year", "1988"),)))
    both = identify_item(ItemWords(category="weapon", year="1994", marks=(("year", "1988"),)))

    spans = [(one.year_from, one.year_to) for one in (stated, marked, both, _item())]
    assert spans == [(1994, 1994), (1988, 1988), (1988, 1994), (None, None)]


def test_a_mark_that_breaks_the_notation_identifies_nothing() -> None:
    """Intake reported it; it is no reason to stop."""
    found = identify_item(ItemWords(category="ammunition", marks=(("headstamp", "10{"),)))

    assert found == Identified()


def _candidate(meaning: str, *against: str) -> Identification:
    return Identification(
        kind="maker", meaning=meaning, support=("it says so",), against=against, row="r", source="s"
    )


@pytest.mark.parametrize(
    ("candidates", "meaning"),
    [
        ([], None),
        ([_candidate("a")], "a"),
        ([_candidate("a", "odd")], "a"),
        ([_candidate("a"), _candidate("b", "odd")], "a"),
        ([_candidate("a", "odd"), _candidate("b", "odd")], None),
        ([_candidate("a"), _candidate("b")], None),
        ([_candidate("a"), _candidate("a")], "a"),
    ],
)
def test_one_is_determined_where_one_is_left(
    candidates: list[Identification], meaning: str | None
) -> None:
    """Never by order, and never by what has less against it than another."""
    assert determined(tuple(candidates)) == meaning

"""Which makers and years a headstamp may mean, against a worked table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.marks.headstamps import decode_headstamp
from headstamp.reference.makers import FactoryCode, factory_codes
from headstamp.terms.dates import parse_date_span
from headstamp.terms.errors import UnreadableMarkError

TULA, YURYUZAN = "Tula, plant 38", "Yuryuzan"


@pytest.mark.parametrize(
    ("stamp", "seen", "expected"),
    [
        ("38 39", None, [(TULA, 1939)]),
        ("38 50", None, [(YURYUZAN, 1950)]),
        ("38 41", "1960", [(TULA, 1941), (YURYUZAN, 1941), ("Factory 41", 1938)]),
        ("50 38", None, [(YURYUZAN, 1950)]),
        ("ППУ 1985", None, [("Prvi Partizan, Uzice", 1985)]),
        ("PPU 1985", None, [("Prvi Partizan, Uzice", 1985)]),
        ("T 44", None, [("Tula Cartridge Works", 1944)]),
        ("Т 44", None, [("Tula Cartridge Works", 1944)]),
        ("LC 2007", None, [("Lake City Army Ammunition Plant", 2007)]),
        ("lc-2007", None, [("Lake City Army Ammunition Plant", 2007)]),
        ("{38} 80", None, [("Ulyanovsk", 1980)]),
        ("9?5 2006", "2011", [("Factory 945", 2006)]),
        ("?? 50", None, []),
        ("zz 50", None, []),
        ("", None, []),
        ("10 75", None, []),
    ],
)
def test_stamps(stamp: str, seen: str | None, expected: list[tuple[str, int]]) -> None:
    """Codes and years in either order and script; those with nothing against them, or doubted."""
    span = parse_date_span(seen) if seen else None
    found = decode_headstamp(stamp, seen_span=span)

    assert [
        (one.meaning, one.year_from)
        for one in found
        if not any(reason.startswith("the row is for") for reason in one.against)
    ] == expected


def test_one_code_of_two_plants_gives_both_where_no_year_tells() -> None:
    """Code 38 was Tula's, then Yuryuzan's: without a year it is either."""
    assert [one.meaning for one in decode_headstamp("38")] == [TULA, YURYUZAN]


def test_a_year_outside_the_row_stays_with_that_against_it() -> None:
    """A stamp of 1950 speaks against the plant whose code ended in 1941, and does not remove it."""
    found = {one.meaning: one.against for one in decode_headstamp("38 50")}

    assert found == {YURYUZAN: (), TULA: ("the row is for 1922 to 1941",)}


def test_each_century_is_its_own_candidate() -> None:
    """Two digits without a date: both years, each with the other against it."""
    found = decode_headstamp("LC 07")

    assert [(one.year_from, one.year_to) for one in found] == [(1907, 1907), (2007, 2007)]
    assert "2007" in " ".join(found[0].against)


def test_rounds_are_not_made_after_they_were_seen() -> None:
    """A round seen in 2005 was not made in 2007."""
    found = decode_headstamp("LC 07", seen_span=parse_date_span("2005-03-01"))

    assert [one.year_from for one in found] == [1907]


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("CBC .38 SPL", [("Companhia Brasileira de Cartuchos", 1936)]),
        ("R-P 38 SPL", [("Remington-Peters", None)]),
        ("R P 38 SPL", [("Remington-Peters", None)]),
        ("G.F.L. 7.65", [("Giulio Fiocchi, Lecco", 1876)]),
        ("W-W 45 AUTO", [("Winchester-Western", None)]),
        ("S&B 9x19", [("Sellier & Bellot", None)]),
        ("{5S}&B 9x19", [("Sellier & Bellot", None)]),
        ("FC 9MM LUGER", [("Federal Cartridge", None)]),
    ],
)
def test_a_calibre_on_a_cartridge_tells_no_year(
    stamp: str, expected: list[tuple[str, int | None]]
) -> None:
    """`38 SPL` is the calibre of a commercial cartridge and not 1938; initials may be apart."""
    found = decode_headstamp(stamp)

    assert [(one.meaning, one.year_from) for one in found] == expected


def test_one_abbreviation_of_two_makers_gives_both() -> None:
    """RA is a plant in Norway and one in the United States."""
    found = decode_headstamp("RA 44", seen_span=parse_date_span("1990"))

    assert {one.meaning for one in found} == {
        "Remington Arms (military)",
        "Raufoss Ammunisjonsfabrikker",
    }


def test_a_gauge_may_be_taken_for_a_year_and_says_so() -> None:
    """The 12 on a shotshell may be its gauge; that stands against the year."""
    found = decode_headstamp("CBC 12", seen_span=parse_date_span("2020"))

    assert [(one.year_from, one.against) for one in found] == [(2012, ("12 may be its gauge",))]


def test_codes_on_weapons_are_others() -> None:
    """The same figure means one plant on a weapon and nothing on a cartridge."""
    on_weapon = decode_headstamp("10", stands_on="weapon")

    assert [one.meaning for one in on_weapon] == ["Arsenal, Kazanlak (10 in one or two circles)"]
    assert decode_headstamp("10") == ()


def test_an_unread_character_is_told() -> None:
    """A code that was only half read may be the row's, and says so."""
    (found,) = decode_headstamp("9?5")

    assert found.meaning == "Factory 945"
    assert "not every character" in found.against[0]


def test_a_broken_transcription_is_refused() -> None:
    """The notation is the notation of marks."""
    with pytest.raises(UnreadableMarkError):
        decode_headstamp("{38")


@given(st.sampled_from(factory_codes()), st.sampled_from(factory_codes()))
def test_every_row_is_found_by_its_code(row: FactoryCode, beside: FactoryCode) -> None:
    """Each code finds all its rows, whatever else stands beside it."""
    stamp = f"{row.code} {beside.code}"
    found = {one.meaning for one in decode_headstamp(stamp, stands_on=row.stands_on)}

    expected = {
        other.maker
        for other in factory_codes()
        if (other.code, other.stands_on) == (row.code, row.stands_on)
    }
    assert expected <= found


@given(st.text(alphabet="3810LCТ? -/7*АB"))
def test_any_stamp_is_decoded_or_not(stamp: str) -> None:
    """No stamp makes it fail, nothing comes twice, and each has support, a row and a source."""
    found = decode_headstamp(stamp)

    assert len(set(found)) == len(found)
    assert all(one.support and one.row and one.source for one in found)

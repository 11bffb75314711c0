"""Which cells name nothing, and say so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.marks.unnamed import read_unnamed
from headstamp.reference.maker_names import maker_names, no_maker


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "unknown"),
        ("  ", "unknown"),
        ("?", "unknown"),
        ("N/I", "unknown"),
        ("não identificada", "unknown"),
        ("NAO IDENTIFICADA", "unknown"),
        ("não identificdaa", "unknown"),
        ("raspado", "unknown"),
        ("OUTRAS MARCAS", "other"),
        ("Misc.", "other"),
        ("Home-Made", "improvised"),
        ("кустарного производства", "improvised"),
        ("Taurus", None),
        ("AB-1234", None),
        ("pistola de uso restrito", None),
    ],
)
def test_cells_that_name_nothing(text: str, says: str | None) -> None:
    """Not known, some other, made by hand: never an unrecognised name."""
    found = read_unnamed(text)

    assert (found.says if found else None) == says


def test_made_by_hand_is_not_unknown() -> None:
    """Of a thing made by hand more is known than of one whose maker nobody entered."""
    by_hand, unknown = read_unnamed("artesanal"), read_unnamed("desconhecido")

    assert by_hand is not None
    assert unknown is not None
    assert (by_hand.is_improvised, by_hand.is_unknown) == (True, False)
    assert (unknown.is_improvised, unknown.is_unknown) == (False, True)


def test_every_phrase_says_what_its_row_says() -> None:
    """No phrase is read as another one, and the row is named."""
    wrong = [
        row.phrase
        for row in no_maker()
        if (found := read_unnamed(row.phrase)) is None or found.says != row.says
    ]

    assert wrong == []


def test_no_maker_is_taken_for_nobody() -> None:
    """No name in the table of makers says that nothing is named."""
    names = [name for row in maker_names() for name in row.names]

    assert [name for name in names if read_unnamed(name) is not None] == []


@given(st.text())
def test_any_text_is_read_or_not(text: str) -> None:
    """No text makes it fail; what it rests on is told where it rests on a row."""
    found = read_unnamed(text)

    assert found is None or bool(found.row) == bool(text.strip())

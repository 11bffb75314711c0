"""Text on a hundred columns."""

from hypothesis import given
from hypothesis import strategies as st

from headstamp.cli.layout import readable, shown
from headstamp.terms.table import Table

_TEXTS = st.lists(
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=80),
    min_size=3,
    max_size=3,
)


@given(st.lists(_TEXTS, min_size=1, max_size=5))
def test_no_character_of_a_cell_is_lost_in_wrapping(rows: list[list[str]]) -> None:
    """Whatever is narrowed, everything is still there."""
    columns = ("a", "b", "c")
    cells = tuple(dict(zip(columns, row, strict=True)) for row in rows)
    table = Table(name="t", columns=columns, rows=tuple(dict(cell) for cell in cells))

    printed = "".join(readable(table, columns, width=40))

    letters = sorted("".join(shown(cell[c]) for cell in cells for c in columns).replace(" ", ""))
    header = "".join(c for c in columns if any(shown(cell[c]) for cell in cells))
    found = sorted(printed.replace(" ", "").replace("-", "") + "-" * 0)
    assert found == sorted([*"".join(letters).replace("-", ""), *header])


def test_ids_are_not_broken_while_words_can_give_way() -> None:
    """An id is copied by hand; a description wraps at its words."""
    table = Table(
        name="t",
        columns=("an_id", "about"),
        rows=({"an_id": "a_long_id_of_thirty_characters", "about": "some words " * 9},),
    )

    lines = list(readable(table, table.columns, width=60))

    assert lines[2].startswith("a_long_id_of_thirty_characters  some words")
    assert max(map(len, lines)) <= 60

"""Text on a hundred columns."""

from hypothesis import given
from hypothesis import strategies as st

from headstamp.cli.layout import columns_that_fit, readable, shown
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


def _table(*rows: dict[str, str]) -> Table:
    return Table(name="t", columns=tuple(rows[0]), rows=tuple(dict(row) for row in rows))


def test_columns_give_way_before_a_word_is_broken() -> None:
    """Those that yield first, then from the right; the first one stays whatever its width."""
    table = _table({"one": "a" * 20, "two": "b" * 20, "three": "c" * 20, "four": "words here"})

    def kept(width: int, yields: str = "") -> list[str]:
        return columns_that_fit(table, table.columns, yields=yields, width=width)

    assert kept(71) == ["one", "two", "three", "four"]
    assert kept(70) == ["one", "two", "three"]
    assert kept(70, "two") == ["one", "three", "four"]
    assert kept(10) == ["one"]


@given(
    st.lists(
        st.lists(st.text("ab_", min_size=1, max_size=30), min_size=4, max_size=4),
        min_size=1,
        max_size=4,
    ),
    st.integers(30, 100),
)
def test_no_id_is_broken_in_a_table_that_fits(rows: list[list[str]], width: int) -> None:
    """Every cell of the columns that are kept stands whole on some line."""
    columns = ("a", "b", "c", "d")
    table = _table(*(dict(zip(columns, row, strict=True)) for row in rows))

    kept = columns_that_fit(table, columns, width=width)
    lines = list(readable(table, kept, width=width))

    assert max(map(len, lines)) <= width
    words = {word for line in lines for word in line.split()}
    assert {row[c] for row in table.rows for c in kept if row[c]} <= words


def test_what_is_beneath_is_labelled_unless_it_is_a_sentence() -> None:
    """One line for short cells, one for each sentence."""
    table = _table(
        {"an_id": "x", "message": "It is so.", "claims": "c1;c2", "standing": "doubtful"}
    )

    lines = list(readable(table, ["an_id"], detail="claims standing message", width=60))

    assert lines[3:] == ["      It is so.", "      claims: c1;c2; standing: doubtful"]

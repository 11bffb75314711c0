from hypothesis import given
from hypothesis import strategies as st

from headstamp.reports.names import slug


@given(st.text(max_size=80), st.text(max_size=80))
def test_two_ids_never_share_a_name_even_where_case_is_ignored(one: str, other: str) -> None:
    """File systems that do not tell A from a keep two pages apart."""
    if one != other:
        assert slug("item", one).casefold() != slug("item", other).casefold()


@given(st.text(max_size=200))
def test_names_are_safe_everywhere(ident: str) -> None:
    """No separator, no dot, no blank, no long name."""
    name = slug("item", ident)

    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-")
    assert len(name) <= 60

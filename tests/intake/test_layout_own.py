from headstamp.intake.layout_ids import RowIds
from headstamp.intake.layout_own import settle_own, unknown_refs
from headstamp.intake.reading import Known

from .layout_world import ITEMS, MARKS, SOURCE, items, layout

POLICE = {
    "table": "parties",
    "id": "police",
    "where": {"kind": ["x"]},
    "fields": {"kind": "state_body"},
}


def settled(*records: object, prefix: str = "", known: Known | None = None) -> object:
    """Return what the layout's own records are called."""
    held = known or Known()
    using = layout(records=[SOURCE, *records, ITEMS, MARKS])
    ids = RowIds("harbour", digest="d", prefix=prefix, known=held)
    return settle_own(using, ids=ids, known=held, file="a.csv")[0]


def test_own_records_are_called_as_the_layout_calls_them_or_with_the_prefix() -> None:
    """One with a condition, and one that a column fills, are no exception."""
    filled = {"table": "sites", "id": "camp", "fields": {"name": {"column": "maker"}}}

    assert settled(POLICE, filled) == {"guard": "guard", "police": "police", "camp": "camp"}
    assert settled(POLICE, filled, prefix="b_") == {
        "guard": "b_guard",
        "police": "b_police",
        "camp": "b_camp",
    }


def test_every_unknown_id_of_a_list_is_told() -> None:
    """Of two ids in one text the known one stays known."""
    known = Known(digests={("sources", "paper"): "0"})
    using = layout(records=[SOURCE, items(relays="paper; nobody"), MARKS])
    own: dict[str, str | None] = {"guard": "guard"}
    told = list(unknown_refs(using, own, known, file="a.csv"))

    assert [issue.raw for issue in told] == ["nobody"]
    assert own == {"guard": "guard", "nobody": None}


def test_text_that_may_be_a_name_is_not_looked_up() -> None:
    """`maker_stated` holds an id or a name as written."""
    using = layout(records=[SOURCE, items(maker_stated="Redford Arms"), MARKS])

    assert list(unknown_refs(using, {}, Known(), file="a.csv")) == []

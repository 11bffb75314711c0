"""One layout for two doors: what each reads of it, and what it says of the rest."""

import msgspec
import pytest

from headstamp.intake.layout import Layout
from headstamp.intake.layout_file import LayoutFile, open_layout, shipped_layouts
from headstamp.intake.layout_problems import layout_problems
from headstamp.intake.register_layout import for_register, for_taking, gives_ids, reads_serials
from headstamp.terms.errors import MisuseError

from .layout_world import BASE, ITEMS, MARKS, SOURCE, layout, read, table_of

ENTRIES = {
    "table": "entries",
    "fields": {"kind": "loss", "maker": {"column": "maker"}, "on": {"column": "date"}},
}
WITH_SERIAL = table_of(ENTRIES, fields={"kind": "loss", "serial": {"column": "serial"}})
BOOK = b"kind,maker,serial,date,count\nRifle,Redford Arms,RA-1001,2019-04-03,1\n"
REGISTERS = set(shipped_layouts()) - {"rio-recoveries"}


def opened(**changed: object) -> LayoutFile:
    """Return the invented layout as it is opened, some of its parts replaced."""
    return LayoutFile(layout=layout(**changed), data=b"")


def test_a_register_reads_entries_and_who_says_so() -> None:
    """Items and marks are for the other door."""
    form = for_register(opened(records=[SOURCE, ITEMS, MARKS, ENTRIES]), "losses")
    got = read(BOOK, form)

    assert [record.table for record in got.records] == ["sources", "entries"]
    assert got.of("entries")[0]["maker"] == "Redford Arms"


def test_taking_leaves_entries() -> None:
    """What it reads is what it read before the layout had entries."""
    before = read(BOOK, layout())
    after = read(BOOK, for_taking(opened(records=[SOURCE, ITEMS, MARKS, ENTRIES])).layout)

    assert [dict(one.values) for one in after.records] == [
        dict(one.values) for one in before.records
    ]
    assert after.issues == before.issues


@pytest.mark.parametrize("column", ["serial", {"at": 3}], ids=["by-name", "by-place"])
def test_columns_of_the_other_door_are_ignored_and_say_so(column: object) -> None:
    """Found by name or by place, each filled cell has its fate, and nothing is reported."""
    columns = BASE["columns"]
    assert isinstance(columns, dict)
    parts = {"records": [SOURCE, ITEMS, MARKS, ENTRIES], "columns": columns | {"serial": column}}
    got = read(BOOK, for_register(opened(**parts), "losses"))

    account = got.account
    assert account.n_cells == account.n_read + account.n_ignored == 5
    assert account.n_reported == 0
    why = "only `headstamp take` reads it with this layout"
    told = {name: one.why for name, one in account.columns.items() if one.why}
    assert told == dict.fromkeys(("kind", "serial", "count"), why)


def test_the_number_of_rows_taken_is_asked_at_no_door_of_two() -> None:
    """It was counted where all records are read; the number of rows is that of the file."""
    expect = {"rows": [1, 1], "taken": [5, 5]}
    parts = {"records": [SOURCE, ITEMS, MARKS, ENTRIES], "expect": expect}

    assert read(BOOK, for_register(opened(**parts), "losses")).issues == ()
    alone = for_register(opened(**(parts | {"records": [SOURCE, ENTRIES]})), "losses")
    assert alone.expect.taken == (5, 5)


def test_the_name_of_the_register_is_put_in() -> None:
    """Wherever a layout leaves it open: in its source, in ids and in fixed texts."""
    source = {"table": "sources", "id": "r-{register}", "fields": {"title": "Of {register}"}}
    source["fields"] |= {"kind": "register"}  # type: ignore[operator]
    form = for_register(opened(source="r-{register}", records=[source, ENTRIES]), "losses")
    got = read(BOOK, form)

    assert (got.records[0].row_id, got.of("sources")[0]["title"]) == ("r-losses", "Of losses")
    assert got.of("entries")[0]["source_id"] == "r-losses"


def test_a_layout_has_something_for_the_door_or_is_refused() -> None:
    """The remedy names the door that reads it."""
    with pytest.raises(MisuseError) as raised:
        for_register(opened(), "losses")
    assert "headstamp take" in raised.value.hint
    with pytest.raises(MisuseError) as raised:
        for_taking(opened(records=[SOURCE, ENTRIES]))
    assert "headstamp register" in raised.value.hint


def test_what_a_layout_reads_of_entries_is_known() -> None:
    """Serials, ranges or lots, and ids of the institution's own."""
    assert not reads_serials(layout(records=[SOURCE, ENTRIES]))
    assert reads_serials(layout(records=[SOURCE, WITH_SERIAL]))
    assert not gives_ids(layout(records=[SOURCE, WITH_SERIAL]))
    assert gives_ids(open_layout("common").layout)


@pytest.mark.parametrize("name", sorted(REGISTERS))
def test_shipped_registers_agree_with_themselves_at_their_door(name: str) -> None:
    """With a name put in and the other door's records out, nothing contradicts itself."""
    form = for_register(open_layout(name), "mine")

    assert isinstance(form, Layout)
    assert list(layout_problems(form)) == []
    assert {record.table for record in form.records} <= {"sources", "parties", "entries"}
    assert "{register}" not in msgspec.json.encode(form).decode()


def test_the_rio_layouts_name_one_party_one_way() -> None:
    """What two layouts say of one id is the same to the letter: else the second is refused."""
    said = [
        {record.id: record.fields for record in open_layout(name).layout.records if record.id}
        for name in ("rio-losses", "rio-holdings", "rio-recoveries")
    ]
    losses, holdings, recoveries = said
    shared = losses.keys() & holdings.keys()

    assert {name: losses[name] for name in shared} == {name: holdings[name] for name in shared}
    assert len(shared) == 6
    assert recoveries["sepol-rj"] == losses["sepol-rj"]
    named = dict(losses["police-rj"])
    assert named.pop("source_id") == "sepol-rj"
    assert named == recoveries["police-rj"]

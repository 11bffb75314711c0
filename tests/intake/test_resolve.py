"""Ids, references and circles: a bad row falls with all that rests on it, and nothing else."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from headstamp.intake.reading import Known, PackageReading, content_digest
from headstamp.terms.issue import Issue

Edit = Callable[..., None]
Read = Callable[..., PackageReading]
Only = Callable[[PackageReading, str], Issue]

N_SHIPPED = 163
CLAIM = {
    "claim_id": "zz",
    "source_id": "star_2017",
    "verb": "held",
    "subject_kind": "item",
    "subject_id": "atgw",
}


@pytest.mark.parametrize(
    ("table", "column", "value", "hint"),
    [
        ("claims", "subject_id", "atgv", "write atgw,"),
        ("claims", "from_party", "us_armi", "write us_army,"),
        ("claims", "relays", "car_2071", "write car_2017,"),
        ("claims", "source_id", "nobody_1900", "add the row"),
        ("claims", "after_claim", "none", "add the row"),
        ("claims", "document_id", "d_atgw_transfers", "write d_atgw_transfer,"),
        ("claims", "to_party", "atgw", "add the row"),
    ],
)
def test_an_unknown_id_refuses_its_row(
    *, table: str, column: str, value: str, hint: str, add_row: Edit, read: Read, only: Only
) -> None:
    """The issue names the place, the id and the nearest id on record; all else goes in."""
    add_row(table, **(CLAIM | {column: value}))

    reading = read()
    issue = only(reading, "INTAKE-080")

    assert (issue.severity, issue.file, issue.row) == ("error", "claims.csv", 50)
    assert (issue.column, issue.raw) == (column, value)
    assert hint in issue.hint
    assert len(reading.records) == N_SHIPPED


def test_an_id_of_the_casebook_is_known(add_row: Edit, read: Read) -> None:
    """What the package has not, the casebook may hold."""
    add_row("claims", **(CLAIM | {"to_party": "amina_depot"}))

    refused = read(known=Known())
    taken = read(known=Known(digests={("parties", "amina_depot"): "0" * 64}))

    assert len(refused.records) == N_SHIPPED
    assert len(taken.records) == N_SHIPPED + 1


@pytest.mark.parametrize(
    ("relays", "said"),
    [("car_2017;rt_2017;car_2017", "car_2017"), ("car_2017;star_2017", "star_2017")],
)
def test_relays_that_name_a_source_twice(
    relays: str, said: str, add_row: Edit, read: Read, only: Only
) -> None:
    """A chain of relays passes each source once, the row's own included."""
    add_row("claims", **(CLAIM | {"relays": relays}))

    reading = read()
    issue = only(reading, "INTAKE-085")

    assert (issue.row, issue.column, issue.raw) == (50, "relays", relays)
    assert said in issue.message
    assert len(reading.records) == N_SHIPPED


def test_one_id_with_two_contents(add_row: Edit, read: Read, only: Only) -> None:
    """The first stands and what refers to it stays; the second is refused."""
    add_row("items", item_id="atgw", category="ammunition")

    reading = read()
    issue = only(reading, "INTAKE-082")

    assert (issue.file, issue.row, issue.raw) == ("items.csv", 7, "atgw")
    assert "row 2 of items.csv" in issue.message
    assert len(reading.records) == N_SHIPPED
    (item,) = [record for record in reading.records if record.row_id == "atgw"]
    assert item.values["category"] == "weapon"


def test_one_id_with_one_content_is_one_record(case: Path, read: Read) -> None:
    """The same row again is the same record, passed over quietly and counted."""
    path = case / "items.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines, lines[1]]))

    reading = read()

    assert len(reading.records) == N_SHIPPED
    assert reading.counts["items"].n_same == 1
    assert {issue.severity for issue in reading.issues} == {"note"}


def test_the_copy_of_a_refused_row_is_refused(add_row: Edit, read: Read) -> None:
    """A row on a circle, written twice, is refused twice."""
    for _ in range(2):
        add_row("parties", party_id="za", part_of="za")

    reading = read()

    assert [i.row for i in reading.issues if i.code in {"INTAKE-084", "INTAKE-081"}] == [23, 24]
    assert reading.counts["parties"].n_refused == 2


def test_the_same_package_again_is_the_same_records(read: Read) -> None:
    """Everything is on record already: nothing is read, nothing is said of rows."""
    first = read()
    known = Known(digests={(r.table, r.row_id): content_digest(r) for r in first.records})

    again = read(known=known)

    assert again.records == ()
    assert sum(counts.n_same for counts in again.counts.values()) == N_SHIPPED
    assert [issue.row for issue in again.issues if issue.row not in {None, 1}] == []


def test_another_content_of_an_id_on_record_is_refused(
    set_cell: Edit, add_row: Edit, read: Read, only: Only
) -> None:
    """The second is refused, and with it new rows that name it; rows on record are the same."""
    known = Known(digests={(r.table, r.row_id): content_digest(r) for r in read().records})
    set_cell("items", 2, "model", "9M111")
    add_row("claims", **CLAIM)

    reading = read(known=known)

    assert (only(reading, "INTAKE-083").row, only(reading, "INTAKE-083").raw) == (2, "atgw")
    assert "--prefix" in only(reading, "INTAKE-083").hint
    assert only(reading, "INTAKE-081").row == 50
    assert reading.records == ()
    assert reading.counts["claims"].n_same == 48


def test_what_rests_on_a_refused_row_is_refused_too(set_cell: Edit, read: Read, only: Only) -> None:
    """A site with latitude 95 takes down the rows that name it, each told why, and no other."""
    set_cell("sites", 3, "latitude", "95")

    reading = read()
    fallen = [issue for issue in reading.issues if issue.code == "INTAKE-081"]

    assert only(reading, "INTAKE-057").row == 3
    assert {issue.raw for issue in fallen if issue.column == "site_id"} == {"tal_afar"}
    assert all("was refused" in issue.message for issue in fallen)
    refused = sum(counts.n_refused for counts in reading.counts.values())
    assert len({(issue.file, issue.row) for issue in fallen}) == refused - 1
    assert refused + len(reading.records) == N_SHIPPED
    assert len(reading.records) > N_SHIPPED / 2


def test_what_falls_does_not_depend_on_the_order_of_rows(case: Path, read: Read) -> None:
    """Rows of every table shuffled: the same records are taken, the same refused."""
    path = case / "sources.csv"
    path.write_bytes(path.read_bytes().replace(b"en,B,open", b"en,Q,open", 1))
    expected = {(r.table, r.row_id) for r in read().records}
    assert 0 < len(expected) < N_SHIPPED

    for file in case.glob("*.csv"):
        header, *rows = file.read_bytes().splitlines(keepends=True)
        random.Random(7).shuffle(rows)
        file.write_bytes(b"".join([header, *rows]))

    assert {(r.table, r.row_id) for r in read().records} == expected


@pytest.mark.parametrize(
    ("table", "column", "rows"),
    [
        ("parties", "part_of", {"za": "zb", "zb": "zc", "zc": "za"}),
        ("parties", "part_of", {"za": "za"}),
        ("items", "parent_item", {"za": "zb", "zb": "za"}),
    ],
)
def test_a_circle_refuses_the_rows_on_it(
    table: str, column: str, rows: dict[str, str], add_row: Edit, read: Read
) -> None:
    """Rows on a circle are refused, and one that leads into it falls with them."""
    key = "party_id" if table == "parties" else "item_id"
    for row_id, target in rows.items():
        add_row(table, **{key: row_id, column: target})
    add_row(table, **{key: "into", column: "za"})

    reading = read()
    on_it = [issue for issue in reading.issues if issue.code == "INTAKE-084"]

    assert [(issue.column, issue.raw) for issue in on_it] == [
        (column, target) for target in rows.values()
    ]
    assert [i.raw for i in reading.issues if i.code == "INTAKE-081"] == ["za"]
    assert len(reading.records) == N_SHIPPED


def test_a_claim_after_itself_is_refused(add_row: Edit, read: Read, only: Only) -> None:
    """No claim comes some days after itself."""
    add_row("claims", **(CLAIM | {"after_claim": "zz", "after_days": "2"}))

    reading = read()

    assert (only(reading, "INTAKE-084").row, only(reading, "INTAKE-084").raw) == (50, "zz")
    assert len(reading.records) == N_SHIPPED


def test_a_long_chain_of_claims_is_no_circle_and_falls_whole(
    add_row: Edit, set_cell: Edit, read: Read
) -> None:
    """Claims, each after the one before: all read, or all refused with the first."""
    for number in reversed(range(100)):
        after = {"after_claim": f"z{number - 1}"} if number else {}
        add_row("claims", **(CLAIM | {"claim_id": f"z{number}"} | after))
    assert len(read().records) == N_SHIPPED + 100

    set_cell("claims", 149, "verb", "")
    assert len(read().records) == N_SHIPPED


def test_makers_and_hosts_may_be_names(add_row: Edit, read: Read) -> None:
    """Where the contract allows a name as written, an unknown id is one."""
    add_row("consignment_lines", consignment_id="pg9_2014", line="9", maker="Works No. 7")
    add_row("undertakings", undertaking_id="zz", end_user="The Guard", permits="RO;state;cia")

    assert len(read().records) == N_SHIPPED + 2


def test_a_statement_by_nobody_known_is_a_note(add_row: Edit, read: Read) -> None:
    """The maker of a party statement should be a party; a name or alias will do."""
    for source_id, publisher in {"z1": "cia", "z2": "Pentagon", "z3": "Harbour Office"}.items():
        add_row("sources", source_id=source_id, kind="party_statement", publisher=publisher)

    found = [issue.raw for issue in read().issues if issue.code == "INTAKE-086"]

    assert found[-1] == "Harbour Office"
    assert "Pentagon" not in found
    assert "cia" not in found


def test_an_invented_world_may_use_its_codes(case: Path, add_row: Edit, read: Read) -> None:
    """XA to XZ are countries where no real country stands beside them."""
    for name in ("claims", "items", "marks", "links", "requests", "sites", "parties"):
        (case / f"{name}.csv").unlink()
    add_row("parties", party_id="xa", country="XA")
    add_row("sites", site_id="port", country="XZ")

    reading = read()

    assert [r.row_id for r in reading.records if r.table in {"parties", "sites"}] == ["xa", "port"]
    assert "INTAKE-054" not in {issue.code for issue in reading.issues}


def test_links_and_lines_refer_by_kind(add_row: Edit, read: Read) -> None:
    """A link's other side is looked up in the table that its kind names, or not at all."""
    why = {"verdict": "same", "item_id": "atgw"}
    add_row("links", other_kind="register_entry", other_id="book:77", **why)
    add_row("links", other_kind="consignment", other_id="us_group_atgw", **why)
    add_row("links", other_kind="event", other_id="c02", verdict="same", item_id="c01")

    reading = read()

    assert [i.raw for i in reading.issues if i.code == "INTAKE-080"] == ["us_group_atgw"]
    ids = [r.row_id for r in reading.records if r.table == "links"]
    assert ids[-2:] == ["atgw:register_entry:book:77", "c01:event:c02"]


@pytest.mark.parametrize("spoilt", [b"\xe9", b"\x00"])
def test_rows_that_refer_to_a_table_that_could_not_be_read_are_told_together(
    spoilt: bytes, case: Path, read: Read
) -> None:
    """One byte is one mistake: its table, and per column the rows that fell with it."""
    path = case / "parties.csv"
    path.write_bytes(path.read_bytes().replace(b"name", b"name" + spoilt, 1))

    reading = read()
    fallen = [issue for issue in reading.issues if issue.code == "INTAKE-087"]

    assert not {"INTAKE-080", "INTAKE-086"} & {issue.code for issue in reading.issues}
    assert len({(issue.file, issue.column) for issue in fallen}) == len(fallen)
    assert all(
        "refer" in i.message and "to parties.csv, which could not" in i.message for i in fallen
    )
    assert all(issue.hint.startswith("correct parties.csv") for issue in fallen)
    refused = sum(counts.n_refused for counts in reading.counts.values())
    assert refused + len(reading.records) == N_SHIPPED


def test_rows_that_fell_with_a_table_are_counted_and_listed(
    case: Path, add_row: Edit, read: Read
) -> None:
    """The number of rows, which they are, and what they name; not what a protected one names."""
    for path in case.glob("*.csv"):
        if path.name not in {"sources.csv", "sites.csv"}:
            path.unlink()
    (case / "sites.csv").write_bytes(b"site_id;name\nport;Port\n")
    for number, held in enumerate(["", "", "protected", ""]):
        add_row("items", item_id=f"i{number}", site_id=f"place_{number}", sensitivity=held)
    add_row("items", item_id="i9", site_id="", sensitivity="")
    add_row("items", item_id="i10", site_id="place_0", sensitivity="")

    reading = read()
    (fallen,) = [issue for issue in reading.issues if issue.code == "INTAKE-087"]

    assert "site_id: 5 rows refer to sites.csv" in fallen.message
    assert fallen.message.endswith("rows 2-5, 7")
    assert (fallen.file, fallen.row, fallen.column) == ("items.csv", 2, "site_id")
    assert fallen.raw == "place_0; place_1; place_3"
    assert [r.row_id for r in reading.records if r.table == "items"] == ["i9"]


def test_a_receiver_that_an_unread_table_may_hold_is_no_mistake_of_its_row(
    case: Path, add_row: Edit, read: Read
) -> None:
    """Countries and kinds stay what they are; an id may be right, and is not called wrong."""
    (case / "parties.csv").write_bytes(b"\xff")
    add_row("undertakings", undertaking_id="zz", permits="RO;state;the_guard")

    told = [i for i in read().issues if i.file == "undertakings.csv" and i.column == "permits"]

    assert [(issue.code, issue.raw) for issue in told] == [("INTAKE-087", "the_guard")]

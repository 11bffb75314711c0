"""Ids under a prefix: a renaming, which must change nothing but names."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from headstamp.intake.reading import Known, PackageReading, Record, content_digest
from headstamp.terms.errors import MisuseError

Edit = Callable[..., None]
Read = Callable[..., PackageReading]

IDS = {
    *("source_id", "relays", "party_id", "part_of", "site_id", "document_id", "item_id"),
    *("consignment_id", "mark_id", "claim_id", "statement", "subject_id", "from_party"),
    *("via_party", "to_party", "after_claim", "exporter", "importer", "undertaking_id"),
    *("given_by", "given_to", "end_user", "other_id", "request_id", "item_ids", "about"),
    *("figure_id", "recovered_from", "recovered_by", "reply_source_id"),
}
"""Columns of the shipped case that hold ids and nothing else."""
MIXED = {"issuer", "addressee", "publisher", "asked_by", "maker_stated", "maker", "permits"}


def test_a_prefix_renames_every_id_and_nothing_else(read: Read) -> None:
    """Taken off again, the records under a prefix are the records without one."""
    plain, prefixed = read(), read(prefix="b_")

    assert [_stripped(record) for record in prefixed.records] == [
        record.values for record in plain.records
    ]
    assert all(record.row_id.startswith("b_") for record in prefixed.records)
    assert prefixed.counts == plain.counts
    assert [i.code for i in prefixed.issues] == [i.code for i in plain.issues]


def test_a_name_that_is_no_id_keeps_its_spelling(add_row: Edit, read: Read) -> None:
    """Makers, permits and the like are prefixed only where they are ids of the package."""
    add_row("undertakings", undertaking_id="u9", end_user="The Guard", permits="RO;state;cia")

    (found,) = [r for r in read(prefix="b_").records if r.row_id == "b_u9"]

    assert found.values["end_user"] == "The Guard"
    assert found.values["permits"] == ["RO", "state", "b_cia"]


def test_ids_of_the_casebook_are_not_prefixed(add_row: Edit, read: Read) -> None:
    """A reference to what only the casebook holds stays what it is."""
    add_row(
        "claims",
        claim_id="zz",
        source_id="star_2017",
        verb="held",
        subject_kind="item",
        subject_id="atgw",
        to_party="depot",
    )

    reading = read(known=Known(digests={("parties", "depot"): "0"}), prefix="b_")

    (found,) = [r for r in reading.records if r.row_id == "b_zz"]
    assert (found.values["to_party"], found.values["subject_id"]) == ("depot", "b_atgw")


def test_only_rows_refused_before_come_in_under_a_prefix(
    set_cell: Edit, add_row: Edit, read: Read
) -> None:
    """Rows on record keep their ids, also as others name them: nothing is doubled."""
    known = Known(digests=_digests(read()))
    set_cell("items", 2, "model", "9M111")
    add_row(
        "claims",
        claim_id="zz",
        statement="st_59",
        source_id="star_2017",
        verb="held",
        subject_kind="item",
        subject_id="atgw",
    )

    reading = read(known=known, prefix="b_")

    assert [r.row_id for r in reading.records] == ["b_atgw", "b_zz"]
    claim = reading.records[1].values
    assert (claim["subject_id"], claim["source_id"]) == ("b_atgw", "star_2017")
    assert claim["statement"] == "st_59"


def test_a_package_under_a_prefix_again_is_the_same(read: Read) -> None:
    """The second time under one prefix, everything is on record."""
    known = Known(digests=_digests(read(prefix="b_")))

    assert read(known=known, prefix="b_").records == ()
    assert len(read(known=known, prefix="c_").records) == 163


def test_a_line_of_a_consignment_on_record_gets_its_own_number(
    case: Path, add_row: Edit, read: Read
) -> None:
    """Where the consignment keeps its id, the line's number is what tells two lines apart."""
    known = Known(digests=_digests(read()))
    path = case / "consignment_lines.csv"
    path.write_bytes(path.read_bytes().replace(b"9252", b"9253"))

    reading = read(known=known, prefix="b_")

    assert [r.row_id for r in reading.records] == ["pg9_2014:b_1"]


@pytest.mark.parametrize("prefix", ["", "a:", "a;", " a", "a\n", "x" * 41])
def test_a_prefix_that_cannot_begin_an_id_is_misuse(prefix: str, read: Read) -> None:
    """A prefix becomes part of every id, so it obeys what ids obey."""
    with pytest.raises(MisuseError) as caught:
        read(prefix=prefix)

    assert caught.value.hint


def _digests(reading: PackageReading) -> dict[tuple[str, str], str]:
    return {(r.table, r.row_id): content_digest(r) for r in reading.records}


def _stripped(record: Record) -> dict[str, object]:
    return {name: _strip(name, value) for name, value in record.values.items()}


def _strip(name: str, value: object) -> object:
    if isinstance(value, list):
        return [_strip(name, entry) for entry in value]
    if name in IDS:
        assert str(value).startswith("b_"), (name, value)
    elif name not in MIXED:
        return value
    return msgspec.convert(value, str).removeprefix("b_")

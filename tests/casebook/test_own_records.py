"""The casebook's own records, asked as a register is."""

from headstamp.casebook.own_records import part_of_items, part_of_lines
from headstamp.linkage.probes import Place
from headstamp.marks.packed import pack_all

from ..linkage.register_world import entry, probe


def test_items_are_found_by_what_was_read_in_full() -> None:
    """Each reading under its folded key, with its rank; not what nobody could read."""
    part = part_of_items(
        [
            probe("i1", "A1O24", "A1024", maker="b/a", place=Place("digest", 7)),
            probe("i2", "A10?4", "A1034"),
        ]
    )
    keys, rows = part.keys.to_pylist(), part.rows.to_pylist()  # type: ignore[union-attr]

    folded, exact = pack_all(["A1024", "A1034"]).tolist(), pack_all(["A1O24"]).tolist()
    told = [(key["key"], key["exact"], key["penalty"], key["place"]) for key in keys]
    assert told == [
        (folded[0], exact[0], 0, 0),
        (folded[0], folded[0], 1, 0),
        (folded[1], folded[1], 1, 1),
    ]
    assert [(row["entry_id"], row["maker"], row["exhibit"], row["row"]) for row in rows] == [
        ("i1", "a;b", "digest", 7),
        ("i2", None, "", 0),
    ]


def test_lines_are_found_by_serial_range_and_lot() -> None:
    """A range that is none, or wider than any delivery, is found by nothing."""
    part = part_of_lines(
        [
            entry("l0", "OB-10"),
            entry("l1", serial_from="A100", serial_to="A199"),
            entry("l2", serial_from="A199", serial_to="A100"),
            entry("l3", serial_from="A00000000", serial_to="A99999999"),
            entry("l4", lot="O1-A"),
        ]
    )

    assert [row["entry_id"] for row in part.rows.to_pylist()] == [f"l{n}" for n in range(5)]  # type: ignore[union-attr]
    assert part.keys.column("place").to_pylist() == [0]  # type: ignore[union-attr]
    assert part.ranges.to_pylist() == [  # type: ignore[union-attr]
        {"shape": "A|3|", "first": 100, "last": 199, "place": 1}
    ]
    assert part.lots.to_pylist() == [{"lot": "01A", "place": 4}]  # type: ignore[union-attr]

"""Entries on the disk: sorted keys, ranges and lots, and what is wrong told row by row."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headstamp.engines.duckdb import ROW_GROUP, sort_parquet
from headstamp.intake.layout_issues import IssueBook
from headstamp.intake.reading import Record
from headstamp.intake.register_store import FILES, KEYS, LOTS, RANGES, ROWS, RegisterStore
from headstamp.marks.packed import pack
from headstamp.terms.issue import Issue
from headstamp.terms.register import RegisterProfile

Rows = list[dict[str, object]]
LOOKALIKES = {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "S": "5", "B": "8", "G": "6"}
LOOKALIKES |= {"Z": "2", "7": "1"}


class Written(NamedTuple):
    """All that a store wrote and said."""

    profile: RegisterProfile
    tables: dict[str, Rows]
    issues: list[Issue]

    @property
    def codes(self) -> list[str]:
        """The codes of the issues, in order."""
        return [issue.code for issue in self.issues]


def written(
    folder: Path,
    entries: Iterable[Mapping[str, str]],
    *,
    is_padded: bool = True,
    held_ids: frozenset[str] = frozenset(),
) -> Written:
    """Write entries, the first in row 2, and read back what is on the disk."""
    book = IssueBook("guard.csv")
    store = RegisterStore(folder, unread="?", is_padded=is_padded, held_ids=held_ids, issues=book)
    records = (
        Record(table="entries", row_id=f"g-{n}", file="guard.csv", row=n, values=dict(values))
        for n, values in enumerate(entries, start=2)
    )
    profile = store.write(records)
    tables = {name: pq.read_table(folder / name).to_pylist() for name in FILES}
    return Written(profile, tables, list(book.all()))


def folded_by_hand(serial: str) -> str:
    """Return a plain serial folded letter by letter, as the table of look-alikes says."""
    return "".join(LOOKALIKES.get(letter, letter) for letter in serial)


PLAIN = st.from_regex(r"[A-Z]{0,3}[0-9]{3,6}", fullmatch=True)
"""Serials that nobody could read another way."""


@settings(max_examples=25, deadline=None)
@given(st.lists(PLAIN, min_size=1, max_size=30))
def test_every_serial_is_found_by_its_folded_key(serials: list[str]) -> None:
    """The keys are sorted, and under the key of a serial stand just the rows that fold to it."""
    with TemporaryDirectory() as folder:
        keys = written(Path(folder), [{"serial": one} for one in serials]).tables[KEYS]

    packed = [int(str(key["key"])) for key in keys]
    assert packed == sorted(packed)
    for serial in serials:
        wanted = folded_by_hand(serial)
        places = [at for at, one in enumerate(serials) if folded_by_hand(one) == wanted]
        found = [key["place"] for key in keys if key["key"] == pack(wanted)]
        assert found == places


@pytest.mark.slow
def test_more_keys_than_a_row_group_are_sorted(tmp_path: Path) -> None:
    """Sorting holds over the groups of a file: a reader may skip those that cannot match."""
    n_rows = ROW_GROUP + 1_000
    serials = ({"serial": f"{n * 7919 % 1_000_000:06}"} for n in range(n_rows))
    written(tmp_path, serials)

    held = pq.read_table(tmp_path / KEYS).column("key").to_pylist()
    assert len(held) == n_rows
    assert held == sorted(held)


def test_rows_stand_in_their_own_order_as_they_were_written(tmp_path: Path) -> None:
    """What is shown of an entry is what the institution wrote, and where."""
    first = {"serial": "zz 9", "maker": "Redford", "kind": "loss", "on": "2019-01-02"}
    rows = written(tmp_path, [first, {"serial": "A-1", "entry_id": "own"}]).tables[ROWS]

    assert {name: rows[0][name] for name in first} == first
    assert [(row["place"], row["entry_id"], row["row"]) for row in rows] == [
        (0, "g-2", 2),
        (1, "own", 3),
    ]


def test_the_same_entries_make_the_same_bytes(tmp_path: Path) -> None:
    """Files that were lost can be made anew, and their digests tell that they are the same."""
    entries = [{"serial": f"AB{n % 50:04}", "lot": f"L-{n}"} for n in range(3_000)]
    folders = [tmp_path / "one", tmp_path / "other"]
    for folder in folders:
        folder.mkdir()
        written(folder, entries)

    for name in FILES:
        assert len({(folder / name).read_bytes() for folder in folders}) == 1, name


def test_a_profile_counts_what_can_be_looked_up(tmp_path: Path) -> None:
    """Serials, ranges and lots by entries; words are no serial; days by what they may mean."""
    profile = written(
        tmp_path,
        [
            {"serial": "AB-1001", "kind": "loss", "maker": "Redford", "on": "2018"},
            {"serial": "AB 1001", "kind": "theft", "maker": "Redford", "on": "2019-02"},
            {"serial": "raspado", "kind": "theft", "maker": "Harbour", "on": "../2017-05-06"},
            {"serial_from": "100", "serial_to": "199"},
            {"lot": "KRO70"},
        ],
    ).profile

    assert profile == RegisterProfile(
        n_rows=5,
        n_serials=2,
        n_unkeyed=1,
        n_distinct=1,
        n_ranges=1,
        n_lots=1,
        n_makers=2,
        kinds={"loss": 1, "theft": 2},
        first_on="2017-05-06",
        last_on="2019-02-28",
    )


def test_an_empty_register_has_files_and_no_dates(tmp_path: Path) -> None:
    """Nothing is nothing: no row, no key, no issue."""
    found = written(tmp_path, [])

    assert found.profile == RegisterProfile()
    assert found.issues == []
    assert all(rows == [] for rows in found.tables.values())


# --- what is wrong --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "code", "why"),
    [
        ("AB200", "AB100", "INTAKE-140", "swapped"),
        ("AB99", "AB100", "INTAKE-140", "differ in length"),
        ("AB100", "CD199", "INTAKE-140", "differ in more than one number"),
        ("AB", "AB", "INTAKE-140", "hold no number"),
        ("AB1?0", "AB1?9", "INTAKE-140", "could not be read"),
        ("0000000000", "0999999999", "INTAKE-141", "1,000,000,000 numbers"),
    ],
    ids=["swapped", "length", "prefix", "no-number", "unread", "wide"],
)
def test_a_range_that_is_none_is_reported(
    tmp_path: Path, first: str, last: str, code: str, why: str
) -> None:
    """The entry goes in without its range; row, both ends and reason are told, and a remedy."""
    entries = [{"serial_from": first, "serial_to": last}, {"serial": "AB150"}]
    found = written(tmp_path, entries)

    (issue,) = found.issues
    assert (issue.code, issue.row, issue.raw) == (code, 2, first)
    assert repr(last) in issue.message
    assert why in issue.message
    assert issue.hint
    assert found.tables[RANGES] == []
    assert found.profile.n_rows == 2


def test_the_second_entry_of_one_id_is_refused(tmp_path: Path) -> None:
    """Of two rows with one id the first stands, whatever they hold; so does one loaded before."""
    entries = [
        {"entry_id": "a", "serial": "AB100"},
        {"entry_id": "a", "serial": "AB200"},
        {"entry_id": "b", "serial": "AB300"},
        {"serial": "AB400"},
    ]
    found = written(tmp_path, entries, held_ids=frozenset({"b"}))

    assert [row["serial"] for row in found.tables[ROWS]] == ["AB100", "AB400"]
    assert [(one.code, one.row, one.raw) for one in found.issues] == [
        ("INTAKE-142", 3, "a"),
        ("INTAKE-142", 4, "b"),
    ]
    assert "in the register already" in found.issues[1].message


def test_words_are_no_serial(tmp_path: Path) -> None:
    """An entry whose serial says that there is none goes in, and is found by no key."""
    found = written(tmp_path, [{"serial": "raspado"}, {"serial": "AB100"}])

    assert found.codes == ["INTAKE-143"]
    assert [key["place"] for key in found.tables[KEYS]] == [1]


def test_letters_of_two_scripts_are_found_under_either(tmp_path: Path) -> None:
    """A serial typed half on a Cyrillic keyboard meets its Latin twin, and that is said."""
    found = written(tmp_path, [{"serial": "АB1234"}, {"serial": "AB1234"}, {"serial": "CD1"}])

    assert found.codes == ["INTAKE-144"]
    (twins,) = [key["key"] for key in found.tables[KEYS] if key["place"] == 1]
    assert [key["place"] for key in found.tables[KEYS] if key["key"] == twins] == [0, 1]
    assert found.tables[ROWS][0]["serial"] == "АB1234"


def test_an_accent_is_no_other_script(tmp_path: Path) -> None:
    """A note beside a serial, in a language that writes accents, is not said to mix scripts."""
    found = written(tmp_path, [{"serial": "AB1234 (numeração íntegra)"}])

    assert "INTAKE-144" not in found.codes
    assert [key["place"] for key in found.tables[KEYS]] == [0]


def test_a_register_without_serials_is_told(tmp_path: Path) -> None:
    """Nobody waits for proposals from a register that can give none."""
    found = written(tmp_path, [{"maker": "Redford"}, {"maker": "Harbour"}])

    assert found.codes == ["INTAKE-145"]
    assert found.issues[0].severity == "warning"


@pytest.mark.parametrize(
    ("serials", "codes"),
    [
        (["33333"] * 3, ["INTAKE-146"]),
        (["33333"], []),
        (["33333", "33333", "AB100"], []),
        (["33333"] * 20 + [f"AB{n}" for n in range(100, 400)], ["INTAKE-146"]),
        (["33333"] * 15 + [f"AB{n}" for n in range(100, 400)], []),
    ],
    ids=["all", "one", "two-of-three", "one-in-sixteen", "few"],
)
def test_a_serial_in_very_many_entries_is_told(
    tmp_path: Path, serials: list[str], codes: list[str]
) -> None:
    """What many entries share is no serial; a pair of rows about one object is none of it."""
    found = written(tmp_path, [{"serial": one} for one in serials])

    assert found.codes == codes
    assert all("'33333'" in issue.message for issue in found.issues)


def test_lots_are_kept_sorted_by_their_folded_key(tmp_path: Path) -> None:
    """Two spellings of one lot stand side by side."""
    lots = written(tmp_path, [{"lot": "xw-31"}, {"lot": "KRO70"}, {"lot": "KR070"}]).tables[LOTS]

    assert [(lot["lot"], lot["place"]) for lot in lots] == [
        ("KR010", 1),
        ("KR010", 2),
        ("XW31", 0),
    ]


def test_unpadded_ranges_have_one_row_for_each_length(tmp_path: Path) -> None:
    """Where no zeros lead, 90 to 1100 holds 95, 950 and 1050, and neither 095 nor 0950."""
    found = written(tmp_path, [{"serial_from": "90", "serial_to": "1100"}], is_padded=False)

    assert [(row["shape"], row["first"], row["last"]) for row in found.tables[RANGES]] == [
        ("|2|", 90, 99),
        ("|3|", 100, 999),
        ("|4|", 1000, 1100),
    ]


def test_sorting_leaves_nothing_behind(tmp_path: Path) -> None:
    """Only the files that the journal names stand in the folder."""
    written(tmp_path, [{"serial": "AB100"}])

    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FILES)
    sort_parquet(tmp_path / KEYS, tmp_path / "again", by=("key",))
    assert pq.read_table(tmp_path / "again") == pq.read_table(tmp_path / KEYS)

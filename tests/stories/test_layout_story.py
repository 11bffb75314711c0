"""From a foreign file to the record: taken, taken again, protected, replaced, killed."""

import json
import os
import random
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

from headstamp.ledger.verify import verify_casebook

from .conftest import HEADSTAMP
from .foreign import CSV, HEADER, LAYOUT, Desk, accounts, counted, edited

DOCUMENT = Path(__file__).parents[2] / "docs/how-to/write-a-layout.md"


def test_the_example_of_the_document_does_what_the_document_says(desk: Desk) -> None:
    """File and layout of the how-to are read as they stand there."""
    blocks = re.findall(
        r"```(text|toml)\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL
    )
    file = next(text for kind, text in blocks if kind == "text")
    layout = next(text for kind, text in blocks if kind == "toml")
    ran = desk.take(
        desk.write("armoury.csv", file.encode("cp1252")), layout=desk.layout(layout, "armoury.toml")
    )

    assert ran.code == 0, ran.err
    assert counted(ran) == [(3, 2, 1, 0)]
    assert accounts(ran) == [(15, 8, 7, 0)]
    assert [row["documented_on"] for row in desk.rows("items")] == ["2019-04-03"] * 2
    assert [row["text"] for row in desk.rows("marks")] == ["RA-10442", "illisible"]
    assert "no weapon and no ammunition" in ran.err
    assert "remarks on storage, which are no provenance" in ran.err


def test_dry_run_says_the_same_and_writes_nothing(desk: Desk) -> None:
    """A trial tells what a taking tells, exit code included, and leaves no trace."""
    before = desk.files()
    bad = desk.write("book.csv", CSV + "3,Rifle,X,RA-3,someday,1\n")
    tried = desk.take(bad, layout=LAYOUT, options=["--dry-run"])
    untouched = desk.files() == before
    taken = desk.take(bad, layout=LAYOUT)

    assert untouched
    assert (tried.code, tried.out) == (taken.code, taken.out)
    assert tried.code == 1
    assert accounts(tried) == accounts(taken) != []
    assert "INTAKE-113" in tried.err


def test_same_bytes_again_record_nothing(desk: Desk) -> None:
    """Twice in one call, again later, and under another name: one file, said and ended with 0."""
    one, two = desk.write("book.csv", CSV), desk.write("renamed.csv", CSV)
    first = desk.take(one, two, layout=LAYOUT)
    after = desk.files()
    again = desk.take(two, one, layout=LAYOUT)

    assert (first.code, again.code) == (0, 0)
    assert desk.files() == after
    assert "nothing recorded" in again.err
    assert len(desk.rows("items")) == 2


def test_ids_rest_on_digest_sheet_and_row_and_on_nothing_else(desk: Desk) -> None:
    """`harbour-` and ten hex digits; the same in another casebook; a corrected file has its own."""
    desk.take_csv(CSV)
    ids = [str(item["item_id"]) for item in desk.rows("items")]
    marks = [str(mark["mark_id"]) for mark in desk.rows("marks")]
    desk.take_csv(CSV.replace("RA-1001", "RA-1003"))
    later = [str(item["item_id"]) for item in desk.rows("items")]

    assert all(re.fullmatch("harbour-[0-9a-f]{10}", item_id) for item_id in ids)
    assert marks == [f"{item_id}.serial" for item_id in ids]
    assert set(ids) < set(later)
    assert len(later) == 4


def test_ids_are_the_same_in_every_casebook(desk: Desk, tmp_path: Path) -> None:
    """Two teams that take one file give its rows one name, whatever they called the file."""
    desk.take_csv(CSV)
    (tmp_path / "x").mkdir()
    other = Desk(tmp_path / "x", desk._run)
    other.take(other.write("other.csv", CSV), layout=LAYOUT)

    assert [row["item_id"] for row in other.rows("items")] == [
        row["item_id"] for row in desk.rows("items")
    ]


def test_changed_layout_supersedes_what_the_earlier_one_read(desk: Desk) -> None:
    """Ids stay, values are those of the new layout, and `--as-of` shows the old reading."""
    desk.take_csv(CSV)
    old = desk.rows("items")
    changed = edited(LAYOUT, ("fields.type", "fields.model"))
    ran = desk.take_csv(CSV, changed)
    new = desk.rows("items")

    assert ran.code == 0, ran.err
    assert [row["item_id"] for row in new] == [row["item_id"] for row in old]
    assert [(row["type"], row["model"]) for row in new] == [(None, "Rifle"), (None, "Pistol")]
    assert desk.rows("items", "--as-of", "2") == old
    assert desk.run("verify").code == 0


def test_superseded_and_then_again_the_first_layout(desk: Desk) -> None:
    """Going back to the former layout brings the former reading, as a new entry."""
    desk.take_csv(CSV)
    old = desk.rows("items")
    desk.take_csv(CSV, edited(LAYOUT, ("fields.type", "fields.model")))
    ran = desk.take_csv(CSV)

    assert ran.code == 0, ran.err
    assert desk.rows("items") == old
    assert desk.run("verify").code == 0


def test_layout_that_reads_fewer_rows_takes_the_others_off_the_record(desk: Desk) -> None:
    """What the new layout leaves no longer stands; as of the earlier entry it does."""
    desk.take_csv(CSV)
    leave = '[[leave]]\nwhere = { kind = ["pistol"] }\nwhy = "no pistols"\n\n[[records]]\n'
    text = LAYOUT.replace("[[records]]\n", leave, 1)
    desk.take_csv(CSV, text)

    assert [row["type"] for row in desk.rows("items")] == ["Rifle"]
    assert len(desk.rows("items", "--as-of", "2")) == 2


def test_two_layouts_of_two_names_read_one_file_beside_each_other(desk: Desk) -> None:
    """A layout of another name is another reading: it supersedes nothing."""
    desk.take_csv(CSV)
    other = edited(LAYOUT, ('name = "harbour"', 'name = "port"'))
    ran = desk.take(desk.folder / "book.csv", layout=desk.layout(other, "port.toml"))

    assert ran.code == 0, ran.err
    assert len(desk.rows("items")) == 4


def test_prefix_goes_before_every_id(desk: Desk) -> None:
    """With --prefix ids that are not on record get the prefix, references with them."""
    ran = desk.take(desk.write("book.csv", CSV), layout=LAYOUT, options=["--prefix", "b_"])

    assert ran.code == 0, ran.err
    items = [str(row["item_id"]) for row in desk.rows("items")]
    assert all(item_id.startswith("b_harbour-") for item_id in items)
    assert [row["item_id"] for row in desk.rows("marks")] == items
    assert {row["source_id"] for row in desk.rows("items")} == {"b_harbour-guard"}


def test_source_that_is_somebody_elses_is_refused_and_a_prefix_helps(desk: Desk) -> None:
    """A file whose rows would name a stranger's source is not read; with --prefix it is."""
    package = desk.folder / "package"
    package.mkdir()
    (package / "sources.csv").write_text(
        "source_id,kind,title\nharbour-guard,press,The Daily Xa\n", encoding="utf-8"
    )
    desk.run("take", package)
    before = desk.files()
    refused = desk.take_csv(CSV)
    untouched = desk.files() == before
    taken = desk.take(desk.folder / "book.csv", layout=LAYOUT, options=["--prefix", "b_"])

    assert (refused.code, untouched) == (2, True)
    assert "error INTAKE-083: book.csv" in refused.err
    assert "--prefix" in refused.err
    assert taken.code == 0, taken.err
    assert {row["source_id"] for row in desk.rows("items")} == {"b_harbour-guard"}
    assert len(desk.rows("sources")) == 2
    assert desk.run("verify").code == 0


def test_shared_record_of_two_files_is_one(desk: Desk) -> None:
    """`id = ["place"]` is one record for each value, in whatever file."""
    site = (
        '[[records]]\ntable = "sites"\nid = ["maker"]\nneeds = ["maker"]\n'
        'fields.name = { column = "maker" }\n\n[[records]]\ntable = "items"\n'
        'fields.site_id = { record = "sites" }\n'
    )
    layout = edited(LAYOUT, ('[[records]]\ntable = "items"\n', site))
    desk.take_csv(CSV, layout)
    desk.take_csv(CSV.replace("RA-1001", "RA-1").replace("No,", "No,"), layout)

    assert len({row["site_id"] for row in desk.rows("items")}) == 1
    assert len(desk.rows("items")) == 4


def test_rows_that_say_different_things_of_one_record_are_told(desk: Desk) -> None:
    """The first stands, the second is named with its row, and both items are in."""
    site = (
        '[[records]]\ntable = "sites"\nid = ["maker"]\n'
        'fields.name = { column = "kind" }\n\n[[records]]\ntable = "items"\n'
        'fields.site_id = { record = "sites" }\n'
    )
    ran = desk.take_csv(CSV, edited(LAYOUT, ('[[records]]\ntable = "items"\n', site)))

    assert ran.code == 1
    assert desk.issue("INTAKE-122")["row"] == 3
    assert len(desk.rows("items")) == 2


def test_same_object_twice_counts_once(desk: Desk) -> None:
    """`[[same]]` links rows that are equal in all its columns, none of them empty."""
    same = '[[same]]\ncolumns = ["serial", "maker"]\nwhy = "the row repeats"\n\n[[records]]\n'
    layout = LAYOUT.replace("[[records]]\n", same, 1)
    text = (
        CSV + "3,Carbine,Redford Arms,RA-1001,,\n4,Rifle,Redford Arms,,,\n5,Rifle,Redford Arms,,,\n"
    )
    ran = desk.take_csv(text, layout)
    (link,) = desk.rows("links")
    items = {row["item_id"]: row["row"] for row in desk.rows("items")}

    assert ran.code == 0, ran.err
    assert {items[link["item_id"]], items[link["other_id"]]} == {2, 4}
    assert link["state"] == "same"
    weapons = [
        row
        for row in desk.rows("figures")
        if (row["measure"], row["group"]) == ("weapons", "(all)")
    ]
    assert {row["count"] for row in weapons} == {1 + 2 + 1 + 1}


def test_source_withdrawn_takes_the_rows_of_its_files_along(desk: Desk) -> None:
    """What came in by a layout can be withdrawn as everything else."""
    desk.take_csv(CSV)
    ran = desk.run("withdraw", "source:harbour-guard", "--reason", "to see")

    assert ran.code in {0, 1}, ran.err
    assert desk.run("verify").code == 0


# --- protected rows ----------------------------------------------------------------------------

PROTECTED = edited(
    LAYOUT, ("fields.category = ", 'fields.sensitivity = "protected"\nfields.category = ')
)
SECRETS = (b"CANARY-71", b"Canary Works", b"Canary bus", b"1971-01-02")
PRIVATE = f"{','.join(HEADER)}\n1,Canary bus,Canary Works,CANARY-71,1971-01-02,1\n"


def everything(desk: Desk) -> bytes:
    """Return all bytes of the casebook, unpacked where they are packed."""
    import gzip

    parts = []
    for name, data in desk.files().items():
        parts.append(gzip.decompress(data) if name.endswith(".gz") else data)
    return b"\n".join(parts)


def test_protected_rows_are_nowhere_in_clear(desk: Desk) -> None:
    """Neither the sealed file, the records, the journal nor any message shows them."""
    layout = edited(
        PROTECTED,
        ('table = "marks"\n', 'table = "marks"\nfields.sensitivity = "protected"\n'),
    )
    ran = desk.take_csv(PRIVATE, layout)
    stored = everything(desk)

    assert ran.code == 0, ran.err
    assert [secret for secret in SECRETS if secret in stored] == []
    assert [secret for secret in SECRETS if secret.decode() in ran.err + ran.out] == []
    assert desk.run("verify").code == 0


def test_issues_of_protected_rows_show_nothing(desk: Desk) -> None:
    """An issue of a protected row says its place and code, not its value."""
    layout = edited(
        PROTECTED,
        ('{ column = "kind" }', '{ column = "kind", values = { "x" = "y" } }'),
        ('table = "marks"\n', 'table = "marks"\nfields.sensitivity = "protected"\n'),
    )
    ran = desk.take_csv(PRIVATE.replace("1971-01-02", "Canary day"), layout)
    told = desk.run("issues", "--format", "json").out + ran.err + ran.out

    assert ran.code == 1
    assert "INTAKE-112" in told
    assert "INTAKE-113" in told
    assert "anary" not in told
    assert "CANARY" not in told
    assert b"Canary" not in everything(desk)


# --- killed ------------------------------------------------------------------------------------


@pytest.mark.slow
def test_killed_while_taking_leaves_nothing_half(desk: Desk) -> None:
    """Whatever the moment, the file is in whole or not at all, verify holds, and it goes on."""
    rows = "".join(f"{n},Rifle,Redford Arms,RA-{n},2019-04-03,1\n" for n in range(20_000))
    layout = desk.layout()
    moments = random.Random(7)
    killed = 0
    for number in range(12):
        file = desk.write(f"book{number}.csv", ",".join(HEADER) + f"\n{number}x,,,,,\n" + rows)
        child = subprocess.Popen(
            [HEADSTAMP, "-C", desk.casebook, "take", file, "--layout", layout],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(moments.uniform(0.2, 2.5))
        child.send_signal(signal.SIGKILL)
        killed += child.wait() == -signal.SIGKILL
        verified = verify_casebook(desk.casebook)
        assert verified.problem is None
    listed = desk.rows("items")
    later = desk.take(desk.folder / "book0.csv", layout=layout)

    assert killed >= 4
    assert len(listed) % 20_001 == 0
    assert later.code == 0
    assert not list(desk.casebook.rglob("*.part"))


def test_layout_without_write_permission_leaves_no_temporary_file(desk: Desk) -> None:
    """A taking that is refused leaves the casebook as it was."""
    before = desk.files()
    ran = desk.run("take", desk.write("book.csv", CSV), "--layout", "nowhere")

    assert ran.code == 2
    assert desk.files() == before


def test_listing_names_file_and_row_as_a_person_counts(desk: Desk) -> None:
    """From any item back to the line of the file: its name without folders, header as row 1."""
    folder = desk.folder / "deep"
    folder.mkdir()
    path = folder / "book.csv"
    path.write_text(CSV, encoding="utf-8")
    desk.take(path, layout=LAYOUT)

    assert [(row["file"], row["row"]) for row in desk.rows("items")] == [
        ("book.csv", 2),
        ("book.csv", 3),
    ]
    assert os.fspath(folder) not in json.dumps(desk.rows("items"))

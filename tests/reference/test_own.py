"""Tables of the user's own: rows beside ours, what is refused and how, and nothing left behind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from headstamp.marks.calibres import calibre_family, identify_calibre
from headstamp.marks.countries import identify_country
from headstamp.marks.headstamps import decode_headstamp
from headstamp.marks.makers import identify_maker
from headstamp.marks.models import identify_model
from headstamp.marks.types import identify_type
from headstamp.marks.unnamed import read_unnamed
from headstamp.reference import own
from headstamp.reference.makers import factory_codes
from headstamp.reference.own import ROW_TYPES, own_tables
from headstamp.reference.tables import own_bytes, shipped_names, table_bytes, verb_rules
from headstamp.terms.errors import MisuseError, TableError

MAKERS = "maker,country,makes,names,valid_from,valid_to,source\n"
ZORN = MAKERS + "zorn,XA,weapon,Zorn;Zornwerke,1950,,case file 7 page 3\n"


@pytest.fixture(autouse=True)
def _nothing_own_before_or_after() -> Iterator[None]:
    own_tables(None)
    yield
    own_tables(None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for tables."""
    return tmp_path


def write(folder: Path, **tables: str) -> Path:
    """Write tables into a folder and return it."""
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_a_row_of_the_users_is_found_beside_ours(folder: Path) -> None:
    """A maker, a calibre, a type, a state, a model, a code and a phrase of the user's own."""
    told = own_tables(
        write(
            folder,
            maker_names=ZORN,
            calibres="calibre,names,source\n9.9x99 Zorn,9.9x99;9.9 Zorn,project\n",
            calibre_families="calibre,family,source\n9.9x99 Zorn,zorn,project\n",
            weapon_type_names="name,language,weapon_type,source\nzornrohr,xx,rifle,project\n",
            country_names="name,language,code,year_from,year_to,source\nZornia,xx,XA,,,project\n",
            models="model,weapon_type,makers,calibres,names,names_beside_maker,source\n"
            "zorn_5,rifle,zorn,9.9x99 Zorn,Zorn 5,5,project\n",
            headstamps="code,stands_on,country,maker,valid_from,valid_to,note,source\n"
            "ZRN,cartridge,XA,Zornwerke,,,,project\n",
            no_maker="phrase,language,says,source\nzornlos,xx,unknown,project\n",
        )
    )

    assert told.rows["maker_names.csv"] == 1
    assert [one.meaning for one in identify_maker("ZORNWERKE")] == ["zorn"]
    assert [one.meaning for one in identify_calibre("9,9 mm Zorn")] == ["9.9x99 Zorn"]
    assert calibre_family("9.9x99 Zorn") == "zorn"
    assert [one.meaning for one in identify_type("Zornrohr")] == ["rifle"]
    assert [one.meaning for one in identify_country("Zornia")] == ["XA"]
    assert [one.meaning for one in identify_model("5", makers=("zorn",))] == ["zorn_5"]
    assert [one.meaning for one in decode_headstamp("ZRN")] == ["Zornwerke"]
    assert read_unnamed("zornlos") is not None


def test_ours_are_not_overwritten(folder: Path) -> None:
    """A row with the id of a shipped one stands beside it: names are added, nothing is taken."""
    own_tables(
        write(
            folder,
            maker_names=MAKERS + "taurus,XA,weapon,Touro Bravo,,,project\n",
            calibre_families="calibre,family,source\n9x19,zorn,project\n",
            calibres="calibre,names,source\n9x19,9 Zorn,project\n",
        )
    )

    (ours,) = identify_maker("Taurus")
    assert [one.meaning for one in identify_maker("Touro Bravo")] == ["taurus"]
    assert ours.meaning == "taurus"
    assert calibre_family("9x19") == "NATO"
    assert [one.meaning for one in identify_calibre("9 Luger")] == ["9x19"]
    assert [one.meaning for one in identify_calibre("9 Zorn")] == ["9x19"]


def test_another_casebook_knows_nothing_of_them(folder: Path) -> None:
    """Whatever was asked in between, without the folder every answer is as it was before."""
    questions = ("Zorn", "Taurus", "RG", "Zornwerke AG", "Zxqwv")
    before = [identify_maker(text) for text in questions]

    own_tables(write(folder, maker_names=ZORN))
    between = [identify_maker(text) for text in questions]
    own_tables(None)

    assert [identify_maker(text) for text in questions] == before
    assert between != before
    assert own_bytes() == {}


def test_every_remembered_answer_is_forgotten(folder: Path) -> None:
    """An answer given before the table was active is not given again after it."""
    assert identify_maker("Zorn") == ()
    assert decode_headstamp("ZRN") == ()

    own_tables(write(folder, maker_names=ZORN))

    assert [one.meaning for one in identify_maker("Zorn")] == ["zorn"]


def test_a_table_that_was_changed_is_read_again(folder: Path) -> None:
    """The same folder with other bytes is another table; with the same bytes it is the same."""
    own_tables(write(folder, maker_names=ZORN))
    own_tables(write(folder, maker_names=ZORN.replace("Zornwerke", "Zornhaus")))

    assert identify_maker("Zornwerke") == ()
    assert [one.meaning for one in identify_maker("Zornhaus")] == ["zorn"]


def test_the_digest_of_a_trace_covers_every_table(folder: Path) -> None:
    """All shipped tables, and the user's own under a name that tells them apart."""
    shipped = table_bytes()
    own_tables(write(folder, maker_names=ZORN))

    assert set(shipped) == shipped_names()
    assert shipped_names() >= set(ROW_TYPES)
    assert table_bytes() == {**shipped, "own/maker_names.csv": ZORN.encode()}


def test_own_rows_say_whether_they_are_sourced(folder: Path) -> None:
    """`project` in a row of the user's is shown as unsourced, as in ours."""
    text = ZORN + "yorn,XA,weapon,Yorn,,,project\n"
    own_tables(write(folder, maker_names=text))

    assert identify_maker("Zorn")[0].is_sourced
    assert not identify_maker("Yorn")[0].is_sourced


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("zorn", "a,b\n1,2\n", ("zorn.csv", "no table of ours")),
        ("verbs", "verb\n", ("verbs.csv", "the same for everybody")),
        ("lookalikes", "kind\n", ("lookalikes.csv", "the same for everybody")),
        ("maker_names", "", ("row 1", "column 'maker' is missing")),
        ("maker_names", ZORN.replace(",", ";"), ("row 1", "none of its columns")),
        ("maker_names", ZORN.replace("makes", "made"), ("row 1", "column 'made' is none")),
        ("maker_names", ZORN.replace("source", "names", 1), ("row 1", "stands twice")),
        (
            "maker_names",
            ZORN.replace("case file 7 page 3", " "),
            ("row 2", "column source is empty"),
        ),
        ("maker_names", ZORN.replace("zorn,", ","), ("row 2", "column maker is empty")),
        ("maker_names", ZORN.replace("weapon", "guns"), ("row 2", "column makes has 'guns'")),
        ("maker_names", ZORN.replace("1950", "1950s"), ("row 2", "valid_from has '1950s'")),
        ("maker_names", ZORN.replace("1950,", "1950,1949"), ("row 2", "valid_to has '1949'")),
        ("maker_names", ZORN.replace("XA", "Atlantis"), ("row 2", "country has 'Atlantis'")),
        ("maker_names", ZORN + "yorn,XA\n", ("row 3", "more or fewer cells")),
        ("maker_names", ZORN + "yorn,XA,weapon,Y,,,project,x\n", ("row 3", "more or fewer cells")),
        (
            "calibre_families",
            "calibre,family,source\n9.9x99,zorn,project\n",
            ("row 2", "column calibre has '9.9x99'"),
        ),
        (
            "weapon_type_names",
            "name,language,weapon_type,source\nzorn,xx,zornrohr,project\n",
            ("row 2", "weapon_type has 'zornrohr'"),
        ),
        (
            "lot_formats",
            "lot_format,pattern,source\nzorn,(?P<maker>Z),project\n",
            ("row 2", "pattern has"),
        ),
        (
            "lot_formats",
            "lot_format,pattern,source\nzorn,(,project\n",
            ("row 2", "pattern has '('"),
        ),
        (
            "no_serial",
            "phrase,language,state,also,source\nzorn,xx,gone,,project\n",
            ("row 2", "column state has 'gone'"),
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(
    folder: Path, name: str, text: str, told: tuple[str, ...]
) -> None:
    """The refusal names the file, the row, the column and the value, and says what to do."""
    with pytest.raises(TableError) as refused:
        own_tables(write(folder, **{name: text}))

    assert [
        part for part in (f"reference/{name}.csv", *told) if part not in str(refused.value)
    ] == []
    assert refused.value.hint
    assert isinstance(refused.value, MisuseError)


def test_nothing_of_a_refused_folder_is_used(folder: Path, tmp_path: Path) -> None:
    """One wrong table leaves what was active before, whole."""
    first = tmp_path / "first"
    first.mkdir()
    own_tables(write(first, maker_names=ZORN))
    with pytest.raises(TableError):
        own_tables(write(folder, maker_names=ZORN.replace("Zorn", "Yorn"), verbs="verb\n"))

    assert own_bytes() == {"maker_names.csv": ZORN.encode()}


def test_what_is_not_utf_8_is_refused(folder: Path) -> None:
    """A table in another encoding is not read with replaced letters."""
    (folder / "maker_names.csv").write_bytes(ZORN.replace("Zorn", "Zörn").encode("latin-1"))

    with pytest.raises(TableError, match="not UTF-8"):
        own_tables(folder)


def test_a_byte_order_mark_is_passed_over(folder: Path) -> None:
    """What a spreadsheet puts before the first column is not part of its name."""
    (folder / "maker_names.csv").write_bytes(b"\xef\xbb\xbf" + ZORN.encode())
    own_tables(folder)

    assert [one.meaning for one in identify_maker("Zorn")] == ["zorn"]


def test_how_many_more_troubles_there_are_is_told(folder: Path) -> None:
    """The first trouble is shown whole, the others counted."""
    text = MAKERS + "".join(f"m{n},XA,guns,M{n},,,project\n" for n in range(5))

    with pytest.raises(TableError, match=r"row 2.*and 4 more"):
        own_tables(write(folder, maker_names=text))


def test_other_files_are_told_and_a_missing_folder_is_none(folder: Path) -> None:
    """Notes beside the tables are listed as ignored; a casebook without the folder is usual."""
    (folder / "README.txt").write_text("our additions", encoding="utf-8")

    assert own_tables(write(folder, maker_names=ZORN)).ignored == ("README.txt",)
    assert own_tables(folder / "nowhere").rows == {}


def test_rows_with_a_line_break_in_a_cell_are_read(folder: Path) -> None:
    """A note that runs over two lines is one cell, and rows are counted, not lines."""
    head = "code,stands_on,country,maker,valid_from,valid_to,note,source\n"
    text = head + 'ZRN,cartridge,XA,Zornwerke,,,"first\nsecond",project\n'
    own_tables(write(folder, headstamps=text))

    assert [row.note for row in factory_codes() if row.code == "ZRN"] == ["first\nsecond"]
    with pytest.raises(TableError, match="row 3"):
        own_tables(write(folder, headstamps=text + "YRN,cartridge,Atlantis,Y,,,,project\n"))


def test_the_rules_of_evidence_stay_as_shipped(folder: Path) -> None:
    """Whatever a user adds, verbs mean the same for everybody."""
    before = verb_rules()
    own_tables(write(folder, maker_names=ZORN))

    assert verb_rules() == before
    assert not {"verbs.csv", "intervals.csv", "verdicts.csv", "pathways.csv"} & ROW_TYPES.keys()


def test_every_shipped_table_is_open_or_closed_on_purpose() -> None:
    """A new table must be named among those to which rows may be added, or here."""
    closed = {"verbs.csv", "intervals.csv", "verdicts.csv", "pathways.csv", "lookalikes.csv"}
    closed |= {"linkage.csv"}  # Its numbers are replaced in the settings, never added to.

    assert shipped_names() == ROW_TYPES.keys() | closed
    assert own.own_tables(None).rows == {}

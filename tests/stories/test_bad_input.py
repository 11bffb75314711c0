"""What does a user see who gives bad input? Every kind that issue 2 names, by command line."""

import json
import os
import shutil
import stat
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from headstamp.casebook.opening import open_casebook
from headstamp.cli import main

from .conftest import HEADSTAMP

WORLD = {
    "sources": "source_id,kind,title,reliability\n"
    "visit,field_documentation,A depot seen,A\n"
    "paper,press,The Daily Xa,C\n",
    "parties": "party_id,name,kind,country,part_of\n"
    "front,Front of Xecho,non_state_group,,\n"
    "xa,Xaland,state,XA,\n"
    "xa_army,Army of Xaland,state_body,XA,xa\n",
    "sites": "site_id,name,country,latitude,longitude\ncamp,Camp,XC,10.5,20.25\n",
    "items": "item_id,category,source_id\nrifle,weapon,visit\n",
    "marks": "mark_id,item_id,kind,text,state,source_id\nstamp,rifle,serial,AB1204,legible,visit\n",
    "claims": "claim_id,verb,subject_kind,subject_id,to_party,on,"
    "source_id,relays,credibility,note\n"
    "kept1,held,item,rifle,front,2018,visit,,2,\n"
    "kept2,seen,item,rifle,front,2019-01,paper,visit,3,\n",
}
KEPT = {
    table: frozenset(line.split(",")[0] for line in text.splitlines()[1:])
    for table, text in WORLD.items()
}
LONG = "x" * 10_000


class Ran(NamedTuple):
    """How a command ended, what it wrote, and in how many seconds."""

    code: int
    out: str
    err: str
    seconds: float


class Bad(NamedTuple):
    """One bad input: the table as it is given, and the issue and the rows that must come of it."""

    text: str | bytes
    code: str
    row: int | None
    column: str | None
    raw: str | None
    extra: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    severity: str = "error"
    table: str = "claims"


Cli = Callable[..., Ran]


def more(line: str, table: str = "claims") -> str:
    """Return a good table with one more line."""
    return f"{WORLD[table]}{line}\n"


def other(old: str, new: str, table: str = "claims") -> str:
    """Return a good table with something else in place of a text in it."""
    assert old in WORLD[table]
    return WORLD[table].replace(old, new)


BAD = {
    "an unknown subject": Bad(
        more("bad,seen,item,riffle,front,2019,visit,,2,"), "INTAKE-080", 4, "subject_id", "riffle"
    ),
    "an unknown party": Bad(
        more("bad,seen,item,rifle,frnt,2019,visit,,2,"), "INTAKE-080", 4, "to_party", "frnt"
    ),
    "an unknown source": Bad(
        more("bad,seen,item,rifle,front,2019,vist,,2,"), "INTAKE-080", 4, "source_id", "vist"
    ),
    "an unknown relay": Bad(
        more("bad,seen,item,rifle,front,2019,paper,vist,2,"), "INTAKE-080", 4, "relays", "vist"
    ),
    "relays that name a source twice": Bad(
        more("bad,seen,item,rifle,front,2019,paper,visit;visit,2,"),
        "INTAKE-085",
        4,
        "relays",
        "visit;visit",
    ),
    "relays that name the row's own source": Bad(
        more("bad,seen,item,rifle,front,2019,paper,visit;paper,2,"),
        "INTAKE-085",
        4,
        "relays",
        "visit;paper",
    ),
    "one id with two contents": Bad(
        more("kept2,seen,item,rifle,front,2019-02,paper,visit,3,"),
        "INTAKE-082",
        4,
        "claim_id",
        "kept2",
    ),
    "a brace that is never closed": Bad(
        other("AB1204", "AB{12", "marks"),
        "INTAKE-065",
        2,
        "text",
        "AB{12",
        severity="warning",
        table="marks",
    ),
    "a text of 10,000 characters": Bad(
        more(f"long,seen,item,rifle,front,2019,visit,,2,{LONG}"),
        "INTAKE-062",
        4,
        "note",
        LONG,
        extra=frozenset({"long"}),
        severity="note",
    ),
    "an id of 10,000 characters": Bad(
        more(f"{LONG},seen,item,rifle,front,2019,visit,,2,"), "INTAKE-051", 4, "claim_id", LONG
    ),
    "latitude 95": Bad(
        more("pole,Pole,XC,95,0", "sites"), "INTAKE-057", 3, "latitude", "95", table="sites"
    ),
    "credibility 7": Bad(
        more("bad,seen,item,rifle,front,2019,visit,,7,"), "INTAKE-057", 4, "credibility", "7"
    ),
    "credibility 1": Bad(
        more("one,seen,item,rifle,front,2019,visit,,1,"),
        "INTAKE-058",
        4,
        "credibility",
        "1",
        extra=frozenset({"one"}),
        severity="warning",
    ),
    "reliability G": Bad(
        more("bad,press,Other,G", "sources"), "INTAKE-052", 4, "reliability", "G", table="sources"
    ),
    "country UK": Bad(
        more("bad,Youkay,state,UK,", "parties"), "INTAKE-053", 5, "country", "UK", table="parties"
    ),
    "date 31/02/2017": Bad(
        more("bad,seen,item,rifle,front,31/02/2017,visit,,2,"), "INTAKE-055", 4, "on", "31/02/2017"
    ),
    "date 13/14/2018": Bad(
        more("bad,seen,item,rifle,front,13/14/2018,visit,,2,"), "INTAKE-055", 4, "on", "13/14/2018"
    ),
    "date 2015-02-30": Bad(
        more("bad,seen,item,rifle,front,2015-02-30,visit,,2,"), "INTAKE-055", 4, "on", "2015-02-30"
    ),
    "a table that misses a column": Bad(
        "claim_id,subject_kind,subject_id,source_id\nk,item,rifle,visit\n",
        "INTAKE-035",
        1,
        "verb",
        None,
        lost=KEPT["claims"],
    ),
    "an extra cell": Bad(
        more("bad,seen,item,rifle,front,2019,visit,,2,,surplus"), "INTAKE-038", 4, None, "surplus"
    ),
    "a torn last line": Bad(f"{WORLD['claims']}bad,seen,item,rif", "INTAKE-040", 4, None, None),
    "a quote that is never closed": Bad(
        more('bad,seen,item,rifle,front,2019,visit,,2,"the sentence'), "INTAKE-041", 4, None, None
    ),
    "a NUL": Bad(more("bad,seen,item,rifle,front,2019,visit,,2,a\0b"), "INTAKE-043", 4, None, None),
    "a byte order mark": Bad(
        b"\xef\xbb\xbf" + WORLD["claims"].encode(), "INTAKE-031", None, None, None, severity="note"
    ),
    "the wrong encoding": Bad(
        more("bad,seen,item,rifle,front,2019,visit,,2,café").encode("latin-1"),
        "INTAKE-030",
        4,
        None,
        "0xE9",
        lost=KEPT["claims"],
    ),
    "0 rows": Bad(
        WORLD["claims"].splitlines()[0] + "\n",
        "INTAKE-032",
        None,
        None,
        None,
        lost=KEPT["claims"],
        severity="note",
    ),
    "a cycle in part_of": Bad(
        more("left,Left,unknown,,right\nright,Right,unknown,,left", "parties"),
        "INTAKE-084",
        5,
        "part_of",
        "right",
        table="parties",
    ),
}


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Return what runs ``headstamp`` in this process, as a user would."""
    monkeypatch.delenv("HEADSTAMP_ACTOR", raising=False)
    monkeypatch.setattr(main, "_end_quietly", lambda: None)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)

    def run(*words: object) -> Ran:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["headstamp", *map(str, words)])
        began, code = time.monotonic(), 0
        try:
            main.run()
        except SystemExit as ended:
            code = int(ended.code or 0)
        out, err = capsys.readouterr()
        return Ran(code, out, err, time.monotonic() - began)

    return run


@pytest.fixture
def casebook(tmp_path: Path, cli: Cli) -> Path:
    """Return an empty casebook."""
    assert cli("init", "--actor", "Amina", tmp_path / "casebook").code == 0
    return tmp_path / "casebook"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Return the folder of a good package."""
    folder = tmp_path / "package"
    folder.mkdir()
    resources = [{"name": table, "path": f"{table}.csv"} for table in WORLD]
    descriptor = json.dumps({"name": "world", "resources": resources})
    (folder / "datapackage.json").write_text(descriptor, encoding="utf-8")
    for table, text in WORLD.items():
        (folder / f"{table}.csv").write_bytes(text.encode())
    return folder


def on_record(casebook: Path) -> dict[str, frozenset[str]]:
    """Return the ids that each table holds."""
    recorded = open_casebook(casebook).rows
    return {table: frozenset(row_id for of, row_id in recorded if of == table) for table in WORLD}


def listed(cli: Cli, casebook: Path, verb: str) -> list[dict[str, object]]:
    """Return the rows of a listing verb."""
    rows: list[dict[str, object]] = json.loads(cli("-C", casebook, verb, "--format", "json").out)
    return rows


def files(folder: Path) -> dict[str, bytes]:
    """Return every file's bytes, but for SQLite's locks and what can be derived again."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".sqlite-shm" and path.stat().st_size
        if "derived" not in path.relative_to(folder).parts
    }


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_bad_input_is_told_and_the_rest_is_taken(
    bad: Bad, cli: Cli, casebook: Path, package: Path
) -> None:
    """The issue names place, value and remedy; good rows are in; the exit code says it."""
    text = bad.text if isinstance(bad.text, bytes) else bad.text.encode()
    (package / f"{bad.table}.csv").write_bytes(text)
    ran = cli("-C", casebook, "take", package)
    issues = [row for row in listed(cli, casebook, "issues") if row["code"] == bad.code]

    assert ran.code == (0 if bad.severity == "note" else 1)
    assert ran.seconds < 5
    told = issues[0]
    assert (told["severity"], told["file"], told["row"]) == (
        bad.severity,
        f"{bad.table}.csv",
        bad.row,
    )
    assert told["column"] == bad.column
    assert str(told["raw"])[:200] == str(bad.raw)[:200]
    assert f"{bad.severity} {bad.code}: {bad.table}.csv" in ran.err
    assert str(told["message"])[:60] in ran.err
    assert (bad.raw or "")[:40] in ran.err
    assert told["hint"]
    assert str(told["hint"]) in ran.err
    expected = KEPT | {bad.table: (KEPT[bad.table] | bad.extra) - bad.lost}
    assert on_record(casebook) == expected
    assert cli("-C", casebook, "verify").code == 0


def test_xx_is_a_country_of_invented_worlds_only(cli: Cli, casebook: Path, package: Path) -> None:
    """XX stands in a world of invented countries, and is refused beside a real one."""
    (package / "parties.csv").write_text(more("xx,Exland,state,XX,", "parties"), encoding="utf-8")
    alone = cli("-C", casebook, "take", package)
    real = WORLD["parties"].replace("XA", "FR") + "xx_too,Exland,state,XX,\n"
    (package / "parties.csv").write_text(real, encoding="utf-8")
    beside = cli("-C", casebook, "take", "--prefix", "b_", package)

    assert alone.code == 0
    assert beside.code == 1
    assert "error INTAKE-054: parties.csv row 5, country: 'XX'" in beside.err
    assert "b_xx_too" not in on_record(casebook)["parties"]


# --- zips ------------------------------------------------------------------------------------


def zipped(package: Path) -> Path:
    """Return the zip of a package."""
    return Path(shutil.make_archive(str(package), "zip", package))


def add_link(archive: zipfile.ZipFile) -> None:
    """Add a symbolic link that leads out of the zip."""
    link = zipfile.ZipInfo("documents.csv")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(link, "/etc/passwd")


def add_ten_gigabytes(archive: zipfile.ZipFile, *, says: int = 640 << 24) -> None:
    """Add a table that unpacks to 10 GB: one deflated block of 16 MB, 640 times."""
    packer = zlib.compressobj(wbits=-15)
    block = packer.compress(b"\n" * (1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH)
    bomb = zipfile.ZipInfo("documents.csv")
    archive.writestr(bomb, block * 640 + b"\x03\x00")
    bomb.compress_type, bomb.file_size = zipfile.ZIP_DEFLATED, says


@pytest.mark.parametrize(
    ("add", "code", "name"),
    [
        (lambda zipped: zipped.writestr("../out.csv", "x"), "INTAKE-011", "../out.csv"),
        (lambda zipped: zipped.writestr("a/../../out.csv", "x"), "INTAKE-011", "a/../../out.csv"),
        (lambda zipped: zipped.writestr("/tmp/out.csv", "x"), "INTAKE-011", "/tmp/out.csv"),  # noqa: S108 - never written
        (add_link, "INTAKE-012", "documents.csv"),
        (add_ten_gigabytes, "INTAKE-009", "documents.csv"),
        (lambda zipped: add_ten_gigabytes(zipped, says=9), "INTAKE-010", "documents.csv"),
    ],
    ids=["..", "a folder and ..", "absolute", "a link", "10 GB", "10 GB that say 9 bytes"],
)
def test_dangerous_entry_of_a_zip_is_refused_and_the_rest_taken(
    add: Callable[[zipfile.ZipFile], None],
    code: str,
    name: str,
    cli: Cli,
    casebook: Path,
    package: Path,
) -> None:
    """The entry is named with its remedy, nothing is unpacked to disk, all good rows are in."""
    path = zipped(package)
    with zipfile.ZipFile(path, "a") as archive:
        add(archive)
    beside = set(path.parent.rglob("*"))
    ran = cli("-C", casebook, "take", path)
    new = {found.relative_to(path.parent) for found in set(path.parent.rglob("*")) - beside}

    assert ran.code == 1
    assert ran.seconds < 5
    assert f"error {code}: {name}: " in ran.err
    assert on_record(casebook) == KEPT
    assert all(found.parts[0] == "casebook" for found in new)
    assert not any(found.name == "out.csv" for found in new)
    assert cli("-C", casebook, "verify").code == 0


# --- the disk --------------------------------------------------------------------------------


def child(*words: object) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, with nobody to ask."""
    return subprocess.run(
        [str(word) for word in words],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=20,
    )


@pytest.mark.slow
@pytest.mark.parametrize("blocks", [0, 8, 64, 200], ids=lambda blocks: f"{blocks // 2} KiB")
def test_full_disk_takes_nothing_and_leaves_nothing_half(
    blocks: int, cli: Cli, casebook: Path, package: Path
) -> None:
    """No file may grow beyond the limit: refused with path and remedy; later it goes on."""
    (package / "sites.csv").write_bytes(
        WORLD["sites"].encode() + b"".join(b"s%d,%s,XC,1,1\n" % (n, b"s" * 999) for n in range(900))
    )
    limited = ("sh", "-c", 'ulimit -f "$0"; exec "$@"', blocks)
    ran = child(*limited, HEADSTAMP, "-C", casebook, "take", package)
    taken = on_record(casebook)
    verified = cli("-C", casebook, "verify").code
    later = cli("-C", casebook, "take", package)

    assert ran.returncode == 3, ran.stderr
    assert str(casebook) in ran.stderr
    assert "full" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not any(taken.values())
    assert verified == 0
    assert not list(casebook.rglob("*.part"))
    assert later.code == 0
    assert on_record(casebook)["claims"] == KEPT["claims"]


@pytest.fixture
def without_rights() -> list[str]:
    """Return what starts a command that may write only what its user may write."""
    if os.getuid():
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root may write everywhere, and there is no setpriv to take that away")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner", "--inh-caps=-all"]


@pytest.mark.parametrize(
    "words",
    [
        ("take", "PACKAGE"),
        ("trace",),
        ("withdraw", "kept1", "--reason", "to see"),
        ("claims", "-o", "CASEBOOK/claims.csv"),
        ("report", "-o", "CASEBOOK/report"),
        ("init", "CASEBOOK/inner", "--actor", "Boris"),
    ],
    ids=lambda words: words[0],
)
def test_folder_that_may_not_be_written_is_refused_and_unchanged(
    words: tuple[str, ...], without_rights: list[str], cli: Cli, casebook: Path, package: Path
) -> None:
    """Somebody else's casebook: exit 3, the path is named, and nothing in it changes."""
    assert cli("-C", casebook, "take", package).code == 0
    (package / "sites.csv").write_text(more("other,Other,XC,1,1", "sites"), encoding="utf-8")
    for path in [*casebook.rglob("*"), casebook]:
        path.chmod(0o555 if path.is_dir() else 0o444)
        if os.getuid() == 0:
            os.chown(path, 65534, 65534)
    before = files(casebook)
    named = [
        word.replace("CASEBOOK", str(casebook)).replace("PACKAGE", str(package)) for word in words
    ]
    ran = child(*without_rights, HEADSTAMP, "-C", casebook, *named)

    assert ran.returncode == 3, ran.stderr
    assert str(casebook) in ran.stderr
    assert "Traceback" not in ran.stderr
    assert files(casebook) == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("take", "nowhere"), "INTAKE-001"),
        (("take", "casebook/journal.sqlite"), "INTAKE-001"),
        (("chain", "riffle"), "'riffle'"),
        (("withdraw", "riffle", "--reason", "to see"), "'riffle'"),
        (("withdraw", "kept1", "--reason", " "), "--reason"),
        (("judge", "link:a:item:b", "--verdict", "same", "--reason", "x"), "'link:a:item:b'"),
        (("findings", "--as-of", "99"), "99"),
        (("findings", "--as-of", "2015-02-30"), "'2015-02-30'"),
        (("claims", "--where", "colour=red"), "'colour=red'"),
        (("figures", "--by", "colour"), "'colour'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_misuse_ends_with_2_and_writes_nothing(
    words: tuple[str, ...],
    told: str,
    cli: Cli,
    casebook: Path,
    package: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What cannot be meant is said with the word that was given and what may be written."""
    cli("-C", casebook, "take", package)
    monkeypatch.chdir(casebook.parent)
    before = files(casebook)
    ran = cli("-C", casebook, *words)

    assert ran.code == 2
    assert ran.out == ""
    assert told in ran.err
    assert files(casebook) == before

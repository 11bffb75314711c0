"""0 done, 1 done with issues, 2 misuse, 3 refused; and never a traceback."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

Cli = Callable[..., Any]


def test_from_nothing_to_a_chain(cli: Cli, tmp_path: Path, cast: ModuleType) -> None:
    """The street, by its verbs."""
    book, package = tmp_path / "book", cast.write_package(tmp_path / "p", cast.world())

    codes = [
        cli("-C", book, *words).code
        for words in (
            ["init", "--actor", "Amina"], ["take", package], ["trace"], ["chain", "i1"],
            ["report", "-o", tmp_path / "pages"], ["verify"],
        )
    ]  # fmt: skip

    assert codes == [0, 0, 0, 0, 0, 0]
    assert (tmp_path / "pages" / "index.html").is_file()


def test_taking_with_something_to_look_at_is_one(
    cli: Cli, tmp_path: Path, cast: ModuleType, made: Callable[..., Path]
) -> None:
    """Done, and the issue is told with its remedy on standard error."""
    claims = [{**cast.WORLD["claims"][0], "claim_id": "c9", "on": "31/02/2017"}]
    package = cast.write_package(tmp_path / "bad", cast.world(claims=claims))

    ran = cli("-C", made(), "take", package)

    assert ran.code == 1
    assert "claims.csv row 2" in ran.err
    assert "31/02/2017" in ran.err
    assert "31/02/2017" not in ran.out


def test_the_same_bytes_again_are_zero_and_said(
    cli: Cli, tmp_path: Path, made: Callable[..., Path]
) -> None:
    """Nothing recorded, nothing on standard output."""
    ran = cli("-C", made(), "take", tmp_path / "book-package")

    assert (ran.code, ran.out) == (0, "")
    assert "the same bytes as in entry 2; nothing recorded" in ran.err


@pytest.mark.parametrize(
    "words",
    [
        ["frobnicate"],
        ["items", "--format", "xml"],
        ["items", "--where", "colour=red"],
        ["items", "--where", "model"],
        ["chain", "i9"],
        ["chain"],
        ["explain", "i9"],
        ["figures", "--by", "colour"],
        ["figures", "--by", "model", "--against"],
        ["items", "--as-of", "99"],
        ["items", "--as-of", "soon"],
        ["withdraw", "c9", "--reason", "x"],
        ["withdraw", "c1"],
        ["withdraw", "c1", "--reason", ""],
        ["restore", "c1"],
        ["judge", "link:i1:consignment:k1", "--verdict", "sameish", "--reason", "x"],
        ["take"],
        ["take", "/nowhere/at/all"],
        ["init", "--actor", "Amina"],
    ],
)
def test_misuse_is_two(cli: Cli, made: Callable[..., Path], words: list[str]) -> None:
    """Said on standard error, with a remedy, and nothing on standard output."""
    ran = cli("-C", made(), *words)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err
    assert "Traceback" not in ran.err


def test_a_folder_without_casebook_is_two(cli: Cli, tmp_path: Path) -> None:
    """The hint says how to make one."""
    ran = cli("-C", tmp_path, "items")

    assert ran.code == 2
    assert "headstamp init" in ran.err


def test_no_actor_is_three(cli: Cli, tmp_path: Path, cast: ModuleType) -> None:
    """A casebook that names nobody refuses to write, and may be read."""
    package = cast.write_package(tmp_path / "p", cast.world())
    made = cli("-C", tmp_path / "book", "init")

    ran = cli("-C", tmp_path / "book", "take", package)

    assert made.code == 0
    assert "nobody is named" in made.err
    assert ran.code == 3
    assert "HEADSTAMP_ACTOR" in ran.err
    assert cli("-C", tmp_path / "book", "items").code == 0


def test_an_odd_setting_is_two(cli: Cli, made: Callable[..., Path]) -> None:
    """Before anything is written."""
    root = made()
    (root / "headstamp.toml").write_text("actr = 'A'\n", encoding="utf-8")

    assert cli("-C", root, "trace").code == 2


def test_what_is_refused_is_three(cli: Cli, made: Callable[..., Path]) -> None:
    """Understood, and will not be done."""
    ran = cli("-C", made(), "erase", "c1", "--reason", "asked")

    assert ran.code == 3
    assert "not protected" in ran.err


def _alter(root: Path) -> None:
    connection = sqlite3.connect(root / "journal.sqlite")
    connection.execute("DROP TRIGGER entries_are_not_updated")
    connection.execute("UPDATE entries SET actor = 'Dana' WHERE seq = 2")
    connection.commit()
    connection.close()


def test_an_altered_journal_is_three_and_named(cli: Cli, made: Callable[..., Path]) -> None:
    """By verify, and by every reading verb: nothing is concluded from it."""
    root = made()
    _alter(root)

    ran = cli("-C", root, "verify")

    assert ran.code == 3
    assert "entry 2" in ran.err
    assert "wrong" in ran.out
    assert cli("-C", root, "items").code == 3


def test_verify_of_a_sound_casebook_is_zero(cli: Cli, made: Callable[..., Path]) -> None:
    """It says how much was checked."""
    ran = cli("-C", made(), "verify", "--format", "csv")

    assert ran.code == 0
    assert ran.out.splitlines()[1].startswith("sound,2,")


def test_an_output_that_cannot_be_written_is_three(
    cli: Cli, made: Callable[..., Path], tmp_path: Path
) -> None:
    """With the path in the message."""
    ran = cli("-C", made(), "items", "-o", tmp_path / "no" / "such" / "file.csv")

    assert ran.code == 3
    assert "file.csv" in ran.err


@pytest.mark.parametrize(
    "words",
    [
        ["take", "PACKAGE"],
        ["trace"],
        ["judge", "link:i1:consignment:k1", "--verdict", "unsure", "--reason", "worn"],
        ["withdraw", "c1", "--reason", "wrong"],
        ["erase", "p1", "--reason", "asked"],
    ],
)
def test_a_dry_run_records_nothing(
    cli: Cli, made: Callable[..., Path], cast: ModuleType, tmp_path: Path, words: list[str]
) -> None:
    """Every verb that writes has one."""
    root = made(claims=[*cast.WORLD["claims"], cast.PROTECTED_CLAIM])
    package = cast.write_package(tmp_path / "more", cast.world(sites=[{"site_id": "hill"}]))
    named = [str(package) if word == "PACKAGE" else word for word in words]
    before = sorted(path for path in root.rglob("*") if path.suffix != ".lock")

    ran = cli("-C", root, *named, "--dry-run")

    after = sorted(path for path in root.rglob("*") if path.suffix != ".lock")
    assert ran.code in {0, 1}
    assert {p.name for p in after} - {p.name for p in before} <= {
        "journal.sqlite-shm", "journal.sqlite-wal",
    }  # fmt: skip
    assert '"seq": 2' in cli("-C", root, "verify", "--format", "json").out.replace(
        '"n_entries": 2', '"seq": 2'
    )


def test_a_judgement_prints_its_id_alone(cli: Cli, made: Callable[..., Path]) -> None:
    """So that a script can withdraw it; what follows is talk."""
    ran = cli(
        "-C", made(), "judge", "link:i1:consignment:k1", "--verdict", "unsure", "--reason", "worn"
    )

    assert ran.out.startswith("j-")
    assert len(ran.out.splitlines()) == 1
    assert "diversion_window" in ran.err


def test_a_withdrawal_prints_what_fell_and_what_stands(cli: Cli, made: Callable[..., Path]) -> None:
    """And on what it still rests."""
    root = made()
    ran = cli("-C", root, "withdraw", "c2", "--reason", "retracted", "--because", "wrong")
    back = cli("-C", root, "restore", "c2")

    assert (ran.code, back.code) == (0, 0)
    assert ran.out.startswith("1 claim fell; 6 findings and 1 leg are weaker; ")
    assert "\nFell (1)\n  claim c2: stolen of i1, press, origin report: fair\n" in ran.out
    assert "rests on c3" in ran.out
    assert "Still stands" in ran.out
    assert "  claim c3: stolen of i1, paper: " in ran.out.split("Still stands")[1]
    assert "Stands again, or is new (1)\n  claim c2" in back.out


def test_erasing_says_which_files_go_and_what_they_take_along(
    cli: Cli, made: Callable[..., Path], cast: ModuleType
) -> None:
    """The dry run as the real one; afterwards an open row says that its file was erased."""
    root = made(claims=[*cast.WORLD["claims"], cast.PROTECTED_CLAIM])
    before = cli("-C", root, "explain", "c1").out

    dry = cli("-C", root, "erase", "p1", "--reason", "asked", "--dry-run")
    done = cli("-C", root, "erase", "p1", "--reason", "asked")
    after = cli("-C", root, "explain", "c1").out
    earlier = cli("-C", root, "explain", "c1", "--as-of", "2").out

    told = "sealed file claims.csv of entry 2 goes: 3 other rows lose their exhibit"
    assert all(told in ran.err for ran in (dry, done))
    assert "2 keys destroyed: recorded as entry 3" in done.err
    assert "claims.csv row 2, exhibit" in before
    assert "claims.csv row 2, exhibit" not in after + earlier
    assert "claims.csv row 2, page 3" in after
    assert "its sealed file was erased by entry 3" in after
    assert "its sealed file was erased by a later entry" in earlier


@pytest.mark.parametrize(
    ("words", "listing"),
    [
        (["explain", "f-0000000000"], "headstamp findings"),
        (["explain", "link:x:item:y"], "headstamp links"),
        (["explain", "item:nothing_like_it"], "headstamp items"),
        (["withdraw", "party:nothing_like_it", "--reason", "x"], "headstamp parties"),
        (["withdraw", "zzzzzz", "--reason", "x"], "headstamp claims"),
        (["chain", "zzzzzz"], "headstamp items"),
    ],
)
def test_an_unknown_id_names_the_listing_that_has_its_form(
    cli: Cli, made: Callable[..., Path], words: list[str], listing: str
) -> None:
    """Where to look is part of the message."""
    ran = cli("-C", made(), *words)

    assert ran.code == 2
    assert f"`{listing}`" in ran.err


def test_a_casebook_for_nobody_says_how_somebody_is_named(cli: Cli, tmp_path: Path) -> None:
    """When it is made, before anything is refused."""
    ran = cli("-C", tmp_path / "book", "init")

    assert ran.code == 0
    assert "nothing can be written" in ran.err
    assert "--actor" in ran.err
    assert "HEADSTAMP_ACTOR" in ran.err
    assert "headstamp.toml" in ran.err


def test_a_judgement_is_named_in_what_follows_from_it(cli: Cli, made: Callable[..., Path]) -> None:
    """By the id under which it was recorded."""
    words = ("link:i1:consignment:k1", "--verdict", "same", "--reason", "seen again")
    ran = cli("-C", made(), "judge", *words)

    assert "not recorded" not in ran.err
    assert ran.out.strip() in ran.err
